"""The sentences over the pages say what the numbers say."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.report.compose import compose
from app.domain.report.pages import Report
from app.domain.roadmap import Deferred, NextStep
from app.domain.sheet import LastFull, PastMyth, Sheet
from tests.domain.report.factory import IDS, QUESTIONNAIRE, beliefs, facts, result, roadmap, sheet


def _report(of: Sheet) -> Report:
    return compose(result(of))


def _levels(**changes: int | str | None) -> dict[str, int | str | None]:
    return {**dict.fromkeys(IDS, 1), **{q.replace("_", "-"): level for q, level in changes.items()}}


@pytest.mark.parametrize(
    ("of", "headline"),
    [
        (sheet(0), "Three open gates and three thin dimensions keep you at stage 0"),
        (sheet(1), "Three open gates and three thin dimensions keep you at stage 1"),
        (sheet(_levels(mon_1=0)), "One open gate keeps you at stage 0"),
        (sheet(4, grade=2), "Every gate and every floor holds: you are at stage 4, the highest"),
        (sheet({}), "Nothing is known yet: no question has a level"),
        (sheet(no_live_model=True), "No model is live yet, so there is nothing to measure"),
        (
            sheet(dict.fromkeys(IDS[:4], 1)),
            "Two open gates and two dimensions with too few answers keep you at stage 0",
        ),
    ],
)
def test_the_headline_counts_what_blocks(of: Sheet, headline: str) -> None:
    assert _report(of).sponsor.headline == headline


@pytest.mark.parametrize(
    ("of", "finding"),
    [
        (sheet(0), "All three dimensions stand at 0.0, below the floor of stage 1"),
        (sheet(_levels(**dict.fromkeys(("aut_1", "aut_2", "aut_3", "aut_4"), 2), gov_2=0)),
         "Governance holds the stage back most; automation is already there"),
        (sheet(_levels(**dict.fromkeys(("aut_2", "aut_3", "aut_4"), 3), gov_2=0), grade=2),
         "Governance holds the stage back most; automation meets the floor"),
        (sheet(dict.fromkeys(IDS[:4], 1)), "Only monitoring has enough answers to be shown: 1.0"),
        (sheet(dict.fromkeys(IDS[:8], 0)), "Monitoring and governance stand at 0.0, below the floor of stage 1"),
        (sheet({}), "No dimension has enough answers to be shown yet"),
        (sheet(4, grade=2), "Every dimension meets the highest floor, 3.50"),
        (sheet(_levels(mon_1=0)), "Every dimension meets the floor of stage 1; one open gate is left"),
    ],
)  # fmt: skip
def test_the_bars_name_who_holds_back_and_who_is_there(of: Sheet, finding: str) -> None:
    bars = _report(of).sponsor.bars
    assert bars is not None
    assert bars.finding == finding


def test_a_claim_without_evidence_is_said_to_lack_it() -> None:
    notes = _report(sheet(4)).sponsor.stage.notes
    assert any("By what you claim it would be stage 4" in note for note in notes)


def test_the_heat_map_counts_low_levels_with_the_right_verb() -> None:
    assert (
        _report(sheet(_levels(mon_1=2))).stand.heat.finding
        == "Eleven of twelve answered capabilities are improvised or missing"
    )
    one = {**dict.fromkeys(IDS, 2), "mon-1": 0}
    assert _report(sheet(one)).stand.heat.finding == "One of twelve answered capabilities is improvised or missing"
    assert _report(sheet(2)).stand.heat.finding == "All twelve answered capabilities are defined or better"


def test_a_myth_not_agreed_with_but_not_shown_is_the_headline() -> None:
    said = beliefs({"b1": (5, 0, 0, 0, 0)})
    report = _report(sheet(0, beliefs=said))
    assert report.myths.headline == "You do not agree with one myth that you still live by"
    first = report.myths.cards[0]
    assert first.cell_name == "Said, not done"
    assert first.sentence.startswith("You do not agree with the claim (100 of 100 against it in words)")
    assert any("counts with a minus" in note for note in first.notes)
    assert "The words come from one statement only." in first.notes


def test_a_myth_on_which_words_are_undecided_is_counted_apart() -> None:
    neutral = {"b2": (2, 0, 0, 0, 2), "b3": (2, 0, 0, 0, 2)}
    report = _report(sheet(0, beliefs=beliefs(neutral)))
    assert report.myths.headline == "You still live by one myth on which your words are undecided"
    card = next(c for c in report.myths.cards if c.id == "forever")
    assert card.sentence.startswith("You neither agree nor disagree with the claim (50 of 100 against it in words)")
    both = _report(sheet(0, beliefs=beliefs({"b1": (5, 0, 0, 0, 0), **neutral})))
    assert both.myths.headline == (
        "You do not agree with one myth that you still live by; on one more your words are undecided"
    )


def test_the_sum_under_the_questions_of_a_myth_is_its_number() -> None:
    card = next(c for c in _report(sheet(2)).myths.cards if c.id == "forever")
    assert card.questions.footer[-1] == "0.500"
    assert card.say_do.do == pytest.approx(50)


def test_a_contested_question_leads_the_section_on_disagreement() -> None:
    of = sheet(questions={**sheet().questions, "gov-1": facts("gov-1", None, counts=(3, 0, 0, 0, 3))})
    report = _report(of)
    assert report.disagreement.headline == "One question is contested"
    assert (
        report.disagreement.strips[0].finding
        == "Governance part 1 splits you here: votes lie 2.0 from the median on average"
    )


def test_votes_are_drawn_twelve_rows_a_figure_at_most() -> None:
    extra = {f"x{n}": facts(f"x{n}", None, counts=(0, 3, 0, 0, 0)) for n in range(14)}
    questions = {q: facts(q, None, counts=(0, 3, 2, 0, 0)) for q in IDS}
    assert [len(f.numbers.rows) for f in _report(sheet(questions=questions | extra)).disagreement.strips] == [12]


def test_a_figure_counts_only_the_contested_questions_that_it_shows() -> None:
    """Others stand in the next part, or their votes may not be shown: the heading of the section counts them all."""
    apart = {q: facts(q, 2, counts=(3, 0, 0, 0, 3)) for q in IDS[:3]}
    hidden = replace(apart[IDS[2]], ballots=tuple(replace(b, counts=None) for b in apart[IDS[2]].ballots))
    section = _report(sheet(questions={**sheet(1).questions, **apart, IDS[2]: hidden})).disagreement
    assert section.headline == "Three questions are contested"
    assert section.strips[0].finding.endswith("; two of these questions are contested")


def test_a_team_that_agreed_without_votes_is_told_so_kindly() -> None:
    section = _report(sheet(2)).disagreement
    assert section.headline == "You agreed on every level together"
    assert "good way to work" in section.lead


def test_agreeing_against_the_votes_is_told() -> None:
    apart = replace(facts("mon-2", 1), votes_apart=True, differs_from_votes=True, ad=Fraction(3, 2))
    point = _report(sheet(questions={**sheet().questions, "mon-2": apart})).disagreement.apart[0]
    assert point.text == (
        "The room agreed on level 1. The votes alone would give a level that is two away or more. "
        "The votes were apart (1.5 from the median on average)."
    )


def test_consecutive_steps_are_one_card_and_claims_to_show_are_one_line() -> None:
    of = sheet()
    report = compose(result(of, roadmap(of, 9, shown=2)))
    cards = report.roadmap.quarters[0].cards
    assert [card.ids for card in cards] == [("mon-1@1", "mon-1@2"), ("gov-2@1",), ("aut-3@3",), ("gov-1@3", "gov-2@3")]
    assert dict(cards[0].facts)["Capability"] == "Monitoring part 1, from 0 to 2"
    assert cards[3].title == "Name evidence for two claims"
    assert cards[3].days == "2 days"
    assert len(report.roadmap.quarters) == 1


def test_the_limit_of_steps_is_named_only_when_it_binds() -> None:
    of = sheet()
    plan = roadmap(of, 40)
    first = plan.quarters[0]
    many = replace(plan, quarters=(replace(first, actions=first.actions * 3),))
    assert "The limit of twelve steps binds" in compose(result(of, many)).sponsor.next_quarter.note
    assert "binds" not in compose(result(of, plan)).sponsor.next_quarter.note


def test_reasons_to_wait_name_titles_not_ids() -> None:
    of = sheet()
    waiting = (Deferred("aut-1@3", "waits for gov-1@3, aut-1@2"), Deferred("aut-2@2", "beyond twelve actions"))
    table = compose(result(of, replace(roadmap(of), deferred=waiting))).roadmap.deferred
    assert table is not None
    assert [row[2] for row in table.rows] == [
        "Waits for “Bring gov-1 to 3”, “Bring aut-1 to 2”",
        "The limit of twelve steps a quarter is used up",
    ]


def test_without_a_capacity_the_plan_asks_for_it() -> None:
    of = sheet(capacity=None)
    report = compose(result(of, roadmap(of, None)))
    assert report.roadmap.headline == "No plan yet: the capacity was not stated"
    assert report.roadmap.gantt is None
    assert report.sponsor.leadership[0].title == "Say how many days there are"


def test_a_plan_from_another_stage_says_why() -> None:
    of = sheet()
    plan = roadmap(of)
    assert plan.starts_at is not None
    notes = compose(result(of, replace(plan, starts_at=replace(plan.starts_at, stage=0)))).roadmap.notes
    assert notes[0] == (
        "The plan starts from stage 0, the assessment says stage 1: what nobody knows is planned as absent."
    )


def test_a_pulse_says_what_it_can_and_cannot_say() -> None:
    last = LastFull(
        sheet().quarter, 1, 1, None, {}, {m.id: PastMyth("believed", None, None) for m in QUESTIONNAIRE.myths}
    )
    of = sheet(variant="pulse", questions={q: facts(q, 0) for q in QUESTIONNAIRE.pulse}, last_full=last)
    plan = replace(roadmap(of), next_steps=(NextStep("mon-1@1", "Bring mon-1 to 1", 1),))
    report = compose(result(of, plan))
    assert "cannot tell a dimension" in report.sponsor.stage.say
    assert report.sponsor.headline == "Three gates have fallen: stage 1 is in doubt"
    assert [risk.title for risk in report.sponsor.risks] == [
        f"{name} part 1: gate has fallen" for name in ("Automation", "Governance", "Monitoring")
    ]
    assert report.sponsor.next_quarter.finding == "One next step, 1 day in all"
    assert report.roadmap.gantt is None


def test_a_pulse_that_is_low_does_not_say_that_there_is_no_risk() -> None:
    asked = {"mon-1": facts("mon-1", 0), "gov-1": facts("gov-1", 2), "aut-1": facts("aut-1", None)}
    (risk,) = _report(sheet(variant="pulse", questions=asked)).sponsor.risks
    assert risk.title == "Lowest, at level 0: Monitoring part 1"
    assert risk.text == (
        "A pulse does not tell which gates are open. No level is contested, and one asked question has no level."
    )


def test_strengths_and_risks_have_a_kind_word_when_there_are_none() -> None:
    low, high = _report(sheet(0)).sponsor, _report(sheet(4, grade=2)).sponsor
    assert low.strengths[0].title == "No capability is at level 3 yet"
    assert high.risks[0].title == "No risk of the kinds listed here"


def test_an_anchor_that_builds_on_the_one_below_is_short_on_page_two_and_whole_in_the_appendix() -> None:
    strength = _report(sheet(3, grade=2)).sponsor.strengths[0]
    assert strength.text == "For all."
    question = _report(sheet(3, grade=2)).appendix.questions[0][1][0]
    assert question.anchor == "Half is done. The same for all."


def test_provenance_names_questionnaire_program_and_terms() -> None:
    entries = dict(_report(sheet()).appendix.provenance)
    assert entries["Digest of the questionnaire"] == "d" * 64
    assert entries["Digest of the input"] == "a" * 64
    assert entries["Program"].startswith("Mythmark ")
    assert entries["Terms"].startswith("open")

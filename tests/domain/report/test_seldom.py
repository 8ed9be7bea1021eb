"""Sentences that seldom come up, each from the situation that calls for it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.answers import ActionStatus, Agreed, Assessment, Bet, Level, Respondent
from app.domain.history import full_ones
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.report.compose import compose
from app.domain.report.figures import TrendChart
from app.domain.report.pages import Report
from app.domain.sheet import Change, CheckedAction, CheckedBet, DimensionChange, PastAssessment
from tests.domain.cast import BLANK, agreed_all, answer, judged, voted
from tests.domain.report.factory import DIMENSIONS, result, sheet
from tests.domain.report.reader import faults

_FOUR = ("data_scientist", "ml_engineer", "product", "platform")


def _read(now: Assessment, mlops: Questionnaire) -> Report:
    """The report on a real assessment, read by the careful reader as well."""
    report = compose(judged(now, mlops))
    assert faults(report) == []
    return report


def _all_vote(mlops: Questionnaire, people: int) -> Assessment:
    """So many people who give the same level to a question, another one to the next."""
    answers = {q.id: Level(n % 4) for n, q in enumerate(mlops.core)}
    return replace(BLANK, respondents=tuple(Respondent(f"r{n}", _FOUR[n], answers) for n in range(people)))


def _all_but(mlops: Questionnaire, question: str, votes: dict[str, int | str]) -> Assessment:
    """Everything agreed at the top but for one question, which these roles voted on."""
    base = agreed_all(mlops, 4)
    people = tuple(Respondent(f"r{n}", role, {question: answer(a)}) for n, (role, a) in enumerate(votes.items()))
    return replace(base, agreed={q: a for q, a in base.agreed.items() if q != question}, respondents=people)


def test_families_that_differ_on_an_uncontested_question_are_the_headline(mlops: Questionnaire) -> None:
    section = _read(voted("mon-drift", [("platform", 2)] * 5 + [("product", 4)]), mlops).disagreement
    assert section.headline == "Role families see one question two levels apart or more"
    assert section.gaps[0].text == "Deciders see level 4.0, runners see level 2.0 (medians)."


def test_small_families_of_an_anonymous_assessment_are_named_together(mlops: Questionnaire) -> None:
    runners = [("data_engineer", 0), *[("platform", 1)] * 2, *[("data_engineer", 1)] * 2]
    others = [("data_scientist", 3), ("ml_engineer", 3), ("product", 4), ("risk", 3)]
    section = _read(voted("mon-drift", [*runners, *others], "anonymous"), mlops).disagreement
    assert section.gaps[0].text == "The other families together see level 3.0, runners see level 1.0 (medians)."
    assert "median of the other families together" in {e.text for f in section.strips for e in f.key}


def test_votes_whose_counts_would_name_somebody_are_said_to_be_too_few(mlops: Questionnaire) -> None:
    votes = list(zip(("data_scientist", "ml_engineer", "product", "data_engineer"), (0, 0, 4, 4), strict=True))
    section = _read(voted("mon-drift", votes, "anonymous"), mlops).disagreement
    assert section.strips == ()
    assert section.lead == "Too few votes were given to show how they spread without showing whose they are."


def test_a_room_that_overrules_like_minded_votes_is_told_of_the_distance_only(mlops: Questionnaire) -> None:
    of = replace(voted("mon-drift", [("platform", 1)] * 3), agreed={"mon-drift": Agreed(Level(3))})
    assert [point.text for point in _read(of, mlops).disagreement.apart] == [
        "The room agreed on level 3. The votes alone would give a level that is two away or more."
    ]


def test_three_of_one_mind_are_dependable_and_everybody_gave_the_same_level(mlops: Questionnaire) -> None:
    section = _read(_all_vote(mlops, 3), mlops).disagreement
    assert section.reliability is not None
    assert {row[1:] for row in section.reliability.rows} == {("1.00", "Dependable")}
    assert [figure.finding for figure in section.strips] == [
        "On twelve questions everybody gave the same level",
        "On twelve more questions everybody gave the same level",
        "On twelve more questions everybody gave the same level",
        "On four more questions everybody gave the same level",
    ]


def test_one_question_of_one_mind_is_no_list_of_one(mlops: Questionnaire) -> None:
    strips = _read(voted("mon-drift", [("platform", 1)] * 3), mlops).disagreement.strips
    assert [figure.finding for figure in strips] == ["Everybody gave the same level"]


def test_a_later_part_that_one_person_sees_a_level_higher_says_how_far(mlops: Questionnaire) -> None:
    of = _all_vote(mlops, 3)
    higher = {question.id: Level(n % 4 + 1) for n, question in enumerate(mlops.core)}
    of = replace(of, respondents=(replace(of.respondents[0], answers=higher), *of.respondents[1:]))
    strips = _read(of, mlops).disagreement.strips
    assert strips[1].finding == "On twelve more questions votes lie 0.3 levels from the median or less"


def test_two_voters_have_no_spread_to_tell(mlops: Questionnaire) -> None:
    strips = _read(_all_vote(mlops, 2), mlops).disagreement.strips
    assert strips[0].finding == "How the votes fell on twelve questions"
    assert strips[-1].finding == "How the votes fell on four more questions"


def test_a_gate_that_those_who_should_know_cannot_see_is_a_risk(mlops: Questionnaire) -> None:
    votes: dict[str, int | str] = {"risk": 4, "product": "dk", "ml_engineer": 4, "data_engineer": 4}
    sponsor = _read(_all_but(mlops, "gov-inventory", votes), mlops).sponsor
    assert [(risk.title, risk.text) for risk in sponsor.risks] == [
        ("No risk of the kinds listed here",
         "No gate is open, no level is contested, and nobody best placed to know a gate was left guessing.")
    ]  # fmt: skip
    votes["risk"] = "dk"
    sponsor = _read(_all_but(mlops, "gov-inventory", votes), mlops).sponsor
    assert [(risk.title, risk.text) for risk in sponsor.risks] == [
        ("Model inventory: hard to see", "More than a third of those best placed to know could not say.")
    ]


def test_settling_a_contested_gate_is_the_one_answer_that_changes_the_stage(mlops: Questionnaire) -> None:
    of = _all_but(mlops, "gov-inventory", {"risk": 4, "product": 4, "platform": 1, "ml_engineer": 1})
    stage = _read(of, mlops).sponsor.stage
    assert stage.notes[0] == "One answer would change this: settling Model inventory at level 4 makes it stage 4."


def test_an_overlay_that_nobody_answered_says_so(mlops: Questionnaire) -> None:
    overlay = _read(replace(agreed_all(mlops, 2), context={"ctx-generative": "yes"}), mlops).stand.overlay
    assert overlay is not None
    assert overlay.finding == "None of these questions has a level yet"


def test_a_plan_beyond_the_last_stage_has_no_gate_in_its_key(mlops: Questionnaire) -> None:
    plan = _read(replace(agreed_all(mlops, 4, mon_drift=3), target=4), mlops).roadmap.gantt
    assert plan is not None
    assert plan.finding == "One step in 6 of 152 days"
    assert [(entry.mark, entry.text) for entry in plan.key] == [("plan", "other step")]


@pytest.mark.parametrize(
    ("rest", "finding"),
    [
        (False, "Monitoring rose; the rest is within the noise"),
        (None, "Monitoring rose; of the rest it cannot be told"),
    ],
)
def test_one_real_change_says_what_the_rest_is(rest: bool | None, finding: str) -> None:  # noqa: FBT001 -- three answers
    report = compose(result(sheet(2, change=_change({"monitoring": True, "governance": rest}))))
    assert report.change.headline == finding
    # A settled form made by hand may leave a dimension out of its change.
    assert report.change.summary is not None
    assert [row[0] for row in report.change.summary.rows] == ["Monitoring", "Governance"]
    assert faults(report) == []


def _change(real: dict[str, bool | None]) -> Change:
    one = DimensionChange(
        official=Fraction(1, 2),
        like_for_like=Fraction(1, 2),
        instrument=Fraction(0),
        from_questions=Fraction(0),
        from_answers=Fraction(0),
        before=Fraction(3, 2),
        after=Fraction(2),
        common=4,
        common_share=Fraction(1),
        comparable=True,
        real=None,
        range90=None,
        why=None,
    )
    dimensions = {name: replace(one, real=real) for name, real in real.items()}
    return Change(sheet().quarter.after(-1), True, dimensions, (), (), (), (), None, "the ids are not stable")  # noqa: FBT003


def test_a_bet_says_in_which_quarter_it_was_made() -> None:
    now = sheet(2, change=_change({"monitoring": True}), bets_made=(Bet("mon-1", 3),))
    table = compose(result(replace(now, bets_checked=(CheckedBet("mon-1", 2, True),)))).change.bets  # noqa: FBT003
    assert table is not None
    assert table.header[1] == "Made in"
    name = table.rows[0][0]
    assert table.rows == (
        (name, str(now.quarter.after(-1)), "2", "2", "Held"),
        (name, str(now.quarter), "3", "2", "Open until next time"),
    )


def test_a_questionnaire_without_myths_has_no_verdicts(mlops: Questionnaire) -> None:
    questions = tuple(replace(question, myths=()) for question in mlops.questions)
    section = _read(
        agreed_all(mlops, 2), replace(mlops, myths=(), beliefs=(), claims=(), sources=(), questions=questions)
    ).myths
    assert section.headline == "This questionnaire is about no myth"
    assert section.lead.startswith("It asks how models are run and names no claim about it")
    assert section.cards == ()


def test_a_level_that_counts_already_seen_would_give_away_is_withheld(mlops: Questionnaire) -> None:
    votes = list(zip(("data_scientist", "ml_engineer", "product", "data_engineer"), (0, 0, 4, 4), strict=True))
    of = replace(voted("mon-drift", votes, "anonymous"), seen={"mon-drift": "counts"})
    rows = {row.id: row for block in _read(of, mlops).stand.dimensions for row in block.rows}
    assert rows["mon-drift"].level == "not known"
    assert rows["mon-drift"].note == (
        "the room has seen how many gave each level; the level beside it would tell votes apart"
    )


def test_efforts_that_verified_actions_scaled_say_so() -> None:
    scaled = sheet(effort_ratio=Fraction(5, 4))
    assert "Efforts are 1.25 times the estimates" in compose(result(scaled)).roadmap.lead
    assert "Efforts are estimates for a team of about eight" in compose(result(sheet())).roadmap.lead


def test_what_leadership_decides_takes_the_days_that_the_plan_counts() -> None:
    (first, *_), (plain, *_) = (
        compose(result(sheet(2, effort_ratio=ratio))).sponsor.leadership for ratio in (Fraction(2), None)
    )
    assert first.title == plain.title
    assert "3 days" in plain.text
    assert "6 days" in first.text


def test_the_trend_leaves_pulses_out_and_keeps_what_changed_at_them() -> None:
    half: dict[str, Fraction | None] = dict.fromkeys(DIMENSIONS, Fraction(1, 2))
    past = (
        PastAssessment(Quarter(2025, 4), "full", half, 0, ()),
        PastAssessment(Quarter(2026, 1), "pulse", dict.fromkeys(DIMENSIONS, Fraction(3)), None, ("monitoring",)),
        PastAssessment(Quarter(2026, 2), "full", half, 0, ()),
    )
    trend = compose(result(sheet(1, quarter=Quarter(2026, 3), history=past))).change.trend
    assert trend is not None
    assert isinstance(trend.chart, TrendChart)
    assert trend.chart.quarters == ("2025-Q4", "2026-Q2", "2026-Q3")
    assert [point.value for point in trend.chart.lines[0].points] == [0.5, 0.5, 1.0]
    assert [point.break_before for point in trend.chart.lines[0].points] == [False, True, False]


def test_a_history_that_begins_with_a_pulse_begins_with_the_first_full_assessment() -> None:
    none: dict[str, Fraction | None] = dict.fromkeys(DIMENSIONS, None)
    pulse = PastAssessment(Quarter(2026, 1), "pulse", none, None, ("monitoring",))
    full = PastAssessment(Quarter(2026, 2), "full", none, 0, ())
    assert full_ones((pulse, full)) == (full,)


def test_an_action_ahead_never_says_that_it_took_its_days() -> None:
    statuses: tuple[ActionStatus, ...] = ("planned", "verified")
    notes = {}
    for status in statuses:
        action = CheckedAction("mon-1@2", status, None, None, None, Fraction(3), None)
        table = compose(result(sheet(2, actions=(action,)))).change.actions
        assert table is not None
        notes[status] = table.rows[0][3]
    assert notes == {
        "planned": "Level 2 is reached; the board does not say done yet. 3 days spent so far, estimated 2.",
        "verified": "Took 3 days, estimated 2.",
    }


def test_myths_that_linger_are_counted_beside_those_that_are_debunked() -> None:
    read, half = result(sheet(2)), Fraction(1, 2)
    assert read.scorecard.myths is not None
    slow = {
        id_: replace(myth, verdict="lingering", cell="in-transition", behaviour=half, belief=half)
        for id_, myth in read.scorecard.myths.items()
    }
    gone = replace(slow["alone"], verdict="debunked", cell="debunked")
    for myths, told in (
        (slow, "Two myths linger; none is debunked yet"),
        ({**slow, "alone": gone}, "One myth is debunked; one lingers"),
    ):
        report = compose(replace(read, scorecard=replace(read.scorecard, myths=myths)))
        assert report.myths.headline == told

"""Measurement 4.7 and 4.8: verdicts and rank gaps."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.answers import Agreed, Level, Respondent
from app.domain.myths import behaviour, cell_of, in_focus, judge_myths, rank_gaps
from app.domain.questionnaire import Questionnaire
from app.domain.score import score
from app.domain.settle import settle
from tests.domain.cast import BLANK, SEEN, agreed_all


@pytest.mark.parametrize(
    ("done", "said", "cell"),
    [
        ("5/8", "1/2", "debunked"),
        ("5/8", "49/100", "done-not-believed"),
        ("62/100", "1/2", "in-transition"),
        ("3/8", "1/2", "in-transition"),
        ("3/8", "49/100", "contested"),
        ("37/100", "1/2", "said-not-done"),
        ("37/100", "49/100", "believed"),
    ],
)
def test_4_7_the_verdict_table(mlops: Questionnaire, done: str, said: str, cell: str) -> None:
    assert cell_of(Fraction(done), Fraction(said), enough=True, rules=mlops.rules) == cell
    assert cell_of(Fraction(done), Fraction(said), enough=False, rules=mlops.rules) == "not-enough-evidence"
    assert cell_of(Fraction(done), None, enough=True, rules=mlops.rules) == "behaviour-only"
    assert cell_of(None, Fraction(said), enough=True, rules=mlops.rules) == "not-enough-evidence"


def test_4_7_everything_at_4_reaches_the_stated_indices(mlops: Questionnaire) -> None:
    top = {q.id: 4 for q in mlops.core}
    indices = {m.id: behaviour(m.id, top, mlops).index for m in mlops.myths}
    assert indices.pop("uptime-is-health") == Fraction(8, 9)
    assert indices.pop("automation-is-everything") == Fraction(5, 6)
    assert set(indices.values()) == {Fraction(1)}


def test_4_7_automation_alone_is_what_a_believer_would_show(mlops: Questionnaire) -> None:
    levels = {q.id: 4 if q.dimension == "automation" else 0 for q in mlops.core}
    assert behaviour("automation-is-everything", levels, mlops).index == 0
    nothing = {q.id: 0 for q in mlops.core}
    assert behaviour("automation-is-everything", nothing, mlops).index == Fraction(1, 6)


def test_4_7_a_later_assessment_debunks_the_code_change(mlops: Questionnaire) -> None:
    levels = dict(
        zip(
            ("mon-alert-response", "gov-lineage", "aut-versioning", "aut-testing", "aut-validation-gate", "aut-rollout",
             "aut-rollback", "aut-retraining", "col-oncall", "col-incident-review"),
            (3, 3, 3, 2, 3, 2, 3, 2, 3, 2),
            strict=True,
        )
    )  # fmt: skip
    found = behaviour("fix-is-a-code-change", levels, mlops)
    assert found.index == Fraction(16, 24)
    assert cell_of(found.index, Fraction(9, 16), enough=found.suffices(mlops.rules), rules=mlops.rules) == "debunked"


def test_4_7_an_answered_half_of_the_weight_is_not_enough(mlops: Questionnaire) -> None:
    levels = {"mon-business-outcome": 1, "gov-risk-tiering": 0, "col-success-criteria": 1, "col-self-service": 2}
    found = behaviour("too-expensive", levels, mlops)
    assert (found.evidence_share, found.suffices(mlops.rules)) == (Fraction(1, 2), False)
    assert found.index is not None
    nothing = behaviour("too-expensive", {}, mlops)
    assert (nothing.index, nothing.evidence_share) == (None, 0)


def believers(answers: list[int | None]) -> tuple[Respondent, ...]:
    return tuple(Respondent(f"r{i}", "platform", {}, {"b03": a}) for i, a in enumerate(answers))


@pytest.mark.parametrize(
    ("answers", "belief", "undecided"),
    [
        ([1, 1, 1], Fraction(1), False),
        ([3, 3, 3], Fraction(1, 2), True),
        ([1, 1], None, False),
        ([1, 1, 1, None, None, None, None], Fraction(1), True),
        ([1, 1, 1, None, None, None], Fraction(1), False),
        ([], None, False),
    ],
)
def test_4_7_beliefs_need_three_opinions(
    mlops: Questionnaire,
    answers: list[int | None],
    belief: Fraction | None,
    undecided: bool,  # noqa: FBT001
) -> None:
    card = score(settle(replace(agreed_all(mlops, 4), respondents=believers(answers)), mlops), mlops)
    assert card.myths is not None
    myth = card.myths["uptime-is-health"]
    assert (myth.belief, myth.undecided) == (belief, undecided)
    assert (myth.cell == "behaviour-only", myth.verdict) == (belief is None, "debunked")


def test_4_7_behaviour_alone_may_linger_and_words_alone_never_debunk(mlops: Questionnaire) -> None:
    card = score(settle(agreed_all(mlops, 2), mlops), mlops)
    assert card.myths is not None
    assert {m.verdict for m in card.myths.values()} == {"lingering"}
    nothing = replace(BLANK, respondents=believers([1, 1, 1]))
    silent = score(settle(nothing, mlops), mlops)
    assert silent.myths is not None
    assert silent.myths["uptime-is-health"].verdict == "not-enough-evidence"


def test_4_8_ranks_break_ties_by_id_and_leave_out_what_misses_a_number() -> None:
    third = Fraction(1, 3)
    found = rank_gaps({"b": (third, third), "a": (third, Fraction(1)), "c": (None, third), "d": (third, None)})
    assert found == {"a": 0, "b": 0}
    crossed = rank_gaps({"a": (Fraction(0), Fraction(1)), "b": (Fraction(1), Fraction(0))})
    assert crossed == {"a": 1, "b": -1}


def test_5_0_the_focus_is_every_believed_myth_and_three_said_not_done(mlops: Questionnaire) -> None:
    low = {q: Agreed(Level(0)) for q in agreed_all(mlops, 0).agreed}
    people = tuple(
        Respondent(
            f"r{i}",
            "platform",
            {},
            {b.id: (1 if b.keyed == "myth" else 5) for b in mlops.beliefs if b.id != "b14"} | {"b14": 1},
        )
        for i in range(3)
    )
    sheet = settle(replace(BLANK, agreed=low, respondents=people, evidence=dict.fromkeys(low, SEEN)), mlops)
    card = score(sheet, mlops)
    assert card.myths is not None
    focus = in_focus(card.myths)
    assert "too-expensive" in focus
    assert len(focus) == 4
    assert judge_myths(card.questions, sheet, mlops) == card.myths

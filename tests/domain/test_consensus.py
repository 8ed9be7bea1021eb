"""Measurement 4.1 and 4.5: from votes to one level, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Agreed, Level, NotApplicable, Voting
from app.domain.consensus import average_deviation, within_group_agreement
from app.domain.exact import lower_median, midpoint_median, rounded
from app.domain.questionnaire import Questionnaire
from app.domain.reading import read_answers
from app.domain.sheet import QuestionFacts
from tests.domain.cast import DK, voted

DRIFT: list[tuple[str, int | str]] = [
    ("data_scientist", 3),
    ("data_scientist", 3),
    ("data_scientist", 2),
    ("ml_engineer", 2),
    ("platform", 1),
    ("product", "dk"),
]


def facts(question: str, votes: Sequence[tuple[str, int | str | None]], mlops: Questionnaire) -> QuestionFacts:
    return read_answers(voted(question, votes), mlops).sheet.questions[question]


def test_4_1_the_drift_example_gives_level_2(mlops: Questionnaire) -> None:
    found = facts("mon-drift", list(DRIFT), mlops)
    assert (found.status, found.level, found.origin, found.respondents) == ("level", 2, "votes", "5+")


def test_4_1_a_third_is_exactly_a_third(mlops: Questionnaire) -> None:
    # three data scientists at 0, 1, 1 and half-weight platform at 0: 1/3 + 1/2 of 3/2 is more than half
    assert facts("mon-drift", [("data_scientist", a) for a in (0, 1, 1)] + [("platform", 0)], mlops).level == 0
    # one third plus two thirds against one: exactly half is enough, so the lower level stands
    votes = [("data_scientist", 1), ("data_scientist", 1), ("data_scientist", 1), ("ml_engineer", 4)]
    assert facts("mon-drift", [*votes], mlops).level == 1


def test_4_1_many_of_one_role_cannot_outvote_another(mlops: Questionnaire) -> None:
    votes = [("data_scientist", 4)] * 9 + [("ml_engineer", 1), ("platform", 1)]
    assert facts("mon-drift", votes, mlops).level == 1


@given(st.permutations(DRIFT))
def test_4_1_the_order_of_answers_is_irrelevant(
    mlops: Questionnaire, votes: Sequence[tuple[str, int | str | None]]
) -> None:
    found = facts("mon-drift", votes, mlops)
    assert (found.level, found.ad, found.families) == (
        2,
        Fraction(3, 5),
        {"builders": Fraction(5, 2), "runners": Fraction(1)},
    )


def test_4_1_not_applicable_needs_more_than_half_of_the_weight(mlops: Questionnaire) -> None:
    half: list[tuple[str, int | str]] = [("risk", "none affected"), ("data_scientist", 2)]
    assert facts("gov-fairness", half, mlops).status == "level"
    more: list[tuple[str, int | str]] = [("risk", "none affected"), ("product", "none"), ("data_scientist", 2)]
    found = facts("gov-fairness", more, mlops)
    assert (found.status, found.level, found.reason) == ("na", None, "none; none affected")


def test_4_1_a_question_nobody_can_answer_is_unknown(mlops: Questionnaire) -> None:
    found = facts("mon-cost", [("platform", "dk"), ("product", None)], mlops)
    assert (found.status, found.reason, found.visibility_gap, found.single_source) == (
        "unknown",
        "nobody gave a level",
        True,
        True,
    )
    assert facts("mon-drift", [("platform", 1)], mlops).single_source


def test_4_1_what_was_agreed_wins_and_says_when_it_differs(mlops: Questionnaire) -> None:
    base = voted("mon-drift", [("data_scientist", 4), ("ml_engineer", 4), ("platform", 0), ("product", 0)])
    base = replace(base, agreed={"mon-drift": Agreed(Level(1), "two models only")})
    found = read_answers(base, mlops).sheet.questions["mon-drift"]
    assert (found.level, found.origin, found.note) == (1, "agreed", "two models only")
    assert (found.votes_apart, found.contested, found.differs_from_votes) == (True, False, True)


def test_4_1_agreed_one_level_away_does_not_differ(mlops: Questionnaire) -> None:
    base = replace(voted("mon-drift", [("data_scientist", 2)] * 3), agreed={"mon-drift": Agreed(Level(3))})
    assert not read_answers(base, mlops).sheet.questions["mon-drift"].differs_from_votes


def test_4_1_context_wins_over_what_was_agreed(mlops: Questionnaire) -> None:
    base = replace(
        voted("gov-fairness", [("risk", 3)]),
        agreed={"gov-fairness": Agreed(Level(2))},
        context={"ctx-people-effect": "no"},
    )
    found = read_answers(base, mlops).sheet.questions["gov-fairness"]
    assert (found.status, found.origin, found.single_source) == ("na", "context", False)


def test_4_1_an_agreed_not_applicable_keeps_its_reason(mlops: Questionnaire) -> None:
    base = replace(voted("gov-fairness", [("risk", 3)]), agreed={"gov-fairness": Agreed(NotApplicable("bought in"))})
    found = read_answers(base, mlops).sheet.questions["gov-fairness"]
    assert (found.status, found.origin, found.reason) == ("na", "agreed", "bought in")


def test_4_14_a_later_voting_stands_alone_if_it_holds_a_level(mlops: Questionnaire) -> None:
    people = voted("mon-drift", [("data_scientist", 1), ("ml_engineer", 1)])
    names = [r.id for r in people.respondents]
    first = Voting("mon-drift", 1, {names[0]: Level(4), names[1]: Level(3)})
    second = Voting("mon-drift", 2, {names[0]: Level(1), names[1]: Level(1)})
    empty = Voting("mon-drift", 3, {names[0]: DK, names[1]: DK})
    both = read_answers(replace(people, votings=(second, first)), mlops).sheet.questions["mon-drift"]
    assert (both.level, [b.counts for b in both.ballots]) == (1, [(0, 0, 0, 1, 1, 0, 0), (0, 2, 0, 0, 0, 0, 0)])
    with_empty = read_answers(replace(people, votings=(first, second, empty)), mlops).sheet.questions["mon-drift"]
    assert with_empty.level == 1


def test_4_5_the_examples_of_spread(mlops: Questionnaire) -> None:
    assert average_deviation([3, 3, 2, 2, 1]) == Fraction(6, 10)
    assert average_deviation([4, 4, 3, 0, 0]) == Fraction(16, 10)
    assert within_group_agreement([3, 3, 2, 2, 1], mlops.rules) == Fraction(65, 100)
    assert within_group_agreement([4, 4, 3, 0, 0], mlops.rules) == Fraction(-11, 10)
    assert average_deviation([]) is None
    assert within_group_agreement([3], mlops.rules) is None


def test_4_5_polarised_answers_are_contested_and_three_answers_are_needed_to_say_so(mlops: Questionnaire) -> None:
    polarised = [("data_scientist", a) for a in (4, 4, 3, 0, 0)]
    assert facts("mon-drift", polarised, mlops).contested
    two = facts("mon-drift", polarised[1:4:2], mlops)
    assert (two.ad, two.rwg, two.contested) == (None, None, False)


def test_4_5_a_spread_of_exactly_the_limit_is_not_contested(mlops: Questionnaire) -> None:
    votes = [("data_scientist", a) for a in (0, 2, 2, 2, 4)]
    found = facts("mon-drift", votes, mlops)
    assert (found.ad, found.contested) == (Fraction(4, 5), False)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_the_lower_median_is_a_value_that_half_of_the_weight_reaches(values: list[int]) -> None:
    found = lower_median((v, Fraction(1)) for v in values)
    assert found == sorted(values)[(len(values) - 1) // 2]
    assert midpoint_median(values) is not None


def test_medians_of_nothing_are_none_and_rounding_is_half_even() -> None:
    assert (lower_median([]), midpoint_median([])) == (None, None)
    assert [rounded(Fraction(n, 20000), 4) for n in (1, 3, 5)] == [0, Fraction(2, 10000), Fraction(2, 10000)]


@pytest.mark.parametrize("level", range(5))
def test_one_answer_is_enough_to_compute(mlops: Questionnaire, level: int) -> None:
    found = facts("mon-drift", [("platform", level)], mlops)
    assert (found.level, found.respondents) == (level, "1")

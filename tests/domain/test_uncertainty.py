"""Measurement 4.6 and the reliability of 4.5."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Agreed, Answer, Assessment, DontKnow, Hands, Level, NotApplicable, Respondent, Voting
from app.domain.questionnaire import Questionnaire
from app.domain.reliability import ordinal_alpha
from app.domain.resampling import percentile, seed_of
from app.domain.score import score
from app.domain.settle import settle
from app.domain.sheet import Ballot, Sheet
from app.domain.uncertainty import NOT_CLOSED, until_closed
from tests.domain.cast import BLANK, SEEN, agreed_all


def crowd(mlops: Questionnaire, size: int, seed: int = 1) -> Assessment:
    dice = random.Random(seed)  # noqa: S311 - dice for a test
    roles = [r.id for r in mlops.roles]
    people = []
    for i in range(size):
        lean = dice.gauss(0, 0.5)
        levels = {q.id: Level(max(0, min(4, round(2.2 + lean + dice.gauss(0, 0.8))))) for q in mlops.core}
        beliefs = {b.id: dice.choice([1, 2, 3, 4, 5, None]) for b in mlops.beliefs}
        people.append(Respondent(f"r{i:02}", roles[i % len(roles)], dict(levels), beliefs))
    return replace(BLANK, respondents=tuple(people), evidence=dict.fromkeys((q.id for q in mlops.core), SEEN))


def test_ranges_stability_and_provisional_verdicts_are_published_from_five(mlops: Questionnaire) -> None:
    sheet = settle(crowd(mlops, 8), mlops)
    card = score(sheet, mlops)
    for dimension in card.dimensions.values():
        assert dimension.range90 is not None
        assert 0 <= dimension.range90[0] <= dimension.range90[1] <= 4
        assert dimension.range_why is None
    assert card.stage is not None
    assert card.stage.stability is not None
    assert 0 < card.stage.stability <= 1
    assert sheet.ranges.provisional is not None
    four = score(settle(crowd(mlops, 4), mlops), mlops)
    assert {d.range_why for d in four.dimensions.values()} == {"too few respondents for a range"}
    assert four.myths is not None
    assert {m.provisional for m in four.myths.values()} == {None}


@pytest.mark.slow
@given(st.randoms())
def test_the_same_answers_in_any_order_give_the_same_sheet(mlops: Questionnaire, dice: random.Random) -> None:
    base = crowd(mlops, 6)
    people = list(base.respondents)
    dice.shuffle(people)
    shuffled = tuple(replace(r, answers=dict(dice.sample(sorted(r.answers.items()), len(r.answers)))) for r in people)
    assert settle(replace(base, respondents=shuffled), mlops) == settle(base, mlops)


def test_names_dates_and_purpose_do_not_move_the_seed_but_answers_do(mlops: Questionnaire) -> None:
    base = crowd(mlops, 6)
    seed = seed_of(base, mlops.digest)
    renamed = replace(
        base, team="Another", purpose="x", respondents=tuple(replace(r, id=f"p{r.id}") for r in base.respondents)
    )
    assert seed_of(renamed, mlops.digest) == seed
    first = base.respondents[0]
    moved = replace(first, answers=dict(first.answers) | {"mon-drift": DontKnow(), "gov-fairness": NotApplicable("x")})
    assert seed_of(replace(base, respondents=(moved, *base.respondents[1:])), mlops.digest) != seed
    voting = Voting("mon-drift", 1, {first.id: Level(3)})
    others = {
        seed_of(replace(base, votings=(voting,)), mlops.digest),
        seed_of(replace(base, hands={"mon-drift": (Hands("risk", (1, 0, 0, 0, 0, 0, 0)),)}), mlops.digest),
        seed_of(replace(base, agreed={"mon-drift": Agreed(Level(3))}), mlops.digest),
        seed_of(base, "another pack"),
    }
    assert len(others | {seed}) == 5


def test_stage_stability_holds_gates_that_nobody_votes_on(mlops: Questionnaire) -> None:
    base = crowd(mlops, 8)
    dropped = {"gov-inventory", "gov-fairness"}
    people = tuple(
        replace(r, answers={q: a for q, a in r.answers.items() if q not in dropped}) for r in base.respondents
    )
    unknown_gate = score(settle(replace(base, respondents=people, context={"ctx-people-effect": "no"}), mlops), mlops)
    assert unknown_gate.stage is not None
    assert (unknown_gate.stage.supported, unknown_gate.stage.stability) == (0, 1)
    waived = score(settle(replace(base, context={"ctx-people-effect": "no"}), mlops), mlops)
    assert waived.stage is not None
    assert waived.stage.stability is not None
    few = tuple(
        replace(r, answers={q: a for q, a in r.answers.items() if not q.startswith("gov-") or q == "gov-inventory"})
        for r in base.respondents
    )
    unpublished = score(settle(replace(base, respondents=few), mlops), mlops)
    assert unpublished.stage is not None
    assert unpublished.stage.stability == 1
    assert unpublished.dimensions["governance"].range90 is None


def test_a_contested_gate_stays_closed_in_every_replicate(mlops: Questionnaire) -> None:
    base = crowd(mlops, 8)
    people = tuple(
        replace(r, answers={q: Level(3) for q in r.answers} | {"gov-inventory": Level(4 if i % 2 else 0)})
        for i, r in enumerate(base.respondents)
    )
    card = score(settle(replace(base, respondents=people), mlops), mlops)
    assert card.stage is not None
    assert (card.stage.supported, card.stage.stability) == (0, 1)


def test_a_few_agreed_levels_are_held_and_most_agreed_levels_silence_the_range(mlops: Questionnaire) -> None:
    base = crowd(mlops, 8)
    monitoring = [q.id for q in mlops.core_of("monitoring")]
    five = replace(base, agreed={q: Agreed(Level(2)) for q in monitoring[:5]})
    six = replace(base, agreed={q: Agreed(Level(2)) for q in monitoring[:6]})
    assert score(settle(five, mlops), mlops).dimensions["monitoring"].range90 is not None
    silent = score(settle(six, mlops), mlops)
    assert silent.dimensions["monitoring"].range_why == "levels were agreed in the room"
    assert silent.stage is not None
    assert silent.stage.stability_why == "levels were agreed in the room"
    assert silent.dimensions["governance"].range90 is not None


def test_raised_hands_score_like_as_many_respondents(mlops: Questionnaire) -> None:
    hands = {
        "gov-inventory": (Hands("data_scientist", (0, 2, 1, 0, 0, 0, 0)), Hands("platform", (1, 0, 0, 0, 0, 1, 0)))
    }
    shown = settle(replace(BLANK, hands=hands), mlops)
    votes = [("data_scientist", Level(1)), ("data_scientist", Level(1)), ("data_scientist", Level(2))]
    answers: list[tuple[str, Answer]] = [*votes, ("platform", Level(0)), ("platform", DontKnow())]
    people = tuple(Respondent(f"r{i}", role, {"gov-inventory": a}) for i, (role, a) in enumerate(answers))
    voted = settle(replace(BLANK, respondents=people), mlops)
    by_hand, by_vote = shown.questions["gov-inventory"], voted.questions["gov-inventory"]
    assert replace(by_vote, origin="hands") == by_hand
    assert (shown.respondents, shown.roles) == ("5", 2)


def test_hands_join_the_votes_of_those_who_had_a_phone(mlops: Questionnaire) -> None:
    people = (Respondent("a", "ml_engineer", {"gov-inventory": Level(3)}),)
    hands = {"gov-inventory": (Hands("platform", (0, 0, 1, 0, 0, 0, 0)),)}
    found = settle(replace(BLANK, respondents=people, hands=hands), mlops).questions["gov-inventory"]
    assert (found.origin, found.respondents, found.level) == ("votes", "2", 3)


def _beside_hands(votes: list[tuple[str, Answer]], hands: Hands) -> Assessment:
    people = tuple(Respondent(f"r{i}", role, {"gov-inventory": a}) for i, (role, a) in enumerate(votes))
    return replace(BLANK, anonymity="anonymous", respondents=people, hands={"gov-inventory": (hands,)})


def test_two_secret_votes_beside_public_hands_are_left_out(mlops: Questionnaire) -> None:
    hands = Hands("platform", (0, 3, 0, 0, 0, 0, 0))
    secret: list[tuple[str, Answer]] = [("ml_engineer", Level(4)), ("risk", Level(3))]
    beside = settle(_beside_hands(secret, hands), mlops).questions["gov-inventory"]
    alone = settle(_beside_hands([], hands), mlops).questions["gov-inventory"]
    assert beside == alone
    assert (alone.origin, alone.level) == ("hands", 1)


def test_secret_votes_that_count_beside_hands_give_a_level_and_no_counts_to_subtract_from(mlops: Questionnaire) -> None:
    roles = ("data_scientist", "ml_engineer", "data_engineer", "platform", "product", "risk")
    secret: list[tuple[str, Answer]] = [(role, Level(3)) for role in roles]
    found = settle(_beside_hands(secret, Hands("platform", (1, 0, 0, 0, 0, 0, 0))), mlops).questions["gov-inventory"]
    assert (found.origin, found.level, found.respondents) == ("votes", 3, "5+")
    assert found.ad is None
    assert not found.families
    assert [(ballot.counts, ballot.median) for ballot in found.ballots] == [(None, None)]


def test_before_the_close_an_anonymous_assessment_says_no_range_and_why(mlops: Questionnaire) -> None:
    ranges = settle(replace(crowd(mlops, 9), anonymity="anonymous"), mlops).ranges
    assert any(ranges.dimensions.values())
    before = until_closed(ranges)
    assert set(before.dimensions.values()) == {None}
    assert (before.stability, before.provisional, before.alpha) == (None, None, ranges.alpha)
    silent = {*ranges.dimensions, "stability", "provisional"}
    assert {before.reasons[name] for name in silent} == {NOT_CLOSED}


def test_anonymous_ranges_are_coarse(mlops: Questionnaire) -> None:
    sheet = settle(replace(crowd(mlops, 9), anonymity="anonymous"), mlops)
    pairs = [v for pair in sheet.ranges.dimensions.values() if pair for v in pair]
    assert pairs
    assert all(v * 10 == int(v * 10) for v in pairs)
    fine = [v for v in (sheet.ranges.stability, *sheet.ranges.alpha.values()) if v is not None]
    assert all(v * 100 == int(v * 100) for v in fine)


def test_alpha_is_of_counts_that_are_shown(mlops: Questionnaire) -> None:
    roles = ("platform", "product", "product", "data_scientist", "ml_engineer")
    # The counts of the first are withheld: beside the level they would tell votes apart.
    given = {"mon-drift": (0, 0, 4, 0, 4), "mon-cost": (1, 2, 2, 3, 1), "mon-slices": (2, 2, 3, 1, 2)}

    def alpha(*asked: str) -> Fraction | None:
        people = tuple(
            Respondent(f"r{i}", role, {q: Level(given[q][i]) for q in asked}) for i, role in enumerate(roles)
        )
        found = settle(replace(BLANK, respondents=people, anonymity="anonymous"), mlops)
        assert found.questions["mon-drift"].ballots[-1:] in {(), (Ballot(1, None, None),)}
        return found.ranges.alpha["monitoring"]

    assert alpha("mon-drift", "mon-cost", "mon-slices") == alpha("mon-cost", "mon-slices")


def test_an_anonymous_assessment_that_nobody_answered_is_settled(mlops: Questionnaire) -> None:
    sheet: Sheet = settle(replace(BLANK, anonymity="anonymous"), mlops)
    assert {q.status for q in sheet.questions.values()} == {"unknown"}
    assert sheet.response_style is None
    agreed = settle(replace(agreed_all(mlops, 2), anonymity="anonymous"), mlops)
    assert score(agreed, mlops).dimensions["monitoring"].supported == 2


def test_response_style_is_the_mean_of_the_whole_assessment(mlops: Questionnaire) -> None:
    people = tuple(Respondent(f"r{i}", "platform", {}, {"b01": 1, "b02": 2 if i else 3, "b03": None}) for i in range(5))
    assert settle(replace(BLANK, respondents=people), mlops).response_style == Fraction(16, 10)
    assert settle(replace(BLANK, respondents=people[:4]), mlops).response_style is None
    anonymous = replace(BLANK, anonymity="anonymous", respondents=(*people, Respondent("z", "risk", {}, {"b01": 5})))
    assert settle(anonymous, mlops).response_style == Fraction(191, 100)


def test_alpha_of_the_published_twelve_unit_example_is_0_815() -> None:
    raters = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    rows = [r.split() for r in raters]
    units = [[int(row[u]) for row in rows if row[u] != "."] for u in range(12)]
    alpha = ordinal_alpha(units, range(1, 6))
    assert alpha is not None
    assert round(float(alpha), 3) == 0.815


def test_alpha_is_undefined_without_pairs_or_variation() -> None:
    assert ordinal_alpha([[1], [2], []]) is None
    assert ordinal_alpha([[2, 2], [2, 2]]) is None
    assert ordinal_alpha([[1, 1], [3, 3]]) == 1


def test_percentiles_interpolate_exactly() -> None:
    assert percentile(np.array([4, 1, 3, 2]), 1, Fraction(1, 20)) == Fraction(115, 100)
    assert percentile(np.array([7]), 2, Fraction(19, 20)) == Fraction(7, 2)

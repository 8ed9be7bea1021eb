"""What a reveal shows: by brute force over all small rooms, nothing that gives one vote away."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import pytest

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.ballots import (
    ALREADY_TOLD,
    TOO_FEW_TO_SHOW,
    Distribution,
    HiddenBallot,
    RevealedBallot,
    distribution,
    revealed,
)
from app.domain.consensus import Vote, consensus
from app.domain.disclosure import singles_out
from app.domain.prompts import prompt_for
from app.domain.questionnaire import Questionnaire
from tests.small_questionnaire import RULES, small_questionnaire

ROOMS = (
    ("data_scientist", "data_scientist", "data_scientist"),
    ("data_scientist", "ml_engineer", "platform"),
    ("data_scientist", "ml_engineer", "platform", "risk"),
    ("ml_engineer", "ml_engineer", "platform", "platform"),
    ("data_scientist", "ml_engineer", "platform", "platform"),
)
ANSWERS: tuple[Answer, ...] = (Level(0), Level(1), Level(3), DontKnow(), NotApplicable(""))


@pytest.fixture(scope="module")
def small() -> Questionnaire:
    return small_questionnaire()


def _votes(roles: Sequence[str], answers: Sequence[Answer]) -> list[Vote]:
    return [Vote(i, role, answer) for i, (role, answer) in enumerate(zip(roles, answers, strict=True))]


def _key(shown: Distribution | None) -> tuple[object, ...] | None:
    return None if shown is None else (shown.levels, shown.dk, shown.na, shown.median, tuple(shown.families.items()))


def _worlds(roles: Sequence[str]) -> Iterator[tuple[Answer, ...]]:
    return itertools.product(ANSWERS, repeat=len(roles))


def _told_apart(worlds: dict[Any, list[tuple[Answer, ...]]], people: int) -> list[tuple[Any, int, int]]:
    """Published value, observer and victim where the own vote and what is published leave one level."""
    found = []
    for published, fitting in worlds.items():
        for me, victim in itertools.permutations(range(people), 2):
            by_own: dict[Answer, list[tuple[Answer, ...]]] = {}
            for world in fitting:
                by_own.setdefault(world[me], []).append(world)
            for same in by_own.values():
                rest = set(_rest(same[0], me))
                if len({world[victim] for world in same}) == 1 and len(rest) > 1:
                    found.append((published, me, victim))
    return found


def _rest(world: tuple[Answer, ...], me: int) -> list[Answer]:
    return [answer for place, answer in enumerate(world) if place != me]


def test_a_hidden_ballot_has_no_field_that_could_hold_a_level() -> None:
    assert {f.name: f.type for f in fields(HiddenBallot)} == {"question": str, "voting": int, "voted": int}
    assert not hasattr(HiddenBallot("q", 1, 3), "__dict__")


@pytest.mark.parametrize("roles", ROOMS)
def test_a_reveal_gives_nobody_away_to_anybody_who_knows_the_own_vote(
    small: Questionnaire, roles: tuple[str, ...]
) -> None:
    question = small.question("mon-cost")
    worlds: dict[Any, list[tuple[Answer, ...]]] = {}
    for world in _worlds(roles):
        shown = distribution(_votes(roles, world), question, small, "anonymous")
        if shown is not None:
            worlds.setdefault(_key(shown), []).append(world)
    assert worlds
    assert _told_apart(worlds, len(roles)) == []


@pytest.mark.parametrize("roles", ROOMS)
def test_counts_and_then_a_level_give_nobody_away(small: Questionnaire, roles: tuple[str, ...]) -> None:
    """The room agrees on nothing, so the level of the votes follows where it may, and is withheld where it may not."""
    question = small.question("mon-drift")
    worlds: dict[Any, list[tuple[Answer, ...]]] = {}
    for world in itertools.product(map(Level, (0, 1, 2, 3)), repeat=len(roles)):
        votes = _votes(roles, world)
        shown = distribution(votes, question, small, "anonymous")
        if shown is None:
            continue
        apart = singles_out(votes, question, small, families=False)
        level = None if apart else consensus(votes, question, small.rules)
        worlds.setdefault((_key(shown), level), []).append(world)
    told = [found for found in _told_apart(worlds, len(roles)) if found[0][1] is not None]
    assert told == []


@pytest.mark.slow
@pytest.mark.parametrize("roles", ROOMS[:2])
def test_two_votings_give_nobody_away(small: Questionnaire, roles: tuple[str, ...]) -> None:
    question = small.question("mon-drift")
    worlds: dict[Any, list[Any]] = {}
    again: tuple[Answer, ...] = (Level(0), Level(2), DontKnow())
    for first in _worlds(roles):
        for second in itertools.product(again, repeat=len(roles)):
            ballot = revealed(question, {1: _votes(roles, first), 2: _votes(roles, second)}, small, "anonymous")
            if ballot.earlier[0].distribution is not None:
                published = (_key(ballot.earlier[0].distribution), _key(ballot.distribution))
                worlds.setdefault(published, []).append((first, second))
    for fitting in worlds.values():
        for me, victim in itertools.permutations(range(len(roles)), 2):
            by_own: dict[Any, list[Any]] = {}
            for world in fitting:
                by_own.setdefault((world[0][me], world[1][me]), []).append(world)
            for same in by_own.values():
                if len(set(_rest(same[0][0], me))) > 1:
                    assert len({world[0][victim] for world in same}) > 1


def test_too_few_and_what_was_told_are_explained(small: Questionnaire) -> None:
    question = small.question("mon-drift")
    roles = ROOMS[2]
    few = revealed(question, {1: _votes(roles[:2], [Level(1), Level(2)])}, small, "anonymous")
    assert (few.voted, few.distribution, few.why) == (2, None, TOO_FEW_TO_SHOW)
    votes = _votes(roles, [Level(1), Level(2), Level(1), Level(1)])
    told = revealed(question, {1: votes}, small, "anonymous", withheld=frozenset({1}))
    assert (told.voted, told.distribution, told.why) == (4, None, ALREADY_TOLD)
    assert revealed(question, {}, small, "anonymous") == RevealedBallot("mon-drift", 1, 0, None, TOO_FEW_TO_SHOW)
    assert distribution([], question, small, "open") is None


def test_where_nobody_gave_a_level_none_can_be_told(small: Questionnaire) -> None:
    votes = _votes(("data_scientist", "platform", "risk"), [DontKnow()] * 3)
    assert not singles_out(votes, small.by_id["mon-drift"], small, families=True)


def test_open_terms_show_every_family_of_any_voting(small: Questionnaire) -> None:
    votes = _votes(("data_scientist", "platform"), [Level(1), Level(3)])
    assert distribution(votes, small.by_id["mon-drift"], small, "anonymous") is None
    shown = distribution(votes, small.by_id["mon-drift"], small, "open")
    assert shown is not None
    assert dict(shown.families) == {"builders": 1.0, "runners": 3.0}


@pytest.mark.parametrize(
    ("levels", "dk", "families", "pattern"),
    [
        ((0, 0, 3, 0, 0), 2, {}, "not-known"),
        ((0, 3, 0, 3, 0), 0, {"builders": 3, "runners": 1}, "families-apart"),
        ((3, 0, 0, 0, 3), 0, {}, "split"),
        ((2, 3, 0, 0, 0), 0, {}, "all-low"),
        ((0, 0, 0, 4, 0), 1, {}, "agree"),
        ((0, 0, 2, 3, 0), 0, {"builders": 3, "runners": 2}, "near"),
        ((0, 0, 0, 0, 0), 0, {}, "agree"),
    ],
)
def test_the_prompt_follows_the_pattern(
    levels: tuple[int, int, int, int, int], dk: int, families: dict[str, Any], pattern: str
) -> None:
    prompt = prompt_for(Distribution(levels, dk, 0, None, families), RULES)
    assert prompt.pattern == pattern
    assert not any(word in prompt.says.lower() for word in ("builder", "runner", "decider"))


def test_a_prompt_for_what_cannot_be_shown_says_nothing_of_the_votes() -> None:
    assert prompt_for(None, RULES).pattern == "unseen"

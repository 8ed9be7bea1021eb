"""What a reveal may show of the votings of one question (measurement.md 4.10): counts and families, or the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from app.domain.answers import Anonymity
from app.domain.consensus import Vote, counts, levels
from app.domain.disclosure import kinds_tell, safe_families
from app.domain.exact import midpoint_median
from app.domain.privacy import open_families, voting_counts
from app.domain.questionnaire import Question, Questionnaire

#: What a room saw of a voting: its counts, or the level that its votes give, or both.
Seen: TypeAlias = Literal["counts", "level", "both"]

TOO_FEW_TO_SHOW = "too few votes to be shown; only how many voted is said"
ALREADY_TOLD = "the level of the votes is known already; beside it the counts would tell votes apart"


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each answer was given. ``families``: midpoint medians of those that may be shown."""

    levels: tuple[int, int, int, int, int]
    dk: int
    na: int
    median: Fraction | None
    families: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class HiddenBallot:
    """A voting before its reveal: how many voted, and no field that could hold what."""

    question: str
    voting: int
    voted: int


@dataclass(frozen=True, slots=True)
class Round:
    """One ended voting as it may be shown; ``why`` explains a missing distribution."""

    number: int
    voted: int
    distribution: Distribution | None
    why: str | None


@dataclass(frozen=True, slots=True)
class RevealedBallot:
    """An ended voting, with the ones before it so that the shift can be seen. Never who, never a role alone."""

    question: str
    voting: int
    voted: int
    distribution: Distribution | None
    why: str | None
    earlier: tuple[Round, ...] = ()


def distribution(
    votes: Sequence[Vote], question: Question, questionnaire: Questionnaire, anonymity: Anonymity
) -> Distribution | None:
    """The distribution of an ended voting, or None where it may not be shown.

    No level goes with it; but the level that the votes give may follow when the room agrees on none. Families are
    therefore shown only where they tell nobody's vote apart beside counts and level.
    """
    if anonymity == "anonymous":
        counted = voting_counts(votes, question, questionnaire.rules)
        if not counted or kinds_tell(votes, question, questionnaire):
            return None
        families = safe_families(votes, question, questionnaire)
    elif votes:
        families = open_families(votes, questionnaire)
    else:
        return None
    zero, one, two, three, four, unknown, not_applicable = counts(votes)
    median = midpoint_median(levels(votes))
    return Distribution((zero, one, two, three, four), unknown, not_applicable, median, families)


def revealed(
    question: Question,
    rounds: Mapping[int, Sequence[Vote]],
    questionnaire: Questionnaire,
    anonymity: Anonymity,
    *,
    withheld: frozenset[int] = frozenset(),
) -> RevealedBallot:
    """The ended votings of a question, by number. ``withheld``: of these the level was told, and counts may not be."""
    last = max(rounds, default=1)
    made = tuple(
        Round(n, len(votes), None, ALREADY_TOLD)
        if n in withheld
        else _round(n, votes, question, questionnaire, anonymity)
        for n, votes in sorted(rounds.items())
    )
    if not made:
        return RevealedBallot(question.id, last, 0, None, TOO_FEW_TO_SHOW)
    shown = made[-1]
    return RevealedBallot(question.id, last, shown.voted, shown.distribution, shown.why, made[:-1])


def _round(
    number: int, votes: Sequence[Vote], question: Question, questionnaire: Questionnaire, anonymity: Anonymity
) -> Round:
    found = distribution(votes, question, questionnaire, anonymity)
    return Round(number, len(votes), found, None if found else TOO_FEW_TO_SHOW)

"""From the answers of one voting to one level, its spread and who does not know (measurement.md 4.1 and 4.5)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.exact import HALF, lower_median, mean, midpoint_median
from app.domain.questionnaire import Question, Rules

#: AD and r_wg describe a spread; below three answers there is none to describe.
SPREAD_ANSWERS_MIN = 3
_THIRD = Fraction(1, 3)


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer of one person (an index into the ordered respondents) in one role."""

    person: int
    role: str
    answer: Answer


def levels(votes: Sequence[Vote]) -> list[int]:
    """The levels among the answers."""
    return [v.answer.level for v in votes if isinstance(v.answer, Level)]


def counts(votes: Sequence[Vote]) -> tuple[int, int, int, int, int, int, int]:
    """How many gave each level 0 to 4, do not know, and not applicable."""
    tally = [0] * 7
    for vote in votes:
        match vote.answer:
            case Level(level):
                tally[level] += 1
            case DontKnow():
                tally[5] += 1
            case _:
                tally[6] += 1
    zero, one, two, three, four, unknown, not_applicable = tally
    return (zero, one, two, three, four, unknown, not_applicable)


def weights(votes: Sequence[Vote], question: Question, rules: Rules) -> list[Fraction]:
    """The weight of each vote given: every role has a fixed total voice, however many of its members answer."""
    members = Counter(v.role for v in votes)
    share = {role: _voice(role, question, rules) / count for role, count in members.items()}
    return [share[v.role] for v in votes]


def _voice(role: str, question: Question, rules: Rules) -> Fraction:
    return rules.best_role_weight if role in question.best_roles else rules.other_role_weight


def with_levels(votes: Sequence[Vote]) -> list[Vote]:
    """The votes that gave a level."""
    return [v for v in votes if isinstance(v.answer, Level)]


def weight_by_answer(votes: Sequence[Vote], question: Question, rules: Rules) -> dict[int | None, Fraction]:
    """What each answer weighs: levels by number, None for the rest; summed role by role, so a crowd costs little."""
    members = Counter(v.role for v in votes)
    given = Counter((v.role, v.answer.level if isinstance(v.answer, Level) else None) for v in votes)
    found: dict[int | None, Fraction] = {}
    for (role, answer), count in given.items():
        share = _voice(role, question, rules) * count / members[role]
        found[answer] = found.get(answer, Fraction(0)) + share
    return found


def consensus(votes: Sequence[Vote], question: Question, rules: Rules) -> int | None:
    """The weighted lower median of the levels; None where nobody gave one."""
    weighed = weight_by_answer(with_levels(votes), question, rules)
    return lower_median((level, weight) for level, weight in weighed.items() if level is not None)


def says_not_applicable(votes: Sequence[Vote], question: Question, rules: Rules) -> bool:
    """Whether N/A carries more than half of the weight of all levels and N/A, n counting both kinds."""
    if not question.na_allowed:
        return False
    weighed = weight_by_answer([v for v in votes if not isinstance(v.answer, DontKnow)], question, rules)
    return weighed.get(None, Fraction(0)) > sum(weighed.values()) * HALF


def average_deviation(values: Sequence[int]) -> Fraction | None:
    """AD: the mean distance from the midpoint median, in levels; None of nothing."""
    middle = midpoint_median(values)
    return None if middle is None else mean([abs(v - middle) for v in values])


def within_group_agreement(values: Sequence[int], rules: Rules) -> Fraction | None:
    """r_wg: one minus the variance (n - 1) over that of a uniform distribution; None below two values."""
    n = len(values)
    if n <= 1:
        return None
    squares = Fraction(n * sum(v * v for v in values) - sum(values) ** 2, n)
    return 1 - squares / (n - 1) / rules.rwg_null_variance


def family_levels(votes: Sequence[Vote], families_by_role: dict[str, str]) -> dict[str | None, list[int]]:
    """The levels by role family; None holds those who did not say their role."""
    found: dict[str | None, list[int]] = {}
    for vote in with_levels(votes):
        found.setdefault(families_by_role.get(vote.role), []).extend(levels([vote]))
    return found


def best_placed_answers(votes: Sequence[Vote], question: Question) -> tuple[int, int]:
    """How many best-placed respondents answered (a level or do not know), and how many of them do not know."""
    placed = [v for v in votes if v.role in question.best_roles and not isinstance(v.answer, NotApplicable)]
    return len(placed), sum(isinstance(v.answer, DontKnow) for v in placed)


def has_visibility_gap(votes: Sequence[Vote], question: Question) -> bool:
    """Whether more than a third of the best-placed respondents who answered do not know."""
    answered, unknown = best_placed_answers(votes, question)
    return answered > 0 and Fraction(unknown, answered) > _THIRD

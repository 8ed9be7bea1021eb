"""What may be published of an anonymous assessment (measurement.md 4.10), and nothing more.

Suppression happens here and in ``settle`` only, once, before anything is computed from the facts; whatever comes
later cannot leak what it was never given.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from app.domain.answers import Anonymity, Level
from app.domain.consensus import Vote, consensus, family_levels, weights, with_levels
from app.domain.exact import HALF, midpoint_median
from app.domain.questionnaire import Question, Questionnaire, Rules
from app.domain.sheet import OTHERS

_Classes: TypeAlias = Counter[tuple[str, int]]

#: Families are shown from six level votes on; AD and S get a decimal from five on.
FAMILIES_FROM = 6
AD_FROM = 5
BUCKET_WIDE_FROM = 5


def bucket(count: int, anonymity: Anonymity, k: int) -> str:
    """The number of answers as it may be said."""
    if anonymity == "anonymous" and count < k:
        return f"fewer than {k}"
    if count < BUCKET_WIDE_FROM:
        return "3-4" if count >= 3 else str(count)  # noqa: PLR2004 - the buckets are the words of interfaces.md
    return "5+"


def voting_counts(votes: Sequence[Vote], question: Question, rules: Rules) -> bool:
    """Whether a voting counts: at least k levels, and nobody carries half of the weight or more."""
    valid = with_levels(votes)
    if len(valid) < rules.k_behaviour:
        return False
    shares = weights(valid, question, rules)
    return max(shares) < sum(shares) * HALF


def open_families(votes: Sequence[Vote], questionnaire: Questionnaire) -> dict[str, Fraction]:
    """Midpoint medians of every family that answered: what an open assessment shows."""
    return _medians(family_levels(votes, questionnaire.families_by_role), questionnaire)


def shown_families(votes: Sequence[Vote], questionnaire: Questionnaire) -> dict[str, Fraction]:
    """Midpoint medians of the families that may be shown, small ones merged as ``others`` (rule 3).

    Whoever did not say a role belongs to no family and is always among the hidden, so that no shown number is over
    all but one or two of the people another number is over.
    """
    found = family_levels(votes, questionnaire.families_by_role)
    if sum(len(values) for values in found.values()) < FAMILIES_FROM:
        return {}
    k = questionnaire.rules.k_behaviour
    unnamed = found.pop(None, [])
    order = {family.id: index for index, family in enumerate(questionnaire.families)}
    by_size = sorted(found, key=lambda name: (len(found[name]), -order[str(name)]))
    hidden = [name for name in by_size if len(found[name]) < k]
    waiting = [name for name in by_size if name not in hidden]
    merged = unnamed + [value for name in hidden for value in found[name]]
    while (hidden or unnamed) and len(merged) < k and waiting:
        smallest = waiting.pop(0)
        hidden.append(smallest)
        merged += found[smallest]
    shown = _medians({name: values for name, values in found.items() if name not in hidden}, questionnaire)
    together = midpoint_median(merged)
    if together is not None and len(merged) >= k:
        shown[OTHERS] = together
    return shown


def _medians(found: Mapping[str | None, Sequence[int]], questionnaire: Questionnaire) -> dict[str, Fraction]:
    medians = {family.id: midpoint_median(found.get(family.id, [])) for family in questionnaire.families}
    return {family: median for family, median in medians.items() if median is not None}


def singles_out(votes: Sequence[Vote], question: Question, questionnaire: Questionnaire) -> bool:
    """Whether the published counts, level and families together give one person's level away to another voter.

    Sound, not complete: a voter is safe when, for each other voter who knows the own vote, some trade of levels
    between two of the rest would change nothing published. Where all but the observer voted alike, nobody is told
    apart. People of one role and one level are interchangeable, so the search runs over those classes.
    """
    classes = Counter((v.role, v.answer.level) for v in votes if isinstance(v.answer, Level))
    seen = _published(classes, question, questionnaire)
    for observer in sorted(classes):
        rest = classes - Counter([observer])
        if len({level for _, level in rest}) > 1 and not _all_can_trade(rest, observer, seen, question, questionnaire):
            return True
    return False


def _all_can_trade(
    rest: _Classes, observer: tuple[str, int], seen: object, question: Question, questionnaire: Questionnaire
) -> bool:
    free = {one for one in rest if any(role == one[0] and level != one[1] for role, level in rest)}
    for one in sorted(rest):
        for other in sorted(rest):
            if other[1] == one[1] or (one in free and other in free):
                continue
            traded = rest + Counter([observer, (one[0], other[1]), (other[0], one[1])]) - Counter([one, other])
            if _published(traded, question, questionnaire) == seen:
                free |= {one, other}
    return len(free) == len(rest)


def _published(classes: _Classes, question: Question, questionnaire: Questionnaire) -> object:
    votes = [Vote(0, role, Level(level)) for (role, level), count in classes.items() for _ in range(count)]
    return consensus(votes, question, questionnaire.rules), shown_families(votes, questionnaire)

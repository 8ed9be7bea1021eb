"""What may be published of an anonymous assessment (measurement.md 4.10), and nothing more.

Suppression happens here and in ``settle`` only, once, before anything is computed from the facts; whatever comes
later cannot leak what it was never given.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.domain.answers import Anonymity
from app.domain.consensus import Vote, family_levels, weights, with_levels
from app.domain.exact import HALF, midpoint_median
from app.domain.questionnaire import Question, Questionnaire, Rules
from app.domain.sheet import OTHERS

#: Families are shown from six level votes on; AD and S get a decimal from five on.
FAMILIES_FROM = 6
AD_FROM = 5
BUCKET_WIDE_FROM = 5


def bucket(count: int, anonymity: Anonymity, k: int) -> str:
    """The number of answers as it may be said."""
    if anonymity == "anonymous" and count < k:
        return f"fewer than {k}"
    if count < BUCKET_WIDE_FROM:
        return "3-4" if count >= 3 else str(count)
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
    """Midpoint medians of the families that may be shown, small ones merged as ``others`` (rule 3)."""
    found = family_levels(votes, questionnaire.families_by_role)
    groups = shown_groups({family: len(values) for family, values in found.items()}, questionnaire)
    return _medians(
        {name: [v for family in members for v in found.get(family, [])] for name, members in groups.items()},
        questionnaire,
    )


def shown_groups(sizes: Mapping[str | None, int], questionnaire: Questionnaire) -> dict[str, tuple[str | None, ...]]:
    """Which families are shown, and which are merged as ``others``, by their sizes alone.

    Whoever did not say a role (None) belongs to no family and is always among the hidden, so that no shown number
    is over all but one or two of the people another number is over.
    """
    if sum(sizes.values()) < FAMILIES_FROM:
        return {}
    k = questionnaire.rules.k_behaviour
    order = {family.id: index for index, family in enumerate(questionnaire.families)}
    named = sorted((f for f in sizes if f is not None and sizes[f]), key=lambda f: (sizes[f], -order[f]))
    hidden: list[str | None] = [None] if sizes.get(None) else []
    hidden += [family for family in named if sizes[family] < k]
    waiting = [family for family in named if sizes[family] >= k]
    while hidden and sum(sizes[f] for f in hidden) < k and waiting:
        hidden.append(waiting.pop(0))
    groups: dict[str, tuple[str | None, ...]] = {family: (family,) for family in waiting}
    if hidden and sum(sizes[f] for f in hidden) >= k:
        groups[OTHERS] = tuple(hidden)
    return groups


def _medians(found: Mapping[str | None, Sequence[int]], questionnaire: Questionnaire) -> dict[str, Fraction]:
    names = [*(family.id for family in questionnaire.families), OTHERS]
    medians = {name: midpoint_median(found.get(name, [])) for name in names}
    return {name: median for name, median in medians.items() if median is not None}

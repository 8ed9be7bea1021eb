"""Whether what is published about a voting would tell one person's vote apart (measurement.md 4.10).

Counts by level say nothing about who; but role weights make a level that was voted, and the family medians, depend
on who voted what, and everybody knows who has which role. So counts and families are published beside the level
only if, for every observer who knows the own vote, no role is left with one possible level while the rest did not
all vote alike. A level that the room agreed says nothing about the votes, and a reveal shows no level at all.

The answer must depend on nothing but the published value: all arrangements of the same counts that give the same
level and families are weighed together, otherwise the silence itself would speak. Small votings are searched
exhaustively. Large ones are sampled with a seed taken from the published value: what no sampled arrangement shows to
be open to doubt is withheld.
"""

import hashlib
import itertools
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from app.domain.answers import DontKnow, Level
from app.domain.consensus import Vote, consensus, weights, with_levels
from app.domain.privacy import shown_families, shown_groups
from app.domain.questionnaire import LEVELS, Question, Questionnaire
from app.loading import when_used

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
else:
    np = when_used("numpy")

EXHAUSTIVE_UP_TO = 6
_SAMPLES = 4000
_CELLS = 400_000

_Ints: TypeAlias = "npt.NDArray[np.int64]"
_Truths: TypeAlias = "npt.NDArray[np.bool_]"


def singles_out(votes: Sequence[Vote], question: Question, questionnaire: Questionnaire, *, families: bool) -> bool:
    """Whether counts, with the voted level, and the families where they are published, give somebody's vote away."""
    valid = sorted(with_levels(votes), key=lambda v: v.role)
    cast = sorted(v.answer.level for v in valid if isinstance(v.answer, Level))
    level = consensus(valid, question, questionnaire.rules)
    if level is None:
        return False  # nobody gave one
    medians = shown_families(valid, questionnaire) if families else {}
    roles = [v.role for v in valid]
    worlds = _arrangements(cast, repr((question.id, roles, cast, level, sorted(medians.items()))))
    worlds = worlds[_gives_level(worlds, valid, level, question, questionnaire)]
    if medians:
        worlds = worlds[_gives_families(worlds, roles, medians, questionnaire)]
    tables = {r: _table(worlds[:, [i for i, role in enumerate(roles) if role == r]]) for r in sorted(set(roles))}
    return any(_learns(observer, own, cast, tables) for observer in tables for own in sorted(set(cast)))


def kinds_tell(votes: Sequence[Vote], question: Question, questionnaire: Questionnaire) -> bool:
    """Whether it can be told who did not give a level, from the counts and from their being shown at all.

    Counts are shown only where nobody carries half of the weight of the levels, which depends on who gave one. So
    where every way to hand out "do not know" and N/A that lets the voting count has somebody among them, or leaves
    somebody with the one level that was given, the counts would say so.
    """
    kinds = sorted(_kind(v) for v in votes)
    if not any(kinds):
        return False
    roles = [v.role for v in votes]
    worlds = _arrangements(kinds, repr((question.id, sorted(roles), kinds, "kinds")))
    worlds = worlds[_counting(worlds, roles, question, questionnaire)]
    places = {role: [i for i, other in enumerate(roles) if other == role] for role in sorted(set(roles))}
    tables = {
        role: np.stack([(worlds[:, at] == kind).sum(axis=1) for kind in range(3)], axis=1)
        for role, at in places.items()
    }
    given = [v.answer.level for v in votes if isinstance(v.answer, Level)]
    owns = [(0, level) for level in sorted(set(given))] + [(kind, None) for kind in sorted(set(kinds)) if kind]
    return any(_learns_kind(observer, own, level, given, kinds, tables) for observer in tables for own, level in owns)


def _kind(vote: Vote) -> int:
    return 0 if isinstance(vote.answer, Level) else 1 if isinstance(vote.answer, DontKnow) else 2


def _counting(worlds: _Ints, roles: Sequence[str], question: Question, questionnaire: Questionnaire) -> _Truths:
    """In which of these nobody carries half of the weight of the levels, in whole numbers."""
    rules = questionnaire.rules
    scale = math.lcm(rules.best_role_weight.denominator, rules.other_role_weight.denominator)
    total = np.zeros(len(worlds), dtype=np.int64)
    fits = np.ones(len(worlds), dtype=np.bool_)
    voices = []
    for role in sorted(set(roles)):
        weight = rules.best_role_weight if role in question.best_roles else rules.other_role_weight
        members = (worlds[:, [i for i, other in enumerate(roles) if other == role]] == 0).sum(axis=1)
        voices.append((int(weight * scale), members))
        total += int(weight * scale) * (members > 0)
    for voice, members in voices:
        fits &= (members == 0) | (2 * voice < total * members)
    return fits


def _learns_kind(
    observer: str,
    own: int,
    level: int | None,
    given: Sequence[int],
    kinds: Sequence[int],
    tables: Mapping[str, _Ints],
) -> bool:
    """Whether somebody of a role who answered so can tell what kind of answer another role's people gave."""
    rest_kinds, rest = list(kinds), list(given)
    rest_kinds.remove(own)
    if level is not None:
        rest.remove(level)
    if len(set(rest_kinds)) == 1:
        return False  # the others answered alike; the counts may say so
    possible = tables[observer][:, own] > 0
    for role, table in tables.items():
        others = table[possible].copy()
        if role == observer:
            others[:, own] -= 1
        found = np.flatnonzero(others.sum(axis=0) > 0)
        if len(found) == 1 and (found[0] != 0 or len(set(rest)) == 1):
            return True
    return False


def safe_families(votes: Sequence[Vote], question: Question, questionnaire: Questionnaire) -> dict[str, Fraction]:
    """The family medians that may be published beside the counts: those of rule 3, or none."""
    shown = shown_families(votes, questionnaire)
    if shown and singles_out(votes, question, questionnaire, families=True):
        return {}
    return shown


def _arrangements(cast: Sequence[int], published: str) -> _Ints:
    """Ways to hand out the levels, one row each: all of them, or a sample that the published value determines."""
    if len(cast) <= EXHAUSTIVE_UP_TO:
        return np.array(sorted(set(itertools.permutations(cast))), dtype=np.int64)
    seed = int.from_bytes(hashlib.sha256(published.encode()).digest()[:8], "big")
    rows = max(1, min(_SAMPLES, _CELLS // len(cast)))
    return np.random.default_rng(seed).permuted(np.tile(np.array(cast, dtype=np.int64), (rows, 1)), axis=1)


def _gives_level(
    worlds: _Ints, votes: Sequence[Vote], level: int, question: Question, questionnaire: Questionnaire
) -> _Truths:
    shares = weights(votes, question, questionnaire.rules)
    scale = math.lcm(*(share.denominator for share in shares))
    whole = np.array([int(share * scale) for share in shares], dtype=np.int64)
    total = int(whole.sum())
    reached = (worlds <= level) @ whole * 2 >= total
    below = (worlds < level) @ whole * 2 < total
    return np.asarray(reached & below)


def _gives_families(
    worlds: _Ints, roles: Sequence[str], families: Mapping[str, Fraction], questionnaire: Questionnaire
) -> _Truths:
    of = [questionnaire.families_by_role.get(role) for role in roles]
    sizes = {family: of.count(family) for family in set(of)}
    fits = np.ones(len(worlds), dtype=np.bool_)
    for name, members in shown_groups(sizes, questionnaire).items():
        ordered = np.sort(worlds[:, [i for i, family in enumerate(of) if family in members]], axis=1)
        size = ordered.shape[1]
        fits &= ordered[:, (size - 1) // 2] + ordered[:, size // 2] == int(families[name] * 2)
    return fits


def _table(worlds: _Ints) -> _Ints:
    """How many of a role gave each level, shape (worlds, 5)."""
    return np.stack([(worlds == level).sum(axis=1) for level in LEVELS], axis=1)


def _learns(observer: str, own: int, cast: Sequence[int], tables: Mapping[str, _Ints]) -> bool:
    """Whether somebody of a role who gave ``own`` can tell the level of another."""
    rest = list(cast)
    rest.remove(own)
    if len(set(rest)) == 1:
        return False  # the others voted alike; the counts may say so
    possible = tables[observer][:, own] > 0
    for role, table in tables.items():
        others = table[possible].copy()
        if role == observer:
            others[:, own] -= 1
        if (others.sum(axis=0) > 0).sum() == 1:
            return True
    return False

"""Bayesian bootstrap over people: exponential weights, and the lower medians they give (measurement.md 4.6)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from app.domain.answers import Answer, Assessment, DontKnow, Level
from app.domain.consensus import Vote, levels, weights, with_levels
from app.domain.questionnaire import LEVELS, Question, Questionnaire
from app.loading import when_used

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
else:
    np = when_used("numpy")

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"


def seed_of(assessment: Assessment, pack_digest: str) -> int:
    """The first eight bytes of the SHA-256 of the canonical answers and the pack, big-endian.

    Canonical answers: what was answered, agreed, shown and evidenced, respondents in the order of their ids. Not
    the ids themselves, nor names, dates or purpose.
    """
    people = sorted(assessment.respondents, key=lambda r: r.id)
    place = {r.id: index for index, r in enumerate(people)}
    canonical = {
        "pack": pack_digest,
        "context": assessment.context,
        "people": [[r.role, {q: _plain(a) for q, a in r.answers.items()}, r.beliefs] for r in people],
        "votings": sorted(
            [v.question, v.number, sorted((place[r], _plain(a)) for r, a in v.votes.items())]
            for v in assessment.votings
        ),
        "agreed": {q: _plain(a.answer) for q, a in assessment.agreed.items()},
        "hands": {q: sorted([h.role, *h.counts] for h in shown) for q, shown in assessment.hands.items()},
        "evidence": {q: int(e.grade) for q, e in assessment.evidence.items()},
    }
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _plain(answer: Answer) -> str:
    match answer:
        case Level(level):
            return str(level)
        case DontKnow():
            return "dk"
    return "na"


def draws(people: int, replicates: int, seed: int) -> Floats:
    """Exponential(1) weights, shape (replicates, people), drawn replicate by replicate."""
    return np.random.default_rng(seed).exponential(size=(replicates, people))


def resampled_levels(
    votes: Mapping[str, Sequence[Vote]], questions: Mapping[str, Question], drawn: Floats, questionnaire: Questionnaire
) -> dict[str, Ints]:
    """The weighted lower median of each question in each replicate, shape (replicates,)."""
    found: dict[str, Ints] = {}
    for qid, given in votes.items():
        valid = with_levels(given)
        base = np.zeros((drawn.shape[1], len(LEVELS)))
        shares = weights(valid, questions[qid], questionnaire.rules)
        for vote, level, weight in zip(valid, levels(valid), shares, strict=True):
            base[vote.person, level:] += float(weight)
        up_to = drawn @ base
        found[qid] = np.argmax(up_to * 2 >= up_to[:, -1:], axis=1)
    return found


def percentile(sums: Ints, divisor: int, share: Fraction) -> Fraction:
    """The percentile of whole-numbered sums over a divisor, exact."""
    ordered = np.sort(sums)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    low, high = int(ordered[below]), int(ordered[above])
    return (low + (place - below) * (high - low)) / divisor

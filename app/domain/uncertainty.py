"""The plausible range: what another, equally informed panel would have said (measurement.md 4.6).

Agreed levels, N/A, contested and coverage are held as in the assessment; everything else is recomputed in each
replicate: lower medians, dimension levels, the stage and the cell of each myth.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from app.domain.consensus import Vote, counts, levels
from app.domain.exact import HALF, rounded
from app.domain.facts import against
from app.domain.questionnaire import MAX_LEVEL, Questionnaire
from app.domain.reliability import ordinal_alpha
from app.domain.resampling import Floats, Ints, draws, percentile, resampled_levels, seed_of
from app.domain.scorecard import DimensionScore, MythScore, QuestionScore, Scorecard
from app.domain.sheet import Ranges
from app.domain.stages import LAST_STAGE
from app.domain.votings import Panel
from app.loading import when_used

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
else:
    np = when_used("numpy")

TOO_FEW = "too few respondents for a range"
AGREED = "levels were agreed in the room"
NOT_CLOSED = "not said before the assessment is closed"
NO_VARIATION = "too few answers, or no variation"
NO_RANGES = Ranges(dimensions={}, stability=None, provisional=None, alpha={}, reasons={})

Truths: TypeAlias = "npt.NDArray[np.bool_]"


@dataclass(frozen=True)
class Replicates:
    """Every replicate of one assessment: drawn weights and supported core levels, shape (replicates, ...)."""

    drawn: Floats
    supported: Mapping[str, Ints]
    card: Scorecard
    questionnaire: Questionnaire

    def sums(self, dimension: str) -> tuple[Ints, int]:
        """The sum of supported levels of a dimension in each replicate, and over how many questions."""
        known = [q.id for q in self.questionnaire.core_of(dimension) if q.id in self.supported]
        total = np.zeros(len(self.drawn), dtype=np.int64)
        for qid in known:
            total += self.supported[qid]
        return total, len(known)

    def stages(self) -> Ints:
        """The supported stage in each replicate."""
        stage = np.zeros(len(self.drawn), dtype=np.int64)
        holds = np.ones(len(self.drawn), dtype=np.bool_)
        for number in range(1, LAST_STAGE + 1):
            for qid, need in self.questionnaire.gates(number):
                holds &= self._gate(qid, need)
            floor = self.questionnaire.rules.floors[number - 1]
            for dimension in self.card.dimensions.values():
                holds &= self._floor(dimension, floor)
            stage[holds] = number
        return stage

    def _gate(self, question: str, need: int) -> "Truths | bool":
        score = self.card.questions.get(question)
        if score is None or (score.applies and question not in self.supported):
            return False
        if not score.applies:
            return True
        return False if score.facts.contested else self.supported[question] >= need

    def _floor(self, dimension: DimensionScore, floor: Fraction) -> "Truths | bool":
        if not dimension.published:
            return False
        total, known = self.sums(dimension.id)
        return total * floor.denominator >= floor.numerator * known

    def done_at_least(self, myth: str, cut: Fraction) -> Truths:
        """Whether B reaches the cut in each replicate, in whole numbers throughout."""
        links = [(q.id, link) for q, link in self.questionnaire.links_to(myth) if q.id in self.supported]
        scale = math.lcm(*(link.weight.denominator for _, link in links))
        weighted = np.zeros(len(self.drawn), dtype=np.int64)
        for qid, link in links:
            found = self.supported[qid]
            weighted += int(link.weight * scale) * (found if link.polarity > 0 else MAX_LEVEL - found)
        whole = sum(int(link.weight * scale) for _, link in links) * MAX_LEVEL
        return np.asarray(weighted * cut.denominator >= cut.numerator * whole)

    def said_at_least(self, myth: str, cut: Fraction, panel: Panel) -> Truths:
        """Whether the weighted mean of the beliefs reaches the cut in each replicate."""
        voiced = np.zeros(self.drawn.shape[1])
        spoken = np.zeros(self.drawn.shape[1])
        for item in self.questionnaire.beliefs_about(myth):
            for respondent in panel.assessment.respondents:
                answer = respondent.beliefs.get(item.id)
                if answer is not None:
                    place = panel.index[0, respondent.id, 0]
                    voiced[place] += float(against(item, answer))
                    spoken[place] += 1
        return np.asarray(self.drawn @ voiced * cut.denominator >= self.drawn @ spoken * cut.numerator)


def replicate(
    votes: Mapping[str, Sequence[Vote]], panel: Panel, card: Scorecard, questionnaire: Questionnaire
) -> Replicates:
    """Draw and recompute; ``votes`` holds the counting voting of each question whose level was voted."""
    drawn = draws(len(panel.people), questionnaire.rules.replicates, seed_of(panel.assessment, questionnaire.digest))
    return Replicates(drawn, resampled_supported(votes, drawn, card, questionnaire), card, questionnaire)


def resampled_supported(
    votes: Mapping[str, Sequence[Vote]], drawn: Floats, card: Scorecard, questionnaire: Questionnaire
) -> dict[str, Ints]:
    """Supported levels in each replicate: voted ones resampled and capped, agreed ones held."""
    voted = {q: v for q, v in votes.items() if q in card.questions and card.questions[q].facts.status == "level"}
    free = {q: v for q, v in voted.items() if card.questions[q].facts.origin != "agreed"}
    sampled = resampled_levels(free, questionnaire.by_id, drawn, questionnaire)
    caps = questionnaire.rules.evidence_caps
    supported: dict[str, Ints] = {}
    for qid, score in card.questions.items():
        if score.supported is None:
            continue
        held = np.full(len(drawn), score.supported, dtype=np.int64)
        supported[qid] = np.minimum(sampled[qid], caps[score.facts.evidence.grade]) if qid in sampled else held
    return supported


def enough_people(votes: Mapping[str, Sequence[Vote]], questionnaire: Questionnaire) -> bool:
    """Whether enough people gave at least one level."""
    people = {v.person for given in votes.values() for v in given if levels([v])}
    return len(people) >= questionnaire.rules.bootstrap_respondents_min


def mostly_agreed(dimension: str, card: Scorecard, questionnaire: Questionnaire) -> bool:
    """Whether more than half of a dimension's levels were agreed in the room."""
    known = [s for q in questionnaire.core_of(dimension) if (s := card.questions.get(q.id)) and s.supported is not None]
    return sum(s.facts.origin == "agreed" for s in known) > len(known) * HALF


def plausible_ranges(
    votes: Mapping[str, Sequence[Vote]], panel: Panel, card: Scorecard, questionnaire: Questionnaire
) -> Ranges:
    """Ranges, stability and provisional verdicts; in an anonymous assessment only as fine as may be published."""
    is_open = panel.assessment.anonymity == "open"
    # From published counts alone: beside the other questions of a dimension alpha would tell counts that are withheld.
    counted = votes if is_open else {q: v for q, v in votes.items() if _is_shown(v, card.questions.get(q))}
    alpha, reasons = _reliability(counted, questionnaire)
    agreed = {d.id: AGREED for d in questionnaire.dimensions if mostly_agreed(d.id, card, questionnaire)}
    dimensions: dict[str, tuple[Fraction, Fraction] | None] = dict.fromkeys(card.dimensions)
    stability = None
    provisional = None
    if enough_people(votes, questionnaire):
        found = replicate(votes, panel, card, questionnaire)
        free = [d for d in dimensions if d not in agreed and card.dimensions[d].published]
        dimensions |= {d: _range(found, d) for d in free}
        if not agreed and card.stage is not None:
            stability = Fraction(int((found.stages() == card.stage.supported).sum()), len(found.drawn))
        provisional = tuple(m.id for m in (card.myths or {}).values() if _is_provisional(m, found, panel))
    else:
        reasons |= dict.fromkeys((*card.dimensions, "stability", "provisional"), TOO_FEW)
    reasons |= agreed | ({"stability": AGREED} if agreed else {})
    ranges = Ranges(dimensions, stability, provisional, alpha, reasons)
    return ranges if is_open else _coarse(ranges)


def until_closed(ranges: Ranges) -> Ranges:
    """What an anonymous assessment says of ranges while it is open: nothing that follows single votes.

    Whoever settles levels could hold all questions but one still, and read its votes off the ranges look by look.
    """
    reasons = {**ranges.reasons, **dict.fromkeys((*ranges.dimensions, "stability", "provisional"), NOT_CLOSED)}
    return Ranges(dict.fromkeys(ranges.dimensions), None, None, ranges.alpha, reasons)


def _is_shown(votes: Sequence[Vote], score: QuestionScore | None) -> bool:
    return score is not None and any(ballot.counts == counts(votes) for ballot in score.facts.ballots)


def _range(found: Replicates, dimension: str) -> tuple[Fraction, Fraction]:
    rules = found.questionnaire.rules
    total, known = found.sums(dimension)
    return percentile(total, known, rules.range_low), percentile(total, known, rules.range_high)


def _is_provisional(myth: MythScore, found: Replicates, panel: Panel) -> bool:
    if myth.cell == "not-enough-evidence":
        return False
    rules = found.questionnaire.rules
    done = found.done_at_least(myth.id, rules.believed_below).astype(np.int64)
    done += found.done_at_least(myth.id, rules.debunked_from)
    printed = (myth.behaviour or 0) >= rules.believed_below, (myth.behaviour or 0) >= rules.debunked_from
    same = done == sum(printed)
    if myth.belief is not None:
        same &= found.said_at_least(myth.id, rules.belief_split, panel) == (myth.belief >= rules.belief_split)
    return Fraction(int(same.sum()), len(same)) < rules.provisional_below


def _reliability(
    votes: Mapping[str, Sequence[Vote]], questionnaire: Questionnaire
) -> tuple[dict[str, Fraction | None], dict[str, str]]:
    alpha = {
        d.id: ordinal_alpha([levels(votes[q.id]) for q in questionnaire.core_of(d.id) if q.id in votes])
        for d in questionnaire.dimensions
    }
    return alpha, {f"alpha.{d}": NO_VARIATION for d, value in alpha.items() if value is None}


def _coarse(ranges: Ranges) -> Ranges:
    """Ranges as an anonymous assessment publishes them: too coarse for a search that guesses the votes."""
    return Ranges(
        dimensions={d: pair and (rounded(pair[0], 1), rounded(pair[1], 1)) for d, pair in ranges.dimensions.items()},
        stability=None if ranges.stability is None else rounded(ranges.stability, 2),
        provisional=ranges.provisional,
        alpha={d: None if a is None else rounded(a, 2) for d, a in ranges.alpha.items()},
        reasons=ranges.reasons,
    )

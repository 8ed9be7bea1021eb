"""What really changed between two assessments: practice, questions and people, each apart (measurement.md 4.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from app.domain.answers import Assessment
from app.domain.exact import mean
from app.domain.questionnaire import Questionnaire
from app.domain.reading import Reading, read_answers
from app.domain.resampling import draws, percentile, seed_of
from app.domain.score import score
from app.domain.scorecard import Scorecard
from app.domain.sheet import Change, CheckedAction, DimensionChange, LevelMove, SamePeople, Sheet
from app.domain.uncertainty import AGREED, TOO_FEW, enough_people, mostly_agreed, resampled_supported
from app.loading import when_used

if TYPE_CHECKING:
    import numpy as np
else:
    np = when_used("numpy")

IDS_NOT_STABLE = "respondent ids are not declared stable in both assessments"
NOT_ENOUGH_COMMON = "fewer than six questions in common"
OFFICIAL_MISSING = "the dimension is not published in both assessments"
TOO_FEW_SAME = "fewer than three people answered both"
COMMON_MIN = 6
SAME_PEOPLE_MIN = 3


@dataclass(frozen=True)
class Judged:
    """One assessment as the comparison needs it. ``reading`` is there only for raw answers."""

    sheet: Sheet
    card: Scorecard
    questionnaire: Questionnaire
    reading: Reading | None = None

    @property
    def levels(self) -> dict[str, int]:
        """Supported levels of the core questions that have one."""
        return {q: s.supported for q, s in self.card.questions.items() if s.supported is not None}

    @property
    def people(self) -> Reading | None:
        """The answers one by one, where people can be recognised between assessments."""
        return self.reading if self.sheet.stable_ids else None


def compare(now: Judged, before: Judged, checked: Sequence[CheckedAction]) -> Change:
    """The change since the previous assessment; supported levels throughout."""
    dimensions = {d.id: _dimension(d.id, now, before) for d in now.questionnaire.dimensions}
    real = _real(now, before, dimensions, checked)
    dimensions = {d: real[d] for d in dimensions}
    same, why = _same_people(now, before)
    revs_now = {q.id: q.rev for q in now.questionnaire.core}
    revs_before = {q.id: q.rev for q in before.questionnaire.core}
    common = _common(now, before)
    return Change(
        previous=before.sheet.quarter,
        comparable=all(d.comparable for d in dimensions.values()),
        dimensions=dimensions,
        moves=tuple(LevelMove(q, before.levels[q], now.levels[q]) for q in common if before.levels[q] != now.levels[q]),
        questions_added=tuple(q for q in revs_now if q not in revs_before),
        questions_retired=tuple(q for q in revs_before if q not in revs_now),
        questions_changed=tuple(q for q, rev in revs_now.items() if revs_before.get(q, rev) != rev),
        same_people=same,
        same_people_why=why,
    )


def _common(now: Judged, before: Judged, dimension: str | None = None) -> list[str]:
    """Questions with a level in both and the same rev, in the order of today's pack."""
    return [
        q.id
        for q in now.questionnaire.core
        if (dimension is None or q.dimension == dimension)
        and q.id in now.levels
        and q.id in before.levels
        and before.questionnaire.by_id[q.id].rev == q.rev
        and before.questionnaire.by_id[q.id].dimension == q.dimension
    ]


def _dimension(dimension: str, now: Judged, before: Judged) -> DimensionChange:
    common = _common(now, before, dimension)
    was = mean([before.levels[q] for q in common])
    is_now = mean([now.levels[q] for q in common])
    pulse = "pulse" in {now.sheet.variant, before.sheet.variant}
    told = was is not None and is_now is not None and (pulse or len(common) >= COMMON_MIN)
    like_for_like = is_now - was if told and was is not None and is_now is not None else None
    share = _share(common, now, dimension)
    if not pulse:
        share = min(share, _share(common, before, dimension))
    official = _official(dimension, now, before)
    parts = None
    if official is not None and like_for_like is not None:
        parts = _instrument(dimension, common, now, before)
    whys = [OFFICIAL_MISSING] if official is None else []
    whys += [NOT_ENOUGH_COMMON] if like_for_like is None else []
    return DimensionChange(
        official=official,
        like_for_like=like_for_like,
        instrument=sum(parts, Fraction(0)) if parts else None,
        from_questions=parts[0] if parts else None,
        from_answers=parts[1] if parts else None,
        before=was,
        after=is_now,
        common=len(common),
        common_share=share,
        comparable=like_for_like is not None and share >= now.questionnaire.rules.common_share_min,
        real=None,
        range90=None,
        why="; ".join(whys) or None,
    )


def _share(common: Sequence[str], judged: Judged, dimension: str) -> Fraction:
    applicable = judged.card.dimensions[dimension].applicable if dimension in judged.card.dimensions else 0
    return Fraction(len(common), applicable) if applicable else Fraction(0)


def _official(dimension: str, now: Judged, before: Judged) -> Fraction | None:
    past = before.card.dimensions.get(dimension)
    today = now.card.dimensions[dimension]
    if past is None or past.supported is None or today.supported is None:
        return None
    return today.supported - past.supported


def _instrument(dimension: str, common: Sequence[str], now: Judged, before: Judged) -> tuple[Fraction, Fraction]:
    """The instrument effect in two parts: questions that changed, and questions answered in one quarter only.

    A dimension level differs from the mean of the common questions by the sum of what each other question adds, so
    the parts add up exactly.
    """
    changed = answered = Fraction(0)
    for judged, other, sign in ((now, before, 1), (before, now, -1)):
        own = [q.id for q in judged.questionnaire.core_of(dimension) if q.id in judged.levels]
        middle = Fraction(sum(judged.levels[q] for q in common), len(common))
        for qid in own:
            if qid in common:
                continue
            effect = sign * (judged.levels[qid] - middle) / len(own)
            twin = other.questionnaire.by_id.get(qid)
            question = judged.questionnaire.by_id[qid]
            if twin is not None and (twin.rev, twin.dimension) == (question.rev, question.dimension):
                answered += effect
            else:
                changed += effect
    return changed, answered


def _same_people(now: Judged, before: Judged) -> tuple[SamePeople | None, str | None]:
    """The like-for-like change of those who answered both; needs stable ids in both."""
    if now.people is None or before.people is None:
        return None, IDS_NOT_STABLE
    answers = now.people.panel.assessment, before.people.panel.assessment
    both = {r.id for r in answers[0].respondents} & {r.id for r in answers[1].respondents}
    if len(both) < SAME_PEOPLE_MIN:
        return None, TOO_FEW_SAME
    alone = _alone(now, answers[0], both), _alone(before, answers[1], both)
    moved = {d.id: _dimension(d.id, *alone).like_for_like for d in now.questionnaire.dimensions}
    return SamePeople(len(both), moved), None


def _alone(judged: Judged, assessment: Assessment, people: set[str]) -> Judged:
    """The assessment as if only these respondents had answered; what the room agreed stays."""
    votings = tuple(replace(v, votes={r: a for r, a in v.votes.items() if r in people}) for v in assessment.votings)
    respondents = tuple(r for r in assessment.respondents if r.id in people)
    reading = read_answers(replace(assessment, respondents=respondents, votings=votings), judged.questionnaire)
    return replace(judged, sheet=reading.sheet, card=score(reading.sheet, judged.questionnaire))


def _real(
    now: Judged, before: Judged, dimensions: Mapping[str, DimensionChange], checked: Sequence[CheckedAction]
) -> dict[str, DimensionChange]:
    """Whether each change is more than noise: its range excludes 0, or verified actions explain it."""
    if now.people is None or before.people is None:
        return {d: _unsure(c, IDS_NOT_STABLE) for d, c in dimensions.items()}
    verified = {
        a.id.rsplit("@", 1)[0] for a in checked if a.status == "verified" and a.verified_in == now.sheet.quarter
    }
    judged = {}
    for dimension, (pair, why) in _joint_ranges(now, now.people, before, before.people).items():
        change = _unsure(dimensions[dimension], why)
        if change.like_for_like is not None:
            excludes_zero = None if pair is None else pair[0] > 0 or pair[1] < 0
            real = True if _explained(dimension, now, before, verified) else excludes_zero
            change = replace(change, real=real, range90=pair)
        judged[dimension] = change
    return judged


def _unsure(change: DimensionChange, why: str | None) -> DimensionChange:
    whys = [w for w in (change.why, why) if w]
    return replace(change, why="; ".join(whys) or None)


def _explained(dimension: str, now: Judged, before: Judged, verified: set[str]) -> bool:
    """A rise that verified actions explain: without their questions nothing of it remains."""
    moves = {q: now.levels[q] - before.levels[q] for q in _common(now, before, dimension)}
    total = sum(moves.values())
    return total > 0 and sum(m for q, m in moves.items() if q not in verified) <= 0


def _joint_ranges(
    now: Judged, now_read: Reading, before: Judged, before_read: Reading
) -> dict[str, tuple[tuple[Fraction, Fraction] | None, str | None]]:
    """Like-for-like ranges with the same weight for a person in both assessments, or why there is none."""
    names = [d.id for d in now.questionnaire.dimensions]
    both = ((now, now_read), (before, before_read))
    if not all(enough_people(reading.votes, judged.questionnaire) for judged, reading in both):
        return dict.fromkeys(names, (None, TOO_FEW))
    people = sorted({person for _, reading in both for person in reading.panel.people})
    rules = now.questionnaire.rules
    drawn = draws(len(people), rules.replicates, seed_of(now_read.panel.assessment, now.questionnaire.digest))
    place = {person: index for index, person in enumerate(people)}
    today, then = (
        resampled_supported(
            reading.votes, drawn[:, [place[p] for p in reading.panel.people]], judged.card, judged.questionnaire
        )
        for judged, reading in both
    )
    found: dict[str, tuple[tuple[Fraction, Fraction] | None, str | None]] = {}
    for dimension in names:
        common = _common(now, before, dimension)
        if any(mostly_agreed(dimension, judged.card, judged.questionnaire) for judged, _ in both):
            found[dimension] = None, AGREED
        elif not common:
            found[dimension] = None, None
        else:
            moved = np.sum([today[q] - then[q] for q in common], axis=0)
            low, high = (percentile(moved, len(common), share) for share in (rules.range_low, rules.range_high))
            found[dimension] = (low, high), None
    return found

"""The four dimensions: mean supported level, bounds and when they may be published (measurement.md 4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.domain.exact import mean
from app.domain.questionnaire import MAX_LEVEL, Question, Questionnaire, Rules
from app.domain.scorecard import DimensionScore, QuestionScore
from app.domain.sheet import QuestionFacts, Sheet

NOT_ENOUGH = "not enough answered"
MOSTLY_NOT_APPLICABLE = "too many questions do not apply"
NO_LIVE_MODEL = "no live model"
PULSE = "pulse"


def capped(facts: QuestionFacts, rules: Rules) -> QuestionScore:
    """Claimed and supported level of a question: the supported one is capped by the evidence (4.2)."""
    level = facts.level
    supported = None if level is None else min(level, rules.evidence_caps[facts.evidence.grade])
    return QuestionScore(facts=facts, claimed=level, supported=supported)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts behind one dimension. ``asked``: all its questions; sums are of levels."""

    asked: int
    applicable: int
    answered: int
    claimed: int
    supported: int

    @property
    def coverage(self) -> Fraction:
        """Answered with a level, of those that apply."""
        return Fraction(self.answered, self.applicable) if self.applicable else Fraction(0)

    @property
    def na_share(self) -> Fraction:
        """Not applicable, of all asked."""
        return Fraction(self.asked - self.applicable, self.asked) if self.asked else Fraction(0)

    def may_be_published(self, rules: Rules) -> bool:
        """The publication rule of 4.3."""
        enough = self.coverage >= rules.coverage_min and self.answered >= rules.questions_min
        return enough and self.na_share <= rules.na_share_max


def tally(scores: Mapping[str, QuestionScore], questions: tuple[Question, ...]) -> Tally:
    """Count one dimension's questions; those without a score were not asked."""
    asked = [scores[q.id] for q in questions if q.id in scores]
    known = [s for s in asked if s.supported is not None]
    return Tally(
        asked=len(asked),
        applicable=sum(s.applies for s in asked),
        answered=len(known),
        claimed=sum(s.claimed or 0 for s in known),
        supported=sum(s.supported or 0 for s in known),
    )


def score_dimension(
    dimension: str, scores: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire
) -> DimensionScore:
    """One dimension with its bounds and range, or the reason why it is not published."""
    rules = questionnaire.rules
    found = tally(scores, questionnaire.core_of(dimension))
    why = _why_not(found, sheet, rules)
    published = why is None
    levels = [
        s.supported for q in questionnaire.core_of(dimension) if (s := scores.get(q.id)) and s.supported is not None
    ]
    return DimensionScore(
        id=dimension,
        published=published,
        claimed=Fraction(found.claimed, found.answered) if published else None,
        supported=Fraction(found.supported, found.answered) if published else None,
        low=Fraction(found.supported, found.applicable) if published else None,
        high=Fraction(found.supported + MAX_LEVEL * (found.applicable - found.answered), found.applicable)
        if published
        else None,
        coverage=found.coverage,
        applicable=found.applicable,
        answered=found.answered,
        na_share=found.na_share,
        range90=sheet.ranges.dimensions.get(dimension) if published else None,
        range_why=sheet.ranges.reasons.get(dimension) if published else why,
        pulse=mean(levels) if sheet.variant == "pulse" else None,
        why=why,
    )


def _why_not(found: Tally, sheet: Sheet, rules: Rules) -> str | None:
    if sheet.variant == "pulse":
        return PULSE
    if sheet.no_live_model:
        return NO_LIVE_MODEL
    if found.may_be_published(rules):
        return None
    return MOSTLY_NOT_APPLICABLE if found.na_share > rules.na_share_max else NOT_ENOUGH

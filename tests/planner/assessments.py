"""Random assessments on a whole questionnaire, for speed and for what holds at full size."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.domain.questionnaire import Questionnaire
from app.domain.scorecard import QuestionScore, Scorecard
from app.domain.sheet import Sheet
from tests.planner.small import score, scorecard, sheet

#: How levels are spread: anything, beginners, the middle, and rooms that claim more than they show.
SPREADS = ((0, 1, 2, 3, 4), (0, 0, 1, 1, 2), (1, 2, 2, 3), (2, 3, 3, 4))


def random_assessment(questionnaire: Questionnaire, seed: int) -> tuple[Sheet, Scorecard, Decimal]:
    """A sheet, its scorecard, and usable days from 10 to 120."""
    draw = random.Random(seed)  # noqa: S311 (a repeatable sample, no secret)
    spread = draw.choice(SPREADS)
    scores = [_score(draw, q.id, q.na_allowed, spread) for q in questionnaire.core]
    myths = [m.id for m in questionnaire.myths]
    card = scorecard(scores, draw.sample(myths, draw.randint(0, min(6, len(myths)))))
    target = draw.choice((3, 3, 3, 4))
    return replace(sheet(), target=target), card, Decimal(draw.randint(10, 120))


def _score(draw: random.Random, question: str, na_allowed: bool, spread: tuple[int, ...]) -> QuestionScore:  # noqa: FBT001
    if na_allowed and draw.random() < Fraction(1, 5):
        return score(question, "na", None, None)
    if draw.random() < Fraction(1, 20):
        return score(question, "unknown", None, None)
    claimed = draw.choice(spread)
    return score(question, "level", claimed, min(claimed, draw.choice((2, 2, 3, 4))))

"""From the answers of an assessment to its settled facts: everything that may be published, and nothing else (4.10)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.answers import Assessment
from app.domain.change import Judged, compare
from app.domain.checks import check_actions, check_bets
from app.domain.history import history, last_full
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.reading import read_answers
from app.domain.score import score
from app.domain.sheet import Sheet
from app.domain.uncertainty import plausible_ranges


@dataclass(frozen=True)
class Past:
    """An earlier assessment of the same team: its settled facts, and its answers where they are known one by one."""

    sheet: Sheet
    questionnaire: Questionnaire
    assessment: Assessment | None = None

    @property
    def when(self) -> tuple[Quarter, dt.date]:
        """By which assessments are ordered."""
        return self.sheet.quarter, self.sheet.date


def settle(
    assessment: Assessment,
    questionnaire: Questionnaire,
    previous: Sequence[Past] = (),
    *,
    effort_ratio: Fraction | None = None,
) -> Sheet:
    """Settle an assessment, compared with the earlier ones, given in any order. Deterministic in the answers.

    ``effort_ratio``: what the organization's verified actions took against their estimates, from ten of them on.
    """
    earlier = sorted((p for p in previous if p.when < (assessment.quarter, assessment.date)), key=lambda p: p.when)
    past = [(p.sheet, p.questionnaire) for p in earlier]
    reading = read_answers(assessment, questionnaire)
    sheet = replace(reading.sheet, last_full=last_full(past) if assessment.variant == "pulse" else None)
    card = score(sheet, questionnaire)
    compared = _compared_with(assessment, earlier)
    checked = check_actions(reading.panel, reading.votes, card.questions, [p.sheet for p in earlier], questionnaire)
    sheet = replace(
        sheet,
        ranges=plausible_ranges(reading.votes, reading.panel, card, questionnaire),
        actions=checked,
        bets_checked=check_bets(compared.sheet if compared else None, card.questions),
        history=history(past, questionnaire),
        effort_ratio=effort_ratio,
    )
    if compared is None:
        return sheet
    now = Judged(sheet, card, questionnaire, reading)
    return replace(sheet, change=compare(now, _judged(compared), checked))


def _compared_with(assessment: Assessment, earlier: Sequence[Past]) -> Past | None:
    """A full assessment is compared with the last full one, a pulse with whatever came last."""
    fitting = [p for p in earlier if assessment.variant == "pulse" or p.sheet.variant == "full"]
    return fitting[-1] if fitting else None


def _judged(past: Past) -> Judged:
    card = score(past.sheet, past.questionnaire)
    reading = read_answers(past.assessment, past.questionnaire) if past.assessment else None
    return Judged(past.sheet, card, past.questionnaire, reading)

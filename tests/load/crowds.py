"""Assessments of any size, with answers that look like people's."""

import datetime as dt
import random
from decimal import Decimal

from app.domain.answers import Assessment, Capacity, DontKnow, Evidence, EvidenceItem, Grade, Level, Respondent
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire

_UNKNOWN_SHARE = 0.05


def crowd(questionnaire: Questionnaire, people: int, seed: int = 1) -> Assessment:
    """So many respondents in all roles, each with an own leniency; half of the questions have evidence."""
    dice = random.Random(seed)  # noqa: S311 - dice for a benchmark
    respondents = []
    for number in range(people):
        lean = dice.gauss(0, 0.35)
        answers = {
            q.id: DontKnow()
            if dice.random() < _UNKNOWN_SHARE
            else Level(max(0, min(4, round(1.9 + lean + dice.gauss(0, 0.8)))))
            for q in questionnaire.core
        }
        beliefs = {b.id: dice.choice([1, 2, 3, 4, 5, None]) for b in questionnaire.beliefs}
        role = questionnaire.roles[number % len(questionnaire.roles)].id
        respondents.append(Respondent(f"r{number:04}", role, answers, beliefs))
    record = EvidenceItem("Record shown in the workshop", "team wiki", dt.date(2026, 7, 10))
    return Assessment(
        organization="Example Retail",
        team="Demand forecasting",
        quarter=Quarter(2026, 3),
        date=dt.date(2026, 9, 30),
        purpose="Decide what to build next quarter; read by the team and its sponsor.",
        capacity=Capacity(Decimal(8), Decimal(60), Decimal("0.10")),
        respondents=tuple(respondents),
        evidence={q.id: Evidence(Grade.E1, (record,)) for q in questionnaire.core[::2]},
    )

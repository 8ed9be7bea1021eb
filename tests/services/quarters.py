"""Quarters of Alice's team, closed on agreed levels: what everything between two assessments starts from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.domain.answers import Agreed, Bet, Capacity, EvidenceItem, Level
from app.domain.questionnaire import Questionnaire
from app.services.agreeing import agree_level, make_bets, set_evidence
from app.services.closing import close_assessment
from app.services.settings import asked_questions
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session
from tests.services.conftest import KEY, NOW, House

CAPACITY = Capacity(Decimal(5), Decimal(60), Decimal("0.10"))


def closed(  # noqa: PLR0913 - a whole quarter
    house: House,
    session: Session,
    asked: Questionnaire,
    quarter: str = "2026-Q3",
    *,
    level: int = 1,
    levels: Mapping[str, int] | None = None,
    shown: Mapping[str, EvidenceItem] | None = None,
    bets: tuple[Bet, ...] = (),
    **terms: Any,  # noqa: ANN401
) -> AssessmentRow:
    """A closed assessment: ``level`` everywhere but where ``levels`` says another."""
    row = house.begin(session, quarter, **({"capacity": CAPACITY, "purpose": "To decide"} | terms))
    for name in (q.id for q in asked_questions(asked, row.variant, row.context)):
        agree_level(session, house.alice, row, name, Agreed(Level((levels or {}).get(name, level))), at=NOW)
    for name, item in (shown or {}).items():
        set_evidence(session, house.alice, row, name, [item], at=NOW)
    if bets:
        make_bets(session, house.alice, row, bets, at=NOW)
    return close_assessment(session, house.alice, row, at=NOW, key=KEY)

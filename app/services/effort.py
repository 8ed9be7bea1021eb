"""What actions really took in an organization, against what its questionnaires estimate (measurement.md 5.6)."""

from fractions import Fraction

from app.domain.effort import effort_ratio
from app.services.packs import questionnaire_by_key
from app.store.lookups import assessments, board
from app.store.unit_of_work import Session


def effort_of(session: Session, organization_id: int) -> Fraction | None:
    """The median of reported over estimated days of the verified actions of all teams; None below ten of them.

    Estimates are those of the questionnaire and not of a plan, which may have been scaled already. What was only
    shown and not built says nothing about efforts.
    """
    cards = board.verified_cards(session, organization_id)
    packs = assessments.newest_packs(session, {card.team_id for card in cards})
    spent = []
    for card in cards:
        step = (
            questionnaire_by_key(session, packs[card.team_id]).steps.get(card.step) if card.team_id in packs else None
        )
        if step is not None and card.effort_days is not None:
            spent.append((Fraction(card.effort_days), step.days))
    return effort_ratio(spent)

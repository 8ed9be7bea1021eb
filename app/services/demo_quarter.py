"""What happens in the sample organization between its assessments: an older questionnaire, the board of today, tags."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from app.domain.quarter import Quarter
from app.services.actors import OPERATOR
from app.services.board import Card, board_of
from app.services.board_cards import add_action, change_card, drop_card, find_card, form_of, pin_card, unpin
from app.services.demo_story import QUESTIONNAIRE
from app.services.offering import can_be_offered, offer_levels
from app.services.overview import tag_team
from app.services.packs import find_pack, publish_pack, questionnaire_of, upload_pack
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

#: What the sample organization asked with before the shipped version: one question was another one.
OLDER = "mlops@0.9.0"
_RENAMED = ("mon-cost", "mon-spend")
_TAGS = {
    "Demand forecasting": ("supply",),
    "Recommendations": ("shop",),
    "Returns and fraud": ("payments",),
    "Search": ("shop",),
}
_OFFERS = "Recommendations"
_OFFERED = "Holds for every team that deploys through the shared pipeline."
_OWNERS = ("Mira", "Jonas", "Ana")


def place_older_pack(session: Session, organization: OrganizationRow, *, at: dt.datetime) -> str:
    """Put the organization's own older version on its shelf: the shipped one with one id that was retired since."""
    shipped = find_pack(session, organization.id, QUESTIONNAIRE)
    version = OLDER.partition("@")[2]
    text = shipped.content.replace(*_RENAMED).replace(f"\nversion: {shipped.version}\n", f"\nversion: {version}\n", 1)
    pack = upload_pack(session, OPERATOR, organization.id, text.encode(), name=f"{OLDER}.yaml", at=at)
    publish_pack(session, OPERATOR, pack, at=at)
    return questionnaire_of(pack).name


def set_the_scene(session: Session, team: TeamRow, *, at: dt.datetime) -> None:
    """Tags, and what one team offers to the others."""
    tag_team(session, OPERATOR, team, _TAGS.get(team.name, ()), at=at)
    found = can_be_offered(session, team) if team.name == _OFFERS else None
    if found is not None:
        row, there = found
        shared = [one.question for one in there if one.question.startswith("aut-")]
        offer_levels(session, OPERATOR, team, shared, note=_OFFERED, at=row.closed_at or at)


def live_on_the_board(session: Session, team: TeamRow, quarter: Quarter, *, at: dt.datetime) -> None:
    """The board some weeks into a quarter: actions with owners and days, one under way, one said to be done.

    One is pinned, one dropped, one moved to a later quarter, one added by the team.
    """
    now = next((part for part in board_of(session, team).quarters if part.quarter == quarter), None)
    cards = [card for card in (now.cards if now else ()) if card.state == "planned"]
    if now is None or len(cards) < _FEWEST:
        return
    for place, (card, state) in enumerate(zip(cards, _STATES, strict=False)):
        _work_on(session, team, card, state, place, at=at)
    last, moved = cards[-1], cards[-2]
    drop_card(session, OPERATOR, find_card(session, team.organization_id, last.id), at=at)
    row = find_card(session, team.organization_id, moved.id)
    note = "Moved: the platform change comes first."
    change_card(session, OPERATOR, row, replace(form_of(row), quarter=quarter.after(1), note=note), at=at)
    pin_card(session, OPERATOR, find_card(session, team.organization_id, cards[1].id), at=at)
    _add_one(session, team, quarter, at=at)


_FEWEST = 4
_STATES = ("reported_done", "in_progress", "planned", "planned", "planned")


def _work_on(session: Session, team: TeamRow, card: Card, state: str, place: int, *, at: dt.datetime) -> None:
    row = find_card(session, team.organization_id, card.id)
    begun = state != "planned"
    form = replace(
        form_of(row),
        state=state,
        owner=_OWNERS[place % len(_OWNERS)],
        due=at.date() + dt.timedelta(days=14 * (place + 1)),
        started=at.date() - dt.timedelta(days=14) if begun else None,
        link=f"https://tracker.example/MLOPS-{40 + place}" if begun else None,
        effort_days=Decimal((card.days or 0) + 1) if state == "reported_done" else None,
    )
    change_card(session, OPERATOR, row, form, at=at)


def _add_one(session: Session, team: TeamRow, quarter: Quarter, *, at: dt.datetime) -> None:
    there = {card.step for card in board_of(session, team).cards}
    asked = questionnaire_of(find_pack(session, team.organization_id, QUESTIONNAIRE))
    step = next((step for step in asked.steps if step not in there and step.endswith("@4")), None)
    if step is not None:
        added = add_action(session, OPERATOR, team, step, at=at, quarter=quarter.after(1))
        unpin(session, OPERATOR, added, at=at)  # a wish for later: the next plan may decide otherwise

"""The blueprint of the room, and what all its views need."""

from flask import Blueprint

from app.services.board import find_card
from app.services.teams import find_team
from app.store.lookups import teams
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.page import Link
from app.web.units import session
from app.web.visit import membership, place

blueprint = Blueprint("roadmap", __name__)


def team_here(team_id: str) -> TeamRow:
    """The team of this address; raises NotFound."""
    return find_team(session(), place().organization_id, team_id)


def card_here(action_id: str) -> tuple[CardRow, TeamRow]:
    """The action of this address and its team; raises NotFound."""
    card = find_card(session(), place().organization_id, action_id)
    return card, teams.team_by_key(session(), card.team_id)


def trail_to(team: TeamRow, *, board: bool = False) -> tuple[Link, ...]:
    """The way to a team, or on to its board."""
    above = (Link("Teams", ways.organization(membership().slug)), Link(team.name, ways.team(team.public_id)))
    return (*above, Link("Roadmap", ways.board(team.public_id))) if board else above

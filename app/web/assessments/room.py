"""The blueprint of the room, and what all its views need."""

from flask import Blueprint

from app.domain.quarter import Quarter
from app.services.assessments import find_assessment
from app.services.teams import find_team
from app.store.lookups import teams
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.page import Link
from app.web.units import session
from app.web.visit import membership, place

blueprint = Blueprint("assessments", __name__)


def assessment_here(assessment_id: str) -> AssessmentRow:
    """The assessment of this address; raises NotFound."""
    return find_assessment(session(), place().organization_id, assessment_id)


def team_here(team_id: str) -> TeamRow:
    """The team of this address; raises NotFound."""
    return find_team(session(), place().organization_id, team_id)


def team_of(row: AssessmentRow) -> TeamRow:
    """The team that is assessed."""
    return teams.team_by_key(session(), row.team_id)


def kind_of(row: AssessmentRow) -> str:
    """``full assessment`` or ``pulse``."""
    return "pulse" if row.variant == "pulse" else "full assessment"


def title_of(row: AssessmentRow, team: TeamRow) -> str:
    """What the assessment is called: ``Forecasting, third quarter 2026``."""
    return f"{team.name}, {Quarter.parse(row.quarter).in_words}"


def trail_to(team: TeamRow, row: AssessmentRow | None = None) -> tuple[Link, ...]:
    """The way to a team, or on to one of its assessments."""
    above = (Link("Teams", ways.organization(membership().slug)), Link(team.name, ways.team(team.public_id)))
    if row is None:
        return above
    return (*above, Link(f"{row.quarter}, {kind_of(row)}", ways.assessment(row.public_id)))

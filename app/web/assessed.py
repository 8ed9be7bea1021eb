"""The assessment that a page is about: its row, its team, and the way that leads to it."""

from dataclasses import dataclass

from app.domain.questionnaire import Questionnaire
from app.services.assessments import find_assessment, questionnaire_for
from app.store.lookups import teams
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.formatting import quarter
from app.web.page import Link
from app.web.units import session
from app.web.visit import place


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment as a view needs it; the row stays in the view."""

    row: AssessmentRow
    questionnaire: Questionnaire
    team: str
    team_id: str

    @property
    def id(self) -> str:
        """Its public id."""
        return self.row.public_id

    @property
    def name(self) -> str:
        """``Forecasting, third quarter 2026``."""
        return f"{self.team}, {quarter(self.row.quarter)}"

    @property
    def trail(self) -> tuple[Link, ...]:
        """From the team to the assessment."""
        words = f"Pulse of {self.row.quarter}" if self.row.variant == "pulse" else self.row.quarter
        return Link(self.team, ways.team(self.team_id)), Link(words, ways.assessment(self.id))


def assessed(assessment_id: str) -> Assessed:
    """The assessment of this request, in the organization that the gate has followed it to; raises NotFound."""
    row = find_assessment(session(), place().organization_id, assessment_id)
    team = teams.team_by_key(session(), row.team_id)
    return Assessed(row, questionnaire_for(session(), row), team.name, team.public_id)

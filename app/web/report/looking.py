"""The assessment that a request is about, for those who may read it as it stands."""

from app.accounts.permissions import Capability
from app.domain.quarter import Quarter
from app.services.assessments import find_assessment
from app.store.lookups import teams
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.page import Link
from app.web.report.files import file_name
from app.web.units import session
from app.web.visit import membership, need, place

#: What a file of an assessment says in its name when it is not a closed one.
_NOT_FINAL = {"open": " (not closed)", "voided": " (void)"}


def assessment(assessment_id: str) -> AssessmentRow:
    """The assessment, whoever looks; raises NotFound."""
    return find_assessment(session(), place().organization_id, assessment_id)


def readable(assessment_id: str) -> AssessmentRow:
    """The assessment, if the visitor may read its report as it stands; raises NotFound, NotAllowed."""
    row = assessment(assessment_id)
    need(Capability.READ_OPEN_RESULTS if row.state == "open" else Capability.READ_CLOSED_REPORTS)
    return row


def quarter_of(row: AssessmentRow) -> str:
    """``third quarter 2026``, and that it is a pulse."""
    return f"{Quarter.parse(row.quarter).in_words}{', pulse' if row.variant == 'pulse' else ''}"


def trail(row: AssessmentRow) -> tuple[Link, ...]:
    """From the organization to the assessment."""
    team, mine, words = teams.team_by_key(session(), row.team_id), membership(), quarter_of(row)
    return (
        Link(mine.organization, ways.organization(mine.slug)),
        Link(team.name, ways.team(team.public_id)),
        Link(f"{words[0].upper()}{words[1:]}", ways.assessment(row.public_id)),
    )


def name_of(row: AssessmentRow, kind: str, ending: str) -> str:
    """What a file of the assessment is called."""
    team = teams.team_by_key(session(), row.team_id).name
    kind = f"pulse {kind}" if row.variant == "pulse" else kind
    return file_name(team, row.quarter, f"{kind}{_NOT_FINAL.get(row.state, '')}", ending)

"""Assessment files, out and in."""

from flask import Response

from app.accounts.permissions import Capability
from app.formats.api_given import Assessment
from app.formats.api_taken import FileAsked
from app.services.assessments import find_assessment
from app.services.exchange import export_file, import_file
from app.services.files import GivenFile
from app.services.teams import find_team
from app.web.access import Role, allow
from app.web.api.bodies import PDF_BYTES, asked, given, given_file, taken_file
from app.web.api.once import once
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.api.shown import shown_assessment
from app.web.units import end_unit, note, session
from app.web.visit import acting, need, now, place

YAML = "application/yaml"
#: How a file may be sent; a program that names another type is read all the same.
FILES = (YAML, "application/json", "application/pdf", "application/octet-stream", "multipart/form-data")


@blueprint.get("/assessments/<assessment_id>/file")
@allow(Role.FACILITATOR, within=("assessment_id",))
@describe(Described(Heading.ASSESSMENTS, {200: YAML}, query=FileAsked, moment=True))
def export_assessment(assessment_id: str) -> Response:
    """Give an assessment as a file, in its settled form; answers one by one of open terms are for owners."""
    form = asked(FileAsked).form
    if form == "raw":
        need(Capability.EXPORT_RAW)
    organization_id = place().organization_id
    end_unit()
    with note() as unit:  # a look that is written into the log
        row = find_assessment(unit, organization_id, assessment_id)
        data = export_file(unit, acting(), row, form, at=now())
        name = f"assessment-{row.quarter}-{form}.yaml"
    return given_file(data, YAML, name)


@blueprint.post("/teams/<team_id>/assessments/import")
@allow(Role.FACILITATOR, within=("team_id",), at_most=PDF_BYTES)
@describe(Described(Heading.ASSESSMENTS, {201: Assessment}, takes=FILES, moment=True))
@once
def import_assessment(team_id: str) -> Response:
    """Take in an assessment file, or a report PDF that carries one: settled it is closed, raw it is open."""
    data, name = taken_file()
    team = find_team(session(), place().organization_id, team_id)
    row = import_file(session(), acting(), team, GivenFile(name, data), at=now())
    return given(shown_assessment(row, team), 201, location=f"/assessments/{row.public_id}", version=row.version)

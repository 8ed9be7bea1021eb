"""``/teams/<team_id>/assessments/import``: an assessment file, or a report PDF that carries one."""

from flask import Response, request
from werkzeug.utils import secure_filename

from app.accounts.permissions import Capability
from app.formats.attachment import PDF_BYTES, NoAttachedAssessment
from app.formats.places import ASSESSMENT_BYTES
from app.formats.problems import Problem, Problems
from app.services.errors import AssessmentExists, NotAllowedHere, OtherTeam, TeamArchived
from app.services.exchange import import_file
from app.services.files import GivenFile
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import FORM_BYTES, Role, allow
from app.web.assessments.forms import ImportForm
from app.web.assessments.pages import ImportPage
from app.web.assessments.room import blueprint, kind_of, team_here, trail_to
from app.web.formatting import sentence
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.refusals import refusal_of
from app.web.units import session
from app.web.visit import acting, frame, need, now

_MOST_PROBLEMS = 100
_MIB = 1024 * 1024


@blueprint.get("/teams/<team_id>/assessments/import")
@allow(Role.FACILITATOR, within=("team_id",))
def ask(team_id: str) -> Response:
    """Show the form."""
    need(Capability.CREATE_ASSESSMENTS)
    team = team_here(team_id)
    if team.archived_at is not None:
        raise TeamArchived
    return render_page(_page(team), form=ImportForm())


@blueprint.post("/teams/<team_id>/assessments/import")
@allow(Role.FACILITATOR, within=("team_id",), at_most=PDF_BYTES + FORM_BYTES)
def take_in(team_id: str) -> Response:
    """Take the file in whole, or say everything that is wrong with it."""
    need(Capability.CREATE_ASSESSMENTS)
    team, form = team_here(team_id), ImportForm()
    data, name = _sent_file()
    wrong = _refused(data)
    if not sent(form) or wrong:
        form.file.errors = [wrong] if wrong else form.file.errors
        return render_page(_page(team), form=form, status=422)
    try:
        row = import_file(session(), acting(), team, GivenFile(name, data), at=now(), of_it=not form.other_team.data)
    except Problems as problems:
        form.file.errors = ["The file is not valid. Mend what is listed below and give it again."]
        return render_page(_page(team, problems.items), form=form, status=422)
    except OtherTeam as error:
        form.other_team.errors = [f"{sentence(error)} If it belongs here, tick this and give the file again."]
        return render_page(_page(team), form=form, status=refusal_of(error).status)
    except (NoAttachedAssessment, AssessmentExists, TeamArchived, NotAllowedHere) as error:
        form.file.errors = [sentence(error)]
        return render_page(_page(team), form=form, status=refusal_of(error).status)
    if row.state == "closed":
        say(f"The {kind_of(row)} is taken in as it was published: it is closed, and its report is here.")
    else:
        say(
            "The answers are in, and every voting has ended. Look at what is missing, record what was agreed and the "
            "evidence, then close it."
        )
    return see_other(ways.assessment(row.public_id))


def _sent_file() -> tuple[bytes, str]:
    """The bytes, and what problems call the file."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return b"", ""
    return given.stream.read(), secure_filename(given.filename) or "file"


def _refused(data: bytes) -> str:
    if not data:
        return "Choose a file that is not empty."
    if not data.startswith(b"%PDF-") and len(data) > ASSESSMENT_BYTES:
        return f"An assessment file has at most {ASSESSMENT_BYTES // _MIB} MiB; only a report PDF may be larger."
    return ""


def _page(team: TeamRow, problems: tuple[Problem, ...] = ()) -> ImportPage:
    here = frame("Teams")
    return ImportPage(
        title="Take in a file",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team),
        action=ways.import_assessment(team.public_id),
        back=ways.team(team.public_id),
        problems=problems[:_MOST_PROBLEMS],
        more=max(0, len(problems) - _MOST_PROBLEMS),
    )

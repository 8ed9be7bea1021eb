"""A rehearsal: simulated participants, the real pages, and nothing that counts."""

from flask import Response

from app.services.assessments import list_assessments, questionnaire_for
from app.services.packs import OrganizationShelf
from app.services.rooms.agenda import refresh_agenda
from app.services.rooms.rehearsal import PEOPLE, end_rehearsal, require_rehearsal, simulate_votes, start_rehearsal
from app.services.teams import find_team
from app.store.errors import NotFound
from app.store.lookups import people
from app.web import ways
from app.web.access import Role, allow
from app.web.forms import Form, sent
from app.web.page import Link, render_page, say, see_other
from app.web.stage import tell
from app.web.units import session
from app.web.visit import acting, frame, membership, now, place
from app.web.workshop.blueprint import AT, RUNS, blueprint, room_here
from app.web.workshop.moves import seen
from app.web.workshop.pages import RehearsalPage

_OF_TEAM = allow(Role.FACILITATOR, within=("team_id",))
_PATH = "/teams/<team_id>/rehearsal"


@blueprint.get(_PATH)
@_OF_TEAM
def ask_to_rehearse(team_id: str) -> Response:
    """What a rehearsal is, and the button that begins one."""
    here, team = frame("Teams"), find_team(session(), place().organization_id, team_id)
    page = RehearsalPage(
        title="Rehearse a workshop",
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link(team.name, ways.team(team_id)),),
        action=ways.rehearsal(team_id),
        back=ways.team(team_id),
        people=PEOPLE,
    )
    return render_page(page, form=Form())


@blueprint.post(_PATH)
@_OF_TEAM
def rehearse(team_id: str) -> Response:
    """Begin a rehearsal with the questionnaire that this team used last."""
    sent(Form())
    here = place().organization_id
    organization = people.organization_by_key(session(), here)
    began = start_rehearsal(session(), acting(), organization, questionnaire=_questionnaire(here, team_id), at=now())
    refresh_agenda(session(), acting(), began.room.room, at=now())
    tell(session(), began.room.room.id, began.room.room.revision)
    return see_other(ways.workshop(began.assessment.public_id))


@blueprint.post(f"{AT}/simulate")
@RUNS
def simulate(assessment_id: str) -> Response:
    """Let the simulated participants vote on what is up."""
    room = room_here(assessment_id)
    tell(session(), room.id, simulate_votes(session(), room))
    return seen(assessment_id, room)


@blueprint.post(f"{AT}/end-rehearsal")
@RUNS
def end(assessment_id: str) -> Response:
    """End a rehearsal: nothing of it is kept."""
    room = room_here(assessment_id)
    require_rehearsal(session(), room)
    tell(session(), room.id, room.revision + 1)
    end_rehearsal(session(), acting(), room, at=now())
    say("The rehearsal is over, and nothing of it is kept.")
    return see_other(ways.organization(membership().slug))


def _questionnaire(organization_id: int, team_id: str) -> str:
    team = find_team(session(), organization_id, team_id)
    used = list_assessments(session(), team)
    if used:
        return questionnaire_for(session(), used[-1]).name
    names = OrganizationShelf(session(), organization_id).names()
    if not names:
        raise NotFound("questionnaire")
    return names[-1]

"""``/teams/<team_id>``: a team's assessments, its name, and the archive."""

from collections.abc import Mapping, Sequence

from flask import Response

from app.accounts.permissions import Capability
from app.services.assessments import list_assessments
from app.services.beginning import quarter_of
from app.services.errors import NameTaken, NotValid
from app.services.overview import tag_team, tags_of
from app.services.results import result_of
from app.services.summaries import stages_of
from app.services.teams import archive_team, bring_back_team, find_team, rename_team
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import day, sentence
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.refusals import refusal_of
from app.web.shared import ConfirmPage
from app.web.teams.forms import SettingsForm
from app.web.teams.next_one import next_of
from app.web.teams.pages import AssessmentLine, TeamPage, TeamSettingsPage
from app.web.teams.room import blueprint
from app.web.units import session
from app.web.visit import acting, frame, may, membership, need, now, place

_FACILITATOR = allow(Role.FACILITATOR, within=("team_id",))
_STATES = {"draft": "being prepared", "open": "open", "closed": "closed", "voided": "void"}
_ICONS = {"draft": "dots", "open": "clock", "closed": "tick", "voided": "cross"}


@blueprint.get("/teams/<team_id>")
@allow(Role.VIEWER, within=("team_id",))
def show(team_id: str) -> Response:
    """The assessments of a team, newest quarter first."""
    team, here = _team(team_id), frame("Teams")
    rows = sorted(
        list_assessments(session(), team, voided=True), key=lambda r: (r.quarter, r.variant == "full"), reverse=True
    )
    create = may(Capability.CREATE_ASSESSMENTS) and team.archived_at is None
    stages = stages_of(session(), team)
    board = may(Capability.WORK_ON_BOARD) and _closed_full(rows)
    return render_page(
        TeamPage(
            title=team.name,
            viewer=here.viewer,
            nav=here.nav,
            trail=(Link("Teams", ways.organization(membership().slug)),),
            archived=team.archived_at is not None,
            assessments=tuple(_line(row, stages) for row in rows),
            board=ways.board(team_id) if board else "",
            settings=ways.team_settings(team_id) if may(Capability.CHANGE_SETTINGS) else "",
            new_assessment=ways.new_assessment(team_id) if create else "",
            take_in=ways.import_assessment(team_id) if create else "",
            alone=ways.answer_alone(team_id) if create and not _pulse_is_over(rows) else "",
            rehearsal=ways.rehearsal(team_id) if create else "",
            offers=ways.offers(team_id) if create and _closed_full(rows) else "",
            next=next_of(team) if create else None,
        )
    )


@blueprint.get("/teams/<team_id>/settings")
@_FACILITATOR
def settings(team_id: str) -> Response:
    """The name, and the archive."""
    need(Capability.CHANGE_SETTINGS)
    team = _team(team_id)
    return render_page(_settings(team), form=SettingsForm(name=team.name, tags=", ".join(tags_of(session(), team))))


@blueprint.post("/teams/<team_id>/settings")
@_FACILITATOR
def rename(team_id: str) -> Response:
    """Give the team another name, and its tags."""
    need(Capability.CHANGE_SETTINGS)
    team, form = _team(team_id), SettingsForm()
    if not sent(form):
        return render_page(_settings(team), form=form)
    try:
        rename_team(session(), acting(), team, str(form.name.data), at=now())
    except (NameTaken, NotValid) as error:
        form.name.errors = [sentence(error)]
        return render_page(_settings(team), form=form, status=refusal_of(error).status)
    if sorted(form.wanted) != sorted(tags_of(session(), team)):
        tag_team(session(), acting(), team, form.wanted, at=now())
    say("Saved. Reports that were published keep the name they were published under.")
    return see_other(ways.team(team_id))


@blueprint.get("/teams/<team_id>/archive")
@_FACILITATOR
def ask_to_archive(team_id: str) -> Response:
    """The question before the archive, for whoever has no script."""
    need(Capability.CHANGE_SETTINGS)
    team, here = _team(team_id), frame("Teams")
    return render_page(
        ConfirmPage(
            title=f"Put {team.name} into the archive?",
            viewer=here.viewer,
            nav=here.nav,
            text=ARCHIVE_TEXT,
            yes="Archive the team",
            action=f"{ways.team(team_id)}/archive",
            back=ways.team_settings(team_id),
        )
    )


@blueprint.post("/teams/<team_id>/archive")
@_FACILITATOR
def archive(team_id: str) -> Response:
    """Put the team away."""
    need(Capability.CHANGE_SETTINGS)
    archive_team(session(), acting(), _team(team_id), at=now())
    say("The team is in the archive. Its reports stay, and it can be brought back.")
    return see_other(ways.team(team_id))


@blueprint.post("/teams/<team_id>/bring-back")
@_FACILITATOR
def bring_back(team_id: str) -> Response:
    """Take the team out of the archive."""
    need(Capability.CHANGE_SETTINGS)
    bring_back_team(session(), acting(), _team(team_id), at=now())
    say("The team is back among the others.")
    return see_other(ways.team(team_id))


ARCHIVE_TEXT = (
    "It leaves the overview and is assessed no more. Its assessments, reports and roadmap stay as they are and can be "
    "read, and you can bring the team back at any time."
)


def _team(team_id: str) -> TeamRow:
    return find_team(session(), place().organization_id, team_id)


def _settings(team: TeamRow) -> TeamSettingsPage:
    here, base = frame("Teams"), ways.team(team.public_id)
    return TeamSettingsPage(
        title="Settings of the team",
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("Teams", ways.organization(membership().slug)), Link(team.name, base)),
        action=ways.team_settings(team.public_id),
        back=base,
        archived=team.archived_at is not None,
        archive=f"{base}/archive",
        bring_back=f"{base}/bring-back",
    )


def _closed_full(rows: Sequence[AssessmentRow]) -> bool:
    return any(row.state == "closed" and row.variant == "full" for row in rows)


def _pulse_is_over(rows: Sequence[AssessmentRow]) -> bool:
    """Whether this quarter's pulse is closed: there is nothing to answer alone before the next quarter."""
    present = str(quarter_of(now().date()))
    return any(row.state == "closed" and row.variant == "pulse" and row.quarter == present for row in rows)


def _line(row: AssessmentRow, stages: Mapping[tuple[str, str], int | None]) -> AssessmentLine:
    here = ways.assessment(row.public_id)
    links = [Link("Report", ways.report(row.public_id))] if row.state in {"closed", "voided"} else []
    if row.state in {"draft", "open"}:
        links.append(Link("Prepare" if row.state == "draft" else "Continue", here))
        if may(Capability.CHANGE_SETTINGS):
            links.append(Link("Settings", ways.assessment_settings(row.public_id)))
    moment = row.closed_at or row.opened_at or row.created_at
    kind = "pulse" if row.variant == "pulse" else "full assessment"
    return AssessmentLine(
        f"{row.quarter}, {kind}",
        here,
        _STATES[row.state],
        _ICONS[row.state],
        day(moment.date()),
        _stage(row, stages),
        tuple(links),
    )


def _stage(row: AssessmentRow, stages: Mapping[tuple[str, str], int | None]) -> str:
    """The stage of a closed full assessment; a pulse and a void one tell none."""
    if row.state != "closed" or row.variant != "full":
        return ""
    known = stages.get((row.quarter, row.variant))
    if known is None:
        stage = result_of(session(), row).scorecard.stage
        known = stage.supported if stage else None
    return "" if known is None else f"Stage {known}"

"""``/organizations/<slug>/settings`` and ``/organizations/<slug>/log``."""

from collections.abc import Mapping

from flask import Blueprint, Response, request

from app.services.organizations import change_organization
from app.store.lookups import assessments, people, teams
from app.store.record.requests import audit_page
from app.store.tables.records import AuditRow
from app.web import ways
from app.web.access import Role, allow
from app.web.forms import sent
from app.web.organization.forms import OrganizationForm
from app.web.organization.pages import EVENTS, LogLine, LogPage, SettingsPage
from app.web.page import render_page, say, see_other
from app.web.units import session
from app.web.visit import acting, frame, now, place

blueprint = Blueprint("organization", __name__, url_prefix="/organizations/<slug>")
_OWNER = allow(Role.OWNER, within=("slug",))
LINES = 50
_LARGEST = 2**62


@blueprint.get("/settings")
@_OWNER
def settings(slug: str) -> Response:
    """What can be set."""
    row = people.organization_by_key(session(), place().organization_id)
    return render_page(_settings_page(slug), form=OrganizationForm(obj=row))


@blueprint.post("/settings")
@_OWNER
def change(slug: str) -> Response:
    """Set it."""
    form = OrganizationForm()
    if not sent(form):
        return render_page(_settings_page(slug), form=form)
    row = people.organization_by_key(session(), place().organization_id)
    change_organization(session(), acting(), row, str(form.name.data), form.retention_days.data, at=now())
    say("Saved.")
    return see_other(ways.settings(slug))


@blueprint.get("/log")
@_OWNER
def log(slug: str) -> Response:
    """Who did what when, newest first."""
    before = request.args.get("before", "")
    key = int(before) if before.isdecimal() and int(before) < _LARGEST else None
    rows = list(audit_page(session(), place().organization_id, before=key, limit=LINES + 1))
    here = frame("Log")
    shown = rows[:LINES]
    page = LogPage(
        title="Log",
        viewer=here.viewer,
        nav=here.nav,
        lines=_lines(shown),
        newer=ways.log(slug) if key else None,
        older=f"{ways.log(slug)}?before={shown[-1].id}" if len(rows) > LINES else None,
    )
    return render_page(page)


def _settings_page(slug: str) -> SettingsPage:
    here = frame("Settings")
    return SettingsPage(title="Settings", viewer=here.viewer, nav=here.nav, slug=slug, action=ways.settings(slug))


def _lines(rows: list[AuditRow]) -> tuple[LogLine, ...]:
    organization = place().organization_id
    members = people.members(session(), organization)
    names: dict[int, str] = {user.id: user.name or user.email for user, _ in members}
    targets = {user.public_id: user.name or user.email for user, _ in members}
    all_teams = teams.teams(session(), organization, archived=True)
    targets |= {team.public_id: team.name for team in all_teams}
    by_key = {team.id: team.name for team in all_teams}
    meant = assessments.named(session(), organization, {row.target for row in rows if row.target})
    targets |= {row.public_id: f"{by_key.get(row.team_id, 'a rehearsal')}, {row.quarter}" for row in meant}
    return tuple(
        LogLine(
            row.at,
            "the program" if row.actor_id is None else names.get(row.actor_id, "somebody who is no longer here"),
            EVENTS.get(row.event, row.event),
            targets.get(row.target or "", row.target or ""),
            _told(row.detail),
        )
        for row in rows
    )


def _told(detail: Mapping[str, object]) -> str:
    """Details in one line; digests are for programs."""
    parts = []
    for name, value in sorted(detail.items()):
        if name == "digest" or value in (None, "", [], {}):
            continue
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{name.replace('_', ' ')}: {words}")
    return "; ".join(parts)

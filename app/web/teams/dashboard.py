"""``/organizations/<slug>``: every team, what waits for the visitor, what is under way."""

from collections.abc import Mapping, Sequence

from flask import Response

from app.accounts.permissions import Capability
from app.domain.quarter import Quarter
from app.services.beginning import quarter_of
from app.services.demo_story import SLUG as SAMPLE
from app.services.progress import Progress, progress_of
from app.services.teams import list_teams
from app.store.lookups import assessments
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import sentence
from app.web.page import Link, Page, render_page
from app.web.shared import EmptyDashboardPage
from app.web.teams.overview import Overview, age, overview_of
from app.web.teams.pages import DashboardPage, Going, TeamLine
from app.web.teams.room import blueprint
from app.web.units import session
from app.web.visit import frame, may, may_with, membership, now, place, visitor

_REPORTS = 5
_YEAR = 365 * 86400


@blueprint.get("/organizations/<slug>")
@allow(Role.VIEWER, within=("slug",))
def dashboard(slug: str) -> Response:
    """Every team of the organization, or how to begin."""
    everybody = list_teams(session(), place().organization_id, archived=True)
    unfinished = assessments.unfinished(session(), place().organization_id)
    seen = overview_of(session(), place().organization_id)
    if seen.standings or seen.pulses:
        value: Page = _full(slug, everybody, unfinished, seen)
    else:
        value = _empty(slug, everybody, unfinished)
    answer = render_page(value)
    answer.set_cookie("organization", slug, max_age=_YEAR, httponly=True, samesite="Lax")
    return answer


def _empty(slug: str, teams: Sequence[TeamRow], unfinished: Sequence[AssessmentRow]) -> EmptyDashboardPage:
    here = frame("Teams")
    names = {team.id: team.name for team in teams}
    present = [team for team in teams if team.archived_at is None]
    return EmptyDashboardPage(
        title="Your teams will stand here, side by side",
        viewer=here.viewer,
        nav=here.nav,
        start=_start(slug, present),
        sample=_sample(slug),
        going=tuple(
            Link(f"{names[row.team_id]}: {_kind(row)} of {row.quarter}, {_STATES[row.state]}", _next(row)[1])
            for row in unfinished
        ),
        teams=tuple(Link(team.name, ways.team(team.public_id)) for team in present),
    )


def _start(slug: str, teams: Sequence[TeamRow]) -> str | None:
    if any(may_with(Capability.CREATE_ASSESSMENTS, team.id) for team in teams):
        return ways.choose_team(slug)
    return ways.new_team(slug) if may(Capability.MAKE_TEAMS) else None


def _sample(slug: str) -> str:
    mine = {one.slug for one in visitor().memberships} - {slug}
    return ways.organization(SAMPLE) if SAMPLE in mine else "/example"


def _full(
    slug: str, everybody: Sequence[TeamRow], unfinished: Sequence[AssessmentRow], seen: Overview
) -> DashboardPage:
    here, names = frame("Teams"), {team.id: team.name for team in everybody}
    present = [team for team in everybody if team.archived_at is None]
    opened = [row for row in unfinished if row.state == "open"]
    progress = progress_of(session(), opened, visitor().user_id)
    mine = [r for r in opened if may_with(Capability.ANSWER, r.team_id) and progress[r.id].mine < progress[r.id].asked]
    latest = sorted(seen.standings.items(), key=lambda one: (-one[1].closed_at.timestamp(), names[one[0]]))
    chosen = [team for team in present if may_with(Capability.CREATE_ASSESSMENTS, team.id)]
    return DashboardPage(
        title=_headline(len(opened)),
        subtitle=f"{membership().organization}, {quarter_of(now().date()).in_words}",
        viewer=here.viewer,
        nav=here.nav,
        dimensions=tuple(seen.dimensions.values()),
        teams=tuple(_line(team, seen, [r for r in unfinished if r.team_id == team.id], progress) for team in present),
        waiting=tuple(_asked(row, names[row.team_id], progress[row.id]) for row in mine),
        going=tuple(_going(row, names[row.team_id], progress.get(row.id)) for row in unfinished),
        reports=tuple(
            Link(f"{names[team]}, {one.quarter}", ways.report(one.assessment_id)) for team, one in latest[:_REPORTS]
        ),
        archived=tuple(Link(t.name, ways.team(t.public_id)) for t in everybody if t.archived_at is not None),
        new_team=ways.new_team(slug) if may(Capability.MAKE_TEAMS) else "",
        new_assessment=ways.choose_team(slug) if chosen else "",
    )


def _headline(opened: int) -> str:
    if not opened:
        return "Nothing is open at the moment"
    return "One assessment is open" if opened == 1 else f"{opened} assessments are open"


def _line(
    team: TeamRow, seen: Overview, unfinished: Sequence[AssessmentRow], progress: Mapping[int, Progress]
) -> TeamLine:
    standing = seen.standings.get(team.id)
    small, note = "no full assessment yet", _not_yet(team, seen, unfinished)
    if standing is not None:
        stage = f"Stage {standing.stage}, " if standing.stage is not None else ""
        small, note = f"{stage}{standing.quarter}, {age(standing.closed_at, now())}", ""
    levels = tuple(standing.means.get(name) for name in seen.dimensions) if standing else ()
    report = ways.report(standing.assessment_id) if standing else ""
    under_way = tuple(Link(_short(row, progress.get(row.id)), _next(row)[1]) for row in unfinished)
    return TeamLine(team.name, ways.team(team.public_id), small, levels, note, report, under_way)


def _not_yet(team: TeamRow, seen: Overview, unfinished: Sequence[AssessmentRow]) -> str:
    if any(row.state == "open" and row.variant == "full" for row in unfinished):
        return "The first full assessment is open. Levels appear when it is closed."
    if team.id in seen.pulses:
        return "Only a pulse so far. Levels appear when a full assessment is closed."
    return "Nothing closed yet. Levels appear when a full assessment is closed."


def _asked(row: AssessmentRow, team: str, progress: Progress) -> Going:
    open_to = f"{progress.mine} of {progress.asked} questions answered"
    begun = "Go on answering" if progress.mine else "Answer"
    words = f"You are asked in the {_kind(row)} of {team}."
    return Going(
        words,
        f"{sentence(Quarter.parse(row.quarter).in_words)} {open_to} by you.",
        begun,
        ways.answering(row.public_id),
    )


def _going(row: AssessmentRow, team: str, progress: Progress | None) -> Going:
    action, href = _next(row)
    told = f"{_STATES[row.state]}"
    if progress is not None:
        told = f"{progress.answered} of {progress.asked} questions have an answer, {progress.joined} joined"
    return Going(f"{team}, {row.quarter} {row.variant}", told, action, href)


def _short(row: AssessmentRow, progress: Progress | None) -> str:
    told = f"{progress.answered} of {progress.asked}" if progress else _STATES[row.state]
    return f"{row.quarter} {row.variant}: {told}"


def _next(row: AssessmentRow) -> tuple[str, str]:
    return ("Prepare" if row.state == "draft" else "Continue"), ways.assessment(row.public_id)


def _kind(row: AssessmentRow) -> str:
    return "pulse" if row.variant == "pulse" else "full assessment"


_STATES = {"draft": "being prepared", "open": "open"}

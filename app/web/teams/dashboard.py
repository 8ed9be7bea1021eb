"""``/organizations/<slug>``: every team, what waits for the visitor, what is under way."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial

from flask import Response, request

from app.accounts.permissions import Capability
from app.domain.quarter import Quarter
from app.services.beginning import quarter_of
from app.services.demo_story import SLUG as SAMPLE
from app.services.overview import Overview, organization_overview
from app.services.overview import TeamLine as Standing
from app.services.progress import Progress, progress_of
from app.services.summaries import is_stale, refresh_stale
from app.services.teams import list_teams
from app.store.errors import StoreBusy
from app.store.lookups import assessments, people, teams
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import sentence
from app.web.page import Link, render_page
from app.web.shared import EmptyDashboardPage
from app.web.teams.overview import age, asked, coverage, due_here, in_common, tag_links
from app.web.teams.pages import DashboardPage, Going, TeamLine
from app.web.teams.room import blueprint
from app.web.units import after_commit, note, session
from app.web.visit import frame, may, may_with, membership, now, visitor

_REPORTS = 5
#: So many assessments under way are told of; beyond that, how many more there are.
_GOING = 8
_MOST_ASKED = 50
_ARCHIVED = 100
_RENEWED = 20
_YEAR = 365 * 86400


@blueprint.get("/organizations/<slug>")
@allow(Role.VIEWER, within=("slug",))
def dashboard(slug: str) -> Response:
    """The teams of the organization, or how to begin."""
    organization, _ = people.organization_of_user(session(), visitor().user_id, slug)
    tag, after = request.args.get("tag") or None, request.args.get("after") or None
    seen = organization_overview(session(), organization, today=now().date(), tag=tag, after=after, trends=False)
    begun = seen.assessed or tag or after or assessments.any_closed(session(), organization.id)
    if is_stale(session(), organization.id):
        after_commit(partial(_renew, organization.id))
    answer = render_page(_full(organization, seen) if begun else _empty(slug, organization.id))
    answer.set_cookie("organization", slug, max_age=_YEAR, httponly=True, samesite="Lax")
    return answer


def _renew(organization: int) -> None:
    """After the program was renewed: some of the summaries that an older one made, a few at each look."""
    with suppress(StoreBusy), note() as unit:
        refresh_stale(unit, organization, most=_RENEWED)


def _empty(slug: str, organization: int) -> EmptyDashboardPage:
    here, present = frame("Teams"), list_teams(session(), organization)
    unfinished = assessments.unfinished(session(), organization, _MOST_ASKED)
    names = teams.names_of(session(), {row.team_id for row in unfinished})
    return EmptyDashboardPage(
        title="Your teams will stand here, side by side",
        viewer=here.viewer,
        nav=here.nav,
        start=_begin(slug, present),
        sample=_sample(slug),
        going=tuple(
            Link(f"{names[row.team_id]}: {_kind(row)} of {row.quarter}, {_STATES[row.state]}", _next(row)[1])
            for row in unfinished
        ),
        teams=tuple(Link(team.name, ways.team(team.public_id)) for team in present),
    )


def _begin(slug: str, teams: Sequence[TeamRow]) -> str | None:
    if any(may_with(Capability.CREATE_ASSESSMENTS, team.id) for team in teams):
        return ways.choose_team(slug)
    return ways.new_team(slug) if may(Capability.MAKE_TEAMS) else None


def _sample(slug: str) -> str:
    mine = {one.slug for one in visitor().memberships} - {slug}
    return ways.organization(SAMPLE) if SAMPLE in mine else "/example"


def _full(organization: OrganizationRow, seen: Overview) -> DashboardPage:
    here, slug, unit = frame("Teams"), organization.slug, session()
    drafts, opened = assessments.unfinished_count(unit, organization.id)
    first, here_too, mine = _under_way(organization.id, seen) if drafts + opened else ([], [], [])
    rows = {row.id: row for row in (*first, *here_too, *mine)}
    progress = progress_of(unit, [row for row in rows.values() if row.state == "open"], visitor().user_id)
    names = teams.names_of(unit, {row.team_id for row in rows.values()})
    waiting = [row for row in mine if progress[row.id].mine < progress[row.id].asked]
    archived = teams.archived(unit, organization.id, _ARCHIVED + 1)
    latest = sorted((line for line in seen.teams if line.assessment), key=lambda line: (line.age_days or 0, line.name))
    due, more_due = due_here(organization)
    left, begins = drafts + opened - _GOING, _teams_with(Capability.CREATE_ASSESSMENTS)
    may_begin = teams.any_present(unit, organization.id, begins)
    return DashboardPage(
        title=_headline(opened),
        subtitle=f"{membership().organization}, {quarter_of(now().date()).in_words}",
        viewer=here.viewer,
        nav=here.nav,
        coverage=coverage(seen),
        tags=tag_links(slug, seen),
        first=asked(slug, tag=seen.tag) if request.args.get("after") else "",
        further=asked(slug, tag=seen.tag, after=seen.next) if seen.next else "",
        due=due,
        more_due=more_due,
        common=in_common(organization, seen, wanted=bool(request.args.get("common"))),
        ask_common=asked(slug, tag=seen.tag, common="1"),
        more_going=f"And {left} more; they stand on the pages of their teams." if left > 0 else "",
        dimensions=tuple(seen.dimensions.values()),
        teams=tuple(_line(line, seen, [r for r in here_too if r.team_id == line.key], progress) for line in seen.teams),
        waiting=tuple(_asked(row, names[row.team_id], progress[row.id]) for row in waiting),
        going=tuple(_going(row, names[row.team_id], progress.get(row.id)) for row in first),
        reports=tuple(
            Link(f"{line.name}, {line.quarter}", ways.report(line.assessment or "")) for line in latest[:_REPORTS]
        ),
        archived=tuple(Link(t.name, ways.team(t.public_id)) for t in archived[:_ARCHIVED]),
        all_archived=len(archived) <= _ARCHIVED,
        new_team=ways.new_team(slug) if may(Capability.MAKE_TEAMS) else "",
        new_assessment=ways.choose_team(slug) if may_begin else "",
    )


def _under_way(
    organization: int, seen: Overview
) -> tuple[Sequence[AssessmentRow], Sequence[AssessmentRow], Sequence[AssessmentRow]]:
    """What is under way: the first few, what belongs to the teams of this page, and what the visitor may answer."""
    unit, mine = session(), _teams_with(Capability.ANSWER)
    return (
        assessments.unfinished(unit, organization, _GOING),
        assessments.unfinished(unit, organization, 4 * len(seen.teams), teams=[line.key for line in seen.teams]),
        assessments.unfinished(unit, organization, _MOST_ASKED, teams=mine, states=("open",)),
    )


def _teams_with(capability: Capability) -> Collection[int] | None:
    """The inner keys of the teams that the visitor may do this with; None for every one."""
    return None if may(capability) else [key for key in membership().teams if may_with(capability, key)]


def _headline(opened: int) -> str:
    if not opened:
        return "Nothing is open at the moment"
    return "One assessment is open" if opened == 1 else f"{opened} assessments are open"


def _line(
    line: Standing,
    seen: Overview,
    unfinished: Sequence[AssessmentRow],
    progress: Mapping[int, Progress],
) -> TeamLine:
    small, note = "no full assessment yet", ""
    if line.assessment is None:
        note = _not_yet(line.key, unfinished)
    else:
        stage = f"Stage {line.stage}, " if line.stage is not None else ""
        small = f"{stage}{line.quarter}, {age(line.age_days or 0)}"
    return TeamLine(
        name=line.name,
        href=ways.team(line.id),
        small=small,
        levels=tuple(line.dimensions.get(name) for name in seen.dimensions) if line.assessment else (),
        note=note,
        report=ways.report(line.assessment) if line.assessment else "",
        now=tuple(Link(_short(row, progress.get(row.id)), _next(row)[1]) for row in unfinished),
        tags=line.tags,
    )


def _not_yet(key: int, unfinished: Sequence[AssessmentRow]) -> str:
    if any(row.state == "open" and row.variant == "full" for row in unfinished):
        return "The first full assessment is open. Levels appear when it is closed."
    if any(row.state == "closed" for row in assessments.assessments_of_team(session(), key)):
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

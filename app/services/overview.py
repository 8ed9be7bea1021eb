"""All teams of an organization: where each stands, in alphabetical order and no other, and what they have in common.

Teams are never ranked: there is no order by score here to be asked for.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app import __version__
from app.domain.quarter import Quarter
from app.services.actors import Actor
from app.services.errors import NotValid
from app.services.given import given_name
from app.services.packs import questionnaire_by_key
from app.services.summaries import Summary, TrendPoint, summaries_of
from app.store.lookups import assessments, overview
from app.store.record.requests import log
from app.store.record.tags import save_tags
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

PAGE = 50
MOST_TAGS = 20
TAG_CHARACTERS = 80
_MOST_COMMON = 10
_MOST_NAMED = 8


@dataclass(frozen=True)
class TeamLine:
    """One team. Everything but its name and tags is empty before its first full assessment is closed.

    ``age_days``: since the date of the last one. ``under_way``: the public id of a draft or open assessment.
    ``key``: the inner key.
    """

    id: str
    key: int
    name: str
    tags: tuple[str, ...]
    assessment: str | None
    quarter: Quarter | None
    age_days: int | None
    dimensions: Mapping[str, Fraction | None]
    stage: int | None
    trend: tuple[TrendPoint, ...]
    under_way: str | None


@dataclass(frozen=True)
class Overview:
    """One page of teams by name. ``next``: what ``after`` is for the page that follows. ``dimensions``: id to name."""

    teams: tuple[TeamLine, ...]
    dimensions: Mapping[str, str]
    total: int
    assessed: int
    tag: str | None
    tags: tuple[tuple[str, int], ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Common:
    """A blocker or a myth that several teams share, and how many of them."""

    id: str
    name: str
    teams: int


@dataclass(frozen=True, slots=True)
class SharedAction:
    """A step that stands open on several boards: doing it once may serve all. ``named``: the first few teams."""

    step: str
    title: str
    days: int | None
    teams: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommonFindings:
    """What two teams or more have in common, most shared first; ``counted`` of ``assessed`` teams went into it."""

    counted: int
    assessed: int
    blockers: tuple[Common, ...]
    myths: tuple[Common, ...]
    actions: tuple[SharedAction, ...]


def organization_overview(  # noqa: PLR0913 - which page of which teams, and how much of each
    session: Session,
    organization: OrganizationRow,
    *,
    today: dt.date,
    tag: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
    trends: bool = True,
) -> Overview:
    """One page of teams with their last closed full assessment, by name; costs the same for any number of teams."""
    found = overview.teams_page(session, organization.id, tag=tag, after=after, limit=limit + 1)
    shown = found[:limit]
    keys = [team.id for team in shown]
    last = overview.last_closed(session, keys)
    made = summaries_of(session, last, trends=trends)
    tags = overview.tags_of(session, keys)
    at_it = overview.under_way(session, keys)
    names: dict[str, str] = {}
    for summary in made.values():
        names |= {one: name for one, name in summary.names.items() if one not in names}
    if not names:
        names = _asked_last(session, organization.id)
    return Overview(
        teams=tuple(
            _line(team, last.get(team.id), made.get(team.id), tags.get(team.id, []), at_it.get(team.id), today)
            for team in shown
        ),
        dimensions=names,
        total=overview.teams_count(session, organization.id, tag=tag),
        assessed=overview.assessed_count(session, organization.id, tag=tag),
        tag=tag,
        tags=tuple(overview.tags(session, organization.id)),
        next=shown[-1].name if len(found) > limit else None,
    )


def common_findings(session: Session, organization: OrganizationRow, *, tag: str | None = None) -> CommonFindings:
    """What all teams (of a tag) have in common. It looks at every team: a part of its own, beside the page of teams."""
    return CommonFindings(
        counted=overview.counted(session, organization.id, __version__, tag=tag),
        assessed=overview.assessed_count(session, organization.id, tag=tag),
        blockers=_common(session, organization.id, "blockers", tag),
        myths=_common(session, organization.id, "myths", tag),
        actions=_shared(session, organization.id, tag),
    )


def tag_team(session: Session, actor: Actor, team: TeamRow, tags: Sequence[str], *, at: dt.datetime) -> None:
    """Give a team these tags and no others; the same word in other letters is the same tag. Raises NotValid."""
    wanted = {name.casefold(): name for name in (given_name(tag, "tags") for tag in tags if tag.strip())}
    if len(wanted) > MOST_TAGS or any(len(name) > TAG_CHARACTERS for name in wanted.values()):
        raise NotValid("tags", f"write at most {MOST_TAGS} tags of at most {TAG_CHARACTERS} characters")
    known = {tag.casefold(): tag for tag, _ in overview.tags(session, team.organization_id)}
    save_tags(session, team, sorted(known.get(key, name) for key, name in wanted.items()))
    log(session, team.organization_id, "team.tagged", at=at, actor_id=actor.user_id, target=team.public_id)


def tags_of(session: Session, team: TeamRow) -> tuple[str, ...]:
    """The tags of a team, by name."""
    return tuple(overview.tags_of(session, [team.id]).get(team.id, ()))


def _line(
    team: TeamRow,
    last: overview.LastClosed | None,
    summary: Summary | None,
    tags: Sequence[str],
    under_way: str | None,
    today: dt.date,
) -> TeamLine:
    return TeamLine(
        id=team.public_id,
        key=team.id,
        name=team.name,
        tags=tuple(tags),
        assessment=last.public_id if last else None,
        quarter=Quarter.parse(last.quarter) if last else None,
        age_days=max(0, (today - last.date).days) if last else None,
        dimensions=summary.dimensions if summary else {},
        stage=summary.stage if summary else None,
        trend=summary.trend if summary else (),
        under_way=under_way,
    )


def _asked_last(session: Session, organization_id: int) -> dict[str, str]:
    """The dimensions of the questionnaire that was used last, for teams that have closed pulses only."""
    pack = assessments.newest_pack(session, organization_id)
    return {} if pack is None else {one.id: one.name for one in questionnaire_by_key(session, pack).dimensions}


def _common(
    session: Session, organization_id: int, kind: Literal["blockers", "myths"], tag: str | None
) -> tuple[Common, ...]:
    found = overview.common(session, organization_id, __version__, kind, tag=tag, most=_MOST_COMMON)
    return tuple(Common(one, name, teams) for one, name, teams in found)


def _shared(session: Session, organization_id: int, tag: str | None) -> tuple[SharedAction, ...]:
    steps = overview.shared_steps(session, organization_id, tag=tag, most=_MOST_COMMON)
    named: dict[str, list[str]] = {}
    keys: dict[str, int] = {}
    for step, team_id, name in overview.sharers(
        session, organization_id, [step for step, _ in steps], tag=tag, most=_MOST_NAMED
    ):
        named.setdefault(step, []).append(name)
        keys.setdefault(step, team_id)
    packs = assessments.newest_packs(session, set(keys.values()))
    told = []
    for step, count in steps:
        pack = packs.get(keys[step])
        known = questionnaire_by_key(session, pack).steps.get(step) if pack is not None else None
        title, days = (known.title, known.days) if known else (step, None)
        told.append(SharedAction(step, title, days, count, tuple(named[step])))
    return tuple(told)

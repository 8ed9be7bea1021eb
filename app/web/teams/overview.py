"""What stands beside the teams on the dashboard: their age, what they have in common, and what is due."""

import datetime as dt
from urllib.parse import urlencode

from app.accounts.permissions import Capability
from app.services.due import DueThing, due_for
from app.services.overview import CommonFindings, Overview, common_findings
from app.store.tables.people import OrganizationRow
from app.web import ways
from app.web.formatting import days, listed, plural, short_day
from app.web.page import Link
from app.web.teams.pages import Due, InCommon, Shared
from app.web.units import session
from app.web.visit import may_with, now, visitor

#: So many teams are looked at for what they have in common without being asked.
_FEW = 50
_MOST_DUE = 12


def age(since: int) -> str:
    """How long ago, from days, in the largest unit that says enough: ``today``, ``5 days ago``, ``7 weeks ago``."""
    if since < 2:
        return ("today", "yesterday")[since]
    for length, unit, size in ((730, "years", 365), (60, "months", 30), (14, "weeks", 7)):
        if since >= length:
            return f"{since // size} {unit} ago"
    return f"{since} days ago"


def coverage(seen: Overview) -> str:
    """How many teams have closed a full assessment, and how old the oldest of this page is."""
    told = f"{seen.assessed} of {plural(seen.total, 'team', 'teams')} {'has' if seen.assessed == 1 else 'have'} "
    told += "closed a full assessment"
    ages = [(line.age_days, str(line.quarter)) for line in seen.teams if line.age_days is not None]
    if not ages:
        return f"{told}."
    oldest, quarter = max(ages)
    return f"{told}; the oldest here is of {quarter}, {age(oldest)}."


def asked(slug: str, **more: str | None) -> str:
    """The address of this page with what is asked for."""
    kept = urlencode({name: value for name, value in more.items() if value})
    return f"{ways.organization(slug)}{f'?{kept}' if kept else ''}"


def tag_links(slug: str, seen: Overview) -> tuple[Link, ...]:
    """All teams, then those of each tag; none when nobody has tagged a team."""
    if not seen.tags:
        return ()
    tags = (Link(f"{tag} ({count})", asked(slug, tag=tag), tag == seen.tag) for tag, count in seen.tags)
    return (Link("All teams", asked(slug), seen.tag is None), *tags)


def in_common(organization: OrganizationRow, seen: Overview, *, wanted: bool) -> InCommon | None:
    """What the teams have in common; None when there are so many that it has to be asked for."""
    if seen.total > _FEW and not wanted:
        return None
    found = common_findings(session(), organization, tag=seen.tag)
    return InCommon(
        says=_counted(found),
        blockers=tuple(Shared(one.name, _teams(one.teams)) for one in found.blockers),
        myths=tuple(Shared(one.name, _teams(one.teams)) for one in found.myths),
        actions=tuple(
            Shared(
                one.title,
                _teams(one.teams),
                f"{listed(one.named)}{' and others' if one.teams > len(one.named) else ''}"
                f"{f'; {days(one.days)} each' if one.days is not None else ''}",
            )
            for one in found.actions
        ),
    )


def _counted(found: CommonFindings) -> str:
    """Which teams went into it: all that have closed a full assessment, or fewer after the program was renewed."""
    if not found.assessed:
        return "No team has closed a full assessment yet."
    closed = f"{'has' if found.assessed == 1 else 'have'} closed a full assessment"
    if found.counted == found.assessed:
        return f"From {'the one team' if found.assessed == 1 else f'all {found.assessed} teams'} that {closed}."
    return f"From {found.counted} of {plural(found.assessed, 'team', 'teams')} that {closed}; the rest follows."


def _teams(count: int) -> str:
    return plural(count, "team", "teams")


def due_here(organization: OrganizationRow) -> tuple[tuple[Due, ...], bool]:
    """What is due first for the visitor, each with the page where it is done; and whether there is more."""
    found = due_for(session(), organization, visitor().user_id, now(), most=_MOST_DUE)
    return tuple(Due(one.says, _day(one.due), _where(one)) for one in found.first), found.more


def _where(one: DueThing) -> str:
    """The page where it is done; none for who owns an action of a board that is not theirs to look at."""
    if one.kind == "action":
        return ways.action(one.target) if may_with(Capability.WORK_ON_BOARD, one.team) else ""
    return ways.team(one.target)


def _day(due: dt.date) -> str:
    return short_day(due)

"""Many teams at once: each question costs the same however many quarters there are, and most however many teams.

Where teams were found before, what is theirs is asked for by their inner keys alone: given the organization as well,
SQLite would walk through all of it.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, column, func, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, defer

from app.store.lookups import all_of
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.teams import SummaryRow, TeamRow, TeamTagRow


@dataclass(frozen=True, slots=True)
class LastClosed:
    """The last closed full assessment of a team, without its contents."""

    key: int
    team_id: int
    public_id: str
    quarter: str
    date: dt.date
    settled_digest: str


def teams_page(
    session: Session, organization_id: int, *, tag: str | None, after: str | None, limit: int
) -> Sequence[TeamRow]:
    """The next teams in alphabetical order, archived ones left out; ``after`` is the name of the last one shown."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, *_shown(organization_id, tag))
    order = func.lower(TeamRow.name)
    if after is not None:
        statement = statement.where(
            (order > func.lower(after)) | ((order == func.lower(after)) & (TeamRow.name > after))
        )
    return all_of(session, statement.order_by(order, TeamRow.name).limit(limit))


def teams_count(session: Session, organization_id: int, *, tag: str | None) -> int:
    """How many teams there are, archived ones left out."""
    shown = _shown(organization_id, tag)
    statement = select(func.count()).select_from(TeamRow).where(TeamRow.organization_id == organization_id, *shown)
    return session.scalar(statement) or 0


def assessed_count(session: Session, organization_id: int, *, tag: str | None) -> int:
    """How many of them have closed a full assessment."""
    statement = (
        select(func.count())
        .select_from(SummaryRow)
        .join(TeamRow, TeamRow.id == SummaryRow.team_id)
        .where(SummaryRow.organization_id == organization_id, *_shown(organization_id, tag))
    )
    return session.scalar(statement) or 0


def last_closed(session: Session, team_ids: Collection[int]) -> dict[int, LastClosed]:
    """The last closed full assessment of each of these teams."""
    place = func.row_number().over(
        partition_by=AssessmentRow.team_id,
        order_by=(AssessmentRow.quarter.desc(), AssessmentRow.date.desc(), AssessmentRow.id.desc()),
    )
    ranked = (
        select(
            AssessmentRow.id,
            AssessmentRow.team_id,
            AssessmentRow.public_id,
            AssessmentRow.quarter,
            AssessmentRow.date,
            AssessmentRow.settled_digest,
            place.label("place"),
        )
        .where(
            AssessmentRow.team_id.in_(sorted(team_ids)),
            AssessmentRow.state == "closed",
            AssessmentRow.variant == "full",
        )
        .subquery()
    )
    rows = session.execute(select(ranked).where(ranked.c.place == 1).order_by(ranked.c.team_id))
    return {row[1]: LastClosed(*row[:6]) for row in rows}


def under_way(session: Session, team_ids: Collection[int]) -> dict[int, str]:
    """The public id of the newest draft or open assessment of each of these teams that has one."""
    statement = (
        select(AssessmentRow.team_id, AssessmentRow.public_id)
        .where(
            AssessmentRow.team_id.in_(sorted(team_ids)),
            AssessmentRow.state.in_(("draft", "open")),
        )
        .order_by(AssessmentRow.quarter, AssessmentRow.id)
    )
    return {team: name for team, name in session.execute(statement)}  # noqa: C416 - a Row is no pair to dict()


def summaries(session: Session, team_ids: Collection[int], *, trends: bool = True) -> dict[int, SummaryRow]:
    """The kept summaries of these teams; their trends only where they are looked at."""
    statement = select(SummaryRow).where(SummaryRow.team_id.in_(sorted(team_ids)))
    if not trends:
        statement = statement.options(defer(SummaryRow.trend, raiseload=True))
    return {row.team_id: row for row in all_of(session, statement)}


def counted(session: Session, organization_id: int, version: str, *, tag: str | None) -> int:
    """Of how many teams this version of the program has made a summary."""
    statement = (
        select(func.count())
        .select_from(SummaryRow)
        .join(TeamRow, TeamRow.id == SummaryRow.team_id)
        .where(*_made_by(organization_id, version, tag))
    )
    return session.scalar(statement) or 0


def common(
    session: Session,
    organization_id: int,
    version: str,
    kind: Literal["blockers", "myths"],
    *,
    tag: str | None,
    most: int,
) -> list[tuple[str, str, int]]:
    """What stands in the summaries of two teams or more: id, name, how many teams; the most common first.

    The database counts: to read the summaries of two thousand teams takes longer than everything else.
    """
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(SummaryRow.content, f"$.{kind}").table_valued("value").alias("finding")
        one, name = func.json_extract(each.c.value, "$[0]"), func.json_extract(each.c.value, "$[1]")
    else:
        parts = func.jsonb_array_elements(SummaryRow.content[kind])
        each = parts.table_valued(column("value", JSONB)).alias("finding")
        one, name = each.c.value[0].astext, each.c.value[1].astext
    teams = func.count(SummaryRow.team_id.distinct())
    statement = (
        select(one.label("one"), func.min(name).label("name"), teams.label("teams"))
        .select_from(SummaryRow)
        .join(TeamRow, TeamRow.id == SummaryRow.team_id)
        .join(each, true())
        .where(*_made_by(organization_id, version, tag))
        .group_by(one)
        .having(teams > 1)
        .order_by(teams.desc(), one)
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def _made_by(organization_id: int, version: str, tag: str | None) -> tuple[ColumnElement[bool], ...]:
    return (
        SummaryRow.organization_id == organization_id,
        SummaryRow.program_version == version,
        *_shown(organization_id, tag),
    )


def stale_summaries(session: Session, organization_id: int, version: str, limit: int) -> Sequence[int]:
    """The inner keys of at most so many teams whose summary another version of the program made."""
    statement = select(SummaryRow.team_id).where(
        SummaryRow.organization_id == organization_id, SummaryRow.program_version != version
    )
    return all_of(session, statement.order_by(SummaryRow.team_id).limit(limit))


def shared_steps(session: Session, organization_id: int, *, tag: str | None, most: int) -> list[tuple[str, int]]:
    """The steps that stand open on the boards of two teams or more, with how many; the most shared first."""
    teams = func.count(CardRow.team_id.distinct())
    statement = (
        select(CardRow.step, teams)
        .join(TeamRow, TeamRow.id == CardRow.team_id)
        .where(CardRow.organization_id == organization_id, *_open(), *_shown(organization_id, tag))
        .group_by(CardRow.step)
        .having(teams > 1)
    )
    return [
        (step, count) for step, count in session.execute(statement.order_by(teams.desc(), CardRow.step).limit(most))
    ]


def sharers(
    session: Session, organization_id: int, steps: Collection[str], *, tag: str | None, most: int
) -> list[tuple[str, int, str]]:
    """Step, inner key and name of the first teams, in alphabetical order, that have each of these steps open."""
    place = func.row_number().over(partition_by=CardRow.step, order_by=(func.lower(TeamRow.name), TeamRow.name))
    ranked = (
        select(CardRow.step, TeamRow.id, TeamRow.name, place.label("place"))
        .join(TeamRow, TeamRow.id == CardRow.team_id)
        .where(CardRow.organization_id == organization_id, CardRow.step.in_(sorted(steps)), *_open())
        .where(*_shown(organization_id, tag))
    )
    named = ranked.subquery()
    statement = select(named).where(named.c.place <= most).order_by(named.c.step, named.c.place)
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def tags(session: Session, organization_id: int) -> list[tuple[str, int]]:
    """The tags of an organization in alphabetical order, with how many teams each has."""
    statement = (
        select(TeamTagRow.tag, func.count())
        .where(TeamTagRow.organization_id == organization_id)
        .group_by(TeamTagRow.tag)
        .order_by(TeamTagRow.tag)
    )
    return [(tag, count) for tag, count in session.execute(statement)]


def tags_of(session: Session, team_ids: Collection[int]) -> dict[int, list[str]]:
    """The tags of these teams, in alphabetical order."""
    statement = select(TeamTagRow).where(TeamTagRow.team_id.in_(sorted(team_ids)))
    found: dict[int, list[str]] = {}
    for row in all_of(session, statement.order_by(TeamTagRow.team_id, TeamTagRow.tag)):
        found.setdefault(row.team_id, []).append(row.tag)
    return found


def _open() -> tuple[ColumnElement[bool], ...]:
    return CardRow.state != "verified", CardRow.pinned.is_not(False)


def _shown(organization_id: int, tag: str | None) -> tuple[ColumnElement[bool], ...]:
    """That a team is listed: not archived, no rehearsal, and with the tag."""
    if tag is None:
        return TeamRow.archived_at.is_(None), TeamRow.rehearsal.is_(False)
    mine = select(TeamTagRow.team_id).where(TeamTagRow.organization_id == organization_id, TeamTagRow.tag == tag)
    return TeamRow.archived_at.is_(None), TeamRow.rehearsal.is_(False), TeamRow.id.in_(mine)

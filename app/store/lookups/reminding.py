"""Calendar feeds, and reminders that went out."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session, aliased

from app.store.lookups import all_of, one
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.people import MembershipRow, MembershipTeamRow, UserRow
from app.store.tables.reminding import CalendarFeedRow, ReminderRow
from app.store.tables.teams import SummaryRow, TeamRow


def feed_by_token(session: Session, token_hash: str) -> CalendarFeedRow:
    """A feed that was not ended; raises NotFound."""
    statement = select(CalendarFeedRow).where(
        CalendarFeedRow.token_hash == token_hash, CalendarFeedRow.ended_at.is_(None)
    )
    return one(session, statement, "calendar")


def feed(session: Session, organization_id: int, public_id: str) -> CalendarFeedRow:
    """A feed of the organization; raises NotFound."""
    statement = select(CalendarFeedRow).where(
        CalendarFeedRow.organization_id == organization_id, CalendarFeedRow.public_id == public_id
    )
    return one(session, statement, "calendar")


def feeds(session: Session, team_id: int) -> Sequence[CalendarFeedRow]:
    """The feeds of a team that were not ended, oldest first."""
    statement = select(CalendarFeedRow).where(CalendarFeedRow.team_id == team_id, CalendarFeedRow.ended_at.is_(None))
    return all_of(session, statement.order_by(CalendarFeedRow.created_at, CalendarFeedRow.id))


def cards_due(session: Session, organization_id: int, until: dt.date) -> Sequence[CardRow]:
    """The actions of an organization that are due by a day and neither said to be done nor dropped."""
    statement = select(CardRow).where(*_due(organization_id, until))
    return all_of(session, statement.order_by(CardRow.due, CardRow.team_id, CardRow.step))


def led_by(organization_id: int, membership: MembershipRow) -> Select[int]:
    """The inner keys of the teams whose assessments somebody sees to: facilitators, owners where a team has none."""
    teams = select(TeamRow.id).where(
        TeamRow.organization_id == organization_id, TeamRow.archived_at.is_(None), TeamRow.rehearsal.is_(False)
    )
    facilitators = (
        select(MembershipRow.id)
        .join(UserRow, UserRow.id == MembershipRow.user_id)
        .where(
            MembershipRow.organization_id == organization_id,
            MembershipRow.role == "facilitator",
            UserRow.active.is_(True),
        )
    )
    if membership.role == "owner":
        whole = facilitators.where(MembershipRow.all_teams.is_(True))
        own = select(MembershipTeamRow.team_id).where(MembershipTeamRow.membership_id.in_(facilitators))
        return teams.where(~whole.exists(), TeamRow.id.not_in(own))
    if membership.role != "facilitator":
        return teams.where(false())
    if membership.all_teams:
        return teams
    mine = select(MembershipTeamRow.team_id).where(MembershipTeamRow.membership_id == membership.id)
    return teams.where(TeamRow.id.in_(mine))


def teams_due(session: Session, organization_id: int, led: Select[int], quarter: str, limit: int) -> Sequence[TeamRow]:
    """At most so many of these teams, by name, whose last closed full assessment is of before a quarter.

    A team that has begun another assessment is left out.
    """
    last, begun = aliased(AssessmentRow), aliased(AssessmentRow)
    at_it = select(begun.id).where(begun.team_id == TeamRow.id, begun.state.in_(("draft", "open")))
    statement = (
        select(TeamRow)
        .join(SummaryRow, SummaryRow.team_id == TeamRow.id)
        .join(last, last.id == SummaryRow.assessment_id)
        .where(
            TeamRow.organization_id == organization_id,
            SummaryRow.organization_id == organization_id,
            last.organization_id == organization_id,
            TeamRow.id.in_(led),
            last.quarter < quarter,
            ~at_it.exists(),
        )
    )
    return all_of(session, statement.order_by(func.lower(TeamRow.name), TeamRow.name).limit(limit))


def cards_due_for(
    session: Session, organization_id: int, until: dt.date, led: Select[int], names: Collection[str], limit: int
) -> Sequence[CardRow]:
    """At most so many of the actions that are due by a day, first those due first: of these teams or these owners.

    ``names`` in small letters.
    """
    statement = select(CardRow).where(*_due(organization_id, until), _listed(organization_id))
    theirs = CardRow.team_id.in_(led) | func.lower(CardRow.owner).in_(sorted(names))
    return all_of(session, statement.where(theirs).order_by(CardRow.due, CardRow.team_id, CardRow.step).limit(limit))


def _listed(organization_id: int) -> ColumnElement[bool]:
    listed = select(TeamRow.id).where(TeamRow.organization_id == organization_id, TeamRow.archived_at.is_(None))
    return CardRow.team_id.in_(listed.where(TeamRow.rehearsal.is_(False)))


def _due(organization_id: int, until: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (
        CardRow.organization_id == organization_id,
        CardRow.due.is_not(None),
        CardRow.due <= until,
        CardRow.state.in_(("planned", "in_progress", "not_confirmed", "regressed")),
        CardRow.pinned.is_not(False),
    )


def reminded(session: Session, organization_id: int, since: dt.datetime) -> set[tuple[int, str, str, dt.date]]:
    """Who was reminded of what, on account of which day, since a moment."""
    statement = select(ReminderRow.user_id, ReminderRow.kind, ReminderRow.target, ReminderRow.due).where(
        ReminderRow.organization_id == organization_id, ReminderRow.sent_at >= since
    )
    return {(row[0], row[1], row[2], row[3]) for row in session.execute(statement)}

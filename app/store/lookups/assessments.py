"""Assessments and their rooms."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one, one_pair
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipRow
from app.store.tables.room import RoomRow
from app.store.tables.teams import TeamRow


def assessment(session: Session, organization_id: int, public_id: str) -> AssessmentRow:
    """An assessment of the organization; raises NotFound."""
    statement = select(AssessmentRow).where(
        AssessmentRow.organization_id == organization_id, AssessmentRow.public_id == public_id
    )
    return one(session, statement, "assessment")


def assessment_by_key(session: Session, assessment_id: int) -> AssessmentRow:
    """By the inner key, taken from a row that was found before; raises NotFound."""
    return one(session, select(AssessmentRow).where(AssessmentRow.id == assessment_id), "assessment")


def assessment_of_user(session: Session, user_id: int, public_id: str) -> tuple[AssessmentRow, MembershipRow]:
    """An assessment of one of the user's organizations, and what the user is there; raises NotFound."""
    return one_pair(
        session,
        select(AssessmentRow, MembershipRow)
        .join(MembershipRow, MembershipRow.organization_id == AssessmentRow.organization_id)
        .where(AssessmentRow.public_id == public_id, MembershipRow.user_id == user_id),
        "assessment",
    )


def hold_assessment(session: Session, assessment_id: int, *, alone: bool) -> AssessmentRow:
    """The assessment as it is now, held until the unit ends; raises NotFound.

    Answers hold it together with others, moves that end a voting or close it hold it ``alone``: no vote slips in
    between the count and the close. On SQLite the writing unit itself is that hold.
    """
    statement = select(AssessmentRow).where(AssessmentRow.id == assessment_id).with_for_update(read=not alone)
    return one(session, statement.execution_options(populate_existing=True), "assessment")


def assessments_of_team(session: Session, team_id: int, *, voided: bool = False) -> Sequence[AssessmentRow]:
    """All assessments of a team, oldest quarter first, full before pulse; voided ones when asked for."""
    statement = select(AssessmentRow).where(AssessmentRow.team_id == team_id)
    if not voided:
        statement = statement.where(AssessmentRow.state != "voided")
    return all_of(session, statement.order_by(AssessmentRow.quarter, AssessmentRow.variant, AssessmentRow.id))


def standing(session: Session, team_id: int, quarter: str, variant: str) -> AssessmentRow | None:
    """The assessment that takes this place of the team, or None; a voided one takes none."""
    statement = select(AssessmentRow).where(
        AssessmentRow.team_id == team_id,
        AssessmentRow.quarter == quarter,
        AssessmentRow.variant == variant,
        AssessmentRow.state != "voided",
    )
    return session.scalars(statement).one_or_none()


def uses(session: Session, organization_id: int, pack_id: int) -> bool:
    """Whether an assessment of the organization uses this questionnaire."""
    statement = select(AssessmentRow.id).where(
        AssessmentRow.organization_id == organization_id, AssessmentRow.pack_id == pack_id
    )
    return session.scalars(statement.limit(1)).first() is not None


def closed_before(session: Session, row: AssessmentRow) -> Sequence[AssessmentRow]:
    """The closed assessments of the same team in earlier quarters, or earlier by date in the same; oldest first."""
    statement = select(AssessmentRow).where(
        AssessmentRow.team_id == row.team_id,
        AssessmentRow.state == "closed",
        AssessmentRow.id != row.id,
        (AssessmentRow.quarter < row.quarter)
        | ((AssessmentRow.quarter == row.quarter) & (AssessmentRow.date < row.date)),
    )
    return all_of(session, statement.order_by(AssessmentRow.quarter, AssessmentRow.date, AssessmentRow.id))


def newest_pack(session: Session, organization_id: int) -> int | None:
    """The inner key of the questionnaire of the newest closed assessment of an organization."""
    statement = select(AssessmentRow.pack_id).where(
        AssessmentRow.organization_id == organization_id, AssessmentRow.state == "closed"
    )
    return session.scalar(statement.order_by(AssessmentRow.quarter.desc(), AssessmentRow.id.desc()).limit(1))


def any_closed(session: Session, organization_id: int) -> bool:
    """Whether any assessment of an organization is closed."""
    statement = select(AssessmentRow.id).where(
        AssessmentRow.organization_id == organization_id, AssessmentRow.state == "closed"
    )
    return session.scalar(statement.limit(1)) is not None


def to_purge(session: Session, organization_id: int, before: dt.datetime) -> Sequence[AssessmentRow]:
    """The assessments that were closed before a moment and still hold who voted what, oldest first."""
    statement = select(AssessmentRow).where(
        AssessmentRow.organization_id == organization_id,
        AssessmentRow.closed_at.is_not(None),
        AssessmentRow.closed_at < before,
        AssessmentRow.purged_at.is_(None),
    )
    return all_of(session, statement.order_by(AssessmentRow.closed_at, AssessmentRow.id))


def newest_packs(session: Session, team_ids: Collection[int]) -> dict[int, int]:
    """The inner key of the questionnaire of the newest closed full assessment of each of these teams."""
    statement = (
        select(AssessmentRow.team_id, AssessmentRow.pack_id)
        .where(
            AssessmentRow.team_id.in_(sorted(team_ids)),
            AssessmentRow.state == "closed",
            AssessmentRow.variant == "full",
        )
        .order_by(AssessmentRow.quarter, AssessmentRow.id)
    )
    return {team: pack for team, pack in session.execute(statement)}  # noqa: C416 - a Row is no pair to dict()


def unfinished(
    session: Session,
    organization_id: int,
    limit: int,
    *,
    teams: Collection[int] | None = None,
    states: Collection[str] = ("draft", "open"),
) -> Sequence[AssessmentRow]:
    """At most so many drafts and open assessments, of these teams or of all, by team, quarter and variant."""
    statement = select(AssessmentRow).where(*_unfinished(organization_id, states))
    if teams is not None:
        statement = statement.where(AssessmentRow.team_id.in_(sorted(teams)))
    order = (AssessmentRow.team_id, AssessmentRow.quarter, AssessmentRow.variant, AssessmentRow.id)
    return all_of(session, statement.order_by(*order).limit(limit))


def unfinished_count(session: Session, organization_id: int) -> tuple[int, int]:
    """How many drafts, and how many open assessments an organization has."""
    statement = (
        select(AssessmentRow.state, func.count())
        .where(*_unfinished(organization_id, ("draft", "open")))
        .group_by(AssessmentRow.state)
    )
    found = {state: count for state, count in session.execute(statement)}  # noqa: C416 - a Row is no pair to dict()
    return found.get("draft", 0), found.get("open", 0)


def _unfinished(organization_id: int, states: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Rehearsals are never listed."""
    rehearsed = select(TeamRow.id).where(TeamRow.organization_id == organization_id, TeamRow.rehearsal.is_(True))
    return (
        AssessmentRow.organization_id == organization_id,
        AssessmentRow.state.in_(sorted(states)),
        AssessmentRow.team_id.not_in(rehearsed),
    )


def named(session: Session, organization_id: int, public_ids: Collection[str]) -> Sequence[AssessmentRow]:
    """Those of these assessments that belong to the organization, for lists that name many at once."""
    statement = select(AssessmentRow).where(
        AssessmentRow.organization_id == organization_id, AssessmentRow.public_id.in_(public_ids)
    )
    return all_of(session, statement) if public_ids else []


def room_by_code(session: Session, code: str) -> RoomRow:
    """The open room of this code; raises NotFound."""
    return one(session, select(RoomRow).where(RoomRow.code == code, RoomRow.closed_at.is_(None)), "room")


def room_of(session: Session, assessment_id: int) -> RoomRow:
    """The room of an assessment, open or closed; raises NotFound."""
    return one(session, select(RoomRow).where(RoomRow.assessment_id == assessment_id), "room")

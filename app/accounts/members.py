"""The people of an organization: roles, teams and removal."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts import audit
from app.accounts.actor import Actor
from app.accounts.errors import AlreadyMember, LastOwner, NoSuchTeams, NotAllowed
from app.accounts.permissions import ROLES, Capability, may, require
from app.accounts.sessions import end_all_sessions
from app.accounts.tokens import end_all_tokens
from app.store.errors import NotFound
from app.store.lookups import people
from app.store.tables.people import MembershipRow, MembershipTeamRow
from app.store.tables.teams import TeamRow


def known_teams(session: Session, organization_id: int, teams: Collection[int]) -> list[int]:
    """The inner keys in order, when all are teams of this organization; raises NoSuchTeams."""
    mine = select(TeamRow.id).where(TeamRow.organization_id == organization_id, TeamRow.id.in_(teams))
    found = sorted(session.scalars(mine)) if teams else []
    if len(found) != len(set(teams)):
        raise NoSuchTeams
    return found


def add_member(  # noqa: PLR0913 - who, where and as what
    session: Session,
    organization_id: int,
    user_id: int,
    role: str,
    now: dt.datetime,
    *,
    all_teams: bool = False,
    teams: Collection[int] = (),
    actor: Actor | int | None = None,
) -> MembershipRow:
    """Make a person part of an organization; raises AlreadyMember, NoSuchTeams. Whether this may be is asked before."""
    if role not in ROLES:
        raise ValueError(role)
    if any(o.id == organization_id for o, _ in people.memberships_of(session, user_id)):
        raise AlreadyMember
    chosen = known_teams(session, organization_id, teams)
    row = MembershipRow(
        organization_id=organization_id, user_id=user_id, role=role, all_teams=all_teams, created_at=now
    )
    session.add(row)
    session.flush()
    _set_teams(session, row, chosen)
    target = people.user_by_key(session, user_id).public_id
    detail = {"role": role, "all_teams": all_teams, "teams": len(chosen)}
    audit.record(session, organization_id, actor, audit.MEMBER_JOINED, target, detail, at=now)
    return row


def place_member(session: Session, organization_id: int, user_id: int, role: str, now: dt.datetime) -> None:
    """Give a person this role with all teams, as the operator may; raises LastOwner."""
    try:
        row = people.membership(session, organization_id, user_id)
    except NotFound:
        add_member(session, organization_id, user_id, role, now, all_teams=True)
        return
    if row.role == role and row.all_teams:
        return
    before = {"role": row.role, "all_teams": row.all_teams}
    if row.role == "owner" and role != "owner":
        _require_another_owner(session, organization_id)
    row.role, row.all_teams = role, True
    _set_teams(session, row, ())
    target = people.user_by_key(session, user_id).public_id
    detail = {"before": before, "after": {"role": role, "all_teams": True}}
    audit.record(session, organization_id, None, audit.MEMBER_CHANGED, target, detail, at=now)


def change_member(  # noqa: PLR0913 - who changes whom to what
    session: Session,
    actor: Actor,
    organization_id: int,
    public_id: str,
    now: dt.datetime,
    *,
    role: str,
    all_teams: bool,
    teams: Collection[int] = (),
) -> None:
    """Give a member another role or other teams; raises NotAllowed, NotFound, LastOwner, NoSuchTeams."""
    require(actor, Capability.MANAGE_PEOPLE, organization_id)
    if role not in ROLES:
        raise ValueError(role)
    _, row = people.member(session, organization_id, public_id)
    chosen = known_teams(session, organization_id, teams)
    before = {"role": row.role, "all_teams": row.all_teams, "teams": len(team_keys(session, row))}
    if row.role == "owner" and role != "owner":
        _require_another_owner(session, organization_id)
    row.role, row.all_teams = role, all_teams
    _set_teams(session, row, chosen)
    detail = {"before": before, "after": {"role": role, "all_teams": all_teams, "teams": len(chosen)}}
    audit.record(session, organization_id, actor, audit.MEMBER_CHANGED, public_id, detail, at=now)


def remove_member(session: Session, actor: Actor, organization_id: int, public_id: str, now: dt.datetime) -> None:
    """Take a person out of an organization and end their sessions everywhere; oneself may always leave.

    Tokens end too when no organization is left. Raises NotAllowed, NotFound, LastOwner.
    """
    require(actor, Capability.SEE_ORGANIZATION, organization_id)
    user, row = people.member(session, organization_id, public_id)
    if user.id != actor.user_id and not may(actor, Capability.MANAGE_PEOPLE, organization_id):
        raise NotAllowed
    if row.role == "owner":
        _require_another_owner(session, organization_id)
    session.delete(row)
    session.flush()
    end_all_sessions(session, user.id, now)
    if not people.memberships_of(session, user.id):
        end_all_tokens(session, user.id, now)
    audit.record(session, organization_id, actor, audit.MEMBER_REMOVED, public_id, at=now)


def require_sole_owner_of(session: Session, actor: Actor, organization_id: int, public_id: str) -> int:
    """The key of a member whose way to sign in this owner may renew; raises NotAllowed, NotFound.

    A reset link opens everything that the person may see. So the owner has to own every organization of theirs.
    """
    require(actor, Capability.MANAGE_PEOPLE, organization_id)
    user, _ = people.member(session, organization_id, public_id)
    theirs = people.memberships_of(session, user.id)
    if not all(may(actor, Capability.MANAGE_PEOPLE, o.id) for o, _ in theirs):
        raise NotAllowed("this person belongs to an organization that is not yours; they must reset it by mail")
    return user.id


def team_keys(session: Session, row: MembershipRow) -> frozenset[int]:
    """The inner keys of the teams that the membership names."""
    mine = select(MembershipTeamRow.team_id).where(MembershipTeamRow.membership_id == row.id)
    return frozenset(session.scalars(mine))


def _set_teams(session: Session, row: MembershipRow, teams: Collection[int]) -> None:
    session.execute(delete(MembershipTeamRow).where(MembershipTeamRow.membership_id == row.id))
    for team_id in teams:
        session.add(MembershipTeamRow(membership_id=row.id, team_id=team_id, organization_id=row.organization_id))
    session.flush()


def _require_another_owner(session: Session, organization_id: int) -> None:
    # Locked, so that two owners who leave at once do not both count the other.
    owners = select(MembershipRow.id).where(
        MembershipRow.organization_id == organization_id, MembershipRow.role == "owner"
    )
    if len(session.scalars(owners.with_for_update()).all()) < 2:
        raise LastOwner

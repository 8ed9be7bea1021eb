"""Invitations: 256 random bits, used once, bound to an address. Looking at one never accepts it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.accounts import audit
from app.accounts.actor import Actor
from app.accounts.addresses import normalize_address
from app.accounts.errors import AlreadyMember, LinkNotGood, WrongAddress
from app.accounts.members import add_member, known_teams
from app.accounts.permissions import ROLES, Capability, require
from app.accounts.secrets import new_secret, secret_hash
from app.accounts.start import add_person
from app.store.errors import NotFound
from app.store.lookups import access, people
from app.store.record import changed_rows
from app.store.tables.access import InvitationRow
from app.store.tables.people import UserRow
from app.store.tables.teams import TeamRow

GOOD_FOR = dt.timedelta(days=14)


@dataclass(frozen=True)
class Invitation:
    """What the invited person is shown. ``known``: the address belongs to somebody who has signed in before."""

    organization: str
    email: str
    role: str
    known: bool


def invite(  # noqa: PLR0913 - who invites whom to what
    session: Session,
    actor: Actor,
    organization_id: int,
    email: str,
    role: str,
    now: dt.datetime,
    *,
    all_teams: bool = False,
    teams: Collection[int] = (),
) -> str:
    """A path such as ``/invitations/<token>``, to be sent or shown; earlier ones for the address end.

    Raises NotAllowed, NotFound, NotAnAddress, AlreadyMember, NoSuchTeams.
    """
    require(actor, Capability.MANAGE_PEOPLE, organization_id)
    if role not in ROLES:
        raise ValueError(role)
    address = normalize_address(email)
    if any(user.email == address for user, _ in people.members(session, organization_id)):
        raise AlreadyMember
    chosen = known_teams(session, organization_id, teams)
    _withdraw(session, organization_id, address)
    token = new_secret()
    row = InvitationRow(
        organization_id=organization_id, token_hash=secret_hash(token), email=address, role=role,
        all_teams=all_teams, team_ids=chosen, created_at=now, expires_at=now + GOOD_FOR, created_by=actor.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    detail = {"role": role, "all_teams": all_teams, "teams": len(chosen)}
    audit.record(session, organization_id, actor, audit.MEMBER_INVITED, row.public_id, detail, at=now)
    return f"/invitations/{token}"


def withdraw_invitation(session: Session, actor: Actor, organization_id: int, public_id: str, now: dt.datetime) -> None:
    """End an invitation that was not used; raises NotAllowed, NotFound."""
    require(actor, Capability.MANAGE_PEOPLE, organization_id)
    row = access.invitation(session, organization_id, public_id)
    if row.used_at is not None:
        raise NotFound("invitation")
    session.delete(row)
    audit.record(session, organization_id, actor, audit.INVITATION_WITHDRAWN, public_id, at=now)


def look_at_invitation(session: Session, token: str, now: dt.datetime) -> Invitation:
    """What the link offers; changes nothing. Raises LinkNotGood."""
    row = _good(session, token, now)
    organization = people.organization_by_key(session, row.organization_id)
    return Invitation(organization.name, row.email, row.role, _person(session, row.email) is not None)


def accept_as(session: Session, token: str, user_id: int, now: dt.datetime) -> str:
    """Accept as somebody who is signed in; the organization's slug. Raises LinkNotGood, WrongAddress, AlreadyMember."""
    row = _good(session, token, now)
    if people.user_by_key(session, user_id).email != row.email:
        raise WrongAddress
    return _accept(session, row, user_id, now)


def accept_as_new(session: Session, token: str, name: str, password_hash: str, now: dt.datetime) -> tuple[int, str]:
    """Accept as somebody new: their key and the organization's slug. Raises LinkNotGood.

    Raises WrongAddress when the address belongs to somebody: they sign in first, and a link never sets a password.
    """
    row = _good(session, token, now)
    if _person(session, row.email) is not None:
        raise WrongAddress
    person = add_person(session, row.email, name)
    person.password = password_hash
    person.confirmed_at = now
    return person.id, _accept(session, row, person.id, now)


def _accept(session: Session, row: InvitationRow, user_id: int, now: dt.datetime) -> str:
    # The condition holds against a twin that was faster.
    used = session.execute(
        update(InvitationRow).where(InvitationRow.id == row.id, InvitationRow.used_at.is_(None)).values(used_at=now)
    )
    if changed_rows(used) != 1:
        raise LinkNotGood
    # Teams may have gone since.
    teams = [t for t in row.team_ids if (team := session.get(TeamRow, t)) and _same(team, row)]
    add_member(
        session, row.organization_id, user_id, row.role, now, all_teams=row.all_teams, teams=teams, actor=user_id
    )
    return people.organization_by_key(session, row.organization_id).slug


def _same(team: TeamRow, row: InvitationRow) -> bool:
    return team.organization_id == row.organization_id


def _withdraw(session: Session, organization_id: int, address: str) -> None:
    session.execute(
        delete(InvitationRow).where(
            InvitationRow.organization_id == organization_id,
            InvitationRow.email == address,
            InvitationRow.used_at.is_(None),
        )
    )


def _person(session: Session, email: str) -> UserRow | None:
    try:
        return people.user_by_email(session, email)
    except NotFound:
        return None


def _good(session: Session, token: str, now: dt.datetime) -> InvitationRow:
    try:
        row = access.invitation_by_token(session, secret_hash(token))
    except NotFound:
        raise LinkNotGood from None
    if row.used_at is not None or row.expires_at <= now:
        raise LinkNotGood
    return row

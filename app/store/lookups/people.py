"""Organizations, people and memberships."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.lookups import all_of, one, one_pair
from app.store.tables.people import MembershipRow, MembershipTeamRow, OrganizationRow, UserRow
from app.store.tables.teams import TeamRow


def organization(session: Session, slug: str) -> OrganizationRow:
    """By its slug; raises NotFound."""
    return one(session, select(OrganizationRow).where(OrganizationRow.slug == slug), "organization")


def organizations(session: Session) -> Sequence[OrganizationRow]:
    """Every organization, by its slug: for the operator, who keeps all of them."""
    return all_of(session, select(OrganizationRow).order_by(OrganizationRow.slug))


def organization_by_key(session: Session, organization_id: int) -> OrganizationRow:
    """By its inner key; raises NotFound."""
    return one(session, select(OrganizationRow).where(OrganizationRow.id == organization_id), "organization")


def organization_of_user(session: Session, user_id: int, slug: str) -> tuple[OrganizationRow, MembershipRow]:
    """An organization that the user belongs to, and as what; raises NotFound."""
    return one_pair(
        session,
        select(OrganizationRow, MembershipRow)
        .join(MembershipRow, MembershipRow.organization_id == OrganizationRow.id)
        .where(OrganizationRow.slug == slug, MembershipRow.user_id == user_id),
        "organization",
    )


def user_by_email(session: Session, email: str) -> UserRow:
    """By the normalized address; raises NotFound."""
    return one(session, select(UserRow).where(UserRow.email == email), "person")


def user_by_key(session: Session, user_id: int) -> UserRow:
    """By the inner key; raises NotFound."""
    return one(session, select(UserRow).where(UserRow.id == user_id), "person")


def member(session: Session, organization_id: int, public_id: str) -> tuple[UserRow, MembershipRow]:
    """A person of this organization by their public id; raises NotFound."""
    return one_pair(
        session,
        select(UserRow, MembershipRow)
        .join(MembershipRow, MembershipRow.user_id == UserRow.id)
        .where(UserRow.public_id == public_id, MembershipRow.organization_id == organization_id),
        "member",
    )


def membership(session: Session, organization_id: int, user_id: int) -> MembershipRow:
    """What the user is in the organization; raises NotFound."""
    statement = select(MembershipRow).where(
        MembershipRow.organization_id == organization_id, MembershipRow.user_id == user_id
    )
    return one(session, statement, "member")


def memberships_of(session: Session, user_id: int) -> list[tuple[OrganizationRow, MembershipRow]]:
    """The organizations of a person, by name."""
    statement = (
        select(OrganizationRow, MembershipRow)
        .join(MembershipRow, MembershipRow.organization_id == OrganizationRow.id)
        .where(MembershipRow.user_id == user_id)
        .order_by(OrganizationRow.name, OrganizationRow.id)
    )
    return [(o, m) for o, m in session.execute(statement)]


def members(session: Session, organization_id: int) -> list[tuple[UserRow, MembershipRow]]:
    """The people of an organization, by address."""
    statement = (
        select(UserRow, MembershipRow)
        .join(MembershipRow, MembershipRow.user_id == UserRow.id)
        .where(MembershipRow.organization_id == organization_id)
        .order_by(UserRow.email)
    )
    return [(u, m) for u, m in session.execute(statement)]


def people_named(session: Session, organization_id: int, names: Collection[str]) -> list[UserRow]:
    """The people of an organization who have one of these names or addresses, given in small letters."""
    known = sorted(names)
    statement = (
        select(UserRow)
        .join(MembershipRow, MembershipRow.user_id == UserRow.id)
        .where(
            MembershipRow.organization_id == organization_id,
            func.lower(UserRow.name).in_(known) | func.lower(UserRow.email).in_(known),
        )
    )
    return list(session.scalars(statement.order_by(UserRow.email)))


def owners_count(session: Session, organization_id: int) -> int:
    """How many owners the organization has: the last one stays."""
    statement = (
        select(func.count())
        .select_from(MembershipRow)
        .where(MembershipRow.organization_id == organization_id, MembershipRow.role == "owner")
    )
    return session.scalar(statement) or 0


def teams_of_member(session: Session, membership_row: MembershipRow) -> Sequence[TeamRow]:
    """The teams a member works with, by name; archived ones too."""
    statement = select(TeamRow).where(
        TeamRow.organization_id == membership_row.organization_id, TeamRow.rehearsal.is_(False)
    )
    if not membership_row.all_teams:
        mine = select(MembershipTeamRow.team_id).where(MembershipTeamRow.membership_id == membership_row.id)
        statement = statement.where(TeamRow.id.in_(mine))
    return all_of(session, statement.order_by(TeamRow.name, TeamRow.id))

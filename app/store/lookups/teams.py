"""Teams, and the shelf of questionnaires."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.errors import NotFound
from app.store.lookups import all_of, one, one_pair
from app.store.tables.people import MembershipRow
from app.store.tables.teams import PackRow, TeamRow


def team(session: Session, organization_id: int, public_id: str) -> TeamRow:
    """A team of the organization; raises NotFound."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, TeamRow.public_id == public_id)
    return one(session, statement, "team")


def team_by_name(session: Session, organization_id: int, name: str) -> TeamRow:
    """A team of the organization by its name; raises NotFound."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, TeamRow.name == name)
    return one(session, statement, "team")


def team_by_key(session: Session, team_id: int) -> TeamRow:
    """By the inner key, taken from a row that was found before; raises NotFound."""
    return one(session, select(TeamRow).where(TeamRow.id == team_id), "team")


def team_of_user(session: Session, user_id: int, public_id: str) -> tuple[TeamRow, MembershipRow]:
    """A team of one of the user's organizations, and what the user is there; raises NotFound."""
    return one_pair(
        session,
        select(TeamRow, MembershipRow)
        .join(MembershipRow, MembershipRow.organization_id == TeamRow.organization_id)
        .where(TeamRow.public_id == public_id, MembershipRow.user_id == user_id),
        "team",
    )


def teams(session: Session, organization_id: int, *, archived: bool = False) -> Sequence[TeamRow]:
    """The teams of an organization by name; archived ones when asked for, rehearsals never."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, TeamRow.rehearsal.is_(False))
    if not archived:
        statement = statement.where(TeamRow.archived_at.is_(None))
    return all_of(session, statement.order_by(TeamRow.name, TeamRow.id))


def names_of(session: Session, keys: Collection[int]) -> dict[int, str]:
    """The names of teams by inner key; the keys are those of rows that were found before."""
    statement = select(TeamRow.id, TeamRow.name).where(TeamRow.id.in_(sorted(keys)))
    return {key: name for key, name in session.execute(statement)}  # noqa: C416 - a Row is no pair to dict()


def archived(session: Session, organization_id: int, limit: int) -> Sequence[TeamRow]:
    """At most so many of the archived teams, by name."""
    statement = select(TeamRow).where(
        TeamRow.organization_id == organization_id, TeamRow.archived_at.is_not(None), TeamRow.rehearsal.is_(False)
    )
    return all_of(session, statement.order_by(TeamRow.name, TeamRow.id).limit(limit))


def any_present(session: Session, organization_id: int, keys: Collection[int] | None) -> bool:
    """Whether one of these teams, or of all, is there and not archived."""
    statement = select(TeamRow.id).where(
        TeamRow.organization_id == organization_id, TeamRow.archived_at.is_(None), TeamRow.rehearsal.is_(False)
    )
    if keys is not None:
        statement = statement.where(TeamRow.id.in_(sorted(keys)))
    return session.scalar(statement.limit(1)) is not None


def teams_after(session: Session, organization_id: int, name: str, limit: int) -> Sequence[TeamRow]:
    """At most so many teams of the organization by name, those after this name; archived ones too."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, TeamRow.name > name)
    return all_of(session, statement.order_by(TeamRow.name).limit(limit))


def shelf(session: Session, organization_id: int) -> list[PackRow]:
    """The organization's own questionnaires, drafts too, then the shipped ones; each by id and version."""
    order = (PackRow.pack, PackRow.version)
    own = all_of(session, select(PackRow).where(PackRow.organization_id == organization_id).order_by(*order))
    return [*own, *shipped_packs(session)]


def shipped_packs(session: Session) -> Sequence[PackRow]:
    """The questionnaires that come with the program, by id and version."""
    shipped = select(PackRow).where(PackRow.organization_id.is_(None))
    return all_of(session, shipped.order_by(PackRow.pack, PackRow.version))


def pack(session: Session, organization_id: int, pack_id: str, version: str) -> PackRow:
    """A questionnaire on the organization's shelf, its own before a shipped one; raises NotFound."""
    for whose in (PackRow.organization_id == organization_id, PackRow.organization_id.is_(None)):
        named = select(PackRow).where(whose, PackRow.pack == pack_id, PackRow.version == version)
        found = session.scalars(named).one_or_none()
        if found is not None:
            return found
    raise NotFound("questionnaire")


def shipped_pack(session: Session, pack_id: str, version: str) -> PackRow:
    """A questionnaire that comes with the program; raises NotFound."""
    statement = select(PackRow).where(
        PackRow.organization_id.is_(None), PackRow.pack == pack_id, PackRow.version == version
    )
    return one(session, statement, "questionnaire")


def pack_by_key(session: Session, pack_key: int) -> PackRow:
    """By the inner key, taken from an assessment that was found before; raises NotFound."""
    return one(session, select(PackRow).where(PackRow.id == pack_key), "questionnaire")


def pack_digest(session: Session, pack_key: int) -> str:
    """The digest alone of a questionnaire by its inner key, without its hundreds of kilobytes; raises NotFound."""
    return one(session, select(PackRow.digest).where(PackRow.id == pack_key), "questionnaire")


def rehearsals(session: Session, organization_id: int) -> Sequence[TeamRow]:
    """The teams of an organization that only rehearse."""
    statement = select(TeamRow).where(TeamRow.organization_id == organization_id, TeamRow.rehearsal.is_(True))
    return all_of(session, statement.order_by(TeamRow.id))

"""Organizations: the tenants."""

import datetime as dt
import re

from app.services.actors import Actor
from app.services.errors import NameTaken, NotValid
from app.services.given import given_name
from app.store.lookups import people
from app.store.record import add_once
from app.store.record.requests import log
from app.store.tables.people import OrganizationRow
from app.store.unit_of_work import Session

#: Ten years.
MOST_DAYS = 3653
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


def find_organization(session: Session, slug: str) -> OrganizationRow:
    """An organization by its slug, which the gate has followed; raises NotFound."""
    return people.organization(session, slug)


def make_organization(
    session: Session, actor: Actor, slug: str, name: str, *, at: dt.datetime, is_demo: bool = False
) -> OrganizationRow:
    """Make an organization; ``slug`` is its name in addresses. Raises NotValid, NameTaken."""
    if not _SLUG.fullmatch(slug):
        raise NotValid("slug", f"{slug!r} cannot stand in an address; write small letters, figures and hyphens")
    row = OrganizationRow(slug=slug, name=given_name(name, "name"), created_at=at, is_demo=is_demo)
    if not add_once(session, row):
        raise NameTaken("an organization", slug)
    log(session, row.id, "organization.made", at=at, actor_id=actor.user_id, target=slug)
    return row


def change_organization(
    session: Session,
    actor: Actor,
    organization: OrganizationRow,
    name: str,
    retention_days: int | None,
    *,
    at: dt.datetime,
) -> None:
    """Rename an organization, and say how many days votes stay after a close (None: for good). Raises NotValid."""
    if retention_days is not None and not 0 <= retention_days <= MOST_DAYS:
        raise NotValid("retention_days", f"write a number of days from 0 to {MOST_DAYS:,}, or nothing")
    wanted = {"name": given_name(name, "name"), "retention_days": retention_days}
    changed = sorted(field for field, value in wanted.items() if getattr(organization, field) != value)
    for field in changed:
        setattr(organization, field, wanted[field])
    if changed:
        session.flush()
        log(
            session,
            organization.id,
            "organization.changed",
            at=at,
            actor_id=actor.user_id,
            target=organization.slug,
            detail={"changed": changed},
        )

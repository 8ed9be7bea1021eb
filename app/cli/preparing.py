"""What ``mythmark serve`` does before it serves: the database, the sample, and a way in for the local owner."""

import datetime as dt
import importlib
from collections.abc import Callable

from app.accounts import members, start
from app.cli.stored import now
from app.services.actors import OPERATOR
from app.services.database import Database, make_ready
from app.services.demo_story import SLUG
from app.services.organizations import make_organization
from app.services.secret_key import secret_key
from app.store.errors import NotFound
from app.store.lookups import people
from app.store.unit_of_work import Session, is_sqlite, writing

#: The organization of the local owner, until they give it another name.
OWN = ("own", "My organization")


def prepare(database: Database, *, on_loopback: bool, tell: Callable[[str], None]) -> str | None:
    """Make everything ready to be served; the path of a one-time link for the local owner, where one is due.

    A link is due on a loopback address while no owner has a way to sign in. Raises WrongSchema, BadSecret.
    """
    key = secret_key(database.settings)
    make_ready(database, at=now())
    embedded = is_sqlite(database.engine)
    if embedded and _lacks_demo(database):
        tell("Making the sample organization (once, some seconds)")
        # By name, once in a database's life: it loads half of the program, and every start would wait for it.
        importlib.import_module("app.services.demo").make_demo(database.engine, key)
    if not on_loopback:
        return None
    with writing(database.engine) as session:
        if start.an_owner_can_sign_in(session):
            return None
        owner = start.local_owner(session)
        _settle_in(session, owner.id, now())
        return start.make_start_link(session, owner.id, now())


def _lacks_demo(database: Database) -> bool:
    with writing(database.engine) as session:
        return not _has(session, SLUG)


def _settle_in(session: Session, owner_id: int, at: dt.datetime) -> None:
    """Let the local owner own the sample, and an organization of their own when they have none."""
    mine = {organization.slug for organization, _ in people.memberships_of(session, owner_id)}
    if SLUG not in mine and _has(session, SLUG):
        sample = people.organization(session, SLUG)
        members.add_member(session, sample.id, owner_id, "owner", at, all_teams=True)
    if not mine - {SLUG}:
        own = make_organization(session, OPERATOR, _free(session), OWN[1], at=at)
        members.add_member(session, own.id, owner_id, "owner", at, all_teams=True)


def _free(session: Session) -> str:
    """A name for addresses that nobody has."""
    taken = {organization.slug for organization in people.organizations(session)}
    names = [OWN[0], *(f"{OWN[0]}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _has(session: Session, slug: str) -> bool:
    try:
        people.organization(session, slug)
    except NotFound:
        return False
    return True

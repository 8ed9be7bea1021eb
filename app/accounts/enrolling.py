"""What the operator does for people: an account with a place in an organization, by name."""

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts import members, start
from app.accounts.addresses import normalize_address
from app.services.actors import OPERATOR
from app.services.organizations import make_organization
from app.store.errors import NotFound
from app.store.lookups import people
from app.store.tables.people import OrganizationRow, UserRow


def enroll(session: Session, email: str, slug: str, role: str, now: dt.datetime) -> str:
    """Give a person a role with all teams of an organization; the path of a one-time link that signs them in.

    Person and organization are made where there are none. Raises NotAnAddress, NotValid, LastOwner.
    """
    address = normalize_address(email)
    organization = _organization(session, slug, now)
    person = _person(session, address)
    members.place_member(session, organization.id, person.id, role, now)
    return start.make_start_link(session, person.id, now)


def _organization(session: Session, slug: str, now: dt.datetime) -> OrganizationRow:
    try:
        return people.organization(session, slug)
    except NotFound:
        name = slug.replace("-", " ").strip().capitalize()
        return make_organization(session, OPERATOR, slug, name or slug, at=now)


def _person(session: Session, address: str) -> UserRow:
    try:
        return people.user_by_email(session, address)
    except NotFound:
        return start.add_person(session, address)

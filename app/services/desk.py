"""What the operator does from the command line, each in a unit of its own."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from app.services.actors import OPERATOR
from app.services.database import Database
from app.services.exchange import Form, export_file, import_file, names_in_file
from app.services.files import GivenFile
from app.services.organizations import make_organization
from app.services.teams import make_team
from app.store.errors import NotFound
from app.store.lookups import assessments, people, teams
from app.store.revision import require_current
from app.store.tables.people import OrganizationRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session, reading, writing

_SLUG_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: the assessment's id, whose it is now, and whether it is closed."""

    public_id: str
    organization: str
    team: str
    quarter: str
    state: str


def take_in(
    database: Database, given: GivenFile, organization: str | None, team: str | None, *, at: dt.datetime
) -> TakenIn:
    """Import a file into an organization (by slug) and a team (by name), or those it names; made where missing.

    Raises what ``import_file`` raises, and WrongSchema.
    """
    require_current(database.engine)
    with writing(database.engine) as session:
        owner = _organization(session, organization)
        whose, who = names_in_file(session, owner.id if owner else 0, given)
        if owner is None:
            owner = _find_or_make(session, organization or slug_of(whose), whose, at)
        found = _team(session, owner, team or who, at)
        row = import_file(session, OPERATOR, found, given, at=at)
        return TakenIn(row.public_id, owner.slug, found.name, row.quarter, row.state)


def hand_out(database: Database, public_id: str, form: Form, *, at: dt.datetime) -> bytes:
    """Export an assessment by its id, whosever it is; raises NotFound, RawStaysHere, WrongSchema."""
    require_current(database.engine)
    with reading(database.engine) as session:
        found = [o.id for o in people.organizations(session) if _has(session, o.id, public_id)]
    if not found:
        raise NotFound("assessment")
    with writing(database.engine) as session:
        row = assessments.assessment(session, found[0], public_id)
        return export_file(session, OPERATOR, row, form, at=at)


def slug_of(name: str) -> str:
    """A name for addresses: small letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_CHARACTERS].strip("-") or "organization"


def _organization(session: Session, slug: str | None) -> OrganizationRow | None:
    try:
        return people.organization(session, slug) if slug else None
    except NotFound:
        return None


def _find_or_make(session: Session, slug: str, name: str, at: dt.datetime) -> OrganizationRow:
    return _organization(session, slug) or make_organization(session, OPERATOR, slug, name, at=at)


def _team(session: Session, owner: OrganizationRow, name: str, at: dt.datetime) -> TeamRow:
    try:
        return teams.team_by_name(session, owner.id, name)
    except NotFound:
        return make_team(session, OPERATOR, owner, name, at=at)


def _has(session: Session, organization_id: int, public_id: str) -> bool:
    try:
        assessments.assessment(session, organization_id, public_id)
    except NotFound:
        return False
    return True

"""Which role may do what, and where: one table."""

from enum import Enum, StrEnum
from types import MappingProxyType

from app.accounts.actor import Actor, Membership
from app.accounts.errors import NotAllowed, SignInNeeded
from app.store.errors import NotFound


class Reach(Enum):
    """How far a permission goes within the organization of a membership."""

    NO = "no"
    OWN = "own teams"  # the teams of the membership; with all teams: every one
    ALL = "all teams"


class Capability(StrEnum):
    """What somebody may be allowed to do."""

    SEE_ORGANIZATION = "see the organization and its teams"
    READ_CLOSED_REPORTS = "read the reports of closed assessments"
    ANSWER = "give own answers"
    WORK_ON_BOARD = "work on a team's board"
    MAKE_TEAMS = "make teams"
    CREATE_ASSESSMENTS = "create and import assessments"
    CHANGE_SETTINGS = "change settings of assessments and teams"
    RUN_ROOM = "open and run the room"
    AGREE = "record agreed levels"
    RECORD_EVIDENCE = "record evidence"
    CLOSE = "close assessments"
    READ_OPEN_RESULTS = "read the results of open assessments"
    EXPORT_SETTLED = "export the settled form"
    TAKE_OVER = "take a room over"
    MANAGE_PEOPLE = "invite people, change roles, remove"
    MANAGE_PACKS = "upload and publish questionnaires"
    EXPORT_RAW = "export the raw form of open assessments"
    VOID = "void assessments"
    READ_AUDIT = "read the audit log"
    DELETE = "delete"


_NO, _OWN, _ALL = Reach.NO, Reach.OWN, Reach.ALL

ROLES = ("viewer", "member", "facilitator", "owner")

#: The columns are ROLES. Who has no membership may do nothing.
TABLE: MappingProxyType[Capability, tuple[Reach, Reach, Reach, Reach]] = MappingProxyType(
    {
        #                               viewer  member  facilitator  owner
        Capability.SEE_ORGANIZATION:    (_ALL,  _ALL,   _ALL,        _ALL),
        Capability.READ_CLOSED_REPORTS: (_ALL,  _ALL,   _ALL,        _ALL),
        Capability.ANSWER:              (_NO,   _OWN,   _OWN,        _ALL),
        Capability.WORK_ON_BOARD:       (_NO,   _OWN,   _OWN,        _ALL),
        Capability.MAKE_TEAMS:          (_NO,   _NO,    _OWN,        _ALL),
        Capability.CREATE_ASSESSMENTS:  (_NO,   _NO,    _OWN,        _ALL),
        Capability.CHANGE_SETTINGS:     (_NO,   _NO,    _OWN,        _ALL),
        Capability.RUN_ROOM:            (_NO,   _NO,    _OWN,        _ALL),
        Capability.AGREE:               (_NO,   _NO,    _OWN,        _ALL),
        Capability.RECORD_EVIDENCE:     (_NO,   _NO,    _OWN,        _ALL),
        Capability.CLOSE:               (_NO,   _NO,    _OWN,        _ALL),
        Capability.READ_OPEN_RESULTS:   (_NO,   _NO,    _OWN,        _ALL),
        Capability.EXPORT_SETTLED:      (_NO,   _NO,    _OWN,        _ALL),
        Capability.TAKE_OVER:           (_NO,   _NO,    _OWN,        _ALL),
        Capability.MANAGE_PEOPLE:       (_NO,   _NO,    _NO,         _ALL),
        Capability.MANAGE_PACKS:        (_NO,   _NO,    _NO,         _ALL),
        Capability.EXPORT_RAW:          (_NO,   _NO,    _NO,         _ALL),
        Capability.VOID:                (_NO,   _NO,    _NO,         _ALL),
        Capability.READ_AUDIT:          (_NO,   _NO,    _NO,         _ALL),
        Capability.DELETE:              (_NO,   _NO,    _NO,         _ALL),
    }
)  # fmt: skip


def may(actor: Actor, capability: Capability, organization: int, team: int | None = None) -> bool:
    """Whether the actor may do this in the organization, and with this team of it (inner keys).

    Without a team it is asked for the organization as a whole: only somebody who works with all teams may.
    The team is one that was looked up within the organization.
    """
    membership = actor.membership_in(organization)
    return membership is not None and _reaches(membership, capability, team)


def require(actor: Actor | None, capability: Capability, organization: int, team: int | None = None) -> Actor:
    """The actor, when they may; raises SignInNeeded, NotFound for a foreign organization, NotAllowed, in this order."""
    if actor is None:
        raise SignInNeeded
    membership = actor.membership_in(organization)
    if membership is None:
        raise NotFound("organization")
    if not _reaches(membership, capability, team):
        raise NotAllowed
    return actor


def _reaches(membership: Membership, capability: Capability, team: int | None) -> bool:
    reach = TABLE[capability][ROLES.index(membership.role)]
    if reach is Reach.OWN:
        return membership.all_teams or team in membership.teams
    return reach is Reach.ALL

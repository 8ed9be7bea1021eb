"""The gate of the routes: who is asking, and whether the route's row lets them in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from flask import g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.accounts import tokens
from app.accounts.actor import Actor, actor_of
from app.accounts.errors import SignInNeeded
from app.accounts.permissions import ROLES, Capability, require
from app.accounts.port import port
from app.services.assessments import questionnaire_for
from app.services.errors import NotThere
from app.services.settings import asked_questions
from app.store.errors import NotFound
from app.store.lookups import assessments, board, people, teams
from app.store.tables.assessments import AssessmentRow

#: What the smallest role that a route names stands for: greater roles may the same.
_STANDS_FOR = {
    "viewer": Capability.READ_CLOSED_REPORTS,
    "member": Capability.ANSWER,
    "facilitator": Capability.CREATE_ASSESSMENTS,
    "owner": Capability.MANAGE_PEOPLE,
}


@dataclass(frozen=True)
class Place:
    """Where a request leads: inner keys, the team None for the organization as a whole."""

    organization_id: int
    team_id: int | None = None


_Find: TypeAlias = Callable[[Session, int, str], Place]


def _organization(session: Session, user_id: int, slug: str) -> Place:
    return Place(people.organization_of_user(session, user_id, slug)[0].id)


def _team(session: Session, user_id: int, public_id: str) -> Place:
    row, _ = teams.team_of_user(session, user_id, public_id)
    return Place(row.organization_id, row.id)


def _assessment(session: Session, user_id: int, public_id: str) -> Place:
    row, _ = assessments.assessment_of_user(session, user_id, public_id)
    return Place(row.organization_id, row.team_id)


def _card(session: Session, user_id: int, public_id: str) -> Place:
    row, _ = board.card_of_user(session, user_id, public_id)
    return Place(row.organization_id, row.team_id)


def _question(session: Session, user_id: int, question: str) -> Place:
    row = _of_request(session, user_id)
    if question not in {one.id for one in asked_questions(questionnaire_for(session, row), row.variant, row.context)}:
        raise NotThere("question", question)
    return Place(row.organization_id, row.team_id)


def _belief(session: Session, user_id: int, belief: str) -> Place:
    row = _of_request(session, user_id)
    if row.variant == "pulse" or belief not in {one.id for one in questionnaire_for(session, row).beliefs}:
        raise NotThere("belief", belief)
    return Place(row.organization_id, row.team_id)


def _of_request(session: Session, user_id: int) -> AssessmentRow:
    """The assessment of which a question or belief is asked for, by the parameter before it."""
    return assessments.assessment_of_user(session, user_id, str((request.view_args or {})["assessment_id"]))[0]


#: How each parameter that leads into an organization is followed.
PARAMETERS: Mapping[str, _Find] = {
    "slug": _organization,
    "team_id": _team,
    "assessment_id": _assessment,
    "action_id": _card,
    # What is not asked here is not there: 404 comes before 403.
    "question": _question,
    "belief": _belief,
}


#: Longer than any id or slug; what cannot be one is not asked for: databases refuse some characters.
_LONGEST_ID = 200


def _id(value: str) -> str:
    if len(value) > _LONGEST_ID or not value.isprintable():
        raise NotFound("place")
    return value


class Row(Protocol):
    """The row of a route: the roles it names, and the parameters that lead into an organization."""

    @property
    def roles(self) -> frozenset[str]:
        """Names of roles."""

    @property
    def within(self) -> tuple[str, ...]:
        """Names of parameters."""


class MembershipGate:
    """Decides by memberships: 401, then 404, then 403."""

    def __init__(self, parameters: Mapping[str, _Find] = PARAMETERS) -> None:
        self._parameters = parameters

    def check(self, access: Row, parameters: Mapping[str, object]) -> None:
        """Let through, or raise SignInNeeded, NotFound, NotAllowed, in this order.

        Every parameter is followed by itself, and all have to lead into the same organization.
        """
        actor = present_actor()
        if actor is None:
            raise SignInNeeded
        session = port().session()
        places = [self._parameters[name](session, actor.user_id, _id(str(parameters[name]))) for name in access.within]
        if len({place.organization_id for place in places}) > 1:
            raise NotFound("place")
        if not places:
            return  # about oneself: being signed in is all
        place = max(places, key=lambda one: one.team_id is not None)
        smallest = min((role for role in access.roles if role in ROLES), key=ROLES.index)
        require(actor, _STANDS_FOR[smallest], place.organization_id, place.team_id)
        g.place = place


def present_actor() -> Actor | None:
    """Who is asking, by a bearer token if there is one, otherwise by the browser's session; None: nobody.

    A token that is not good is nobody, whatever the browser says.
    """
    if "actor" not in g:
        g.actor = _actor()
    found: Actor | None = g.actor
    return found


def _actor() -> Actor | None:
    here = port()
    authorization = request.authorization
    if authorization is None:
        return actor_of(here.session(), current_user.id) if current_user.is_authenticated else None
    if authorization.type != "bearer" or not authorization.token:
        return None
    row = tokens.find_token(here.session(), authorization.token)
    if row is None:
        return None
    if row.last_used_on != here.now().date():
        with here.unit() as unit:
            tokens.note_use(unit, row.id, here.now().date())
    g.api_token_id = row.id
    return actor_of(here.session(), row.user_id)

"""Who did what when: a line for every change of membership and of how somebody signs in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.store.lookups import people
from app.store.record import requests

MEMBER_INVITED = "member.invited"
INVITATION_WITHDRAWN = "member.invitation_withdrawn"
MEMBER_JOINED = "member.joined"
MEMBER_CHANGED = "member.changed"
MEMBER_REMOVED = "member.removed"
RESET_LINK_MADE = "sign_in.reset_link_made"
START_LINK_MADE = "sign_in.start_link_made"
START_LINK_USED = "sign_in.start_link_used"
PASSWORD_CHANGED = "sign_in.password_changed"  # noqa: S105 - the name of an event
SECOND_FACTOR_SET = "sign_in.second_factor_set"
SECOND_FACTOR_REMOVED = "sign_in.second_factor_removed"
RECOVERY_CODES_MADE = "sign_in.recovery_codes_made"
PASSKEY_ADDED = "sign_in.passkey_added"
PASSKEY_REMOVED = "sign_in.passkey_removed"
SINGLE_SIGN_ON_LINKED = "sign_in.single_sign_on_linked"
TOKEN_MADE = "sign_in.token_made"  # noqa: S105 - the name of an event
TOKEN_ENDED = "sign_in.token_ended"  # noqa: S105 - the name of an event


def record(  # noqa: PLR0913 - who did what to what, where and when
    session: Session,
    organization_id: int | None,
    actor: Actor | int | None,
    event: str,
    target: str | None = None,
    detail: Mapping[str, Any] | None = None,
    *,
    at: dt.datetime,
) -> None:
    """Add a line. ``actor`` None is the program or its operator; ``detail`` names no person and no address."""
    actor_id = actor.user_id if isinstance(actor, Actor) else actor
    requests.log(session, organization_id, event, at=at, actor_id=actor_id, target=target, detail=detail)


def record_for_person(
    session: Session,
    user_id: int,
    event: str,
    detail: Mapping[str, Any] | None = None,
    *,
    actor: Actor | int | None = None,
    at: dt.datetime,
) -> None:
    """Add a line in each organization of a person: how they sign in concerns all of them.

    ``actor`` None: the person did it. Someone without an organization leaves a line that belongs to none.
    """
    target = people.user_by_key(session, user_id).public_id
    organizations: list[int | None] = [o.id for o, _ in people.memberships_of(session, user_id)]
    for organization_id in organizations or [None]:
        record(session, organization_id, user_id if actor is None else actor, event, target, detail, at=at)

"""A link to set a new password, shown to the owner who asks for it where no mail can be sent."""

import datetime as dt

from flask_security.recoverable import generate_reset_password_token
from sqlalchemy.orm import Session

from app.accounts import audit
from app.accounts.account import Account
from app.accounts.actor import Actor
from app.accounts.members import require_sole_owner_of
from app.store.lookups import people


def make_reset_link(session: Session, actor: Actor, organization_id: int, public_id: str, now: dt.datetime) -> str:
    """A path such as ``/reset/<token>``, good for a day and once; raises NotAllowed, NotFound."""
    user_id = require_sole_owner_of(session, actor, organization_id, public_id)
    account = Account(people.user_by_key(session, user_id))
    token: str = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
    audit.record(session, organization_id, actor, audit.RESET_LINK_MADE, public_id, at=now)
    return f"/reset/{token}"

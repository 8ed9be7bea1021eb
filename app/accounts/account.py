"""A person as Flask-Security sees one, and its door to the store."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask_security import UserDatastore, UserMixin
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.tables.people import CredentialRow, UserRow


class _Field:
    """An attribute that is the row's."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, account: "Account | None", owner: type) -> Any:  # noqa: ANN401 - whatever the row holds
        return self if account is None else getattr(account.row, self._name)

    def __set__(self, account: "Account", value: object) -> None:
        setattr(account.row, self._name, value)


class Account(UserMixin):
    """A user's row with the behaviour that Flask-Security asks for: rows know nothing of it."""

    id = _Field()
    email = _Field()
    password = _Field()
    active = _Field()
    fs_uniquifier = _Field()
    fs_webauthn_user_handle = _Field()
    mf_recovery_codes = _Field()
    tf_primary_method = _Field()
    tf_totp_secret = _Field()
    webauthn = _Field()

    def __init__(self, row: UserRow) -> None:
        super().__init__()
        self.row = row

    def __hash__(self) -> int:
        """By the row's key."""
        return hash(self.row.id)


class AccountStore(UserDatastore):
    """What Flask-Security asks of a database, in the request's unit of work, which alone commits.

    A row of the unit is written when the unit ends: there is nothing to put.
    """

    def __init__(self, session: Callable[[], Session], now: Callable[[], dt.datetime]) -> None:
        # Roles are memberships: Flask-Security's are never asked for.
        super().__init__(Account, Account, CredentialRow)  # type: ignore[arg-type]
        self._session = session
        self._now = now

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:  # noqa: ANN401, ARG002, FBT001, FBT002
        """The person of whom one attribute is this; addresses are kept in lower case."""
        ((name, value),) = wanted.items()
        row = self._session().scalars(select(UserRow).where(getattr(UserRow, name) == value)).one_or_none()
        return Account(row) if row else None

    def find_webauthn(self, credential_id: bytes) -> CredentialRow | None:  # type: ignore[override]
        """The passkey of this id, which is random and known to its owner's device only."""
        found = select(CredentialRow).where(CredentialRow.credential_id == credential_id)
        return self._session().scalars(found).one_or_none()

    def find_user_from_webauthn(self, webauthn: CredentialRow) -> Account | None:  # type: ignore[override]
        """Whose passkey it is."""
        return Account(webauthn.user)

    def create_webauthn(self, user: Any, credential_id: bytes, **values: Any) -> None:  # type: ignore[override] # noqa: ANN401
        """Keep a new passkey."""
        user.webauthn.append(CredentialRow(credential_id=credential_id, lastuse_datetime=self._now(), **values))
        self._session().flush()

    def delete_webauthn(self, webauthn: CredentialRow) -> None:  # type: ignore[override]
        """Forget a passkey."""
        webauthn.user.webauthn.remove(webauthn)
        self._session().flush()

    def put(self, model: Any) -> Any:  # noqa: ANN401
        """Nothing to do; see the class."""
        return model

    def commit(self) -> None:
        """The unit of work commits; Flask-Security does not."""

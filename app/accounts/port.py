"""What this room needs of the application around it: the request's unit of work, a clock, settings."""

import base64
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request
from sqlalchemy.orm import Session

from app.accounts.mail import Mailer
from app.accounts.secrets import keyed_hash

_EXTENSION = "mythmark_accounts"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider; ``name`` is what its button says."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "Single sign-on"


@dataclass(frozen=True)
class Port:
    """How accounts reach the rest.

    ``session``: the request's own unit of work, opened at the first call; it commits when the request ends without
    an exception, whatever the status, or failures would not be counted. ``look`` and ``note`` are short units of
    their own, to read and to write. ``draw(template, values)`` gives the page, or the text of a letter.
    ``address`` is what links in letters begin with, without a slash at the end; None: the address that was asked for.
    """

    session: Callable[[], Session]
    look: Callable[[], AbstractContextManager[Session]]
    note: Callable[[], AbstractContextManager[Session]]
    now: Callable[[], dt.datetime]
    draw: Callable[[str, Mapping[str, Any]], Any]
    secret_key: bytes = field(repr=False)
    mailer: Mailer | None = None
    address: str | None = None
    provider: Provider | None = None

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """A unit that writes: the request's own, or a short one where the request only reads, as signing in by GET."""
        if request.method in _READS:
            with self.note() as session:
                session.expire_on_commit = False
                yield session
        else:
            yield self.session()

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose."""
        return bytes.fromhex(keyed_hash(self.secret_key, purpose))

    def derived_text(self, purpose: str) -> str:
        """The same in letters fit for addresses."""
        return base64.urlsafe_b64encode(self.derived(purpose)).decode()

    @property
    def throttle_key(self) -> bytes:
        """What throttles are hashed with."""
        return self.derived("throttles")


def attach(app: Any, port: Port) -> None:  # noqa: ANN401 - a Flask application
    """Make the port known to requests of this application."""
    app.extensions[_EXTENSION] = port


def port() -> Port:
    """The port of the application that answers this request."""
    found: Port = current_app.extensions[_EXTENSION]
    return found

"""Who may ask for which route: every view says it, and the gate of the accounts decides.

    @blueprint.post("/assessments/<int:assessment_id>/close")
    @allow(Role.OWNER, Role.FACILITATOR, within=("assessment_id",))
    def close(assessment_id: int) -> Response: ...

A route without a row stops the start of the program, and so does a parameter of which nobody said whether it leads
into somebody's organization.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import Rule

from app.domain.errors import MythmarkError

#: Enough for any form of ours; uploads say more.
FORM_BYTES = 128 * 1024
UPLOAD_BYTES = 1024 * 1024

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """Who somebody is to the thing that is asked for."""

    OWNER = "owner"
    FACILITATOR = "facilitator"
    MEMBER = "member"
    VIEWER = "viewer"
    PARTICIPANT = "participant"
    OPERATOR = "operator"
    ANYONE = "anyone"


class NotSignedIn(MythmarkError):
    """Nobody is signed in, or the token is not one of ours: 401."""

    def __init__(self) -> None:
        super().__init__("this needs somebody who is signed in")


class NoSeat(NotSignedIn):
    """This device holds no seat in a room that is open: 401, and the way to join."""


class NotAllowed(MythmarkError):
    """A member of the organization whose role is too small: 403."""

    def __init__(self, need: str = "this needs another role") -> None:
        super().__init__(need)


class NotThere(MythmarkError):
    """Missing, or of another organization, which is the same to whoever asks: 404."""

    def __init__(self) -> None:
        super().__init__("there is nothing at this address")


class NoSuchRoom(NotThere):
    """No open room has this code: 404, and the way to type it again."""


class UndecidedRoute(RuntimeError):
    """A route without a row, or with a parameter that nobody decided about."""


@dataclass(frozen=True, slots=True)
class Access:
    """The row of one route. ``within`` names the parameters that lead into an organization, ``free`` the others."""

    roles: frozenset[Role]
    within: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    at_most: int = FORM_BYTES

    @property
    def open(self) -> bool:
        """Whether nobody has to be asked."""
        return Role.ANYONE in self.roles


class Gate(Protocol):
    """Decides; made by the accounts."""

    def check(self, access: Access, parameters: Mapping[str, object]) -> None:
        """Return, or raise NotSignedIn, then NotThere, then NotAllowed: in this order."""


class ClosedGate:
    """Nobody is known yet: whatever is not for anyone asks to sign in."""

    def check(self, access: Access, parameters: Mapping[str, object]) -> None:
        """Refuse."""
        del access, parameters
        raise NotSignedIn


def allow(
    *roles: Role, within: Iterable[str] = (), free: Iterable[str] = (), at_most: int = FORM_BYTES
) -> Callable[[View], View]:
    """Say who may use a view, and how many bytes its body may have."""
    if not roles:
        raise UndecidedRoute("allow() without a role lets nobody in; name at least one")
    row = Access(frozenset(roles), tuple(within), tuple(free), at_most)

    def mark(view: View) -> View:
        view.access = row  # type: ignore[attr-defined]  # a function carries its row
        return view

    return mark


def access_rows(app: Flask, others: Mapping[str, Access]) -> dict[str, Access]:
    """The row of every endpoint; ``others`` are those of views that are not ours. Raises UndecidedRoute."""
    return {rule.endpoint: _row(app, rule, others) for rule in app.url_map.iter_rules()}


def _row(app: Flask, rule: Rule, others: Mapping[str, Access]) -> Access:
    row = others.get(rule.endpoint) or getattr(app.view_functions[rule.endpoint], "access", None)
    if not isinstance(row, Access):
        raise UndecidedRoute(f"{rule.rule} ({rule.endpoint}) says not who may use it; mark its view with @allow(...)")
    undecided = set() if row.open else set(rule.arguments) - {*row.within, *row.free}
    if undecided:
        names = ", ".join(sorted(undecided))
        raise UndecidedRoute(f"{rule.rule} ({rule.endpoint}) leaves open whether {names} leads into an organization")
    return row


def guard(app: Flask, gate: Gate, others: Mapping[str, Access]) -> None:
    """Ask the gate before every view, then look at the size; call it when every route is there.

    What is sent is read before the gate looks into the database: it may come slowly, and SQLite has one writer.
    """
    rows = access_rows(app, others)

    @app.before_request
    def decide() -> None:
        if request.endpoint is None:
            return
        row = rows[request.endpoint]
        request.max_content_length = row.at_most
        fits = _read_body()
        if not row.open:
            gate.check(row, request.view_args or {})
        if not fits:
            raise RequestEntityTooLarge


def _read_body() -> bool:
    """Whether what was sent is no larger than it may be; then it is there."""
    if (request.content_length or 0) > (request.max_content_length or 0):
        return False
    try:
        request.get_data()
    except RequestEntityTooLarge:  # of a length that was not told
        return False
    return True

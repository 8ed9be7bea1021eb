"""What the factory is given: the rooms, and the few things that the shell asks of others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Flask

from app.web.access import Access, ClosedGate, Gate
from app.web.health import Ready
from app.web.home import blueprint as home
from app.web.sign_in import blueprint as sign_in


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the application.

    ``rooms`` are blueprints; ``home`` is the one with ``/`` and ``entrance`` the one with ``/sign-in``; ``extend`` is
    called with the application for what is no blueprint (accounts, sessions, a unit of work); ``others`` holds the
    access rows of views that are not ours, by endpoint.
    """

    rooms: tuple[Blueprint, ...] = ()
    home: Blueprint = home
    entrance: Blueprint = sign_in
    gate: Gate = field(default_factory=ClosedGate)
    ready: Ready = lambda: None
    extend: tuple[Callable[[Flask], None], ...] = ()
    others: Mapping[str, Access] = field(default_factory=dict)

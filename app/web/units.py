"""One transaction a request: opened at the first look, committed once before the answer leaves, or not at all.

A request that only reads sees one state of the database from its first look to its last. What a view raises takes
back whatever it wrote; a refused form (422) commits, since wrong passwords have to be counted.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from app.store.compacting import compact
from app.store.unit_of_work import Engine, Session, reading, writing
from app.web.routing import PatientRule

_EXTENSION = "mythmark_units"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Flask):
    """Flask, with the one commit point of a request between its view and its answer."""

    url_rule_class = PatientRule

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer by the view; what it wrote is durable before anything is acknowledged."""
        try:
            answer = super().dispatch_request()
            end_unit()
        except BaseException as error:
            _leave(error)
            raise
        return answer


def keep_units(app: Flask, engine: Engine) -> None:
    """Give each request of this application a unit of work on this database."""
    app.extensions[_EXTENSION] = engine

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        # What is open here belongs to a request that never came to its view, or to what is drawn after it.
        _leave(error)


def session() -> Session:
    """The request's own unit: one that reads for a request that reads, one that writes for the others."""
    if "unit" not in g:
        stack = ExitStack()
        g.unit = stack.enter_context(look() if request.method in READS else note())
        g.unit_stack = stack
    found: Session = g.unit
    return found


def end_unit() -> None:
    """Commit now and let go of the database, as before waiting for something slow; the next look opens another."""
    _leave(None)


def after_commit(work: Callable[[], None]) -> None:
    """Do something once what this request writes is durable; not at all when it is taken back."""
    g.setdefault("after_commit", []).append(work)


def compact_after_commit() -> None:
    """Leave nothing in the file of an embedded database of what this request deletes, once it is durable."""
    engine = _engine()

    def work() -> None:
        compact(engine)

    after_commit(work)


def look() -> AbstractContextManager[Session]:
    """A short unit of its own that reads."""
    return reading(_engine())


def note() -> AbstractContextManager[Session]:
    """A short unit of its own that writes. Not while the request's own writes: SQLite has one writer."""
    return writing(_engine())


def later() -> Callable[[], AbstractContextManager[Session]]:
    """Begins short units that write, for work that goes on when the request is over."""
    return partial(writing, _engine())


def _engine() -> Engine:
    engine: Engine = current_app.extensions[_EXTENSION]
    return engine


def _leave(error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("unit_stack", None)
    g.pop("unit", None)
    waiting: list[Callable[[], None]] = g.pop("after_commit", [])
    if stack is not None:
        stack.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)
    if error is None:
        for work in waiting:
            work()

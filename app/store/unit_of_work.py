"""Engines, and the two units of work: one transaction a request, committed once at the end or not at all."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Executable, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.store.errors import StoreBusy, Unreachable
from app.store.scope import guard
from app.store.syncing import Aside, SharedSync, at_once

__all__ = ["Engine", "Session", "is_sqlite", "make_engine", "plainly", "reach", "reading", "writing", "writing_engine"]

BUSY_SECONDS = 10.0
#: How long a writer sleeps before it asks again for a lock that another process holds.
_ASK_AGAIN_SECONDS = 0.01
_WRITES = "mythmark_writes"
_AT_ONCE = "mythmark_at_once"
_queues: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_syncs: WeakKeyDictionary[Engine, SharedSync] = WeakKeyDictionary()


def make_engine(url: str, *, guarded: bool = False, aside: Aside = at_once) -> Engine:
    """An engine for SQLite (``sqlite:///file``) or PostgreSQL (``postgresql://...``, read with psycopg 3).

    ``guarded``: a statement on a tenant's table without its organization raises UnscopedQuery (for tests). ``aside``:
    where to wait for the disk, which on SQLite would stop the whole thread.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _queues[engine] = threading.Lock()
        _syncs[engine] = SharedSync(f"{parsed.database}-wal", aside)
    else:
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True)
    if guarded:
        guard(engine)
    return engine


def is_sqlite(engine: Engine | Connection) -> bool:
    """Whether the embedded database is behind this engine."""
    return engine.dialect.name == "sqlite"


def reach(engine: Engine) -> None:
    """Ask the database for nothing at all; raises Unreachable, saying why it does not answer."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        why = " ".join(str(error.orig).split())
        raise Unreachable(f"the database does not answer ({why}); look at DATABASE_URL and MYTHMARK_DATA") from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - narrows the type of the driver's connection
    # The driver would begin transactions by its own lights, and none before DDL: _begin_sqlite does it instead.
    connection.isolation_level = None
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    # With a log beside the file ``writing`` waits for the disk; where there can be none, each commit does.
    for pragma in (f"synchronous={'NORMAL' if mode == 'wal' else 'FULL'}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes cannot wait for its turn: it fails at once.
    options = connection.get_execution_options()
    writes = options.get(_WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    with _impatient(connection) if options.get(_AT_ONCE, False) else nullcontext():
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    """Let SQLite say at once that another holds the lock: it would wait for it inside, and stop every greenlet."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - narrows the type of the driver's connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A unit that sees one state of the database from its first look to its last, and cannot write."""
    if is_sqlite(engine):
        bound = engine
    else:
        bound = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with Session(bound, autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A unit that writes: commits when the block ends, rolls back when it raises; raises StoreBusy.

    When it has ended, what it wrote survives a loss of power.
    On SQLite writers of one process queue here, and ask again and again for a lock that another process holds: where
    the database itself waits, every greenlet does.
    """
    with _turn(engine), _busy_said(), Session(engine) as session, session.begin():
        _take_lock(session)
        yield session
    sync = _syncs.get(engine)
    if sync is not None:
        sync.reach()  # the next writer goes on meanwhile


def plainly(session: Session, statement: Executable, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a result
    """Run a short statement without the session between, which takes as long; what waits in it is written first."""
    session.flush()
    return session.connection().execute(statement, values)


def writing_engine(engine: Engine) -> Engine:
    """The same engine, beginning transactions that write."""
    return engine.execution_options(**{_WRITES: True})


def _take_lock(session: Session) -> None:
    """Begin to write before the first read."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            session.connection(execution_options={_WRITES: True, _AT_ONCE: True})
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() >= ends:
                raise
            time.sleep(_ASK_AGAIN_SECONDS)
        else:
            return


@contextmanager
def _busy_said() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if _is_busy(error):
            raise StoreBusy from error
        raise


def _is_busy(error: OperationalError) -> bool:
    return "database is locked" in str(error.orig)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    queue = _queues.get(engine)
    if queue is None:
        yield
        return
    if not queue.acquire(timeout=BUSY_SECONDS):
        raise StoreBusy
    try:
        yield
    finally:
        queue.release()

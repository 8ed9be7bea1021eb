"""The schema of the database: bringing it to this program's version, or back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from app.store.errors import WrongSchema
from app.store.revision import SCRIPTS, current_revision, refuse_foreign
from app.store.unit_of_work import is_sqlite, writing_engine

#: Any fixed number: nodes that start together migrate one after the other.
_LOCK = 7_346_128_905


def migrate(engine: Engine, revision: str = "head", *, scripts: Path = SCRIPTS) -> str:
    """Bring the database up to a revision, wholly or not at all; the revision reached. Raises WrongSchema."""
    refuse_foreign(engine, scripts)
    with _connection(engine) as connection:
        command.upgrade(_config(scripts, connection), revision)
    return current_revision(engine) or ""


def step_back(engine: Engine, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Bring the database down to an older revision (``base``: to nothing). Raises WrongSchema."""
    refuse_foreign(engine, scripts)
    with _connection(engine) as connection:
        command.downgrade(_config(scripts, connection), revision)


def _config(scripts: Path, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(engine: Engine) -> Iterator[Connection]:
    """A connection in one writing transaction; on SQLite without foreign keys, which are checked at the end."""
    with writing_engine(engine).connect() as connection:
        if not is_sqlite(engine):
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
            return
        # A table that is made anew (SQLite's way of altering one) would take its dependents with it. The switch
        # does nothing inside a transaction, so it is thrown on the driver's connection before one begins.
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a checked-out connection has its driver's
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise WrongSchema(f"the migration would leave {len(broken)} rows that point at nothing")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")

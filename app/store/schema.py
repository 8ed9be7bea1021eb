"""The schema of the database: bringing it to this program's version, and refusing to run on another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from app.store.errors import WrongSchema
from app.store.unit_of_work import is_sqlite, writing_engine

SCRIPTS = Path(__file__).with_name("migrations")
_VERSIONS = "alembic_version"
#: Any fixed number: nodes that start together migrate one after the other.
_LOCK = 7_346_128_905


def program_revision(scripts: Path = SCRIPTS) -> str:
    """The revision that this program needs."""
    head = ScriptDirectory(str(scripts)).get_current_head()
    if head is None:
        raise WrongSchema("the program holds no migrations; install it again")
    return head


def current_revision(engine: Engine) -> str | None:
    """The revision of the database; None before the first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_empty(engine: Engine) -> bool:
    """Whether the database holds no tables at all."""
    return not inspect(engine).get_table_names()


def migrate(engine: Engine, revision: str = "head", *, scripts: Path = SCRIPTS) -> str:
    """Bring the database up to a revision, wholly or not at all; the revision reached. Raises WrongSchema."""
    _refuse_foreign(engine, scripts)
    with _connection(engine) as connection:
        command.upgrade(_config(scripts, connection), revision)
    return current_revision(engine) or ""


def step_back(engine: Engine, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Bring the database down to an older revision (``base``: to nothing). Raises WrongSchema."""
    _refuse_foreign(engine, scripts)
    with _connection(engine) as connection:
        command.downgrade(_config(scripts, connection), revision)


def require_current(engine: Engine) -> None:
    """Raise WrongSchema, saying what to do, unless the database is at this program's revision."""
    _refuse_foreign(engine, SCRIPTS)
    present = current_revision(engine)
    if present != program_revision():
        state = "is empty" if present is None else f"is at revision {present}"
        raise WrongSchema(
            f"the database {state}, this program needs {program_revision()}; make a backup, then run `mythmark migrate`"
        )


def _refuse_foreign(engine: Engine, scripts: Path) -> None:
    tables = set(inspect(engine).get_table_names())
    present = current_revision(engine)
    if present is None and tables - {_VERSIONS}:
        raise WrongSchema("the database holds tables that are not Mythmark's; point DATABASE_URL at another one")
    known = {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}
    if present is not None and present not in known:
        raise WrongSchema(
            f"the database is at revision {present}, which this program does not know: a newer program wrote it; "
            "install that version, or restore a backup made before the upgrade"
        )


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

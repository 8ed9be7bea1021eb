"""The database as the settings name it: opened, brought to this version, and looked at."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings
from app.services.packs import place_shipped
from app.store.copies import database_file
from app.store.errors import CopyRefused, Unreachable
from app.store.revision import current_revision, is_empty, program_revision, require_current
from app.store.schema import migrate
from app.store.unit_of_work import Engine, is_sqlite, make_engine, reach, writing


@dataclass(frozen=True, slots=True)
class Database:
    """An open database and the settings it was opened by."""

    settings: Settings
    engine: Engine


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of the settings, which answers; the data folder is made for an embedded one. Raises Unreachable."""
    file = embedded_file(settings)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Unreachable(f"{file.parent}: {(error.strerror or str(error)).lower()}; set MYTHMARK_DATA") from None
    engine = make_engine(settings.database)
    try:
        reach(engine)
        yield Database(settings, engine)
    finally:
        engine.dispose()


def bring_up(database: Database, *, at: dt.datetime) -> str:
    """Bring the database to this version of the program, shipped questionnaires included; the revision reached.

    Raises WrongSchema.
    """
    revision = migrate(database.engine)
    with writing(database.engine) as session:
        place_shipped(session, at=at)
    return revision


def make_ready(database: Database, *, at: dt.datetime) -> None:
    """Bring up an empty or an embedded database; raises WrongSchema for another that is not at this version."""
    if is_sqlite(database.engine) or is_empty(database.engine):
        bring_up(database, at=at)
        return
    require_current(database.engine)
    with writing(database.engine) as session:
        place_shipped(session, at=at)


def embedded_file(settings: Settings) -> Path | None:
    """The file of the embedded database; None for PostgreSQL."""
    engine = make_engine(settings.database)
    try:
        return database_file(engine)
    except CopyRefused:
        return None
    finally:
        engine.dispose()


def look_at_database(settings: Settings) -> str:
    """What the database is, if it answers; raises Unreachable."""
    with opened(settings) as database:
        return "SQLite answers" if is_sqlite(database.engine) else "PostgreSQL answers"


def look_at_migrations(settings: Settings) -> str:
    """At which revision the database is; raises WrongSchema when it is not this program's."""
    with opened(settings) as database:
        if is_empty(database.engine):
            return f"an empty database; it will be brought to {program_revision()}"
        require_current(database.engine)
        return f"at {current_revision(database.engine)}"

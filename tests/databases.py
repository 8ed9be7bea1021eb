"""Databases to copy from, made once a run: migrating takes a third of a second, the shipped questionnaire one more."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from app.services.packs import place_shipped
from app.store.schema import migrate
from app.store.unit_of_work import make_engine, writing

#: When the shipped questionnaire was placed.
PLACED = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)


@cache
def migrated_file(folder: Path) -> Path:
    """A migrated SQLite database in the folder of a run."""
    file = folder / "migrated.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@cache
def stocked_file(folder: Path) -> Path:
    """A migrated SQLite database with the shipped questionnaire, in the folder of a run."""
    file = folder / "stocked.db"
    shutil.copyfile(migrated_file(folder), file)
    engine = make_engine(f"sqlite:///{file}")
    with writing(engine) as session:
        place_shipped(session, at=PLACED)
    engine.dispose()
    return file


@contextmanager
def copied(file: Path, folder: Path) -> Iterator[Engine]:
    """An engine on a copy in this folder, with the guard of tenants on."""
    own = folder / "mythmark.db"
    shutil.copyfile(file, own)
    engine = make_engine(f"sqlite:///{own}", guarded=True)
    yield engine
    engine.dispose()

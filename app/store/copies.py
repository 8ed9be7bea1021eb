"""Backup and restore of the embedded database.

PostgreSQL has its own tools for this, which know its roles, its replication and point-in-time recovery
(``pg_dump --format=custom``, ``pg_basebackup``): the store names them and does not imitate them.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from app.store.errors import CopyRefused
from app.store.revision import known_revisions
from app.store.unit_of_work import is_sqlite

_PRIVATE = 0o600


def database_file(engine: Engine) -> Path:
    """The file of the embedded database; raises CopyRefused for PostgreSQL."""
    if not is_sqlite(engine) or not engine.url.database or engine.url.database == ":memory:":
        raise CopyRefused(
            "this database is not a file of Mythmark's; back it up with PostgreSQL's own tools: "
            "`pg_dump --format=custom --file=mythmark.dump $DATABASE_URL`, and `pg_restore --clean` to bring it back"
        )
    return Path(engine.url.database)


def backup(engine: Engine, file: Path) -> str:
    """Copy the database to a new file while others read and write; the revision of its schema.

    The copy holds everything that was committed before the call. It appears whole or not at all, readable by its
    owner only. Raises CopyRefused.
    """
    source = database_file(engine)
    if file.exists():
        raise CopyRefused(f"{file} is there already; name a new file")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy)  # in one step: one snapshot, however much is written meanwhile
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        revision = examine(part)
        _sync(part)
        part.rename(file)
        _sync(file.parent)
    finally:
        part.unlink(missing_ok=True)
    return revision


def examine(file: Path) -> str:
    """The revision of a backup that is whole, consistent and known; raises CopyRefused."""
    try:
        with closing(sqlite3.connect(f"file:{_quoted(file)}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CopyRefused(f"{file} is damaged; use another backup")
            if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise CopyRefused(f"{file} holds rows that point at nothing; use another backup")
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise CopyRefused(f"{file} is no backup of Mythmark ({error})") from error
    if found is None or found[0] not in known_revisions():
        raise CopyRefused(f"{file} was made by a newer program; install that version to restore it")
    return str(found[0])


def restore(file: Path, engine: Engine, *, force: bool = False) -> str:
    """Put a backup in the place of the database; the revision of its schema (migrate may follow).

    Raises CopyRefused: for a file that is not a whole backup, while anything has the database open, and where a
    database is there unless ``force``.
    """
    target = database_file(engine)
    revision = examine(file)
    engine.dispose()
    if target.exists():
        if not force:
            raise CopyRefused(f"{target} is there already; say --force to replace it")
        _refuse_when_open(target)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
    try:
        address = f"file:{_quoted(file)}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as copy, closing(sqlite3.connect(part)) as fresh:
            copy.backup(fresh)
        _sync(part)
        for beside in ("-wal", "-shm"):  # what belongs to the old file would be played into the new one
            target.with_name(target.name + beside).unlink(missing_ok=True)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return revision


def _refuse_when_open(target: Path) -> None:
    """Leaving the write-ahead log needs the file for oneself: it fails while any other connection is open."""
    running = CopyRefused(f"{target} is in use; stop the server first")
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as alone:
            if alone.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
                raise running
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise running from error
    except sqlite3.DatabaseError:
        return  # what cannot be read may be replaced


def _quoted(file: Path) -> str:
    return str(file.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

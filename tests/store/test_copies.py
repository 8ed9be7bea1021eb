import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.store.copies import backup, examine, restore
from app.store.errors import CopyRefused
from app.store.lookups import people
from app.store.revision import program_revision, require_current
from app.store.unit_of_work import make_engine, reading, writing
from tests.store import cast


def _count(engine: Engine) -> int:
    with reading(engine) as session:
        return int(session.execute(text("SELECT count(*) FROM organizations")).scalar_one())


def test_a_backup_under_load_misses_nothing_acknowledged_before_its_start(lite: Engine, tmp_path: Path) -> None:
    stop, acknowledged = threading.Event(), 0

    def write() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            with writing(lite) as session:
                cast.organization(session, f"o{acknowledged}")
            acknowledged += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before = acknowledged
            assert backup(lite, tmp_path / f"{number}.db") == program_revision()
            copy = make_engine(f"sqlite:///{tmp_path / f'{number}.db'}")
            assert _count(copy) >= before
            copy.dispose()
    finally:
        stop.set()
        writer.join()
    assert acknowledged > 0


def test_a_restored_backup_is_the_database_as_it_was(lite: Engine, tmp_path: Path) -> None:
    with writing(lite) as session:
        cast.organization(session, "kept")
    backup(lite, tmp_path / "copy.db")
    with writing(lite) as session:
        cast.organization(session, "later")
    assert restore(tmp_path / "copy.db", lite, force=True) == program_revision()
    require_current(lite)
    with reading(lite) as session:
        assert people.organization(session, "kept").name == "Kept"
    assert _count(lite) == 1


def test_a_backup_is_readable_by_its_owner_only_and_overwrites_nothing(lite: Engine, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CopyRefused, match="there already"):
        backup(lite, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*.part"))


def test_a_restore_overwrites_nothing_unless_told_to(lite: Engine, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    with pytest.raises(CopyRefused, match="--force"):
        restore(tmp_path / "copy.db", lite)


def test_a_restore_refuses_while_a_server_has_the_database_open(lite: Engine, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    server = make_engine(str(lite.url))
    assert _count(server) == 0
    with pytest.raises(CopyRefused, match="stop the server"):
        restore(tmp_path / "copy.db", lite, force=True)
    with writing(server) as session:
        cast.organization(session, "still served")
    server.dispose()
    restore(tmp_path / "copy.db", lite, force=True)
    assert _count(lite) == 0


def test_a_restore_into_an_empty_place_needs_no_force(lite: Engine, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    fresh = make_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    restore(tmp_path / "copy.db", fresh)
    require_current(fresh)
    fresh.dispose()


def test_what_is_no_whole_backup_is_refused(lite: Engine, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    text_file, cut, newer, other = (tmp_path / n for n in ("text.db", "cut.db", "newer.db", "other.db"))
    text_file.write_text("no database at all " * 100)
    cut.write_bytes(whole[: len(whole) // 2])
    newer.write_bytes(whole)
    for file, change in ((newer, "UPDATE alembic_version SET version_num = '9999'"), (other, "CREATE TABLE t (i)")):
        with sqlite3.connect(file) as connection:
            connection.execute(change)
        connection.close()
    for file, says in ((text_file, "no backup"), (cut, "damaged|no backup"), (newer, "newer"), (other, "no backup")):
        with pytest.raises(CopyRefused, match=says):
            examine(file)
    with pytest.raises(CopyRefused):
        restore(cut, lite, force=True)
    require_current(lite)


def test_postgresql_is_left_to_its_own_tools(empty_postgres: Engine, tmp_path: Path) -> None:
    with pytest.raises(CopyRefused, match="pg_dump"):
        backup(empty_postgres, tmp_path / "copy.db")

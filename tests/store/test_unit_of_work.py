import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from app.store import unit_of_work
from app.store.errors import StoreBusy
from app.store.tables.people import OrganizationRow
from app.store.unit_of_work import make_engine, reading, writing
from tests.store import cast


class _Stop(Exception):
    pass


def _names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(OrganizationRow.slug).order_by(OrganizationRow.slug)))


def test_a_unit_that_ends_well_is_kept(engine: Engine) -> None:
    with writing(engine) as session:
        cast.organization(session, "kept")
    assert _names(engine) == ["kept"]


def test_a_unit_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as session:
            cast.organization(session, "lost")
            raise _Stop

    with pytest.raises(_Stop):
        fail()
    assert _names(engine) == []


def test_a_reading_unit_cannot_write(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(DBAPIError, match=r"read.?only"):
        cast.organization(session, "never")
    with writing(engine) as session:
        cast.organization(session, "after")
    assert _names(engine) == ["after"]


def test_a_reading_unit_sees_one_state_from_first_to_last(engine: Engine) -> None:
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(OrganizationRow)) == 0
        with writing(engine) as other:
            cast.organization(other, "meanwhile")
        assert session.scalar(select(func.count()).select_from(OrganizationRow)) == 0
    assert _names(engine) == ["meanwhile"]


def test_units_that_read_and_then_write_all_get_their_turn(lite: Engine) -> None:
    with writing(lite) as session:
        key = cast.organization(session, "counter").id

    def raise_by_one(_: int) -> None:
        with writing(lite) as session:
            row = session.get_one(OrganizationRow, key)
            row.retention_days = (row.retention_days or 0) + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(raise_by_one, range(40)))
    with reading(lite) as session:
        assert session.get_one(OrganizationRow, key).retention_days == 30 + 40


def test_a_writer_that_waits_too_long_is_told_so(lite: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_of_work, "BUSY_SECONDS", 0.05)
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(lite):
            inside.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    with pytest.raises(StoreBusy), writing(lite):
        pass
    # Another process has an engine of its own, and meets the lock of the database itself.
    other = make_engine(str(lite.url))
    with pytest.raises(StoreBusy), writing(other):
        pass
    leave.set()
    holder.join()
    other.dispose()


def test_a_lock_of_another_process_is_waited_for(lite: Engine) -> None:
    other = make_engine(str(lite.url))
    inside = threading.Event()

    def hold() -> None:
        with writing(other) as session:
            cast.organization(session, "first")
            inside.set()
            time.sleep(0.3)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    with writing(lite) as session:
        cast.organization(session, "second")
    holder.join()
    other.dispose()
    assert _names(lite) == ["first", "second"]


def test_who_waits_for_another_process_stops_no_greenlet(lite: Engine) -> None:
    # A process of its own: gevent changes the standard library for good.
    program = f"""if True:
        from gevent import monkey
        monkey.patch_all()
        import gevent, time
        from app.store.unit_of_work import make_engine, writing
        engine, looked = make_engine({str(lite.url)!r}), []
        def write():
            with writing(engine):
                pass
        waiting = gevent.spawn(write)
        while not waiting.ready():
            looked.append(time.monotonic())
            if len(looked) == 1:
                print("waits", flush=True)
            gevent.sleep(0.01)
        waiting.get()
        print(max(later - earlier for earlier, later in zip(looked, looked[1:])))
    """
    with writing(lite):
        waiter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert waiter.stdout is not None
        assert waiter.stdout.readline() == "waits\n"
        time.sleep(1.0)
    longest = float(waiter.communicate(timeout=20)[0])
    assert longest < 0.5


def test_the_embedded_database_is_durable_and_strict(lite: Engine) -> None:
    with reading(lite) as session:
        found = [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert found == ["wal", 1, 1]  # NORMAL: the unit waits for the disk itself (test_syncing.py)


def test_where_there_is_no_log_each_commit_waits_for_the_disk() -> None:
    with reading(make_engine("sqlite://")) as session:
        assert [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")] == ["memory", 2]

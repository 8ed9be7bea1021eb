"""A disk that can lose power at any moment: what a unit wrote is on it as soon as the unit has ended."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.store import syncing
from app.store.tables.people import OrganizationRow
from app.store.unit_of_work import make_engine, reading, writing
from tests.store import cast


class Disk:
    """Keeps what the files held when the log was last synced: all that is left after a loss of power."""

    def __init__(self, database: str, folder: Path, *, waits: bool = False) -> None:
        self.database, self.folder, self.syncs = database, folder, 0
        self.begun, self.go_on = threading.Event(), threading.Event()
        if not waits:
            self.go_on.set()

    def sync(self, file: int) -> None:
        """In the place of the system's own."""
        assert Path(f"/proc/self/fd/{file}").readlink() == Path(f"{self.database}-wal")
        self.syncs += 1
        after = self.folder / f"{self.syncs}.db"
        shutil.copyfile(self.database, after)
        shutil.copyfile(f"{self.database}-wal", f"{after}-wal")
        self.begun.set()
        assert self.go_on.wait(10)

    def left(self) -> set[str]:
        """The organizations that are there after a loss of power."""
        engine = make_engine(f"sqlite:///{self.folder / f'{self.syncs}.db'}")
        with reading(engine) as session:
            found = set(session.scalars(select(OrganizationRow.slug)))
        engine.dispose()
        return found


def _write(engine: Engine, name: str) -> None:
    with writing(engine) as session:
        cast.organization(session, name)


def test_what_a_unit_wrote_survives_a_loss_of_power(
    lite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(str(lite.url.database), tmp_path)
    monkeypatch.setattr(syncing, "_sync", disk.sync)
    for name in ("first", "second"):
        _write(lite, name)
        assert name in disk.left()


def test_those_who_commit_while_the_disk_is_busy_share_the_next_sync(
    lite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(str(lite.url.database), tmp_path, waits=True)
    monkeypatch.setattr(syncing, "_sync", disk.sync)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(_write, lite, "first")
        assert disk.begun.wait(10)
        others = [pool.submit(_write, lite, f"other{number}") for number in range(8)]
        # They are committed, and nobody is told yet: what the disk is writing was taken before.
        while len(_stored(lite)) < 9:
            assert not any(other.done() for other in others)
        disk.go_on.set()
        for done in (first, *others):
            done.result(10)
    assert disk.syncs == 2
    assert len(disk.left()) == 9


def test_a_disk_that_refuses_is_no_success(lite: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(syncing, "_sync", refuse)
        for name in ("one", "two"):
            with pytest.raises(OSError, match="Input/output"):
                _write(lite, name)
    _write(lite, "three")


def test_a_log_that_is_folded_in_needs_no_sync(tmp_path: Path) -> None:
    asked: list[Callable[[], None]] = []

    def aside(work: Callable[[], None]) -> None:
        asked.append(work)
        work()

    syncing.SharedSync(str(tmp_path / "gone.db-wal"), aside).reach()
    assert len(asked) == 1


def _stored(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.scalars(select(OrganizationRow.slug)))

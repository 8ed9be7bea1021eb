"""Databases for the tests: a fresh SQLite file each, and one real PostgreSQL server a run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.store.schema import migrate
from app.store.unit_of_work import make_engine
from tests.databases import copied, migrated_file

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy from."""
    return migrated_file(tmp_path_factory.getbasetemp())


@pytest.fixture
def lite(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite database of one's own, with the guard of tenants on."""
    with copied(migrated, tmp_path) as own:
        yield own


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server in a folder of its own, on a free port; its address without a database."""
    assert _BINARIES, "these tests need PostgreSQL's server (Debian: postgresql)"
    folder = Path(tempfile.mkdtemp(prefix="mythmark-pg-"))
    # initdb refuses to run as root
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = [*as_user, str(_BINARIES[-1] / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    initdb = [*as_user, str(_BINARIES[-1] / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "mythmark"]
    subprocess.run([*initdb, "-E", "UTF8", "--no-sync"], check=True, capture_output=True, cwd="/")
    subprocess.run([*start, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd="/")
    yield f"postgresql://mythmark@127.0.0.1:{port}"
    subprocess.run([*start, "-m", "immediate", "stop"], check=True, cwd="/")
    shutil.rmtree(folder)


@pytest.fixture
def empty_postgres(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty PostgreSQL database of one's own."""
    yield from _database(postgres_server, f"empty{abs(hash(request.node.nodeid)):x}", "template1")


@pytest.fixture(scope="session")
def template(postgres_server: str) -> str:
    """The name of a migrated database to copy from."""
    for engine in _database(postgres_server, "migrated", "template1"):
        migrate(engine)
    return "migrated"


@pytest.fixture
def postgres(postgres_server: str, template: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated PostgreSQL database of one's own, with the guard of tenants on."""
    yield from _database(postgres_server, f"copy{abs(hash(request.node.nodeid)):x}", template)


def _database(server: str, name: str, template: str) -> Iterator[Engine]:
    admin = make_engine(f"{server}/postgres")
    with admin.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    engine = make_engine(f"{server}/{name}", guarded=True)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A migrated database of each kind."""
    made: Engine = request.getfixturevalue("lite" if request.param == "sqlite" else "postgres")
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
    else:
        yield request.getfixturevalue("empty_postgres")

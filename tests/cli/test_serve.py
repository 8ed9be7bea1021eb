"""``mythmark serve`` as an operator sees it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    surroundings = {**os.environ, "MYTHMARK_DATA": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.kill()


def _get(address: str) -> bytes:
    """Asked once: as soon as the address is told, somebody listens behind it."""
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - our own server
        return bytes(answer.read())


@pytest.mark.slow
def test_the_server_tells_its_address_first_serves_and_stops_when_told(
    server: subprocess.Popen[str], port: int
) -> None:
    assert server.stdout is not None
    assert server.stdout.readline() == f"http://127.0.0.1:{port}\n"
    assert _get(f"http://127.0.0.1:{port}/healthz") == b"ok\n"
    way_in = server.stdout.readline()
    assert way_in.startswith(f"Sign in: http://127.0.0.1:{port}/start/")
    assert b"Owner" in _get(way_in.removeprefix("Sign in: ").strip())
    assert b"Example Retail" in _get(f"http://127.0.0.1:{port}/example")
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--port", "0"), "is not a number from 1 to 65535"),
        (("--workers", "none"), "is not a number from 1 to 256"),
        (("--host", "192.0.2.1"), "cannot listen on 192.0.2.1:8000"),
    ],
)
def test_what_cannot_be_served_is_refused_in_one_line(words: tuple[str, ...], says: str) -> None:
    command = [sys.executable, "-m", "app", "serve", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert says in done.stderr.splitlines()[-1]


def test_a_taken_port_is_told(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"mythmark: cannot listen on 127.0.0.1:{port}: address already in use; choose another --port or --host"
    ]


def test_nonsense_in_a_setting_stops_the_start(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYTHMARK_METRICS", "perhaps")
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["MYTHMARK_METRICS is neither yes nor no; write 1 or 0"]

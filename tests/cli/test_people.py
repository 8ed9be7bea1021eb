"""People and tokens from the command line, also beside a running server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from app.factory import create_app, house
from app.services.secret_key import secret_key
from app.store.unit_of_work import make_engine

Run = Callable[..., Any]
ADD = ("user", "add", "ann@example.test", "--organization", "acme-labs", "--role")
TEAMS = "/api/v1/organizations/acme-labs/teams"


@pytest.fixture
def server(mythmark: Run, tmp_path: Path) -> Flask:
    """The application on the database of the commands."""
    assert mythmark("migrate").returncode == 0
    settings = Settings.model_validate({"data": tmp_path / "data"})
    return create_app(settings, house(make_engine(settings.database), settings, secret_key(settings)))


def _token(mythmark: Run) -> str:
    done = mythmark("token", "add", "Ann@Example.test")
    assert (done.returncode, len(done.stdout.split())) == (0, 1)
    return str(done.stdout.decode().strip())


def test_a_person_is_added_beside_the_server_and_their_token_works_at_once(mythmark: Run, server: Flask) -> None:
    done = mythmark(*ADD, "owner")
    assert done.returncode == 0, done.stderr
    link = done.stdout.decode().strip()
    assert link.startswith("http://127.0.0.1:8000/start/")
    bearer = {"Authorization": f"Bearer {_token(mythmark)}"}
    client = server.test_client()
    assert client.get(TEAMS, headers=bearer).json == {"items": [], "next": None}
    assert client.post(TEAMS, headers=bearer, json={"name": "Search"}).status_code == 201
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_link_leads_to_the_address_of_the_settings(mythmark: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYTHMARK_URL", "https://mythmark.example.org")
    assert mythmark(*ADD, "viewer").stdout.startswith(b"https://mythmark.example.org/start/")


def test_somebody_who_is_there_gets_the_new_role(mythmark: Run, server: Flask) -> None:
    mythmark("user", "add", "olive@example.org", "--organization", "acme-labs", "--role", "owner")
    assert mythmark(*ADD, "viewer").returncode == 0
    bearer = {"Authorization": f"Bearer {_token(mythmark)}"}
    client = server.test_client()
    assert client.post(TEAMS, headers=bearer, json={"name": "Search"}).status_code == 403
    assert mythmark(*ADD, "facilitator").returncode == 0
    assert client.post(TEAMS, headers=bearer, json={"name": "Search"}).status_code == 201
    assert mythmark(*ADD[:4], "other-place", "--role", "member").returncode == 0
    assert client.get("/api/v1/organizations/other-place/teams", headers=bearer).status_code == 200


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("user", "add", "nobody", "--organization", "acme", "--role", "owner"), b"mail address"),
        (("user", "add", "a@example.org", "--organization", "No Good", "--role", "owner"), b"cannot stand in"),
        (("user", "add", "a@example.org", "--organization", "acme", "--role", "king"), b"invalid choice"),
        (("user", "add", "a@example.org"), b"required"),
        (("user",), b"required"),
        (("token", "add", "stranger@example.org"), b"mythmark user add stranger@example.org"),
        (("token", "add", "nobody"), b"mail address"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_do(mythmark: Run, words: tuple[str, ...], says: bytes) -> None:
    done = mythmark(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_last_owner_stays_one(mythmark: Run) -> None:
    assert mythmark(*ADD, "owner").returncode == 0
    done = mythmark(*ADD, "viewer")
    assert done.returncode == 2
    assert b"last owner" in done.stderr

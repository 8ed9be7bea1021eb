"""Programs that speak with the API; each answer that they get is held against the description."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from app.accounts import members, start, tokens
from app.config import Settings
from app.domain.answers import Agreed, Capacity, Level
from app.domain.quarter import Quarter
from app.factory import create_app, house
from app.services.actors import OPERATOR
from app.services.agreeing import agree_level
from app.services.assessments import open_assessment, start_assessment
from app.services.board_plans import accept_plan
from app.services.closing import close_assessment
from app.services.organizations import find_organization
from app.services.rooms.opening import open_room
from app.services.settings import Terms
from app.services.teams import find_team, make_team
from app.store.unit_of_work import Engine, Session, make_engine, writing
from tests.web.linting import LintingClient
from tests.web.town import KEY, NOW, PACK, Clock, Town, settle

PREFIX = "/api/v1"
QUESTION = "mon-drift"
_DESCRIBED: list[dict[str, Any]] = []
CAPACITY = Capacity(Decimal(8), Decimal(60), Decimal("0.1"))


class NotAsDescribed(AssertionError):
    """An answer that the description does not know."""


@dataclass
class Program:
    """A program with the token of one person; its paths begin below /api/v1."""

    client: Client
    described: dict[str, Any] = field(repr=False)
    token: str | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> Any:  # noqa: ANN401
        """Send a request, with the body as JSON; raises NotAsDescribed."""
        headers = dict(more.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        full = path if path.startswith("http") else f"{PREFIX}{path}"
        answer = self.client.open(full, method=method, headers=headers, buffered=True, **more)
        compare(self.described, method, answer)
        return answer

    def get(self, path: str, **more: Any) -> Any:  # noqa: ANN401
        return self.ask("GET", path, **more)

    def post(self, path: str, body: object = None, **more: Any) -> Any:  # noqa: ANN401
        return self.ask("POST", path, body, **more)

    def put(self, path: str, body: object = None, **more: Any) -> Any:  # noqa: ANN401
        return self.ask("PUT", path, body, **more)

    def patch(self, path: str, body: object = None, **more: Any) -> Any:  # noqa: ANN401
        return self.ask("PATCH", path, body, **more)


def compare(described: dict[str, Any], method: str, answer: TestResponse) -> None:
    """Hold an answer against the description; raises NotAsDescribed."""
    if answer.status_code == 405:
        return  # of an address, not of an operation
    operation = _operation(described, method, answer.request.path)
    if operation is None:
        return
    known = operation["responses"].get(str(answer.status_code))
    if known is None:
        raise NotAsDescribed(f"{method} {answer.request.path} answers {answer.status_code}: {answer.text[:500]}")
    for name, header in known.get("headers", {}).items():
        if header.get("required") and name not in answer.headers:
            raise NotAsDescribed(f"{method} {answer.request.path} lacks {name}")
    content = known.get("content", {})
    if method == "HEAD":
        return
    if not content:
        assert not answer.data
        return
    if answer.mimetype not in content:
        raise NotAsDescribed(f"{method} {answer.request.path} is {answer.mimetype}, not {list(content)}")
    schema = content[answer.mimetype].get("schema")
    if schema is not None:
        whole = {"components": described["components"], **schema}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(answer.json)


def _operation(described: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    # Exact addresses come before those with a parameter in the same place.
    for pattern in sorted(described["paths"], key=lambda one: one.count("{")):
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", pattern.replace(".", r"\.")), path):
            found: dict[str, Any] | None = described["paths"][pattern].get(method.lower().replace("head", "get"))
            return found
    return None


def described(app: Flask) -> dict[str, Any]:
    """What the application says of its API; the same for all of them."""
    if not _DESCRIBED:
        _DESCRIBED.append(json.loads(Client(app).get(f"{PREFIX}/openapi.json").data))
    return _DESCRIBED[0]


@dataclass
class Village:
    """The town with more in it, by what it is called: teams, assessments and actions of both organizations.

    Fiona facilitates another team of Example, Mo is a member of that team.
    """

    town: Town
    ids: dict[str, str]
    programs: dict[str | None, Program] = field(default_factory=dict)

    @property
    def opened(self) -> str:
        return f"/assessments/{self.ids['opened']}"

    @property
    def closed(self) -> str:
        return f"/assessments/{self.ids['closed']}"

    def program(self, name: str | None = None) -> Program:
        """A program with the token of this person; without a name it has none."""
        if name not in self.programs:
            token = None
            if name is not None:
                with writing(self.town.engine) as session:
                    token = tokens.make_token_of(session, self.town.people[name], NOW)
            self.programs[name] = Program(Client(self.town.app), described(self.town.app), token)
        return self.programs[name]

    @property
    def room(self) -> str:
        """The code of the room of the open assessment."""
        return self.ids["room"]

    def seat(self, role: str = "not_said", room: str | None = None) -> Program:
        """The phone of somebody who has just joined."""
        phone = Program(Client(self.town.app), described(self.town.app))
        answer = phone.post(f"/rooms/{room or self.room}/participants", {"role": role})
        assert answer.status_code == 201, answer.text
        phone.token = answer.json["token"]
        return phone


@dataclass
class _Live:
    app: Flask
    engine: Engine
    clock: Clock


def _live(file: Path) -> _Live:
    """The application on this database."""
    engine, clock = make_engine(f"sqlite:///{file}", guarded=True), Clock()
    settings = Settings.model_validate({"data": file.parent})
    app = create_app(settings, house(engine, settings, KEY, clock))
    app.test_client_class = LintingClient
    return _Live(app, engine, clock)


@pytest.fixture(scope="session")
def founded(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Village]:
    """A village that nobody touches, to copy from: closing an assessment takes its time."""
    file = tmp_path_factory.mktemp("village") / "village.db"
    shutil.copyfile(stocked, file)
    there = _live(file)
    town = settle(there.app, there.engine, there.clock)
    ids = {"team": town.team_id, "their team": town.their_team_id}
    with writing(town.engine) as session:
        second = make_team(session, OPERATOR, find_organization(session, "example"), "Planning", at=NOW)
        ids["second team"] = second.public_id
        for name, role in (("fiona", "facilitator"), ("mo", "member")):
            town.people[name] = start.add_person(session, f"{name}@example.org", name.title()).id
            members.add_member(session, town.ours, town.people[name], role, NOW, teams=[second.id])
        for mark, whose, team_id, who in (
            ("", town.ours, town.team_id, "alice"),
            ("their ", town.theirs, town.their_team_id, "charlie"),
        ):
            ids |= {f"{mark}{name}": found for name, found in _history(session, town, whose, team_id, who).items()}
    town.engine.dispose()
    return file, Village(town, ids)


def _history(session: Session, town: Town, whose: int, team_id: str, who: str) -> dict[str, str]:
    team, actor = find_team(session, whose, team_id), town.actor(who)
    ids = {}
    for name, quarter in (("closed", "2026-Q2"), ("opened", "2026-Q3")):
        row = start_assessment(
            session, actor, team, Quarter.parse(quarter), PACK, at=NOW, terms=Terms(capacity=CAPACITY)
        )
        open_assessment(session, actor, row, at=NOW)
        ids[name] = row.public_id
        if name == "opened":
            ids["room"] = open_room(session, actor, row, at=NOW).code
        if name == "closed":
            agree_level(session, actor, row, QUESTION, Agreed(Level(1), None), at=NOW)
            row = close_assessment(session, actor, row, at=NOW, key=KEY)
            ids["action"] = accept_plan(session, actor, row, at=NOW)[0].public_id
    return ids


@pytest.fixture
def village(founded: tuple[Path, Village], tmp_path: Path) -> Iterator[Village]:
    """A village of one's own, with the guard of tenants on."""
    yield from _settled(founded, tmp_path)


@pytest.fixture(scope="session")
def quiet(founded: tuple[Path, Village], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """One village for all tests that are refused everything, or only look."""
    yield from _settled(founded, tmp_path_factory.mktemp("quiet"))


def _settled(founded: tuple[Path, Village], folder: Path) -> Iterator[Village]:
    file, pattern = founded
    own = folder / "village.db"
    shutil.copyfile(file, own)
    there = _live(own)
    town = replace(pattern.town, app=there.app, engine=there.engine, clock=there.clock)
    yield Village(town, pattern.ids)
    town.engine.dispose()

"""A small application around the accounts: one page that says who is there, and pages drawn as JSON."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, request
from flask.testing import FlaskClient
from flask_login import current_user
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.accounts import passwords
from app.accounts.actor import Actor, actor_of
from app.accounts.errors import TooManyTries
from app.accounts.port import Port, Provider
from app.accounts.security import set_up, sign_in
from app.accounts.start import add_person
from app.store.lookups import people
from app.store.tables.people import MembershipRow, MembershipTeamRow, OrganizationRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import reading, writing
from tests.databases import copied, migrated_file

NOW = dt.datetime(2026, 9, 30, 12, 0, tzinfo=dt.UTC)
PASSWORD = "a lamp walks quietly"
HASH = passwords.hash_password(PASSWORD)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_file(tmp_path_factory.getbasetemp())


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    with copied(migrated, tmp_path) as own:
        yield own


@dataclass
class Cast:
    """Alice owns ours, Fay facilitates one team of it, Bob is a member, Vic looks on; Charlie owns theirs."""

    ours: int
    theirs: int
    team: int
    other_team: int
    foreign_team: int
    people: dict[str, int]

    def actor(self, session: Session, name: str) -> Actor:
        return actor_of(session, self.people[name])


@pytest.fixture
def cast(engine: Engine) -> Cast:
    with writing(engine) as session:
        ours = OrganizationRow(slug="ours", name="Ours", created_at=NOW)
        theirs = OrganizationRow(slug="theirs", name="Theirs", created_at=NOW)
        session.add_all([ours, theirs])
        session.flush()
        teams = [TeamRow(organization_id=o.id, name=n, created_at=NOW) for o, n in
                 ((ours, "Forecasting"), (ours, "Search"), (theirs, "Pricing"))]  # fmt: skip
        session.add_all(teams)
        session.flush()
        made = {}
        for name, where, role in (
            ("alice", ours, "owner"), ("fay", ours, "facilitator"), ("bob", ours, "member"),
            ("vic", ours, "viewer"), ("charlie", theirs, "owner"),
        ):  # fmt: skip
            person = add_person(session, f"{name}@example.org", name.title())
            person.password = HASH
            made[name] = person.id
            row = MembershipRow(organization_id=where.id, user_id=person.id, role=role, created_at=NOW)
            session.add(row)
            session.flush()
            if name in {"fay", "bob"}:
                session.add(MembershipTeamRow(membership_id=row.id, team_id=teams[0].id, organization_id=where.id))
        return Cast(ours.id, theirs.id, teams[0].id, teams[1].id, teams[2].id, made)


@dataclass
class Letters:
    """A mailer that keeps what it is given."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, recipient: str, subject: str, text: str) -> None:
        self.sent.append((recipient, subject, text))


@dataclass
class Clock:
    """A clock that is moved by hand."""

    moment: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def letters() -> Letters:
    return Letters()


MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(engine: Engine, clock: Clock, letters: Letters) -> MakeApp:
    def make(provider: Provider | None = None, *, mail: bool = True, address: str | None = None) -> Flask:
        app = Flask("accounts-under-test")
        app.config.update(SECRET_KEY="k" * 40, WTF_CSRF_ENABLED=False, TESTING=True)

        def session() -> Session:
            if "unit" not in g:
                g.stack = ExitStack()
                unit = reading if request.method in {"GET", "HEAD"} else writing
                g.unit = g.stack.enter_context(unit(engine))
            found: Session = g.unit
            return found

        def draw(template: str, values: Mapping[str, Any]) -> str:
            return json.dumps({"template": template, **{n: _shown(v) for n, v in values.items()}})

        set_up(
            app,
            Port(
                session=session,
                look=lambda: reading(engine),
                note=lambda: writing(engine),
                now=clock,
                draw=draw,
                secret_key=b"s" * 40,
                mailer=letters if mail else None,
                address=address,
                provider=provider,
            ),
        )

        @app.teardown_request
        def close(error: BaseException | None) -> None:
            stack = g.pop("stack", None)
            if stack is not None:
                stack.__exit__(type(error) if error else None, error, None)

        @app.errorhandler(TooManyTries)
        def wait(error: TooManyTries) -> tuple[str, int, dict[str, str]]:
            return str(error), 429, {"Retry-After": str(error.seconds)}

        @app.get("/")
        @app.get("/profile")
        def who() -> str:
            return str(current_user.email) if current_user.is_authenticated else "nobody"

        @app.post("/test/sign-in/<int:user_id>")
        def door(user_id: int) -> str:
            sign_in(people.user_by_key(session(), user_id), "test")
            return "in"

        return app

    return make


def _shown(value: Any) -> Any:
    if hasattr(value, "errors"):
        return {"errors": value.errors, "fields": list(value._fields)}
    return value if isinstance(value, (str, int, list, dict, bool, type(None))) else str(value)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    return app.test_client()


def enter(client: FlaskClient, email: str = "alice@example.org", password: str = PASSWORD) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password})


def who(client: FlaskClient) -> str:
    return client.get("/").text


def drawn(answer: Any) -> dict[str, Any]:
    """The values that a page was drawn with."""
    found: dict[str, Any] = json.loads(answer.text)
    return found

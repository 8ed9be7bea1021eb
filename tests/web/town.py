"""The whole application on a database with the fixed cast, and browsers that are signed in.

Olive owns "Example", Alice facilitates its team "Forecasting" and Fay every team, Bob is a member of that team, Vera
looks on; Charlie owns "Other" and must see nothing of Example. Give a test ``town`` and ask it for
``town.browser("alice")``.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import members, start
from app.config import Settings
from app.domain.answers import Variant
from app.domain.quarter import Quarter
from app.factory import create_app, house
from app.services.actors import OPERATOR, Actor
from app.services.assessments import find_assessment, open_assessment, start_assessment
from app.services.organizations import make_organization
from app.services.settings import Terms
from app.services.teams import find_team, make_team
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Engine, Session, reading, writing
from tests.databases import copied, stocked_file
from tests.web.linting import LintingClient

NOW = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)
KEY = b"k" * 40
PACK = "mlops@1.0.0"
ROLES = {
    "olive": "owner",
    "alice": "facilitator",
    "fay": "facilitator",
    "bob": "member",
    "vera": "viewer",
    "charlie": "owner",
}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that is moved by hand."""

    moment: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.moment


@dataclass
class Visit:
    """A browser of one person that lints each page and sends back the forms' own protection."""

    client: LintingClient
    mark: str = field(default="", repr=False)

    def get(self, path: str, **more: Any) -> TestResponse:  # noqa: ANN401
        return self._seen(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | bytes | None = None, **more: Any) -> TestResponse:  # noqa: ANN401
        sent = data if isinstance(data, bytes) else {"csrf_token": self.mark, **(data or {})}
        return self._seen(self.client.post(path, data=sent, **more))

    def _seen(self, answer: TestResponse) -> TestResponse:
        found = _TOKEN.search(answer.text) if answer.mimetype == "text/html" else None
        self.mark = found[1] if found else self.mark
        return answer


@dataclass
class Town:
    """The application, its database, and who is there: keys of people by name, public ids of teams."""

    app: Flask
    engine: Engine
    clock: Clock
    people: dict[str, int]
    ours: int
    theirs: int
    team_id: str
    their_team_id: str

    def browser(self, name: str | None = None) -> Visit:
        """A browser in which this person is signed in; without a name nobody is."""
        client = self.app.test_client()
        assert isinstance(client, LintingClient)
        visit = Visit(client)
        if name is not None:
            with writing(self.engine) as session:
                path = start.make_start_link(session, self.people[name], self.clock())
            visit.get(path)
            assert visit.post(path).status_code == 303
            visit.get("/profile")
        return visit

    def actor(self, name: str) -> Actor:
        return Actor(self.people[name], name.title())

    def begin(
        self, quarter: str = "2026-Q3", *, variant: Variant = "full", opened: bool = True, **terms: object
    ) -> str:
        """The public id of a new assessment of Alice's team."""
        with writing(self.engine) as session:
            team = find_team(session, self.ours, self.team_id)
            row = start_assessment(
                session, self.actor("alice"), team, Quarter.parse(quarter), PACK, at=NOW, variant=variant,
                terms=Terms(**terms),  # type: ignore[arg-type]  # as a test gives them
            )  # fmt: skip
            if opened:
                open_assessment(session, self.actor("alice"), row, at=NOW)
            return row.public_id

    def row(self, session: Session, assessment_id: str) -> AssessmentRow:
        return find_assessment(session, self.ours, assessment_id)

    def state(self, assessment_id: str) -> str:
        with reading(self.engine) as session:
            return self.row(session, assessment_id).state


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with the shipped questionnaire, to copy from."""
    return stocked_file(tmp_path_factory.getbasetemp())


@pytest.fixture
def town(stocked: Path, tmp_path: Path) -> Iterator[Town]:
    """A town of one's own, with the guard of tenants on."""
    with built(stocked, tmp_path) as made:
        yield made


@contextmanager
def built(stocked: Path, folder: Path) -> Iterator[Town]:
    """A town whose database is in this folder."""
    with copied(stocked, folder) as engine:
        clock = Clock()
        app = create_app(Settings.model_validate({"data": folder}), house(engine, Settings(), KEY, clock))
        app.test_client_class = LintingClient
        yield settle(app, engine, clock)


def settle(app: Flask, engine: Engine, clock: Clock) -> Town:
    """Put everybody into an empty town."""
    with writing(engine) as session:
        mine = make_organization(session, OPERATOR, "example", "Example", at=NOW)
        theirs = make_organization(session, OPERATOR, "other", "Other", at=NOW)
        team = make_team(session, OPERATOR, mine, "Forecasting", at=NOW)
        other = make_team(session, OPERATOR, theirs, "Pricing", at=NOW)
        people = {}
        for name, role in ROLES.items():
            where = theirs if name == "charlie" else mine
            people[name] = start.add_person(session, f"{name}@example.org", name.title()).id
            teams = [team.id] if name in {"alice", "bob"} else []
            members.add_member(session, where.id, people[name], role, NOW, all_teams=not teams, teams=teams)
        return Town(app, engine, clock, people, mine.id, theirs.id, team.public_id, other.public_id)

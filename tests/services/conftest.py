"""A database with the fixed cast: Alice facilitates, Bob is on her team, Charlie is in another organization."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain.answers import Variant
from app.domain.quarter import Quarter
from app.services.actors import OPERATOR, Actor
from app.services.assessments import find_assessment, open_assessment, start_assessment
from app.services.organizations import make_organization
from app.services.settings import Terms
from app.services.teams import find_team, make_team
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipRow, UserRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Engine, Session, writing
from tests.databases import copied, stocked_file

NOW = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
PACK = "mlops@1.0.0"
KEY = b"k" * 32


@dataclass(frozen=True)
class House:
    """A database, its people, and where they are."""

    engine: Engine
    alice: Actor
    bob: Actor
    charlie: Actor
    mine: int
    theirs: int
    team_id: str

    def team(self, session: Session) -> TeamRow:
        """Alice's team."""
        return find_team(session, self.mine, self.team_id)

    def begin(self, session: Session, quarter: str = "2026-Q3", **terms: Any) -> AssessmentRow:  # noqa: ANN401
        """An assessment of Alice's team; ``opened``, ``variant`` and the terms as given."""
        opened = terms.pop("opened", True)
        variant: Variant = terms.pop("variant", "full")
        row = start_assessment(
            session,
            self.alice,
            self.team(session),
            Quarter.parse(quarter),
            PACK,
            at=NOW,
            variant=variant,
            terms=Terms(**terms),
        )
        if opened:
            open_assessment(session, self.alice, row, at=NOW)
        return row

    def again(self, session: Session, public_id: str) -> AssessmentRow:
        """The same assessment in another unit."""
        return find_assessment(session, self.mine, public_id)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with the shipped questionnaire, to copy from."""
    return stocked_file(tmp_path_factory.getbasetemp())


@pytest.fixture
def engine(prepared: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of one's own, with the guard of tenants on."""
    with copied(prepared, tmp_path) as own:
        yield own


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    """A unit of work on the database of the cast."""
    with writing(house.engine) as unit:
        yield unit


@pytest.fixture
def house(engine: Engine) -> House:
    """The fixed cast."""
    with writing(engine) as session:
        mine = make_organization(session, OPERATOR, "example", "Example", at=NOW)
        theirs = make_organization(session, OPERATOR, "other", "Other", at=NOW)
        team = make_team(session, OPERATOR, mine, "Forecasting", at=NOW)
        people = {}
        for name, whose, role in (
            ("Alice", mine, "facilitator"),
            ("Bob", mine, "member"),
            ("Charlie", theirs, "owner"),
        ):
            user = UserRow(email=f"{name.lower()}@example.org", name=name, fs_uniquifier=name)
            session.add(user)
            session.flush()
            session.add(
                MembershipRow(organization_id=whose.id, user_id=user.id, role=role, all_teams=True, created_at=NOW)
            )
            people[name] = Actor(user.id, name)
        session.flush()
        return House(engine, people["Alice"], people["Bob"], people["Charlie"], mine.id, theirs.id, team.public_id)

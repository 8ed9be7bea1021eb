"""A meeting on the web: Alice's assessment, its open room, people with seats, and her browser."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from werkzeug.test import TestResponse

from app.domain.answers import Answer, Level
from app.services.rooms.entering import join_room
from app.services.rooms.opening import room_of_assessment
from app.services.rooms.states import SharedState, shared_state
from app.services.rooms.voting import vote
from app.store.lookups.rooms import Seat
from app.store.unit_of_work import reading, writing
from tests.web.town import KEY, NOW, Town, Visit

Q = "mon-drift"
ROLES = ("data_scientist", "data_scientist", "data_scientist", "ml_engineer", "platform", "platform", "product")


@dataclass
class Meeting:
    """The room of one assessment and the facilitator's browser."""

    town: Town
    id: str
    alice: Visit
    seats: list[Seat] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"/assessments/{self.id}/workshop"

    def do(self, move: str, data: Mapping[str, object] | None = None, **more: object) -> TestResponse:
        return self.alice.post(f"{self.base}/{move}", dict(data or {}), **more)

    def open(self, minutes: int = 60) -> None:
        self.alice.get(self.base)
        assert self.do("open", {"minutes": str(minutes)}).status_code == 303

    def join(self, roles: Sequence[str] = ROLES) -> None:
        with writing(self.town.engine) as session:
            room = room_of_assessment(session, self.town.row(session, self.id))
            for role in roles:
                key = f"device-made-key-{len(self.seats):04}"
                self.seats.append(join_room(session, room, role, key=KEY, idempotency_key=key, on=NOW.date()).seat)

    def vote(self, levels: Sequence[int | Answer], question: str = Q, voting: int = 1) -> None:
        with writing(self.town.engine) as session:
            for seat, level in zip(self.seats, levels, strict=False):
                vote(session, seat, question, voting, Level(level) if isinstance(level, int) else level)

    def up(self, voting: int = 1, question: str = Q, **more: object) -> dict[str, object]:
        """What a form about the question that is up carries."""
        return {"question": question, "voting": str(voting), **more}

    @property
    def state(self) -> SharedState:
        with reading(self.town.engine) as session:
            return shared_state(session, room_of_assessment(session, self.town.row(session, self.id)))

    def revealed(self, levels: Sequence[int | Answer] = (4, 4, 4, 4, 1, 1, 1)) -> None:
        """Ask, let them vote, reveal."""
        assert self.do("ask", {"question": Q}).status_code == 303
        self.vote(levels)
        assert self.do("reveal", self.up()).status_code == 303


@pytest.fixture
def meeting(town: Town) -> Meeting:
    made = Meeting(town, town.begin(), town.browser("alice"))
    made.open()
    made.join()
    return made


def plain(page: str) -> str:
    """A page without its form protection, which differs on every page."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)

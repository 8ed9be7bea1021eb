"""A room of Alice's assessment with people in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from app.domain.answers import Answer, Level
from app.services.rooms.entering import join_room
from app.services.rooms.moves import ask, reveal
from app.services.rooms.opening import Opened, open_room
from app.services.rooms.states import SharedState, shared_state
from app.services.rooms.voting import VoteKept, vote
from app.store.lookups.rooms import Seat
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session
from tests.services.conftest import KEY, NOW, TODAY, House

Q, OTHER = "mon-drift", "mon-cost"


@dataclass
class Hall:
    """A room in one unit of work, with the seats of its participants."""

    house: House
    session: Session
    assessment: AssessmentRow
    opened: Opened
    seats: list[Seat]

    def enter(self, role: str) -> Seat:
        """One more participant."""
        device = f"device-made-key-{len(self.seats):04}"
        came = join_room(self.session, self.opened.room, role, key=KEY, idempotency_key=device, on=TODAY)
        self.seats.append(came.seat)
        return came.seat

    def votes(self, levels: Sequence[int | Answer], question: str = Q, voting: int = 1) -> list[VoteKept]:
        """Everybody votes, in their order."""
        given = [Level(level) if isinstance(level, int) else level for level in levels]
        return [
            vote(self.session, seat, question, voting, answer) for seat, answer in zip(self.seats, given, strict=False)
        ]

    def ask(self, question: str = Q) -> SharedState:
        """The facilitator asks."""
        return ask(self.session, self.house.alice, self.opened.room, question, at=NOW)

    def reveal(self) -> SharedState:
        """The facilitator reveals."""
        return reveal(self.session, self.house.alice, self.opened.room, at=NOW)

    @property
    def state(self) -> SharedState:
        """What everybody sees."""
        return shared_state(self.session, self.opened.room)


def hall(house: House, session: Session, roles: Sequence[str] = (), **terms: Any) -> Hall:  # noqa: ANN401
    """A hall with so many people."""
    row = house.begin(session, **terms)
    opened = open_room(session, house.alice, row, time_box_minutes=60, at=NOW)
    made = Hall(house, session, row, opened, [])
    for role in roles:
        made.enter(role)
    return made


@pytest.fixture
def roles() -> tuple[str, ...]:
    """Seven people of three families."""
    return ("data_scientist", "data_scientist", "data_scientist", "ml_engineer", "platform", "platform", "product")

"""A workshop of Alice's team: a room, phones that join it, and her moves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.services.rooms import moves, opening
from app.services.rooms.opening import open_room, room_of_assessment
from app.store.unit_of_work import writing
from tests.web.town import NOW, Town, Visit

Q, OTHER = "mon-drift", "mon-cost"
__all__ = ["OTHER", "Phone", "Q", "Workshop"]


@dataclass
class Phone:
    """One participant's browser."""

    visit: Visit

    def get(self, path: str = "/room", **more: Any) -> TestResponse:  # noqa: ANN401
        return self.visit.get(path, **more)

    def post(self, path: str, **data: Any) -> TestResponse:  # noqa: ANN401
        return self.visit.post(path, data)

    def vote(self, answer: object, question: str = Q, voting: int = 1, **more: Any) -> TestResponse:  # noqa: ANN401
        """Vote as the page's script does."""
        data = {"csrf_token": self.visit.mark, "answer": str(answer), **more}
        return self.visit.client.post(f"/room/votes/{question}/{voting}", data=data, headers={"HX-Request": "true"})


@dataclass
class Workshop:
    """The room of an assessment."""

    town: Town
    assessment_id: str
    code: str
    phones: list[Phone] = field(default_factory=list)

    def phone(self, role: str = "data_scientist", key: str = "", visit: Visit | None = None) -> Phone:
        """Somebody joins."""
        visit = visit or self.town.browser()
        visit.get(f"/r/{self.code}")
        answer = visit.post(f"/r/{self.code}", {"role": role, "key": key or f"device-made-key-{len(self.phones):04}"})
        assert (answer.status_code, answer.location) == (303, "/room"), answer.text
        made = Phone(visit)
        self.phones.append(made)
        made.get()
        return made

    def enter(self, roles: Sequence[str]) -> list[Phone]:
        return [self.phone(role) for role in roles]

    def move(self, name: str, *given: object, **more: object) -> None:
        """A move of Alice's."""
        with writing(self.town.engine) as session:
            room = room_of_assessment(session, self.town.row(session, self.assessment_id))
            done = getattr(moves, name, None) or getattr(opening, name)
            done(session, self.town.actor("alice"), room, *given, at=NOW, **more)

    def ask(self, question: str = Q) -> None:
        self.move("ask", question)


def workshop_of(town: Town, **terms: Any) -> Workshop:  # noqa: ANN401
    """A workshop with an open room."""
    assessment_id = town.begin(**terms)
    with writing(town.engine) as session:
        opened = open_room(session, town.actor("alice"), town.row(session, assessment_id), at=NOW)
        return Workshop(town, assessment_id, opened.code)


@pytest.fixture
def workshop(town: Town) -> Workshop:
    return workshop_of(town, purpose="Decide what to build next quarter; read by the team.")

"""Before the reveal nothing in any answer depends on what anybody voted."""

import json
import re

import pytest

from app.services.rooms.opening import room_of_assessment
from app.services.rooms.wording import state_json
from app.store.unit_of_work import reading
from tests.web.town import Town
from tests.web.workshop.conftest import Meeting, Q, plain

pytestmark = pytest.mark.slow
_OWN = re.compile(r"/assessments/\w+|[A-Z]{4}-[A-Z]{4}|/static/\w+|Number of this request.*")


def _everything(meeting: Meeting) -> list[str]:
    """Every body and header that a facilitator can get while a vote is on."""
    found = []
    for page in ("", "?part=tally", "/wall", "/close", "/sheets", "/sheets?only=agenda"):
        answer = meeting.alice.get(meeting.base + page)
        found += [plain(answer.text), str(sorted(name for name, _ in answer.headers))]
    found.append(plain(meeting.do("ask", {"question": Q}, headers={"HX-Request": "true"}).text))
    with reading(meeting.town.engine) as session:
        room_of_assessment(session, meeting.town.row(session, meeting.id))
    state = state_json(meeting.state)
    assert state["distribution"] is None
    found.append(json.dumps({**state, "opened_at": "", "asked_at": ""}))
    return [_OWN.sub("", text) for text in found]


def _room(town: Town, quarter: str, levels: list[int]) -> Meeting:
    made = Meeting(town, town.begin(quarter), town.browser("alice"))
    made.open()
    made.join()
    made.do("ask", {"question": Q})
    made.vote(levels)
    return made


def test_two_rooms_that_voted_differently_look_the_same_until_the_reveal(town: Town) -> None:
    low, high = _room(town, "2026-Q1", [0] * 7), _room(town, "2026-Q2", [4, 3, 4, 3, 4, 4, 4])
    one, other = (
        [text.replace(quarter, "") for text in _everything(room)]
        for room, quarter in ((low, "2026-Q1"), (high, "2026-Q2"))
    )
    assert one == other
    for room in (low, high):
        room.do("reveal", room.up())
    assert plain(low.alice.get(f"{low.base}/wall").text) != plain(high.alice.get(f"{high.base}/wall").text)


def test_the_second_vote_hides_the_first_one_again(meeting: Meeting) -> None:
    meeting.revealed()
    meeting.do("again", meeting.up())
    meeting.vote([3] * 7, voting=2)
    wall = meeting.alice.get(f"{meeting.base}/wall").text
    assert "7 <span>of 7</span>" in wall
    assert "bar-wall" not in wall
    assert "median" not in wall


def test_a_voting_of_two_shows_how_many_and_nothing_else(town: Town) -> None:
    made = Meeting(town, town.begin(), town.browser("alice"))
    made.open()
    made.join(("data_scientist", "platform"))
    made.revealed([4, 0])
    for page in ("", "/wall"):
        text = made.alice.get(made.base + page).text
        assert "too few votes" in text.lower()
        assert "bar-wall" not in text
        assert "c-votes" not in text

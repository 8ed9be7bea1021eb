"""Who may run a room, and what every address of it says to those who may not, and at the wrong moment."""

import pytest

from tests.web.town import Town
from tests.web.workshop.conftest import Meeting, Q

pytestmark = pytest.mark.slow
PAGES = ("", "/wall", "/close", "/sheets")
MOVES = (
    "accept", "again", "agree", "ask", "bets", "close", "computed-order", "end-rehearsal", "evidence", "expect",
    "hand-over", "join", "not-agreed", "open", "order", "refresh", "reveal", "simulate", "take-over", "undo",
)  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("charlie", 404), ("vera", 403), ("bob", 403)])
def test_only_who_facilitates_the_team_gets_in(meeting: Meeting, who: str | None, status: int) -> None:
    visit = meeting.town.browser(who)
    assert [visit.get(meeting.base + page).status_code for page in (*PAGES, "/events")] == [status] * 5
    visit.get("/help")
    answers = {move: visit.post(f"{meeting.base}/{move}").status_code for move in MOVES}
    assert set(answers.values()) == {status}


def test_an_id_that_is_not_there_is_not_found(town: Town) -> None:
    alice = town.browser("alice")
    assert alice.get("/assessments/nothing/workshop").status_code == 404
    assert alice.post("/assessments/nothing/workshop/reveal").status_code == 404


def test_a_page_takes_no_post_and_a_move_no_get(meeting: Meeting) -> None:
    assert meeting.do("wall").status_code == 405
    assert meeting.alice.get(f"{meeting.base}/reveal").status_code == 405


def test_before_the_room_is_open_there_is_its_page_and_nothing_else(town: Town) -> None:
    made = Meeting(town, town.begin(), town.browser("alice"))
    assert "Open the room" in made.alice.get(made.base).text
    assert made.alice.get(f"{made.base}/wall").status_code == 409
    assert made.alice.get(f"{made.base}/events").status_code == 409
    assert made.do("ask", {"question": Q}).status_code == 409


def test_a_draft_and_a_time_box_that_is_none_open_no_room(town: Town) -> None:
    draft = Meeting(town, town.begin(opened=False), town.browser("alice"))
    assert "still a draft" in draft.alice.get(draft.base).text
    assert draft.do("open", {"minutes": "60"}).status_code == 409
    made = Meeting(town, town.begin("2026-Q4"), draft.alice)
    for minutes in ("4", "601", "", "x"):
        answer = made.do("open", {"minutes": minutes})
        assert (answer.status_code, "to mend" in answer.text) == (422, True)
    assert made.do("ask", {"question": Q}).status_code == 409


@pytest.mark.parametrize("move", ["reveal", "again", "not-agreed", "agree"])
def test_a_move_on_a_question_in_the_lobby_is_the_wrong_moment(meeting: Meeting, move: str) -> None:
    before = meeting.state
    assert meeting.do(move, meeting.up(answer="2")).status_code == 409
    assert meeting.state == before


@pytest.mark.parametrize("move", ["ask", "undo", "order", "accept", "take-over", "refresh"])
def test_a_closed_room_takes_no_move(meeting: Meeting, move: str) -> None:
    meeting.do("close")
    sent = {"question": Q, "move": f"in {Q}", "questions": Q}
    assert meeting.do(move, sent).status_code == 409


def test_a_form_without_protection_changes_nothing(meeting: Meeting) -> None:
    meeting.do("ask", {"question": Q})
    before = meeting.state
    assert meeting.do("reveal", {**meeting.up(), "csrf_token": "forged"}).status_code == 400
    assert meeting.state == before

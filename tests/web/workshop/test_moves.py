"""The meeting: ask, reveal, vote again, agree or not, undo; and the moves on the room itself."""

from typing import Any

import pytest

from app.domain.answers import Agreed, Bet, Level, NotApplicable
from app.services.agreeing import agreed_now, evidence_now, make_bets
from app.services.board_plans import new_card
from app.services.closing import close_assessment
from app.services.rooms.agenda import agenda_of
from app.services.rooms.opening import room_of_assessment
from app.store.lookups import board
from app.store.lookups.people import user_by_key
from app.store.unit_of_work import reading, writing
from tests.web.town import KEY, NOW
from tests.web.workshop.conftest import Meeting, Q

pytestmark = pytest.mark.slow
HTMX = {"HX-Request": "true"}


def test_a_meeting_goes_from_the_lobby_to_an_agreed_level(meeting: Meeting) -> None:
    assert "Ask the first question" in meeting.alice.get(meeting.base).text
    meeting.revealed()
    shown = meeting.alice.get(meeting.base).text
    assert "4 votes" in shown
    assert "7 of 7" in shown
    assert meeting.do("again", meeting.up()).status_code == 303
    meeting.vote([2] * 7, voting=2)
    meeting.do("reveal", meeting.up(2))
    assert "First vote: median 4" in meeting.alice.get(meeting.base).text
    assert meeting.do("agree", meeting.up(2, answer="2", note="two models only")).status_code == 303
    assert meeting.state.agreed == Agreed(Level(2), "two models only")
    assert "Agreed at level 2." in meeting.alice.get(meeting.base).text


def test_htmx_gets_the_room_alone_and_a_plain_form_the_page(meeting: Meeting) -> None:
    answer = meeting.do("ask", {"question": Q}, headers=HTMX)
    assert (answer.status_code, answer.text.lstrip()[:14]) == (200, '<div id="room"')
    assert "<html" not in answer.text
    assert meeting.do("reveal", meeting.up()).location == meeting.base
    part = meeting.alice.get(f"{meeting.base}?part=tally", headers=HTMX)
    assert part.text.lstrip().startswith('<p class="room-tally')


def test_the_same_move_twice_is_made_once(meeting: Meeting) -> None:
    meeting.revealed()
    assert meeting.do("reveal", meeting.up()).status_code == 303
    meeting.do("again", meeting.up())
    before = meeting.state
    assert meeting.do("again", meeting.up()).status_code == 303
    assert meeting.state == before
    assert meeting.state.voting == 2


@pytest.mark.parametrize("move", ["reveal", "not-agreed", "agree", "again"])
def test_a_move_meant_for_another_question_is_not_made_on_this_one(meeting: Meeting, move: str) -> None:
    meeting.revealed()
    meeting.do("ask", {"question": "mon-cost"})
    before = meeting.state
    answer = meeting.do(move, meeting.up(answer="2"))
    assert (answer.status_code, "moved on" in answer.text) == (409, True)
    assert meeting.state == before


def test_an_answer_that_is_none_is_told_and_nothing_is_written(meeting: Meeting) -> None:
    meeting.revealed()
    wrong: tuple[dict[str, Any], ...] = (
        {},
        {"answer": "5"},
        {"answer": "na", "reason": ""},
        {"answer": "2", "note": "x" * 2001},
    )
    for sent in wrong:
        answer = meeting.do("agree", meeting.up(**sent))
        assert (answer.status_code, "to mend" in answer.text) == (422, True)
    assert meeting.state.phase == "revealed"


def test_does_not_apply_is_agreed_with_its_reason_where_the_question_allows_it(meeting: Meeting) -> None:
    meeting.do("ask", {"question": "gov-fairness"})
    meeting.do("reveal", meeting.up(question="gov-fairness"))
    missing = meeting.do("agree", meeting.up(question="gov-fairness", answer="na", reason=""))
    assert (missing.status_code, "why it does not apply" in missing.text) == (422, True)
    page = meeting.alice.get(meeting.base)
    assert 'value="na"' in page.text
    meeting.do("agree", meeting.up(question="gov-fairness", answer="na", reason="no people are affected"))
    agreed = meeting.state.agreed
    assert agreed is not None
    assert agreed.answer == NotApplicable("no people are affected")


def test_no_agreement_is_recorded_and_taken_back(meeting: Meeting) -> None:
    meeting.revealed()
    meeting.do("not-agreed", meeting.up())
    assert "No level was agreed." in meeting.alice.get(meeting.base).text
    meeting.do("undo")
    assert meeting.state.phase == "revealed"
    assert meeting.do("undo").status_code == 409


def test_evidence_is_asked_for_from_level_three_and_added_once(meeting: Meeting) -> None:
    meeting.revealed([1] * 7)
    assert "counts as 2" not in meeting.alice.get(meeting.base).text
    meeting.do("agree", meeting.up(answer="3"))
    assert "counts as 2" in meeting.alice.get(meeting.base).text
    item = {"question": Q, "title": "July comparison", "place": "wiki/drift", "date": "2026-07-10"}
    for _ in range(2):
        assert meeting.do("evidence", item).status_code == 303
    with reading(meeting.town.engine) as session:
        found, _ = evidence_now(session, meeting.town.row(session, meeting.id), Q)
    assert [one.title for one in found.items] == ["July comparison"]
    assert "counts as 2" not in meeting.alice.get(meeting.base).text
    assert meeting.do("evidence", {"question": Q, "title": "", "date": "soon"}).status_code == 422
    assert meeting.do("evidence", {**item, "question": "nothing"}).status_code == 404


def test_the_agenda_is_put_in_order_by_hand_and_back(meeting: Meeting) -> None:
    def order() -> list[str]:
        with reading(meeting.town.engine) as session:
            return [place.question for place in agenda_of(session, meeting.town.row(session, meeting.id)).items]

    computed = order()
    meeting.do("order", {"move": f"down {computed[0]}"})
    assert order()[:2] == [computed[1], computed[0]]
    meeting.do("order", {"move": f"up {computed[0]}"})
    meeting.do("order", {"move": f"out {computed[0]}"})
    assert order() == computed[1:]
    meeting.do("order", {"move": f"in {computed[0]}"})
    assert order() == [*computed[1:], computed[0]]
    meeting.do("order", {"order": list(reversed(computed))})
    assert order() == list(reversed(computed))
    meeting.do("computed-order")
    assert order() == computed
    for wrong in ("up nothing", "out nothing", "", "in nothing"):
        assert meeting.do("order", {"move": wrong}).status_code in {404, 422}
    assert order() == computed


def test_what_the_votes_agree_on_is_accepted_in_one_move(meeting: Meeting) -> None:
    with reading(meeting.town.engine) as session:
        found = agenda_of(session, meeting.town.row(session, meeting.id))
    easy = [place.question for place in found.left_out[:2]]
    for question in easy:
        meeting.vote([2] * 7, question)
    meeting.do("refresh")
    page = meeting.alice.get(meeting.base).text
    assert "Accept 2 as agreed" in page
    assert meeting.do("accept", {"questions": easy}).status_code == 303
    with reading(meeting.town.engine) as session:
        row = meeting.town.row(session, meeting.id)
        assert [agreed_now(session, row, question)[0] for question in easy] == [Agreed(Level(2))] * 2
    assert meeting.do("accept", {}).status_code == 422
    assert meeting.do("accept", {"questions": [Q]}).status_code == 409


def test_expected_people_are_numbers_by_family(meeting: Meeting) -> None:
    assert meeting.do("expect", {"builders": "4", "runners": "", "deciders": "2"}).status_code == 303
    assert meeting.state.expected == {"builders": 4, "deciders": 2}
    assert "7 joined of 6 expected" in meeting.alice.get(meeting.base).text
    assert meeting.do("expect", {"builders": "-1"}).status_code == 422
    assert meeting.do("expect", {"builders": "many"}).status_code == 422
    assert meeting.state.expected == {"builders": 4, "deciders": 2}


def test_a_room_is_handed_over_to_who_may_lead_it_and_taken_back(meeting: Meeting) -> None:
    def id_of(name: str) -> str:
        with reading(meeting.town.engine) as session:
            return user_by_key(session, meeting.town.people[name]).public_id

    assert meeting.do("hand-over", {"chosen": id_of("olive")}).status_code == 303
    assert "Take over" in meeting.alice.get(meeting.base).text
    assert meeting.do("take-over").status_code == 303
    assert "Alice (you)" in meeting.alice.get(meeting.base).text
    assert meeting.do("hand-over", {"chosen": id_of("bob")}).status_code == 403
    assert meeting.do("hand-over", {"chosen": id_of("charlie")}).status_code == 404
    assert meeting.do("hand-over", {"chosen": ""}).status_code == 422


def test_the_facilitator_sits_in_with_one_click(meeting: Meeting) -> None:
    answer = meeting.do("join", {"chosen": "platform"})
    assert (answer.status_code, answer.location) == (303, "/room")
    with reading(meeting.town.engine) as session:
        code = room_of_assessment(session, meeting.town.row(session, meeting.id)).code
    assert f"seat={code}:" in answer.headers["Set-Cookie"].replace('"', "")
    assert meeting.state.joined == 8
    assert "You sit in as" in meeting.alice.get(meeting.base).text
    assert meeting.do("join", {"chosen": "nobody"}).status_code == 422


def test_bets_are_kept_and_the_close_says_what_is_left(meeting: Meeting) -> None:
    meeting.revealed()
    page = meeting.alice.get(f"{meeting.base}/close").text
    assert "no level recorded" in page
    assert 'class="is-done"' not in meeting.alice.get(meeting.base).text
    meeting.do("not-agreed", meeting.up())
    page = meeting.alice.get(f"{meeting.base}/close").text
    assert "No agreement" in page
    assert "no level recorded" not in page
    assert "Not reached" in page
    sent = {"bets-0-question": Q, "bets-0-level": "3", "bets-1-question": "", "bets-1-level": "3"}
    assert meeting.do("bets", sent).status_code == 303
    with reading(meeting.town.engine) as session:
        row = meeting.town.row(session, meeting.id)
        assert [(bet.question, bet.level) for bet in board.bets(session, row.id)] == [(Q, 3)]
    twice = {**sent, "bets-1-question": Q}
    assert meeting.do("bets", twice).status_code == 422
    assert meeting.do("close").status_code == 303
    assert meeting.do("close").status_code == 303
    assert meeting.state.phase == "closed"
    assert "Open the room again" in meeting.alice.get(meeting.base).text
    assert "The room is closed" in meeting.alice.get(f"{meeting.base}/wall").text


def test_an_open_action_is_said_to_be_done_where_the_agenda_begins(meeting: Meeting) -> None:
    assert "open-actions" not in meeting.alice.get(meeting.base).text
    with writing(meeting.town.engine) as session:
        row = meeting.town.row(session, meeting.id)
        card = new_card(row.organization_id, row.team_id, f"{Q}@2", row.quarter)
        session.add(card)
        session.flush()
        action = card.public_id
    shown = meeting.alice.get(meeting.base).text
    assert f'name="action" value="{action}"' in shown
    assert f'href="/actions/{action}"' in shown
    for wrong, status in (({}, 409), ({"action": "no-such-action"}, 404)):
        assert meeting.do("said-done", wrong).status_code == status
    assert meeting.do("said-done", {"action": action}).status_code == 303
    assert meeting.do("said-done", {"action": action}).status_code == 409
    told = meeting.do("undo", headers=HTMX).text
    assert f'name="action" value="{action}"' in told
    assert "said to be done" in meeting.do("said-done", {"action": action}, headers=HTMX).text


def test_a_bet_keeps_its_level_to_itself_until_the_room_has_settled_its_own(meeting: Meeting) -> None:
    before = meeting.town.begin(quarter="2026-Q2")
    with writing(meeting.town.engine) as session:
        alice, past = meeting.town.actor("alice"), meeting.town.row(session, before)
        make_bets(session, alice, past, [Bet(Q, 4)], at=NOW)
        close_assessment(session, alice, past, at=NOW, key=KEY)
    assert "not settled yet" in meeting.alice.get(meeting.base).text
    meeting.revealed()
    meeting.do("agree", meeting.up(answer="2"))
    assert "bet on level 4, now level 2" in meeting.alice.get(meeting.base).text

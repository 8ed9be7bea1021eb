"""Answering beforehand and voting in the room, as forms and as the page's script sends them."""

import re

import pytest

from app.domain.answers import DontKnow, Level, NotApplicable
from app.services.answering import my_answers
from app.services.rooms.entering import find_participant
from app.store.lookups.answering import own_votes, voted_count
from app.store.lookups.rooms import participant_by_key
from app.store.unit_of_work import reading
from tests.web.room.conftest import OTHER, Phone, Q, Workshop


def _voted(workshop: Workshop, question: str = Q, voting: int = 1) -> int:
    with reading(workshop.town.engine) as session:
        return voted_count(session, workshop.town.row(session, workshop.assessment_id).id, question, voting)


def _mine(workshop: Workshop, phone: Phone, question: str = Q) -> object:
    cookie = phone.visit.client.get_cookie("seat")
    assert cookie is not None
    with reading(workshop.town.engine) as session:
        seat = find_participant(session, workshop.code, cookie.value.partition(":")[2])
        me = participant_by_key(session, seat.participant_id)
        kept = my_answers(session, workshop.town.row(session, workshop.assessment_id), me).questions.get(question)
        return (kept.answer, kept.comment, len(own_votes(session, me))) if kept else None


@pytest.mark.slow
def test_beliefs_come_first_then_at_most_fifteen_questions_one_a_screen(workshop: Workshop) -> None:
    phone, kinds = workshop.phone(), []
    for _ in range(60):
        page = phone.get().text
        if "That is all for now" in page:
            break
        action = page.split('data-kind="')[1].split('"')[0]
        kinds.append(action)
        address = page.split('<form id="card-')[1].split('action="')[1].split('"')[0]
        data = {"agree": "4"} if action == "belief" else {"answer": "dk"}
        assert phone.post(address, **data).location == "/room"
    assert kinds == ["belief"] * 16 + ["question"] * 15


def test_a_phone_may_keep_the_next_six_cards_ready(workshop: Workshop) -> None:
    phone = workshop.phone()
    assert phone.get("/room/cards").text.count("data-card=") == 6


def test_a_vote_is_kept_and_acknowledged_in_both_endings(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.get()
    assert phone.post(f"/room/votes/{Q}/1", answer="2", comment="calendar only").location == "/room"
    assert _mine(workshop, phone) == (Level(2), "calendar only", 1)
    assert phone.vote("dk").status_code == 204
    assert _mine(workshop, phone) == (DontKnow(), "calendar only", 1), "words that were not sent along stay"
    assert 'value="dk" checked' in phone.get().text


def test_the_same_vote_twice_and_an_older_one_late_are_acknowledged_and_count_once(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.get()
    for answer, seq in ((3, 20), (3, 20), (1, 10)):
        assert phone.vote(answer, seq=str(seq)).status_code == 204
    assert _voted(workshop) == 1
    assert _mine(workshop, phone) == (Level(3), None, 1)


@pytest.mark.parametrize("answer", ["5", "-1", "", "nonsense", "0x1"])
def test_an_unknown_level_is_422_and_nothing_is_written(workshop: Workshop, answer: str) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.get()
    assert phone.vote(answer).status_code == 422
    assert phone.post(f"/room/votes/{Q}/1", answer=answer).status_code == 422
    assert _voted(workshop) == 0


def test_a_refused_form_is_shown_again_with_what_was_typed(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.get()
    answer = phone.post(f"/room/votes/{Q}/1", comment="half a thought")
    assert answer.status_code == 422
    assert "half a thought" in answer.text
    assert "Choose the line that is true today" in answer.text


def test_n_a_needs_a_reason_and_a_question_that_allows_it(workshop: Workshop) -> None:
    phone = workshop.phone()
    asked = next(q for q in ("mon-groups", "mon-outcome", "aut-retraining", "mon-input") if _allows_na(phone, q))
    assert phone.vote("na", asked).status_code == 422
    assert phone.vote("na", asked, reason="bought in").status_code == 204
    assert _mine(workshop, phone, asked) == (NotApplicable("bought in"), None, 1)
    assert phone.vote("na", Q, reason="bought in").status_code == 422


def _allows_na(phone: Phone, question: str) -> bool:
    page = phone.get(f"/room/questions/{question}")
    return page.status_code == 200 and 'value="na"' in page.text


def test_what_is_not_asked_is_404(workshop: Workshop) -> None:
    phone = workshop.phone()
    assert phone.vote(2, "nothing").status_code == 404
    assert phone.post("/room/beliefs/nothing", agree="2").status_code == 404
    assert phone.get("/room/questions/nothing").status_code == 404
    assert phone.get("/room/beliefs/nothing").status_code == 404
    assert phone.post("/room/comments/nothing").status_code == 404
    assert phone.vote(2, Q, 99999999999).status_code == 404


def test_a_belief_is_kept_and_nonsense_is_422(workshop: Workshop) -> None:
    phone = workshop.phone()
    assert phone.post("/room/beliefs/b01", agree="4").status_code == 303
    assert phone.post("/room/beliefs/b01", agree="6").status_code == 422
    assert phone.post("/room/beliefs/b01", agree="dk", **{"from": "mine"}).location == "/room/mine"
    assert "No opinion" in phone.get("/room/mine").text


def test_late_votes_are_refused_after_the_reveal_in_words(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.get()
    workshop.move("reveal")
    assert phone.vote(2).status_code == 409
    answer = phone.post(f"/room/votes/{Q}/1", answer="2")
    assert answer.status_code == 409
    assert "The cards were opened before your vote arrived" in answer.text
    assert "Cards are open" in answer.text, "the room as it stands, not a dead page"
    assert _voted(workshop) == 0


def test_a_voting_that_is_not_asked_is_the_wrong_moment(workshop: Workshop) -> None:
    phone = workshop.phone()
    assert phone.vote(2, Q, 2).status_code == 409
    workshop.ask()
    assert phone.vote(2, OTHER, 2).status_code == 409
    assert phone.vote(2, OTHER, 1).status_code == 204, "beforehand, while the room talks of something else"


def test_nothing_is_taken_in_a_closed_room_and_everybody_is_thanked(workshop: Workshop) -> None:
    phone = workshop.phone()
    phone.vote(2)
    workshop.move("close_room")
    page = phone.get()
    assert page.status_code == 200
    assert "Thank you. The room is closed." in page.text
    assert phone.vote(3).status_code == 409
    assert phone.post("/room/beliefs/b01", agree="4").status_code == 409
    assert phone.post("/room/elsewhere").status_code == 409
    assert _mine(workshop, phone) == (Level(2), None, 1)
    assert "Level 2" in phone.get("/room/mine").text


def test_a_comment_is_released_by_its_author_alone_and_taken_back(workshop: Workshop) -> None:
    phone = workshop.phone()
    phone.vote(2, comment="calendar only for two models")
    assert "Stays with you." in phone.get("/room/mine").text
    assert phone.post(f"/room/comments/{Q}", released="y").location == "/room/mine"
    assert "May be printed, without your role." in phone.get("/room/mine").text
    phone.post(f"/room/comments/{Q}", released="n")
    assert "Stays with you." in phone.get("/room/mine").text
    phone.post(f"/room/comments/{OTHER}", released="y")
    assert "There is no comment of yours" in phone.get("/room/mine").text


def test_what_was_answered_can_be_changed_until_the_cards_are_open(workshop: Workshop) -> None:
    phone = workshop.phone()
    phone.vote(2)
    assert f'href="/room/questions/{Q}"' in phone.get("/room/mine").text
    page = phone.get(f"/room/questions/{Q}")
    assert 'value="2" checked' in page.text
    assert phone.post(f"/room/votes/{Q}/1", answer="3", **{"from": "mine"}).location == "/room/mine"
    workshop.ask()
    workshop.move("reveal")
    assert f'href="/room/questions/{Q}"' not in phone.get("/room/mine").text
    assert phone.get(f"/room/questions/{Q}").status_code == 409


def test_own_answers_are_shown_to_nobody_else(workshop: Workshop) -> None:
    one, two = workshop.phone(), workshop.phone()
    one.vote(2, comment="only mine")
    assert "only mine" not in two.get("/room/mine").text
    assert "Nothing yet" in two.get("/room/mine").text


def test_families_are_told_by_shape_and_name_and_not_by_colour_alone(workshop: Workshop) -> None:
    phones = workshop.enter(["data_scientist", "ml_engineer"] * 2 + ["platform"] * 4)
    workshop.ask()
    for phone, level in zip(phones, (4, 3, 2, 3, 1, 2, 1, 3), strict=True):
        assert phone.vote(level).status_code == 204
    workshop.move("reveal")
    page = phones[0].get().text
    marks = dict(re.findall(r'class="by-family"><svg.*?<(circle|rect|path).*?</svg>\s*(\w+):', page, re.DOTALL))
    assert marks == {"circle": "Builders", "rect": "Runners"}

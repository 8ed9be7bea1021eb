"""An assessment from draft to closed: what its page says to whom, and each step in its moment only."""

import re

import pytest

from app.domain.answers import Level
from app.services.answering import answer_question
from app.services.joining import join_as_member
from app.store.lookups.answering import participant_of_user
from app.store.unit_of_work import reading, writing
from tests.web.town import Town


def answer(town: Town, assessment_id: str, name: str, *questions: str, level: int = 4) -> None:
    with writing(town.engine) as session:
        row = town.row(session, assessment_id)
        join_as_member(session, town.actor(name), row, "data_scientist", on=row.date)
        mine = participant_of_user(session, row.id, town.people[name])
        for question in questions:
            answer_question(session, row, mine, question, Level(level))


def test_a_draft_is_opened_by_a_facilitator_and_again_changes_nothing(town: Town) -> None:
    here = f"/assessments/{(one := town.begin(opened=False))}"
    browser = town.browser("alice")
    assert "Open for answers" in browser.get(here).text
    assert "Open for answers" not in town.browser("bob").get(here).text
    for _ in range(2):
        assert browser.post(f"{here}/open").location == here
        assert town.state(one) == "open"


def test_the_time_box_that_is_told_is_what_the_room_had(town: Town) -> None:
    here = f"/assessments/{town.begin(variant='pulse')}"
    browser = town.browser("alice")
    assert "Time box" not in browser.get(here).text
    assert re.search(r'name="minutes"[^>]* value="60"', browser.get(f"{here}/workshop").text)
    assert browser.post(f"{here}/workshop/open", {"minutes": "40"}).status_code == 303
    assert "<dt>Time box</dt><dd>40 minutes</dd>" in re.sub(r" dir=.auto.", "", browser.get(here).text)


def test_each_is_shown_their_own_part(town: Town) -> None:
    one = town.begin()
    answer(town, one, "bob", "mon-drift", "mon-cost")
    bob, vera, alice = (town.browser(name).get(f"/assessments/{one}").text for name in ("bob", "vera", "alice"))
    assert "2 of 10" in bob
    assert "Questions that have an answer" not in bob
    assert "Your answers" not in vera
    assert "of 10" not in vera
    assert "38 questions are without an answer" in alice
    assert "1 person has joined" in alice


def test_the_page_of_an_open_assessment_is_the_same_whatever_was_answered(town: Town) -> None:
    high, low = town.begin("2026-Q3"), town.begin("2026-Q2")
    answer(town, high, "bob", "mon-drift", level=4)
    answer(town, low, "bob", "mon-drift", level=0)
    alice = town.browser("alice")
    first, second = (alice.get(f"/assessments/{one}").text for one in (high, low))
    assert "1 of 10" in _progress(first)
    assert _progress(first) == _progress(second)


def test_closing_asks_first_and_says_what_stays_unknown(town: Town) -> None:
    one = town.begin()
    browser = town.browser("alice")
    asked = browser.get(f"/assessments/{one}/close").text
    assert "40 questions are without an answer" in asked
    assert "It is final" in asked
    assert town.state(one) == "open"
    assert browser.post(f"/assessments/{one}/close").location == f"/assessments/{one}/report"
    assert town.state(one) == "closed"
    assert browser.post(f"/assessments/{one}/close").status_code == 409
    assert browser.get(f"/assessments/{one}/close").status_code == 409


def test_a_draft_is_not_closed_and_what_is_closed_is_not_opened(town: Town) -> None:
    one = town.begin(opened=False)
    browser = town.browser("alice")
    assert browser.get(f"/assessments/{one}/close").status_code == 409
    assert browser.post(f"/assessments/{one}/close").status_code == 409
    assert town.state(one) == "draft"
    browser.post(f"/assessments/{one}/open")
    browser.post(f"/assessments/{one}/close")
    assert browser.post(f"/assessments/{one}/open").status_code == 409
    assert town.state(one) == "closed"


def test_a_draft_is_thrown_away_and_an_open_one_is_not(town: Town) -> None:
    draft, opened = town.begin(opened=False), town.begin("2026-Q2")
    browser = town.browser("alice")
    assert "Throw this draft away?" in browser.get(f"/assessments/{draft}/discard").text
    assert browser.post(f"/assessments/{draft}/discard").location == f"/teams/{town.team_id}"
    assert browser.get(f"/assessments/{draft}").status_code == 404
    assert browser.post(f"/assessments/{draft}/discard").status_code == 404
    assert browser.get(f"/assessments/{opened}/discard").status_code == 409
    assert browser.post(f"/assessments/{opened}/discard").status_code == 409
    assert town.state(opened) == "open"


def test_an_owner_voids_a_closed_one_with_a_reason_and_its_quarter_is_free(town: Town) -> None:
    one = town.begin()
    owner = town.browser("olive")
    assert owner.get(f"/assessments/{one}/void").status_code == 409
    assert owner.post(f"/assessments/{one}/void", {"reason": "Too early"}).status_code == 409
    owner.post(f"/assessments/{one}/close")
    refused = owner.post(f"/assessments/{one}/void", {"reason": " "})
    assert refused.status_code == 422
    assert town.state(one) == "closed"
    assert owner.post(f"/assessments/{one}/void", {"reason": "The wrong team answered"}).status_code == 303
    assert town.state(one) == "voided"
    assert "This assessment is void." in owner.get(f"/assessments/{one}").text
    assert owner.post(f"/assessments/{one}/void", {"reason": "Again"}).status_code == 409
    assert town.state(town.begin()) == "open"


@pytest.mark.parametrize(("name", "shown"), [("olive", True), ("alice", False), ("vera", False)])
def test_only_an_owner_is_offered_to_void(town: Town, name: str, *, shown: bool) -> None:
    one = town.begin()
    town.browser("alice").post(f"/assessments/{one}/close")
    page = town.browser(name).get(f"/assessments/{one}").text
    assert ("Declare it void" in page) is shown
    assert "Read the report" in page


def test_a_question_that_was_closed_in_between_is_answered_with_the_state(town: Town) -> None:
    one = town.begin()
    alice, olive = town.browser("alice"), town.browser("olive")
    alice.get(f"/assessments/{one}/close")
    olive.post(f"/assessments/{one}/close")
    with reading(town.engine) as session:
        digest = town.row(session, one).settled_digest
    late = alice.post(f"/assessments/{one}/close")
    assert late.status_code == 409
    assert "what is closed never changes" in late.text
    with reading(town.engine) as session:
        assert town.row(session, one).settled_digest == digest


def test_what_only_writes_is_not_read(town: Town) -> None:
    one, alice = town.begin(), town.browser("alice")
    for here in (f"/assessments/{one}/open", f"/teams/{town.team_id}/assessments/alone"):
        assert alice.get(here).status_code == 405


def _progress(page: str) -> str:
    return page.partition('id="room"')[2].partition('id="missing"')[0]

"""Own answers over the web: each for themselves, nothing lost, nobody's score."""

import gzip
import re
from typing import Any

import pytest

from app.domain.answers import Agreed, Level
from app.domain.questionnaire import NOT_SAID
from app.services.agreeing import agree_level
from app.services.answering import MyAnswers, answer_question, my_answers
from app.services.asking import next_questions
from app.services.closing import close_assessment
from app.services.joining import join_as_guest, participant_of
from app.store.lookups import answering
from app.store.unit_of_work import reading, writing
from app.web.assets import STATIC
from tests.web.town import KEY, NOW, Town, Visit

HTMX = {"HX-Request": "true"}
MOST_BYTES = 60 * 1024


def _base(assessment_id: str) -> str:
    return f"/assessments/{assessment_id}/answer"


def _join(town: Town, assessment_id: str, name: str = "bob", role: str = "platform") -> Visit:
    browser = town.browser(name)
    browser.get(_base(assessment_id))
    assert browser.post(f"{_base(assessment_id)}/role", {"role": role}).status_code == 303
    return browser


def _mine(town: Town, assessment_id: str, name: str = "bob") -> MyAnswers:
    with reading(town.engine) as session:
        row = town.row(session, assessment_id)
        return my_answers(session, row, participant_of(session, town.actor(name), row))


def _agree(town: Town, assessment_id: str, question: str, level: int = 2) -> None:
    with writing(town.engine) as session:
        row = town.row(session, assessment_id)
        agree_level(session, town.actor("alice"), row, question, Agreed(Level(level)), at=NOW)


def test_the_terms_stand_before_the_first_answer(town: Town) -> None:
    here = town.begin()
    page = town.browser("bob").get(_base(here))
    for words in ("Nobody sees your answers", "Builders", "I would rather not say", "On the server localhost"):
        assert words in page.text
    assert "facilitate" not in page.text
    opened = town.begin("2026-Q4", anonymity="open")
    assert "terms of this assessment are open" in town.browser("bob").get(_base(opened)).text


def test_who_holds_a_role_alone_is_told_and_can_leave_it_unsaid(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here, role="risk")
    assert "could be recognized" in browser.get(_base(here)).text
    assert browser.post(f"{_base(here)}/role", {"role": NOT_SAID}).status_code == 303
    assert "could be recognized" not in browser.get(_base(here)).text
    browser.post(f"{_base(here)}/questions/mon-drift", {"answer": "1"})
    assert browser.post(f"{_base(here)}/role", {"role": "risk"}).status_code == 303
    assert "stays as it is" in browser.get(_base(here)).text


@pytest.mark.slow
def test_beliefs_come_first_then_what_one_is_asked_then_it_is_finished(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    seen = []
    for _ in range(40):
        link = re.search(r'class="btn btn-primary" href="([^"]+)">(?:Begin|Go on)<', browser.get(_base(here)).text)
        if link is None:
            break
        seen.append(link[1])
        assert browser.get(link[1]).status_code == 200
        browser.post(link[1], {"agree": "2"} if "/beliefs/" in link[1] else {"answer": "2"})
    assert [("/beliefs/" in one) for one in seen] == [True] * 16 + [False] * 15
    page = browser.get(_base(here)).text
    assert "That is all you were asked" in page
    assert "25 more questions are optional" in page


def test_each_screen_leads_to_the_one_after_it(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    with reading(town.engine) as session:
        row = town.row(session, here)
        asking = next_questions(session, row, participant_of(session, town.actor("bob"), row))
    last, first = asking.beliefs[-1], asking.asked[0]
    answer = browser.post(f"{_base(here)}/beliefs/{last}", {"agree": "dk"})
    assert (answer.status_code, answer.location) == (303, f"{_base(here)}/questions/{first}")
    assert f"/beliefs/{last}" in browser.get(f"{_base(here)}/questions/{first}").text
    end = browser.post(f"{_base(here)}/questions/{asking.asked[-1]}", {"answer": "0"})
    assert end.location == _base(here)
    assert _mine(town, here).beliefs[last] is None


def test_a_pulse_asks_no_beliefs(town: Town) -> None:
    here = town.begin(variant="pulse")
    browser = _join(town, here)
    assert "Beliefs" not in browser.get(_base(here)).text
    assert browser.get(f"{_base(here)}/beliefs/b01").status_code == 404
    assert browser.post(f"{_base(here)}/beliefs/b01", {"agree": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [("questions/mon-drift", {"answer": "3", "seq": "7"}), ("beliefs/b01", {"agree": "4", "seq": "7"})],
)
def test_an_answer_sent_by_script_gets_the_line_at_the_foot(town: Town, path: str, sent: dict[str, str]) -> None:
    here = town.begin()
    browser = _join(town, here)
    answer = browser.post(f"{_base(here)}/{path}", sent, headers=HTMX)
    assert answer.status_code == 200
    assert "Saved" in answer.text
    assert "<html" not in answer.text
    again = browser.post(f"{_base(here)}/{path}", sent, headers=HTMX)
    assert (again.status_code, "Saved" in again.text) == (200, True)


def test_a_late_older_answer_changes_nothing_and_is_not_called_saved(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    path = f"{_base(here)}/questions/mon-drift"
    browser.post(path, {"answer": "3", "seq": "9"}, headers=HTMX)
    late = browser.post(path, {"answer": "1", "seq": "8"}, headers=HTMX)
    assert late.status_code == 409
    assert "Not saved" in late.text
    assert _mine(town, here).questions["mon-drift"].answer == Level(3)
    belief = f"{_base(here)}/beliefs/b01"
    browser.post(belief, {"agree": "3", "seq": "9"}, headers=HTMX)
    assert browser.post(belief, {"agree": "1", "seq": "8"}, headers=HTMX).status_code == 409
    assert _mine(town, here).beliefs["b01"] == 3


def test_a_number_without_end_is_no_number_of_a_page(town: Town) -> None:
    browser = _join(town, here := town.begin())
    sent = {"answer": "3", "seq": "9" * 5000}
    assert browser.post(f"{_base(here)}/questions/mon-drift", sent, headers=HTMX).status_code == 200


def test_a_comment_is_released_only_when_its_author_says_so(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    path = f"{_base(here)}/questions/mon-drift"
    browser.post(path, {"answer": "3", "comment": "At night nobody looks."})
    assert _mine(town, here).questions["mon-drift"].released is False
    browser.post(path, {"answer": "3", "comment": "At night nobody looks.", "released": "y"})
    assert _mine(town, here).questions["mon-drift"].released is True
    browser.post(path, {"answer": "3", "comment": "At night nobody looks."})
    assert _mine(town, here).questions["mon-drift"].released is False, "what is no longer ticked is taken back"
    browser.post(path, {"answer": "3", "comment": "At night nobody looks.", "released": "y"})
    _agree(town, here, "mon-drift")
    assert "Keep it to myself" in browser.get(path).text
    assert browser.post(f"{path}/release").status_code == 303
    assert _mine(town, here).questions["mon-drift"].released is False
    assert browser.post(f"{_base(here)}/questions/mon-cost/release").status_code == 409


def test_votes_that_are_settled_stay_and_no_text_is_lost(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    path = f"{_base(here)}/questions/mon-drift"
    browser.post(path, {"answer": "3"})
    _agree(town, here, "mon-drift")
    shown = browser.get(path)
    assert "stay as they are" in shown.text
    assert "Save and next" not in shown.text
    late = browser.post(path, {"answer": "1", "comment": "A text of mine"})
    assert late.status_code == 409
    assert "A text of mine" in late.text
    assert browser.post(path, {"answer": "1"}, headers=HTMX).status_code == 409
    assert _mine(town, here).questions["mon-drift"].answer == Level(3)


def test_what_was_settled_before_is_not_asked_any_more(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    with reading(town.engine) as session:
        row = town.row(session, here)
        asked = next_questions(session, row, participant_of(session, town.actor("bob"), row)).asked
    _agree(town, here, asked[0])
    browser.get(_base(here))
    with reading(town.engine) as session:
        row = town.row(session, here)
        assert next_questions(session, row, participant_of(session, town.actor("bob"), row)).asked == asked[1:]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"answer": "5"},
        {"answer": "na"},
        {"answer": "na", "reason": "  "},
        {"answer": "2", "comment": "x" * 2001},
        {"answer": "2", "comment": "\x07"},
    ],
)
def test_what_is_no_answer_is_told_and_not_written(town: Town, wrong: dict[str, str]) -> None:
    here = town.begin()
    browser = _join(town, here)
    path = f"{_base(here)}/questions/gov-fairness"
    plain = browser.post(path, wrong)
    assert plain.status_code == 422
    assert "Not saved yet" in plain.text
    assert browser.post(path, wrong, headers=HTMX).status_code == 422
    assert "gov-fairness" not in _mine(town, here).questions


def test_only_where_it_may_does_a_question_not_apply(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    path = f"{_base(here)}/questions"
    assert "Does not apply" in browser.get(f"{path}/gov-fairness").text
    assert browser.post(f"{path}/gov-fairness", {"answer": "na", "reason": "No people"}).status_code == 303
    assert "Does not apply to us" not in browser.get(f"{path}/mon-drift").text
    assert browser.post(f"{path}/mon-drift", {"answer": "na", "reason": "x"}).status_code == 422


def test_a_whole_dimension_is_on_one_page_and_each_question_saves_itself(town: Town) -> None:
    here = town.begin()
    browser = _join(town, here)
    page = f"{_base(here)}/dimensions/monitoring"
    assert browser.get(page).text.count("data-answer") == 10
    plain = browser.post(f"{_base(here)}/questions/mon-drift", {"answer": "2", "view": "dimension"})
    assert plain.location == f"{page}#mon-drift"
    part = browser.post(f"{_base(here)}/questions/mon-cost", {"answer": "2", "view": "dimension"}, headers=HTMX).text
    assert 'hx-swap-oob="true"' in part
    assert "2 of 10" in part
    assert browser.get(f"{_base(here)}/dimensions/nothing").status_code == 404


def test_nobody_sees_anybody_else_s_answers_or_a_score(town: Town) -> None:
    here = town.begin()
    with writing(town.engine) as session:
        row = town.row(session, here)
        join_as_guest(session, row, "platform", on=NOW.date(), respondent="other")
        other = next(p for p in answering.participants(session, row.id) if p.respondent == "other")
        answer_question(session, row, other, "mon-drift", Level(4), comment="A secret of the other")
    browser = _join(town, here)
    for path in ("", "/questions/mon-drift", "/dimensions/monitoring"):
        page = browser.get(_base(here) + path).text
        assert "A secret of the other" not in page
        assert not re.search(r"<input[^>]* checked", page)
        assert not re.search(r"\bstage [0-4]\b|your score|supported level|\bmedian\b", page, re.IGNORECASE)


def test_a_facilitator_may_answer_or_sit_out(town: Town) -> None:
    here = town.begin()
    assert "sit out" in town.browser("alice").get(_base(here)).text
    browser = _join(town, here, "alice", "product")
    assert browser.post(f"{_base(here)}/questions/mon-drift", {"answer": "2"}).status_code == 303


def test_before_it_opens_and_after_it_closed_there_is_nothing_to_answer(town: Town) -> None:
    draft = town.begin(opened=False)
    browser = town.browser("bob")
    assert "not taken yet" in browser.get(_base(draft)).text
    assert browser.post(f"{_base(draft)}/role", {"role": "risk"}).status_code == 409
    here = town.begin("2026-Q4")
    mine = _join(town, here)
    mine.post(f"{_base(here)}/questions/mon-drift", {"answer": "2"})
    with writing(town.engine) as session:
        close_assessment(session, town.actor("alice"), town.row(session, here), at=NOW, key=KEY)
    assert "This assessment is closed" in town.browser("alice").get(_base(here)).text
    assert "is closed, so" in mine.get(f"{_base(here)}/questions/mon-drift").text
    late = mine.post(f"{_base(here)}/questions/mon-drift", {"answer": "1", "comment": "Late words"})
    assert (late.status_code, "Late words" in late.text) == (409, True)
    assert mine.post(f"{_base(here)}/beliefs/b01", {"agree": "1"}).status_code == 409


def test_without_a_role_nothing_is_taken(town: Town) -> None:
    here = town.begin()
    browser = town.browser("bob")
    for path in ("/questions/mon-drift", "/beliefs/b01", "/dimensions/monitoring"):
        assert browser.get(_base(here) + path).location == _base(here)
    assert browser.post(f"{_base(here)}/questions/mon-drift", {"answer": "1"}).status_code == 409
    assert browser.post(f"{_base(here)}/role", {"role": "king"}).status_code == 422
    assert browser.post(f"{_base(here)}/role", {}).status_code == 422


ROUTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("get", "", {}),
    ("get", "/role", {}),
    ("post", "/role", {"role": "risk"}),
    ("get", "/beliefs/b01", {}),
    ("post", "/beliefs/b01", {"agree": "1"}),
    ("get", "/questions/mon-drift", {}),
    ("post", "/questions/mon-drift", {"answer": "1"}),
    ("post", "/questions/mon-drift/release", {}),
    ("get", "/dimensions/monitoring", {}),
)


def test_who_has_no_business_here_is_refused_in_order(town: Town) -> None:
    here = town.begin()
    stranger, charlie, vera, bob = (town.browser(name) for name in (None, "charlie", "vera", "bob"))
    for method, path, data in ROUTES:
        for browser, status in ((stranger, 401), (charlie, 404), (vera, 403)):
            answer = browser.get(_base(here) + path) if method == "get" else browser.post(_base(here) + path, data)
            assert answer.status_code == status, (method, path, status)
        elsewhere = _base("nothing") + path
        assert (bob.get(elsewhere) if method == "get" else bob.post(elsewhere, data)).status_code == 404
    joined = _join(town, here)
    for path in ("/questions/nothing", "/beliefs/nothing"):
        assert joined.get(_base(here) + path).status_code == 404
        assert joined.post(_base(here) + path, {"answer": "1", "agree": "1"}).status_code == 404
    assert joined.post(f"{_base(here)}/dimensions/monitoring").status_code == 405


def test_a_screen_of_the_phone_is_light(town: Town) -> None:
    here = town.begin()
    page = _join(town, here).get(f"{_base(here)}/questions/mon-drift").text
    loaded = re.findall(r'(?:src|href)="/static/[0-9a-f]+/([^"]+)"', page)
    files = {one for one in loaded if not one.endswith(".woff2")}  # fonts apart
    assert any("answers.js" in one for one in files)
    texts = [page.encode(), *((STATIC / one).read_bytes() for one in sorted(files))]
    assert sum(len(gzip.compress(one)) for one in texts) <= MOST_BYTES

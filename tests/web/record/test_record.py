"""The record over the web: the room's levels and nobody's, and two editors lose nothing."""

import datetime as dt
from typing import Any

import pytest

from app.domain.answers import Agreed, EvidenceItem, Grade, Hands, Level, NotApplicable
from app.services.agreeing import agree_level, enter_hands, set_evidence
from app.services.answering import answer_question
from app.services.closing import close_assessment
from app.services.joining import join_as_guest, join_as_member, participant_of
from app.services.recorded import Recorded, what_is_recorded
from app.store.lookups import answering
from app.store.unit_of_work import reading, writing
from tests.web.town import KEY, NOW, Town

HTMX = {"HX-Request": "true"}


def _base(assessment_id: str) -> str:
    return f"/assessments/{assessment_id}/record"


def _one(town: Town, assessment_id: str, question: str = "mon-drift") -> Recorded:
    with reading(town.engine) as session:
        return what_is_recorded(session, town.row(session, assessment_id))[question]


def _votes(town: Town, assessment_id: str, levels: tuple[int, ...], question: str = "mon-drift") -> None:
    with writing(town.engine) as session:
        row = town.row(session, assessment_id)
        for place, level in enumerate(levels):
            join_as_guest(session, row, "data_scientist", on=NOW.date(), respondent=f"r{place}")
            me = next(p for p in answering.participants(session, row.id) if p.respondent == f"r{place}")
            answer_question(session, row, me, question, Level(level))


def test_a_level_is_recorded_with_its_note_and_taken_back(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift"
    assert "0 of 40" in browser.get(_base(here)).text
    answer = browser.post(f"{path}/agreed", {"answer": "3", "note": "By hand", "version": "0"})
    assert (answer.status_code, answer.location) == (303, path)
    assert _one(town, here).agreed == Agreed(Level(3), "By hand")
    page = browser.get(_base(here)).text
    assert "1 of 40" in page
    assert "no evidence yet" in page
    assert browser.post(f"{path}/take-back", {"version": "1"}).status_code == 303
    assert "It was: Level 3." in browser.get(path).text
    assert _one(town, here).agreed is None


def test_what_does_not_apply_says_why_and_only_where_it_may(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    browser.get(_base(here))
    path = f"{_base(here)}/gov-fairness/agreed"
    assert browser.post(path, {"answer": "na", "version": "0"}).status_code == 422
    assert browser.post(path, {"answer": "na", "reason": "No people", "version": "0"}).status_code == 303
    assert _one(town, here, "gov-fairness").agreed == Agreed(NotApplicable("No people"))
    assert browser.post(f"{_base(here)}/mon-drift/agreed", {"answer": "na", "reason": "x"}).status_code == 422
    assert browser.post(f"{_base(here)}/mon-drift/agreed", {}).status_code == 422
    assert browser.post(f"{_base(here)}/mon-drift/agreed", {"answer": "2", "note": "\x07"}).status_code == 422
    assert _one(town, here).agreed is None


@pytest.mark.slow
def test_record_and_next_leads_to_the_next_open_question(town: Town) -> None:
    here = town.begin(variant="pulse")
    browser = town.browser("alice")
    browser.get(_base(here))
    with reading(town.engine) as session:
        asked = list(what_is_recorded(session, town.row(session, here)))
    for place, question in enumerate(asked):
        sent = {"answer": "1", "version": "0", "do": "next"}
        answer = browser.post(f"{_base(here)}/{question}/agreed", sent)
        end = place + 1 == len(asked)
        assert answer.location == (_base(here) if end else f"{_base(here)}/{asked[place + 1]}")
    assert "Nothing is open" in browser.get(f"{_base(here)}?show=open").text


def test_before_the_votes_are_shown_only_their_number_is(town: Town) -> None:
    here = town.begin()
    _votes(town, here, (0, 4, 4, 4, 4))
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift"
    before = browser.get(path).text
    assert "5 people have answered" in before
    assert "median" not in before
    assert "from the middle" not in before
    browser.post(f"{path}/agreed", {"answer": "4", "version": "0"})
    after = browser.get(path).text
    assert "How many gave each answer".lower() in after.lower()
    assert "0.8 levels from the middle" in after


def test_of_two_votes_nothing_is_shown_even_afterwards(town: Town) -> None:
    here = town.begin()
    _votes(town, here, (0, 4))
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift"
    browser.get(path)
    browser.post(f"{path}/agreed", {"answer": "1", "version": "0"})
    page = browser.get(path).text
    assert "too few" in page
    assert "median" not in page


def test_two_editors_of_a_level_see_both_texts_and_the_second_decides(town: Town) -> None:
    here = town.begin()
    first, second = town.browser("alice"), town.browser("olive")
    path = f"{_base(here)}/mon-drift"
    second.get(path)
    first.get(path)
    first.post(f"{path}/agreed", {"answer": "3", "note": "The text of Alice", "version": "0"})
    lost = second.post(f"{path}/agreed", {"answer": "1", "note": "The text of Olive", "version": "0"})
    assert lost.status_code == 409
    for words in ("The text of Alice", "The text of Olive", 'name="version" value="1"', "Record mine instead"):
        assert words in lost.text
    assert _one(town, here).agreed == Agreed(Level(3), "The text of Alice")
    again = second.post(f"{path}/agreed", {"answer": "1", "note": "The text of Olive", "version": "1"})
    assert again.status_code == 303
    assert _one(town, here).agreed == Agreed(Level(1), "The text of Olive")
    stale = first.post(f"{path}/take-back", {"version": "1"})
    assert (stale.status_code, "The text of Olive" in stale.text) == (409, True)


def test_rows_of_artefacts_come_and_go_without_being_saved(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift/evidence"
    browser.get(f"{_base(here)}/mon-drift")
    row = {"version": "0", "items-0-title": "First", "items-1-title": "Second"}
    more = browser.post(path, {**row, "do": "add"}, headers=HTMX)
    assert (more.status_code, more.text.count("What it is")) == (200, 3)
    less = browser.post(path, {**row, "do": "remove-0"})
    assert (less.status_code, "First" in less.text, "Second" in less.text) == (200, False, True)
    assert _one(town, here).evidence.items == ()
    assert browser.post(path, {**row, "do": "remove-77"}).status_code == 200


def test_the_grade_follows_from_the_artefacts(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift/evidence"
    browser.get(f"{_base(here)}/mon-drift")
    named = {"items-0-title": "July", "items-0-place": "wiki", "items-0-date": "2026-07-10"}
    saved = browser.post(path, {**named, "version": "0"}, headers=HTMX)
    assert (saved.status_code, "E1" in saved.text) == (200, True)
    assert _one(town, here).evidence.items == (EvidenceItem("July", "wiki", dt.date(2026, 7, 10), None),)
    plain = browser.post(path, {**named, "items-0-seen_by": "risk", "version": "1"})
    assert plain.location == f"{_base(here)}/mon-drift#evidence"
    assert _one(town, here).evidence.grade is Grade.E2
    browser.post(path, {"version": "2", "items-0-title": ""})
    assert _one(town, here).evidence.grade is Grade.E0


@pytest.mark.parametrize(
    "wrong", [{"items-0-place": "wiki"}, {"items-0-title": "x", "items-0-date": "soon"}, {"items-0-title": "x" * 201}]
)
def test_half_an_artefact_is_told_and_not_written(town: Town, wrong: dict[str, str]) -> None:
    here = town.begin()
    browser = town.browser("alice")
    browser.get(f"{_base(here)}/mon-drift")
    answer = browser.post(f"{_base(here)}/mon-drift/evidence", {"version": "0", **wrong})
    assert answer.status_code == 422
    assert "to mend" in answer.text
    assert _one(town, here).evidence_version == 0


def test_two_editors_of_evidence_see_both_lists(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift/evidence"
    browser.get(f"{_base(here)}/mon-drift")
    browser.post(path, {"items-0-title": "The list of one", "version": "0"})
    lost = browser.post(path, {"items-0-title": "The list of two", "version": "0"}, headers=HTMX)
    assert lost.status_code == 409
    assert "The list of one" in lost.text
    assert "The list of two" in lost.text
    assert [item.title for item in _one(town, here).evidence.items] == ["The list of one"]


def test_one_artefact_serves_several_questions(town: Town) -> None:
    here = town.begin()
    with writing(town.engine) as session:
        row, alice = town.row(session, here), town.actor("alice")
        set_evidence(session, alice, row, "mon-drift", [EvidenceItem("Shared")], at=NOW)
        set_evidence(session, alice, row, "mon-cost", [EvidenceItem("Own")], at=NOW)
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift/share"
    browser.get(f"{_base(here)}/mon-drift")
    sent = {"item": "0", "questions": ["mon-cost", "gov-inventory"]}
    assert browser.post(path, sent).status_code == 303
    assert browser.post(path, sent).status_code == 303
    assert [item.title for item in _one(town, here, "mon-cost").evidence.items] == ["Own", "Shared"]
    assert browser.post(path, {"item": "5", "questions": ["mon-cost"]}).status_code == 422
    assert browser.post(path, {"item": "0"}).status_code == 422
    assert browser.post(path, {"item": "0", "questions": ["gov-rollback", "nothing"]}).status_code == 404
    assert browser.post(f"{_base(here)}/gov-fairness/share", sent).status_code == 422


def test_hands_are_counted_by_role_and_the_slower_editor_sees_both(town: Town) -> None:
    here = town.begin()
    browser = town.browser("alice")
    path = f"{_base(here)}/mon-drift/hands"
    assert "Enter a show of hands" in browser.get(f"{_base(here)}/mon-drift").text
    saved = browser.post(path, {"platform_1": "2", "platform_5": "1", "seen": ""}, headers=HTMX)
    assert (saved.status_code, "3 hands are recorded" in saved.text) == (200, True)
    assert _one(town, here).hands == (Hands("platform", (0, 2, 0, 0, 0, 1, 0)),)
    lost = browser.post(path, {"platform_4": "7", "seen": ""})
    assert lost.status_code == 409
    assert "2 level 1 and 1 do not know" in lost.text
    assert "7 level 4" in lost.text
    kept = browser.post(path, {"platform_4": "7", "seen": "platform:0,2,0,0,0,1,0"})
    assert kept.location == f"{_base(here)}/mon-drift#hands"
    assert _one(town, here).hands == (Hands("platform", (0, 0, 0, 0, 7, 0, 0)),)
    for wrong in ("x", "-1", "5001", "\u0663"):
        assert browser.post(path, {"risk_0": wrong, "seen": ""}).status_code == 422


def test_who_answered_alone_may_take_their_answers_over(town: Town) -> None:
    here = town.begin()
    with writing(town.engine) as session:
        row, alice = town.row(session, here), town.actor("alice")
        join_as_member(session, alice, row, "product", on=NOW.date())
        me = participant_of(session, alice, row)
        answer_question(session, row, me, "mon-drift", Level(2))
        answer_question(session, row, me, "mon-cost", Level(1))
        agree_level(session, alice, row, "mon-cost", Agreed(Level(3)), at=NOW)
    browser = town.browser("alice")
    assert "1 answer of yours" in browser.get(_base(here)).text
    assert browser.post(f"{_base(here)}/take-over").status_code == 303
    assert _one(town, here).agreed == Agreed(Level(2))
    assert _one(town, here, "mon-cost").agreed == Agreed(Level(3))
    assert browser.post(f"{_base(here)}/take-over").status_code == 303


@pytest.mark.parametrize("other", ["guest", "hands", "somebody else alone"])
def test_nobody_takes_over_what_others_had_a_part_in(town: Town, other: str) -> None:
    here = town.begin()
    with writing(town.engine) as session:
        row = town.row(session, here)
        who = town.actor("bob" if other == "somebody else alone" else "alice")
        join_as_member(session, who, row, "product", on=NOW.date())
        answer_question(session, row, participant_of(session, who, row), "mon-drift", Level(2))
        if other == "guest":
            join_as_guest(session, row, "platform", on=NOW.date())
        if other == "hands":
            hand = Hands("risk", (1, 0, 0, 0, 0, 0, 0))
            enter_hands(session, town.actor("alice"), row, "mon-cost", [hand], at=NOW)
    browser = town.browser("alice")
    assert "You answered alone" not in browser.get(_base(here)).text
    assert browser.post(f"{_base(here)}/take-over").status_code == 409
    assert _one(town, here).agreed is None


def test_a_draft_and_a_closed_one_are_read_and_a_late_text_is_shown_again(town: Town) -> None:
    draft = town.begin("2026-Q4", opened=False)
    browser = town.browser("alice")
    assert "open it, then record" in browser.get(f"{_base(draft)}/mon-drift").text
    assert browser.post(f"{_base(draft)}/mon-drift/agreed", {"answer": "1", "version": "0"}).status_code == 409
    here = town.begin()
    _votes(town, here, (2, 2, 2))
    path = f"{_base(here)}/mon-drift"
    browser.get(path)
    with writing(town.engine) as session:
        close_assessment(session, town.actor("alice"), town.row(session, here), at=NOW, key=KEY)
    page = browser.get(path).text
    assert "stays as it is" in page
    assert "agreed-form" not in page
    for part, sent in (
        ("agreed", {"answer": "1", "note": "Late words", "version": "0"}),
        ("evidence", {"items-0-title": "Late words", "version": "0"}),
        ("hands", {"risk_0": "17", "seen": ""}),
    ):
        late = browser.post(f"{path}/{part}", sent)
        assert late.status_code == 409
        assert "17 level 0" in late.text if part == "hands" else "Late words" in late.text
    assert browser.post(f"{path}/take-back", {"version": "0"}).status_code == 409


ROUTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("get", "", {}),
    ("post", "/take-over", {}),
    ("get", "/mon-drift", {}),
    ("post", "/mon-drift/agreed", {"answer": "1", "version": "0"}),
    ("post", "/mon-drift/take-back", {"version": "0"}),
    ("post", "/mon-drift/evidence", {"version": "0"}),
    ("post", "/mon-drift/share", {"item": "0"}),
    ("post", "/mon-drift/hands", {"seen": ""}),
)


def test_who_has_no_business_here_is_refused_in_order(town: Town) -> None:
    here = town.begin()
    stranger, charlie, bob, alice = (town.browser(name) for name in (None, "charlie", "bob", "alice"))
    for method, path, data in ROUTES:
        for browser, status in ((stranger, 401), (charlie, 404), (bob, 403)):
            answer = browser.get(_base(here) + path) if method == "get" else browser.post(_base(here) + path, data)
            assert answer.status_code == status, (method, path, status)
        unknown = _base("nothing") + path
        assert (alice.get(unknown) if method == "get" else alice.post(unknown, data)).status_code == 404
        missing = _base(here) + path.replace("mon-drift", "nothing")
        if "mon-drift" in path:
            assert (alice.get(missing) if method == "get" else alice.post(missing, data)).status_code == 404
    assert alice.get(f"{_base(here)}/mon-drift/agreed").status_code == 405
    assert _one(town, here).agreed_version == 0

"""The board and its actions on the web."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from app.services import board_plans
from app.services.assessments import questionnaire_for
from app.services.board_plans import last_full
from app.services.settled import settled_sheet
from app.services.teams import find_team
from app.store.unit_of_work import reading
from tests.web.roadmap.conftest import again, board, first
from tests.web.town import Town


def _form(card_version: int, **more: str) -> dict[str, str]:
    return {"version": str(card_version), "state": "planned", "quarter": "2026-Q4", **more}


def test_before_an_assessment_the_board_says_where_it_comes_from(town: Town) -> None:
    page = town.browser("bob").get(f"/teams/{town.team_id}/roadmap")
    assert page.status_code == 200
    assert "begins with a full assessment" in page.text


def test_before_a_plan_is_accepted_the_board_leads_to_the_plan(town: Town, closed: str) -> None:
    assert closed
    path = f"/teams/{town.team_id}/roadmap"
    assert f'href="{path}/plan"' in town.browser("bob").get(path).text


def test_the_board_shows_a_quarter_by_state(town: Town, accepted: str) -> None:
    page = town.browser("bob").get(accepted).text
    now = board(town)
    lanes = re.findall(r'<h2 id="lane-\d">(.*?) <span>(\d+)</span>', page)
    assert [name for name, _ in lanes] == ["Planned", "In progress", "Reported done", "Checked"]
    assert lanes[0][1] == str(len(now.quarters[0].cards))
    assert all(card.title in page for card in now.leadership)
    assert 'id="leadership"' in page


def test_another_quarter_is_asked_for_by_its_name(town: Town, accepted: str) -> None:
    second = board(town).quarters[1]
    page = town.browser("bob").get(f"{accepted}?quarter={second.quarter}").text
    assert second.quarter.in_words in page
    assert f'id="card-{second.cards[0].id}"' in page
    assert town.browser("bob").get(f"{accepted}?quarter=nonsense").status_code == 200


@pytest.mark.parametrize("name", ["bob", "alice", "fay", "olive"])
def test_a_board_is_read_by_those_who_work_on_it(town: Town, accepted: str, name: str) -> None:
    browser = town.browser(name)
    assert browser.get(accepted).status_code == 200
    assert browser.get(f"/actions/{first(town).id}").status_code == 200
    assert accepted in browser.get(f"/teams/{town.team_id}").text


def test_a_viewer_neither_sees_nor_changes_a_board(town: Town, accepted: str) -> None:
    card, vera = first(town), town.browser("vera")
    for path in (accepted, f"{accepted}/take-out", f"{accepted}/board.csv", f"/actions/{card.id}"):
        assert vera.get(path).status_code == 403
    assert "/roadmap" not in vera.get(f"/teams/{town.team_id}").text
    for path in ("", "/move", "/wish"):
        assert vera.post(f"/actions/{card.id}{path}", _form(card.version)).status_code == 403


@pytest.mark.parametrize("path", ["", "/move", "/wish"])
def test_strangers_and_other_organizations_get_no_action(town: Town, accepted: str, path: str) -> None:
    assert accepted
    card = first(town)
    assert town.browser().post(f"/actions/{card.id}{path}").status_code == 401
    assert town.browser("charlie").post(f"/actions/{card.id}{path}").status_code == 404
    assert town.browser("olive").post(f"/actions/nothing{path}").status_code == 404


def test_a_card_is_moved_by_a_button(town: Town, accepted: str) -> None:
    card, bob = first(town), town.browser("bob")
    bob.get(accepted)
    moved = bob.post(f"/actions/{card.id}/move", {"to": "in_progress", "version": str(card.version)})
    assert moved.status_code == 303
    assert moved.headers["Location"].endswith(f"#card-{card.id}")
    now = again(town, card)
    assert (now.state, str(now.started)) == ("in_progress", "2026-09-30")


def test_a_card_that_is_dragged_is_told_of_in_words(town: Town, accepted: str) -> None:
    card, bob, dragged = first(town), town.browser("bob"), {"HX-Request": "true"}
    lanes = bob.get(accepted, headers=dragged).text
    assert lanes.lstrip().startswith('<div class="board" id="lanes">')
    assert lanes.count("data-state=") == 3, "nobody drags to what the check finds"
    sent = {"to": "in_progress", "version": str(card.version)}
    moved = bob.post(f"/actions/{card.id}/move", sent, headers=dragged)
    assert (moved.status_code, moved.mimetype) == (200, "text/plain")
    assert moved.text == "It stands under \u201cIn progress\u201d now."
    late = bob.post(f"/actions/{card.id}/move", sent, headers=dragged)
    assert (late.status_code, late.mimetype) == (409, "text/plain")
    refused = bob.post(f"/actions/{card.id}/move", {"to": "verified", "version": "2"}, headers=dragged)
    assert (refused.status_code, refused.mimetype) == (422, "text/plain")
    assert "It stands under" not in bob.get(accepted).text, "nothing is left to be said"


def test_a_move_to_what_only_a_check_finds_is_refused(town: Town, accepted: str) -> None:
    assert accepted
    card, bob = first(town), town.browser("bob")
    refused = bob.post(f"/actions/{card.id}/move", {"to": "verified", "version": str(card.version)})
    assert refused.status_code == 422
    assert again(town, card).version == card.version


def test_whoever_moves_an_old_card_sees_what_stands(town: Town, accepted: str) -> None:
    assert accepted
    card, bob = first(town), town.browser("bob")
    sent = {"to": "in_progress", "version": str(card.version)}
    assert bob.post(f"/actions/{card.id}/move", sent).status_code == 303
    late = bob.post(f"/actions/{card.id}/move", {**sent, "to": "reported_done"})
    assert late.status_code == 409
    assert "In progress" in late.text
    assert again(town, card).state == "in_progress"


def test_an_action_takes_everything_a_team_says(town: Town, accepted: str) -> None:
    assert accepted
    card, bob = first(town), town.browser("bob")
    form = _form(
        card.version, state="in_progress", owner="Dora", due="2026-12-01", started="2026-10-02", effort_days="2.5",
        link="https://tracker.example/7", note="Begun with the small model", quarter="2027-Q1",
    )  # fmt: skip
    assert bob.post(f"/actions/{card.id}", form).status_code == 303
    now = again(town, card)
    assert (now.owner, str(now.due), str(now.started), str(now.quarter)) == (
        "Dora",
        "2026-12-01",
        "2026-10-02",
        "2027-Q1",
    )
    assert (now.link, now.note, float(now.effort_days or 0)) == (form["link"], form["note"], 2.5)
    page = bob.get(f"/actions/{card.id}").text
    assert 'value="2.5"' in page
    assert "Begun with the small model" in town.browser("alice").get(f"/actions/{card.id}").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("due", "soon", "year-month-day"),
        ("started", "2026-02-30", "year-month-day"),
        ("effort_days", "many", "number of days"),
        ("effort_days", "-1", "from 0 to"),
        ("effort_days", "NaN", "number of days"),
        ("quarter", "next", "such as 2026-Q4"),
        ("link", "javascript:alert(1)", "https://"),
        ("state", "verified", "Not a valid choice"),
        ("owner", "x" * 500, "at most"),
    ],
)
def test_what_is_not_valid_is_named_and_nothing_is_saved(
    town: Town, accepted: str, field: str, value: str, said: str
) -> None:
    assert accepted
    card = first(town)
    answer = town.browser("bob").post(f"/actions/{card.id}", _form(card.version, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.text
    assert again(town, card).version == card.version


def test_the_slower_of_two_editors_sees_both_texts(town: Town, accepted: str) -> None:
    assert accepted
    card = first(town)
    assert town.browser("alice").post(f"/actions/{card.id}", _form(card.version, note="Hers")).status_code == 303
    bob = town.browser("bob")
    late = bob.post(f"/actions/{card.id}", _form(card.version, note="His"))
    assert late.status_code == 409
    assert re.search(r"Note</th><td[^>]*>Hers</td><td[^>]*>His</td>", late.text)
    assert again(town, card).note == "Hers"
    newer = re.findall(r'name="version" value="(\d+)"', late.text)[-1]
    assert bob.post(f"/actions/{card.id}", _form(int(newer), note="Both")).status_code == 303
    assert again(town, card).note == "Both"


def test_a_plan_says_when_it_reckons_with_experience(
    town: Town, accepted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Days are 1.25 times the estimates"
    bob, asked = town.browser("bob"), {"HX-Request": "true"}
    assert told not in bob.get(accepted).text
    with reading(town.engine) as session:
        row = last_full(session, find_team(session, town.ours, town.team_id))
        sheet = settled_sheet(row, questionnaire_for(session, row))
    monkeypatch.setattr(board_plans, "settled_sheet", lambda *_: replace(sheet, effort_ratio=Fraction(5, 4)))
    assert told in bob.get(accepted).text
    assert told in bob.get(f"{accepted}/plan?part=projection&capacity=12", headers=asked).text


def test_wrong_methods_are_refused(town: Town, accepted: str) -> None:
    bob = town.browser("bob")
    assert bob.client.get(f"/actions/{first(town).id}/move").status_code == 405
    assert bob.post(accepted).status_code == 405

"""The quarter in a real browser: a plan accepted, a card moved by keys alone, the days changed, the next quarter."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from app.services.board_cards import change_card, find_card, form_of
from app.store.unit_of_work import writing
from tests.chromium import AXE
from tests.web.probes import FAINT, FIND, STICKING_OUT
from tests.web.roadmap.conftest import again, board, first
from tests.web.town import NOW, Town
from tests.web.windows import LOOKS, Watched, sign_in, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_quarter_by_keys_alone(town: Town, chromium: Browser, address: str, closed: str) -> None:
    assert closed
    base = f"{address}/teams/{town.team_id}"
    with Watched(chromium, address, 1440) as window:
        page = sign_in(town, window, "alice")
        page.goto(f"{base}/roadmap")
        tab_to(page, "Look at the plan")
        page.keyboard.press("Enter")
        page.wait_for_url("**/plan")
        tab_to(page, "Accept this plan")
        page.keyboard.press("Enter")
        page.wait_for_url("**/roadmap")
        expect(page.locator("#notices")).to_contain_text("The plan is accepted")
        card = first(town)
        tab_to(page, f"Start: {card.title}")
        page.keyboard.press("Enter")
        expect(page.locator("#notices")).to_contain_text("In progress")
        expect(page.locator(f"section[aria-labelledby=lane-2] #card-{card.id}")).to_be_visible()
        before = page.locator("#projection").inner_text()
        page.focus("#slide")
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        expect(page.locator("#capacity")).to_have_value("30")
        expect(page.locator("#projection")).to_contain_text("With 30 days a quarter")
        assert page.locator("#projection").inner_text() != before
        expect(page.locator("#live")).to_contain_text("With 30 days a quarter")
        assert board(town).capacity_days == 24, "looking changes nothing"
        page.goto(base)
        tab_to(page, "Start 2026-Q4")
        page.keyboard.press("Enter")
        page.wait_for_url("**/assessments/*")
        expect(page.locator("#notices")).to_contain_text("started as a draft")
        assert window.wrong == []


def test_a_card_is_dragged_and_goes_back_when_the_server_refuses(
    town: Town, chromium: Browser, address: str, accepted: str
) -> None:
    card = first(town)
    shown, lane = f"#card-{card.id}", "section[aria-labelledby=lane-{}]"
    with Watched(chromium, address, 1440) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}{accepted}")
        page.locator(shown).drag_to(page.locator(lane.format(2)))
        expect(page.locator("#live")).to_contain_text("It stands under \u201cIn progress\u201d now.")
        expect(page.locator(f"{lane.format(2)} {shown}")).to_be_visible()
        expect(page.locator("#lane-2 span")).to_have_text("1")
        assert again(town, card).state == "in_progress"
        with writing(town.engine) as session:  # somebody else is faster
            row = find_card(session, town.ours, card.id)
            change_card(session, town.actor("alice"), row, replace(form_of(row), owner="Dora"), at=NOW)
        page.locator(shown).drag_to(page.locator(lane.format(3)))
        expect(page.locator("#board-said")).to_contain_text("was not moved. Somebody else has changed this action")
        expect(page.locator(f"{lane.format(2)} {shown}")).to_contain_text("Dora")
        page.locator(shown).drag_to(page.locator(lane.format(3)))
        expect(page.locator(f"{lane.format(3)} {shown}")).to_be_visible()
        expect(page.locator("#board-said")).to_be_hidden()
        expect(page.locator("#live")).to_contain_text("It stands under \u201cReported done\u201d now.")
        assert again(town, card).state == "reported_done"
        assert all("409" in one for one in window.wrong)


def test_without_script_the_days_are_a_number_and_a_button(
    town: Town, chromium: Browser, address: str, accepted: str
) -> None:
    with Watched(chromium, address, 1440, java_script_enabled=False) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}{accepted}")
        expect(page.locator("#slide")).to_be_hidden()
        page.fill("#capacity", "12")
        page.click("#plan-ask button")
        expect(page.locator("#projection")).to_contain_text("With 12 days a quarter")


def test_axe_finds_nothing_on_any_page_of_the_board(town: Town, chromium: Browser, address: str, accepted: str) -> None:
    card = first(town)
    paths = (
        accepted, f"{accepted}/plan", f"{accepted}/take-out", f"/actions/{card.id}", f"/teams/{town.team_id}",
        f"/teams/{town.team_id}/settings", "/organizations/example", "/profile/delete",
    )  # fmt: skip
    for width, scheme in LOOKS:
        with Watched(chromium, address, width, color_scheme=scheme, bypass_csp=True) as window:
            page = sign_in(town, window, "alice")
            for path in paths:
                page.goto(f"{address}{path}")
                page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
                page.evaluate(AXE)
                assert page.evaluate(FIND) == [], (path, width, scheme)
                assert page.evaluate(FAINT) == [], (path, width, scheme)
                assert page.evaluate(STICKING_OUT) == [], (path, width, scheme)

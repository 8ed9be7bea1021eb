"""Phones in a real browser, at the real server: votes that survive whatever happens to phones and servers."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from app.domain.answers import DontKnow, Level
from tests.chromium import AXE
from tests.web.probes import FAINT, FIND, FOCUSED, STICKING_OUT
from tests.web.room.conftest import OTHER, Q
from tests.web.room.served import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOON = 20_000


@pytest.fixture(scope="module")
def server(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(stocked, tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture
def hall(server: Served) -> Iterator[Served]:
    """A workshop of its own at the one server, and nothing went wrong in any window."""
    server.renew()
    yield server
    server.close()
    assert server.wrong == []


def _choose(page: Page, value: object) -> None:
    page.check(f"input[name=answer][value='{value}']")


def _saves(page: Page, words: str | re.Pattern[str], within: int = SOON) -> None:
    expect(page.locator("#save-words")).to_have_text(words, timeout=within)


def _until(good: Callable[[], bool], seconds: float = 20) -> float:
    began = time.monotonic()
    while not good():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def test_a_vote_made_offline_survives_a_reload_and_goes_out_by_itself(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    phone.context.set_offline(True)
    _choose(phone, 3)
    _saves(phone, "Waiting for the network (1)")
    assert phone.locator("#phone-foot.is-waiting").count() == 1
    assert hall.voted() == 0
    kept = phone.evaluate("Object.entries(localStorage).filter(([name]) => name.startsWith('mythmark:votes:'))")
    assert sorted(re.findall(r'"(\w+)":', kept[0][1])) == ["action", "answer", "at", "id", "seq"], "no words, no name"
    # The page itself needs the network to load again: it does, while votes are still eaten on their way.
    phone.route("**/room/votes/**", lambda route: route.abort())
    phone.context.set_offline(False)
    phone.reload()
    _saves(phone, "Waiting for the network (1)")
    assert phone.locator("input[name=answer][value='3']").is_checked()
    assert hall.voted() == 0
    phone.unroute("**/room/votes/**")
    assert _until(lambda: hall.voted() == 1) < 20
    _saves(phone, "Saved")


def test_several_answers_given_offline_beforehand_wait_together(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    phone.wait_for_timeout(800)
    phone.context.set_offline(True)
    for _ in range(3):
        phone.check("input[name=agree][value='2']")
        phone.click("#onward")
    _saves(phone, "Waiting for the network (3)")
    phone.context.set_offline(False)
    _saves(phone, re.compile("Saved|Not answered yet"))
    phone.goto(f"{hall.address}/room/mine")
    assert phone.get_by_text("Rather do not agree").count() == 3


def test_an_answer_that_was_lost_on_its_way_back_is_sent_again_and_counts_once(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    eaten: list[int] = []

    def eat(route: Route) -> None:
        if len(eaten) < 2:
            eaten.append(route.fetch().status)  # stored, and the phone never hears of it
            route.abort()
        else:
            route.continue_()

    phone.route("**/room/votes/**", eat)
    _choose(phone, 2)
    _saves(phone, "Saved")
    assert eaten == [204, 204]
    assert hall.voted() == 1


def test_a_choice_that_comes_after_the_reveal_is_told_to_be_late(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    phone.context.set_offline(True)
    _choose(phone, 3)
    _saves(phone, "Waiting for the network (1)")
    hall.workshop.move("reveal")
    phone.context.set_offline(False)
    _saves(phone, "Cards are open")
    expect(phone.locator("#save-small")).to_contain_text("too late", timeout=SOON)
    assert phone.locator("#phone-foot.is-waiting").count() == 0
    assert hall.voted() == 0
    phone.locator(".opened").wait_for(timeout=SOON)


def test_where_streams_fail_the_phone_asks_by_itself(hall: Served, chromium: Browser) -> None:
    context = hall.window(chromium)
    context.route("**/room/events", lambda route: route.abort())
    phone = context.new_page()
    phone.goto(f"{hall.address}/r/{hall.workshop.code}")
    phone.check("input[value=platform]")
    phone.click("#phone-foot button")
    phone.wait_for_url("**/room")
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    _choose(phone, 2)
    _saves(phone, "Saved")
    hall.workshop.move("reveal")
    phone.locator(".opened").wait_for(timeout=SOON)


def test_the_warning_to_who_is_alone_goes_when_somebody_joins_in_the_same_role(hall: Served, chromium: Browser) -> None:
    first = hall.phone(chromium, "risk")
    expect(first.locator(".alone")).to_be_visible()
    first.evaluate("window.same = 'page'")
    hall.phone(chromium, "product")
    hall.phone(chromium, "risk")
    expect(first.locator(".alone")).to_have_count(0, timeout=SOON)
    assert first.evaluate("window.same") == "page"
    first.get_by_role("link", name="Who sees what").click()
    expect(first.get_by_role("heading", name="Who sees what")).to_be_in_viewport()


def test_what_was_typed_is_never_lost_by_a_move_of_the_room(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    phone.click("text=Add a comment")
    phone.locator(f"#{Q}-comment").press_sequentially("half a thought")
    hall.workshop.move("reveal")
    phone.locator(".opened").wait_for(timeout=SOON)
    assert phone.input_value("#kept-text") == "half a thought"
    phone.click("#kept-away")
    hall.workshop.ask(OTHER)
    phone.locator(f"#card-{OTHER}-1").wait_for(timeout=SOON)
    phone.click("text=Add a comment")
    phone.locator(f"#{OTHER}-comment").press_sequentially("kept over a reload")
    phone.reload()
    assert phone.input_value(f"#{OTHER}-comment") == "kept over a reload"
    _choose(phone, 2)
    _saves(phone, "Saved")
    phone.goto(f"{hall.address}/room/mine")
    expect(phone.locator(".comment")).to_have_text("kept over a reload")


def test_everything_is_done_by_keyboard_alone(hall: Served, chromium: Browser) -> None:
    page = hall.window(chromium).new_page()
    page.goto(f"{hall.address}/r")
    _tab_to(page, "#code")
    page.keyboard.type(hall.workshop.code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/*")
    _tab_to(page, "input[name=role]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/room")
    _tab_to(page, "input[name=agree]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _saves(page, "Saved")
    page.keyboard.press("Enter")
    expect(page.locator("#where")).to_have_text(re.compile("^2 of"), timeout=SOON)
    hall.workshop.ask()
    page.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    _tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _saves(page, "Saved")
    _until(lambda: hall.voted() == 1)


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused is None or (focused["outlined"] and not focused["covered"]), focused
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(hall: Served, chromium: Browser, scheme: str) -> None:
    phone = hall.phone(chromium, "risk", color_scheme=scheme, bypass_csp=True)
    states: dict[str, Callable[[], object]] = {
        "alone": lambda: phone.locator(".alone").wait_for(),
        "belief": lambda: phone.click("text=Join as not said"),
        "voting": hall.workshop.ask,
        "saved": lambda: _choose(phone, 2),
        "counted": lambda: hall.fill({"data_scientist": [3, 4, 4], "platform": [1, 1, DontKnow()], "product": [2]}),
        "revealed": lambda: hall.workshop.move("reveal"),
        "again": lambda: hall.workshop.move("vote_again"),
        "few": lambda: hall.workshop.move("reveal"),
        "not agreed": lambda: hall.workshop.move("not_agreed"),
        "settled": lambda: hall.workshop.move("agree", Level(2), note="calendar only"),
        "mine": lambda: phone.goto(f"{hall.address}/room/mine"),
        "elsewhere": lambda: phone.goto(f"{hall.address}/room/elsewhere"),
        "link": lambda: phone.click("main button"),
        "code": lambda: phone.goto(f"{hall.address}/r"),
        "back": lambda: phone.goto(f"{hall.address}/room"),
        "closed": lambda: hall.workshop.move("close_room"),
    }
    for name, reach in states.items():
        reach()
        phone.wait_for_timeout(900)
        phone.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        phone.evaluate(AXE)
        assert phone.evaluate(FIND) == [], name
        assert phone.evaluate(FAINT) == [], name
        for width in (360, 320):
            phone.set_viewport_size({"width": width, "height": 740})
            assert phone.evaluate(STICKING_OUT) == [], (name, width)


def test_the_page_is_at_most_60_kb_before_fonts(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium)
    hall.workshop.ask()
    phone.locator(f"#card-{Q}-1").wait_for(timeout=SOON)
    sizes: dict[str, int] = {}

    def weigh(asked: Request) -> None:
        if "woff2" not in asked.url:
            sizes[asked.url] = asked.sizes()["responseBodySize"]

    fresh = hall.window(chromium)
    fresh.add_cookies([{"name": c["name"], "value": c["value"], "url": hall.address} for c in phone.context.cookies()])
    page = fresh.new_page()
    page.on("requestfinished", weigh)
    page.goto(f"{hall.address}/room")
    page.wait_for_timeout(1500)
    assert 5_000 < sum(sizes.values()) < 60_000, sizes


def test_a_phone_without_script_votes_and_looks_again(hall: Served, chromium: Browser) -> None:
    phone = hall.phone(chromium, java_script_enabled=False)
    hall.workshop.ask()
    phone.click("text=Load the page again")
    _choose(phone, 3)
    phone.click("#onward")
    _saves(phone, "Saved")
    assert hall.voted() == 1
    hall.workshop.move("reveal")
    phone.click("text=Load the page again")
    assert "Your vote" in phone.locator(".is-mine").inner_text()

"""A rehearsal in a real browser on the real server: by keyboard alone, live on the wall, and nothing that axe finds."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.chromium import AXE
from tests.web.probes import FAINT, FIND, STICKING_OUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
PLAYED_SECONDS = 20_000


@dataclass
class Hall:
    """The server, a context that is signed in, and a rehearsal of its own."""

    address: str
    context: BrowserContext
    wrong: list[str]

    def begin(self) -> tuple[Page, str]:
        """A page in the lobby of a new rehearsal, and its address."""
        page = self.page()
        page.goto(f"{self.address}/organizations/demo")
        team = re.search(r"/teams/[a-z0-9]{16,}(?=\")", page.content())
        assert team is not None
        page.goto(f"{self.address}{team[0]}/rehearsal")
        page.get_by_role("button", name="Begin the rehearsal").click()
        expect(page.locator("#stage")).to_be_visible()
        return page, page.url

    def page(self) -> Page:
        """One more window of which everything that goes wrong is kept."""
        page = self.context.new_page()
        page.set_default_timeout(PLAYED_SECONDS)
        page.on("console", lambda said: self.wrong.append(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the real server with the sample organization, and the link to sign in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MYTHMARK_", "DATABASE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=ROOT, env={**kept, "MYTHMARK_DATA": str(tmp_path_factory.mktemp("served"))},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    link = next(line for line in process.stdout if line.startswith("Sign in: ")).partition(": ")[2].strip()
    yield f"http://127.0.0.1:{port}", link
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture(scope="module")
def signed_in(served: tuple[str, str], chromium: Browser) -> object:
    """What a browser keeps of the one sign-in that the link is good for."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(PLAYED_SECONDS)
    for _ in range(100):
        try:
            page.goto(served[1])
            break
        except Exception as error:  # noqa: BLE001 - the socket opens a moment after the link is printed
            assert "ERR_CONNECTION_REFUSED" in str(error)  # noqa: PT017
            page.wait_for_timeout(200)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def hall(served: tuple[str, str], signed_in: object, chromium: Browser) -> Iterator[Hall]:
    context = chromium.new_context(
        storage_state=signed_in,  # type: ignore[arg-type]  # as Playwright gave it
        viewport={"width": 1440, "height": 900},
    )
    yield Hall(served[0], context, [])
    context.close()


def _press(page: Page, keys: str, then: str) -> None:
    """Press single keys, and wait for what they lead to."""
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(then).first).to_be_visible(timeout=PLAYED_SECONDS)


def test_a_whole_meeting_by_keyboard_alone_is_live_on_the_wall(hall: Hall) -> None:
    page, base = hall.begin()
    wall = hall.page()
    wall.goto(f"{base}/wall")
    page.bring_to_front()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "stage":
            break
    _press(page, "n", "#reveal-form")
    expect(wall.locator(".tally-n")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("#tally")).to_have_text("7 of 7 have voted")
    expect(wall.locator(".tally-n")).to_have_text("7 of 7")
    _press(page, "r", "#again-form")
    expect(wall.locator(".bar-wall").first).to_be_attached()
    _press(page, "v", "#reveal-form")
    page.keyboard.press("s")
    expect(page.locator("#tally")).to_have_text("7 of 7 have voted")
    _press(page, "r", "#again-form")
    _press(page, "3a", ".settled")
    expect(page.locator(".settled")).to_contain_text("Agreed at level 3.")
    expect(wall.locator(".is-agreed")).to_contain_text("agreed")
    _press(page, "u", "#again-form")
    _press(page, "l", ".settled")
    _press(page, "n", "#reveal-form")
    assert page.evaluate("document.activeElement.id") == "stage"
    assert hall.wrong == []


def _held_back(page: Page, move: str) -> tuple[list[Route], list[str]]:
    """Keep a move from the server until its route goes on; and every move that the page has sent."""
    held: list[Route] = []
    sent: list[str] = []
    page.route(f"**/workshop/{move}", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    page.on("request", lambda one: sent.append(one.url.rpartition("/")[2]) if one.method == "POST" else None)
    return held, sent


def test_moves_that_are_pressed_faster_than_the_server_answers_go_out_one_after_the_other(hall: Hall) -> None:
    page, _ = hall.begin()
    page.focus("#stage")
    _press(page, "n", "#reveal-form")
    _press(page, "sr", "#again-form")
    question = page.inner_text(".room-question")
    held, sent = _held_back(page, "agree")
    page.keyboard.press("2")
    for key in "annn":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert sent == ["agree"]
    held[0].continue_()
    expect(page.locator("#reveal-form")).to_be_visible()
    assert page.inner_text(".room-question") != question
    expect(page.locator(".agenda .is-done")).to_have_count(1)
    assert sent[:2] == ["agree", "ask"]
    assert hall.wrong == []


def test_a_move_pressed_upon_one_that_is_refused_is_not_made(hall: Hall) -> None:
    page, _ = hall.begin()
    page.focus("#stage")
    _press(page, "n", "#reveal-form")
    _press(page, "sr", "#again-form")
    held, sent = _held_back(page, "agree")
    for key in "an":
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    held.pop().continue_()
    expect(page.locator("#faults")).to_be_visible()
    page.locator("#answer-2").check()
    for key in "an":
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    held.pop().abort()
    expect(page.locator("#notices")).to_contain_text("There was no answer to this move")
    page.unroute("**/workshop/agree")
    _press(page, "a", ".settled")
    assert sent == ["agree", "agree", "agree"]


def test_enter_leads_from_the_reveal_to_the_level_and_only_then_to_the_next_question(hall: Hall) -> None:
    page, _ = hall.begin()
    page.locator("#next-form button").press("Enter")
    expect(page.locator("#stage")).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator("#tally")).to_have_text("7 of 7 have voted")
    page.locator("#reveal-form button").press("Enter")
    expect(page.locator("#answer-0")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".settled")).to_contain_text("Agreed at level 1.")
    expect(page.locator("#next-form button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#stage")).to_be_focused()
    assert hall.wrong == []


def test_what_somebody_types_is_not_replaced_under_their_hands(hall: Hall) -> None:
    page, base = hall.begin()
    page.focus("#stage")
    _press(page, "n", "#reveal-form")
    _press(page, "r", "#again-form")
    page.fill("#note", "two of three models")
    other = hall.page()
    other.goto(base)
    other.focus("#stage")
    _press(other, "l", ".settled")
    expect(page.locator(".settled")).to_be_visible()
    expect(page.locator("#note")).to_have_value("two of three models")
    expect(page.locator("#note")).to_be_focused()
    _press(other, "n", "#reveal-form")
    go = page.get_by_role("button", name="Go to what is up now")
    expect(go).to_be_visible()
    expect(page.locator("#note")).to_have_value("two of three models")
    go.click()
    expect(page.locator("#reveal-form")).to_be_visible()
    assert hall.wrong == []


def test_everything_works_without_script(hall: Hall, chromium: Browser) -> None:
    _, base = hall.begin()
    context = chromium.new_context(storage_state=hall.context.storage_state(), java_script_enabled=False)
    page = context.new_page()
    page.goto(base)
    page.locator("#next-form button").click()
    page.locator("#simulate-form button").click()
    page.locator("#reveal-form button").click()
    page.locator("#answer-2").check()
    page.get_by_role("button", name="Record this level").click()
    assert "Agreed at level 2." in page.inner_text(".settled")
    context.close()


def _looks(page: Page, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """What axe and our own probes find, in every size and both themes."""
    found = []
    for width, height in sizes:
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            page.evaluate(AXE)
            wrong = [*page.evaluate(FIND), *page.evaluate(FAINT), *page.evaluate(STICKING_OUT)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append("scrolls sideways")
            found += [f"{page.url} {width} {scheme}: {one}" for one in wrong]
    return found


def test_axe_finds_nothing_in_any_state(hall: Hall, chromium: Browser) -> None:
    _, base = hall.begin()
    context = chromium.new_context(storage_state=hall.context.storage_state(), bypass_csp=True)
    page, wall = context.new_page(), context.new_page()
    page.goto(base)
    steps = ("", "#next-form button", "#simulate-form button", "#reveal-form button", "#not-agreed-form button")
    found = []
    for step in steps:
        if step:
            page.set_viewport_size({"width": 1440, "height": 900})
            page.locator(step).click()
            page.wait_for_timeout(800)
        wall.goto(f"{base}/wall")
        found += _looks(page, ((360, 740), (1440, 900)))
        found += _looks(wall, ((360, 740), (1440, 900), (1920, 1080)))
    for path in ("/close", "/sheets"):
        page.goto(f"{base}{path}")
        found += _looks(page, ((360, 740), (1440, 900)))
    context.close()
    assert found == []

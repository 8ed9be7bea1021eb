"""A whole workshop: a facilitator at the keys, a projector and three phones, and all that can happen to them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.accounts.start import make_start_link
from app.services.results import result_of
from app.store.unit_of_work import reading, writing
from tests.chromium import AXE, launched
from tests.web.probes import FIND
from tests.web.room.served import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOON = 30_000
#: A name that is not this machine's own: over plain http browsers give no wake lock there.
ELSEWHERE = "hall.test"
_WATCHED = """() => {
  window.locks = [];
  Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
    const lock = new EventTarget();
    lock.held = true;
    lock.release = () => { lock.held = false; lock.dispatchEvent(new Event('release')); };
    window.locks.push(lock);
    return lock;
  }}});
}"""
_HELD = "[window.locks.length, window.locks.filter((lock) => lock.held).length]"


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with launched(f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1") as browser:
        yield browser


@pytest.fixture
def hall(stocked: Path, tmp_path: Path, chromium: Browser) -> Iterator[Served]:
    assert chromium.is_connected(), "windows close before their browser"
    with served(stocked, tmp_path, purpose="What to build next.") as made:
        yield made
        made.close()
        assert made.wrong == []


def _desk(hall: Served, chromium: Browser, name: str) -> Page:
    """The facilitator's page, signed in and reached by keys."""
    with writing(hall.workshop.town.engine) as session:
        path = make_start_link(session, hall.workshop.town.people[name], dt.datetime.now(dt.UTC))
    window = hall.window(chromium, viewport={"width": 1440, "height": 900}, reduced_motion="reduce", bypass_csp=True)
    page = window.new_page()
    page.goto(f"{hall.address}{path}")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/start/" not in url)
    page.goto(f"{hall.address}/assessments/{hall.workshop.assessment_id}/workshop")
    _tab_to(page, "#stage")
    return page


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def _press(page: Page, keys: str, then: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(then).first).to_be_visible(timeout=SOON)


def _join(window: BrowserContext, address: str, hall: Served, role: str) -> Page:
    page = window.new_page()
    page.goto(f"{address}/r/{hall.workshop.code}")
    page.check(f"input[value={role}]")
    page.click("#phone-foot button")
    page.wait_for_url(f"{address}/room")
    return page


def _phones(hall: Served, chromium: Browser) -> list[Page]:
    """One whose wake locks are watched, one without any, one at a name where browsers give none."""
    watched, without = hall.window(chromium, reduced_motion="reduce", bypass_csp=True), hall.window(chromium)
    watched.add_init_script(f"({_WATCHED})()")
    without.add_init_script("Object.defineProperty(navigator, 'wakeLock', {value: undefined})")
    elsewhere = chromium.new_context(viewport={"width": 360, "height": 740})
    elsewhere.on("weberror", lambda error: hall.wrong.append(str(error.error)))
    hall.windows.append(elsewhere)
    return [
        _join(watched, hall.address, hall, "ml_engineer"),
        _join(without, hall.address, hall, "platform"),
        _join(elsewhere, f"http://{ELSEWHERE}:{hall.port}", hall, "product"),
    ]


def _vote(phone: Page, question: str, level: int, voting: int = 1, said: str = "Saved") -> None:
    phone.locator(f"#card-{question}-{voting}").wait_for(timeout=SOON)
    phone.check(f"input[name=answer][value='{level}']")
    expect(phone.locator("#save-words")).to_have_text(said, timeout=SOON)


def _asked(page: Page) -> str:
    """The question that is up, by the form that reveals it."""
    return page.locator("#reveal-form input[name=question]").get_attribute("value") or ""


def _nothing_wrong(state: str, *pages: Page) -> None:
    """Nothing that axe finds; the tests of each page ask it in every state, theme and size."""
    for page in pages:
        page.evaluate(AXE)
        assert page.evaluate(FIND) == [], (state, page.url)


def test_a_whole_workshop_by_keys_with_everything_that_can_happen(  # noqa: C901, PLR0915 - one evening from end to end
    hall: Served, chromium: Browser
) -> None:
    desk = _desk(hall, chromium, "alice")
    wall = desk.context.new_page()
    wall.goto(f"{desk.url}/wall")
    desk.bring_to_front()
    phones = first, second, third = _phones(hall, chromium)
    assert third.evaluate("[isSecureContext, 'wakeLock' in navigator]") == [False, False]
    expect(wall.locator("main")).to_contain_text("3", timeout=SOON)
    assert first.evaluate(_HELD) == [0, 0], "nothing is voted on, and the screen may sleep"
    _nothing_wrong("lobby", desk, wall)

    # One: a second vote brings the room together.
    _press(desk, "n", "#reveal-form")
    one = _asked(desk)
    for phone, level in zip(phones, (1, 2, 4), strict=True):
        _vote(phone, one, level)
    assert first.evaluate(_HELD) == [1, 1]
    first.evaluate("window.locks[0].release()")  # as a browser does when its page is hidden
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first.wait_for_function(f"{_HELD}[1] === 1")
    assert first.evaluate(_HELD) == [2, 1], "asked for again when the page is seen again"
    expect(wall.locator(".tally-n")).to_have_text("3 of 3", timeout=SOON)
    _nothing_wrong("voting", desk)
    _press(desk, "r", "#again-form")
    first.locator(".opened").wait_for(timeout=SOON)
    assert first.evaluate(_HELD) == [2, 0], "given back with the reveal"
    _nothing_wrong("revealed", desk, wall, first)
    _press(desk, "v", "#reveal-form")
    for phone in phones:
        _vote(phone, one, 2, voting=2)
    _press(desk, "r", "#again-form")
    _press(desk, "2a", ".settled")
    for phone in phones:
        expect(phone.locator("#settled")).to_have_text("The room settled on level 2", timeout=SOON)
    _nothing_wrong("agreed", desk, first)

    # Two: a phone loses the network, and the room finds no level.
    _press(desk, "n", "#reveal-form")
    two = _asked(desk)
    first.locator(f"#card-{two}-1").wait_for(timeout=SOON)
    first.context.set_offline(True)
    _vote(first, two, 4, said="Waiting for the network (1)")
    for phone in (second, third):
        _vote(phone, two, 0)
    first.context.set_offline(False)
    expect(first.locator("#save-words")).to_have_text("Saved", timeout=SOON)
    _press(desk, "r", "#again-form")
    _press(desk, "l", ".settled")
    _press(desk, "u", "#again-form")
    _press(desk, "l", ".settled")
    _nothing_wrong("not agreed", desk)

    # Three: a phone is loaded again with its vote on it.
    _press(desk, "n", "#reveal-form")
    three = _asked(desk)
    for phone in phones:
        _vote(phone, three, 1)
    second.reload()
    assert second.locator("input[name=answer][value='1']").is_checked()
    _press(desk, "r", "#again-form")
    _press(desk, "1a", ".settled")

    # Four: the server is gone for a while. Nobody touches a screen but to vote.
    _press(desk, "n", "#reveal-form")
    four = _asked(desk)
    for phone in phones:
        phone.locator(f"#card-{four}-1").wait_for(timeout=SOON)
        phone.evaluate("window.mark = 'not loaded again'")
    hall.stop()
    for phone in phones:
        _vote(phone, four, 3, said="Waiting for the network (1)")
    hall.start()
    for phone in phones:
        expect(phone.locator("#save-words")).to_have_text("Saved", timeout=SOON)
    expect(wall.locator(".tally-n")).to_have_text("3 of 3", timeout=SOON)
    _press(desk, "r", "#again-form")
    _press(desk, "3a", ".settled")

    # Five: another facilitator takes it on from her own laptop.
    _tab_to(desk, "#to-hand-over > summary")
    desk.keyboard.press("Enter")
    _tab_to(desk, "#hand-to")
    desk.keyboard.type("Fay")
    _tab_to(desk, "#hand-over-form button")
    desk.keyboard.press("Enter")
    expect(desk.locator("#room")).to_contain_text("Take over", timeout=SOON)
    other = _desk(hall, chromium, "fay")
    _press(other, "n", "#reveal-form")
    five = _asked(other)
    for phone in phones:
        _vote(phone, five, 2)
        assert phone.evaluate("window.mark") == "not loaded again"
    expect(wall.locator(".tally-n")).to_have_text("3 of 3", timeout=SOON)
    _press(other, "r", "#again-form")
    _press(other, "2a", ".settled")
    _tab_to(other, "a[href$='/close']")
    other.keyboard.press("Enter")
    other.wait_for_url("**/close")
    _nothing_wrong("closing", other)
    _tab_to(other, "form[action$='/close'] button")
    other.keyboard.press("Enter")
    for phone in phones:
        expect(phone.locator("h1")).to_have_text("Thank you. The room is closed.", timeout=SOON)

    # What it leaves behind.
    assert len({one, two, three, four, five}) == 5
    assert [hall.voted(q) for q in (one, two, three, four, five)] == [3] * 5
    assert hall.voted(one, voting=2) == 3
    with reading(hall.workshop.town.engine) as session:
        sheet = result_of(session, hall.workshop.town.row(session, hall.workshop.assessment_id)).sheet
    assert set(sheet.asked) == {one, two, three, four, five}
    assert sheet.not_agreed == (two,)
    assert {q: sheet.questions[q].level for q in (one, three, four, five)} == {one: 2, three: 1, four: 3, five: 2}

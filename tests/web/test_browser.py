"""The pages in a real browser: nothing foreign, nothing refused, nothing that axe finds, all by keyboard."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.chromium import AXE
from tests.web.conftest import make_app
from tests.web.probes import FAINT, FIND, FOCUSED, STICKING_OUT
from tests.web.windows import LOOKS, Watched, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    *(f"styleguide{sample}" for sample in ("", "/notices", "/dashboard-empty", "/sign-in", "/confirm", "/maintenance")),
    *("styleguide/phone", "styleguide/phone-waiting", "styleguide/wall"),
    *("how-this-works", "help", "sign-in", "nowhere"),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The application, not the town, on a loopback port."""
    with serving(make_app()) as at:
        yield at


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_every_edge_is_seen(chromium: Browser, address: str, path: str) -> None:
    for width, scheme in LOOKS:
        with Watched(chromium, address, width, color_scheme=scheme, bypass_csp=True) as window:
            page = window.open(path)
            page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            page.evaluate(AXE)
            assert page.evaluate(FIND) == [], (path, width, scheme)
            assert page.evaluate(FAINT) == [], (path, width, scheme)


def test_the_probes_bite(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440, color_scheme="light", bypass_csp=True) as window:
        page = window.open("styleguide")
        page.evaluate("""() => {
          const image = document.createElement('img'); image.src = 'data:,'; document.querySelector('h1').after(image);
          document.querySelector('#team').style.borderColor = '#ccc';
          image.after(Object.assign(document.createElement('div'), { className: 'wide', style: 'width: 3000px' }));
        }""")
        page.evaluate(AXE)
        assert any(found.startswith("image-alt") for found in page.evaluate(FIND))
        assert any('id="team"' in found for found in page.evaluate(FAINT))
        assert any("wide" in found for found in page.evaluate(STICKING_OUT))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_foreign_refused_or_complained_about(chromium: Browser, address: str, path: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open(path)
        page.wait_for_timeout(150)
        assert window.wrong == []
        assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")


def _late(route: Route) -> None:
    time.sleep(0.4)
    route.continue_()


@pytest.mark.parametrize("path", ["styleguide", "styleguide/phone", "styleguide/dashboard-empty"])
def test_the_page_stays_where_it_is_when_its_font_comes_late(chromium: Browser, address: str, path: str) -> None:
    with Watched(chromium, address, 412) as window:
        window.page.route("**/*.woff2", _late)
        page = window.open(path)
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        moved = page.evaluate("""() => new Promise((tell) => {
          const add = (sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value);
          const seen = (list) => tell(list.getEntries().reduce(add, 0));
          new PerformanceObserver(seen).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => tell(0), 500);
        })""")
        # Without a stand-in of the same width these moved by 0.06, 0.08 and 0.20; with it by less than 0.005.
        assert moved < 0.03


def test_the_policy_is_in_force(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open("help")
        page.evaluate("() => { new Image().src = 'https://elsewhere.example/x.png'; }")
        refused = page.evaluate(
            "() => { try { document.body.innerHTML = 'x'; return ''; } catch (e) { return e.name; } }"
        )
        page.wait_for_timeout(150)
        assert refused == "TypeError"
        assert any("img-src" in said for said in window.wrong)


@pytest.mark.parametrize("width", [320, 360, 701, 901, 1440])
def test_nothing_scrolls_sideways(chromium: Browser, address: str, width: int) -> None:
    with Watched(chromium, address, width) as window:
        for path in PAGES:
            page = window.open(path)
            page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            assert page.evaluate(STICKING_OUT) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_nothing_scrolls_sideways_with_the_text_spacing_people_may_ask_for(chromium: Browser, address: str) -> None:
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    with Watched(chromium, address, 320, bypass_csp=True) as window:
        for path in PAGES:
            page = window.open(path)
            page.add_style_tag(content=spacing)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("path", ["styleguide", "styleguide/phone", "styleguide/sign-in", "help"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_focus_is_seen_and_not_covered(chromium: Browser, address: str, path: str, width: int) -> None:
    with Watched(chromium, address, width) as window:
        page = window.open(path)
        stops = 0
        for _ in range(90):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused is None:
                break
            stops += 1
            assert focused["outlined"], focused["name"]
            assert not focused["covered"], focused["name"]
        assert stops >= 3


def test_a_form_is_mended_in_place(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 360) as window:
        page = window.open("styleguide")
        page.fill("#people", "9000")
        page.locator("#sample_form").evaluate("(form) => { form.noValidate = true; }")
        page.click("#sample_form button[type=submit]")
        page.locator("#faults").wait_for()
        assert page.evaluate("document.activeElement.id") == "faults"
        assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
        assert page.input_value("#people") == "9000"
        assert window.wrong == []


def test_a_question_before_something_final_opens_in_place(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open("styleguide")
        page.click("[data-confirm]")
        assert page.locator("dialog[open] h2").inner_text() == "Close this assessment for good?"
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        page.click("[data-confirm]")
        page.click("dialog button[name=no]")
        assert page.locator("dialog[open]").count() == 0
        assert page.evaluate("document.activeElement.dataset.confirm") == "close-it"


def test_the_theme_changes_at_once_and_stays(chromium: Browser, address: str) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with Watched(chromium, address, 1440, color_scheme="light") as window:
        page = window.open("help")
        page.click("[data-theme-switch] button[value=dark]")
        assert page.evaluate(ground) == "rgb(18, 23, 30)"
        assert page.locator("[data-theme-switch] [aria-pressed=true]").inner_text() == "Dark"
        page.reload()
        assert page.evaluate(ground) == "rgb(18, 23, 30)"
        page.click("[data-theme-switch] button[value=system]")
        assert page.evaluate(ground) == "rgb(251, 250, 247)"


def test_everything_works_without_script(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 360, java_script_enabled=False) as window:
        page = window.open("styleguide")
        page.click("[data-confirm]")
        assert page.locator("h1").inner_text() == "Close this assessment for good?"
        page = window.open("styleguide")
        page.fill("#team", "Search")
        page.fill("#people", "6")
        page.click("#sample_form button[type=submit]")
        assert page.locator("#notices").inner_text() == "The sample was saved."
        page.click("[data-theme-switch] button[value=dark]")
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_single_keys_work_on_the_stage_only(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open("styleguide/wall")
        page.evaluate("() => addEventListener('click', (e) => { window.pressed = e.target.dataset.key; })")
        page.keyboard.press("r")
        assert page.evaluate("window.pressed") is None
        page.focus("#stage")
        page.keyboard.press("Control+r")
        page.keyboard.press("r")
        assert page.evaluate("window.pressed") == "r"


def test_messages_are_said(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open("styleguide/notices")
        page.wait_for_function("() => document.getElementById('live').textContent.includes('the kind note')")


def test_a_refusal_of_htmx_is_put_where_notices_are(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440) as window:
        page = window.open("styleguide")
        page.locator("#sample_form [name=csrf_token]").evaluate("(field) => { field.value = 'stale'; }")
        page.fill("#team", "Search")
        page.fill("#people", "6")
        page.click("#sample_form button[type=submit]")
        page.locator("#notices .notice-problem").wait_for()
        assert page.input_value("#team") == "Search"


def test_nothing_moves_by_itself(chromium: Browser, address: str) -> None:
    with Watched(chromium, address, 1440, reduced_motion="reduce") as window:
        for path in PAGES:
            assert window.open(path).evaluate("document.getAnimations().length") == 0

"""The report in a real browser: nothing fetched, nothing refused, nothing that axe finds, nothing that sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.render.html import render_html
from tests.chromium import AXE, launched
from tests.render.html.samples import SAMPLES

pytestmark = pytest.mark.browser

LOOKS = [("typical", width, scheme) for width in (360, 768, 1440) for scheme in ("light", "dark")]
LOOKS += [("pulse", 360, "dark"), ("pulse", 1440, "light"), ("empty", 360, "light"), ("empty", 1440, "dark")]
#: axe with every rule it has for WCAG 2.2 AA and for good practice.
FIND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  (found) => found.id + ': ' + found.nodes.slice(0, 3)
    .map((node) => node.target + ' ' + node.failureSummary).join(' | '))"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"
#: What reaches past the window without a region around it that scrolls.
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.parentElement.closest('.scroll'))
  .map((e) => e.tagName + ' ' + e.textContent.trim().slice(0, 40))"""

#: What is wrong with a chart: none or two of it are there, it scrolls, or words of it are outside.
CHARTS = """(kind) => [...document.querySelectorAll('main .scroll:has(> svg)')].flatMap((region) => {
  const shown = [...region.children].filter((svg) => svg.getClientRects().length);
  const named = shown.filter((svg) => svg.matches(kind + '[role=img][aria-label]'));
  const room = region.getBoundingClientRect();
  const outside = shown.flatMap((svg) => [...svg.querySelectorAll('text')]).filter((words) => {
    const box = words.getBoundingClientRect();
    return box.left < room.left - 2 || box.right > room.right + 2;
  });
  return [...(named.length === 1 && shown.length === 1 ? [] : [shown.length + ' of ' + region.innerHTML.slice(0, 90)]),
    ...(region.scrollWidth > region.clientWidth ? ['scrolls: ' + region.innerHTML.slice(0, 90)] : []),
    ...outside.map((words) => words.textContent)]; })"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each sample on disk."""
    folder = tmp_path_factory.mktemp("reports")
    for name, sample in SAMPLES.items():
        (folder / f"{name}.html").write_bytes(render_html(sample()))
    return {name: (folder / f"{name}.html").as_uri() for name in SAMPLES}


def opened(browser: Browser, address: str, width: int, **options: object) -> tuple[Page, list[str]]:
    """A page with the list of everything that went wrong while it loaded."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else wrong.append(request.url)
    )
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
    )
    page.goto(address)
    return page, wrong


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nothing_is_fetched_refused_or_complained_about(browser: Browser, files: dict[str, str], name: str) -> None:
    page, wrong = opened(browser, files[name], 1440)
    page.wait_for_timeout(100)
    assert wrong == []
    assert page.evaluate(
        "document.fonts.check('16px \"Source Sans 3\"') && document.fonts.check('500 36px \"Source Serif 4\"')"
    )
    page.context.close()


def test_the_policy_is_in_force(browser: Browser, files: dict[str, str]) -> None:
    page, wrong = opened(browser, files["empty"], 1440)
    page.evaluate(
        "() => { const sheet = document.createElement('style'); sheet.append('p {}'); document.head.append(sheet); }"
    )
    page.evaluate("() => { new Image().src = 'https://elsewhere.example/x.png'; }")
    page.wait_for_timeout(200)
    assert any("style-src" in message for message in wrong)
    assert any("img-src" in message for message in wrong)
    page.context.close()


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKS)
def test_axe_finds_nothing(browser: Browser, files: dict[str, str], name: str, width: int, scheme: str) -> None:
    page, _ = opened(browser, files[name], width, color_scheme=scheme, bypass_csp=True)
    if name == "typical":
        page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    assert page.evaluate(FIND) == []
    page.context.close()


def test_axe_bites(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["empty"], 768, bypass_csp=True)
    page.evaluate("() => document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\">')")
    page.evaluate(AXE)
    assert any(found.startswith("image-alt") for found in page.evaluate(FIND))
    page.context.close()


@pytest.mark.parametrize("opened_up", [False, True])
@pytest.mark.parametrize("width", [320, 700, 901])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nothing_scrolls_sideways(
    browser: Browser, files: dict[str, str], name: str, width: int, *, opened_up: bool
) -> None:
    page, _ = opened(browser, files[name], width)
    if opened_up:
        page.evaluate(OPEN_ALL)
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("name", ["typical", "extreme"])
def test_on_a_phone_no_chart_scrolls_and_each_shows_its_whole_range(
    browser: Browser, files: dict[str, str], name: str
) -> None:
    page, _ = opened(browser, files[name], 320)
    assert page.locator("main .scroll > svg.for-narrow").count() > 8
    for width in (320, 360, 412, 700):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CHARTS, ".for-narrow") == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(CHARTS, ".for-wide") == []
    page.set_viewport_size({"width": 640, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate(CHARTS, ".for-wide") == []
    page.context.close()


def test_nothing_scrolls_sideways_with_the_text_spacing_people_may_ask_for(
    browser: Browser, files: dict[str, str]
) -> None:
    page, _ = opened(browser, files["typical"], 320, bypass_csp=True)
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    page.add_style_tag(content=spacing)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_contents_list_follows(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["typical"], 1440)
    assert page.locator(".contents a[aria-current]").all_inner_texts() == ["1\nFor the sponsor"]
    page.locator("#roadmap").evaluate("(section) => section.scrollIntoView()")
    page.locator(".contents a[href='#roadmap'][aria-current]").wait_for(timeout=3000)
    assert page.locator(".contents a[aria-current]").count() == 1
    page.context.close()


def test_the_page_is_whole_without_script(browser: Browser, files: dict[str, str]) -> None:
    page, wrong = opened(browser, files["typical"], 360, java_script_enabled=False)
    assert wrong == []
    page.locator("#fig-bars summary").first.click()
    assert page.locator("#fig-bars table").first.is_visible()
    assert page.locator(".scroll").first.get_attribute("tabindex") == "0"
    page.context.close()


def test_only_what_scrolls_stops_the_keyboard(browser: Browser, files: dict[str, str]) -> None:
    for width, stops in ((1440, False), (360, True)):
        page, _ = opened(browser, files["typical"], width)
        assert (page.locator(".scroll[tabindex][aria-label='For leadership']").count() == 1) is stops
        assert page.locator("#fig-heat > .scroll[tabindex]").count() == 0
        page.context.close()


def test_the_keyboard_reaches_the_main_part_first(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["typical"], 1440)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the report"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.context.close()


def test_the_theme_can_be_chosen_over_the_systems(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["empty"], 1440, color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(251, 250, 247)"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(ground) == "rgb(18, 23, 30)"
    page.context.close()


def test_paper_is_light_and_without_contents_list(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["typical"], 1440, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"
    assert not page.locator(".contents").is_visible()
    assert not page.locator("summary").first.is_visible()
    page.context.close()


def test_nothing_moves_by_itself(browser: Browser, files: dict[str, str]) -> None:
    page, _ = opened(browser, files["typical"], 1440, reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()

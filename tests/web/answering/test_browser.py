"""Answers and the record in a real browser: by keys alone, with the network away, two editors, nothing for axe."""

import pytest
from playwright.sync_api import Browser, expect

from app.domain.answers import Agreed, Level
from app.services.agreeing import agree_level
from app.services.answering import MyAnswers, answer_question, my_answers
from app.services.asking import next_questions
from app.services.joining import join_as_guest, join_as_member, participant_of
from app.services.recorded import what_is_recorded
from app.store.lookups import answering
from app.store.unit_of_work import reading, writing
from tests.chromium import AXE
from tests.web.probes import FAINT, FIND, FOCUSED, STICKING_OUT
from tests.web.town import NOW, Town
from tests.web.windows import Watched, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def here(town: Town) -> str:
    """An assessment in which Bob has joined."""
    public_id = town.begin()
    with writing(town.engine) as session:
        join_as_member(session, town.actor("bob"), town.row(session, public_id), "platform", on=NOW.date())
    return public_id


def _mine(town: Town, here: str) -> MyAnswers:
    with reading(town.engine) as session:
        row = town.row(session, here)
        return my_answers(session, row, participant_of(session, town.actor("bob"), row))


def _asked(town: Town, here: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    with reading(town.engine) as session:
        row = town.row(session, here)
        asking = next_questions(session, row, participant_of(session, town.actor("bob"), row))
        return asking.beliefs, asking.asked


def test_answering_by_keys_alone(town: Town, chromium: Browser, address: str, here: str) -> None:
    beliefs, asked = _asked(town, here)
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/beliefs/{beliefs[-2]}")
        page.keyboard.press("2")
        assert page.locator("input:checked").count() == 0, "single keys work with the focus on the stage only"
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "stage":
                break
        page.keyboard.press("2")
        expect(page.locator("#save")).to_contain_text("Saved")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/beliefs/{beliefs[-1]}")
        assert page.evaluate("document.activeElement.id") == "stage", "who moves by keys goes on by keys"
        page.keyboard.press("d")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/questions/{asked[0]}")
        page.keyboard.press("3")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/questions/{asked[1]}")
        assert window.wrong == []
    mine = _mine(town, here)
    assert (mine.beliefs[beliefs[-2]], mine.beliefs[beliefs[-1]]) == (2, None)
    assert mine.questions[asked[0]].answer == Level(3)


def test_without_the_network_it_says_so_and_nothing_is_lost(
    town: Town, chromium: Browser, address: str, here: str
) -> None:
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/questions/mon-drift")
        page.check("input[value='1']")
        expect(page.locator("#save")).to_contain_text("Saved")
        window.context.set_offline(True)
        page.check("input[value='3']")
        expect(page.locator("#unsaved")).to_contain_text("Not saved yet (1)")
        assert page.locator("#phone-foot.is-waiting").count() == 1
        assert _mine(town, here).questions["mon-drift"].answer == Level(1)
        page.click("#phone-foot button")
        assert page.url.endswith("/questions/mon-drift"), "going on waits for the answer to be safe"
        window.context.set_offline(False)
        expect(page.locator("#unsaved")).to_be_hidden(timeout=20_000)
        expect(page.locator("#save")).to_contain_text("Saved")
    assert _mine(town, here).questions["mon-drift"].answer == Level(3)


def test_what_was_not_sent_survives_a_reload(town: Town, chromium: Browser, address: str, here: str) -> None:
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/questions/mon-drift")
        page.route(
            "**/answer/questions/*",
            lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
        )
        page.check("input[value='2']")
        expect(page.locator("#unsaved")).to_be_visible()
        page.unroute("**/answer/questions/*")
        page.reload()
        expect(page.locator("input[value='2']")).to_be_checked(timeout=20_000)
        expect(page.locator("#save")).to_contain_text("Saved")
    assert _mine(town, here).questions["mon-drift"].answer == Level(2)


def test_a_question_that_does_not_apply_asks_for_the_reason_in_place(
    town: Town, chromium: Browser, address: str, here: str
) -> None:
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/questions/gov-fairness")
        assert not page.locator("#reason").is_visible()
        page.check("input[value='na']")
        expect(page.locator("#save")).to_contain_text("why it does not apply")
        page.fill("#reason", "No people are affected")
        page.locator("#reason").blur()
        expect(page.locator("#save")).to_contain_text("Saved")
        assert "gov-fairness" in _mine(town, here).questions


def test_a_whole_dimension_saves_each_question_by_itself(
    town: Town, chromium: Browser, address: str, here: str
) -> None:
    with Watched(chromium, address, 1440) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/dimensions/monitoring")
        page.check("#mon-drift input[value='2']")
        expect(page.locator("#dimensions")).to_contain_text("1 of 10")
        page.check("#mon-cost input[value='0']")
        expect(page.locator("#dimensions")).to_contain_text("2 of 10")
        assert window.wrong == []
    assert set(_mine(town, here).questions) == {"mon-drift", "mon-cost"}


def test_without_script_each_answer_has_its_button(town: Town, chromium: Browser, address: str, here: str) -> None:
    _, asked = _asked(town, here)
    with Watched(chromium, address, 320, java_script_enabled=False) as window:
        page = sign_in(town, window, "bob")
        page.goto(f"{address}/assessments/{here}/answer/questions/{asked[0]}")
        page.check("input[value='2']")
        page.click("#phone-foot button")
        assert page.url.endswith(f"/questions/{asked[1]}")
        page.goto(f"{address}/assessments/{here}/answer/dimensions/monitoring")
        page.check("#mon-cost input[value='1']")
        page.click("#mon-cost .save-one button")
        assert page.url.endswith("/dimensions/monitoring#mon-cost")
    assert _mine(town, here).questions["mon-cost"].answer == Level(1)


def test_two_editors_see_both_texts(town: Town, chromium: Browser, address: str, here: str) -> None:
    path = f"{address}/assessments/{here}/record/mon-drift"
    with Watched(chromium, address, 1440) as one, Watched(chromium, address, 360) as two:
        alice, olive = sign_in(town, one, "alice"), sign_in(town, two, "olive")
        for page in (alice, olive):
            page.goto(path)
        alice.check("#agreed input[value='3']")
        alice.fill("#note", "What Alice wrote")
        alice.click("button[value=stay]")
        olive.check("#agreed input[value='1']")
        olive.fill("#note", "What Olive wrote")
        olive.click("button[value=stay]")
        texts = olive.locator(".two-texts").inner_text()
        assert "What Alice wrote" in texts
        assert "What Olive wrote" in texts
        assert olive.input_value("#note") == "What Olive wrote"
        olive.click("button[value=stay]")
        expect(olive.locator(".take-back")).to_contain_text("Level 1")
    with reading(town.engine) as session:
        agreed = what_is_recorded(session, town.row(session, here))["mon-drift"].agreed
    assert agreed == Agreed(Level(1), "What Olive wrote")


def test_rows_of_artefacts_are_added_in_place(town: Town, chromium: Browser, address: str, here: str) -> None:
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "alice")
        page.goto(f"{address}/assessments/{here}/record/mon-drift")
        page.fill("#items-0-title", "July comparison")
        page.click("button[value=add]")
        page.fill("#items-1-title", "Limits")
        page.click("#evidence button[value=save]")
        expect(page.locator("#evidence")).to_contain_text("E1")
        expect(page.locator("#evidence")).to_contain_text("Saved.")
        assert window.wrong == []


def test_axe_finds_nothing_and_nothing_sticks_out(town: Town, chromium: Browser, address: str, here: str) -> None:
    with writing(town.engine) as session:
        row = town.row(session, here)
        for place in range(5):
            join_as_guest(session, row, "data_scientist", on=NOW.date(), respondent=f"r{place}")
        for person in answering.participants(session, row.id):
            answer_question(session, row, person, "mon-drift", Level(2))
        agree_level(session, town.actor("alice"), row, "mon-drift", Agreed(Level(3), "A note"), at=NOW)
    base = f"{address}/assessments/{here}"
    paths = {
        "bob": ("answer", "answer/role", "answer/beliefs/b01", "answer/questions/gov-fairness",
                "answer/questions/mon-drift", "answer/dimensions/monitoring"),
        "alice": ("answer", "record", "record?show=open", "record/mon-drift", "record/mon-cost"),
    }  # fmt: skip
    for name, mine in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            with Watched(chromium, address, width, color_scheme=scheme, bypass_csp=True) as window:
                page = sign_in(town, window, name)
                for path in mine:
                    page.goto(f"{base}/{path}")
                    page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
                    assert page.evaluate(STICKING_OUT) == [], path
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                    page.evaluate(AXE)
                    assert page.evaluate(FIND) == [], (path, width, scheme)
                    assert page.evaluate(FAINT) == [], (path, width, scheme)


def test_the_focus_is_never_behind_the_foot(town: Town, chromium: Browser, address: str, here: str) -> None:
    with Watched(chromium, address, 360) as window:
        page = sign_in(town, window, "bob")
        for path in ("questions/gov-fairness", "dimensions/monitoring"):
            page.goto(f"{address}/assessments/{here}/answer/{path}")
            for _ in range(40):
                page.keyboard.press("Tab")
                focused = page.evaluate(FOCUSED)
                if focused is None:
                    break
                assert focused["outlined"], focused["name"]
                assert not focused["covered"], focused["name"]

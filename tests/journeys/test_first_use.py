"""Somebody new, in a real browser at the real server: from the printed link to an own PDF, an own team, an own pack."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import AXE, launched
from tests.web.probes import FIND

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "questionnaires" / "examples" / "tiny.v1.yaml"
#: Drawing is cold here, and the machine may be busy with other tests.
PATIENCE = 120_000


@dataclass
class Fresh:
    """A program just started on an empty folder: its address and the link that it printed."""

    address: str
    way_in: str


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    surroundings = {**os.environ, "MYTHMARK_DATA": str(tmp_path_factory.mktemp("fresh"))}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        way_in = process.stdout.readline().removeprefix("Sign in: ").strip()
        yield Fresh(address, way_in)
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def owner(fresh: Fresh, chromium: Browser) -> Iterator[Page]:
    """The local owner's browser, signed in by the printed link."""
    expect.set_options(timeout=30_000)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(fresh.way_in)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Your teams will stand here, side by side")
    yield page
    context.close()


def _tidy(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(FIND) == []


def _answer_all(page: Page) -> int:
    """Answer what is asked, one question a screen; how many it were."""
    asked = 0
    while re.search(r"/(questions|beliefs)/", page.url):
        page.check(f"main input[type=radio][value='{asked % 3 + 1}']")
        expect(page.locator(".save").first).to_contain_text("Saved")
        here = page.url
        page.click("#phone-foot .btn")
        expect(page).not_to_have_url(here)
        asked += 1
    return asked


def test_from_the_printed_link_to_an_own_pdf_in_under_five_minutes(owner: Page, tmp_path: Path) -> None:
    began = time.monotonic()
    _tidy(owner)
    owner.click("text=Start the first assessment")
    owner.fill("input[name=name]", "Forecasting")
    _tidy(owner)
    owner.click("text=Go on")
    owner.check("main input[type=radio] >> nth=0")
    owner.click("main .btn-primary")
    if "/answer/" not in owner.url:
        owner.click("text=Begin")
    assert _answer_all(owner) == 12
    _tidy(owner)
    assessment = owner.url.partition("/answer")[0]
    owner.goto(f"{assessment}/close")
    _tidy(owner)
    owner.click("main .btn-grave")
    owner.locator(".contents").wait_for(timeout=PATIENCE)
    _tidy(owner)
    with owner.expect_download(timeout=PATIENCE) as download:
        owner.click("a[href*='report.pdf'] >> nth=0")
    download.value.save_as(tmp_path / "own.pdf")
    with pikepdf.open(tmp_path / "own.pdf") as pdf:
        assert "assessment.yaml" in pdf.attachments
    assert time.monotonic() - began < 300


def test_the_sample_organization_can_be_looked_through(fresh: Fresh, owner: Page) -> None:
    owner.goto(f"{fresh.address}/organizations/demo")
    _tidy(owner)
    owner.click("main a:text-is('Report') >> nth=0")
    owner.locator(".contents").wait_for(timeout=PATIENCE)
    expect(owner.locator("h1")).to_be_visible()
    expect(owner.locator("summary", has_text=re.compile("Why th")).first).to_be_attached()


def test_a_member_invited_by_a_link_joins_and_answers_on_a_phone(fresh: Fresh, owner: Page, chromium: Browser) -> None:
    owner.goto(f"{fresh.address}/organizations/own/teams/new")
    owner.fill("input[name=name]", "Search")
    owner.check("main input[type=radio] >> nth=0")
    owner.click("text=Go on")
    assessment = owner.url.partition("/answer")[0]
    owner.goto(f"{fresh.address}/organizations/own/people")
    owner.fill("input[name=email]", "robin@example.org")
    owner.check("input[name=all_teams]")
    owner.click("main button:text-is('Invite')")
    link = owner.locator("main code").first.inner_text()
    phone = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).new_page()
    phone.goto(link)
    _tidy(phone)
    phone.fill("input[name=name]", "Robin")
    for name in ("password", "again"):
        phone.fill(f"input[name={name}]", "seven green kettles sing")
    phone.click("main button[type=submit]")
    expect(phone).not_to_have_url(link)
    phone.goto(f"{assessment}/answer")
    phone.check("main input[type=radio] >> nth=1")
    phone.click("main .btn-primary")
    if "/answer/" not in phone.url:
        phone.click("text=Begin")
    phone.check("main input[type=radio][value='2']")
    expect(phone.locator(".save").first).to_contain_text("Saved")
    _tidy(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.context.close()


def test_an_own_pack_goes_from_upload_to_the_form_of_a_new_assessment(fresh: Fresh, owner: Page) -> None:
    owner.goto(f"{fresh.address}/organizations/own/questionnaires")
    owner.set_input_files("input[type=file]", TINY)
    owner.click("text=Check and upload")
    _tidy(owner)
    owner.click("a.btn:text-is('Publish')")
    owner.click("dialog[open] .btn-grave")
    expect(owner.locator("main")).to_contain_text("is published")
    name = owner.url.rpartition("/")[2].replace("%40", "@")
    owner.goto(f"{fresh.address}/organizations/own")
    owner.click("main a:text-is('Search') >> nth=0")
    owner.click("main a:has-text('New assessment') >> nth=0")
    expect(owner.locator("select[name=questionnaire]")).to_contain_text(name.partition("@")[2])

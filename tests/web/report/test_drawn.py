"""The report as it is really drawn: the page says what the PDF says, it is good to use, and it stops nobody else."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener, urlopen

import pytest
from playwright.sync_api import Browser

from app.services.example import EXAMPLE
from app.services.exchange import import_file
from app.services.files import GivenFile
from app.services.studio import Studio
from app.services.teams import find_team
from app.store.unit_of_work import make_engine, writing
from tests.chromium import AXE
from tests.render.pdf.reading import page_texts, squeezed
from tests.web.probes import FAINT, FIND, FOCUSED, STICKING_OUT
from tests.web.report.conftest import close
from tests.web.town import NOW, Town
from tests.web.windows import Watched

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
OPEN_ALL = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"


@pytest.fixture
def example(town: Town) -> str:
    """The example organization's answers as a closed assessment of the town."""
    with writing(town.engine) as session:
        team = find_team(session, town.ours, town.team_id)
        row = import_file(session, town.actor("alice"), team, GivenFile("e.yaml", EXAMPLE.read_bytes()), at=NOW)
        public_id = row.public_id
    return close(town, public_id)


def _patient(opener: OpenerDirector, address: str) -> bytes:
    """What is at an address, waiting as a browser without script does."""
    ends = time.monotonic() + 150
    while (answer := opener.open(address, timeout=150)).status == 202:
        assert time.monotonic() < ends, f"{address} was not ready in time"
        time.sleep(0.5)
    return bytes(answer.read())


class Rows(HTMLParser):
    """The rows of the tables that hold the report's numbers; those of single sums are set otherwise on paper."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.rows: list[str] = []
        self._cells: list[str] = []
        self._skip = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._skip = "terms" in (dict(attrs).get("class") or "")
        elif tag == "tr":
            self._cells = []
        elif tag in {"td", "th"}:
            self._cells.append("")

    def handle_data(self, data: str) -> None:
        if self._cells:
            self._cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and not self._skip and any(re.fullmatch(r"\s*\d[\d.,]*\s*", cell) for cell in self._cells[1:]):
            self.rows.append("".join(self._cells))
        if tag == "tr":
            self._cells = []


def _report(town: Town, path: str) -> bytes:
    vera, ends = town.browser("vera"), time.monotonic() + 150
    while (answer := vera.get(path)).status_code == 202:
        assert time.monotonic() < ends
        time.sleep(0.2)
    assert answer.status_code == 200
    return bytes(answer.data)


def test_the_page_and_the_pdf_say_the_same_numbers_and_stay_the_same(town: Town, example: str) -> None:
    path = f"/assessments/{example}/report"
    page, pdf = Rows(_report(town, path).decode()), _report(town, f"{path}.pdf")
    printed = squeezed("".join(page_texts(pdf)))
    assert len(page.rows) > 200
    assert [row for row in page.rows if squeezed(row) not in printed] == []
    studio: Studio = town.app.extensions["mythmark_studio"]
    town.app.extensions["mythmark_studio"] = Studio(studio.renderer)
    assert _report(town, f"{path}.pdf") == pdf
    with writing(town.engine) as session:
        session.connection().exec_driver_sql("DELETE FROM reports")
    town.app.extensions["mythmark_studio"] = Studio(studio.renderer)
    assert _report(town, f"{path}.pdf") == pdf


def _signed_in(town: Town, window: Watched) -> None:
    cookie = town.browser("vera").client.get_cookie("mythmark")
    assert cookie is not None
    window.context.add_cookies([{"name": "mythmark", "value": cookie.value, "url": window.address}])


@pytest.mark.browser
def test_the_page_in_a_real_browser(town: Town, example: str, address: str, chromium: Browser) -> None:
    path = f"assessments/{example}/report"
    with Watched(chromium, address, 1440) as window:
        _signed_in(town, window)
        page = window.open(path)
        # Cold: it says that it is being drawn, and becomes the report by itself.
        page.locator(".rep-section").first.wait_for(timeout=150_000)
        page.locator("#roadmap").evaluate("(section) => section.scrollIntoView()")
        page.locator(".contents a[href='#roadmap'][aria-current]").wait_for(timeout=5000)
        page.evaluate("() => scrollTo(0, 0)")
        page.locator(".skip").focus()
        for _ in range(25):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            assert focused["outlined"], focused["name"]
            assert not focused["covered"], focused["name"]
        with page.expect_download(timeout=150_000) as download:
            page.get_by_role("link", name="Download PDF").click()
        assert download.value.suggested_filename == "Forecasting 2026-Q3 report.pdf"
        assert window.wrong == []
    # The body of the report is looked at in every look by tests/render/html; here it stands in the page.
    for width, scheme in ((320, "light"), (360, "dark"), (1440, "light")):
        with Watched(chromium, address, width, color_scheme=scheme, bypass_csp=True) as window:
            _signed_in(town, window)
            page = window.open(path)
            page.evaluate(OPEN_ALL)
            assert page.evaluate(STICKING_OUT) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width > 320:
                page.evaluate(AXE)
                assert page.evaluate(FIND) == [], (width, scheme)
                assert page.evaluate(FAINT) == [], (width, scheme)


@pytest.mark.browser
def test_the_waiting_works_without_script(town: Town, example: str, address: str, chromium: Browser) -> None:
    with Watched(chromium, address, 360, java_script_enabled=False) as window:
        _signed_in(town, window)
        page = window.open(f"assessments/{example}/report")
        page.locator(".rep-section").first.wait_for(timeout=150_000)
        page.locator("#downloads summary").click()
        assert page.get_by_role("link", name="Spreadsheet").is_visible()


@dataclass(frozen=True)
class Served:
    """A server, its process, and somebody signed in."""

    base: str
    pid: int
    opener: OpenerDirector


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The production server with its sample organization, and somebody signed in."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    surroundings = {**os.environ, "MYTHMARK_DATA": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        base = process.stdout.readline().strip()
        link = process.stdout.readline().removeprefix("Sign in: ").strip()
        _up(base)
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        token = re.search(r'name="csrf_token" value="([^"]+)"', opener.open(link).read().decode())
        assert token is not None
        opener.open(Request(link, urlencode({"csrf_token": token[1]}).encode()))  # noqa: S310 - our own server
        yield Served(base, process.pid, opener)
        process.terminate()


def _up(base: str) -> None:
    for _ in range(300):
        try:
            urlopen(f"{base}/healthz", timeout=5)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.1)
        else:
            return


def _closed(folder: Path) -> list[str]:
    engine = make_engine(f"sqlite:///{folder / 'mythmark.db'}")
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT public_id FROM assessments WHERE state = 'closed' ORDER BY id")
        return [str(public_id) for (public_id,) in found]


def _renderers(server: int) -> list[int]:
    """The living children of the server's children that render."""
    parents, lines = dict[int, int](), dict[int, str]()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            lines[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue
    return [one for one, line in lines.items() if "spawn_main" in line and parents.get(parents[one]) == server]


def test_while_a_pdf_is_drawn_everybody_else_is_answered(served: Served, tmp_path: Path) -> None:
    first, second = _closed(tmp_path)[:2]
    got: list[bytes] = []
    asking = threading.Thread(
        target=lambda: got.append(_patient(served.opener, f"{served.base}/assessments/{first}/report.pdf"))
    )
    asking.start()
    waits = []
    while asking.is_alive():
        begun = time.perf_counter()
        urlopen(f"{served.base}/healthz", timeout=60).read()  # noqa: S310 - our own server
        waits.append(time.perf_counter() - begun)
        time.sleep(0.01)
    assert got[0].startswith(b"%PDF-")
    assert len(waits) > 20
    assert median(waits) < 0.1
    (child,) = _renderers(served.pid)
    os.kill(child, signal.SIGKILL)
    again = _patient(served.opener, f"{served.base}/assessments/{second}/report.pdf")
    assert again.startswith(b"%PDF-")
    (child,) = _renderers(served.pid)
    os.kill(served.pid, signal.SIGTERM)
    for _ in range(100):
        if not Path(f"/proc/{child}/cmdline").exists() or not Path(f"/proc/{child}/cmdline").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the child outlived its server")


def test_the_web_loads_neither_matplotlib_nor_typst() -> None:
    look = "import sys, app.factory; print(sorted({'matplotlib', 'typst'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"

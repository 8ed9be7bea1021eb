"""From a change of the days on the board to the new plan on the screen, in a real browser on the real server (S7).

Run as ``python -m tests.load.bench_slider [changes]``. A change is what a hand on the slider does: the value moves and
is let go. The clock stops at the first frame that shows the new plan. Beside it, in the same browser, a bare answer of
the same server that is fetched and shown: what no work of ours could be faster than. Every number of days is new, so
no plan is kept from before. The promise: 300 ms in the median.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.journeys.served import Served, serving

TO_THE_EYE_MS = 300
#: Where the sample organization plans, and a board with pins and accepted plans is.
TEAM = "Demand forecasting"

_CHANGE = """(days) => new Promise((done) => {
  const slide = document.getElementById("slide"), shown = document.getElementById("projection");
  const start = performance.now();
  const seen = () => {
    if (!shown.textContent.includes(`With ${days} days a quarter`)) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  };
  const observer = new MutationObserver(seen);
  observer.observe(shown, { childList: true, subtree: true, characterData: true });
  slide.value = days;
  slide.dispatchEvent(new Event("input", { bubbles: true }));
})"""
_BARE = """() => new Promise((done) => {
  const start = performance.now();
  fetch("/healthz", { cache: "no-store" }).then((answer) => answer.text()).then((text) => {
    document.getElementById("live").textContent = text;
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
})"""


def _board(page: Page, server: Served) -> None:
    """Sign in as somebody who plans, and open the board of the sample team."""
    home = f"http://127.0.0.1:{server.port}"
    link = server.command("user", "add", "plans@example.org", "--organization", "demo", "--role", "owner")
    page.goto(f"{home}{urlsplit(link.split()[-1]).path}")
    page.click("main form button[type=submit]")
    page.goto(f"{home}/organizations/demo")
    page.get_by_role("link", name=TEAM, exact=True).click()
    page.get_by_role("link", name="Roadmap").click()
    page.wait_for_selector("#slide")


def measure(changes: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each change, and of each bare answer."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, serving(Path(folder)) as server:
        server.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        _board(page, server)
        least, most = (int(page.get_attribute("#slide", name) or 0) for name in ("min", "max"))
        for days in range(least, min(most, least + changes) + 1):
            ours.append(float(page.evaluate(_CHANGE, days)))
            bare.append(float(page.evaluate(_BARE)))
        browser.close()
    return ours[1:], bare[1:]  # the first warms everybody up


def main(changes: int = 20) -> int:
    """Print the figures; 1 when the promise is broken."""
    ours, bare = measure(changes)
    for name, times in (("a new plan", ours), ("a bare answer", bare)):
        print(f"{name:<14} median {median(times):5.0f} ms   worst {max(times):5.0f} ms   of {len(times)}, to the eye")
    print(f"{'new / bare':<14} median {median(ours) / median(bare):5.1f} x")
    kept = median(ours) <= TO_THE_EYE_MS
    print(f"promise S7 (re-plan to the eye {TO_THE_EYE_MS} ms): {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))

"""A person with a keyboard and no mouse: goes from stop to stop, and insists on seeing where they are."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.probes import FIND, FOCUSED

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
MOST_STOPS = 150
#: What a screen reader would call the control that has the focus; null where nothing has it.
_NAME = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const label = e.labels && e.labels.length ? e.labels[0].textContent : e.getAttribute('aria-label') || e.textContent;
  return label.trim().replace(/\\s+/g, ' ');
}"""


@dataclass
class Keys:
    """Hands that know Tab, Enter, Space, arrows and letters."""

    page: Page

    @property
    def here(self) -> str | None:
        """The name of what has the focus."""
        name = self.page.evaluate(_NAME)
        return None if name is None else str(name)

    def to(self, name: str) -> None:
        """Tab to what is called so, or begins so; each stop on the way must show the focus and be in sight."""
        passed = []
        for _ in range(MOST_STOPS):
            if self._is(name):
                return
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(FOCUSED)
            if stop is not None:
                assert stop["outlined"], f"the focus is not seen on {stop['name']}"
                assert not stop["covered"], f"something lies over {stop['name']}"
                passed.append(self.here)
        raise AssertionError(f"no stop is called {name!r} on {self.page.url}: {sorted(set(map(str, passed)))}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Go there and press it."""
        self.to(name)
        self.page.keyboard.press(key)

    def type(self, name: str, text: str) -> None:
        """Go to a field and write."""
        self.to(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, first: str, wanted: str) -> None:
        """Go to a group of choices by the name of its first, and take one with the arrows."""
        self.to(first)
        if self._is(wanted):
            self.page.keyboard.press("Space")
        for _ in range(12):
            if self._is(wanted):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice is called {wanted!r}")

    def follow(self, name: str, key: str = "Enter") -> None:
        """Press what leads to another page, and look at that page."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.look()

    def look(self) -> None:
        """Nothing that axe finds is wrong here."""
        self.page.wait_for_load_state()
        self.page.evaluate(AXE)
        assert self.page.evaluate(FIND) == [], self.page.url

    def stays(self) -> None:
        """The focus was not lost when a part of the page was changed."""
        assert self.here is not None, f"the focus was lost on {self.page.url}"

    def reads(self, words: str | re.Pattern[str]) -> None:
        """The main part says so."""
        expect(self.page.locator("main")).to_contain_text(words)

    def _is(self, name: str) -> bool:
        here = self.here
        return here is not None and here.startswith(name)

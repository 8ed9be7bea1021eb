"""Windows of a real browser at an application on a loopback port; everything that goes wrong in them is kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from app.accounts import start
from app.store.unit_of_work import writing
from tests.web.town import Town

LOOKS = [(width, scheme) for width in (360, 1440) for scheme in ("light", "dark")]


class Quiet(WSGIRequestHandler):
    """Says nothing on standard error."""

    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of an application on a loopback port."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Watched:
    """A page of one window, and everything that went wrong on it."""

    def __init__(self, chromium: Browser, address: str, width: int, **options: object) -> None:
        self.address, self.wrong = address, list[str]()
        height = 740 if width < 700 else 900
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: None if "status of" in said.text else self.wrong.append(said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith((address, "data:")) else self.wrong.append(asked.url),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def open(self, path: str) -> Page:
        """Go there."""
        self.page.goto(f"{self.address}/{path}")
        return self.page


def sign_in(town: Town, window: Watched, name: str) -> Page:
    with writing(town.engine) as session:
        path = start.make_start_link(session, town.people[name], town.clock())
    page = window.open(path.lstrip("/"))
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    return page


def tab_to(page: Page, words: str) -> None:
    """Go on by Tab until what has the focus says these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    pytest.fail(f"Tab does not lead to {words!r}")

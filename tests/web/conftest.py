"""The application with its page of all parts, and a browser that lints what it is shown."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.config import Settings
from app.factory import create_app
from app.web.parts import Parts
from tests.chromium import launched
from tests.web.linting import LintingClient
from tests.web.town import Town, stocked, town
from tests.web.windows import serving

__all__ = ["stocked", "town"]

#: Makes an application with further parts; its client lints.
Make = Callable[..., Flask]


def make_app(parts: Parts | None = None, **settings: object) -> Flask:
    app = create_app(Settings.model_validate({"styleguide": True, **settings}), parts or Parts())
    app.test_client_class = LintingClient
    return app


@pytest.fixture(scope="session")
def app() -> Flask:
    return make_app()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium a module; beside another one in the same thread there can be no second."""
    with launched() as browser:
        yield browser


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """The town on a loopback port."""
    with serving(town.app) as at:
        yield at


@pytest.fixture
def make() -> Make:
    return make_app


@pytest.fixture
def browser(app: Flask) -> LintingClient:
    client = app.test_client()
    assert isinstance(client, LintingClient)
    return client


def token_of(page: str) -> str:
    """The token of the first form of a page."""
    return page.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]

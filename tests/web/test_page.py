"""Pages are one value, found by name; nothing undefined is printed."""

import importlib
import pkgutil
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import UndefinedError

import app.web
from app.factory import TEMPLATES
from app.web.page import Page, own_path, render_page, template_of
from app.web.shared import EmptyDashboardPage
from tests.web.linting import LintingClient


def kinds(of: type[Page] = Page) -> set[type[Page]]:
    return {*of.__subclasses__(), *(deeper for one in of.__subclasses__() for deeper in kinds(one))}


def test_every_kind_of_page_is_frozen_and_has_its_template() -> None:
    for module in pkgutil.walk_packages(app.web.__path__, "app.web."):
        importlib.import_module(module.name)
    ours = [kind for kind in kinds() if kind.__module__.startswith("app.")]
    assert len(ours) >= 8
    for kind in ours:
        assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
        folder = {"errors": "errors", "shared": "shared"}.get(kind.__module__.split(".")[2])
        assert (TEMPLATES / template_of(kind)).exists(), kind
        assert folder is None or template_of(kind).startswith(folder)


def test_a_template_is_named_like_its_page() -> None:
    assert template_of(EmptyDashboardPage) == "shared/empty_dashboard.html"


def test_nothing_undefined_is_printed(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ page.nothing }}").render(page=object())
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{% if nothing %}{% endif %}").render()


def test_what_is_printed_is_escaped_and_visible(app: Flask) -> None:
    assert app.jinja_env.from_string("{{ x }}").render(x="<i>") == "&lt;i&gt;"
    assert app.jinja_env.from_string("{{ x }}").render(x="a\x07b") == "a\ufffdb"


def test_a_page_value_has_no_room_for_rows() -> None:
    assert {field.name for field in fields(Page)} == {"title", "viewer", "nav", "trail"}


@pytest.mark.parametrize(
    ("asked", "followed"),
    [
        ("/teams/7?x=1", "/teams/7?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
        ("/a\nb", "/"),
        ("javascript:x", "/"),
    ],
)
def test_only_paths_of_this_site_are_followed(asked: str, followed: str) -> None:
    assert own_path(asked) == followed


def test_the_theme_is_in_the_first_byte(browser: LintingClient) -> None:
    assert "data-theme" not in browser.get("/help").text.partition("<head>")[0]
    browser.set_cookie("theme", "dark")
    assert '<html lang="en" data-theme="dark">' in browser.get("/help").text
    browser.set_cookie("theme", '"><script>')
    assert "data-theme" not in browser.get("/help").text.partition("<head>")[0]


def test_the_theme_can_be_chosen_without_script(browser: LintingClient) -> None:
    page = browser.get("/help").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.post("/theme", data={"csrf_token": token, "to": "dark", "next": "/help"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert 'data-theme="dark"' in browser.get("/help").text
    browser.post("/theme", data={"csrf_token": token, "to": "system", "next": "//evil.example"})
    assert 'data-theme="dark"' not in browser.get("/help").text


def test_a_page_says_nothing_of_a_fragment_it_was_not_asked_for(app: Flask) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class HelpLikePage(Page):
        pass

    HelpLikePage.__module__ = "app.web.nowhere.pages"
    with app.test_request_context("/"), pytest.raises(Exception, match=r"nowhere/help_like\.html"):
        render_page(HelpLikePage(title="x"))


def test_templates_hold_no_address_of_another_host() -> None:
    for template in Path(TEMPLATES).rglob("*.html"):
        text = template.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, template
        assert "https:" not in text, template

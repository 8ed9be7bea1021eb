"""One frozen value a page, and the one way to show it.

A page is a dataclass that ends in ``Page``; its template is found by its name: ``DashboardPage`` in
``app.web.home.pages`` is ``templates/home/dashboard.html``. A template is given ``page`` (the value), ``form`` (or
None) and ``shell`` (what the frame needs of the request), and nothing else.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from flask import Response, current_app, flash, get_flashed_messages, make_response, request

from app.web.forms import Form
from app.web.security import request_id

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; ``current`` marks the page one is on."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the page: name, the organization looked at, links of their own menu, where signing out is sent."""

    name: str
    organization: str
    links: tuple[Link, ...] = ()
    sign_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page says of itself. ``trail`` leads from the outermost place to the one above this page."""

    title: str
    viewer: Viewer | None = None
    nav: tuple[Link, ...] = ()
    trail: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame takes from the request: theme, path, messages for this person, and an id to quote."""

    theme: str
    path: str
    notices: tuple[tuple[str, str], ...]
    request_id: str


def template_of(kind: type[Page]) -> str:
    """The template of a kind of page: its room's folder, its own name without ``Page``."""
    return _template(kind.__module__, kind.__name__)


@cache
def _template(module: str, name: str) -> str:
    room = module.split(".")[2]
    return f"{room}/{_WORD.sub('_', name.removesuffix('Page')).lower()}.html"


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page it is on."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def render_page(
    value: Page, *, form: Form | None = None, fragment: str | None = None, status: int | None = None
) -> Response:
    """Show a page; or, asked by htmx and where ``fragment`` names one, ``_fragment.html`` of its room alone.

    ``status`` is 422 for a form with errors and 200 otherwise, unless given.
    """
    template = template_of(type(value))
    if fragment is not None and wants_fragment():
        template = f"{template.rpartition('/')[0]}/_{fragment}.html"
    body = current_app.jinja_env.get_template(template).render(page=value, form=form, shell=_shell())
    answer = make_response(body, status or (422 if form is not None and form.errors else 200))
    answer.headers["Cache-Control"] = "no-store" if value.viewer else "private, no-cache"
    answer.vary.update(("Cookie", "HX-Request"))
    return answer


def _shell() -> Shell:
    theme = request.cookies.get(THEME_COOKIE, "system")
    return Shell(
        theme=theme if theme in THEMES else "system",
        path=request.full_path.rstrip("?") if request.method == "GET" else "/",
        notices=tuple(cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))),
        request_id=request_id(),
    )


def say(words: str, kind: str = "done") -> None:
    """Leave a sentence for the next page this person sees; ``kind`` is done, note or problem."""
    flash(words, kind)


def see_other(path: str) -> Response:
    """After a write without script: go and look (303). htmx is told to load the page instead of swapping it in."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": path})
    return Response(status=303, headers={"Location": path})


def own_path(asked: str, otherwise: str = "/") -> str:
    """A path of this site out of what a form or an address says; anything else is not followed."""
    good = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if good else otherwise

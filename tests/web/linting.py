"""House style for free: every page that a test loads is read, and what is wrong with it fails that test."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.html.judge import newly_invalid
from tests.render.html.markup import HEADINGS, NEEDS_LABEL, Element, Page

#: What a policy may never hold.
UNSAFE = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")
INLINE = {"style", "srcdoc"}


class UntidyPage(AssertionError):
    """A page that breaks the house style; lists how."""


class LintingClient(FlaskClient):
    """A test client that reads every page it is given."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as Werkzeug has it
        """Ask as usual; raises UntidyPage."""
        # Read to the end at once, so that files are closed.
        kwargs.setdefault("buffered", True)
        answer = super().open(*args, **kwargs)
        if answer.mimetype != "text/html":
            return answer
        wrong = newly_invalid(answer.text)
        if "data:" not in answer.headers["Content-Security-Policy"].split("font-src")[1]:
            wrong += faults(answer.text, self.application) + policy_faults(answer.headers["Content-Security-Policy"])
        if wrong:
            raise UntidyPage("\n".join([answer.request.path, *wrong]))
        return answer


def policy_faults(policy: str) -> list[str]:
    """What is too wide in a policy."""
    return [f"the policy allows {word}" for word in UNSAFE if word in re.split(r"[\s;']+", policy)]


def faults(source: str, app: Flask) -> list[str]:
    """Everything wrong with a page or a fragment, one sentence each."""
    page = Page(source)
    whole = bool(page.all("html"))
    wrong = [*page.faults, *_ids(page, whole=whole), *_controls(page), *_forms(page), *_inline(page)]
    # The button of a fragment may be on the page that it is put into.
    wrong += _unsent(page) if whole else []
    wrong += [text for element in page.elements for text in _addresses(element, app)]
    if whole:
        wrong += _headings(page)
        if not any(element.attributes.get("lang") for element in page.all("html")):
            wrong.append("no language")
        titles = [element for element in page.all("title") if "svg" not in element.parents]
        if len(titles) != 1 or len(titles[0].text.strip()) < len("x - Mythmark"):
            wrong.append("no title of its own")
    return wrong


def _ids(page: Page, *, whole: bool) -> list[str]:
    found = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    wrong = [f"id {one!r} is there twice" for one in sorted({one for one in found if found.count(one) > 1})]
    wrong += [f"id {one!r} is not a plain name" for one in found if not re.fullmatch(r"[A-Za-z][\w-]*", one)]
    for element in page.elements:
        names = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "form", "data-confirm")
        targets = [one for name in names for one in element.attributes.get(name, "").split()]
        if whole and element.attributes.get("href", "").startswith("#"):
            targets.append(element.attributes["href"][1:])
        wrong += [f"<{element.tag}> points to {one!r}, which is not there" for one in targets if one not in found]
    return wrong


def _headings(page: Page) -> list[str]:
    wrong = [] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} h1 instead of one"]
    before = 0
    # A dialog is a page of its own while it is open.
    for element in (one for one in page.elements if one.tag in HEADINGS and "dialog" not in one.parents):
        rank = HEADINGS[element.tag]
        if rank > before + 1:
            wrong.append(f"h{before} is followed by h{rank}: {element.text.strip()!r}")
        if not element.text.strip():
            wrong.append(f"an empty h{rank}")
        before = rank
    return wrong


def _controls(page: Page) -> list[str]:  # noqa: C901 - one rule after another
    wrong = []
    labelled = {element.attributes.get("for") for element in page.all("label") if element.text.strip()}
    for element in page.elements:
        has, tag = element.attributes, element.tag
        named = bool(has.get("aria-label", "").strip()) or "aria-labelledby" in has
        if tag in NEEDS_LABEL and has.get("type") != "hidden" and not named and has.get("id") not in labelled:
            wrong.append(f"<{tag} name={has.get('name')!r}> without label")
        if tag == "input" and has.get("type") == "radio" and "fieldset" not in element.parents:
            wrong.append("a radio outside a fieldset")
        if tag == "fieldset" and element.children[:1] != ["legend"]:
            wrong.append("a fieldset without legend")
        if tag == "svg" and not named and has.get("aria-hidden") != "true":
            wrong.append("an svg without text alternative")
        if tag == "img" and "alt" not in has:
            wrong.append("an img without alt")
        if tag == "details" and element.children[:1] != ["summary"]:
            wrong.append("details without summary")
        if tag in {"summary", "a", "button"} and not (element.text.strip() or named):
            wrong.append(f"<{tag}> without words")
        if has.get("tabindex") == "0" and not named:
            wrong.append("a focusable region without name")
        if tag == "table" and element.children[:1] != ["caption"]:
            wrong.append(f"a table without caption: {element.text.split()[:3]}")
        if tag == "th" and has.get("scope") not in {"row", "col", "rowgroup", "colgroup"}:
            wrong.append(f"th without scope: {element.text!r}")
        if tag == "button" and "type" not in has:
            wrong.append(f"<button> without type: {element.text.strip()!r}")
    return wrong


def _forms(page: Page) -> list[str]:
    wrong = []
    for form in page.all("form"):
        if form.attributes.get("method") not in {"get", "post"}:
            wrong.append("a form that says not how it is sent")
        if form.attributes.get("method") == "post" and not form.attributes.get("action"):
            wrong.append("a form that says not where it is sent")
    posts = [form for form in page.all("form") if form.attributes.get("method") == "post"]
    tokens = [one for one in page.all("input") if one.attributes.get("name") == "csrf_token"]
    if len(tokens) != len(posts) or not all(token.attributes.get("value") for token in tokens):
        wrong.append(f"{len(posts)} forms that write and {len(tokens)} tokens")
    if any("form" in form.parents for form in page.all("form")):
        wrong.append("a form inside a form")
    return wrong


def _unsent(page: Page) -> list[str]:
    """Forms that can be filled in and have no button."""
    sent = {button.attributes.get("form", "") for button in page.all("button")}
    filled, form, locked = dict[str, bool](), "", False
    for number, element in enumerate(page.elements):
        if element.tag == "form" and "data-card" in element.attributes:
            form = ""  # sent by the one button of the screen that the card is put into
            sent.add(form)
        elif element.tag == "form":
            form = element.attributes.get("id") or f"number {number}"
        elif element.tag == "fieldset":
            locked = "disabled" in element.attributes
        elif "form" in element.parents:
            if element.tag == "button" and "form" not in element.attributes:
                sent.add(form)
            if element.tag in NEEDS_LABEL and element.attributes.get("type") != "hidden":
                fixed = "disabled" in element.attributes or (locked and "fieldset" in element.parents)
                filled[form] = filled.get(form, False) or not fixed
    return [f"nothing sends the form {one}" for one, changed in filled.items() if changed and one not in sent]


def _inline(page: Page) -> list[str]:
    wrong = []
    for element in page.elements:
        wrong += [
            f"<{element.tag}> has an inline {name}"
            for name in element.attributes
            if name in INLINE or name.startswith(("on", "hx-on", "hx-live"))
        ]
        wrong += [f"<{element.tag}> has js: in {name}" for name, value in element.attributes.items() if "js:" in value]
        if element.tag == "style" or (element.tag == "script" and not element.attributes.get("src")):
            wrong.append(f"an inline <{element.tag}>")
    return wrong


def _addresses(element: Element, app: Flask) -> list[str]:
    """Each address is known to the application for its method, and htmx has a twin that works without script."""
    has, wrong = element.attributes, []
    method = "POST" if element.tag == "form" and has.get("method") == "post" else "GET"
    asked = [(has[name], method) for name in ("href", "action", "src") if name in has and element.tag != "link"]
    asked += [(has[name], "POST") for name in ("formaction",) if name in has]
    for verb in ("get", "post", "put", "patch", "delete"):
        if f"hx-{verb}" in has:
            asked.append((has[f"hx-{verb}"], verb.upper()))
            if verb == "get" and "href" not in has and element.tag == "a":
                wrong.append("a link with hx-get and without href")
    for address, verb in asked:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if element.tag != "a" or parts.scheme not in {"https", "http", "mailto"}:
                wrong.append(f"<{element.tag}> leads to another host: {address}")
        elif parts.path and not parts.path.startswith("/static/") and not _known(parts.path, verb, app):
            wrong.append(f"<{element.tag}> leads to {verb} {address}, which is not there")
    return wrong


def _known(path: str, verb: str, app: Flask) -> bool:
    try:
        app.url_map.bind("localhost").match(path, method=verb)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True

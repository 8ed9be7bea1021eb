"""Every error as an answer: a page for people, a notice for htmx, a problem document (RFC 9457) under /api."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.formats.problems import Problem, Problems
from app.services.errors import NotValid
from app.store.errors import VersionConflict
from app.web import logs
from app.web.forms import ForeignOrigin
from app.web.page import Link, Page, render_page, wants_fragment
from app.web.refusals import BROKEN, FOREIGN, FORM_EXPIRED, SILENT, STATUSES, Refusal, refusal_of
from app.web.security import request_id

#: Where somebody who is not signed in is sent.
SIGN_IN_PATH = "/sign-in"
OVERVIEW = Link("Go to the overview", "/")
#: What is left when even the page of an error cannot be made.
_LAST_WORDS = "Something broke on our side. What was saved before is safe. Number: {}\n"


class ChangedInBetween(VersionConflict):
    """A version that is not the one any more; ``shown`` is what is there now, for whoever asked."""

    def __init__(self, conflict: VersionConflict, shown: Mapping[str, Any]) -> None:
        super().__init__(conflict.what, conflict.version, conflict.present)
        self.shown = dict(shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage(Page):
    """A refusal as a page. ``places`` are the problems of a file, ``way`` leads on."""

    status: int
    happened: str
    safe: str
    todo: str
    places: tuple[Problem, ...] = ()
    way: Link = OVERVIEW


def refuse(app: Flask) -> None:
    """Answer every error of ``app`` by the table."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        answer = _answer(_row_of(error), error)
        for name, value in error.get_headers(request.environ):
            if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
                answer.headers[name] = value
        return answer

    app.register_error_handler(Exception, refused)


def refused(error: Exception) -> Response:
    """The answer to an error that was raised, by the table."""
    row = refusal_of(error)
    if row.status >= BROKEN.status:
        logs.broken(error, row.status)
    return _answer(row, error)


def _row_of(error: HTTPException) -> Refusal:
    if isinstance(error, CSRFError):
        return FORM_EXPIRED
    if isinstance(error, ForeignOrigin):
        return FOREIGN
    code = error.code or BROKEN.status
    known = STATUSES.get(code)
    if known is None:
        known = replace(STATUSES[400] if code < BROKEN.status else BROKEN, status=code)
    return known


def _answer(row: Refusal, error: Exception) -> Response:
    if request.path.startswith("/api/"):
        answer = _document(row, error)
    else:
        try:
            answer = _page(row, error)
        except Exception as second:  # noqa: BLE001 - whatever it was, the person gets an answer
            logs.broken(second, BROKEN.status)
            answer = Response(_LAST_WORDS.format(request_id()), row.status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    if row.wait is not None:
        # An error that knows how long it takes says so.
        answer.headers["Retry-After"] = str(getattr(error, "seconds", getattr(error, "wait", row.wait)))
    return answer


def _said(row: Refusal, error: Exception) -> str:
    """The words of the error where it is one of ours and may speak; otherwise those of the row."""
    if isinstance(error, (HTTPException, Problems)) or row in SILENT or not str(error):
        return row.happened
    text = str(error)
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _page(row: Refusal, error: Exception) -> Response:
    value = RefusalPage(
        title=row.title,
        status=row.status,
        happened=_said(row, error),
        safe=row.safe,
        todo=row.todo,
        places=error.items if isinstance(error, Problems) else (),
        way=_way(row),
    )
    if wants_fragment():
        # The part that htmx would have replaced stays; the notice goes to the place that every layout has.
        body = render_template("errors/_refusal.html", page=value, number=request_id())
        return Response(body, row.status, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    return render_page(value, status=row.status)


def _way(row: Refusal) -> Link:
    """Where the first button leads: the row's own way, to the sign-in and back here, or to the overview."""
    if row.way is not None:
        return Link(*row.way)
    if row.status != 401:
        return OVERVIEW
    back = quote(request.full_path.rstrip("?") if request.method == "GET" else "/", safe="")
    return Link("Sign in", f"{SIGN_IN_PATH}?next={back}")


def _document(row: Refusal, error: Exception) -> Response:
    told: dict[str, Any] = {
        "type": f"/help#{row.slug}",
        "title": row.title,
        "status": row.status,
        "detail": f"{_said(row, error)} {row.todo if isinstance(error, HTTPException) else ''}".strip(),
        "instance": f"urn:mythmark:request:{request_id()}",
    }
    if isinstance(error, Problems):
        told["errors"] = [
            {"line": item.line, "column": item.column, "path": item.path, "message": item.message}
            for item in error.items
        ]
    elif isinstance(error, NotValid):
        told["errors"] = [{"line": None, "column": None, "path": error.field, "message": str(error)}]
    elif isinstance(error, ChangedInBetween):
        told["present"] = error.shown
    answer = Response(json.dumps(told), row.status, mimetype="application/problem+json")
    if row.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer

"""Whether the process lives, whether it can serve, and what it has served."""

from collections.abc import Callable
from typing import TypeAlias

from flask import Blueprint, Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from app.web.access import Role, allow
from app.web.logs import elapsed, route

#: None when everything that serving needs is there; otherwise one sentence that says what is not.
Ready: TypeAlias = Callable[[], str | None]


def health_room(ready: Ready) -> Blueprint:
    """``/healthz`` and ``/readyz``."""
    room = Blueprint("health", __name__)

    @room.get("/healthz")
    @allow(Role.ANYONE)
    def alive() -> Response:
        return _text("ok")

    @room.get("/readyz", endpoint="ready")
    @allow(Role.ANYONE)
    def can_serve() -> Response:
        missing = ready()
        return _text("ok") if missing is None else _text(missing, 503)

    return room


def measure(app: Flask) -> None:
    """Count requests and serve the counts of this process at ``/metrics``."""
    registry = CollectorRegistry()
    answered = Counter("mythmark_requests", "Requests answered", ["method", "route", "status"], registry=registry)
    seconds = Histogram("mythmark_request_seconds", "Time to an answer", ["route"], registry=registry)

    @app.after_request
    def count(answer: Response) -> Response:
        # A method can be any word that a stranger sends; a label of its own for each would fill the memory.
        method = request.method if request.url_rule is not None else "-"
        answered.labels(method, route(), answer.status_code).inc()
        seconds.labels(route()).observe(elapsed())
        return answer

    @app.get("/metrics", endpoint="health.measured")
    @allow(Role.ANYONE)
    def measured() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _text(words: str, status: int = 200) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")

"""One JSON line a request on standard error: no bodies, no addresses, no query, the route instead of the path."""

import sys
import time
import traceback

import structlog
from flask import Flask, Response, g, request

from app.web.security import request_id


def configure() -> None:
    """Let structlog write JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def watch(app: Flask) -> None:
    """Write a line when a request has been answered. A path may hold a token, so its rule is written."""

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        if request.endpoint not in {"health.alive", "health.ready", "health.measured"}:
            structlog.get_logger().info(
                "request",
                method=request.method,
                route=route(),
                status=answer.status_code,
                ms=round(1000 * elapsed(), 1),
                request_id=request_id(),
            )
        return answer


def route() -> str:
    """The rule that the request met, or a dash."""
    return request.url_rule.rule if request.url_rule is not None else "-"


def elapsed() -> float:
    """Seconds since the request came in."""
    return time.perf_counter() - float(g.get("begun", time.perf_counter()))


def broken(error: BaseException, status: int) -> None:
    """Write where an error came from. Not what it says: the words may hold what somebody has typed."""
    frames = traceback.extract_tb(error.__traceback__)
    structlog.get_logger().error(
        "broken",
        error=type(error).__name__,
        at=[f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
        status=status,
        route=route(),
        request_id=request_id(),
    )

"""What the server has to be told: room for the streams, and when they begin and end.

``Live`` is kept by the application under ``extensions["live"]``; ``gunicorn_options`` goes into the server's options.
"""

import resource
from dataclasses import dataclass, replace
from typing import Any

from app.live.bus import Bus
from app.live.hub import Hub, Limits

EXTENSION = "live"
#: Files a process needs beside its streams: the database, static files, ordinary requests, what is kept alive.
BESIDE = 500


@dataclass(frozen=True, slots=True)
class Live:
    """The hub of one process, and the bus that tells it what other processes changed."""

    hub: Hub
    bus: Bus | None = None

    def start(self, worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Begin in a worker, after the fork; its streams end as soon as it is told to stop."""
        most = max(BESIDE, raise_file_limit() - BESIDE)
        self.hub.limits = replace(self.hub.limits, streams=min(self.hub.limits.streams, most))
        self.hub.serve_while(lambda: bool(worker.alive))
        if self.bus is not None:
            self.hub.clock.later(0, self.bus.run)


def gunicorn_options() -> dict[str, Any]:
    """Options for gunicorn's gevent worker: a place for every stream and request, and the start of what is live."""
    return {"worker_connections": Limits().streams + BESIDE, "post_worker_init": start_live}


def start_live(worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    """Gunicorn's ``post_worker_init``: start what the application keeps."""
    live = getattr(worker.wsgi, "extensions", {}).get(EXTENSION)
    if live is not None:
        live.start(worker)


def raise_file_limit() -> int:
    """Let this process open as many files as the machine allows it; how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == hard:
        return soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard

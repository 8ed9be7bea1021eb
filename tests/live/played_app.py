"""A tiny application with the live hub, served by gunicorn: ``python -m tests.live.played_app PORT``.

Its whole state is one number and a padding; the phases of a workshop are not known here.
"""

import argparse
import json
import os
import time
from typing import Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

from app.live.errors import NoStream
from app.live.frames import Key, Snapshot
from app.live.hub import Hub, Limits
from app.live.presence import Listener
from app.live.serving import EXTENSION, Live, gunicorn_options

ROOM = 1


class Board:
    """The state that everybody sees."""

    def __init__(self) -> None:
        self.revision, self.padding, self.over = 1, 0, False
        self.thrown_out: set[str] = set()

    def snapshot(self, _: Key) -> Snapshot:
        text = json.dumps({"revision": self.revision, "padding": "x" * self.padding})
        return Snapshot(self.revision, text, last=self.over)


def make_app(limits: Limits | None = None) -> Flask:
    """The application: ``/events``, and ``/change`` that answers with the revision it made."""
    app, board = Flask("played"), Board()
    hub = Hub(board.snapshot, lambda _, who: who - board.thrown_out, limits=limits)
    app.extensions[EXTENSION] = Live(hub)
    app.extensions["board"] = board

    @app.get("/events")
    def events() -> Response:
        try:
            opened = hub.open(ROOM, Listener(request.args.get("who", "somebody")), request.environ)
        except NoStream as error:
            return Response(str(error), 503, {"Retry-After": str(error.wait)})
        return Response(opened.body, opened.status, list(opened.headers))

    @app.post("/change")
    def change() -> dict[str, Any]:
        board.padding = int(request.args.get("padding", board.padding))
        board.over = "over" in request.args
        board.thrown_out |= set(request.args.getlist("out"))
        for _ in range(int(request.args.get("times", 1))):
            board.revision += 1
            hub.publish(ROOM, board.revision)
        return {"revision": board.revision, "at": time.monotonic()}

    @app.get("/figures")
    def figures() -> dict[str, Any]:
        seen = hub.figures()
        return {
            "streams": seen.streams,
            "events": seen.events,
            "evicted": seen.evicted,
            "connected": hub.connected(ROOM),
            "pid": os.getpid(),
        }

    return app


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn as ``mythmark serve`` runs it."""

    def __init__(self, port: int, limits: Limits) -> None:
        self._port, self._limits = port, limits
        super().__init__()

    def load_config(self) -> None:
        told = {"bind": f"127.0.0.1:{self._port}", "worker_class": "gevent", "keepalive": 75, "graceful_timeout": 8}
        for name, value in {**told, "control_socket_disable": True, **gunicorn_options()}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return make_app(self._limits)


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--streams", type=int, default=Limits().streams)
    asked = parser.parse_args()
    Server(asked.port, Limits(streams=asked.streams)).run()


if __name__ == "__main__":
    main()

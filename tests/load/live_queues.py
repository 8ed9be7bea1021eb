"""The peer of the hub: a queue and a waking greenlet for every stream, as event streams are usually served.

The same server, the same application, the same tick and the same bytes: ``python -m tests.load.live_queues PORT``.
"""

import os
import sys
import time
from collections.abc import Iterator

import gevent
from flask import Flask, Response
from gevent.queue import Queue
from gunicorn.app.base import BaseApplication

from app.live.frames import state_frame
from app.live.room import GAP
from tests.live.played_app import ROOM, Board


def make_app() -> Flask:
    """The routes of the played application, without the hub."""
    app, board = Flask("queues"), Board()
    queues: set[Queue[bytes]] = set()

    def stream() -> Iterator[bytes]:
        mine: Queue[bytes] = Queue()
        queues.add(mine)
        try:
            yield state_frame(board.snapshot(ROOM)).raw
            while True:
                yield mine.get()
        finally:
            queues.discard(mine)

    def tick() -> None:
        sent = board.revision
        while True:
            if board.revision != sent:
                sent = board.revision
                frame = state_frame(board.snapshot(ROOM)).raw
                for queue in tuple(queues):
                    queue.put(frame)
                gevent.sleep(GAP)
            else:
                gevent.sleep(0.005)

    gevent.spawn(tick)

    @app.get("/events")
    def events() -> Response:
        return Response(stream(), mimetype="text/event-stream")

    @app.post("/change")
    def change() -> dict[str, float]:
        board.revision += 1
        board.padding = 400
        return {"revision": board.revision, "at": time.monotonic()}

    @app.get("/figures")
    def figures() -> dict[str, int]:
        return {"streams": len(queues), "pid": os.getpid()}

    return app


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with a place for every stream."""

    def load_config(self) -> None:
        """The same options as the hub's."""
        told = {"bind": f"127.0.0.1:{sys.argv[1]}", "worker_class": "gevent", "worker_connections": 6_500}
        for name, value in {**told, "keepalive": 75, "graceful_timeout": 1, "control_socket_disable": True}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In the worker."""
        return make_app()


if __name__ == "__main__":
    Server().run()

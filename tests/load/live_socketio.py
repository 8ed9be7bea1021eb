"""A peer of the hub: Socket.IO (python-socketio) on gevent, over websockets, with the same tick and the same state.

The same server and the same application: ``python -m tests.load.live_socketio PORT``.
"""

import base64
import os
import re
import time

import gevent
import socketio
from flask import Flask

from app.live.room import GAP
from tests.live.played_app import Board
from tests.load.live_crowd import Asked, Target
from tests.load.live_queues import Server


def target(url: str) -> Target:
    """A crowd that opens websockets and joins as the library's own clients do."""
    key = base64.b64encode(b"sixteen bytes ok").decode()
    asks = (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"))
    hello = b"40"  # Engine.IO message, Socket.IO connect
    mask = bytes(4)
    return Target(
        url,
        lambda _: Asked("GET", "/socket.io/?EIO=4&transport=websocket", (*asks, ("Sec-WebSocket-Key", key))),
        lambda _: Asked("POST", "/change"),
        re.compile(rb'"revision":(\d+)'),
        bytes((0x81, 0x80 | len(hello))) + mask + hello,
    )


def make_app() -> socketio.WSGIApp:
    """The routes of the played application, with Socket.IO in front of them."""
    app, board = Flask("socketio"), Board()
    board.padding = 400
    server = socketio.Server(async_mode="gevent", ping_interval=300)

    def state() -> dict[str, object]:
        return {"revision": board.revision, "padding": "x" * board.padding}

    @server.event  # type: ignore[untyped-decorator]  # Socket.IO has no types
    def connect(sid: str, *_: object) -> None:
        server.emit("state", state(), to=sid)

    def tick() -> None:
        sent = board.revision
        while True:
            if board.revision != sent:
                sent = board.revision
                server.emit("state", state())
                gevent.sleep(GAP)
            else:
                gevent.sleep(0.005)

    gevent.spawn(tick)

    @app.post("/change")
    def change() -> dict[str, float]:
        board.revision += 1
        return {"revision": board.revision, "at": time.monotonic()}

    @app.get("/figures")
    def figures() -> dict[str, int]:
        return {"pid": os.getpid()}

    return socketio.WSGIApp(server, app)


class SocketServer(Server):
    """The same options as the hub's."""

    def load(self) -> socketio.WSGIApp:
        """In the worker."""
        return make_app()


if __name__ == "__main__":
    SocketServer().run()

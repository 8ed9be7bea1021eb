"""``mythmark serve``: the production server."""

import argparse
import importlib
import multiprocessing
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from multiprocessing.connection import Connection
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from app.live.serving import gunicorn_options
from app.loading import at_one_go

#: By name: gunicorn loads it in the worker, after gevent has made the standard library cooperative.
FACTORY = "app.factory:create_app()"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for phones (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=_workers, default=1, help="processes; one serves a thousand phones (1)")


def run(asked: argparse.Namespace) -> int:
    """Serve until told to stop; 2 when it cannot start."""
    try:
        _try_address(asked.host, asked.port)
    except OSError as error:
        print(f"mythmark: {error}", file=sys.stderr)
        return 2
    host = f"[{asked.host}]" if ":" in asked.host else asked.host
    address = f"http://{host}:{asked.port}"
    # In a process of its own: what it loads must not be there when gevent makes the workers cooperative.
    ours, theirs = multiprocessing.Pipe(duplex=False)
    preparing = multiprocessing.get_context("fork").Process(target=_prepare, args=(asked.host, address, theirs))
    preparing.start()
    theirs.close()
    with suppress(EOFError):
        words = ours.recv()
    preparing.join()
    if preparing.exitcode != 0:
        return 2
    Server(
        {
            "bind": f"{host}:{asked.port}",
            "workers": asked.workers,
            "worker_class": "gevent",
            "keepalive": 75,
            "graceful_timeout": 8,
            "control_socket_disable": True,
            # Not before: who follows the link at once must find somebody listening.
            "when_ready": lambda _: print(words, flush=True),
            **gunicorn_options(),
        }
    ).run()
    return 0


def _prepare(host: str, address: str, told: Connection) -> None:
    """Make the database ready, then hand back the address and a way in; exits with 2 and one line when it cannot."""
    with at_one_go():
        stored = importlib.import_module("app.cli.stored")
        preparing = importlib.import_module("app.cli.preparing")

    def work(database: Any) -> int:  # noqa: ANN401 - loaded by name, as the module
        def tell(words: str) -> None:
            print(words, file=sys.stderr, flush=True)

        path = preparing.prepare(database, on_loopback=_is_loopback(host), tell=tell)
        told.send(address if path is None else f"{address}\nSign in: {address}{path}")
        return 0

    sys.exit(stored.with_database(work))


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn, told here instead of in a file or on its own command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options; a setting that this gunicorn does not know stops the start."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - whatever WSGI application the factory makes
        """Make the application; called in each worker."""
        with at_one_go(for_good=True):
            return import_app(FACTORY)


def _try_address(host: str, port: int) -> None:
    """Raise OSError with what to do when the address is taken or is none of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OSError(f"cannot listen on {host}:{port}: {reason}; choose another --port or --host") from None


def _is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    return _between(text, 1, 65535)


def _workers(text: str) -> int:
    return _between(text, 1, 256)


def _between(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
    return int(text)

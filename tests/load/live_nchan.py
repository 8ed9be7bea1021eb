"""A peer of the hub: nginx with nchan, which knows neither an application nor a database.

It sends each message as it comes, without a tick; what is compared is a microsecond of a core an event.
"""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.live_crowd import Asked, Target

MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"), Path("/etc/nginx/modules"))
_SETTINGS = """
load_module {module};
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/log;
worker_rlimit_nofile 8192;
events {{ worker_connections 6500; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    nchan_channel_id room;
    nchan_message_buffer_length 1;
    location = /events {{ nchan_subscriber eventsource; }}
    location = /change {{ nchan_publisher; keepalive_requests 100000; }}
  }}
}}
"""


def module() -> Path | None:
    """The module of nchan, if nginx has one here."""
    if shutil.which("nginx") is None:
        return None
    return next((path for folder in MODULES if (path := folder / "ngx_nchan_module.so").exists()), None)


def target(url: str) -> Target:
    """A crowd on one channel; each message carries a number and as many bytes as the played state."""
    return Target(
        url,
        lambda _: Asked("GET", "/events", (("Accept", "text/event-stream"),)),
        lambda number: Asked("POST", "/change", (), _message(number + 2)),
        re.compile(rb'"revision": (\d+)'),
    )


@contextmanager
def serving(loaded: Path) -> Iterator[tuple[str, int]]:
    """nginx with a first message in its channel; its address and its process."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "nginx.conf"
        settings.write_text(_SETTINGS.format(module=loaded, folder=folder, port=port))
        with subprocess.Popen(["nginx", "-p", folder, "-c", str(settings)], stderr=subprocess.DEVNULL) as process:
            try:
                _publish_first(port)
                yield f"http://127.0.0.1:{port}", process.pid
            finally:
                process.terminate()
                process.wait(15)


def _publish_first(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as sock:
                sock.sendall(Asked("POST", "/change", (), _message(1)).wire("127.0.0.1"))
                assert sock.recv(4096).startswith(b"HTTP/1.1 20")
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _message(revision: int) -> bytes:
    return b'{"revision": %d, "padding": "%b"}' % (revision, b"x" * 400)

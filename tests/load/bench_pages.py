"""What a phone loads (S10), and what the server takes to start and to be there (S11).

Run as ``python -m tests.load.bench_pages``. Counted is what goes over the wire for a browser that takes gzip: the page,
its style sheets, its scripts and all that these import; fonts apart. Memory is each process's proportional share.
"""

import http.client
import re
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urljoin

from tests.journeys.served import Served, Workshop, open_workshop, serving

MOST_BYTES = 60_000
START_S = 2.0
IDLE_MB = 150
IDLE_AFTER_S = 60
_LOADED = re.compile(rb'<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"')
_IMPORTED = re.compile(rb'^(?:import|\} from|export)[^"\n]*"(\.[^"]+)"', re.MULTILINE)
_FORM = re.compile(rb'<form[^>]* action="(/r/[^"]+)".*?name="csrf_token" value="([^"]+)"', re.DOTALL)


class Browser:
    """As much of a browser as is needed: cookies, and the length of what came."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        """Length on the wire, the content, and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept, "Connection": "close", "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode(form)
        content = []
        for accepted in ("identity", "gzip"):
            connection.request("GET" if form is None else "POST", path, body, {**headers, "Accept-Encoding": accepted})
            answer = connection.getresponse()
            content.append(answer.read())
            for given in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = given.partition(";")[0].partition("=")
                self.cookies[name] = value
            connection.close()
            if form is not None:
                break
        return len(content[-1]), content[0], answer.headers.get("Location", "")

    def weight(self, path: str) -> int:
        """All that a page loads, fonts apart."""
        whole, page, _ = self.ask(path)
        waiting = [found.decode() for found in _LOADED.findall(page)]
        seen = set[str]()
        while waiting:
            part = waiting.pop()
            if part in seen:
                continue
            seen.add(part)
            length, text, _ = self.ask(part)
            whole += length
            waiting += [urljoin(part, found.decode()) for found in _IMPORTED.findall(text)]
        return whole


def memory(process_id: int) -> float:
    """MB of a process and all its children, what they share counted once."""
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return own + sum(memory(int(child)) for child in children)


def phone_pages(workshop: Workshop, port: int) -> dict[str, int]:
    """Bytes of each screen that a participant meets."""
    browser = Browser(port)
    weights = {"sign in": browser.weight("/sign-in"), "join": browser.weight(f"/r/{workshop.code}")}
    form = _FORM.search(browser.ask(f"/r/{workshop.code}")[1])
    assert form is not None
    sent = {"csrf_token": form[2].decode(), "role": "data_scientist", "key": "k" * 32}
    assert browser.ask(form[1].decode(), sent)[2].endswith("/room")
    weights["room, before it begins"] = browser.weight("/room")
    workshop.move("ask", {"question": workshop.questions()[0]})
    weights["room, a question"] = browser.weight("/room")
    workshop.move("reveal")
    weights["room, the cards"] = browser.weight("/room")
    return weights


def start_again(server: Served) -> float:
    """Seconds from the command to the first page, on a database that is there."""
    server.stop()
    began = time.perf_counter()
    server.start()
    server.ask("GET", "/sign-in", prefix="")
    return time.perf_counter() - began


def main() -> int:
    """Print the figures; how many promises were broken."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        workshop = open_workshop(server, 1)
        weights = phone_pages(workshop, server.port)
        started = min(start_again(server) for _ in range(3))
        time.sleep(IDLE_AFTER_S)
        assert server.process is not None
        idle = memory(server.process.pid)
    for name, weight in weights.items():
        sys.stdout.write(f"S10  {name}: {weight / 1000:.1f} kB compressed, fonts apart (60)\n")
    sys.stdout.write(f"S11  start to the first page {started:.2f} s (2), idle after a minute {idle:.0f} MB (150)\n")
    return (max(weights.values()) > MOST_BYTES) + (started > START_S) + (idle > IDLE_MB)


if __name__ == "__main__":
    sys.exit(main())

"""Issues on GitHub, against a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.trackers.github import GitHub, Issue, TrackerRefused

ISSUE = Issue("Compare", "Why: gate", ("mythmark",))


@dataclass
class Played:
    """A server that answers as it is told and remembers what it was asked."""

    address: str = ""
    status: int = 201
    body: bytes = b'{"html_url": "https://github.com/octo-org/models/issues/7"}'
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    def hub(self, repository: str = "octo-org/models") -> GitHub:
        return GitHub(repository, "ghp_secret", self.address)


@pytest.fixture
def played() -> Iterator[Played]:
    told = Played()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append((self.path, dict(self.headers), json.loads(data)))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_issue_is_made_and_its_address_comes_back(played: Played) -> None:
    assert played.hub().make_issue(ISSUE) == "https://github.com/octo-org/models/issues/7"
    ((path, headers, body),) = played.asked
    assert path == "/repos/octo-org/models/issues"
    assert headers["Authorization"] == "Bearer ghp_secret"
    assert body == {"title": "Compare", "body": "Why: gate", "labels": ["mythmark"]}


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 429, 500, 200, 302])
def test_a_refusal_says_what_to_do_and_not_the_token(played: Played, status: int) -> None:
    played.status = status
    played.headers = {"Location": f"{played.address}/elsewhere"} if status == 302 else {}
    with pytest.raises(TrackerRefused, match=r"GitHub|issues are switched off") as refused:
        played.hub().make_issue(ISSUE)
    assert "ghp_secret" not in str(refused.value)
    assert len(played.asked) == 1  # a redirect is not followed with the token


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"html_url": 7}', b'{"html_url": "javascript:alert(1)"}', b"<html>", b"{}"]
)
def test_an_answer_that_is_not_understood_is_no_link(played: Played, body: bytes) -> None:
    played.body = body
    with pytest.raises(TrackerRefused, match="not understood"):
        played.hub().make_issue(ISSUE)


def test_a_server_that_is_not_there_is_said_to_be() -> None:
    with pytest.raises(TrackerRefused, match="cannot be reached"):
        GitHub("octo-org/models", "t", "http://127.0.0.1:9").make_issue(ISSUE)


@pytest.mark.parametrize("repository", ["models", "a/b/c", "../x", "a/..", "", "a /b", "-a/b", "a/b?x=1"])
def test_what_is_no_repository_is_refused_before_anybody_is_asked(repository: str) -> None:
    with pytest.raises(TrackerRefused, match="owner/name"):
        GitHub(repository, "t")


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ü"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(TrackerRefused, match="token"):
        GitHub("octo-org/models", token)


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(GitHub("octo-org/models", "ghp_secret"))

"""Whoever sends slowly keeps nobody else from writing: what is sent is read before the database is held."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.store import unit_of_work
from app.store.errors import StoreBusy
from app.store.unit_of_work import writing
from tests.web.town import Town

_WRITES = {"POST", "PUT", "PATCH", "DELETE"}


class SlowBody(io.RawIOBase):
    """A body in the midst of which somebody else writes."""

    def __init__(self, town: Town, body: bytes) -> None:
        self.town, self.left, self.others = town, body, set[str]()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - anything that can be written to
        """Let somebody else write before it goes on."""
        try:
            with writing(self.town.engine):
                self.others.add("wrote")
        except StoreBusy:
            self.others.add("waited")
        some, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(some)] = some
        return len(some)


def test_no_route_holds_the_database_while_somebody_sends(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_of_work, "BUSY_SECONDS", 0.01)
    client = FlaskClient(town.app, town.app.response_class)
    given = {"assessment_id": town.begin(), "team_id": town.team_id, "slug": "example"}
    waited, asked = [], 0
    for rule in town.app.url_map.iter_rules():
        for method in sorted(_WRITES & (rule.methods or set())):
            places = {name: given.get(name, "1") for name in rule.arguments}
            _, path = rule.build(places) or ("", rule.rule)
            body = SlowBody(town, b"name=x")
            _send(client, method, path, body)
            asked += 1
            if body.others != {"wrote"}:
                waited.append((method, rule.rule, sorted(body.others)))
    assert asked > 50
    assert waited == []


def _send(client: FlaskClient, method: str, path: str, body: SlowBody) -> None:
    kind = "application/json" if path.startswith("/api/") else "application/x-www-form-urlencoded"
    told = {"wsgi.input": body, "CONTENT_LENGTH": str(len(body.left)), "CONTENT_TYPE": kind}
    client.open(path, method=method, environ_overrides=told, buffered=True)

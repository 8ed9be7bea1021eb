"""The ways out of the board."""

import re

import pytest

from tests.web.roadmap.conftest import board
from tests.web.town import Town

TOKEN = "ghp_secret0123"  # noqa: S105 - nobody's


class Answer:
    """What GitHub says."""

    def __init__(self, status: int, link: str = "") -> None:
        self.status_code, self.link = status, link

    def json(self) -> dict[str, str]:
        return {"html_url": self.link}


@pytest.mark.parametrize(
    ("name", "begins"), [("board.xlsx", b"PK"), ("board.csv", b"\xef\xbb\xbf"), ("jira.csv", b'"Sum')]
)
def test_the_board_is_taken_out_as_a_file(town: Town, accepted: str, name: str, begins: bytes) -> None:
    answer = town.browser("bob").get(f"{accepted}/{name}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="Forecasting-{name}"'
    assert town.browser().get(f"{accepted}/{name}").status_code == 401
    assert town.browser("charlie").get(f"{accepted}/{name}").status_code == 404


def test_a_calendar_address_is_shown_once_and_opens_until_it_ends(town: Town, accepted: str) -> None:
    bob = town.browser("bob")
    made = bob.post(f"{accepted}/calendar").text
    path = re.findall(r"<code>http://[^/]+(/calendar/[^<]+\.ics)</code>", made)[0]
    assert path not in bob.get(f"{accepted}/take-out").text
    answer = town.browser().get(path)
    assert answer.status_code == 200
    assert answer.data.startswith(b"BEGIN:VCALENDAR")
    end = re.findall(r'action="([^"]+/end)"', made)[0]
    assert town.browser("vera").post(end).status_code == 403
    assert town.browser().get(path).status_code == 200
    assert bob.post(end).status_code == 303
    assert bob.post(end).status_code == 303
    assert town.browser().get(path).status_code == 404
    assert town.browser().get("/calendar/nothing.ics").status_code == 404


def test_who_looks_on_takes_nothing_out(town: Town, accepted: str) -> None:
    vera = town.browser("vera")
    for path in ("take-out", "board.xlsx", "board.csv", "jira.csv"):
        assert vera.get(f"{accepted}/{path}").status_code == 403
    for path in ("calendar", "issues"):
        assert vera.post(f"{accepted}/{path}").status_code == 403
        assert town.browser().post(f"{accepted}/{path}").status_code == 401
        assert town.browser("charlie").post(f"{accepted}/{path}").status_code == 404


def test_issues_are_made_until_github_stops_and_the_links_stay(
    town: Town, accepted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [Answer(201, "https://github.example/o/m/issues/1"), Answer(403), Answer(201, "https://x.example/2")]
    monkeypatch.setattr("app.trackers.github.requests.post", lambda *_, **__: answers.pop(0))
    bob, cards = town.browser("bob"), [card.id for card in board(town).quarters[0].cards[:2]]
    form = {"repository": "octo-org/models", "token": TOKEN, "cards": cards}
    stopped = bob.post(f"{accepted}/issues", form)
    assert stopped.status_code == 409
    assert "1 of 2 issues made, then GitHub stopped" in stopped.text
    assert TOKEN not in stopped.text
    assert [card.link for card in board(town).cards if card.link] == ["https://github.example/o/m/issues/1"]
    assert bob.post(f"{accepted}/issues", form).status_code == 303
    assert sum(card.link is not None for card in board(town).cards) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"repository": "nonsense"}, "owner/name"),
        ({"token": "a b"}, "without spaces"),
        ({"token": ""}, "Paste a token"),
        ({"cards": []}, "Choose at least one action"),
        ({"cards": ["nothing"]}, "Choose at least one action"),
    ],
)
def test_what_cannot_be_sent_to_github_is_named(
    town: Town, accepted: str, change: dict[str, object], said: str
) -> None:
    cards = [board(town).quarters[0].cards[0].id]
    form = {"repository": "octo-org/models", "token": TOKEN, "cards": cards, **change}
    answer = town.browser("bob").post(f"{accepted}/issues", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert TOKEN not in answer.text

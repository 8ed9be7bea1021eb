"""Before the reveal no level of another is in anything a phone can get; after it only what may be shown."""

import json
import re
from collections.abc import Iterator

import pytest

from app.domain.answers import DontKnow, Level
from tests.web.room.conftest import OTHER, Phone, Q, Workshop

PATHS = (
    "/room", "/room/cards", "/room/mine", "/room/state", "/room/role", "/room/elsewhere", f"/room/questions/{OTHER}",
)  # fmt: skip
#: What differs between two askings anyway: tokens, numbers of requests, the state's own counters.
NOISE = re.compile(
    r'name="csrf_token" value="[^"]*"|[0-9a-f]{16,}|(?<="revision":)\s*\d+|(?<=id: )\d+|retry: \d+|"connected": ?\d+'
)
NEW = {"Content-Length", "Date", "ETag", "Set-Cookie", "X-Request-ID"}


def _everything(phone: Phone) -> Iterator[str]:
    """All that this phone can get, headers included, without what is new each time."""
    for path in PATHS:
        answer = phone.get(path, headers={"HX-Request": "true"}) if path == "/room" else phone.get(path)
        headers = {k: v for k, v in answer.headers if k not in NEW}
        yield NOISE.sub("", f"{path} {answer.status_code} {sorted(headers.items())} {answer.text}")


def _stream(phone: Phone) -> str:
    """The first frames of the stream."""
    with phone.visit.client.get("/room/events", buffered=False) as answer:
        assert answer.mimetype == "text/event-stream"
        body = answer.iter_encoded()
        found = b""
        while b"\n\n" not in found.partition(b"event: state")[2]:
            found += next(body)
    return NOISE.sub("", found.decode())


@pytest.mark.parametrize("question", [Q, OTHER])
def test_nothing_that_a_phone_can_get_depends_on_what_others_voted(workshop: Workshop, question: str) -> None:
    watcher, *others = workshop.enter(["data_scientist", "platform", "platform", "product"])
    workshop.ask()
    watcher.get()
    seen = set()
    for levels in ((0, 0, 0), (4, 4, 4), (0, 2, 4), ("dk", "dk", 3)):
        for phone, level in zip(others, levels, strict=True):
            assert phone.vote(level, question, comment=f"secret words {level}").status_code == 204
        seen.add("\n".join((*_everything(watcher), _stream(watcher))))
    assert len(seen) == 1, _differing(seen)


def _differing(seen: set[str]) -> list[str]:
    lists = [one.split("\n") for one in sorted(seen)]
    return [f"{one} | {two}" for one, two in zip(lists[0], lists[1], strict=False) if one != two][:5]


def test_the_search_would_find_a_level_that_leaked(workshop: Workshop) -> None:
    watcher, other = workshop.enter(["data_scientist", "platform"])
    workshop.ask()
    other.vote(1)
    before = "\n".join(_everything(other))
    other.vote(2)
    assert before != "\n".join(_everything(other)), "one's own level is seen by oneself, so the search can see levels"
    assert watcher.get().status_code == 200


def test_the_state_holds_the_own_vote_and_nobody_else_s(workshop: Workshop) -> None:
    one, two = workshop.enter(["data_scientist", "platform"])
    workshop.ask()
    one.vote(3)
    mine, theirs = (json.loads(phone.get("/room/state").text) for phone in (one, two))
    assert mine["my_vote"]["level"] == 3
    assert theirs["my_vote"] is None
    assert mine["distribution"] is theirs["distribution"] is None
    assert (mine["voted"], mine["joined"]) == (theirs["voted"], theirs["joined"]) == (1, 2)


def test_the_stream_holds_nothing_of_one_s_own(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    before = _stream(phone)
    phone.vote(3)
    told = _stream(phone)
    assert '"phase":"voting"' in told
    assert "my_vote" not in told
    assert before != ""


def test_an_unchanged_state_is_304_and_an_own_vote_changes_its_tag(workshop: Workshop) -> None:
    phone = workshop.phone()
    workshop.ask()
    tag = phone.get("/room/state").headers["ETag"]
    assert phone.get("/room/state", headers={"If-None-Match": tag}).status_code == 304
    phone.vote(3)
    new = phone.get("/room/state").headers["ETag"]
    phone.vote(2)
    assert len({tag, new, phone.get("/room/state").headers["ETag"]}) == 3


def test_last_time_and_the_distribution_come_with_the_reveal(workshop: Workshop) -> None:
    phones = workshop.enter(["data_scientist", "data_scientist", "platform", "platform", "product", "ml_engineer"])
    workshop.ask()
    for phone, level in zip(phones, (1, 1, 2, 2, 3, 3), strict=True):
        phone.get()
        phone.vote(level)
    page = phones[0].get().text
    assert "opened-count" not in page
    assert "6 of 6 have voted" in page
    workshop.move("reveal")
    page = phones[0].get().text
    assert page.count("opened-count") == 5
    assert page.count("Your vote") == 1
    assert "Median: " in page


def test_too_few_votes_are_not_shown_and_the_own_one_is_marked_for_oneself(workshop: Workshop) -> None:
    one, two = workshop.enter(["data_scientist", "platform"])
    workshop.ask()
    one.vote(1)
    two.vote(4)
    workshop.move("reveal")
    for phone in (one, two):
        page = phone.get().text
        assert "Too few votes to show" in page
        assert "opened-count" not in page
        assert page.count("Your vote") == 1


@pytest.mark.parametrize("answer", [Level(2), None])
def test_what_the_room_settled_on_is_told(workshop: Workshop, answer: Level | None) -> None:
    phone = workshop.phone()
    workshop.ask()
    phone.vote("dk")
    workshop.move("reveal")
    if answer is None:
        workshop.move("not_agreed")
        assert "The room did not agree" in phone.get().text
    else:
        workshop.move("agree", answer, note="calendar only")
        page = phone.get().text
        assert "The room settled on level 2" in page
        assert "calendar only" in page
    assert DontKnow() != answer


def test_no_page_of_a_participant_leads_to_a_result(workshop: Workshop) -> None:
    phone = workshop.phone()
    for path in ("/room", "/room/mine", "/room/role"):
        assert "/assessments/" not in phone.get(path).text
    assert phone.get(f"/assessments/{workshop.assessment_id}/report").status_code in {401, 404}

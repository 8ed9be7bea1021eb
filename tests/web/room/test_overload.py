"""More than can be done at once: who comes in vain is told when to come again, and then it goes on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.live.hub import Limits
from app.live.serving import EXTENSION
from app.store import unit_of_work
from app.store.unit_of_work import writing
from app.web import stage
from tests.web.room.conftest import Phone, Workshop

#: R10: so many seconds after it is over, everything goes on; nobody is sent away for longer.
RECOVERS = 10


@contextmanager
def _somebody_writes(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody writes for longer than others wait."""
    inside, leave = threading.Event(), threading.Event()

    def write() -> None:
        with writing(workshop.town.engine):
            inside.set()
            leave.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    assert inside.wait(10)
    with monkeypatch.context() as impatient:
        impatient.setattr(unit_of_work, "BUSY_SECONDS", 0.01)
        yield
    leave.set()
    writer.join()


def _connected(phone: Phone) -> int:
    with phone.get("/room/events", buffered=False) as answer:
        if answer.status_code == 503:
            assert 0 < int(answer.headers["Retry-After"]) <= RECOVERS
        return answer.status_code


def test_a_vote_that_finds_the_database_busy_is_told_when_to_come_again_and_then_counts(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = workshop.phone()
    workshop.ask()
    with _somebody_writes(workshop, monkeypatch):
        refused = phone.vote(2, seq="1")
    assert refused.status_code == 503
    assert 0 < int(refused.headers["Retry-After"]) <= RECOVERS
    assert 'value="2" checked' not in phone.get().text
    assert phone.vote(2, seq="1").status_code == 204
    assert 'value="2" checked' in phone.get().text


def test_what_a_reveal_reckons_with_is_there_as_soon_as_somebody_listens(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(stage, "load_now", loaded.append)
    assert _connected(workshop.phone()) == 200
    assert loaded == ["numpy"]


def test_a_stream_too_many_is_told_when_to_come_again_and_then_opens(workshop: Workshop) -> None:
    phone = workshop.phone()
    hub = workshop.town.app.extensions[EXTENSION].hub
    usual, hub.limits = hub.limits, Limits(streams=0)
    assert _connected(phone) == 503
    assert phone.get("/room/state").status_code == 200, "the state can still be asked for"
    assert phone.vote(1).status_code == 204
    hub.limits = usual
    assert _connected(phone) == 200

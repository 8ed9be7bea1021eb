"""The line of reports: each made once, in order, bounded, the last ones kept."""

import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from app.render.in_process import InProcess
from app.render.worker import RenderBusy
from app.services.studio import Studio


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Holds what is being made until it is set."""
    event = threading.Event()
    yield event
    event.set()


def _held(gate: threading.Event, content: bytes = b"made") -> bytes:
    gate.wait(10)
    return content


def test_what_several_ask_for_is_made_once(gate: threading.Event) -> None:
    studio, times = Studio(InProcess()), list[int]()

    def make() -> bytes:
        times.append(1)
        return _held(gate)

    orders = [studio.order(("a",), make) for _ in range(3)]
    assert [studio.wait(order, 0.01) for order in orders] == [None] * 3
    gate.set()
    assert [studio.wait(order, 5) for order in orders] == [b"made"] * 3
    assert (studio.find(("a",)), len(times)) == (b"made", 1)


def test_what_was_finished_between_looking_and_asking_is_not_made_again() -> None:
    studio, times = Studio(InProcess()), list[int]()

    def make() -> bytes:
        times.append(1)
        return b"made"

    assert studio.find(("a",)) is None
    for _ in range(2):
        assert studio.wait(studio.order(("a",), make), 5) == b"made"
    assert len(times) == 1


def test_they_are_made_one_after_the_other(gate: threading.Event) -> None:
    studio, began = Studio(InProcess()), list[str]()

    def make(name: str) -> bytes:
        began.append(name)
        return _held(gate, name.encode())

    orders = [studio.order((name,), partial(make, name)) for name in "abc"]
    time.sleep(0.05)
    assert (began, [studio.before(order) for order in orders]) == (["a"], [0, 1, 2])
    gate.set()
    assert studio.wait(orders[2], 5) == b"c"
    assert began == ["a", "b", "c"]


def test_a_full_line_takes_nobody_else(gate: threading.Event) -> None:
    studio = Studio(InProcess(), waiting=2)
    first = studio.order(("a",), lambda: _held(gate))
    studio.order(("b",), lambda: _held(gate))
    with pytest.raises(RenderBusy):
        studio.order(("c",), lambda: b"")
    assert studio.order(("a",), lambda: b"") is first
    gate.set()
    studio.wait(first, 5)
    studio.wait(studio.order(("b",), lambda: b""), 5)
    assert studio.wait(studio.order(("c",), lambda: b"c"), 5) == b"c"


def test_what_went_wrong_is_told_once_and_asking_again_tries_again() -> None:
    studio = Studio(InProcess())

    def fail() -> bytes:
        raise LookupError("no ink")

    order = studio.order(("a",), fail)
    order.ended.wait(5)
    with pytest.raises(LookupError, match="no ink"):
        studio.order(("a",), fail)
    with pytest.raises(LookupError, match="no ink"):
        studio.wait(studio.order(("a",), fail), 5)
    assert studio.wait(studio.order(("a",), lambda: b"a"), 5) == b"a"


def test_only_so_many_bytes_stay_in_memory_and_those_not_asked_for_go_first() -> None:
    studio = Studio(InProcess(), kept_bytes=10)
    for name in "abc":
        if name == "c":
            assert studio.find(("a",)) is not None
        studio.keep((name,), b"12345")
    assert [studio.find((name,)) is not None for name in "abc"] == [True, False, True]
    studio.keep(("d",), b"more than fits")
    assert studio.find(("d",)) is None

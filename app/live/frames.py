"""What is sent: a snapshot of a room, framed once for everybody who watches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

#: Whatever names a room: its number in the database, or a text.
Key: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The shared state of a room at a revision, as text (JSON). ``last``: nothing follows, the streams end."""

    revision: int
    text: str
    last: bool = False


#: Reads the present state of a room from what is committed; raises RoomGone.
TakeSnapshot: TypeAlias = Callable[[Key], Snapshot]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Bytes for the wire: as they are, and as one chunk of an HTTP/1.1 body. Two frames are never equal."""

    revision: int
    raw: bytes
    chunk: bytes
    last: bool = False


def _frame(revision: int, raw: bytes, *, last: bool = False) -> Frame:
    return Frame(revision, raw, b"%X\r\n%b\r\n" % (len(raw), raw), last)


def state_frame(snapshot: Snapshot) -> Frame:
    """The event ``state`` with the revision as its id."""
    lines = "".join(f"data: {line}\n" for line in snapshot.text.splitlines() or [""])
    return _frame(snapshot.revision, f"event: state\nid: {snapshot.revision}\n{lines}\n".encode(), last=snapshot.last)


#: A comment: proxies see that the stream lives, clients do not see it.
BEAT = _frame(-1, b":\n\n")


def opening(milliseconds: int) -> bytes:
    """The first words of a stream: after how long a client comes back when the stream breaks."""
    return b"retry: %d\n\n" % milliseconds

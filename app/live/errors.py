"""Why a stream is not opened.

NoStream            a stream was asked for and there is none now; ``wait`` seconds later there may be
├── TooManyStreams  this process carries as many as it can
├── RoomFull        as many participants as a room takes are connected to this one
└── Stopping        this process is about to end
RoomGone            there is no such room any more (raised by who takes snapshots)
"""

from app.domain.errors import MythmarkError


class NoStream(MythmarkError):
    """No stream now; the state can still be asked for."""

    wait = 5


class TooManyStreams(NoStream):
    """This process carries as many streams as it can."""

    def __init__(self) -> None:
        super().__init__("so many screens watch at the moment that there is no place for one more")


class RoomFull(NoStream):
    """As many participants as a room takes are connected to this one."""

    wait = 15

    def __init__(self) -> None:
        super().__init__("as many participants as a room takes are connected to this one")


class Stopping(NoStream):
    """This process is about to end; another one, or the next, takes over."""

    wait = 2

    def __init__(self) -> None:
        super().__init__("the server is about to restart")


class RoomGone(MythmarkError):
    """The room is no longer there: its streams end."""

    def __init__(self) -> None:
        super().__init__("this room is no longer there")

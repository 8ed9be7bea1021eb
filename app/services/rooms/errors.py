"""What a room refuses, in the words of the people in it.

WrongMoment (app.services.errors)
├── WrongPhase      the move does not fit where the conversation stands
├── NoRoomYet       nobody has opened the room of this assessment
├── RoomClosed      the room is closed; a facilitator can open it again
├── RoomFull        as many as a room can hold are in it
├── NothingToUndo   the last move cannot be taken back, or there is none
└── LinkNotGood     a link to another device was used, or its time is over
"""

from app.services.errors import WrongMoment


class WrongPhase(WrongMoment):
    """The move does not fit where the conversation stands; the text says what would."""


class NoRoomYet(WrongMoment):
    """There is no room to be in."""

    def __init__(self) -> None:
        super().__init__("the room was not opened yet; open it on the page of the workshop")


class RoomClosed(WrongMoment):
    """Nothing is taken in a closed room."""

    def __init__(self) -> None:
        super().__init__("the room is closed; what was saved is kept, and a facilitator can open it again")


class RoomFull(WrongMoment):
    """A room holds so many."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the room is full: it holds {most:,} participants")


class NothingToUndo(WrongMoment):
    """The last move cannot be taken back without losing something."""


class LinkNotGood(WrongMoment):
    """A link to another device is good once and for some minutes."""

    def __init__(self) -> None:
        super().__init__("this link was used or its time is over; make a new one on the device you joined with")

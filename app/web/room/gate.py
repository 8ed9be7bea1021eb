"""Lets participants in: before anything else is asked of a request, as the gate of the accounts does for people."""

from collections.abc import Mapping

from app.web.access import Access, Gate, Role
from app.web.room.seats import my_seat


class SeatGate:
    """Whoever holds a seat may what is for participants; everything else is the other gate's to decide."""

    def __init__(self, people: Gate) -> None:
        self._people = people

    def check(self, access: Access, parameters: Mapping[str, object]) -> None:
        """Let through, or raise NoSeat, or what the other gate raises."""
        if Role.PARTICIPANT in access.roles:
            my_seat()
        else:
            self._people.check(access, parameters)

"""The participant in a live workshop, on a phone: joining, answering beforehand, voting, and what the room sees."""

from app.web.room import answering, devices, doors, live  # each adds its routes
from app.web.room.blueprint import blueprint
from app.web.room.gate import SeatGate

__all__ = ["SeatGate", "answering", "blueprint", "devices", "doors", "live"]

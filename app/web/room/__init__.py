"""The participant in a live workshop, on a phone: joining, answering beforehand, voting, and what the room sees."""

from app.web.room import answering, devices, doors, live  # each adds its routes
from app.web.room.blueprint import blueprint

__all__ = ["answering", "blueprint", "devices", "doors", "live"]

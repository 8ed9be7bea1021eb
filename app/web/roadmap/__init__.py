"""The roadmap of a team: its board, its actions, the plan as it would be, and the ways out."""

from app.web.roadmap import action, board, planning, taking_out
from app.web.roadmap.room import blueprint

__all__ = ["action", "blueprint", "board", "planning", "taking_out"]

"""An organization's teams side by side, and each team's assessments."""

from app.web.teams import dashboard, making, next_one, offers, team
from app.web.teams.room import blueprint

__all__ = ["blueprint", "dashboard", "making", "next_one", "offers", "team"]

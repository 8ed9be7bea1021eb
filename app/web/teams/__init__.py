"""An organization's teams side by side, and each team's assessments."""

from app.web.teams.routes import blueprint

__all__ = ["blueprint"]

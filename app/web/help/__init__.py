"""What there is to read: how this works, and help in one place."""

from app.web.help.routes import help_room

__all__ = ["help_room"]

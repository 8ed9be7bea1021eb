"""What an owner sees of the organization itself: its settings and its log."""

from app.web.organization.routes import blueprint

__all__ = ["blueprint"]

"""The people of an organization: who belongs, as what, who is invited."""

from app.web.people.routes import blueprint

__all__ = ["blueprint"]

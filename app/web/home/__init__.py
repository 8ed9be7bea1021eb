"""The first page: the report of the example organization, until there is something of one's own to show."""

from app.web.home.routes import blueprint

__all__ = ["blueprint"]

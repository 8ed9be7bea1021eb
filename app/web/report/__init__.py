"""The report of an assessment as a page, and everything that can be taken away from it."""

from app.web.report import exports, routes
from app.web.report.room import blueprint

__all__ = ["blueprint", "exports", "routes"]

"""The report of an assessment as a page, and everything that can be taken away from it."""

from app.web.report import exports, routes

#: In the order in which they are added.
BLUEPRINTS = (routes.blueprint, exports.blueprint)

__all__ = ["BLUEPRINTS"]

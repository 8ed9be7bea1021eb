"""Every part of the pages in every state, and sample pages, for whoever builds or checks a room."""

from app.web.styleguide.routes import blueprint

__all__ = ["blueprint"]

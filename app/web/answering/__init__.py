"""One's own answers: a role, the terms, then one belief or question a screen, or a whole dimension."""

from app.web.answering.routes import blueprint

__all__ = ["blueprint"]

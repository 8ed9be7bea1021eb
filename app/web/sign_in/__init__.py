"""The page to sign in; the accounts put their views behind it."""

from app.web.sign_in.routes import blueprint

__all__ = ["blueprint"]

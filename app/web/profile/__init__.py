"""Signing in, and what somebody keeps about themselves: password, second factor, passkeys, sessions, tokens."""

from app.web.profile import leaving
from app.web.profile.access import OTHERS
from app.web.profile.drawing import draw
from app.web.profile.entrance import entrance
from app.web.profile.routes import blueprint

__all__ = ["OTHERS", "blueprint", "draw", "entrance", "leaving"]

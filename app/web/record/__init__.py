"""What the room settles on: agreed levels, evidence, shows of hands."""

from app.web.record import others
from app.web.record.routes import blueprint

__all__ = ["blueprint", "others"]

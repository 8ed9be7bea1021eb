"""The blueprint that the modules of this room add their routes to, and who may: whoever holds a seat, see ``gate``."""

from flask import Blueprint

from app.web.access import Role, allow

blueprint = Blueprint("room", __name__)
_OF_THE_ROOM = ("question", "belief", "voting")  # looked for in the room of the seat only
SEATED = allow(Role.PARTICIPANT, free=_OF_THE_ROOM)

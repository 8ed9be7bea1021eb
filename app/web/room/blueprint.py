"""The blueprint that the modules of this room add their routes to, and who may: whoever holds a seat, see ``seats``."""

from flask import Blueprint

from app.web.access import Role, allow

blueprint = Blueprint("room", __name__)
#: A participant has no account: the view itself looks for the seat and refuses with 401.
SEATED = allow(Role.ANYONE)

"""The blueprint of the room."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

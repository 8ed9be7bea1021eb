"""``/how-this-works`` and ``/help``."""

from functools import cache

from flask import Blueprint, Response

from app.services.example import example
from app.web.access import Role, allow
from app.web.help.pages import Draw, HelpPage, HowThisWorksPage, how_this_works
from app.web.page import render_page
from app.web.refusals import ALL


def help_room(draw: Draw) -> Blueprint:
    """The two pages; ``draw`` draws the charts of the example organization."""
    room = Blueprint("help", __name__)

    @cache
    def drawn() -> HowThisWorksPage:
        """Scored and drawn once a process, when somebody first asks."""
        return how_this_works(example().report, draw)

    @room.get("/how-this-works")
    @allow(Role.ANYONE)
    def how() -> Response:
        return render_page(drawn())

    @room.get("/help", endpoint="help")
    @allow(Role.ANYONE)
    def answers() -> Response:
        return render_page(HelpPage(refusals=ALL))

    return room

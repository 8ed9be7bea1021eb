"""``/how-this-works`` and ``/help``."""

from functools import cache

from flask import Blueprint, Response

from app.render.files import Renderer
from app.services.example import example
from app.web.access import Role, allow
from app.web.help.pages import HelpPage, HowThisWorksPage, how_this_works
from app.web.page import render_page
from app.web.refusals import ALL


def help_room(renderer: Renderer) -> Blueprint:
    """The two pages; ``renderer`` scores and draws the example organization."""
    room = Blueprint("help", __name__)

    @cache
    def drawn() -> HowThisWorksPage:
        """Scored and drawn once a process, when somebody first asks."""
        return how_this_works(renderer.run(example).report, renderer)

    @room.get("/how-this-works")
    @allow(Role.ANYONE)
    def how() -> Response:
        return render_page(drawn())

    @room.get("/help", endpoint="help")
    @allow(Role.ANYONE)
    def answers() -> Response:
        return render_page(HelpPage(refusals=ALL))

    return room

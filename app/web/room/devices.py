"""Continue on another device: a link that is good once and for ten minutes. Looking at it changes nothing."""

import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response

from app.accounts.errors import LinkNotGood
from app.render.qr import qr_svg
from app.services.rooms.entering import Entered, arrive, continue_elsewhere
from app.store.errors import NotFound
from app.store.lookups.rooms import room_by_key
from app.web.access import NoSuchRoom, Role, allow
from app.web.forms import sent
from app.web.page import render_page
from app.web.room.blueprint import SEATED, blueprint
from app.web.room.forms import KeyForm
from app.web.room.pages import ArrivePage, ElsewherePage
from app.web.room.seats import my_seat, sit_down
from app.web.stage import count_wrong_code
from app.web.units import session
from app.web.visit import digest_key, now, site


@blueprint.get("/room/elsewhere")
@SEATED
def offer() -> Response:
    """Ask whether a link is wanted."""
    my_seat()
    return render_page(ElsewherePage(reachable=_reachable()))


@blueprint.post("/room/elsewhere")
@SEATED
def make_link() -> Response:
    """Show a new link, as a QR code and as text. Never kept by a browser: it opens one's seat."""
    seat = my_seat()
    secret = continue_elsewhere(session(), seat, at=now())
    # The code stands behind the mark, where only the other device's own script sees it (static/js/join.js).
    link = f"{site()}/room/on/{secret}#{seat.code}"
    reachable = _reachable()
    drawn = qr_svg(link, "QR code of the link below") if reachable else None
    answer = render_page(ElsewherePage(link=link, code=drawn, reachable=reachable))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/room/on/<link>")
@allow(Role.ANYONE)
def look_at_link(link: str) -> Response:
    """A button; whether the link is good is said when it is pressed."""
    page = ArrivePage(action=f"/room/on/{link}")
    return render_page(page, form=KeyForm(formdata=None, key=secrets.token_hex(16)))


@blueprint.post("/room/on/<link>")
@allow(Role.ANYONE)
def use_link(link: str) -> Response:
    """Take the seat on this device as well."""
    form = KeyForm()
    if not sent(form):
        return render_page(ArrivePage(action=f"/room/on/{link}"), form=form)
    entered = _arrived(link, str(form.key.data))
    code = room_by_key(session(), entered.seat.room_id).code
    if code is None:
        raise NoSuchRoom
    return sit_down(entered, code)


def _arrived(link: str, key: str) -> Entered:
    """The seat behind a link; who guesses links waits longer and longer."""
    try:
        return arrive(session(), link, key=digest_key(), idempotency_key=key, at=now())
    except NotFound:
        count_wrong_code()
        raise LinkNotGood from None


def _reachable() -> bool:
    """Whether another device can come to the address that we are known by."""
    host = urlsplit(site()).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"

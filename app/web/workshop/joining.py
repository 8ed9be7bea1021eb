"""How people reach the room: the address, its code, and the QR code where phones can follow it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from app.render.qr import qr_svg
from app.services.rooms.opening import shown_code
from app.store.tables.room import RoomRow
from app.web.visit import site
from app.web.workshop.pages import Joining

LOOPBACK = (
    "Phones cannot reach this address: it leads to this machine only, so no QR code is drawn. Start the server with "
    "HOST=0.0.0.0 and open the page under the machine's own address, or set MYTHMARK_URL."
)


def joining_of(room: RoomRow) -> Joining:
    """The code and the link of an open room."""
    base, code = site(), room.code or ""
    reachable = not only_here(urlsplit(base).hostname or "")
    link = f"{base}/r/{shown_code(code)}"
    return Joining(
        code=shown_code(code),
        short=base.partition("//")[2] + "/r",
        link=link,
        qr=qr_svg(link, f"QR code that leads to {link}") if reachable else None,
        warning="" if reachable else LOOPBACK,
    )


def only_here(host: str) -> bool:
    """Whether an address means the machine it is opened on."""
    try:
        found = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return found.is_loopback or found.is_unspecified

"""Who asks, and where: what a view takes from its request beside the form."""

import datetime as dt
from dataclasses import dataclass

from flask import current_app, g, request

from app.accounts.actor import Actor as Visitor
from app.accounts.actor import Membership
from app.accounts.errors import NotAllowed
from app.accounts.gate import Place, present_actor
from app.accounts.permissions import Capability
from app.accounts.permissions import may as may_there
from app.accounts.port import port
from app.config import Settings
from app.services.actors import Actor
from app.store.errors import NotFound
from app.web import ways
from app.web.access import NotSignedIn
from app.web.page import Link, Viewer


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of a page within an organization shows: who looks, and the main places."""

    viewer: Viewer
    nav: tuple[Link, ...]


def visitor() -> Visitor:
    """Who is signed in; raises NotSignedIn."""
    found = present_actor()
    if found is None:
        raise NotSignedIn
    return found


def now() -> dt.datetime:
    """This moment, in UTC."""
    return port().now()


def site() -> str:
    """The address that people reach us at, without a slash at the end: the one that is set, or the one asked for."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.url or request.host_url.rstrip("/")


def digest_key() -> bytes:
    """What keys the digests of answers, which never leave."""
    return port().secret_key


def acting() -> Actor:
    """The same as the services want to know them."""
    found = visitor()
    return Actor(found.user_id, found.name)


def place() -> Place:
    """Where the request leads, as the gate has followed it; raises NotFound on a route that leads nowhere."""
    found: Place | None = g.get("place")
    if found is None:
        raise NotFound("place")
    return found


def membership() -> Membership:
    """The visitor's part in the organization of this request."""
    found = visitor().membership_in(place().organization_id)
    if found is None:
        raise NotFound("organization")
    return found


def may(capability: Capability) -> bool:
    """Whether the visitor may do this at the place of the request: in its team, or in the organization as a whole."""
    return may_there(visitor(), capability, place().organization_id, place().team_id)


def may_with(capability: Capability, team_id: int) -> bool:
    """Whether the visitor may do this with a team (inner key) of the organization of this request."""
    return may_there(visitor(), capability, place().organization_id, team_id)


def need(capability: Capability) -> None:
    """Raise NotAllowed unless the visitor may; the gate has asked for the smallest role of the route before."""
    if not may(capability):
        raise NotAllowed


def frame(current: str = "") -> Frame:
    """The frame of a page of this organization; ``current`` is the label of the place that the page belongs to."""
    mine = membership()
    places = [("Teams", ways.organization), ("Questionnaires", ways.questionnaires)]
    if mine.role == "owner":
        places += [("People", ways.people), ("Log", ways.log), ("Settings", ways.settings)]
    links = (Link("Your account", "/profile"), Link("Your organizations", "/organizations"))
    viewer = Viewer(visitor().name, mine.organization, links, "/sign-out")
    return Frame(viewer, tuple(Link(label, way(mine.slug), label == current) for label, way in places))


def own_frame() -> Frame:
    """The frame of a page that belongs to no organization."""
    found = visitor()
    links = (Link("Your account", "/profile"), Link("Your organizations", "/organizations"))
    return Frame(Viewer(found.name, found.name, links, "/sign-out"), ())

"""The one table of refusals: which error becomes which status, and what a person is told.

A row says what happened (unless the error says it better), what is safe, and what to do. Rooms and services add a row
here for each error of theirs; an error without a row is a fault of the program and becomes 500.
"""

from dataclasses import dataclass

from app.accounts import errors as accounts
from app.accounts.addresses import NotAnAddress
from app.accounts.single_sign_on import SignOnRefused
from app.domain.errors import MythmarkError, NotAQuarter, PinNotPossible, PlanNotProven, UnknownQuestion
from app.formats.api_bodies import UnreadableBody
from app.formats.attachment import NoAttachedAssessment
from app.formats.problems import Problems
from app.formats.shelf import UnknownQuestionnaire
from app.live.errors import NoStream, RoomGone
from app.render.worker import RenderBusy, RenderProcessDied, RenderTimedOut
from app.services import errors as services
from app.store.errors import CopyRefused, KeyReused, NotFound, StoreBusy, VersionConflict, WrongSchema
from app.trackers.github import TrackerRefused
from app.web.access import NoSeat, NoSuchRoom, NotAllowed, NotSignedIn, NotThere

NOTHING_CHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of refusal. ``slug`` names it in the help and in problem documents; ``wait`` is seconds to try again.

    ``way``: the words of a button and where it leads, instead of the overview.
    """

    status: int
    slug: str
    title: str
    happened: str
    safe: str
    todo: str
    wait: int | None = None
    way: tuple[str, str] | None = None


UNREADABLE = Refusal(
    400,
    "unreadable",
    "This could not be read",
    "What was sent is incomplete, or is not in the form that was expected here.",
    NOTHING_CHANGED,
    "Go back, load the page again and repeat the last step.",
)
FORM_EXPIRED = Refusal(
    400,
    "form-expired",
    "This form is too old",
    "The form was opened before you signed in or out, or in a browser that keeps no cookies.",
    f"{NOTHING_CHANGED} What you typed is still in the form when you go back.",
    "Go back, load the page again and send the form once more.",
)
SIGN_IN = Refusal(
    401,
    "sign-in",
    "Please sign in",
    "Only people who are signed in can see this.",
    NOTHING_CHANGED,
    "Sign in, and you come back to this address.",
)
NO_SEAT = Refusal(
    401,
    "no-seat",
    "You are not in a room",
    "This device holds no seat: it has not joined, the day is over, or the room was closed.",
    "What you answered before is kept.",
    "Type the code of the room, or follow its link again. The same phone gets the same seat.",
    way=("Type the code", "/r"),
)
NOT_ALLOWED = Refusal(
    403,
    "not-allowed",
    "Your role does not allow this",
    "You belong to this organization, and this step needs a larger role in it.",
    NOTHING_CHANGED,
    "Ask an owner of the organization; the members page shows who that is.",
)
AGAINST_TERMS = Refusal(
    403,
    "against-terms",
    "The terms of this assessment forbid it",
    "People answered under terms that keep their answers to themselves.",
    NOTHING_CHANGED,
    "Take the settled form: it holds everything that is published.",
)
FOREIGN = Refusal(
    403,
    "foreign-page",
    "This was sent from another site",
    "The request came from a page that is not part of Mythmark.",
    NOTHING_CHANGED,
    "Open Mythmark itself and repeat the step there.",
)
NOT_FOUND = Refusal(
    404,
    "not-found",
    "There is nothing at this address",
    "It may have been moved or deleted, the address may be mistyped, or it belongs to an organization you are not in.",
    "Nothing of yours is lost by it.",
    "Check the address, or start again from the overview.",
)
LINK_NOT_GOOD = Refusal(
    404,
    "link",
    "This link does not open anything",
    "Links to sign in, to join and to set a password are good once and for some days.",
    NOTHING_CHANGED,
    "Ask whoever sent it for a new one.",
)
SIGN_ON = Refusal(
    403,
    "sign-on",
    "Single sign-on did not let you in",
    "The provider of your organization did not vouch for somebody who is known here.",
    NOTHING_CHANGED,
    "Start it again from the sign-in page, or sign in another way.",
)
NO_ROOM = Refusal(
    404,
    "no-room",
    "No open room has this code",
    "The code may be mistyped, or the room was closed: a code ends with its room.",
    "What you answered before is kept.",
    "Look at the code once more. It has eight letters and no digits.",
    way=("Type the code again", "/r"),
)
WRONG_METHOD = Refusal(
    405,
    "wrong-method",
    "This address does not work that way",
    "The address is right, and it does not take this kind of request.",
    NOTHING_CHANGED,
    "Use the buttons of the page instead of the address alone.",
)
WRONG_MOMENT = Refusal(
    409,
    "wrong-moment",
    "This is not the moment for it",
    "Something has moved on since your page was loaded.",
    f"{NOTHING_CHANGED} What others did in between is kept.",
    "Load the page again to see how things stand, then decide anew.",
)
CHANGED_BY_OTHERS = Refusal(
    412,
    "changed-by-others",
    "Somebody else was faster",
    "Somebody has changed the same thing since you opened it.",
    "Their version is kept, and yours is not lost: it is still in the form when you go back.",
    "Compare the two and save again what should stand.",
)
TOO_LARGE = Refusal(
    413,
    "too-large",
    "This is too large",
    "A form takes 128 KiB, a file 1 MiB unless its page says otherwise.",
    NOTHING_CHANGED,
    "Send a smaller file, or less text.",
)
NOT_VALID = Refusal(
    422,
    "not-valid",
    "Something in this is not valid",
    "The parts that are not valid are named.",
    f"{NOTHING_CHANGED} Nothing is taken half.",
    "Mend what is named and send it again.",
)
TOO_OFTEN = Refusal(
    429,
    "too-often",
    "Too many tries",
    "This was tried more often than is usual within a short time.",
    "Everything saved so far is kept.",
    "Wait a minute, then try again.",
    wait=60,
)
BROKEN = Refusal(
    500,
    "broken",
    "Something broke on our side",
    "The program met something that it was not made for.",
    "What was saved before is safe. This last step was not carried out.",
    "Try once more. If it happens again, tell whoever runs Mythmark here, with the number below.",
)
BUSY = Refusal(
    503,
    "busy",
    "Too much at once",
    "Mythmark has more to do at this moment than it can.",
    "Everything saved so far is kept. This last step was not carried out.",
    "Try again in half a minute.",
    wait=30,
)
MAINTENANCE = Refusal(
    503,
    "maintenance",
    "Mythmark is being looked after",
    "It is being updated or restored and takes no work for the moment.",
    "Everything saved before is kept, on the server and on the phones.",
    "Leave the page open; it can be loaded again in a minute or two.",
    wait=60,
)

#: Errors of ours, most special first is not needed: the nearest class in an error's own order of classes is taken.
ERRORS: dict[type[Exception], Refusal] = {
    NotSignedIn: SIGN_IN,
    NoSeat: NO_SEAT,
    NoSuchRoom: NO_ROOM,
    NotAllowed: NOT_ALLOWED,
    NotThere: NOT_FOUND,
    accounts.SignInNeeded: SIGN_IN,
    accounts.NotAllowed: NOT_ALLOWED,
    accounts.WrongAddress: NOT_ALLOWED,
    accounts.LinkNotGood: LINK_NOT_GOOD,
    accounts.AlreadyMember: WRONG_MOMENT,
    accounts.LastOwner: WRONG_MOMENT,
    accounts.NoSuchTeams: NOT_VALID,
    accounts.PasswordRefused: NOT_VALID,
    accounts.TooManyTries: TOO_OFTEN,
    NotAnAddress: NOT_VALID,
    SignOnRefused: SIGN_ON,
    TrackerRefused: WRONG_MOMENT,
    services.NotValid: NOT_VALID,
    services.NotThere: NOT_FOUND,
    services.NotAllowedHere: AGAINST_TERMS,
    services.WrongMoment: WRONG_MOMENT,
    NotFound: NOT_FOUND,
    UnknownQuestion: NOT_FOUND,
    UnknownQuestionnaire: NOT_FOUND,
    VersionConflict: CHANGED_BY_OTHERS,
    NotAQuarter: NOT_VALID,
    Problems: NOT_VALID,
    UnreadableBody: UNREADABLE,
    NoAttachedAssessment: NOT_VALID,
    PinNotPossible: NOT_VALID,
    KeyReused: NOT_VALID,
    CopyRefused: WRONG_MOMENT,
    StoreBusy: BUSY,
    NoStream: BUSY,
    RoomGone: NOT_FOUND,
    RenderBusy: BUSY,
    RenderTimedOut: BUSY,
    RenderProcessDied: BUSY,
    PlanNotProven: BUSY,
    WrongSchema: MAINTENANCE,
    MythmarkError: BROKEN,  # one that nobody gave a row
    Exception: BROKEN,
}
STATUSES: dict[int, Refusal] = {
    row.status: row
    for row in (UNREADABLE, SIGN_IN, NOT_ALLOWED, NOT_FOUND, WRONG_METHOD, WRONG_MOMENT, CHANGED_BY_OTHERS, TOO_LARGE)
} | {row.status: row for row in (NOT_VALID, TOO_OFTEN, BROKEN, BUSY)}
ALL = tuple(
    sorted({*ERRORS.values(), *STATUSES.values(), FORM_EXPIRED, FOREIGN}, key=lambda row: (row.status, row.slug))
)
#: Those whose own words may hold what only the program should know.
SILENT = frozenset({BROKEN, MAINTENANCE, SIGN_IN, NO_SEAT, NOT_FOUND, NO_ROOM})


def refusal_of(error: Exception) -> Refusal:
    """The row of an error: that of the nearest of its classes."""
    return next(ERRORS[kind] for kind in type(error).__mro__ if kind in ERRORS)

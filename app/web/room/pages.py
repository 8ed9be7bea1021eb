"""What a participant sees, as values. Before the reveal none of them has a field for anybody else's level."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup

from app.web.forms import Form
from app.web.page import Page

SaveState: TypeAlias = Literal["empty", "saved", "waiting", "open"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What the line at the foot says."""

    words: str
    small: str
    state: SaveState = "saved"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is promised."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role to choose; ``id`` of its control."""

    value: str
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class FamilyChoice:
    """A family with its roles; ``id`` names its heading."""

    name: str
    id: str
    roles: tuple[RoleChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage(Page):
    """Type the code. ``mine``: this device has a seat already."""

    title: str = "Join a room"
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage(Page):
    """Who asks, what for, on which terms; then a role. ``member``: the name of who may join as themselves.

    ``known``: the role in which that member takes part already, so that nothing is left to choose.
    """

    code: str
    action: str
    organization: str
    team: str
    when: str
    purpose: str
    variant: str
    terms: tuple[Term, ...]
    families: tuple[FamilyChoice, ...]
    member: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage(Page):
    """Another role, before the first answer."""

    families: tuple[FamilyChoice, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What helps to answer a question without leading to an answer."""

    rule: str
    note: str | None
    excepted: str | None
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One question or belief to be answered, with its form. ``id`` names what is answered, for the phone's store.

    ``done`` of ``of``: how far one is beforehand; ``of`` 0 while the room votes.
    """

    id: str
    kind: Literal["question", "belief"]
    action: str
    form: Form
    hint: str
    button: str
    done: int = 0
    of: int = 0
    na_allowed: bool = False
    background: Background | None = None
    released: bool = False
    release: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A level of a revealed question; ``votes`` None where they may not be shown, ``mine``: one's own vote."""

    level: int
    anchor: str
    votes: int | None
    mine: bool


@dataclass(frozen=True, slots=True)
class FamilyMark:
    """A family that may be shown, and the middle of its votes; ``place`` says which mark it has (3: others)."""

    name: str
    median: str
    place: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What the room settled on; ``title`` says it, the rest explains."""

    title: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """A question whose cards are open."""

    text: str
    lines: tuple[Line, ...]
    voted: int
    most: int
    shown: bool
    aside: tuple[tuple[str, int, bool], ...]
    median: str
    families: tuple[FamilyMark, ...]
    why: str
    prompt: str
    last_time: str
    earlier: tuple[str, ...]
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing to do just now, or nothing any more."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPage(Page):
    """What one participant sees now: exactly one of ``card``, ``reveal`` and ``waiting``.

    ``phase``, ``question`` and ``voting`` say what the page shows, so that a phone can tell whether it is out of
    date; ``mark`` names the seat in the phone's own store; ``say`` is heard by who does not see the change.
    """

    phase: str
    question: str
    voting: int
    mark: str
    say: str
    saved: Saved
    top: str
    follow: bool = True
    warning: str = ""
    problem: str = ""
    card: Card | None = None
    reveal: Reveal | None = None
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsPage(Page):
    """The cards that come next, kept ready for when the network goes."""

    title: str = "What comes next"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class MineLine:
    """Something one was asked: what one said, and where to change it or to release the comment (empty: no longer)."""

    text: str
    answer: str
    comment: str
    released: bool
    release: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    """What I have answered."""

    title: str = "My answers"
    role: str
    may_change: bool
    questions: tuple[MineLine, ...]
    beliefs: tuple[MineLine, ...]
    left: tuple[MineLine, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewherePage(Page):
    """Continue on another device; ``link`` is there once it was asked for, ``reachable``: other devices can use it."""

    title: str = "Continue on another device"
    link: str = ""
    code: Markup | None = None
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivePage(Page):
    """The other end of such a link: a button, since looking at an address may change nothing."""

    title: str = "Continue here"
    action: str

"""The board and its plan as values."""

from dataclasses import dataclass
from fractions import Fraction

from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a card over the board: the state it goes to, and what the button says."""

    to: str
    label: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """One action as a card. ``who`` is its owner and day, or what it waits for; ``outcome`` what the check found."""

    id: str
    version: int
    href: str
    title: str
    about: str
    who: str
    late: bool
    days: str
    gate: bool
    pinned: bool
    state: str
    outcome: str
    icon: str
    quarter: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The cards of one state. ``note`` stands below them; ``state`` is empty where no card can be moved to."""

    name: str
    cards: tuple[CardLine, ...]
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class StageCell:
    """One place of the projected stages; ``rises``: the stage is higher than before."""

    stage: int
    when: str
    rises: bool


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a plan leads. ``dimensions``: name, then the mean at the end of each quarter. ``problem``: no plan.

    ``efforts``: what days are reckoned with, where that is more than estimates.
    """

    says: str
    more: str
    cells: tuple[StageCell, ...]
    quarters: tuple[str, ...]
    dimensions: tuple[tuple[str, tuple[Fraction | None, ...]], ...]
    price: str = ""
    look: str = ""
    efforts: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlanBar:
    """What the plan is asked with: days a quarter as a number and on a slider, and how far to go."""

    action: str
    capacity: str
    least: int
    most: int
    target: int
    projection: Projection


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan that was accepted."""

    title: str
    small: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage(Page):
    """One quarter of the board by state; leadership, actions without a quarter and those left out stand apart."""

    subtitle: str
    quarters: tuple[Link, ...]
    lanes: tuple[Lane, ...]
    leadership: tuple[CardLine, ...]
    later: tuple[CardLine, ...]
    dropped: tuple[CardLine, ...]
    bar: PlanBar
    plans: tuple[PlanLine, ...]
    plan: str
    take_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyBoardPage(Page):
    """A board before a plan was accepted: what will be here, and the next step."""

    heading: str
    text: str
    action: str
    href: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people changed the same action: (what, theirs, yours) for each part in which they differ."""

    text: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A term and what is said of it; ``links`` lead to other actions."""

    term: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPage(Page):
    """One action: what it is and why, and a form for what the team says of it."""

    about: str
    state: str
    what: str
    facts: tuple[Told, ...]
    action: str
    wish: str
    pinned: bool
    dropped: bool
    back: str
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One action of a proposal. ``id`` and ``version`` are those of its card; empty when it is not on the board."""

    step: str
    title: str
    about: str
    why: str
    days: str
    points: int
    note: str
    wish: str
    version: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class WantedQuarter:
    """One quarter of a proposal."""

    name: str
    small: str
    actions: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """An action that somebody pinned or dropped, with what stands against it."""

    title: str
    kind: str
    why: str
    wish: str
    version: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan as it would be. ``digest`` and ``after`` say which one was looked at when it is accepted."""

    quarters: tuple[WantedQuarter, ...]
    wishes: tuple[Wish, ...]
    waiting: tuple[tuple[str, str], ...]
    capacity: str
    target: str
    digest: str
    after: str
    stands: bool
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """The plan as it would be: nothing of it is stored before it is accepted."""

    subtitle: str
    bar: PlanBar
    proposal: Proposal | None
    accept: str
    add: str
    steps: tuple[tuple[str, str], ...]
    board: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar address that is in use; ``end`` is where ending it is sent."""

    made: str
    end: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open action without a link, which an issue can be made of."""

    id: str
    title: str
    quarter: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutPage(Page):
    """The ways out of the board. ``address``: a calendar address just made, shown this once."""

    files: tuple[tuple[Link, str], ...]
    feeds: tuple[Feed, ...]
    make_feed: str
    issues: str
    candidates: tuple[Candidate, ...]
    back: str
    address: str = ""
    opened: tuple[Link, ...] = ()
    stopped: str = ""

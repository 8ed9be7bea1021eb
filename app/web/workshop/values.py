"""What the pages of the workshop are made of; before the reveal there is no field that could hold a level."""

from dataclasses import dataclass

from markupsafe import Markup

from app.web.forms import Form

#: As many characters fit one line of the wall's question, and five lines of an anchor.
_ONE_LINE, _FIVE_LINES = 62, 104


@dataclass(frozen=True, slots=True)
class Joining:
    """How people come in. ``qr`` None: phones cannot reach this address, and ``warning`` says what to do."""

    code: str
    short: str
    link: str
    qr: Markup | None
    warning: str


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """How many of a role family have joined, and how many are expected."""

    id: str
    name: str
    joined: int
    expected: int


@dataclass(frozen=True, slots=True)
class Line:
    """A question on the agenda. ``note``: minutes, or how it ended. ``pending``: it was not looked at yet.

    ``done``: it was settled, or no level was found; what is only revealed is neither.
    """

    id: str
    name: str
    minutes: int
    note: str
    pending: bool
    done: bool
    current: bool
    spread: str


@dataclass(frozen=True, slots=True)
class Timer:
    """The time box: minutes in all and of the agenda; ``left`` seconds from now, None before the first question."""

    box: int
    planned: int
    left: int | None

    @property
    def used(self) -> int:
        """Whole minutes that are gone, at most the box."""
        return 0 if self.left is None else min(self.box, max(0, self.box - self.left // 60))

    @property
    def words(self) -> str:
        """What is left, or how far over: told, never enforced."""
        if self.left is None:
            return f"{self.box} min"
        minutes = -(-self.left // 60)
        return f"{minutes} min left" if self.left >= 0 else f"{-(self.left // 60)} min over"


@dataclass(frozen=True, slots=True)
class OpenStep:
    """An open action of the last plan. ``said_done``: the team has said that it is."""

    id: str
    title: str
    owner: str
    said_done: bool
    link: str


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """The agenda. ``everything``: all questions by dimension; ``following``: what is asked next, or None.

    ``bets`` of the last assessment: what was bet on, and how it stands once the room has settled it.
    """

    timer: Timer
    actions: tuple[OpenStep, ...]
    bets: tuple[tuple[str, str], ...]
    board: str
    actions_minutes: int
    lines: tuple[Line, ...]
    offered: tuple[Line, ...]
    left_out: tuple[Line, ...]
    accepted: tuple[str, ...]
    by_hand: bool
    everything: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    following: Line | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """One level with its anchor; ``votes`` None: not shown. ``width`` of its bar, 0 to 90."""

    number: int
    words: str
    votes: int | None = None
    width: int = 0
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class FamilyMark:
    """A family that may be shown; ``place`` says which mark it has (3: several small ones together)."""

    name: str
    median: str
    place: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is up. ``over``: dimension, gate, which vote. ``place``: such as "question 3 of 9"."""

    id: str
    name: str
    voting: int
    over: str
    place: str
    text: str
    note: str | None
    anchors: tuple[Anchor, ...]
    na_allowed: bool
    evidence: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether its words take more of the wall than usual."""
        return len(self.text) > _ONE_LINE or max(len(anchor.words) for anchor in self.anchors) > _FIVE_LINES


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reveal shows. ``facts`` are (words, figure); ``why`` explains hidden counts; ``shift`` tells of before."""

    facts: tuple[tuple[str, str], ...]
    why: str | None
    families: tuple[FamilyMark, ...]
    shift: tuple[str, ...]
    lead: str
    prompt: str
    last_time: int | None
    further: tuple[str, str, int] | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the room settled on: a level or None, in words, with its note."""

    level: int | None
    words: str
    note: str | None


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The artefacts named so far; ``wanted``: the claim is 3 or more and counts as 2 without one."""

    wanted: bool
    items: tuple[str, ...]
    form: Form
    more: str


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads; ``others`` (id, name) may be handed the room."""

    name: str
    mine: bool
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """The facilitator's own seat: the role they sit in, or None with the roles to choose from."""

    role: str | None
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Of what this is the workshop; ``base`` is its address. ``over``: it began and nothing more is taken."""

    id: str
    name: str
    base: str
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class RoomPart:
    """The open room as its facilitator sees it; ``says`` is what a screen reader is told when it changes."""

    revision: int
    phase: str
    joined: int
    voted: int
    connected: int
    says: str
    joining: Joining
    families: tuple[FamilyLine, ...]
    unsaid: int
    expecting: Form
    agenda: AgendaPart
    asked: Asked | None
    shown: Shown | None
    settled: Settled | None
    agreeing: Form | None
    evidence: EvidencePart | None
    leading: Leading
    seat: Seat
    undo: str | None

    @property
    def expected(self) -> int:
        """How many are expected in all; 0: nobody said."""
        return sum(family.expected for family in self.families)

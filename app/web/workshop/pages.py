"""The pages of the workshop as values."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.page import Page
from app.web.workshop.chart import Bars
from app.web.workshop.values import Asked, Joining, RoomPart, Settled, Shown, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPage(Page):
    """The facilitator's view of the open room."""

    where: Where
    room: RoomPart


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage(Page):
    """Before the room is open, or after it. ``state``: draft, open, closed or voided; ``again``: it was open before."""

    where: Where
    state: str
    again: bool
    questions: int
    team_rehearsal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingPage(Page):
    """Before the room closes: bets, and what was left. ``choices`` (id, name) are the questions of the bets."""

    where: Where
    not_agreed: tuple[str, ...]
    revealed: tuple[str, ...]
    accepted: tuple[str, ...]
    left: tuple[str, ...]
    open: bool
    finish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WallPage(Page):
    """What the room sees: never a control, never a person. ``bars`` from the reveal on."""

    where: Where
    revision: int
    phase: str
    joined: int
    voted: int
    expected: int
    joining: Joining | None
    asked: Asked | None
    shown: Shown | None
    settled: Settled | None
    bars: Bars | None

    @property
    def long(self) -> bool:
        """Whether question and anchors need smaller letters to stay on one screen."""
        return self.asked is not None and self.asked.long

    @property
    def seats(self) -> Sequence[bool]:
        """One for each person, those who have voted first; none where they are too many to draw."""
        return [place < self.voted for place in range(self.joined)] if self.joined <= 40 else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question on paper."""

    number: int
    dimension: str
    name: str
    text: str
    note: str | None
    anchors: tuple[str, ...]
    na: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPage(Page):
    """Paper: one sheet for each participant. ``only``: the agenda alone."""

    where: Where
    rule: str
    roles: tuple[str, ...]
    joining: Joining | None
    sheets: tuple[Sheet, ...]
    only: bool
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalPage(Page):
    """Before a rehearsal begins."""

    action: str
    back: str
    people: int

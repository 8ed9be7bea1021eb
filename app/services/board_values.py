"""A team's board as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from app.domain.quarter import Quarter
from app.services.board_plan_values import AcceptedPlan

#: In the order of a card's way over the board.
STATES = ("planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed")


@dataclass(frozen=True, slots=True)
class StepLink:
    """Another step that a card names; ``state`` is that of its card, None when it is not on the board."""

    step: str
    title: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One action on the board. ``step`` such as ``mon-drift@2``; ``id`` is the card's own in addresses.

    ``points`` and ``reasons`` are those of the newest accepted plan that holds it; None and empty for an action that
    the team added. ``why``: the same in one sentence. ``days``: planned person-days, ``effort_days``: what it took.
    ``known`` False: the newest questionnaire does not hold the step any more.
    """

    id: str
    version: int
    step: str
    question: str
    capability: str
    title: str
    what: str
    kind: Literal["build", "show"]
    state: str
    quarter: Quarter | None
    days: int | None
    points: int | None
    reasons: tuple[tuple[str, int], ...]
    why: str
    needs: tuple[StepLink, ...]
    unlocks: tuple[StepLink, ...]
    owner: str | None
    due: dt.date | None
    started: dt.date | None
    link: str | None
    note: str | None
    effort_days: Decimal | None
    verified_in: Quarter | None
    backlog: Literal["team", "leadership"]
    pinned: bool
    dropped: bool
    clarify: bool
    quick_win: bool
    known: bool

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: neither verified nor dropped."""
        return self.state != "verified" and not self.dropped


@dataclass(frozen=True, slots=True)
class BoardQuarter:
    """One quarter: the team's cards in the order of work. Stages and dimension means as the plan projects them.

    The projection is None for a quarter that the accepted plan does not reach. ``days`` are planned person-days of
    the cards that are in the quarter now, those for leadership included.
    """

    quarter: Quarter
    cards: tuple[Card, ...]
    days: int
    stage_before: int | None
    stage_after: int | None
    dimensions: Mapping[str, Fraction | None]

    def in_state(self, state: str) -> tuple[Card, ...]:
        """The cards of one state."""
        return tuple(card for card in self.cards if card.state == state)


@dataclass(frozen=True)
class Board:
    """A team's board. ``leadership``: what only leadership can do, apart. ``later``: in no quarter; ``dropped``: out.

    ``capacity_days``: those of the accepted plan, None before one is accepted.
    """

    team: str
    plan: AcceptedPlan | None
    capacity_days: int | None
    quarters: tuple[BoardQuarter, ...]
    leadership: tuple[Card, ...]
    later: tuple[Card, ...]
    dropped: tuple[Card, ...]
    dimensions: Mapping[str, str]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card."""
        mine = tuple(card for quarter in self.quarters for card in quarter.cards)
        return (*mine, *self.leadership, *self.later, *self.dropped)

    @property
    def counts(self) -> dict[str, int]:
        """How many cards that were not dropped are in each state."""
        states = [card.state for card in self.cards if not card.dropped]
        return {state: states.count(state) for state in STATES}

"""How a board says it: states, days, who works on what, and where a plan leads."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.domain.quarter import Quarter
from app.domain.roadmap import PlannedQuarter
from app.services.board import Card
from app.web import ways
from app.web.formatting import MONTHS, days, plural
from app.web.roadmap.pages import CardLine, Move, Projection, StageCell

STATES = {
    "planned": "Planned",
    "in_progress": "In progress",
    "reported_done": "Reported done",
    "verified": "Verified",
    "not_confirmed": "Not confirmed",
    "regressed": "Regressed",
}
CHECKED = ("verified", "not_confirmed", "regressed")
_ICONS = {"verified": "tick", "not_confirmed": "cross", "regressed": "down"}
_MOVES = {
    "planned": (Move("in_progress", "Start"),),
    "in_progress": (Move("planned", "Not begun"), Move("reported_done", "Report done")),
    "reported_done": (Move("in_progress", "Not done yet"),),
    "not_confirmed": (Move("in_progress", "Take up again"),),
    "regressed": (Move("in_progress", "Take up again"),),
}
_DONE = {"verified", "reported_done"}


def date_of(day: dt.date, today: dt.date) -> str:
    """``30 Nov``, with the year when it is another one."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}{'' if day.year == today.year else f' {day.year}'}"


def about_of(capability: str, step: str) -> str:
    """``Model inventory, to level 2``."""
    return f"{capability}, to level {step.rpartition('@')[2]}"


def card_line(card: Card, today: dt.date) -> CardLine:
    """A card as it stands on the board."""
    return CardLine(
        id=card.id,
        version=card.version,
        href=ways.action(card.id),
        title=card.title,
        about=about_of(card.capability, card.step),
        who=_who(card, today),
        late=card.is_open and card.state != "reported_done" and card.due is not None and card.due < today,
        days=days(card.days) if card.days is not None else "",
        gate=any(reason == "gate" for reason, _ in card.reasons),
        pinned=card.pinned,
        state=STATES[card.state],
        outcome=STATES[card.state] if card.state in CHECKED else "",
        icon=_ICONS.get(card.state, ""),
        quarter=str(card.quarter) if card.quarter else "",
        moves=_MOVES.get(card.state, ()) if not card.dropped else (),
    )


def _who(card: Card, today: dt.date) -> str:
    if card.state in CHECKED and card.verified_in is not None:
        return f"verified in {card.verified_in}"
    said = [card.owner or "", date_of(card.due, today) if card.due else ""]
    if any(said):
        return ", ".join(filter(None, said))
    waits = next((need.title for need in card.needs if need.state is not None and need.state not in _DONE), None)
    return f"waits for \u201c{waits}\u201d" if waits and card.state == "planned" else "no owner yet"


def leads_to(quarters: Sequence[tuple[Quarter, PlannedQuarter]]) -> str:
    """``Stage 2 by the end of 2027-Q1``."""
    if not quarters:
        return "No quarter is planned"
    start, end = quarters[0][1].stage_before, quarters[-1][1].stage_after
    when = next((name for name, quarter in quarters if quarter.stage_after == end), quarters[-1][0])
    return f"Stage {end} by the end of {when}" if end > start else f"Stage {end} until the end of {quarters[-1][0]}"


def projection(
    quarters: Sequence[tuple[Quarter, PlannedQuarter]],
    names: Mapping[str, str],
    *,
    more: str,
    price: str = "",
    look: str = "",
    efforts: Fraction | None = None,
) -> Projection:
    """Where a plan leads, quarter by quarter."""
    stages = [quarters[0][1].stage_before] if quarters else []
    stages += [quarter.stage_after for _, quarter in quarters]
    whens = ["today", *(f"after {name}" for name, _ in quarters)]
    return Projection(
        says=f"{leads_to(quarters)}.",
        more=more,
        cells=tuple(
            StageCell(stage, when, place > 0 and stage > stages[place - 1])
            for place, (stage, when) in enumerate(zip(stages, whens, strict=False))
        ),
        quarters=tuple(str(name) for name, _ in quarters),
        dimensions=tuple(
            (name, tuple(quarter.dimensions.get(one) for _, quarter in quarters)) for one, name in names.items()
        ),
        price=price,
        look=look,
        efforts=_efforts(efforts),
    )


def _efforts(ratio: Fraction | None) -> str:
    if ratio is None:
        return ""
    times = f"{float(round(ratio, 2)):g}"
    return f"Days are {times} times the estimates: that is what verified actions of your organization took."


def steps_in_words(count: int, spent: int, capacity: int | None) -> str:
    """``12 steps, 30 of 38 days``."""
    told = days(spent) if capacity is None else f"{spent} of {days(capacity)}"
    return f"{plural(count, 'step', 'steps')}, {told}"

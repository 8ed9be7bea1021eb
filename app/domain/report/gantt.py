"""The roadmap as a Gantt chart: one row a card, bar length is days over capacity."""

from collections import Counter

from app.domain.report import cards as c
from app.domain.report import wording as w
from app.domain.report.figures import GanttChart, GanttColumn, GanttRow
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.report.sponsor import closed_gates
from app.domain.roadmap import PlannedQuarter


def gantt(reading: Reading) -> Figure | None:
    """The chart; None without a plan."""
    plan = reading.roadmap
    if plan.capacity_days is None or not any(q.actions for q in plan.quarters):
        return None
    chart = GanttChart(plan.capacity_days, tuple(_column(reading, q) for q in plan.quarters))
    said = finding(reading)
    return Figure(
        id="roadmap",
        finding=said,
        sub=(
            f"The best plan for {w.days(plan.capacity_days)} a quarter. Length and figure: "
            "person-days, in order of work."
        ),
        alt=_alt(reading, said),
        chart=chart,
        key=_key(chart),
        numbers=_numbers(reading),
        why=reading.why("roadmap.capacity", "roadmap.quarters.*"),
    )


def finding(reading: Reading) -> str:
    """When the open gates close and when the next stage is reached."""
    quarters = reading.roadmap.quarters
    gates = len(reading.gates)
    closing = next((n for n in range(1, len(quarters) + 1) if gates and closed_gates(reading, n) == gates), None)
    reached = next(
        ((n, q.stage_after) for n, q in enumerate(quarters, start=1) if q.stage_after > q.stage_before), None
    )
    every = {1: "The open gate closes", 2: "Both open gates close"}.get(
        gates, f"All {w.number(gates)} open gates close"
    )
    if reached and closing and closing < reached[0]:
        return f"{every} in the {w.ordinal(closing)} quarter; stage {reached[1]} follows in the {w.ordinal(reached[0])}"
    if reached:
        return f"Stage {reached[1]} is reached in the {w.ordinal(reached[0])} quarter"
    if closing:
        return f"{every} by the {w.ordinal(closing)} quarter; the next stage needs more than that"
    closed = closed_gates(reading, len(quarters))
    if gates:
        return (
            f"{w.capital(w.of(closed, gates))} open gates {w.agree(closed, 'closes', 'close')} within "
            f"{w.counted(len(quarters), 'quarter')}"
        )
    steps = sum(len(q.actions) for q in quarters)
    used, days = sum(q.days for q in quarters), len(quarters) * (reading.roadmap.capacity_days or 0)
    return f"{w.capital(w.counted(steps, 'step'))} in {used} of {w.days(days)}"


def _column(reading: Reading, quarter: PlannedQuarter) -> GanttColumn:
    shown = c.cards(quarter)
    rows, start = [], 0
    for card in shown:
        rows.append(GanttRow(_label(reading, card), start, card.days, card.is_gate, card.shows))
        start += card.days
    before, after = quarter.stage_before, quarter.stage_after
    return GanttColumn(
        title=reading.quarter(quarter.number),
        days_line=f"{quarter.days} of {w.days(reading.roadmap.capacity_days or 0)}",
        stage_line=f"stage {before} to {after}" if after > before else f"stage {after}",
        reached=f"Stage {after} reached" if after > before else "",
        rows=tuple(rows),
    )


def _label(reading: Reading, card: c.Card) -> str:
    """The card's title; with its capability where two steps of the plan share it."""
    if card.shows:
        return c.title(reading, card)
    title = card.actions[-1].title
    titles = Counter(a.title for q in reading.roadmap.quarters for a in q.actions)
    if titles[title] == 1:
        return title
    return f"{title}: {reading.capability(card.actions[-1].id.partition('@')[0])}"


def _alt(reading: Reading, said: str) -> str:
    parts = []
    for quarter in reading.roadmap.quarters:
        names = w.listed(f"{_label(reading, card)} ({w.days(card.days)})" for card in c.cards(quarter))
        reached = f", stage {quarter.stage_after} reached" if quarter.stage_after > quarter.stage_before else ""
        steps = f"{c.steps_of(quarter)}, {w.days(quarter.days)}{reached}"
        when = reading.sheet.quarter.after(quarter.number).in_words
        parts.append(f"{w.capital(when)}: {steps}" + (f": {names}." if names else "."))
    return f"{said}. {' '.join(parts)}"


def _key(chart: GanttChart) -> tuple[KeyEntry, ...]:
    rows = [row for column in chart.columns for row in column.rows]
    key = []
    if any(row.gate for row in rows):
        key.append(KeyEntry("plan-gate", "step through a gate of the next stage"))
    if any(not row.gate and not row.show for row in rows):
        key.append(KeyEntry("plan", "other step"))
    if any(row.show and not row.gate for row in rows):
        key.append(KeyEntry("plan-show", "name evidence for what is claimed"))
    return tuple(key)


def _numbers(reading: Reading) -> Table:
    rows = tuple(
        (
            reading.quarter(quarter.number),
            c.title(reading, card),
            c.span(reading, card),
            "yes" if card.is_gate else "no",
            str(card.days),
            str(sum(a.points for a in card.actions)),
        )
        for quarter in reading.roadmap.quarters
        for card in c.cards(quarter)
    )
    header = ("Quarter", "Step", "Capability", "Gate", "Days", "Points")
    return Table("The plan, step by step", header, rows, (False, False, False, False, True, True))

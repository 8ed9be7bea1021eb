"""The tables of the roadmap: what leadership takes on, where the plan leads, what waits and why."""

from fractions import Fraction

from app.domain.report import cards as c
from app.domain.report import wording as w
from app.domain.report.pages import Table
from app.domain.report.reading import Reading


def leadership(reading: Reading) -> Table | None:
    """The planned steps of the leadership backlog."""
    rows = []
    for quarter in reading.roadmap.quarters:
        for action in quarter.actions:
            if action.backlog == "leadership" and action.kind == "build":
                name = reading.capability(action.id.partition("@")[0])
                rows.append(
                    (
                        action.title,
                        name,
                        reading.quarter(quarter.number),
                        w.days(action.days),
                        w.sentence(reading.step(action.id).benefit),
                    )
                )
    if not rows:
        return None
    return Table(
        "Steps that only leadership can take",
        ("Step", "Capability", "Quarter", "Effort", "What it brings"),
        tuple(rows),
        (False, False, False, True, False),
    )


def projection(reading: Reading) -> Table | None:
    """Stage and dimension means after each quarter, as the plan reads them."""
    plan = reading.roadmap
    if not any(q.actions for q in plan.quarters):
        return None
    dimensions = reading.questionnaire.dimensions
    now = plan.starts_at.stage if plan.starts_at else plan.quarters[0].stage_before
    start = tuple(_mean_now(reading, d.id) for d in dimensions)
    rows = [("Today", str(now), *start, "none")]
    for quarter in plan.quarters:
        means = (quarter.dimensions.get(d.id) for d in dimensions)
        shown = tuple("none" if m is None else w.level(m) for m in means)
        rows.append(
            (f"After {reading.quarter(quarter.number)}", str(quarter.stage_after), *shown, w.days(quarter.days))
        )
    unknown = any(s.applies and s.supported is None for _, s in reading.scored)
    caption = "Where the plan leads" + (" (what is not known counts as 0)" if unknown else "")
    header = ("When", "Stage", *(d.name for d in dimensions), "Effort")
    return Table(caption, header, tuple(rows), (False, *(True,) * (len(header) - 1)))


def _mean_now(reading: Reading, dimension: str) -> str:
    levels = [s.supported or 0 for q, s in reading.scored if q.dimension == dimension and s.applies]
    return w.level(Fraction(sum(levels), len(levels))) if levels else "none"


def deferred(reading: Reading) -> Table | None:
    """Every step that found no place, with the first reason that holds."""
    rows = tuple(
        (
            reading.step_name(d.id),
            f"{reading.capability(d.id.partition('@')[0])}, level {d.id.partition('@')[2]}",
            why_deferred(reading, d.why),
        )
        for d in reading.roadmap.deferred
    )
    if not rows or not reading.roadmap.quarters:
        return None
    return Table("What waits, and why", ("Step", "Capability", "Why"), rows, (False, False, False))


def why_deferred(reading: Reading, why: str) -> str:
    """A planner's reason in the words of the report, step ids as titles."""
    limit = w.number(reading.questionnaire.rules.actions_per_quarter_max)
    known = {
        "level below not yet confirmed": "The level below has to stand at the start of a quarter first",
        "beyond twelve actions": f"The limit of {limit} steps a quarter is used up",
        "beyond capacity": "The days are used up by steps that bring more",
        "beyond target": "Above the target",
    }
    return known.get(why) or w.capital(c.in_words(reading, why))


def next_steps(reading: Reading) -> Table | None:
    """A pulse's next steps."""
    rows = tuple(
        (
            reading.step_name(s.id),
            f"{reading.capability(s.id.partition('@')[0])}, level {s.id.partition('@')[2]}",
            w.days(s.days),
        )
        for s in reading.roadmap.next_steps
    )
    return (
        Table("Next step of each asked question", ("Step", "Capability", "Effort"), rows, (False, False, True))
        if rows
        else None
    )

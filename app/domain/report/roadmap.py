"""The roadmap: when what is done, why, what waits, and how far four quarters lead."""

from fractions import Fraction
from math import floor

from app.domain.explanations.plan import usable_days
from app.domain.report import cards as c
from app.domain.report import plan_tables as tables
from app.domain.report import wording as w
from app.domain.report.gantt import gantt
from app.domain.report.pages import QuarterBlock, RoadmapPages
from app.domain.report.reading import Reading
from app.domain.roadmap import PlannedQuarter


def roadmap_pages(reading: Reading) -> RoadmapPages:
    """The section on the roadmap."""
    plan = reading.roadmap
    return RoadmapPages(
        headline=headline(reading),
        lead=_lead(reading),
        notes=_notes(reading),
        gantt=gantt(reading),
        quarters=tuple(_quarter(reading, q) for q in plan.quarters if q.actions),
        leadership=tables.leadership(reading),
        projection=tables.projection(reading),
        deferred=tables.deferred(reading),
        next_steps=tables.next_steps(reading),
        why=reading.why("roadmap.*"),
    )


def headline(reading: Reading) -> str:  # noqa: PLR0911 -- each return is one finding
    """How far the plan leads, in one sentence."""
    plan = reading.roadmap
    if reading.sheet.no_live_model:
        return "The plan begins with the first live model"
    if reading.is_pulse:
        return "Next steps, but no plan: that takes a full assessment"
    if plan.capacity_days is None:
        return "No plan yet: the capacity was not stated"
    if not any(q.actions for q in plan.quarters):
        return (
            "Nothing is left to plan below the target"
            if not plan.deferred
            else "No step fits into the days that are set aside"
        )
    at = f", at {w.days(plan.capacity_days)} a quarter"
    start, end = plan.quarters[0].stage_before, plan.quarters[-1].stage_after
    if end > start:
        first = next(n for n, q in enumerate(plan.quarters, start=1) if q.stage_after == end)
        return f"Stage {end} in {w.counted(first, 'quarter')}{at}"
    steps = sum(len(q.actions) for q in plan.quarters)
    if end >= len(reading.questionnaire.rules.floors):
        return f"{w.capital(w.counted(steps, 'step'))} beyond the last stage{at}"
    quarters = w.counted(len(plan.quarters), "quarter")
    return f"{w.capital(quarters)} of steps towards stage {end + 1}{at}"


def _lead(reading: Reading) -> str:
    plan = reading.roadmap
    if reading.sheet.no_live_model:
        return "With the first live model, an assessment says what to do first and what it takes."
    if reading.is_pulse:
        return (
            "These are the next steps of the questions that were asked. What to do first is for a "
            "full assessment to say."
        )
    if plan.capacity_days is None:
        return (
            "State how many people there are, how many days they work in a quarter, and what share is set aside for "
            "improvement. The best plan for that capacity is then computed at once."
        )
    if not any(q.actions for q in plan.quarters):
        if plan.deferred:
            return "No step fits into the days that are set aside. With more of them the plan is made anew."
        return "The targets are reached. With a higher target for a question the plan is made anew."
    efforts = "Efforts are estimates for a team of about eight; read them as plus or minus half."
    if reading.sheet.effort_ratio is not None:
        times = w.rounded(reading.sheet.effort_ratio, 2)
        efforts = f"Efforts are {times} times the estimates: that is what verified actions of this organization took."
    return (
        "For the stated capacity no better plan exists: each quarter was solved to proven optimality, with every "
        f"prerequisite respected. {efforts}"
    )


def _quarter(reading: Reading, quarter: PlannedQuarter) -> QuarterBlock:
    shown = c.cards(quarter)
    days = f"{quarter.days} of {w.days(reading.roadmap.capacity_days or 0)}"
    finding = f"{w.capital(c.steps_of(quarter))}, {days}" if shown else "No step"
    if quarter.stage_after > quarter.stage_before:
        finding = f"{finding}: stage {quarter.stage_after} reached"
    cards = tuple(c.action_card(reading, quarter, card) for card in shown)
    return QuarterBlock(reading.sheet.quarter.after(quarter.number).in_words.capitalize(), finding, cards)


def _notes(reading: Reading) -> tuple[str, ...]:
    plan = reading.roadmap
    if reading.sheet.no_live_model or reading.is_pulse:
        return ()
    notes = [*_start(reading), *_least(reading), *_sensitivity(reading)]
    wins = [a for q in plan.quarters for a in q.actions if a.quick_win and a.kind == "build"]
    if wins:
        names = w.shortened((f"{reading.step_name(a.id)} ({w.days(a.days)})" for a in wins), 6)
        notes.append(f"{w.capital(w.counted(len(wins), 'quick win'))}, little effort and nothing before: {names}.")
    if plan.clarify_first:
        names = reading.capabilities(plan.clarify_first, 6)
        whose = w.agree(len(plan.clarify_first), "Its level is", "Their levels are")
        notes.append(f"To be settled first, half a day each: {names}. {whose} not known or contested.")
    if shown := sum(a.kind == "show" for q in plan.quarters for a in q.actions):
        notes.append(
            f"{w.capital(w.counted(shown, 'step'))} only {w.agree(shown, 'names', 'name')} evidence "
            "for what is claimed already."
        )
    notes += _unreachable(reading)
    if plan.beyond_target:
        count = len(plan.beyond_target)
        notes.append(
            f"{w.capital(w.counted(count, 'further step'))} {w.agree(count, 'lies', 'lie')} above the "
            f"targets and {w.agree(count, 'is', 'are')} not offered."
        )
    return tuple(notes)


def _start(reading: Reading) -> list[str]:
    start, stage = reading.roadmap.starts_at, reading.stage
    if start is None or stage is None or start.stage == stage.supported:
        return []
    if start.stage < stage.supported:
        why = "what nobody knows is planned as absent"
    else:
        why = "it reads contested levels as settled and needs no minimum of answers"
    return [f"The plan starts from stage {start.stage}, the assessment says stage {stage.supported}: {why}."]


def _least(reading: Reading) -> list[str]:
    plan = reading.roadmap
    start = plan.starts_at.stage if plan.starts_at else reading.stage.supported if reading.stage else None
    if plan.least_days_to_next_stage is None or start is None or start >= len(reading.questionnaire.rules.floors):
        return []
    return [f"The least effort to stage {start + 1} is {w.days(plan.least_days_to_next_stage)}, whatever the capacity."]


def _sensitivity(reading: Reading) -> list[str]:
    """What less and more time would change, in points over all quarters."""
    plan, usable = reading.roadmap, usable_days(reading.result)
    less, more = plan.points_at_80_percent, plan.points_at_120_percent
    if less is None or more is None or not any(q.actions for q in plan.quarters):
        return []
    now = sum(q.points for q in plan.quarters)
    at = tuple(
        f" ({floor(usable * share)} a quarter)" if usable is not None else ""
        for share in (Fraction(4, 5), Fraction(6, 5))
    )
    return [
        (
            f"With 80 % of the days{at[0]} the quarters earn {w.figures(less, 'point')}, with 120 %{at[1]} "
            f"{w.figures(more, 'point')}; as planned they earn {now}."
        )
    ]


def _unreachable(reading: Reading) -> list[str]:
    by_stage: dict[int, list[str]] = {}
    for item in reading.roadmap.unreachable:
        name = f"{reading.capability(item.question)} (target {item.target}, gate {item.need})"
        by_stage.setdefault(item.stage, []).append(name)
    return [
        f"With these targets stage {stage} cannot be reached: {w.shortened(names, 3)}."
        for stage, names in sorted(by_stage.items())
    ]

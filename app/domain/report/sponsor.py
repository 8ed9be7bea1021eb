"""One page for the sponsor: stage, dimensions, change, strengths, risks, decisions, the first quarter's steps."""

from app.domain.effort import scaled_days
from app.domain.questionnaire import Step
from app.domain.report import cards as c
from app.domain.report import moves, stage
from app.domain.report import wording as w
from app.domain.report.bars import bars
from app.domain.report.pages import Point, Sponsor, StepLine, StepList
from app.domain.report.reading import Reading
from app.domain.scorecard import Risk

_LISTED = 3
_STRONG = 3


def sponsor(reading: Reading) -> Sponsor:
    """Page two of the report."""
    change = moves.dimensions_figure(reading, compact=True)
    return Sponsor(
        headline=stage.headline(reading),
        stage=stage.block(reading),
        bars=bars(reading),
        change=change,
        first_time="" if change else moves.first_time(reading),
        leadership=leadership(reading),
        strengths=strengths(reading),
        risks=risks(reading),
        next_quarter=next_quarter(reading),
    )


def strengths(reading: Reading) -> tuple[Point, ...]:
    """Up to three capabilities at level 3 or more, with the statement that holds."""
    found = []
    for question_id in reading.card.strengths[:_LISTED]:
        level = reading.levels[question_id]
        found.append(Point(f"{reading.capability(question_id)}: level {level}", reading.gist(question_id, level)))
    if found or not reading.levels:
        return tuple(found)
    best = max(reading.levels.values())
    top = tuple(q for q, level in reading.levels.items() if level == best)
    where = f", in {reading.capabilities(top, 2)}" if best else ""
    claimed = sum((s.claimed or 0) >= _STRONG for _, s in reading.scored)
    hint = (
        (
            f" {w.capital(w.counted(claimed, 'capability', 'capabilities'))} "
            f"{w.agree(claimed, 'is', 'are')} claimed there, without evidence."
        )
        if claimed
        else ""
    )
    text = f"A strength is shown at level {_STRONG} or above. The highest level so far is {best}{where}.{hint}"
    return (Point(f"No {'asked ' if reading.is_pulse else ''}capability is at level {_STRONG} yet", text),)


def risks(reading: Reading) -> tuple[Point, ...]:
    """Up to three risks, or a kind word when the list is empty."""
    found = tuple(_risk(reading, risk) for risk in reading.card.risks[:_LISTED])
    if found or not reading.levels:
        return found
    if reading.is_pulse:
        fallen = reading.stage.withdrawn[:_LISTED] if reading.stage else ()
        return tuple(_fallen(reading, question_id) for question_id in fallen) or (_lowest(reading),)
    text = "No gate is open, no level is contested, and nobody best placed to know a gate was left guessing."
    return (Point("No risk of the kinds listed here", text),)


def _fallen(reading: Reading, question_id: str) -> Point:
    level = reading.levels.get(question_id)
    return Point(
        f"{reading.capability(question_id)}: gate has fallen",
        "It has no level any more." if level is None else reading.gist(question_id, level),
    )


def _lowest(reading: Reading) -> Point:
    """What stands in for the open gates, which a pulse cannot tell: where the asked questions stand lowest."""
    low = min(reading.levels.values())
    where = reading.capabilities(tuple(q for q, level in reading.levels.items() if level == low), 3)
    text = "A pulse does not tell which gates are open. No level is contested"
    unknown = sum(s.supported is None and s.applies for _, s in reading.scored)
    if unknown:
        text += f", and {w.counted(unknown, 'asked question')} {w.agree(unknown, 'has', 'have')} no level"
    calm = low >= _STRONG
    return Point("No risk of the kinds listed here" if calm else f"Lowest, at level {low}: {where}", f"{text}.")


def _risk(reading: Reading, risk: Risk) -> Point:
    name = reading.capability(risk.question)
    if risk.kind == "contested":
        return Point(f"{name}: contested", "Votes lie far apart and no level was agreed, so it opens no gate.")
    if risk.kind == "visibility":
        return Point(f"{name}: hard to see", "More than a third of those best placed to know could not say.")
    blocker = next((b for b in reading.gates if b.of == risk.question), None)
    level = reading.levels.get(risk.question)
    need = f" of {int(blocker.need)}" if blocker else ""
    if level is None:
        return Point(f"{name}: not known", "A gate asks for it, and nobody could give a level.")
    return Point(f"{name}: level {level}{need}", reading.gist(risk.question, level))


def leadership(reading: Reading) -> tuple[Point, ...]:
    """What only leadership can decide: its planned steps first, then its next possible ones, three at most."""
    if not reading.levels:
        return ()
    found: list[Point] = []
    if reading.roadmap.capacity_days is None and not reading.is_pulse:
        said = "People, working days and the share set aside for improvement: with them the plan can be made."
        found.append(Point("Say how many days there are", said))
    planned = [
        (a.id, q.number)
        for q in reading.roadmap.quarters
        for a in q.actions
        if a.backlog == "leadership" and a.kind == "build"
    ]
    found += [_decision(reading, reading.step(a), f"planned for {reading.quarter(number)}") for a, number in planned]
    taken = {step_id for step_id, _ in planned}
    when = "not in the plan yet" if reading.roadmap.quarters else "next to be done"
    found += [_decision(reading, step, when) for step in _next_decisions(reading) if step.id not in taken]
    if not found:
        return (
            Point("Nothing here waits for leadership", "Every next step is one that the team can decide by itself."),
        )
    return tuple(found[:_LISTED])


def _next_decisions(reading: Reading) -> list[Step]:
    """Steps of the leadership backlog that are next to be done, most of the next gate first, then cheapest."""
    gates = {b.of for b in reading.gates}
    found = []
    for question, score in reading.scored:
        now = score.supported or 0
        step = next((s for s in question.steps if s.to_level == now + 1), None)
        due = step is not None and step.who == "leadership" and step.to_level <= reading.target(question.id)
        if step and due and score.applies and not reading.only_shows(step.id):
            found.append(step)
    return sorted(found, key=lambda s: (s.question not in gates, s.days, s.id))


def _decision(reading: Reading, step: Step, when: str) -> Point:
    days = scaled_days(step.days, reading.sheet.effort_ratio)  # as the plan beside it counts them
    return Point(step.title, f"{w.sentence(step.benefit)} {w.capital(w.days(days))}, {when}.")


def next_quarter(reading: Reading) -> StepList:
    """The first quarter's steps; a pulse's next steps; or what is missing for a plan."""
    roadmap = reading.roadmap
    if reading.sheet.no_live_model:
        return StepList("The plan begins with the first live model", "", ())
    if reading.is_pulse:
        return _pulse_steps(reading)
    if roadmap.capacity_days is None:
        return StepList("No plan yet: the capacity was not stated", "People, working days and a share are enough.", ())
    if not roadmap.quarters or not roadmap.quarters[0].actions:
        spent = "nothing is left to do below the target" if not roadmap.deferred else "no step fits into the days"
        return StepList(f"Next quarter: {spent}", f"The plan has {w.days(roadmap.capacity_days)} a quarter.", ())
    first = roadmap.quarters[0]
    shown = c.cards(first)
    used = f"{first.days} of {w.days(roadmap.capacity_days)}"
    built, shows = c.builds(first), sum(a.kind == "show" for a in first.actions)
    what = w.counted(built, "step") if built else c.steps_of(first)
    finding = f"Next quarter: {what}, {used}{_closes(reading)}"
    notes = ["Gate steps in bold."] if any(card.is_gate for card in shown) else []
    if any(len(card.actions) > 1 and not card.shows for card in shown):
        notes.append("Steps of one capability share a line.")
    if built and shows:
        taken = sum(a.days for a in first.actions if a.kind == "show")
        notes.append(f"Evidence for {w.counted(shows, 'claim')} takes {w.days(taken)} of them.")
    limit, spare = reading.questionnaire.rules.actions_per_quarter_max, roadmap.capacity_days - first.days
    if built == limit and spare > 0:
        notes.append(f"The limit of {w.counted(limit, 'step')} binds, not the capacity: {w.days(spare)} stay free.")
    lines = (StepLine(c.title(reading, card), c.span(reading, card), w.days(card.days), card.is_gate) for card in shown)
    return StepList(finding, " ".join(notes), tuple(lines))


def _pulse_steps(reading: Reading) -> StepList:
    steps = reading.roadmap.next_steps
    if not steps:
        return StepList("No next step: every asked question is at its target", "", ())
    total = sum(s.days for s in steps)
    finding = f"{w.capital(w.counted(len(steps), 'next step'))}, {w.days(total)} in all"
    lines = (
        StepLine(reading.step_name(s.id), reading.capability(s.id.partition("@")[0]), w.days(s.days), gate=False)
        for s in steps
    )
    return StepList(finding, "The next step of each asked question. A pulse makes no plan.", tuple(lines))


def closed_gates(reading: Reading, quarters: int) -> int:
    """How many open gates the steps of the first so many quarters bring to the level they need."""
    reached: dict[str, int] = {}
    for quarter in reading.roadmap.quarters[:quarters]:
        for action in quarter.actions:
            question, _, level = action.id.partition("@")
            reached[question] = max(reached.get(question, 0), int(level))
    return sum(reached.get(b.of, -1) >= b.need for b in reading.gates)


def _closes(reading: Reading) -> str:
    first = reading.roadmap.quarters[0]
    if first.stage_after > first.stage_before:
        return f", stage {first.stage_after} reached"
    gates, closed = len(reading.gates), closed_gates(reading, 1)
    if not closed:
        return ""
    if closed == gates:
        return (
            ", the open gate closed"
            if gates == 1
            else f", {'both' if gates == 2 else 'all ' + w.number(gates)} gates closed"
        )
    return f", {w.of(closed, gates)} gates closed"

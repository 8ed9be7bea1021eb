"""Change over time: actions and bets of last quarter first, then what really moved, then the trend."""

from fractions import Fraction

from app.domain.history import full_ones
from app.domain.report import cards as c
from app.domain.report import moves
from app.domain.report import wording as w
from app.domain.report.figures import TrendChart, TrendLine, TrendPoint
from app.domain.report.pages import ChangePages, Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.sheet import Change, CheckedAction, PastAssessment

_STATUS = {
    "planned": "Planned",
    "in_progress": "In progress",
    "reported_done": "Reported done",
    "verified": "Verified",
    "not_confirmed": "Not confirmed",
    "regressed": "Regressed",
}
_HELD = {True: "Held", False: "Not held", None: "Cannot be told"}


def change_pages(reading: Reading) -> ChangePages:
    """The section on change; at a first assessment its lead says what will be here."""
    change = reading.sheet.change
    return ChangePages(
        headline=_headline(reading),
        lead=_lead(reading),
        actions=_actions(reading),
        bets=_bets(reading),
        summary=moves.summary(reading) if change and change.dimensions else None,
        capabilities=moves.capabilities_figure(reading),
        trend=_trend(reading),
        notes=_notes(reading),
        why=reading.why("change.*", "confirmation_rate"),
    )


def _headline(reading: Reading) -> str:
    if reading.sheet.change is None:
        return "Change shows from the second assessment on"
    return moves.finding(reading)


def _lead(reading: Reading) -> str:
    change = reading.sheet.change
    if change is None:
        return (
            "Next time this section opens with the actions and bets of this quarter, each checked. Then it says what "
            "moved on the same questions, apart from what only the questionnaire or the people changed."
        )
    asked = "The pulse is compared with the same questions only. " if reading.is_pulse else ""
    return (
        f"Compared with {change.previous}. {asked}The headline is the change on the same "
        "questions; what came from changed questions, "
        "or from questions answered in one quarter only, is kept apart."
    )


def _actions(reading: Reading) -> Table | None:
    rows = tuple(
        (
            reading.step_name(a.id),
            f"{reading.capability(a.id.partition('@')[0])}, level {a.id.partition('@')[2]}",
            _STATUS[a.status],
            _action_note(reading, a),
            a.owner or "not named",
        )
        for a in reading.sheet.actions
    )
    if not rows:
        return None
    return Table(
        "Actions of the last quarter, checked", ("Step", "Capability", "State", "Why", "Owner"), rows, (False,) * 5
    )


def _action_note(reading: Reading, action: CheckedAction) -> str:
    parts = [w.sentence(c.in_words(reading, action.why))] if action.why else []
    if action.verified_in and action.status == "regressed":
        parts.append(f"It was verified in {action.verified_in}.")
    ahead = action.status in {"planned", "in_progress"}
    step = reading.step(action.id)
    if ahead and reading.levels.get(step.question, -1) >= step.to_level:
        parts.append(f"Level {step.to_level} is reached; the board does not say done yet.")
    if action.effort_days is not None:
        spent = f"{_amount(action.effort_days)} days"
        parts.append(
            f"{spent} spent so far, estimated {step.days}." if ahead else f"Took {spent}, estimated {step.days}."
        )
    return " ".join(parts) or ("All conditions hold." if action.status == "verified" else "Nothing to add.")


def _amount(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else w.rounded(value, 1)


def _bets(reading: Reading) -> Table | None:
    """The bets of last time, checked, and then those of this time; one capability may be among both."""
    change, quarter = reading.sheet.change, str(reading.sheet.quarter)
    before = str(change.previous) if change else "last time"
    checked = tuple(
        (reading.capability(b.question), before, str(b.level), _now(reading, b.question), _HELD[b.held])
        for b in reading.sheet.bets_checked
    )
    made = tuple(
        (reading.capability(b.question), quarter, str(b.level), _now(reading, b.question), "Open until next time")
        for b in reading.sheet.bets_made
    )
    if not checked and not made:
        return None
    columns = ("Capability", "Made in", "Level bet on", "Level now", "Outcome")
    return Table("Bets", columns, checked + made, (False, False, True, True, False))


def _now(reading: Reading, question: str) -> str:
    level = reading.levels.get(question)
    return "not known" if level is None else str(level)


def _notes(reading: Reading) -> tuple[str, ...]:
    notes: list[str] = []
    rate = reading.card.confirmation_rate
    if rate is not None:
        now = reading.sheet.quarter
        verified = sum(a.status == "verified" and a.verified_in == now for a in reading.sheet.actions)
        checked = verified + sum(a.status == "not_confirmed" for a in reading.sheet.actions)
        verb = "was" if verified <= 1 else "were"
        said = f"{w.capital(w.of(verified, checked))} actions reported done {verb} confirmed."
        notes.append(
            said if checked and Fraction(verified, checked) == rate else f"Confirmation rate: {w.percent(rate)} of 100."
        )
    fallen = [a for a in reading.sheet.actions if a.status == "regressed"]
    if fallen:
        names = w.shortened((reading.step_name(a.id) for a in fallen), 3)
        notes.append(f"No longer at the level that was verified: {names}.")
    change = reading.sheet.change
    if change is None:
        return tuple(notes)
    changed = (
        (change.questions_added, "added"),
        (change.questions_changed, "changed"),
        (change.questions_retired, "retired"),
    )
    for ids, verb in changed:
        if ids:
            count = w.counted(len(ids), "question")
            notes.append(
                f"{w.capital(count)} {w.agree(len(ids), 'was', 'were')} {verb}: {reading.capabilities(ids, 6)}."
            )
    return (*notes, *_reasons(reading, change), *_same_people(reading, change))


def _reasons(reading: Reading, change: Change) -> list[str]:
    """Why a figure is missing, once for all dimensions it holds for; a pulse publishes no dimension anyway."""
    if reading.is_pulse:
        return []
    whose: dict[str, list[str]] = {}
    for dimension in reading.questionnaire.dimensions:
        part = change.dimensions.get(dimension.id)
        if part and part.why:
            whose.setdefault(part.why.rstrip("."), []).append(reading.within(dimension.id))
    return [f"{w.capital(w.listed(names))}: {why}." for why, names in whose.items()]


def _same_people(reading: Reading, change: Change) -> list[str]:
    if change.same_people is None:
        return [f"Same people: not shown, {change.same_people_why.rstrip('.')}."] if change.same_people_why else []
    told = [
        f"{reading.within(d.id)} {w.signed(value)}"
        for d in reading.questionnaire.dimensions
        if (value := change.same_people.dimensions.get(d.id)) is not None
    ]
    who = w.counted(change.same_people.respondents, "person", "people")
    return [f"Counting only the {who} who answered both times: {', '.join(told)}."] if told else []


def _trend(reading: Reading) -> Figure | None:
    """All published dimension levels over time; None before the second assessment that has any."""
    past = [p for p in full_ones(reading.sheet.history) if any(v is not None for v in p.dimensions.values())]
    past = [p for p in past if p.quarter < reading.sheet.quarter]
    if not past or reading.is_pulse or not reading.published:
        return None
    quarters = (*(str(p.quarter) for p in past), str(reading.sheet.quarter))
    lines = tuple(_line(reading, d.id, d.name, past) for d in reading.questionnaire.dimensions)
    said = _trend_finding(reading, past)
    broken = any(point.break_before for line in lines for point in line.points)
    key = [KeyEntry("official", "as published")]
    if any(value is not None for line in lines for value in line.like_for_like):
        key.append(KeyEntry("like-for-like", "same questions, counted back from today"))
    if broken:
        key.append(KeyEntry("break", "questions changed here"))
    rows = tuple(
        (
            line.name,
            *("none" if p.value is None else w.level(Fraction(p.value).limit_denominator(10**6)) for p in line.points),
        )
        for line in lines
    )
    told = "; ".join(f"{name}: {', '.join(values)}" for name, *values in rows)
    return Figure(
        id="trend",
        finding=said,
        sub="Supported level of each dimension, 0 to 4, as each full assessment published it.",
        alt=f"{said}. {w.listed(quarters)}. {told}.",
        chart=TrendChart(quarters, lines),
        key=tuple(key),
        numbers=Table("Dimensions over time", ("Dimension", *quarters), rows, (False, *(True,) * len(quarters))),
        why=reading.why("change.*"),
    )


def _line(reading: Reading, dimension: str, name: str, past: list[PastAssessment]) -> TrendLine:
    """Published points, and the like-for-like line as far back as one change is known."""
    now = reading.published.get(dimension)
    values = [*(p.dimensions.get(dimension) for p in past), now]
    breaks = [False, *(dimension in p.breaks for p in past)]
    points = tuple(
        TrendPoint(None if value is None else float(value), broken)
        for value, broken in zip(values, breaks, strict=True)
    )
    change = reading.sheet.change
    part = change.dimensions.get(dimension) if change else None
    chained: list[float | None] = [None] * len(values)
    fits = change is not None and past[-1].quarter == change.previous
    if fits and part and part.comparable and part.like_for_like is not None and now is not None:
        chained[-2:] = [float(now - part.like_for_like), float(now)]
    return TrendLine(name, points, tuple(chained))


def _trend_finding(reading: Reading, past: list[PastAssessment]) -> str:
    """Where each published dimension stands against its first published level."""
    first = past[0]
    up, down, level = list[str](), list[str](), list[str]()
    for key, now in reading.published.items():
        before = first.dimensions.get(key)
        if before is not None:
            (up if now > before else down if now < before else level).append(reading.within(key))
    count = w.counted(len(past) + 1, "assessment")
    if not up and not down:
        return f"Over {count} the published levels stand where they began" if level else f"{w.capital(count)} so far"
    parts = [
        f"{w.listed(names)} {w.agree(len(names), 'stands', 'stand')} {side}"
        for names, side in ((up, "higher"), (down, "lower"))
        if names
    ]
    return f"{w.capital(w.listed(parts))} than in {first.quarter}, as published"

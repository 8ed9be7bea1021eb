"""The dimension bars: one finding chosen from the numbers, then the bars, their key and their table."""

from fractions import Fraction

from app.domain.report import wording as w
from app.domain.report.figures import Bar, BarsChart
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import DimensionScore


def bars(reading: Reading) -> Figure | None:
    """The dimensions against the floor of the next stage; in a pulse the means of the asked questions."""
    if reading.sheet.no_live_model:
        return None
    rows = tuple(_bar(reading, d.name, reading.dimension_score(d.id)) for d in reading.questionnaire.dimensions)
    need = floor_of_next(reading)
    stage = reading.stage
    target = Fraction(reading.roadmap.target)
    finding = _pulse_finding(reading) if reading.is_pulse else bars_finding(reading)
    return Figure(
        id="dimensions",
        finding=finding,
        sub=_sub(reading),
        alt=_alt(reading, finding),
        chart=BarsChart(
            bars=rows,
            floor=None if need is None else float(need),
            floor_label=""
            if need is None or stage is None
            else f"needed for stage {stage.next}: {w.floor_level(need)}",
            target=None if reading.is_pulse else float(target),
            target_label="" if reading.is_pulse else f"target {w.rounded(target, 0)}",
        ),
        key=_key(rows),
        numbers=_numbers(reading),
        why=reading.why("dimensions.*", "stage.floor.*"),
    )


def floor_of_next(reading: Reading) -> Fraction | None:
    """The mean that the next stage asks of every dimension; None in a pulse and at the highest stage."""
    stage = reading.stage
    if stage is None or stage.next is None or reading.is_pulse:
        return None
    return reading.questionnaire.rules.floors[stage.next - 1]


def bars_finding(reading: Reading) -> str:  # noqa: PLR0911 -- each return is one finding
    """The sentence over the bars, true whatever the numbers are."""
    shown = reading.published
    total = len(reading.questionnaire.dimensions)
    if not shown:
        return "No dimension has enough answers to be shown yet"
    if len(shown) == 1 and total > 1:
        only = next(iter(shown))
        return f"Only {reading.within(only)} has enough answers to be shown: {w.level(shown[only])}"
    need = floor_of_next(reading)
    stage = reading.stage
    whole = "every dimension" if len(shown) == total else "every dimension that can be shown"
    if need is None or stage is None:
        return (
            f"{w.capital(whole)} meets the highest floor, {w.floor_level(min(reading.questionnaire.rules.floors[-1:]))}"
        )
    below = [key for key, value in shown.items() if value < need]
    if not below:
        return f"{w.capital(whole)} meets the floor of stage {stage.next}{_gates_missing(reading)}"
    worst = min(shown.values())
    last = [key for key in below if shown[key] == worst]
    above = [key for key in shown if key not in below]
    if above:
        return f"{_holds_back(reading, last, below)}; {_already(reading, above)}"
    if len(last) == len(shown):
        return f"{_all(reading, last)} at {w.level(worst)}, below the floor of stage {stage.next}"
    names = w.listed(reading.within(key) for key in last)
    verb = w.agree(len(last), "is", "are")
    lead = "No dimension" if len(shown) == total else "No dimension that can be shown"
    return f"{lead} meets the floor of stage {stage.next} yet; {names} {verb} furthest from it"


def _all(reading: Reading, keys: list[str]) -> str:
    """``All four dimensions stand``; by name where not all are shown."""
    if _all_shown(reading) and len(keys) > 1:
        return f"{'Both' if len(keys) == 2 else 'All ' + w.number(len(keys))} dimensions stand"
    return f"{w.capital(w.listed(reading.within(key) for key in keys))} {w.agree(len(keys), 'stands', 'stand')}"


def _gates_missing(reading: Reading) -> str:
    return (
        f"; {w.counted(len(reading.gates), 'open gate')} {w.agree(len(reading.gates), 'is', 'are')} left"
        if reading.gates
        else ""
    )


def _holds_back(reading: Reading, last: list[str], below: list[str]) -> str:
    names = w.capital(w.listed(reading.within(key) for key in last))
    if len(below) == 1:
        return f"{names} is the one dimension below its floor" if _all_shown(reading) else f"{names} is below its floor"
    return f"{names} {w.agree(len(last), 'holds', 'hold')} the stage back most"


def _all_shown(reading: Reading) -> bool:
    return len(reading.published) == len(reading.questionnaire.dimensions)


def _already(reading: Reading, above: list[str]) -> str:
    """Dimensions at their floor: *already there* only where no gate of theirs is open either."""
    open_in = {reading.questionnaire.question(b.of).dimension for b in reading.gates}
    names = w.listed(reading.within(key) for key in above)
    if not open_in.intersection(above):
        return f"{names} {w.agree(len(above), 'is', 'are')} already there"
    return f"{names} {w.agree(len(above), 'meets', 'meet')} the floor"


def _pulse_finding(reading: Reading) -> str:
    means = _pulse_means(reading)
    if not means:
        return "None of the asked questions has a level"
    best, worst = max(means.values()), min(means.values())
    if w.level(best) == w.level(worst):
        return f"On the asked questions every dimension stands at {w.level(best)}"
    top = w.listed(reading.within(key) for key, value in means.items() if value == best)
    low = w.listed(reading.within(key) for key, value in means.items() if value == worst)
    return f"On the asked questions {top} stands highest ({w.level(best)}), {low} lowest ({w.level(worst)})"


def _pulse_means(reading: Reading) -> dict[str, Fraction]:
    found = ((d.id, reading.dimension_score(d.id)) for d in reading.questionnaire.dimensions)
    return {key: score.pulse for key, score in found if score.pulse is not None}


def _bar(reading: Reading, name: str, score: DimensionScore) -> Bar:
    value = score.pulse if reading.is_pulse else (score.supported if score.published else None)
    shown = score.published and not reading.is_pulse
    low, high = (score.low, score.high) if shown else (None, None)
    return Bar(
        name=name,
        label=w.level(value) if value is not None else "",
        supported=None if value is None else float(value),
        claimed=float(score.claimed) if shown and score.claimed is not None else None,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        band=(float(score.range90[0]), float(score.range90[1])) if shown and score.range90 else None,
        note=_note(reading, score),
    )


def _note(reading: Reading, score: DimensionScore) -> str:
    if reading.is_pulse:
        return f"{score.answered} of {score.applicable} answered"
    if not score.published:
        return f"not enough answered: {score.answered} of {score.applicable}"
    unknown = score.applicable - score.answered
    if unknown and score.low is not None and score.high is not None:
        return f"{w.level(score.low)} to {w.level(score.high)}: {w.number(unknown)} not known"
    return ""


def _sub(reading: Reading) -> str:
    if reading.is_pulse:
        return "Mean supported level of the asked questions of each dimension, 0 to 4."
    said = ["Supported level of each dimension, 0 to 4."]
    hidden = [d.id for d in reading.questionnaire.dimensions if d.id not in reading.published]
    if hidden and reading.published:
        names = w.capital(w.listed(reading.within(key) for key in hidden))
        said.append(f"{names} {w.agree(len(hidden), 'is', 'are')} not shown: not enough answered.")
    reasons = {s.range_why for s in reading.card.dimensions.values() if s.published and not s.range90 and s.range_why}
    if reasons:
        said.append(f"No plausible range: {w.listed(sorted(reasons)).rstrip('.')}.")
    return " ".join(said)


def _alt(reading: Reading, finding: str) -> str:
    parts = []
    for dimension in reading.questionnaire.dimensions:
        bar = _bar(reading, dimension.name, reading.dimension_score(dimension.id))
        name = reading.within(dimension.id)
        parts.append(
            f"{name} {bar.label}" + (f" ({bar.note})" if bar.note else "") if bar.label else f"{name} not shown"
        )
    need, stage = floor_of_next(reading), reading.stage
    floor = f" Stage {stage.next} needs {w.floor_level(need)} in each." if need is not None and stage else ""
    return f"{finding}. Supported levels: {'; '.join(parts)}.{floor}"


def _key(rows: tuple[Bar, ...]) -> tuple[KeyEntry, ...]:
    key = [KeyEntry("supported", "supported: shown in the room or on record")]
    if any(b.claimed is not None and b.supported is not None and b.claimed > b.supported for b in rows):
        key.append(KeyEntry("claimed", "claimed, nothing shown"))
    if any(b.band for b in rows):
        key.append(KeyEntry("band", "plausible range (90 %)"))
    if any(b.low != b.high for b in rows):
        key.append(KeyEntry("unknown", "not known"))
    return tuple(key)


def _numbers(reading: Reading) -> Table:
    rows = []
    for dimension in reading.questionnaire.dimensions:
        score = reading.dimension_score(dimension.id)
        value = score.pulse if reading.is_pulse else score.supported
        band = score.range90
        rows.append(
            (
                dimension.name,
                w.level(value) if value is not None else "not shown",
                w.level(score.claimed) if score.claimed is not None else "not shown",
                f"{w.level(score.low)} to {w.level(score.high)}"
                if score.low is not None and score.high is not None
                else "none",
                f"{w.level(band[0])} to {w.level(band[1])}" if band else "none",
                f"{score.answered} of {score.applicable}",
            )
        )
    return Table(
        "Dimensions, 0 to 4",
        ("Dimension", "Supported", "Claimed", "Whatever the unknowns are", "Plausible range", "Answered"),
        tuple(rows),
        (False, True, True, True, True, True),
    )

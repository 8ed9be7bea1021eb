"""The radar: the dimensions as axes, what is supported and claimed against the target."""

from fractions import Fraction

from app.domain.report import wording as w
from app.domain.report.figures import RadarChart
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading

_AXES_MIN = 3


def radar(reading: Reading) -> Figure | None:
    """The dimensions as axes; None in a pulse, with fewer than three axes or with nothing to show."""
    dimensions = reading.questionnaire.dimensions
    if reading.is_pulse or not reading.published or len(dimensions) < _AXES_MIN:
        return None
    targets = {d.id: _target(reading, d.id) for d in dimensions}
    said = _radar_finding(reading, targets)
    claimed = {key: reading.dimension_score(key).claimed for key in reading.published}
    rows = []
    for d in dimensions:
        claim = claimed.get(d.id)
        value = w.level(reading.published[d.id]) if d.id in reading.published else "not shown"
        rows.append((d.name, value, w.level(claim) if claim is not None else "not shown", w.level(targets[d.id])))
    told = "; ".join(
        f"{reading.within(d.id)} {row[1]}, target {row[3]}" for d, row in zip(dimensions, rows, strict=True)
    )
    return Figure(
        id="radar",
        finding=said,
        sub="Each dimension from 0 in the middle to 4 at the edge.",
        alt=f"{said}. {w.capital(told)}.",
        chart=RadarChart(
            names=tuple(d.name for d in dimensions),
            supported=tuple(_float(reading.published.get(d.id)) for d in dimensions),
            claimed=tuple(_float(claimed.get(d.id)) for d in dimensions),
            target=tuple(float(targets[d.id]) for d in dimensions),
        ),
        key=_radar_key(claimed, reading.published),
        numbers=Table(
            "Dimensions and targets",
            ("Dimension", "Supported", "Claimed", "Target"),
            tuple(rows),
            (False, True, True, True),
        ),
        why=reading.why("dimensions.*"),
    )


def _radar_key(claimed: dict[str, Fraction | None], shown: dict[str, Fraction]) -> tuple[KeyEntry, ...]:
    above = any(value is not None and value > shown[key] for key, value in claimed.items())
    key = [
        KeyEntry("supported", "supported"),
        KeyEntry("claimed", "claimed, nothing shown for it"),
        KeyEntry("target", "target"),
    ]
    return tuple(entry for entry in key if above or entry.mark != "claimed")


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _target(reading: Reading, dimension: str) -> Fraction:
    levels = [
        reading.target(q.id)
        for q in reading.questionnaire.core_of(dimension)
        if (s := reading.card.questions.get(q.id)) is None or s.applies
    ]
    return Fraction(sum(levels), len(levels)) if levels else Fraction(reading.roadmap.target)


def _radar_finding(reading: Reading, targets: dict[str, Fraction]) -> str:
    short = {key: targets[key] - value for key, value in reading.published.items()}
    there = [key for key, gap in short.items() if gap <= 0]
    total = len(reading.questionnaire.dimensions)
    if len(there) == total:
        return "Every dimension has reached its target"
    if there:
        names = w.capital(w.listed(reading.within(key) for key in there))
        return f"{names} {w.agree(len(there), 'has', 'have')} reached the target"
    least = min(short.values())
    near = w.listed(reading.within(key) for key, gap in short.items() if gap == least)
    lead = "No dimension has" if len(short) == total else "No dimension that can be shown has"
    if w.level(least) == w.level(max(short.values())):
        return (
            f"{lead} reached its target yet; {w.level(least)} of a level is missing in each"
            if least < 1
            else f"{lead} reached its target yet"
        )
    verb = w.agree(sum(gap == least for gap in short.values()), "is", "are")
    return f"{lead} reached its target yet; {near} {verb} closest"

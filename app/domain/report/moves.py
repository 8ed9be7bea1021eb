"""What moved since the previous assessment, by dimension and by capability: findings and dumbbells."""

from fractions import Fraction

from app.domain.report import wording as w
from app.domain.report.figures import DumbbellChart, DumbbellRow
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.sheet import DimensionChange, LevelMove

_KEY = (
    KeyEntry("before", "before"),
    KeyEntry("after", "now"),
    KeyEntry("noise", "within the noise, or not to be told from it"),
)


def first_time(reading: Reading) -> str:
    """What stands where the change would: no previous assessment, or nothing that can be compared."""
    if reading.sheet.no_live_model:
        return "Change is told from the second assessment on."
    change = reading.sheet.change
    if change is None:
        return "This is the first assessment of this team. From the next one on, what really changed stands here."
    return f"Too few questions were answered both now and in {change.previous} to say what changed."


def comparable(reading: Reading) -> dict[str, DimensionChange]:
    """The dimensions with a like-for-like change worth a headline, in the order of the pack."""
    change = reading.sheet.change
    if change is None:
        return {}
    found = ((d.id, change.dimensions.get(d.id)) for d in reading.questionnaire.dimensions)
    return {key: part for key, part in found if part and part.comparable and part.like_for_like is not None}


def finding(reading: Reading) -> str:
    """The sentence over the change of the dimensions."""
    parts = comparable(reading)
    if not parts:
        return "Nothing can be compared with the previous quarter"
    shift = {key: part.like_for_like or Fraction(0) for key, part in parts.items()}
    rose = [key for key, part in parts.items() if part.real and shift[key] > 0]
    fell = [key for key, part in parts.items() if part.real and shift[key] < 0]
    if rose or fell:
        return f"{_moved(reading, rose, fell)}{_rest(parts, len(rose) + len(fell))}"
    if not any(shift.values()):
        return "On the same questions nothing moved"
    if all(part.real is not None for part in parts.values()):
        return "No dimension moved beyond the noise"
    most = max(shift.values(), key=abs)
    names = w.listed(reading.within(key) for key, value in shift.items() if value == most)
    verb = "rose" if most > 0 else "fell"
    return f"On the same questions {names} {verb} most, by {w.level(abs(most))}; what is noise cannot be told"


def _moved(reading: Reading, rose: list[str], fell: list[str]) -> str:
    parts = [
        f"{w.listed(reading.within(key) for key in keys)} {verb}"
        for keys, verb in ((rose, "rose"), (fell, "fell"))
        if keys
    ]
    return w.capital(w.listed(parts))


def _rest(parts: dict[str, DimensionChange], moved: int) -> str:
    others = [part for part in parts.values() if not part.real]
    if not others:
        return ""
    if all(part.real is False for part in others):
        return "; the rest is within the noise" if moved else ""
    return "; of the rest it cannot be told"


def dimensions_figure(reading: Reading, *, compact: bool) -> Figure | None:
    """Before and after by dimension on the same questions; None without anything comparable."""
    parts = comparable(reading)
    change = reading.sheet.change
    if not parts or change is None:
        return None
    ordered = sorted(parts.items(), key=lambda item: -abs(item[1].like_for_like or Fraction(0)))
    rows = tuple(
        DumbbellRow(
            name=reading.dimension(key),
            before=float(part.before),
            after=float(part.after),
            label=w.signed(part.like_for_like or 0),
            emphasis=bool(part.real),
        )
        for key, part in ordered
        if part.before is not None and part.after is not None
    )
    said = finding(reading)
    told = "; ".join(f"{reading.within(key)} {w.signed(part.like_for_like or 0)}" for key, part in ordered)
    return Figure(
        id="change-dimensions",
        finding=said,
        sub=(
            f"Since {change.previous}, same questions only{' (those that the pulse asks)' if reading.is_pulse else ''}."
        ),
        alt=f"{said}. Change since {change.previous} on the same questions: {told}.",
        chart=DumbbellChart(rows, compact=compact),
        key=_KEY,
        numbers=summary(reading),
        why=reading.why("change.*"),
    )


def summary(reading: Reading) -> Table:
    """The change of every dimension in its parts."""
    change = reading.sheet.change
    rows = []
    for dimension in reading.questionnaire.dimensions:
        part = change.dimensions.get(dimension.id) if change else None
        if part is None:
            continue
        real = {True: "real", False: "within the noise", None: "cannot be told"}[part.real]
        rows.append(
            (
                dimension.name,
                _or(part.official, "not published"),
                _or(part.like_for_like, "none"),
                _or(part.from_questions, "none"),
                _or(part.from_answers, "none"),
                f"{w.figures(part.common, 'question')}{'' if part.comparable else ', too few to compare'}",
                real if part.comparable and part.like_for_like is not None else "not comparable",
            )
        )
    return Table(
        "Change by dimension, in levels",
        ("Dimension", "Published", "Same questions", "Questions changed", "Answered once only", "In common", "Reading"),
        tuple(rows),
        (False, True, True, True, True, False, False),
    )


def _or(value: Fraction | None, missing: str) -> str:
    return missing if value is None else w.signed(value)


def capabilities_figure(reading: Reading) -> Figure | None:
    """Before and after of each capability that moved; None when none did."""
    change = reading.sheet.change
    moved = _moved_questions(reading)
    if not moved or change is None:
        return None
    said = _capabilities_finding(moved, len(change.moves) - len(moved))
    real = {key for key, part in change.dimensions.items() if part.real}
    dimension = {q.id: q.dimension for q in reading.questionnaire.questions}
    names = [reading.capability(m.question) for m in moved]
    by = [w.signed(m.after - m.before, 0) for m in moved]
    told = "; ".join(f"{name} from {m.before} to {m.after}" for name, m in zip(names, moved, strict=True))
    rows = tuple(
        DumbbellRow(name, float(m.before), float(m.after), label, dimension.get(m.question) in real)
        for name, label, m in zip(names, by, moved, strict=True)
    )
    cells = tuple((name, str(m.before), str(m.after), label) for name, label, m in zip(names, by, moved, strict=True))
    return Figure(
        id="change-capabilities",
        finding=said,
        sub=f"Level in {change.previous} and now, same questions. Drawn strong: the change of its dimension is real.",
        alt=f"{said}. {told}.",
        chart=DumbbellChart(rows, compact=False),
        key=_KEY,
        numbers=Table(
            "Capabilities that moved", ("Capability", "Before", "Now", "Change"), cells, (False, True, True, True)
        ),
        why=(),
    )


def _moved_questions(reading: Reading) -> list[LevelMove]:
    """The largest moves first, rises before falls, then the order of the pack."""
    change = reading.sheet.change
    order = {q.id: n for n, q in enumerate(reading.questionnaire.questions)}
    moved = [m for m in (change.moves if change else ()) if m.before != m.after]
    return sorted(moved, key=lambda m: (-abs(m.after - m.before), m.after < m.before, order.get(m.question, 0)))


def _capabilities_finding(moved: list[LevelMove], same: int) -> str:
    up, down = sum(m.after > m.before for m in moved), sum(m.after < m.before for m in moved)
    counts = [(count, verb) for count, verb in ((up, "rose"), (down, "fell")) if count]
    parts = [
        f"{w.number(count) if n else w.counted(count, 'capability', 'capabilities')} {verb}"
        for n, (count, verb) in enumerate(counts)
    ]
    return w.capital(w.listed(parts)) + (f"; {w.number(same)} stayed" if same else "")

"""The capability heat map and the field of the cover, which is the same value drawn without words."""

from app.domain.report import wording as w
from app.domain.report.figures import HeatCell, HeatChart, HeatColumn
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import QuestionScore

_IMPROVISED = 1


def heat(reading: Reading) -> Figure:
    """Every capability with its level, one column a dimension."""
    chart = field(reading)
    said = finding(reading)
    return Figure(
        id="capabilities",
        finding=said,
        sub=_sub(reading),
        alt=_alt(reading, said),
        chart=chart,
        key=_key(reading, chart),
        numbers=_numbers(reading),
        why=reading.why("stage.gate.*"),
        why_title="Why these gates?",
    )


def field(reading: Reading) -> HeatChart:
    """The cells by dimension, in the order of the pack."""
    open_gates = {b.of for b in reading.gates}
    columns = []
    for dimension in reading.questionnaire.dimensions:
        asked = [(q, s) for q, s in reading.scored if q.dimension == dimension.id]
        cells = tuple(_cell(q.capability, s, blocks=q.id in open_gates) for q, s in asked)
        score = reading.dimension_score(dimension.id)
        value = score.pulse if reading.is_pulse else score.supported
        columns.append(
            HeatColumn(dimension.name, "" if value is None else w.level(value), _note([s for _, s in asked]), cells)
        )
    return HeatChart(tuple(columns))


def _note(asked: list[QuestionScore]) -> str:
    if not asked:
        return "not asked"
    applicable = [s for s in asked if s.applies]
    known = sum(s.supported is not None for s in applicable)
    if len(applicable) < len(asked):
        return f"{known} of {len(applicable)} that apply"
    return f"{known} of {len(applicable)} answered"


def _cell(name: str, score: QuestionScore, *, blocks: bool) -> HeatCell:
    above = score.claimed is not None and score.supported is not None and score.claimed > score.supported
    return HeatCell(
        name=name,
        state=score.facts.status if score.supported is not None or score.facts.status == "na" else "unknown",
        supported=score.supported,
        claimed=score.claimed if above else None,
        blocks=blocks,
        contested=score.facts.contested,
    )


def finding(reading: Reading) -> str:  # noqa: PLR0911 -- each return is one finding
    """How many answered capabilities are improvised or missing."""
    if reading.sheet.no_live_model:
        return "The field is empty until a model is live"
    levels = list(reading.levels.values())
    if not levels:
        return "No capability has a level yet"
    low, total = sum(level <= _IMPROVISED for level in levels), len(levels)
    if total == 1:
        return f"The one answered capability is {'improvised or missing' if low else 'defined or better'}"
    if not any(levels):
        return f"All {w.number(total)} answered capabilities are missing"
    if low == total:
        return f"All {w.number(total)} answered capabilities are improvised or missing"
    if low:
        return f"{w.capital(w.of(low, total))} answered capabilities {w.agree(low, 'is', 'are')} improvised or missing"
    names = {2: "defined or better", 3: "managed or better", 4: "proven"}
    return f"All {w.number(total)} answered capabilities are {names[min(levels)]}"


def _sub(reading: Reading) -> str:
    asked = w.figures(len(reading.scored), "capability", "capabilities")
    if not reading.scored:
        return "Supported level of each capability, 0 to 4."
    return f"Supported level of {'each of the ' if len(reading.scored) > 1 else ''}{asked}, 0 to 4."


def _alt(reading: Reading, said: str) -> str:
    parts = []
    for dimension in reading.questionnaire.dimensions:
        cells = [f"{q.capability} {_state(s)}" for q, s in reading.scored if q.dimension == dimension.id]
        if cells:
            parts.append(f"{dimension.name}: {', '.join(cells)}.")
    return " ".join((f"{said}.", *parts))


def _state(score: QuestionScore) -> str:
    if score.supported is not None:
        return str(score.supported)
    return "does not apply" if score.facts.status == "na" else "not known"


def _key(reading: Reading, chart: HeatChart) -> tuple[KeyEntry, ...]:
    names = reading.questionnaire.level_names
    key = [
        KeyEntry("level-0", f"0 {names[0]}"),
        KeyEntry("level-1", f"1 {names[1]}"),
        KeyEntry("level-2", f"2 {names[2]}"),
        KeyEntry("level-3", f"3 {names[3]}"),
        KeyEntry("level-4", f"4 {names[4]}"),
    ]
    cells = [cell for column in chart.columns for cell in column.cells]
    stage = reading.stage
    if any(c.blocks for c in cells) and stage:
        key.append(KeyEntry("gate", f"gate that blocks stage {stage.next}"))
    if any(c.claimed is not None for c in cells):
        key.append(KeyEntry("claimed", "claimed, nothing shown for it"))
    if any(c.contested for c in cells):
        key.append(KeyEntry("contested", "contested"))
    if any(c.state == "unknown" for c in cells):
        key.append(KeyEntry("unknown", "not known"))
    if any(c.state == "na" for c in cells):
        key.append(KeyEntry("na", "does not apply"))
    return tuple(key)


def _numbers(reading: Reading) -> Table:
    rows = tuple(
        (
            q.capability,
            reading.dimension(q.dimension),
            _state(s),
            str(s.claimed) if s.claimed is not None else _state(s),
            f"E{int(s.facts.evidence.grade)}" if s.supported is not None else "none",
        )
        for q, s in reading.scored
    )
    header = ("Capability", "Dimension", "Supported", "Claimed", "Evidence")
    return Table("Levels of the capabilities", header, rows, (False, False, True, True, False))


def alt_without_words(reading: Reading) -> str:
    """The text alternative of the cover's field."""
    known, total = len(reading.levels), len(reading.scored)
    if not known:
        return "A field for the answers of this assessment, still empty."
    names = w.listed(reading.within(d.id) for d in reading.questionnaire.dimensions)
    columns = w.counted(len(reading.questionnaire.dimensions), "column")
    return (
        f"The answers of this assessment as a field of colour, {w.of(known, total)} with a level: "
        f"{columns} for {names}, "
        "darker where practice is further along."
    )

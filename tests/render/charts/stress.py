"""Figures at their limits: long names, other scripts, nothing known, too many of everything."""

from app.domain.report.figures import (
    Bar,
    BarsChart,
    Chart,
    CoverField,
    DumbbellChart,
    DumbbellRow,
    FamilyMark,
    GanttChart,
    GanttColumn,
    GanttRow,
    HeatCell,
    HeatChart,
    HeatColumn,
    LadderChart,
    LadderStep,
    MythPlane,
    MythPoint,
    PlaneWords,
    RadarChart,
    SayDo,
    Strip,
    StripChart,
    TrendChart,
    TrendLine,
    TrendPoint,
)

LONG = "Betriebsverantwortlichkeitsmatrix und <Überwachung> & mehr " * 4
UNBROKEN = "W" * 200
ARABIC = "مراقبة النماذج في الإنتاج وإدارة المخاطر"
CHINESE = "模型监控与治理能力评估的完整名称需要换行显示才能放得下"
EMOJI = "Team \U0001f680\U0001f469\u200d\U0001f52c rocket"
CONTROL = "bell \x07 null \x00 \ud800 \ufffe tab\tline\nend $x_1^2$ %"
NAMES = (LONG, UNBROKEN, ARABIC, CHINESE, EMOJI, CONTROL)


def name(number: int) -> str:
    """Return one of the awkward names."""
    return NAMES[number % len(NAMES)]


def heat(columns: int, cells: int) -> HeatChart:
    """Return a map of this size; every state and mark occurs."""
    return HeatChart(
        tuple(
            HeatColumn(name(column), "1.3", name(column + 1), tuple(_cell(column + row) for row in range(cells)))
            for column in range(columns)
        )
    )


def _cell(number: int) -> HeatCell:
    if number % 7 == 5:
        return HeatCell(name(number), "na", None, None, blocks=False, contested=False)
    if number % 7 == 6:
        return HeatCell(name(number), "unknown", None, None, blocks=True, contested=False)
    level = number % 5
    claimed = level + 1 if number % 2 and level < 4 else None
    return HeatCell(name(number), "level", level, claimed, blocks=number % 3 == 0, contested=number % 4 == 0)


def gantt(quarters: int, rows: int) -> GanttChart:
    """Return a plan with this many quarters and rows in each."""
    columns = (
        GanttColumn(
            f"20{27 + quarter // 4}-Q{quarter % 4 + 1}",
            "60 of 60 days",
            "stage 1 to 2",
            "Stage 2 reached" if quarter % 2 == 0 else "",
            tuple(GanttRow(name(row), row, 1, gate=row % 2 == 0, show=row % 5 == 0) for row in range(rows)),
        )
        for quarter in range(quarters)
    )
    return GanttChart(60, tuple(columns))


def trend(lines: int, quarters: int) -> TrendChart:
    """Return lines with gaps and breaks."""
    return TrendChart(
        tuple(f"20{20 + quarter // 4}-Q{quarter % 4 + 1}" for quarter in range(quarters)),
        tuple(
            TrendLine(
                name(line),
                tuple(
                    TrendPoint(None if (line + at) % 5 == 0 else (at + line) % 9 / 2, break_before=at % 6 == 3)
                    for at in range(quarters)
                ),
                tuple(None if at < 3 else (at + line) % 9 / 2 for at in range(quarters)),
            )
            for line in range(lines)
        ),
    )


def _bar(number: int) -> Bar:
    return Bar(name(number), "4.0", 4.0, 4.0, 3.9, 4.0, (3.5, 4.0), name(number))


def _strip(number: int) -> Strip:
    families = tuple(FamilyMark(family, family, 2.0) for family in ("builders", "runners", "deciders", "others"))
    counts = (1000, 3, 1, 0, 400)
    return Strip(name(number), counts, 120, 1000, 2.0, families, number % 5, contested=number % 2 == 0, note=LONG)


_QUIET = Strip(LONG, (0, 0, 0, 0, 0), 0, 0, None, (), None, contested=True)
_POINTS = tuple(
    MythPoint(name(number), number * 6.5, None if number % 2 else 50.0, "behaviour-only", in_focus=number % 3 == 0)
    for number in range(16)
)

STRESS: dict[str, Chart] = {
    "bars-long": BarsChart(tuple(_bar(at) for at in range(6)), 4.0, LONG, 4.0, LONG),
    "bars-nothing": BarsChart(
        (Bar("Monitoring", "\u2013", None, None, None, None, None, LONG),), None, "", 0.0, "target 0"
    ),
    "bars-none": BarsChart((), None, "", None, ""),
    "bars-crossed": BarsChart(tuple(_bar(at) for at in range(2)), 3.1, "needed: 3.1", 3.0, "target 3"),
    "radar-long": RadarChart(NAMES, (1.0, None, 2.0, 3.0, None, 4.0), (None,) * 6, (3.0,) * 6),
    "radar-nothing": RadarChart(("a", "b", "c", "d"), (None,) * 4, (None,) * 4, (3.0,) * 4),
    "radar-twelve": RadarChart(
        tuple(name(at) for at in range(12)), tuple(at / 3 for at in range(12)), (4.0,) * 12, (3.0,) * 12
    ),
    "radar-one": RadarChart(("a",), (2.0,), (3.0,), (3.0,)),
    "radar-two": RadarChart((LONG, UNBROKEN), (2.0, 1.0), (3.0, 1.0), (3.0, 3.0)),
    "radar-none": RadarChart((), (), (), ()),
    "heat-one": heat(1, 3),
    "heat-five": heat(5, 10),
    "heat-twelve": heat(12, 4),
    "heat-sixty": heat(4, 60),
    "heat-twenty": heat(3, 20),
    "heat-none": HeatChart(()),
    "heat-empty": heat(2, 0),
    "plane-aside": MythPlane(_POINTS, 50.0, 37.5, 62.5),
    "plane-none": MythPlane((), 50.0, 37.5, 62.5),
    "plane-unnamed": MythPlane(_POINTS, 50.0, 37.5, 62.5, PlaneWords(LONG, LONG, LONG, cells=())),
    "plane-edge": MythPlane(
        (
            MythPoint(LONG, 0.0, 0.0, "believed", in_focus=True),
            MythPoint("x", 100.0, 100.0, "debunked", in_focus=False),
        ),
        95.0,
        1.0,
        2.0,
    ),
    "say-do-nothing": SayDo(None, None),
    "say-do-edge": SayDo(0.0, 100.0),
    "say-do-long": SayDo(100.0, 0.0, (LONG, LONG), ("short", LONG), LONG),
    "strips-many": StripChart(tuple(_strip(at) for at in range(12))),
    "strips-nothing": StripChart((_QUIET,)),
    "strips-none": StripChart(()),
    "gantt-empty": gantt(4, 0),
    "gantt-sixty": gantt(4, 60),
    "gantt-one": gantt(1, 3),
    "gantt-eight": gantt(8, 6),
    "gantt-none": GanttChart(0, ()),
    "trend-one": trend(4, 1),
    "trend-sixteen": trend(4, 16),
    "trend-twelve": trend(12, 6),
    "trend-none": TrendChart((), ()),
    "trend-single": trend(1, 5),
    "dumbbell-long": DumbbellChart(
        tuple(
            DumbbellRow(name(at), 4.0, at / 10, LONG if at % 2 else "+0.1", emphasis=at % 3 == 0) for at in range(40)
        ),
        compact=False,
    ),
    "dumbbell-compact-long": DumbbellChart(
        tuple(DumbbellRow(name(at), at * 0.8, 4.0, "+4.0", emphasis=at % 2 == 0) for at in range(6)), compact=True
    ),
    "dumbbell-none": DumbbellChart((), compact=False),
    "ladder-long": LadderChart(tuple(LadderStep(name(at), "later") for at in range(6))),
    "ladder-top": LadderChart(tuple(LadderStep(str(at), "current" if at == 0 else "reached") for at in range(5))),
    "ladder-none": LadderChart(()),
    "cover-twelve": CoverField(heat(12, 60)),
    "cover-none": CoverField(HeatChart(())),
}

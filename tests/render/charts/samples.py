"""The example organization's figures, as the report composes them; the numbers of measurement.md."""

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
    RadarChart,
    SayDo,
    Strip,
    StripChart,
    TrendChart,
    TrendLine,
    TrendPoint,
)
from app.domain.sheet import Cell

BARS = BarsChart(
    bars=(
        Bar("Monitoring", "1.3", 4 / 3, None, 1.2, 1.6, None, "1.2 to 1.6: one not known"),
        Bar("Governance", "0.9", 8 / 9, None, 8 / 9, 8 / 9, None, ""),
        Bar("Automation", "2.0", 2.0, None, 2.0, 2.0, None, ""),
        Bar("Collaboration", "1.2", 1.2, None, 1.2, 1.2, None, ""),
    ),
    floor=1.75,
    floor_label="needed for stage 2: 1.75",
    target=3.0,
    target_label="target 3",
)
CLAIMED = BarsChart(
    bars=(
        Bar("Monitoring", "1.3", 4 / 3, 1.8, 1.2, 2.3, (1.1, 1.7), "1.2 to 2.3: three not known"),
        Bar("Governance", "0.9", 8 / 9, 2.5, 8 / 9, 8 / 9, (0.6, 1.4), ""),
        Bar("Automation", "\u2013", None, None, None, None, None, "not published: 4 of 10 answered"),
        Bar("Collaboration", "3.8", 3.8, 4.0, 3.8, 4.0, (3.5, 4.0), "3.8 to 4.0: one not known"),
    ),
    floor=2.75,
    floor_label="needed for stage 3: 2.75",
    target=3.0,
    target_label="target 3",
)
RADAR = RadarChart(
    names=("Monitoring", "Governance", "Automation", "Collaboration"),
    supported=(4 / 3, 8 / 9, 2.0, 1.2),
    claimed=(1.8, 8 / 9, 2.4, 1.5),
    target=(3.0, 3.0, 3.0, 3.0),
)


def _column(name: str, label: str, note: str, cells: tuple[tuple[str, str], ...]) -> HeatColumn:
    return HeatColumn(name, label, note, tuple(_cell(*cell) for cell in cells))


def _cell(name: str, state: str) -> HeatCell:
    """``state``: a level, ``na`` or ``?``; a trailing ``!`` blocks, ``~`` is contested, ``+n`` is claimed."""
    blocks, contested = "!" in state, "~" in state
    plain = state.strip("!~").split("+")
    if plain[0] in {"na", "?"}:
        return HeatCell(name, "na" if plain[0] == "na" else "unknown", None, None, blocks=False, contested=False)
    claimed = int(plain[1]) if len(plain) > 1 else None
    return HeatCell(name, "level", int(plain[0]), claimed, blocks=blocks, contested=contested)


HEAT = HeatChart(
    columns=(
        _column(
            "Monitoring",
            "1.3",
            "9 of 10 answered",
            (
                ("Service-level observability of model serving", "3"),
                ("Prediction logging", "2"),
                ("Input data validation in live use", "1"),
                ("Drift detection", "1"),
                ("Accuracy tracking in live use", "1!"),
                ("Group-level performance tracking", "0"),
                ("Handling of model alerts", "2"),
                ("Outcome and value tracking", "1"),
                ("Feedback from users of model outputs", "1"),
                ("Cost tracking per model", "?"),
            ),
        ),
        _column(
            "Governance",
            "0.9",
            "9 of 9 that apply",
            (
                ("Model inventory", "1!"),
                ("Risk classification of model uses", "0"),
                ("Model documentation", "1"),
                ("Release approval", "1!"),
                ("Traceability of predictions", "1"),
                ("Permission to use data", "2"),
                ("Impact assessment before release", "na"),
                ("Human oversight and override", "1"),
                ("Protection of ML assets", "1"),
                ("Periodic review and retirement", "0"),
            ),
        ),
        _column(
            "Automation",
            "2.0",
            "10 of 10 answered",
            (
                ("Version control of ML ingredients", "2"),
                ("Experiment tracking", "2"),
                ("Data preparation pipeline", "3"),
                ("Training pipeline", "2"),
                ("Training and live input consistency", "2"),
                ("Automated tests on change", "2"),
                ("Candidate model validation", "2"),
                ("Deployment and limited exposure", "2"),
                ("Rollback and fallback", "2"),
                ("Retraining trigger", "1"),
            ),
        ),
        _column(
            "Collaboration",
            "1.2",
            "10 of 10 answered",
            (
                ("Ownership of live models", "2"),
                ("Cross-role involvement", "1"),
                ("Path from experiment to live use", "2"),
                ("Shared response duty", "1"),
                ("Agreed success and stop criteria", "1!"),
                ("Skills across roles", "1"),
                ("Ready-made project path", "2"),
                ("Joint learning from failures", "1"),
                ("Improvement of the way of working", "1"),
                ("Working time for operation", "0"),
            ),
        ),
    )
)
#: What the example lacks: claimed above supported, contested, level 4.
HEAT_MARKS = HeatChart(
    columns=(
        _column(
            "Monitoring",
            "2.1",
            "5 of 5 answered",
            (
                ("Service-level observability of model serving", "3+4"),
                ("Prediction logging", "2~"),
                ("Input data validation in live use", "0+2!"),
                ("Drift detection", "3~!"),
                ("Accuracy tracking", "4"),
                ("Group-level performance tracking", "1+3~"),
            ),
        ),
    )
)
_SAID: Cell = "said-not-done"
MYTHS = MythPlane(
    points=(
        MythPoint("same as DevOps", 43.75, 59.38, "in-transition", in_focus=False),
        MythPoint("uptime is health", 25.0, 78.12, _SAID, in_focus=False),
        MythPoint("done at launch", 25.0, 81.25, _SAID, in_focus=True),
        MythPoint("same as model building", 52.27, 56.25, "in-transition", in_focus=False),
        MythPoint("a fix is a code change", 41.67, 56.25, "in-transition", in_focus=False),
        MythPoint("governance is optional", 25.0, 84.38, _SAID, in_focus=True),
        MythPoint("automation is everything", 29.54, 34.38, "believed", in_focus=True),
        MythPoint("guarantees success", 22.73, 81.25, _SAID, in_focus=True),
        MythPoint("data scientists only", 30.0, 34.38, "believed", in_focus=True),
        MythPoint("silos work", 36.36, 75.0, _SAID, in_focus=False),
        MythPoint("needs a separate team", 28.57, 68.75, _SAID, in_focus=False),
        MythPoint("only at scale", 35.71, 75.0, _SAID, in_focus=False),
        MythPoint("too expensive", 16.67, 31.25, "believed", in_focus=True),
        MythPoint("it is easy", 36.36, 78.12, _SAID, in_focus=False),
        MythPoint("too risky to run", 34.09, 68.75, _SAID, in_focus=False),
    ),
    say_split=50.0,
    do_low=37.5,
    do_high=62.5,
)
SAY_DO = SayDo(say=78.12, do=25.0)
STRIPS = StripChart(
    strips=(
        Strip(
            "Release approval",
            (1, 3, 1, 3, 0),
            0,
            0,
            1.5,
            (FamilyMark("builders", "builders", 3.0), FamilyMark("others", "runners and deciders", 1.0)),
            1,
            contested=True,
            note="contested in the first vote",
        ),
        Strip(
            "Shared response duty",
            (2, 4, 2, 0, 0),
            0,
            0,
            1.0,
            (FamilyMark("builders", "builders", 1.5), FamilyMark("others", "runners and deciders", 0.5)),
            1,
            contested=False,
            note="agreed after talk",
        ),
        Strip(
            "Rollback and fallback",
            (0, 2, 5, 1, 0),
            0,
            0,
            2.0,
            (FamilyMark("builders", "builders", 2.0), FamilyMark("others", "runners and deciders", 2.0)),
            None,
            contested=False,
            note="agreed beforehand",
        ),
    )
)


def _rows(steps: tuple[tuple[str, int, str], ...]) -> tuple[GanttRow, ...]:
    rows: list[GanttRow] = []
    start = 0
    for label, days, kind in steps:
        rows.append(GanttRow(label, start, days, gate=kind == "gate", show=kind == "show"))
        start += days
    return tuple(rows)


GANTT = GanttChart(
    capacity=38,
    columns=(
        GanttColumn(
            "2026-Q4",
            "30 of 38 days",
            "stage 1",
            "",
            _rows(
                (
                    ("Record the approval", 2, "gate"),
                    ("Agree it with the business", 3, "gate"),
                    ("Make the list shared and complete", 3, "gate"),
                    ("Recalculate on a calendar", 6, "gate"),
                    ("Admit the cost", 1, ""),
                    ("Ask when trouble comes", 1, ""),
                    ("Estimate once", 1, ""),
                    ("Estimate upkeep", 2, ""),
                    ("Plan a weekly duty", 2, ""),
                    ("Set a regular review", 2, ""),
                    ("Set review dates", 3, ""),
                    ("Add deputies from another role", 4, ""),
                )
            ),
        ),
        GanttColumn(
            "2027-Q1",
            "38 of 38 days",
            "stage 1 to 2",
            "Stage 2 reached",
            _rows(
                (
                    ("Talk about harm once", 2, ""),
                    ("Describe how to set an output aside", 4, ""),
                    ("Check the list against reality", 4, ""),
                    ("Write the criteria, release approval", 4, ""),
                    ("Review outcomes with the business", 4, ""),
                    ("Tag and report", 4, ""),
                    ("Reserve a share", 3, ""),
                    ("Answer every message", 3, ""),
                    ("Choose groups that matter", 3, ""),
                    ("Compare on a calendar", 5, ""),
                    ("Write it down", 2, ""),
                )
            ),
        ),
        GanttColumn(
            "2027-Q2",
            "38 of 38 days",
            "stage 2",
            "",
            _rows(
                (
                    ("Record the version", 4, "gate"),
                    ("Write the criteria, risk classification of model uses", 4, "gate"),
                    ("Limit access by role", 5, "gate"),
                    ("Adopt one prediction record", 8, "gate"),
                    ("Set limits and alert", 8, "gate"),
                    ("Hold a pre-release review", 2, ""),
                    ("Add a stop level", 3, "show"),
                    ("Include upkeep time", 4, ""),
                )
            ),
        ),
        GanttColumn(
            "2027-Q3",
            "37 of 38 days",
            "stage 2",
            "",
            _rows(
                (
                    ("Tie controls to classes", 5, "gate"),
                    ("Cover every model within an hour", 8, "gate"),
                    ("Write response guides", 8, "gate"),
                    ("Tie data and settings to the model", 10, "gate"),
                    ("Complete the chain", 6, "gate"),
                )
            ),
        ),
    ),
)


def _trend(name: str, values: tuple[float | None, ...], same: tuple[float | None, ...], broken: int) -> TrendLine:
    points = tuple(TrendPoint(value, break_before=place == broken) for place, value in enumerate(values))
    return TrendLine(name, points, same)


TREND = TrendChart(
    quarters=("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"),
    lines=(
        _trend("Monitoring", (0.8, 1.0, 1.5, 1.2, 4 / 3), (0.7, 0.9, 1.2, 1.2, 4 / 3), 2),
        _trend("Governance", (0.5, None, 0.7, 0.8, 8 / 9), (0.5, None, 0.7, 0.8, 8 / 9), 9),
        _trend("Automation", (1.2, 1.4, 1.8, 1.6, 2.0), (1.0, 1.2, 1.5, 1.6, 2.0), 2),
        _trend("Collaboration", (None, None, 1.0, 1.1, 1.2), (None, None, 1.0, 1.1, 1.2), 9),
    ),
)
COMPACT = DumbbellChart(
    rows=(
        DumbbellRow("Automation", 1.6, 2.0, "+0.4", emphasis=True),
        DumbbellRow("Collaboration", 1.1, 1.2, "+0.1", emphasis=False),
        DumbbellRow("Governance", 0.8, 0.9, "+0.1", emphasis=False),
        DumbbellRow("Monitoring", 1.2, 1.3, "+0.1", emphasis=False),
    ),
    compact=True,
)
DUMBBELL = DumbbellChart(
    rows=tuple(
        DumbbellRow(
            cell.name,
            float(max((cell.supported or 0) - (place % 3), 0)),
            float(cell.supported or 0),
            f"{-min((cell.supported or 0), place % 3) or 0:+d}".replace("-", "+"),
            emphasis=place % 3 == 2 and (cell.supported or 0) > 0,
        )
        for place, cell in enumerate(cell for column in HEAT.columns for cell in column.cells)
    ),
    compact=False,
)
LADDER = LadderChart(
    steps=(
        LadderStep("4 Improving", "later"),
        LadderStep("3 Controlled", "later"),
        LadderStep("2 Repeatable, next", "next"),
        LadderStep("1 Visible", "current"),
        LadderStep("0 Improvised", "reached"),
    )
)
COVER = CoverField(HEAT)

SAMPLES: dict[str, Chart] = {
    "bars": BARS,
    "bars-claimed": CLAIMED,
    "radar": RADAR,
    "heat": HEAT,
    "heat-marks": HEAT_MARKS,
    "plane": MYTHS,
    "say-do": SAY_DO,
    "strips": STRIPS,
    "gantt": GANTT,
    "trend": TREND,
    "dumbbell-compact": COMPACT,
    "dumbbell": DUMBBELL,
    "ladder": LADDER,
    "cover": COVER,
}

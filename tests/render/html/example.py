"""The words and numbers of the example organization, from which the samples are set by hand."""

# fmt: off
# ruff: noqa: E501  (content set by hand: one row, one line)
from typing import Literal

from app.domain.report.figures import (
    Bar,
    BarsChart,
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
    Strip,
    StripChart,
    TrendChart,
    TrendLine,
    TrendPoint,
)

#: Dimension: (figure, note, capabilities with their level; "?" not known, "n/a" does not apply).
DIMENSIONS: dict[str, tuple[str, str, tuple[tuple[str, str, str], ...]]] = {
    "Monitoring": ("1.3", "9 of 10 answered", (
        ("mon-service-health", "Service-level observability of model serving", "3"),
        ("mon-prediction-logging", "Prediction logging", "2"), ("mon-data-quality", "Input data validation in live use", "1"),
        ("mon-drift", "Drift detection", "1"), ("mon-model-quality", "Accuracy tracking in live use", "1"),
        ("mon-slices", "Group-level performance tracking", "0"), ("mon-alert-response", "Handling of model alerts", "2"),
        ("mon-business-outcome", "Outcome and value tracking", "1"),
        ("mon-feedback", "Feedback from users of model outputs", "1"), ("mon-cost", "Cost tracking per model", "?"))),
    "Governance": ("0.9", "9 of 9 that apply", (
        ("gov-inventory", "Model inventory", "1"), ("gov-risk-tiering", "Risk classification of model uses", "0"),
        ("gov-documentation", "Model documentation", "1"), ("gov-release-approval", "Release approval", "1"),
        ("gov-lineage", "Traceability of predictions", "1"), ("gov-data-rights", "Permission to use data", "2"),
        ("gov-fairness", "Impact assessment before release", "n/a"),
        ("gov-human-oversight", "Human oversight and override", "1"), ("gov-security", "Protection of ML assets", "1"),
        ("gov-periodic-review", "Periodic review and retirement", "0"))),
    "Automation": ("2.0", "10 of 10 answered", (
        ("aut-versioning", "Version control of ML ingredients", "2"), ("aut-experiment-tracking", "Experiment tracking", "2"),
        ("aut-data-pipeline", "Data preparation pipeline", "3"), ("aut-training-pipeline", "Training pipeline", "2"),
        ("aut-feature-consistency", "Training and live input consistency", "2"),
        ("aut-testing", "Automated tests on change", "2"), ("aut-validation-gate", "Candidate model validation", "2"),
        ("aut-rollout", "Deployment and limited exposure", "2"), ("aut-rollback", "Rollback and fallback", "2"),
        ("aut-retraining", "Retraining trigger", "1"))),
    "Collaboration": ("1.2", "10 of 10 answered", (
        ("col-ownership", "Ownership of live models", "2"), ("col-early-involvement", "Cross-role involvement", "1"),
        ("col-handoff", "Path from experiment to live use", "2"), ("col-oncall", "Shared response duty", "1"),
        ("col-success-criteria", "Agreed success and stop criteria", "1"), ("col-skills", "Skills across roles", "1"),
        ("col-self-service", "Ready-made project path", "2"), ("col-incident-review", "Joint learning from failures", "1"),
        ("col-process-improvement", "Improvement of the way of working", "1"),
        ("col-capacity", "Working time for operation", "0"))),
}
GATES = ("gov-inventory", "gov-release-approval", "mon-model-quality", "col-success-criteria")
NAMES = tuple(DIMENSIONS)
STEPS = (
    ("Record the approval", "Release approval", 2, True), ("Agree it with the business", "Agreed success and stop criteria", 3, True),
    ("Make the list shared and complete", "Model inventory", 3, True),
    ("Recalculate on a calendar", "Accuracy tracking in live use", 6, True),
    ("Admit the cost", "Working time for operation", 1, False), ("Set review dates", "Periodic review and retirement", 3, False),
)


def _cell(row: tuple[str, str, str]) -> HeatCell:
    known = row[2].isdigit()
    state: Literal["level", "unknown", "na"] = "level" if known else "unknown" if row[2] == "?" else "na"
    return HeatCell(row[1], state, int(row[2]) if known else None, None, row[0] in GATES, contested=False)


HEAT = HeatChart(
    tuple(HeatColumn(name, label, note, tuple(map(_cell, rows))) for name, (label, note, rows) in DIMENSIONS.items())
)
BARS = BarsChart(
    (
        Bar("Monitoring", "1.3", 12 / 9, 12 / 9, 1.2, 1.6, (1.2, 1.6), "1.2 to 1.6: one not known"),
        Bar("Governance", "0.9", 8 / 9, 8 / 9, 8 / 9, 8 / 9, None, ""),
        Bar("Automation", "2.0", 2.0, 2.0, 2.0, 2.0, None, ""),
        Bar("Collaboration", "1.2", 1.2, 1.2, 1.2, 1.2, None, ""),
    ),
    1.75,
    "needed for stage 2: 1.75",
    3.0,
    "target 3",
)
RADAR = RadarChart(NAMES, (12 / 9, 8 / 9, 2.0, 1.2), (12 / 9, 8 / 9, 2.0, 1.2), (3.0, 3.0, 3.0, 3.0))
LADDER = LadderChart(
    (
        LadderStep("4  Improving", "later"),
        LadderStep("3  Controlled", "later"),
        LadderStep("2  Repeatable, next", "next"),
        LadderStep("1  Visible", "current"),
        LadderStep("0  Improvised", "reached"),
    )
)
CHANGE = DumbbellChart(
    (
        DumbbellRow("Automation", 1.6, 2.0, "+0.4", emphasis=True),
        DumbbellRow("Collaboration", 1.1, 1.2, "+0.1", emphasis=False),
        DumbbellRow("Governance", 0.8, 0.9, "+0.1", emphasis=False),
        DumbbellRow("Monitoring", 1.2, 1.3, "+0.1", emphasis=False),
    ),
    compact=True,
)
CAPABILITIES = DumbbellChart(
    (
        DumbbellRow("Data preparation pipeline", 2.0, 3.0, "+1", emphasis=True),
        DumbbellRow("Rollback and fallback", 1.0, 2.0, "+1", emphasis=True),
        DumbbellRow("Drift detection", 2.0, 1.0, "\u22121", emphasis=False),
    ),
    compact=False,
)
PLANE = MythPlane(
    (
        MythPoint("uptime is health", 25.0, 78.0, "said-not-done", in_focus=False),
        MythPoint("governance is optional", 25.0, 84.0, "said-not-done", in_focus=True),
        MythPoint("same as DevOps", 43.8, 59.0, "in-transition", in_focus=False),
        MythPoint("automation is everything", 30.0, 34.0, "believed", in_focus=True),
        MythPoint("too expensive", 16.7, None, "not-enough-evidence", in_focus=True),
    ),
    50.0,
    37.5,
    62.5,
)
STRIPS = StripChart(
    (
        Strip("Release approval", (1, 3, 1, 3, 0), 0, 0, 1.5,
              (FamilyMark("builders", "builders", 3.0), FamilyMark("others", "others", 1.0)), 1, contested=True),
        Strip("Rollback and fallback", (0, 2, 5, 1, 0), 1, 0, 2.0, (), None, contested=False),
    )
)


def gantt() -> GanttChart:
    """Two quarters of the plan, the second without a step."""
    rows, start = [], 0
    for title, _, days, gate in STEPS:
        rows.append(GanttRow(title, start, days, gate, show=False))
        start += days
    return GanttChart(
        38,
        (
            GanttColumn("2026-Q4", f"{start} of 38 days", "stage 1 to 2", "Stage 2 reached", tuple(rows)),
            GanttColumn("2027-Q1", "0 of 38 days", "stage 2", "", ()),
        ),
    )


TREND = TrendChart(
    ("2026-Q1", "2026-Q2", "2026-Q3"),
    tuple(
        TrendLine(name, (TrendPoint(None, break_before=False), TrendPoint(0.8, break_before=False), TrendPoint(1.2, break_before=True)), (None, 0.9, 1.2))
        for name in NAMES
    ),
)

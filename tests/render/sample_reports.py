"""Reports built by hand: the example organization, and the extremes that a report has to survive."""

# ruff: noqa: E501, RUF001 - sentences stand as they are printed

import dataclasses
import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar, cast

from app.domain.explain import Explanation, Term
from app.domain.report import figures as f
from app.domain.report import pages as p
from app.domain.sheet import Cell
from tests.render.sample_texts import MYTHS, QUESTIONS

Value = TypeVar("Value")

DIMENSIONS = ("monitoring", "governance", "automation", "collaboration")
SUPPORTED = (1.3333, 0.8889, 2.0, 1.2)
CUTS: tuple[tuple[float, float, Cell, str], ...] = (
    (46.0, 60.0, "in-transition", "In transition"),
    (25.0, 78.1, "said-not-done", "Said, not done"),
    (25.0, 81.3, "said-not-done", "Said, not done"),
    (52.5, 56.3, "in-transition", "In transition"),
    (41.7, 56.3, "in-transition", "In transition"),
    (25.0, 84.4, "said-not-done", "Said, not done"),
    (30.0, 34.4, "believed", "Believed"),
    (22.9, 81.3, "said-not-done", "Said, not done"),
    (29.5, 34.4, "believed", "Believed"),
    (36.5, 75.0, "said-not-done", "Said, not done"),
    (28.6, 68.8, "said-not-done", "Said, not done"),
    (35.9, 75.0, "said-not-done", "Said, not done"),
    (16.7, 31.3, "believed", "Believed"),
    (36.4, 78.1, "said-not-done", "Said, not done"),
    (34.1, 68.8, "said-not-done", "Said, not done"),
)
STEPS = (
    ("Record the approval", "Release approval", 2, True),
    ("Agree it with the business", "Agreed success and stop criteria", 3, True),
    ("Make the list shared and complete", "Model inventory", 3, True),
    ("Recalculate on a calendar", "Accuracy tracking in live use", 6, True),
    ("Admit the cost", "Working time for operation", 1, False),
    ("Ask when trouble comes", "Periodic review and retirement", 1, False),
    ("Estimate once", "Cost tracking per model", 1, False),
    ("Estimate upkeep", "Working time for operation", 2, False),
    ("Plan a weekly duty", "Shared response duty", 2, False),
    ("Set a regular review", "Improvement of the way of working", 2, False),
    ("Set review dates", "Periodic review and retirement", 3, False),
    ("Add deputies from another role", "Ownership of live models", 4, False),
)
QUARTERS = ("2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3")


def explanation(key: str, title: str) -> Explanation:
    """Why 0.889: nine levels, added and divided."""
    levels = (1, 0, 1, 1, 1, 2, 1, 1, 0)
    names = [q[2] for q in QUESTIONS if q[1] == "governance"][:9]
    terms = tuple(Term(name, Fraction(level)) for name, level in zip(names, levels, strict=True))
    text = ("Impact assessment before release is left out: no live model affects what happens to a person.",)
    return Explanation(key, title, Fraction(8, 9), "(1 + 0 + 1 + 1 + 1 + 2 + 1 + 1 + 0) / 9", terms, text, "4.3")


def table(caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], text_columns: int = 1) -> p.Table:
    """A table whose first columns are texts and the others figures."""
    return p.Table(caption, header, rows, tuple(i >= text_columns for i in range(len(header))))


def heat() -> f.HeatChart:
    """The capability heat map of the example organization."""
    columns = []
    for name, value in zip(DIMENSIONS, SUPPORTED, strict=True):
        cells = tuple(
            f.HeatCell(q[2], "level", q[4], None, q[0] in {"gov-inventory", "gov-release-approval"}, contested=False)
            if q[4] is not None and q[4] >= 0
            else f.HeatCell(q[2], "unknown" if q[4] is None else "na", None, None, blocks=False, contested=False)
            for q in QUESTIONS
            if q[1] == name
        )
        columns.append(f.HeatColumn(name.capitalize(), f"{value:.1f}", "", cells))
    return f.HeatChart(tuple(columns))


def bars() -> p.Figure:
    """The four dimension bars of the sponsor's page."""
    chart = f.BarsChart(
        tuple(
            f.Bar(name.capitalize(), f"{value:.1f}", value, None, value, value + 0.3, None, "")
            if name == "monitoring"
            else f.Bar(name.capitalize(), f"{value:.1f}", value, None, value, value, None, "")
            for name, value in zip(DIMENSIONS, SUPPORTED, strict=True)
        ),
        1.75,
        "needed for stage 2: 1.75",
        3.0,
        "target 3",
    )
    rows = tuple((n.capitalize(), f"{v:.2f}", f"{v:.2f}", "1.75") for n, v in zip(DIMENSIONS, SUPPORTED, strict=True))
    key = (p.KeyEntry("supported", "supported"), p.KeyEntry("unknown", "not known"), p.KeyEntry("target", "target"))
    return p.Figure(
        "dimensions",
        "Governance holds the stage back; automation is already there",
        "Supported level of each dimension, 0 to 4.",
        "Supported levels: monitoring 1.3, governance 0.9, automation 2.0, collaboration 1.2. Stage 2 needs 1.75 in each.",
        chart,
        key,
        table("Dimensions", ("Dimension", "Supported", "Claimed", "Floor"), rows),
        (explanation("dimensions.governance.supported", "Governance, supported"),),
        "Why 0.9 for governance?",
    )


def dumbbell(*, compact: bool) -> p.Figure:
    """What moved since the last quarter."""
    moved = (
        ("Automation", 1.6, 2.0, "+0.4", True),
        ("Collaboration", 1.1, 1.2, "+0.1", False),
        ("Governance", 0.8, 0.9, "+0.1", False),
        ("Monitoring", 1.2, 1.3, "+0.1", False),
    )
    rows = tuple(f.DumbbellRow(name, old, new, label, real) for name, old, new, label, real in moved)
    key = (p.KeyEntry("before", "2026-Q2"), p.KeyEntry("after", "2026-Q3"), p.KeyEntry("noise", "within the noise"))
    return p.Figure(
        "change" if compact else "capabilities",
        "Automation moved; the rest is within the noise",
        "Since 2026-Q2, same questions only.",
        "Change since the second quarter on the same questions: automation plus 0.4; the others plus 0.1, within the noise.",
        f.DumbbellChart(rows, compact),
        key,
        table("Change", ("Dimension", "Before", "After"), tuple((n, str(a), str(b)) for n, a, b, _, _ in moved)),
        (),
    )


def sponsor() -> p.Sponsor:
    """The sponsor's page of the example organization."""
    ladder = f.LadderChart(
        (
            f.LadderStep("4 Improving", "later"),
            f.LadderStep("3 Controlled", "later"),
            f.LadderStep("2 Repeatable, next", "next"),
            f.LadderStep("1 Visible", "current"),
            f.LadderStep("0 Improvised", "reached"),
        )
    )
    blockers = (
        *(
            p.BlockerRow(name, "1 of 2", 1, 2)
            for name in (
                "Model inventory",
                "Release approval",
                "Accuracy tracking in live use",
                "Agreed success and stop criteria",
            )
        ),
        p.BlockerRow("Monitoring as a whole", "1.33 of 1.75", None, None),
        p.BlockerRow("Governance as a whole", "0.89 of 1.75", None, None),
        p.BlockerRow("Collaboration as a whole", "1.20 of 1.75", None, None),
    )
    stage = p.StageBlock(
        1,
        "Visible",
        "You know which models are live, who looks after them, and when a service fails.",
        ladder,
        "Stage 1, Visible, of five stages from 0 Improvised to 4 Improving. Next: 2, Repeatable.",
        "What blocks stage 2, Repeatable",
        blockers,
        (),
        (explanation("stage", "Stage 1"),),
    )
    steps = tuple(p.StepLine(title, capability, f"{days} d", gate) for title, capability, days, gate in STEPS)
    return p.Sponsor(
        "Four open gates and three thin dimensions keep you at stage 1",
        stage,
        bars(),
        dumbbell(compact=True),
        "",
        (
            p.Point("Set time aside for running models", "Nobody has planned working time for it yet."),
            p.Point("Name who approves a release", "Somebody other than the author, with a deputy."),
            p.Point("Accept a stop level for each model", "The business agrees when one is switched off."),
        ),
        (
            p.Point("Service failures announce themselves", "Every live model notifies. Level 3, shown."),
            p.Point("Data preparation runs by itself", "Level 3, shown. The base for the rest."),
            p.Point("A way back exists", "For at least half of the models. Level 2."),
        ),
        (
            p.Point("Live accuracy was measured by hand, once", "Decline would be found by users."),
            p.Point("No use of a model is classed by its harm", "So controls are all alike, or missing."),
            p.Point("Nobody knows what a model costs", "The one answer that no one could give."),
        ),
        p.StepList(
            "Next quarter: twelve steps, 30 of 38 days, all four gates closed",
            "In bold: steps through a gate. d: person-days.",
            steps,
        ),
    )


def stand() -> p.Stand:
    """Where the example organization stands."""
    names = tuple(name.capitalize() for name in DIMENSIONS)
    radar = p.Figure(
        "radar",
        "Automation is two levels ahead of the records that should steer it",
        "Supported and claimed level of each dimension, 0 to 4.",
        "Radar of four dimensions: monitoring 1.3, governance 0.9, automation 2.0, collaboration 1.2; target 3.",
        f.RadarChart(names, SUPPORTED, (1.6, 0.9, 2.0, 1.3), (3.0, 3.0, 3.0, 3.0)),
        (p.KeyEntry("supported", "supported"), p.KeyEntry("claimed", "claimed"), p.KeyEntry("target", "target 3")),
        table(
            "Dimensions",
            ("Dimension", "Supported", "Target"),
            tuple((n, f"{v:.2f}", "3") for n, v in zip(names, SUPPORTED, strict=True)),
        ),
        (),
    )
    levels = tuple(
        p.KeyEntry(cast("Any", f"level-{n}"), word)
        for n, word in enumerate(("absent", "improvised", "repeatable", "controlled", "improving"))
    )
    cells = tuple((q[2], q[1].capitalize(), level_text(q[4])) for q in QUESTIONS)
    heat_map = p.Figure(
        "heat",
        "22 of 38 answered capabilities are improvised or missing",
        "Supported level of each of the 40 capabilities, 0 to 4.",
        "Heat map of forty capabilities in four columns. Monitoring ranges from 0 to 3, governance from 0 to 2, "
        "automation from 1 to 3, collaboration from 0 to 2.",
        heat(),
        (
            *levels,
            p.KeyEntry("unknown", "not known"),
            p.KeyEntry("na", "does not apply"),
            p.KeyEntry("gate", "gate that blocks"),
        ),
        table("Levels", ("Capability", "Dimension", "Level"), cells, 2),
        (),
    )
    findings = (
        "services are watched, models are not",
        "thin records everywhere",
        "the pipes are good",
        "goodwill without planned time",
    )
    blocks = tuple(
        p.DimensionBlock(
            name,
            name.capitalize(),
            finding,
            tuple(
                p.QuestionRow(
                    q[0],
                    q[2],
                    level_text(q[4]),
                    "",
                    "E1: shown in the room" if (q[4] or 0) > 1 else "none asked for",
                    "One team keeps it, the other two do not." if i % 4 == 1 else "",
                    ("single source",) if i == 2 else (),
                    None,
                )
                for i, q in enumerate(q for q in QUESTIONS if q[1] == name)
            ),
            (),
        )
        for name, finding in zip(DIMENSIONS, findings, strict=True)
    )
    return p.Stand("Strong pipes, thin records", radar, heat_map, blocks, None)


def level_text(level: int | None) -> str:
    """The level in words."""
    return "not known" if level is None else "does not apply" if level < 0 else str(level)


def myths() -> p.Myths:
    """The fifteen myths of the example organization."""
    behind = (
        ("Service-level observability of model serving", "3", "\u22120.5", "0.125"),
        ("Input data validation in live use", "1", "+0.5", "0.125"),
        ("Drift detection", "1", "+1", "0.250"),
        ("Accuracy tracking in live use", "1", "+1", "0.250"),
        ("Group-level performance tracking", "0", "+0.5", "0.000"),
        ("Outcome and value tracking", "1", "+0.5", "0.125"),
        ("Training and live input consistency", "2", "+0.5", "0.250"),
    )
    cards = tuple(
        p.MythCard(
            key,
            name,
            cell,
            word,
            claim.rstrip("."),
            reality,
            f.SayDo(say, do),
            f"What you say: {say} of 100. What you do: {do} of 100.",
            "You say you do not agree with it; what you do still follows it.",
            ("Working on it: Recalculate on a calendar, Set limits and alert.",),
            p.Table(
                "",
                ("Questions behind it", "Level", "Weight", "Adds"),
                behind[: 4 + i % 4],
                (False, True, True, True),
                ("Sum, divided by the weights 4.5", "", "", "0.250"),
            ),
            ("\u201cOnce a model is live it mostly looks after itself.\u201d Agreement 22 of 100, 8 opinions.",),
            (
                "Sculley et al. (2015), Hidden Technical Debt in Machine Learning Systems",
                "Breck et al. (2017), The ML Test Score",
            ),
            (explanation(f"myths.{key}.do", f"{name}: what you do"),),
        )
        for i, ((key, name, claim, reality), (do, say, cell, word)) in enumerate(zip(MYTHS, CUTS, strict=True))
    )
    plane = p.Figure(
        "plane",
        "Words are ahead of practice; no myth is debunked yet",
        "Each point is a myth. In bold: the six that the plan works on.",
        "Fifteen myths by what you say and what you do. Nine are said, not done; three in transition; three believed.",
        f.MythPlane(
            tuple(
                f.MythPoint(c.name.lower()[:22], c.say_do.do or 0.0, c.say_do.say, c.cell, i in {1, 2, 5, 7, 8, 12})
                for i, c in enumerate(cards)
            ),
            50.0,
            37.5,
            62.5,
        ),
        (),
        table("Myths", ("Myth", "Do", "Say"), tuple((c.name, str(c.say_do.do), str(c.say_do.say)) for c in cards)),
        (),
    )
    return p.Myths(
        "You do not agree with nine myths that you still live by",
        "A myth is judged twice: by what the room said, and by what it does.",
        plane,
        cards,
    )


def disagreement() -> p.Disagreement:
    """Where the example organization disagrees."""
    strips = f.StripChart(
        tuple(
            f.Strip(
                QUESTIONS[i][2],
                (i % 3, 3, 2, 1 + i % 2, i % 2),
                i % 2,
                0,
                1.5,
                (f.FamilyMark("builders", "Builders", 2.5), f.FamilyMark("runners", "Runners", 1.0)),
                1,
                i == 1,
            )
            for i in range(8)
        )
    )
    figure = p.Figure(
        "strips",
        "Builders see two levels more accuracy tracking than the people on call",
        "Votes by level before the discussion; the line is the median, marks are families.",
        "Eight questions with the widest spread. In accuracy tracking builders say 2.5, runners 1.",
        strips,
        (
            p.KeyEntry("median", "median"),
            p.KeyEntry("builders", "builders"),
            p.KeyEntry("runners", "runners"),
            p.KeyEntry("deciders", "deciders"),
            p.KeyEntry("others", "others"),
            p.KeyEntry("agreed", "agreed level"),
        ),
        table(
            "Votes",
            ("Question", "0", "1", "2", "3", "4"),
            tuple((QUESTIONS[i][2], "1", "3", "2", "1", "0") for i in range(8)),
        ),
        (),
    )
    return p.Disagreement(
        "Builders and runners do not see the same models",
        "Eight questions spread by more than a level before the discussion.",
        (figure,),
        (p.Point("Accuracy tracking in live use", "The room could not agree between 1 and 2; it counts as 1."),),
        (
            p.Point(
                "Rollback and fallback",
                "Builders say 3, runners 1: the way back exists, but those who need it at night do not know it.",
            ),
            p.Point("Model documentation", "Deciders say 2, builders 1."),
        ),
        (p.Point("Cost tracking per model", "Six of eight do not know."),),
        table(
            "First and second vote",
            ("Question", "First", "Second"),
            (("Drift detection", "2", "1"), ("Rollback and fallback", "3", "2")),
        ),
        (
            p.Point(
                "Rollback and fallback", "We tried it in March and it took a day, so I would not call that a way back."
            ),
        ),
        table(
            "How far the room agrees",
            ("Dimension", "Alpha", "Mean spread"),
            (("Monitoring", "0.61", "0.7"), ("Governance", "0.48", "0.9")),
        ),
        (),
    )


def roadmap() -> p.RoadmapPages:
    """The plan of the example organization."""
    columns, quarters = [], []
    for number, name in enumerate(QUARTERS):
        start, rows, cards = 0, [], []
        for title, capability, days, gate in STEPS[: 12 - 2 * number]:
            rows.append(f.GanttRow(title, start, days, gate, show=False))
            start += days
            cards.append(
                p.ActionCard(
                    (title,),
                    title,
                    f"{days} days",
                    gate,
                    (
                        "Fix dates and responsible persons for repeating the measurement, with a stand-in where truth arrives late.",
                    ),
                    (
                        ("Why", "Gate of stage 2; monitoring is below its floor. 7 points"),
                        ("Capability", f"{capability}, from 1 to 2"),
                        ("Owner", "open"),
                        ("Unlocks", "Set review dates; Tag and report"),
                    ),
                )
            )
        columns.append(
            f.GanttColumn(
                name,
                f"{start} of 38 days",
                f"stage {min(2, 1 + number // 2)}",
                "Stage 2 reached" if number == 1 else "",
                tuple(rows),
            )
        )
        quarters.append(p.QuarterBlock(name, f"{len(cards)} steps, {start} of 38 days", tuple(cards)))
    gantt = p.Figure(
        "gantt",
        "The gates come first, the floors follow, then the controls",
        "Person-days a quarter, in order of work.",
        "Four quarters. Fourth quarter 2026: twelve steps, 30 days, all four gates. Stage 2 is reached in the first quarter of 2027.",
        f.GanttChart(38, tuple(columns)),
        (
            p.KeyEntry("plan-gate", "step through a gate of the next stage"),
            p.KeyEntry("plan", "other step"),
            p.KeyEntry("plan-show", "show evidence"),
        ),
        table("Plan", ("Step", "Quarter", "Days"), tuple((s[0], "2026-Q4", str(s[2])) for s in STEPS), 2),
        (),
    )
    return p.RoadmapPages(
        "Stage 2 in two quarters, at 38 days a quarter",
        "No other order of steps reaches more with the same days; the arithmetic is in the appendix.",
        ("At 80 % of the capacity stage 2 is reached one quarter later; at 120 % nothing changes.",),
        gantt,
        tuple(quarters),
        p.Table(
            "For leadership",
            ("Step", "Capability", "Days"),
            (("Reserve a share", "Working time for operation", "3"),),
            (False, False, True),
        ),
        table(
            "Where this leads",
            ("Quarter", "Stage", "Monitoring", "Governance", "Automation", "Collaboration"),
            tuple((q, str(1 + (i > 0)), "1.8", "1.8", "2.1", "1.9") for i, q in enumerate(QUARTERS)),
        ),
        p.Table(
            "Deferred",
            ("Step", "Capability", "Days", "Why not now"),
            (
                (
                    "Agree service objectives",
                    "Service-level observability of model serving",
                    "8",
                    "Waits for Agree it with the business and Reserve a share.",
                ),
                (
                    "Score every release",
                    "Candidate model validation",
                    "9",
                    "Fewer points a day than everything planned.",
                ),
            ),
            (False, False, True, False),
        ),
        None,
        (),
    )


def change() -> p.ChangePages:
    """What changed since the last quarter."""
    lines = tuple(
        f.TrendLine(
            n.capitalize(),
            tuple(f.TrendPoint(v - 0.3 + 0.1 * i, i == 2) for i in range(4)),
            (v - 0.2, v - 0.15, v - 0.1, v),
        )
        for n, v in zip(DIMENSIONS, SUPPORTED, strict=True)
    )
    trend = p.Figure(
        "trend",
        "Automation has risen for three quarters",
        "Supported level by quarter, as published and like for like.",
        "Trend over four quarters: automation from 1.7 to 2.0, the others nearly level.",
        f.TrendChart(("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"), lines),
        (
            p.KeyEntry("official", "as published"),
            p.KeyEntry("like-for-like", "like for like"),
            p.KeyEntry("break", "questions changed"),
        ),
        table(
            "Trend",
            ("Dimension", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"),
            tuple(
                (n.capitalize(), "1.0", "1.1", "1.2", f"{v:.1f}") for n, v in zip(DIMENSIONS, SUPPORTED, strict=True)
            ),
        ),
        (),
    )
    return p.ChangePages(
        "One dimension really moved",
        "Seven of nine actions reported done are confirmed by this quarter's answers.",
        p.Table(
            "Last quarter\u2019s actions",
            ("Action", "Owner", "State", "Checked"),
            (
                ("Automate the nightly preparation", "A. Okafor", "reported done", "verified: level 3"),
                ("Keep one older version ready", "open", "reported done", "not confirmed: level 1"),
            ),
            (False,) * 4,
        ),
        p.Table("Bets", ("Bet", "Came true"), (("Ownership will be 3", "no: 2"),), (False, False)),
        table(
            "Like for like",
            ("Dimension", "Before", "After", "Questions changed", "People changed"),
            (("Automation", "1.60", "2.00", "0.00", "0.05"),),
        ),
        dumbbell(compact=False),
        trend,
        ("Two of eight people are new since last quarter.",),
        (),
    )


def appendix() -> p.Appendix:
    """Everything for the reader who checks."""
    questions = tuple(
        (
            name.capitalize(),
            tuple(
                p.AppendixQuestion(
                    q[0],
                    q[2],
                    q[3],
                    level_text(q[4]),
                    q[5],
                    (
                        "E2, dashboard with date range: https://wiki.example.org/boards/models?range=2026-07-01..2026-09-30",
                    )
                    if q[4] == 3
                    else (),
                    "",
                    "Breck et al. (2017), Monitor 6; ISO/IEC 42001, A.6.2.6",
                )
                for q in QUESTIONS
                if q[1] == name
            ),
        )
        for name in DIMENSIONS
    )
    return p.Appendix(
        questions,
        tuple(
            p.MethodSection(
                title,
                rule,
                "The supported levels of the questions that apply are added and divided by their number; a question that nobody could answer widens the figure instead of lowering it.",
            )
            for title, rule in (
                ("Dimensions", "4.3"),
                ("Stage", "4.4"),
                ("Agreement", "4.5"),
                ("Plausible ranges", "4.6"),
                ("Myths", "4.7"),
                ("The plan", "5"),
            )
        ),
        tuple(
            (
                f"{name.capitalize()}",
                tuple(explanation(f"{name}.{i}", f"{name.capitalize()}, number {i}") for i in range(6)),
            )
            for name in DIMENSIONS
        ),
        p.Table(
            "The 32 documented claims",
            ("Claim", "Where it is made", "Myth"),
            tuple((claim, "Sculley et al. (2015)", name) for _, name, claim, _ in MYTHS),
            (False,) * 3,
        ),
        tuple(
            p.ReferenceEntry(title, url, "verified: read")
            for title, url in (
                (
                    "Sculley et al. (2015), Hidden Technical Debt in Machine Learning Systems, NeurIPS 28",
                    "https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems",
                ),
                (
                    "Breck et al. (2017), The ML Test Score, IEEE Big Data",
                    "https://research.google/pubs/the-ml-test-score-a-rubric-for-ml-production-readiness-and-technical-debt-reduction/",
                ),
                ("NIST AI 100-1 (2023), AI Risk Management Framework 1.0", ""),
            )
        ),
        (
            "Levels are what eight people agreed on together; nobody audited them.",
            "A quarter is short: differences below the noise are drawn in grey.",
        ),
        (
            ("Questionnaire", "mlops 1.0.0, sha256 5f1c0d7e8a9b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d"),
            ("Program", "Mythmark 1.0.0"),
            ("Input", "sha256 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"),
        ),
    )


def typical() -> p.Report:
    """The example organization."""
    cover = p.Cover(
        "Example Retail",
        "Demand forecasting",
        "third quarter 2026",
        "Decide what to build next quarter; read by the team and its sponsor.",
        "8 people in 6 roles, together on 30 September 2026",
        "mlops 1.0.0, 40 questions, 16 beliefs",
        f.CoverField(heat()),
        "The forty answers of this assessment as a field of colour: four columns for monitoring, governance, automation and collaboration, darker where practice is further along.",
    )
    return p.Report(
        "Demand forecasting, third quarter 2026",
        "MLOps maturity report",
        "Example Retail",
        "Demand forecasting",
        "2026-Q3",
        dt.date(2026, 9, 30),
        "full",
        cover,
        sponsor(),
        stand(),
        myths(),
        disagreement(),
        roadmap(),
        change(),
        appendix(),
    )


def empty() -> p.Report:
    """An assessment without an answer: every section says what will be here."""
    whole = typical()
    blank = f.HeatChart(
        tuple(
            dataclasses.replace(
                column,
                label="\u2013",
                cells=tuple(
                    dataclasses.replace(c, state="unknown", supported=None, claimed=None, blocks=False)
                    for c in column.cells
                ),
            )
            for column in heat().columns
        )
    )
    stage = dataclasses.replace(
        whole.sponsor.stage,
        number=None,
        name="",
        say="No stage can be told before the gates have answers.",
        blockers_title="",
        blockers=(),
        ladder=None,
        why=(),
    )
    return dataclasses.replace(
        whole,
        cover=dataclasses.replace(whole.cover, answered_by="nobody yet", field=f.CoverField(blank)),
        sponsor=p.Sponsor(
            "Nothing has been answered yet",
            stage,
            None,
            None,
            "This is the first assessment. Next quarter the change stands here.",
            (),
            (),
            (),
            p.StepList("Next quarter", "The plan appears once a capacity is set and the gates have answers.", ()),
        ),
        stand=dataclasses.replace(
            whole.stand,
            headline="Here the four dimensions will stand",
            radar=None,
            heat=dataclasses.replace(whole.stand.heat, chart=blank, finding="No capability has an answer yet", why=()),
            dimensions=(),
        ),
        myths=p.Myths(
            "Here the myths will stand",
            "Once people have said what they believe and the room what it does, each myth stands here with its verdict.",
            None,
            (),
        ),
        disagreement=p.Disagreement(
            "Here disagreement will stand",
            "Nothing was voted on. After the first secret vote this page shows how far answers lay apart.",
            (),
            (),
            (),
            (),
            None,
            (),
            None,
            (),
        ),
        roadmap=p.RoadmapPages(
            "Here the roadmap will stand",
            "Give the people, days and share the team can spend, and the plan is computed.",
            (),
            None,
            (),
            None,
            None,
            None,
            None,
            (),
        ),
        change=p.ChangePages(
            "Here the change will stand",
            "This is the first assessment. The next one says what really changed.",
            None,
            None,
            None,
            None,
            None,
            (),
            (),
        ),
        appendix=dataclasses.replace(whole.appendix, questions=(), explanations=()),
    )


def minimal() -> p.Report:
    """One respondent, a pulse: no plane, no plan, next steps only."""
    whole, bare = typical(), empty()
    steps = p.Table(
        "Next steps",
        ("Step", "Capability", "Days"),
        tuple((s[0], s[1], str(s[2])) for s in STEPS),
        (False, False, True),
    )
    return dataclasses.replace(
        whole,
        variant="pulse",
        myths=dataclasses.replace(whole.myths, plane=None, cards=whole.myths.cards[:2]),
        disagreement=bare.disagreement,
        change=bare.change,
        roadmap=dataclasses.replace(bare.roadmap, headline="The next step of each question", next_steps=steps),
        sponsor=dataclasses.replace(whole.sponsor, change=None, first_time="This is the first assessment."),
    )


def mapped(value: Value, change_text: Callable[[str], str]) -> Value:
    """The same value with every text changed; names of figures, cells and marks stay as they are."""
    kept = {"id", "ids", "key", "cell", "mark", "state", "variant", "family", "numeric", "url", "rule"}
    if isinstance(value, str):
        return cast("Value", change_text(value))
    if isinstance(value, tuple):
        return cast("Value", tuple(mapped(item, change_text) for item in value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [x.name for x in dataclasses.fields(value) if x.name not in kept]
        return dataclasses.replace(value, **{name: mapped(getattr(value, name), change_text) for name in names})
    return value


def named(organization: str, team: str, report: p.Report | None = None) -> p.Report:
    """The example organization under other names."""
    whole = report or typical()
    cover = dataclasses.replace(whole.cover, organization=organization, team=team)
    return dataclasses.replace(
        whole, organization=organization, team=team, title=f"{team}, third quarter 2026", cover=cover
    )


def extreme() -> p.Report:
    """Words of another language, long names, long notes, and one word that never ends."""
    german = "Rechtsschutzversicherungsgesellschaftsdatenqualitätsüberwachungsverantwortlichkeit"
    endless = "Wiederholung" * 16 + "Ende"
    long = mapped(typical(), lambda text: f"{text} {german}" if len(text) > 12 else text)
    cover = dataclasses.replace(long.cover, purpose=f"{long.cover.purpose} " * 6)
    return named(
        "Ανώνυμη Εταιρεία Παραγωγής " + german * 2,
        ("Прогнозирование спроса и " + endless)[:200],
        dataclasses.replace(long, cover=cover),
    )


def crowded() -> p.Report:
    """Many of everything on the sponsor's page, each with much to say."""
    whole = typical()
    much = "This sentence says at length what could have been said in a few words, and then says it once more. " * 4
    points = tuple(p.Point(f"Point {i} of many, with a title that runs on and on", much) for i in range(12))
    stage = dataclasses.replace(
        whole.sponsor.stage, say=much, notes=(much, much), blockers=whole.sponsor.stage.blockers * 5
    )
    steps = dataclasses.replace(whole.sponsor.next_quarter, steps=whole.sponsor.next_quarter.steps * 4, note=much)
    return dataclasses.replace(
        whole,
        sponsor=dataclasses.replace(
            whole.sponsor,
            headline=much,
            stage=stage,
            leadership=points,
            strengths=points,
            risks=points,
            next_quarter=steps,
        ),
    )


def many_questions(count: int = 200) -> p.Report:
    """A questionnaire five times as long."""
    whole = typical()
    rows = tuple(
        dataclasses.replace(whole.stand.dimensions[0].rows[i % 10], capability=f"Capability {i}") for i in range(count)
    )
    questions = tuple(
        dataclasses.replace(whole.appendix.questions[0][1][i % 10], capability=f"Capability {i}") for i in range(count)
    )
    return dataclasses.replace(
        whole,
        stand=dataclasses.replace(whole.stand, dimensions=(dataclasses.replace(whole.stand.dimensions[0], rows=rows),)),
        appendix=dataclasses.replace(whole.appendix, questions=(("Monitoring", questions),)),
    )


def scripts() -> p.Report:
    """Names in seven scripts, an emoji and a control character."""
    team = "فريق التنبؤ بالطلب 需求预测 需要予測 수요 예측 Ζήτηση Прогноз תחזית पूर्वानुमान พยากรณ์"
    whole = named("شركة المثال للتجارة", team)
    points = (
        p.Point("الموافقة على الإصدار", "يقرر شخص آخر غير المؤلف، مع نائب (level 2)."),
        p.Point("谁批准发布", "作者以外的人，并有代理人。誰がリリースを承認するか。누가 배포를 승인하는가."),
        p.Point("Rocket \U0001f680 and bell\u0007", "\U0001f469\u200d\U0001f680 \ue000 and \U0001f680 again."),
    )
    heat_map = mapped(
        whole.stand.heat, lambda text: text.replace("Model inventory", "モデル台帳 قائمة").replace("Skills", "技能")
    )
    return dataclasses.replace(
        whole,
        sponsor=dataclasses.replace(whole.sponsor, leadership=points),
        stand=dataclasses.replace(whole.stand, heat=heat_map),
    )

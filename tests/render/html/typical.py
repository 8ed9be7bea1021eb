"""The typical report, set by hand: the example organization with every part filled."""

# fmt: off
# ruff: noqa: E501  (content set by hand: one row, one line)

import datetime as dt
from fractions import Fraction
from typing import Any

from app.domain.explain import Explanation, Term
from app.domain.report import pages as p
from app.domain.report.figures import Chart, CoverField, SayDo
from app.domain.sheet import Cell
from tests.render.html import example as ex

Mark = tuple[Any, str]



def why(key: str, title: str, rule: str = "4.3") -> Explanation:
    """An explanation with arithmetic, a term without value, and text."""
    levels = (1, 0, 1, 1, 1, 2, 1, 1, 0)
    return Explanation(
        key,
        title,
        Fraction(8, 9),
        f"({' + '.join(map(str, levels))}) / 9",
        (
            *(
                Term(row[1], Fraction(level))
                for row, level in zip(ex.DIMENSIONS["Governance"][2], levels, strict=False)
            ),
            Term("Impact assessment before release", None),
        ),
        ("Impact assessment before release is left out: it does not apply.",),
        rule,
    )


def weighted(key: str) -> Explanation:
    """An explanation whose inputs carry weights."""
    terms = (
        Term("Drift detection", Fraction(1, 4), Fraction(1)),
        Term("Service health", Fraction(1, 4), Fraction(-1, 2)),
    )
    return Explanation(key, "Seven questions, weighted", Fraction(1, 4), "1.125 / 4.5", terms, (), "4.7")


NUMBERS = p.Table(
    "The numbers behind the chart",
    ("Dimension", "Supported", "Claimed", "Range"),
    tuple((name, ex.DIMENSIONS[name][0], ex.DIMENSIONS[name][0], "1.2 to 1.6") for name in ex.NAMES),
    (False, True, True, True),
    ("All", "1.4", "1.4", ""),
)


def key(*marks: Mark) -> tuple[p.KeyEntry, ...]:
    """A chart key."""
    return tuple(p.KeyEntry(mark, text) for mark, text in marks)


def figure(id_: str, finding: str, sub: str, chart: Chart, *marks: Mark) -> p.Figure:
    """A figure with its numbers and one reason."""
    reasons = (why(f"figures.{id_}", "Nine supported levels, added and divided"),)
    return p.Figure(
        id_, finding, sub, f"Drawn: {finding}", chart, key(*marks), NUMBERS, reasons, f"Why this for {id_}?"
    )


LEVELS = (
    ("level-0", "0 absent"), ("level-1", "1 improvised"), ("level-2", "2 defined"), ("level-3", "3 managed"),
    ("level-4", "4 proven"), ("gate", "gate that blocks stage 2"), ("unknown", "not known"), ("na", "does not apply"),
    ("contested", "contested"),
)
POINTS = {
    "leadership": (
        p.Point("Set time aside for running models", "Nobody has planned working time for operation yet."),
        p.Point("Name who approves a release", "Somebody other than the author, with a deputy."),
        p.Point("Accept a stop level for each model", "The business agrees when a model is switched off."),
    ),
    "strengths": (
        p.Point("Service failures announce themselves", "Every live model notifies; the record was shown. Level 3."),
        p.Point("Data preparation runs by itself", "Level 3, shown. The base for everything else."),
        p.Point("A way back exists", "For at least half of the models an earlier version is kept ready. Level 2."),
    ),
    "risks": (
        p.Point(
            "Accuracy is known only from before release", "Measured by hand once. Decline would be found by users."
        ),
        p.Point(
            "No use of a model is classed by the harm it can do", "So every control is the same, or missing. Level 0."
        ),
        p.Point("Nobody knows what a model costs", "The one answer that no one could give."),
    ),
}


def sponsor() -> p.Sponsor:
    """The page for the sponsor of the typical report."""
    gates = tuple(
        p.BlockerRow(name, "1 of 2", 1, 2)
        for name in (
            "Model inventory",
            "Release approval",
            "Accuracy tracking in live use",
            "Agreed success and stop criteria",
        )
    )
    floors = tuple(
        p.BlockerRow(f"{name} as a whole", f"{have} of 1.75", None, None)
        for name, have in (("Monitoring", "1.33"), ("Governance", "0.89"), ("Collaboration", "1.20"))
    )
    return p.Sponsor(
        headline="Four open gates and three thin dimensions keep you at stage 1",
        stage=p.StageBlock(
            1, "Visible.", "You know which models are live, who looks after them, and when a service fails.", ex.LADDER,
            "Stage 1, Visible, of the five stages 0 Improvised to 4 Improving; next is 2, Repeatable",
            "What blocks stage 2, Repeatable", gates + floors, (), (why("stage", "Stage 1 and its gates", "4.4"),),
        ),
        bars=figure(
            "bars", "Governance holds the stage back; automation is already there", "Supported level of each dimension, 0 to 4.",
            ex.BARS, ("supported", "supported: shown in the room or on record"), ("claimed", "claimed, nothing shown"),
            ("band", "plausible range"), ("unknown", "not known"),
        ),
        change=figure("change-small", "Automation moved; the rest is within the noise", "Since 2026-Q2, same questions only.", ex.CHANGE),
        first_time="",
        leadership=POINTS["leadership"],
        strengths=POINTS["strengths"],
        risks=POINTS["risks"],
        next_quarter=p.StepList(
            "Next quarter: six steps, 18 of 38 days, all four gates closed",
            "Gate steps in bold.",
            tuple(p.StepLine(title, name, f"{days} days", gate) for title, name, days, gate in ex.STEPS),
        ),
    )


def rows(name: str) -> tuple[p.QuestionRow, ...]:
    """The rows of one dimension's table."""
    made = []
    for id_, capability, level in ex.DIMENSIONS[name][2]:
        shown = level == "3"
        made.append(
            p.QuestionRow(
                id_,
                capability,
                level,
                "3" if level == "2" and id_.startswith("aut-v") else "",
                "E1: Record shown in the workshop, team wiki, 10 July 2026" if shown else "",
                "calendar only for two models" if id_ == "mon-drift" else "",
                ("contested", "single source") if id_ == "gov-release-approval" else (),
                None if level == "n/a" else why(f"questions.{id_}", "Eight votes, then agreed", "4.1"),
            )
        )
    return tuple(made)


def stand() -> p.Stand:
    """Where the typical team stands, with an overlay."""
    blocks = tuple(
        p.DimensionBlock(
            name.lower(),
            name,
            f"{name} stands at {label}",
            rows(name),
            (why(f"dimensions.{name}", f"{name}, supported"),),
        )
        for name, (label, _, _) in ex.DIMENSIONS.items()
    )
    overlay = p.QuestionRow("gen-prompts", "Versioning of prompts", "1", "", "", "", (), None)
    return p.Stand(
        "Strong pipes, thin records",
        figure("radar", "Automation is a stage ahead of governance", "Four dimensions, 0 to 4.", ex.RADAR, ("target", "target 3")),
        figure("heat", "22 of 38 answered capabilities are improvised or missing", "Supported level of each of the 40 capabilities, 0 to 4.", ex.HEAT, *LEVELS),
        blocks,
        p.DimensionBlock("overlay", "Generative systems", "Scored apart: prompts are kept, nothing else is", (overlay,), ()),
    )


def card(id_: str, name: str, cell: Cell, cell_name: str, say: float | None, do: float | None) -> p.MythCard:
    """One myth card."""
    questions = tuple((capability, level, "+1", "0.250") for _, capability, level in ex.DIMENSIONS["Monitoring"][2][:7])
    return p.MythCard(
        id_, name, cell, cell_name,
        "If predictions arrive quickly and without errors, the model is fine.",
        "A service can be perfectly available while its predictions are worthless; inputs, predictions, accuracy and effect have to be watched.",
        SayDo(say, do), f"What you say: {say} of 100. What you do: {do} of 100.",
        "You mostly disagree with the claim. Yet the service is watched at level 3, and what the model says is not.",
        ("Rests on one statement.",),
        p.Table("Seven questions behind it", ("Capability", "Level", "Weight", "Adds"), questions, (False, True, True, True), ("Sum, divided by the weights 4.5", "", "", "0.250")),
        ("Some of our models could run perfectly and bring the business nothing. You mostly agree.",),
        ("Sculley and others, Hidden technical debt in machine learning systems, 2015",),
        (weighted(f"myths.{id_}"),),
    )


def myths() -> p.Myths:
    """The myths: each of the eight cells once."""
    cells: tuple[Cell, ...] = (
        "said-not-done",
        "in-transition",
        "believed",
        "debunked",
        "done-not-believed",
        "contested",
        "behaviour-only",
        "not-enough-evidence",
    )
    cards = [card("uptime-is-health", "A running service is a healthy model", cells[0], "Said, not done", 78, 25)]
    cards += [
        card(f"myth-{cell}", f"A myth in the cell {cell}", cell, cell.replace("-", " "), 50, 40) for cell in cells[1:-1]
    ]
    cards.append(card("too-expensive", "Too expensive", cells[-1], "Not enough evidence", None, 16.7))
    plane = figure(
        "plane",
        "Words are ahead of practice; no myth is debunked yet",
        "Each point is a myth. In bold: those that the plan works on.",
        ex.PLANE,
    )
    return p.Myths("You do not agree with nine myths that you still live by", "What you say, from 16 statements; what you do, from 40 answers.", plane, tuple(cards))


def disagreement() -> p.Disagreement:
    """Where the typical team disagrees."""
    strips = figure(
        "strips", "Builders see approvals that nobody else sees", "Votes by level before the talk.", ex.STRIPS,
        ("builders", "builders (4)"), ("runners", "runners"), ("deciders", "deciders"),
        ("others", "runners and deciders together (4): alone they are too few to show"), ("median", "median"), ("agreed", "agreed level"),
    )
    return p.Disagreement(
        "One question splits builders from everyone else", "Votes are shown from three answers on, families from six.", (strips,),
        (p.Point("Release approval", "Three say 1, three say 3; agreed at 1."),), (p.Point("Release approval", "Builders 3, others 1."),),
        (p.Point("Shared response duty", "Those on call say 0."),),
        p.Table("First and second vote", ("Question", "First", "Second"), (("Release approval", "1.5", "1"),), (False, True, True)),
        (p.Point("Release approval", "The form exists.\nNobody opens it."),),
        p.Table("How far the answers hang together", ("Dimension", "Alpha"), (("Monitoring", "0.78"),), (False, True)),
        (why("disagreement", "More than 0.8 from the median", "4.5"),),
    )


def roadmap() -> p.RoadmapPages:
    """The typical roadmap."""
    facts = (
        ("Why", "Gate of stage 2, and governance is below its floor: 7 points"),
        ("Needs", "nothing open"),
        ("Owner", "not named yet"),
    )
    cards = tuple(
        p.ActionCard(
            (f"step-{number}@2",), title, f"{days} days", gate, ("Add owner, purpose and bought-in models.",), facts
        )
        for number, (title, _, days, gate) in enumerate(ex.STEPS)
    )
    gantt = figure(
        "gantt", "The gates come first, the floors follow, then the controls", "The best plan for the stated capacity, proven quarter by quarter.",
        ex.gantt(), ("plan-gate", "step through a gate of the next stage"), ("plan", "other step"), ("plan-show", "name the evidence"),
    )
    return p.RoadmapPages(
        "Stage 2 in one quarter, at 38 days a quarter", "The plan starts where the assessment ends.", ("With 30 days the gates still fit.",), gantt,
        (p.QuarterBlock("2026-Q4", "Six steps in 18 of 38 days", cards), p.QuarterBlock("2027-Q1", "Nothing is left to do", ())),
        p.Table("For leadership", ("Step", "Capability", "Quarter", "Days"), (("Admit the cost", "Working time for operation", "2026-Q4", "1"),), (False, False, False, True)),
        p.Table("Where this leads", ("Quarter", "Stage", "Monitoring"), (("2026-Q4", "2", "1.8"),), (False, True, True)),
        p.Table("Left out, and why", ("Step", "Reason"), (("Automate against a minimum", "no days left"),), (False, False)),
        None, (why("roadmap", "Points of the plan", "5.0"),),
    )


def change() -> p.ChangePages:
    """Change over three quarters."""
    pair = (("before", "2026-Q2"), ("after", "2026-Q3"), ("noise", "within the noise"))
    lines = (("official", "as published"), ("like-for-like", "same questions"), ("break", "questions changed"))
    return p.ChangePages(
        "Automation moved, on the same questions", "Compared with 2026-Q2.",
        p.Table("Actions of the last quarter", ("Action", "Owner", "Reported", "Found"), (("Keep an earlier version", "Ada", "done", "verified"),), (False,) * 4),
        p.Table("Bets", ("By this quarter", "Bet", "Found"), (("Ownership of live models", "3", "2"),), (False, True, True)),
        p.Table("Change by dimension", ("Dimension", "Before", "Now", "Like for like"), (("Automation", "1.6", "2.0", "+0.4"),), (False, True, True, True)),
        figure("capabilities", "Two capabilities rose, one fell", "Same questions only.", ex.CAPABILITIES, *pair),
        figure("trend", "Three quarters, one change of questions", "Each dimension, 0 to 4.", ex.TREND, *lines),
        ("Questions answered in one quarter only are not compared.",), (why("change", "Ten pairs of levels", "4.8"),),
    )


def appendix() -> p.Appendix:
    """The appendix of the typical report."""
    questions = tuple(
        (name, tuple(
            p.AppendixQuestion(id_, capability, f"How is it with {capability.lower()}?", level, "At least half of the live models.",
                               ("E1: Record shown in the workshop",) if level == "3" else (), "calendar only" if id_ == "mon-drift" else "", "S3, S7")
            for id_, capability, level in block[2]))
        for name, block in ex.DIMENSIONS.items()
    )
    method = tuple(
        p.MethodSection(f"Rule {rule}", rule, "Levels are added and divided by their number.")
        for rule in ("4.1", "4.3", "4.3", "4.4", "4.5", "4.7", "4.8")
    )
    return p.Appendix(
        questions, method, (("Dimensions", (why("dimensions.governance.supported", "Governance, supported"),)), ("Myths", (weighted("myths.uptime.do"),))),
        p.Table("Claimed above supported", ("Capability", "Claimed", "Supported"), (("Version control of ML ingredients", "3", "2"),), (False, True, True)),
        (p.ReferenceEntry("Hidden technical debt in machine learning systems", "https://papers.example/debt", "read in full"), p.ReferenceEntry("A talk", "", "")),
        ("Eight people answered.",), (("Program", "mythmark 0.1.0"), ("Questionnaire digest", "sha256:" + "0123456789abcdef" * 4)),
    )


def typical() -> p.Report:
    """The example organization with everything filled."""
    cover = p.Cover(
        "Example Retail", "Demand forecasting", "2026-Q3", "Decide what to build next quarter; read by the team and its sponsor.",
        "8 people in 6 roles", "mlops 1.0.0", CoverField(ex.HEAT), "The forty answers of this assessment as a field of colour.",
    )
    return p.Report(
        "Demand forecasting, third quarter 2026", "MLOps maturity of Demand forecasting at Example Retail, 2026-Q3",
        cover.organization, cover.team, cover.quarter, dt.date(2026, 9, 30), "full",
        cover, sponsor(), stand(), myths(), disagreement(), roadmap(), change(), appendix(),
    )

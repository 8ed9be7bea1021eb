"""Whole reports set by hand: a typical one, an empty one, a pulse, and one with the hardest texts people type."""

# fmt: off
# ruff: noqa: E501  (content set by hand: one row, one line)
import dataclasses
from collections.abc import Callable

from app.domain.report import pages as p
from app.domain.report.figures import CoverField, HeatChart
from tests.render.html.typical import NUMBERS, typical

NOBODY = "Nothing was voted: the levels were agreed together. Votes of the next workshop will show here who sees what."


def _bare(heat: HeatChart) -> p.Figure:
    return p.Figure(
        "heat",
        "Nothing is answered yet",
        "",
        "Drawn: no answers",
        heat,
        (),
        dataclasses.replace(NUMBERS, rows=(), footer=()),
        (),
        "",
    )


def empty() -> p.Report:
    """A first assessment in which nothing is answered: every optional part is missing."""
    full = typical()
    nothing = p.StepList("No plan yet", "State the capacity to get one.", ())
    block = p.StageBlock(None, "No stage yet.", "Too few questions are answered.", None, "", "", (), (), ())
    first = p.Sponsor(
        "Too little is answered to say where you stand",
        block,
        None,
        None,
        "This is the first assessment.",
        (),
        (),
        (),
        nothing,
    )
    return dataclasses.replace(
        full,
        cover=dataclasses.replace(full.cover, field=CoverField(HeatChart(()))),
        sponsor=first,
        stand=p.Stand("Nothing is answered yet", None, _bare(HeatChart(())), (), None),
        myths=p.Myths("No myth can be judged yet", "Answer the statements to see them here.", None, ()),
        disagreement=p.Disagreement("Nothing was voted", NOBODY, (), (), (), (), None, (), None, ()),
        roadmap=p.RoadmapPages("No plan without a capacity", "Name people, days and share, and a plan is made.", (), None, (), None, None, None, None, ()),
        change=p.ChangePages("This is the first assessment", "The next one will be compared with it here.", None, None, None, None, None, (), ()),
        appendix=p.Appendix((), (), (), p.Table("Claimed above supported", ("Capability",), (), (False,)), (), (), ()),
    )


def pulse() -> p.Report:
    """A pulse: no stage of its own, no quarters, next steps instead."""
    full = typical()
    block = p.StageBlock(
        None, "A pulse asks twelve of the forty questions.", "It tells whether something moves, not at which stage you are.",
        None, "", "", (), ("The last full assessment, 2026-Q2, found stage 1.",), (),
    )
    steps = p.Table(
        "The next step of each question",
        ("Capability", "Next step", "Days"),
        (("Drift detection", "Compare on a calendar", "5"),),
        (False, False, True),
    )
    plan = dataclasses.replace(
        full.roadmap, gantt=None, quarters=(), leadership=None, projection=None, deferred=None, next_steps=steps
    )
    page = dataclasses.replace(
        full.sponsor, headline="Twelve answers: automation still moves", stage=block, leadership=()
    )
    return dataclasses.replace(
        full, variant="pulse", sponsor=page, roadmap=plan,
        stand=dataclasses.replace(full.stand, radar=None, overlay=None), myths=dataclasses.replace(full.myths, plane=None),
    )


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
EXTREME = {
    "organization": LONG[:200],
    "team": "Поставки и прогноз спроса · مراقبة النماذج · 需求预测团队 · Πρόβλεψη · Łódź \U0001f680",
    "purpose": "<script>alert(1)</script> & \"quotes\" 'single' \x00\x07\x1b[31m \ud800 \ufffe end",
}


def extreme() -> p.Report:
    """The hardest texts people type: 200 characters in one word, five scripts, markup, control characters."""
    full = typical()
    cover = dataclasses.replace(
        full.cover, organization=EXTREME["organization"], team=EXTREME["team"], purpose=EXTREME["purpose"]
    )
    row = dataclasses.replace(
        full.stand.dimensions[0].rows[0],
        capability=LONG[:200],
        note=EXTREME["purpose"],
        evidence=EXTREME["team"],
        claimed="4",
    )
    block = dataclasses.replace(full.stand.dimensions[0], rows=(row, *full.stand.dimensions[0].rows[1:]))
    owners = dataclasses.replace(
        NUMBERS, caption="Owners", rows=((LONG[:200], EXTREME["team"], "1", EXTREME["purpose"]),)
    )
    steps = tuple(
        dataclasses.replace(step, title=LONG[:200], capability=EXTREME["team"])
        for step in full.sponsor.next_quarter.steps
    )
    reason = full.sponsor.stage.why[0]
    named = dataclasses.replace(reason, terms=(dataclasses.replace(reason.terms[0], label=LONG[:200]),))
    first = dataclasses.replace(
        full.sponsor, headline=LONG[:200], next_quarter=dataclasses.replace(full.sponsor.next_quarter, steps=steps),
        stage=dataclasses.replace(full.sponsor.stage, why=(named,)),
    )
    return dataclasses.replace(
        full, title=f"{EXTREME['team']}, third quarter 2026", organization=EXTREME["organization"], team=EXTREME["team"], cover=cover,
        sponsor=first, stand=dataclasses.replace(full.stand, dimensions=(block, *full.stand.dimensions[1:])),
        change=dataclasses.replace(full.change, actions=owners),
    )


SAMPLES: dict[str, Callable[[], p.Report]] = {"typical": typical, "empty": empty, "pulse": pulse, "extreme": extreme}

"""The pages to read as values; every number on them is computed from the example organization's answers."""

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.explain import Explanation
from app.domain.report.figures import Chart
from app.domain.report.pages import Figure, MythCard, Report, StageBlock, StepList
from app.render.files import Renderer
from app.web.page import Page
from app.web.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of the report with its drawing."""

    figure: Figure
    drawing: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class HowThisWorksPage(Page):
    """Levels, evidence, stage, verdicts and plan, with the numbers of one team.

    ``level`` explains one supported level, ``dimension`` one mean; ``myth`` is the card of one myth.
    """

    title: str = "How this works"
    team: str
    organization: str
    quarter: str
    level: Explanation
    dimension: Explanation
    bars: Shown
    stage: StageBlock
    ladder: Markup
    myth: MythCard
    say_do: Markup
    plane: Shown | None
    plan: Shown | None
    plan_title: str
    next_quarter: StepList


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """Answers in one place. ``refusals`` are those that can be met; problem documents point to them by their slug."""

    title: str = "Help"
    refusals: tuple[Refusal, ...]


class NoExample(RuntimeError):
    """The example organization's report lacks what the page explains: the shipped files do not fit each other."""


def how_this_works(report: Report, renderer: Renderer) -> HowThisWorksPage:
    """The page out of the report of a full first assessment; raises NoExample."""
    stage, bars = report.sponsor.stage, report.sponsor.bars
    if bars is None or stage.ladder is None or not report.myths.cards:
        raise NoExample("the example organization has no stage, no dimensions or no myths")
    myth = report.myths.cards[0]
    return HowThisWorksPage(
        team=report.team,
        organization=report.organization,
        quarter=report.quarter,
        level=_first_level(report),
        dimension=next(one for one in bars.why if one.key.endswith("governance.supported")),
        bars=_shown(bars, renderer),
        stage=stage,
        ladder=_drawn(stage.ladder, "how-ladder", stage.ladder_alt, renderer),
        myth=myth,
        say_do=_drawn(myth.say_do, "how-say-do", myth.say_do_alt, renderer),
        plane=_shown(report.myths.plane, renderer) if report.myths.plane else None,
        plan=_shown(report.roadmap.gantt, renderer) if report.roadmap.gantt else None,
        plan_title=report.roadmap.headline,
        next_quarter=report.sponsor.next_quarter,
    )


def _first_level(report: Report) -> Explanation:
    rows = (row for dimension in report.stand.dimensions for row in dimension.rows)
    return next(row.why for row in rows if row.why is not None)


def _shown(figure: Figure, renderer: Renderer) -> Shown:
    return Shown(figure, _drawn(figure.chart, f"how-{figure.id}", figure.alt, renderer))


def _drawn(chart: Chart, figure_id: str, alt: str, renderer: Renderer) -> Markup:
    # Our own drawing, escaped where it was made.
    return Markup(renderer.svg(chart, figure_id=figure_id, alt=alt))  # noqa: S704

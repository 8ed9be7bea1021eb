"""The pages of the report, in the order of product.md *Anatomy*. All text is final; media only set it."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from app.domain.explain import Explanation
from app.domain.report.figures import Chart, CoverField, LadderChart, SayDo
from app.domain.sheet import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``numeric`` marks right-aligned columns. ``footer`` may be empty."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One entry of a chart's key: a mark drawn by the medium, and its meaning."""

    mark: Literal[
        "supported",
        "claimed",
        "band",
        "unknown",
        "level-0",
        "level-1",
        "level-2",
        "level-3",
        "level-4",
        "gate",
        "na",
        "contested",
        "plan-gate",
        "plan",
        "plan-show",
        "before",
        "after",
        "noise",
        "builders",
        "runners",
        "deciders",
        "others",
        "median",
        "agreed",
        "target",
        "official",
        "like-for-like",
        "break",
    ]
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the finding it states, its text alternative, its numbers and the reasons for them."""

    id: str
    finding: str
    sub: str
    alt: str
    chart: Chart
    key: tuple[KeyEntry, ...]
    numbers: Table
    why: tuple[Explanation, ...]
    why_title: str = "Why these numbers?"


@dataclass(frozen=True, slots=True)
class Point:
    """A bold title with one sentence."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    organization: str
    team: str
    quarter: str
    purpose: str
    answered_by: str
    questionnaire: str
    field: CoverField
    field_alt: str


@dataclass(frozen=True, slots=True)
class BlockerRow:
    """One row of *what blocks the next stage*. ``have``/``need`` draw pips for a gate; None for a floor."""

    label: str
    text: str
    have: int | None
    need: int | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in a list of a quarter's steps."""

    title: str
    capability: str
    days: str
    gate: bool


@dataclass(frozen=True, slots=True)
class StepList:
    """The first quarter's steps on the sponsor's page."""

    finding: str
    note: str
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class StageBlock:
    """The large stage numeral with its ladder and what blocks the next stage. ``number`` None: no stage to tell."""

    number: int | None
    name: str
    say: str
    ladder: LadderChart | None
    ladder_alt: str
    blockers_title: str
    blockers: tuple[BlockerRow, ...]
    notes: tuple[str, ...]
    why: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Sponsor:
    """One page for the sponsor. ``change`` is None at a first assessment; then ``first_time`` speaks instead."""

    headline: str
    stage: StageBlock
    bars: Figure | None
    change: Figure | None
    first_time: str
    leadership: tuple[Point, ...]
    strengths: tuple[Point, ...]
    risks: tuple[Point, ...]
    next_quarter: StepList


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One capability in its dimension's table. ``flags`` are short words: contested, single source, ..."""

    id: str
    capability: str
    level: str
    claimed: str
    evidence: str
    note: str
    flags: tuple[str, ...]
    why: Explanation | None


@dataclass(frozen=True, slots=True)
class DimensionBlock:
    """One dimension with its questions."""

    id: str
    name: str
    finding: str
    rows: tuple[QuestionRow, ...]
    why: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where we stand."""

    headline: str
    radar: Figure | None
    heat: Figure
    dimensions: tuple[DimensionBlock, ...]
    overlay: DimensionBlock | None


@dataclass(frozen=True, slots=True)
class MythCard:
    """One myth: claim, verdict, what stands behind it, sources."""

    id: str
    name: str
    cell: Cell
    cell_name: str
    claim: str
    reality: str
    say_do: SayDo
    say_do_alt: str
    sentence: str
    notes: tuple[str, ...]
    questions: Table
    beliefs: tuple[str, ...]
    sources: tuple[str, ...]
    why: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Myths:
    """The myths. ``plane`` is None when there is nothing to place."""

    headline: str
    lead: str
    plane: Figure | None
    cards: tuple[MythCard, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a workshop did with its questions; a list that would be empty is not there."""

    headline: str
    lead: str
    accepted: Table | None
    not_agreed: tuple[Point, ...]
    left_out: Table | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where we disagree. Empty when nothing was voted: ``lead`` says so.

    ``apart``: levels that the room agreed on although votes were apart, or away from what the votes said.
    ``votings``: first and last voting of the questions that were voted on again, ``shifts`` what that changed.
    """

    headline: str
    lead: str
    strips: tuple[Figure, ...]
    contested: tuple[Point, ...]
    gaps: tuple[Point, ...]
    visibility: tuple[Point, ...]
    shifts: Table | None
    released: tuple[Point, ...]
    reliability: Table | None
    why: tuple[Explanation, ...]
    apart: tuple[Point, ...] = ()
    votings: tuple[Figure, ...] = ()
    workshop: Workshop | None = None


@dataclass(frozen=True, slots=True)
class ActionCard:
    """One card of the plan: consecutive steps of one question in a quarter are one card."""

    ids: tuple[str, ...]
    title: str
    days: str
    gate: bool
    what: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuarterBlock:
    """One quarter of the plan."""

    title: str
    finding: str
    cards: tuple[ActionCard, ...]


@dataclass(frozen=True, slots=True)
class RoadmapPages:
    """The roadmap. ``gantt`` is None without a capacity or in a pulse; ``lead`` says what to do then."""

    headline: str
    lead: str
    notes: tuple[str, ...]
    gantt: Figure | None
    quarters: tuple[QuarterBlock, ...]
    leadership: Table | None
    projection: Table | None
    deferred: Table | None
    next_steps: Table | None
    why: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class ChangePages:
    """Change over time. All parts are empty at a first assessment; ``lead`` says what will be here."""

    headline: str
    lead: str
    actions: Table | None
    bets: Table | None
    summary: Table | None
    capabilities: Figure | None
    trend: Figure | None
    notes: tuple[str, ...]
    why: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class AppendixQuestion:
    """One question in full."""

    id: str
    capability: str
    text: str
    level: str
    anchor: str
    evidence: tuple[str, ...]
    note: str
    citations: str


@dataclass(frozen=True, slots=True)
class MethodSection:
    """How one kind of number is computed, in words, with the section of the specification."""

    title: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One reference with its verification note."""

    title: str
    url: str
    verification: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """Everything for the reader who checks."""

    questions: tuple[tuple[str, tuple[AppendixQuestion, ...]], ...]
    method: tuple[MethodSection, ...]
    explanations: tuple[tuple[str, tuple[Explanation, ...]], ...]
    claims: Table
    references: tuple[ReferenceEntry, ...]
    limits: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader must know before the first number: a word for every page, and sentences for the first."""

    word: str
    text: str


NOT_CLOSED = Standing(
    "Not closed",
    "This assessment is not closed. The report is computed without what is not yet revealed, and it will change.",
)
VOIDED = Standing(
    "Void",
    "This assessment was declared void. It is kept so that it can be read, and it counts in no comparison.",
)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. ``standing`` is None where the assessment is closed, as a report of a file always is."""

    title: str
    subject: str
    organization: str
    team: str
    quarter: str
    date: dt.date
    variant: Literal["full", "pulse"]
    cover: Cover
    sponsor: Sponsor
    stand: Stand
    myths: Myths
    disagreement: Disagreement
    roadmap: RoadmapPages
    change: ChangePages
    appendix: Appendix
    standing: Standing | None = None

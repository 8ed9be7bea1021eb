"""What each chart shows, as plain values; ``app.render.charts`` draws them, a table stands beside each.

Levels run 0 to 4 and are floats only here, at the end of all arithmetic: a drawing needs no more. Words in these
values are final; a chart adds none but axis figures.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.domain.sheet import Cell


@dataclass(frozen=True, slots=True)
class Bar:
    """One dimension. ``value`` None: not published, ``note`` says why. ``low`` to ``high`` is what unknowns allow."""

    name: str
    label: str
    supported: float | None
    claimed: float | None
    low: float | None
    high: float | None
    band: tuple[float, float] | None
    note: str


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Dimension bars: supported solid, claimed hollow, unknown hatched, plausible range as a pale band behind."""

    bars: tuple[Bar, ...]
    floor: float | None
    floor_label: str
    target: float | None
    target_label: str


@dataclass(frozen=True, slots=True)
class RadarChart:
    """Dimensions as axes from 0 to 4: supported solid, claimed hollow, target dotted. None is a gap."""

    names: tuple[str, ...]
    supported: tuple[float | None, ...]
    claimed: tuple[float | None, ...]
    target: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One capability. ``state`` na or unknown has no supported level; ``claimed`` only when above supported."""

    name: str
    state: Literal["level", "unknown", "na"]
    supported: int | None
    claimed: int | None
    blocks: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One dimension of the heat map."""

    name: str
    label: str
    note: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatChart:
    """The capability heat map; the cover draws the same value without words."""

    columns: tuple[HeatColumn, ...]


@dataclass(frozen=True, slots=True)
class MythPoint:
    """One myth at (do, say), 0 to 100; ``say`` None: too few opinions, drawn on a strip of its own below the plane."""

    label: str
    do: float
    say: float | None
    cell: Cell
    in_focus: bool


@dataclass(frozen=True, slots=True)
class PlaneWords:
    """The words on the plane. ``count`` is (none, one, many); ``not_yet`` stands in the empty debunked cell."""

    do_axis: str = "What you do contradicts the myth, 0 to 100"
    say_axis: str = "What you say disagrees with the myth, 0 to 100"
    aside: str = "Too few opinions to place; what you do, on the same scale"
    cells: tuple[tuple[Cell, str], ...] = (
        ("said-not-done", "Said, not done"),
        ("in-transition", "In transition"),
        ("debunked", "Debunked"),
        ("believed", "Believed"),
        ("contested", "Contested"),
        ("done-not-believed", "Done, not believed"),
    )
    count: tuple[str, str, str] = ("none", "1 myth", "{} myths")
    not_yet: str = "none yet: takes {} in practice"


@dataclass(frozen=True, slots=True)
class MythPlane:
    """The 2x2: what you do (x) against what you say (y); lines at the cut points of the questionnaire."""

    points: tuple[MythPoint, ...]
    say_split: float
    do_low: float
    do_high: float
    words: PlaneWords = PlaneWords()


@dataclass(frozen=True, slots=True)
class SayDo:
    """The two bars on a myth card, 0 to 100; say hollow, do solid. None: not enough to say."""

    say: float | None
    do: float | None
    say_label: tuple[str, str] = ("What you say", "disagrees with the myth")
    do_label: tuple[str, str] = ("What you do", "contradicts the myth")
    absent: str = "not enough answers to say"


@dataclass(frozen=True, slots=True)
class FamilyMark:
    """The median of one role family that may be shown, or of the merged ``others``."""

    family: str
    name: str
    median: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The votes on one question: counts by level, do not know and not applicable beside them.

    ``note`` stands under the name (agreed after talk, contested in the first vote, ...), bold if contested.
    """

    name: str
    counts: tuple[int, int, int, int, int]
    dk: int
    na: int
    median: float | None
    families: tuple[FamilyMark, ...]
    agreed: int | None
    contested: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class StripChart:
    """Vote distributions, one row a question."""

    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One card of the plan. ``start`` is in person-days from the start of its quarter, in order of work."""

    label: str
    start: int
    days: int
    gate: bool
    show: bool


@dataclass(frozen=True, slots=True)
class GanttColumn:
    """One quarter of the plan; ``reached`` names the stage reached at its end, or is empty."""

    title: str
    days_line: str
    stage_line: str
    reached: str
    rows: tuple[GanttRow, ...]


@dataclass(frozen=True, slots=True)
class GanttChart:
    """The roadmap by quarter; bar length is days over capacity."""

    capacity: int
    columns: tuple[GanttColumn, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A dimension in one quarter; None: not published then."""

    value: float | None
    break_before: bool


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One dimension over all quarters: as published, and the like-for-like line chained back from today."""

    name: str
    points: tuple[TrendPoint, ...]
    like_for_like: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """All dimensions over time, 0 to 4, one small panel each."""

    quarters: tuple[str, ...]
    lines: tuple[TrendLine, ...]


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """Before and after on the same questions. ``emphasis``: real; otherwise drawn in grey."""

    name: str
    before: float
    after: float
    label: str
    emphasis: bool


@dataclass(frozen=True, slots=True)
class DumbbellChart:
    """Before (hollow) and after (solid), 0 to 4. ``compact`` is the small one on the sponsor's page."""

    rows: tuple[DumbbellRow, ...]
    compact: bool


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One stage of the ladder."""

    label: str
    state: Literal["reached", "current", "next", "later"]


@dataclass(frozen=True, slots=True)
class LadderChart:
    """The five stages, top first."""

    steps: tuple[LadderStep, ...]


@dataclass(frozen=True, slots=True)
class CoverField:
    """The team's own field of answers without words."""

    heat: HeatChart


Chart: TypeAlias = (
    BarsChart
    | RadarChart
    | HeatChart
    | MythPlane
    | SayDo
    | StripChart
    | GanttChart
    | TrendChart
    | DumbbellChart
    | LadderChart
    | CoverField
)

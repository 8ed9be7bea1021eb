"""One door for all charts."""

from collections.abc import Callable

from app.domain.report import figures
from app.render.charts.bars import draw_bars
from app.render.charts.canvas import Canvas
from app.render.charts.cover import HATCH as COVER_HATCH
from app.render.charts.cover import draw_cover
from app.render.charts.drawing import Drawing
from app.render.charts.dumbbell import draw_dumbbell
from app.render.charts.gantt import draw_gantt
from app.render.charts.heat import draw_heat
from app.render.charts.ladder import draw_ladder
from app.render.charts.plane import draw_plane
from app.render.charts.radar import draw_radar
from app.render.charts.say_do import draw_say_do
from app.render.charts.strips import draw_strips
from app.render.charts.trend import draw_trend

_CHARTS: dict[type, Callable[..., Canvas]] = {
    figures.BarsChart: draw_bars,
    figures.RadarChart: draw_radar,
    figures.HeatChart: draw_heat,
    figures.MythPlane: draw_plane,
    figures.SayDo: draw_say_do,
    figures.StripChart: draw_strips,
    figures.GanttChart: draw_gantt,
    figures.TrendChart: draw_trend,
    figures.DumbbellChart: draw_dumbbell,
    figures.LadderChart: draw_ladder,
}


_SMALL_ENOUGH = (figures.LadderChart, figures.CoverField)


def draw(chart: figures.Chart, *, figure_id: str, narrow: bool = False) -> Drawing:
    """Draw a chart. The same chart and id give the same bytes; ``figure_id`` must be unique on its page.

    ``narrow``: for a phone, 328 wide; only for a chart that ``has_narrow``.
    """
    if isinstance(chart, figures.CoverField):
        return draw_cover(chart).finish(figure_id, hatch=COVER_HATCH)
    form = {"narrow": True} if narrow else {}
    return _CHARTS[type(chart)](chart, **form).finish(figure_id)


def has_narrow(chart: figures.Chart) -> bool:
    """Tell whether a phone gets a drawing of its own of this chart."""
    return not isinstance(chart, _SMALL_ENOUGH)

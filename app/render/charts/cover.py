"""The cover: the team's own field of answers without words, so that each cover differs."""

from app.domain.report.figures import CoverField
from app.render.charts.canvas import Canvas
from app.render.charts.ink import FIELDS, Ink

_WIDE, _HIGH = 818, 724
_GAP = 6
#: Wider apart than in a chart: the cover is looked at from further away.
HATCH = (9, "1.5")


def draw_cover(chart: CoverField) -> Canvas:
    """Draw the field, 818 by 724 whatever its rows and columns."""
    canvas = Canvas(_WIDE, _HIGH)
    columns = chart.heat.columns
    rows = max((len(column.cells) for column in columns), default=0)
    if rows == 0:
        return canvas
    gap = _GAP if min(_WIDE / len(columns), _HIGH / rows) > 3 * _GAP else 1
    across, down = (_WIDE + gap) / len(columns), (_HIGH + gap) / rows
    for column_at, column in enumerate(columns):
        for row, cell in enumerate(column.cells):
            x, y, wide, high = across * column_at, down * row, across - gap, down - gap
            edge = (x + 0.75, y + 0.75, wide - 1.5, high - 1.5)
            if cell.state == "na":
                canvas.rect(*edge, Ink.FIELD_NA)
            elif cell.state == "unknown" or cell.supported is None:
                canvas.rect(x, y, wide, high, Ink.HATCH)
                canvas.rect(*edge, Ink.FIELD_EDGE)
            else:
                canvas.rect(x, y, wide, high, FIELDS[cell.supported])
    return canvas

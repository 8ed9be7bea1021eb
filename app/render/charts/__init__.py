"""The charts of the report: one frozen chart value in, one drawing for the page and for the PDF out."""

from app.render.charts.draw import draw, has_narrow
from app.render.charts.drawing import Drawing

__all__ = ["Drawing", "draw", "has_narrow"]

"""The report as a page: one self-contained file, or the same markup inside the application's frame."""

from app.render.html.page import Draw, Drawn, figure_markup, render_html, report_body

__all__ = ["Draw", "Drawn", "figure_markup", "render_html", "report_body"]

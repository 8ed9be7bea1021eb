"""The report as a page: one self-contained file, or the same markup inside the application's frame."""

from app.render.html.page import Download, Draw, Drawn, render_html, report_body

__all__ = ["Download", "Draw", "Drawn", "render_html", "report_body"]

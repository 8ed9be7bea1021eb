"""How the report is printed: the frozen Report in, one accessible PDF with its assessment file inside out."""

from app.render.files import Attachment, Pdf, TypesettingFailed
from app.render.pdf.typeset import render_pdf

__all__ = ["Attachment", "Pdf", "TypesettingFailed", "render_pdf"]

"""A report judged, written and drawn in one go, in whichever process; knows no database."""

import importlib
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from app.domain.report.compose import compose
from app.domain.report.pages import Standing
from app.formats.results import result_json
from app.formats.spreadsheet import result_xlsx
from app.render.files import Renderer
from app.render.worker import ATELIER
from app.services.files import GivenFile
from app.services.judging import Settled, Unsettled, judge
from app.services.media import Medium, draw
from app.services.report import Scored

#: A medium to take away, or the markup that the application frames as its own page.
Form: TypeAlias = Literal["page", "pdf", "html", "json", "xlsx"]
Inside: TypeAlias = Literal["settled", "none"]
#: Written at once: nothing in them is drawn.
QUICK: Final = frozenset({"json", "xlsx"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that a report is drawn from. ``standing``: what a reader must know before the first number."""

    ground: Settled | Unsettled
    packs: tuple[GivenFile, ...]
    form: Form
    attach: Inside
    standing: Standing | None


def drawn(drawing: Drawing) -> bytes:
    """The bytes of a page, a PDF or an HTML file, made in this process; takes a second or more."""
    # By name: it loads matplotlib and Typst, which only a process that draws should hold.
    return drawn_with(importlib.import_module(ATELIER).InProcess(), drawing)


def drawn_with(renderer: Renderer, drawing: Drawing) -> bytes:
    """The same; who draws is handed in."""
    result = judge(drawing.ground.settle(), drawing.ground.questionnaire)
    report = replace(compose(result), standing=drawing.standing)
    if drawing.form == "page":
        return renderer.body(report).encode()
    medium: Medium = drawing.form
    scored = Scored(GivenFile("assessment", b""), result, report, ())
    made, _ = draw(scored, [medium], drawing.attach, drawing.packs, lambda _: None, renderer)
    return made[medium]


def written(drawing: Drawing) -> bytes:
    """The bytes of JSON or a spreadsheet, in which nothing is drawn."""
    result = judge(drawing.ground.settle(), drawing.ground.questionnaire)
    if drawing.form == "json":
        return result_json(result)
    return result_xlsx(replace(compose(result), standing=drawing.standing), result)

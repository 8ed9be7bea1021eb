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
#: Made at once: nothing in them is drawn.
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
    """The bytes of a report, made in this process; takes a second or more where something is drawn."""
    # By name: it loads matplotlib and Typst, which only a process that draws should hold.
    renderer = None if drawing.form in QUICK else importlib.import_module(ATELIER).InProcess()
    return made_with(renderer, drawing)


def made_with(renderer: Renderer | None, drawing: Drawing) -> bytes:
    """The bytes of a report; who draws it is handed in, None where nothing is drawn."""
    result = judge(drawing.ground.settle(), drawing.ground.questionnaire)
    report = replace(compose(result), standing=drawing.standing)
    if drawing.form == "json":
        return result_json(result)
    if drawing.form == "xlsx" or renderer is None:
        return result_xlsx(report, result)
    if drawing.form == "page":
        return renderer.body(report).encode()
    medium: Medium = drawing.form
    scored = Scored(GivenFile("assessment", b""), result, report, ())
    made, _ = draw(scored, [medium], drawing.attach, drawing.packs, lambda _: None, renderer)
    return made[medium]

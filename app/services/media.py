"""Makes the report in every medium from one frozen value; who draws it is handed in."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from app.formats.assessments import write_settled
from app.formats.results import result_json
from app.formats.spreadsheet import result_xlsx
from app.render.files import Attachment, Renderer
from app.services.files import GivenFile
from app.services.report import Scored, Step

Medium: TypeAlias = Literal["pdf", "html", "json", "xlsx"]
Attach: TypeAlias = Literal["settled", "raw", "none"]


def draw(
    scored: Scored,
    media: Sequence[Medium],
    attach: Attach,
    packs: Sequence[GivenFile],
    step: Step,
    renderer: Renderer,
) -> tuple[dict[Medium, bytes], tuple[str, ...]]:
    """The report in each medium asked for, and warnings; ``packs`` are those that are not on the shelf."""
    drawn: dict[Medium, bytes] = {}
    warnings: tuple[str, ...] = ()
    for medium in media:
        step(f"Drawing the {medium.upper()}")
        if medium == "pdf":
            pdf = renderer.pdf(scored.report, _attachments(scored, attach, packs))
            drawn[medium] = pdf.data
            warnings = tuple(f"no shipped font can print {lost}; the PDF marks and lists it" for lost in pdf.replaced)
        elif medium == "html":
            drawn[medium] = renderer.html(scored.report)
        elif medium == "json":
            drawn[medium] = result_json(scored.result)
        else:
            drawn[medium] = result_xlsx(scored.report, scored.result)
    return drawn, warnings


def _attachments(scored: Scored, attach: Attach, packs: Sequence[GivenFile]) -> tuple[Attachment, ...]:
    if attach == "none":
        return ()
    result = scored.result
    data = scored.given.data if attach == "raw" else write_settled(result.sheet, result.questionnaire)
    kind = "json" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "yaml"
    assessment = Attachment(f"assessment.{kind}", data)
    beside = (Attachment("questionnaire.yaml", pack.data, "The questionnaire", "supplement") for pack in packs)
    return (assessment, *beside)

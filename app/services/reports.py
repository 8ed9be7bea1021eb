"""Reports of assessments in the database, in every medium; drawn outside of any transaction and kept when final.

Apart from ``app.services.results``, since the charts take most of a second to load.
"""

from dataclasses import dataclass
from typing import Literal

from app import __version__
from app.domain.report.compose import compose
from app.domain.result import Result
from app.services.assessments import FINAL
from app.services.exchange import attached_packs
from app.services.files import GivenFile
from app.services.media import Medium, draw
from app.services.report import Scored, Step
from app.services.results import result_of
from app.store.errors import NotFound
from app.store.lookups import board
from app.store.record import add_once
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import ReportRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Everything that a report is drawn from; ``kept`` when it was drawn before from the same by this program."""

    result: Result
    packs: tuple[GivenFile, ...]
    medium: Medium
    attach: Literal["settled", "none"]
    final: bool
    kept: bytes | None


def order_report(
    session: Session, assessment: AssessmentRow, medium: Medium, attach: Literal["settled", "none"] = "settled"
) -> ReportOrder:
    """Gather what a report is drawn from; raises SettledChanged."""
    result = result_of(session, assessment)
    final = assessment.state in FINAL
    try:
        row = board.report(session, assessment.id, _form(medium, attach), result.input_digest, __version__)
    except NotFound:
        kept = None
    else:
        kept = row.content
    return ReportOrder(result, attached_packs(session, assessment), medium, attach, final, kept)


def draw_report(order: ReportOrder, step: Step = lambda _: None) -> bytes:
    """The bytes of a report; takes seconds unless it was kept, and holds no transaction."""
    if order.kept is not None:
        return order.kept
    scored = Scored(GivenFile("assessment", b""), order.result, compose(order.result), ())
    drawn, _ = draw(scored, [order.medium], order.attach, order.packs, step)
    return drawn[order.medium]


def keep_report(session: Session, assessment: AssessmentRow, order: ReportOrder, content: bytes) -> None:
    """Keep a report of a closed assessment under the digest it was made from; a second time changes nothing."""
    if not order.final or order.kept is not None:
        return
    row = ReportRow(
        organization_id=assessment.organization_id,
        assessment_id=assessment.id,
        form=_form(order.medium, order.attach),
        input_digest=order.result.input_digest,
        program_version=__version__,
        content=content,
    )
    add_once(session, row)


def _form(medium: Medium, attach: str) -> str:
    return medium if attach == "settled" or medium != "pdf" else f"{medium}-{attach}"

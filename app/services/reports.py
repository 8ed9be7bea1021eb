"""Reports of assessments in the database, in every medium; drawn outside of any transaction and kept when final."""

from contextlib import suppress
from dataclasses import dataclass

from app import __version__
from app.domain.report.pages import NOT_CLOSED, VOIDED, Standing
from app.formats.assessments import canonical_digest
from app.render.files import Renderer
from app.services.drawing import QUICK, Drawing, Form, Inside, drawn, written
from app.services.errors import NotYetOpen
from app.services.exchange import attached_packs
from app.services.judging import Settled, Unsettled
from app.services.results import ground_of
from app.store.errors import NotFound
from app.store.lookups import board
from app.store.record import add_once
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import ReportRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Source:
    """What the reports of an assessment are made from. ``digest`` tells two states of it apart, unjudged."""

    ground: Settled | Unsettled
    standing: Standing | None
    digest: str


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report to draw and where it is kept; ``kept`` when it was drawn before from the same by this program.

    ``input_digest`` is that of the settled facts, None while they are not settled.
    """

    drawing: Drawing
    input_digest: str | None
    organization_id: int
    assessment_id: int
    kept: bytes | None


def standing_of(assessment: AssessmentRow) -> Standing | None:
    """What a reader must know before the first number; raises NotYetOpen for a draft."""
    if assessment.state == "draft":
        raise NotYetOpen
    return {"open": NOT_CLOSED, "voided": VOIDED}.get(assessment.state)


def source_of(session: Session, assessment: AssessmentRow) -> Source:
    """What the reports of an assessment are made from; raises SettledChanged, NotYetOpen."""
    standing = standing_of(assessment)
    ground = ground_of(session, assessment)
    digest = ground.digest() if isinstance(ground, Unsettled) else assessment.settled_digest or ""
    return Source(ground, standing, digest)


def order_report(
    session: Session, assessment: AssessmentRow, source: Source, form: Form, attach: Inside = "settled"
) -> ReportOrder:
    """Gather what a report is drawn from."""
    kept = input_digest = None
    if isinstance(source.ground, Settled):
        input_digest = canonical_digest(source.ground.sheet)
    if source.standing is None and input_digest is not None:
        with suppress(NotFound):
            kept = board.report(session, assessment.id, _name(form, attach), input_digest, __version__).content
    drawing = Drawing(source.ground, attached_packs(session, assessment), form, attach, source.standing)
    return ReportOrder(drawing, input_digest, assessment.organization_id, assessment.id, kept)


def draw_report(order: ReportOrder, renderer: Renderer) -> bytes:
    """The bytes of a report; takes a second or more unless it was kept, and holds no transaction.

    What takes long is done where the renderer draws, judging and writing included: a room may be served here.
    """
    if order.kept is not None:
        return order.kept
    return written(order.drawing) if order.drawing.form in QUICK else renderer.run(drawn, order.drawing)


def keep_report(session: Session, order: ReportOrder, content: bytes) -> None:
    """Keep a report of a closed assessment under the digest it was made from; a second time changes nothing."""
    if order.drawing.standing is not None or order.kept is not None or order.input_digest is None:
        return
    row = ReportRow(
        organization_id=order.organization_id,
        assessment_id=order.assessment_id,
        form=_name(order.drawing.form, order.drawing.attach),
        input_digest=order.input_digest,
        program_version=__version__,
        content=content,
    )
    add_once(session, row)


def _name(form: Form, attach: Inside) -> str:
    return form if attach == "settled" or form != "pdf" else f"{form}-{attach}"

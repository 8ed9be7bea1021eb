"""Reports of assessments in the database, in every medium; drawn outside of any transaction and kept when final."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from app import __version__
from app.domain.report.compose import compose
from app.domain.report.pages import NOT_CLOSED, VOIDED, Standing
from app.domain.result import Result
from app.render.files import Renderer
from app.services.assessments import FINAL
from app.services.errors import NotYetOpen
from app.services.exchange import attached_packs
from app.services.files import GivenFile
from app.services.media import Medium, draw
from app.services.report import Scored, Step
from app.services.results import result_of
from app.services.settled import settled_text
from app.store.errors import NotFound
from app.store.lookups import board
from app.store.record import add_once
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import ReportRow
from app.store.unit_of_work import Session

#: A medium to take away, or the markup that the application frames as its own page.
Form: TypeAlias = Literal["page", "pdf", "html", "json", "xlsx"]
Inside: TypeAlias = Literal["settled", "none"]


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Everything that a report is drawn from; ``kept`` when it was drawn before from the same by this program."""

    result: Result
    packs: tuple[GivenFile, ...]
    form: Form
    attach: Inside
    standing: Standing | None
    organization_id: int
    assessment_id: int
    kept: bytes | None


def standing_of(assessment: AssessmentRow) -> Standing | None:
    """What a reader must know before the first number; raises NotYetOpen for a draft."""
    if assessment.state == "draft":
        raise NotYetOpen
    return {"open": NOT_CLOSED, "voided": VOIDED}.get(assessment.state)


def source_of(session: Session, assessment: AssessmentRow) -> tuple[str, ...]:
    """What tells two reports of an assessment apart before either is computed; raises SettledChanged, NotYetOpen.

    For a closed one this costs next to nothing, and still notices that it is not what was published.
    """
    standing = standing_of(assessment)
    if assessment.state in FINAL:
        settled_text(assessment)
        digest = assessment.settled_digest or ""
    else:
        digest = result_of(session, assessment).input_digest
    return (assessment.public_id, standing.word if standing else "", digest)


def order_report(session: Session, assessment: AssessmentRow, form: Form, attach: Inside = "settled") -> ReportOrder:
    """Gather what a report is drawn from; raises SettledChanged, NotYetOpen."""
    standing = standing_of(assessment)
    result = result_of(session, assessment)
    kept = None
    if standing is None:
        with suppress(NotFound):
            kept = board.report(session, assessment.id, _name(form, attach), result.input_digest, __version__).content
    packs = attached_packs(session, assessment)
    return ReportOrder(result, packs, form, attach, standing, assessment.organization_id, assessment.id, kept)


def draw_report(order: ReportOrder, renderer: Renderer, step: Step = lambda _: None) -> bytes:
    """The bytes of a report; takes a second or more unless it was kept, and holds no transaction."""
    if order.kept is not None:
        return order.kept
    report = replace(compose(order.result), standing=order.standing)
    if order.form == "page":
        return renderer.body(report).encode()
    medium: Medium = order.form
    scored = Scored(GivenFile("assessment", b""), order.result, report, ())
    drawn, _ = draw(scored, [medium], order.attach, order.packs, step, renderer)
    return drawn[medium]


def keep_report(session: Session, order: ReportOrder, content: bytes) -> None:
    """Keep a report of a closed assessment under the digest it was made from; a second time changes nothing."""
    if order.standing is not None or order.kept is not None:
        return
    row = ReportRow(
        organization_id=order.organization_id,
        assessment_id=order.assessment_id,
        form=_name(order.form, order.attach),
        input_digest=order.result.input_digest,
        program_version=__version__,
        content=content,
    )
    add_once(session, row)


def _name(form: Form, attach: Inside) -> str:
    return form if attach == "settled" or form != "pdf" else f"{form}-{attach}"

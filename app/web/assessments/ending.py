"""How an assessment ends: closed for good, declared void, or thrown away as a draft. Each step asks first."""

from flask import Response

from app.accounts.permissions import Capability
from app.services.assessments import FINAL, questionnaire_for
from app.services.closing import Missing, close_assessment, discard_draft, void_assessment, what_is_missing
from app.services.errors import AssessmentFrozen, NotYetOpen, WrongMoment
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.access import Role, allow
from app.web.assessments.forms import VoidForm
from app.web.assessments.pages import ClosePage, Ending, VoidPage
from app.web.assessments.room import assessment_here, blueprint, kind_of, team_of, trail_to
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.shared import ConfirmPage
from app.web.units import session
from app.web.visit import acting, digest_key, frame, need, now

_FACILITATOR = allow(Role.FACILITATOR, within=("assessment_id",))
_OWNER = allow(Role.OWNER, within=("assessment_id",))
CLOSE_QUESTION = "Close this assessment for good?"
DISCARD_QUESTION = "Throw this draft away?"
DISCARD_TEXT = (
    "Its settings are gone then. Nobody has answered yet, and every other assessment of the team stays as it is."
)


def close_ending(row: AssessmentRow, missing: Missing) -> Ending:
    """The way to the close; its question says what stays unknown."""
    told = " ".join((*missing.says, "A closed assessment never changes. Everything answered and recorded is kept."))
    href = ways.assessment_step(row.public_id, "close")
    return Ending("Close the assessment", href, CLOSE_QUESTION, told, "Close it for good")


def discard_ending(row: AssessmentRow) -> Ending:
    """The way to throw a draft away."""
    href = ways.assessment_step(row.public_id, "discard")
    return Ending("Discard the draft", href, DISCARD_QUESTION, DISCARD_TEXT, "Throw it away")


@blueprint.get("/assessments/<assessment_id>/close")
@_FACILITATOR
def ask_to_close(assessment_id: str) -> Response:
    """What stays unknown, and that it is final."""
    need(Capability.CLOSE)
    row, here = assessment_here(assessment_id), frame("Teams")
    if row.state in FINAL:
        raise AssessmentFrozen
    if row.state == "draft":
        raise NotYetOpen
    missing, questionnaire = what_is_missing(session(), row, acting()), questionnaire_for(session(), row)
    return render_page(
        ClosePage(
            title=CLOSE_QUESTION,
            viewer=here.viewer,
            nav=here.nav,
            trail=trail_to(team_of(row), row),
            action=ways.assessment_step(assessment_id, "close"),
            back=ways.assessment(assessment_id),
            missing=missing.says,
            unanswered=tuple(questionnaire.question(name).text for name in missing.unanswered),
        )
    )


@blueprint.post("/assessments/<assessment_id>/close")
@_FACILITATOR
def close(assessment_id: str) -> Response:
    """Close it for good, and look at the report."""
    need(Capability.CLOSE)
    row = assessment_here(assessment_id)
    close_assessment(session(), acting(), row, at=now(), key=digest_key())
    say(f"The {kind_of(row)} is closed, for good.")
    return see_other(ways.report(assessment_id))


@blueprint.get("/assessments/<assessment_id>/void")
@_OWNER
def ask_to_void(assessment_id: str) -> Response:
    """What void means, and why it is."""
    need(Capability.VOID)
    row = _closed(assessment_id)
    return render_page(_void_page(row), form=VoidForm())


@blueprint.post("/assessments/<assessment_id>/void")
@_OWNER
def void(assessment_id: str) -> Response:
    """Declare it void."""
    need(Capability.VOID)
    row, form = assessment_here(assessment_id), VoidForm()
    if not sent(form):
        return render_page(_void_page(row), form=form)
    void_assessment(session(), acting(), row, str(form.reason.data), at=now())
    say("The assessment is void. It is kept and marked, and its quarter is free again.")
    return see_other(ways.assessment(assessment_id))


@blueprint.get("/assessments/<assessment_id>/discard")
@_FACILITATOR
def ask_to_discard(assessment_id: str) -> Response:
    """The question before a draft is thrown away, for whoever has no script."""
    need(Capability.CHANGE_SETTINGS)
    row, here = assessment_here(assessment_id), frame("Teams")
    if row.state in FINAL:
        raise AssessmentFrozen
    if row.state != "draft":
        raise WrongMoment("the assessment is open, people may have answered; close it instead")
    return render_page(
        ConfirmPage(
            title=DISCARD_QUESTION,
            viewer=here.viewer,
            nav=here.nav,
            text=DISCARD_TEXT,
            yes="Throw it away",
            action=ways.assessment_step(assessment_id, "discard"),
            back=ways.assessment(assessment_id),
        )
    )


@blueprint.post("/assessments/<assessment_id>/discard")
@_FACILITATOR
def discard(assessment_id: str) -> Response:
    """Throw a draft away."""
    need(Capability.CHANGE_SETTINGS)
    row = assessment_here(assessment_id)
    team = team_of(row)
    discard_draft(session(), acting(), row, at=now())
    say("The draft is gone. Nothing else has changed.")
    return see_other(ways.team(team.public_id))


def _closed(assessment_id: str) -> AssessmentRow:
    row = assessment_here(assessment_id)
    if row.state != "closed":
        raise WrongMoment("only a closed assessment can be voided; discard a draft, close an open one first")
    return row


def _void_page(row: AssessmentRow) -> VoidPage:
    here = frame("Teams")
    return VoidPage(
        title="Declare this assessment void?",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team_of(row), row),
        action=ways.assessment_step(row.public_id, "void"),
        back=ways.assessment(row.public_id),
    )

"""``/assessments/<assessment_id>/record``: what the facilitator records for the room."""

from flask import Blueprint, Response, request

from app.accounts.permissions import Capability
from app.domain.answers import Agreed, Evidence, Hands
from app.services.agreeing import agree_level, enter_hands, set_evidence, share_artefact
from app.services.alone import take_over_own_answers
from app.services.errors import NotValid, WrongMoment
from app.store.errors import VersionConflict
from app.web.access import Role, allow
from app.web.formatting import plural
from app.web.forms import Form, sent
from app.web.fragments import after_write
from app.web.page import render_page, say, see_other
from app.web.record.drawing import Recording
from app.web.record.forms import AgreedForm, EvidenceForm, hands_form, written
from app.web.record.pages import Clash
from app.web.record.words import agreed_rows, hands_rows, item_rows
from app.web.units import session
from app.web.visit import acting, need, now

blueprint = Blueprint("record", __name__, url_prefix="/assessments/<assessment_id>/record")
_HERE = allow(Role.FACILITATOR, within=("assessment_id",))
_QUESTION = allow(Role.FACILITATOR, within=("assessment_id",), free=("question",))
_FASTER = "Somebody else has recorded this while you were writing"
_DECIDE = "Nothing of either is lost: theirs is saved, yours is in the form. Save yours instead, or leave theirs."
_LATE = "This can no longer be recorded"


@blueprint.get("")
@_HERE
def show(assessment_id: str) -> Response:
    """Every question with what is recorded and what is missing."""
    need(Capability.AGREE)
    only_open = request.args.get("show") == "open"
    return render_page(Recording(assessment_id).list_page(only_open=only_open))


@blueprint.post("/take-over")
@_HERE
def take_over(assessment_id: str) -> Response:
    """Record one's own answers as agreed; for who answered alone."""
    need(Capability.AGREE)
    recording = Recording(assessment_id)
    count = take_over_own_answers(session(), acting(), recording.here.row, at=now())
    say(f"{plural(count, 'level is', 'levels are')} recorded as agreed.")
    return see_other(recording.base)


@blueprint.get("/<question>")
@_QUESTION
def question(assessment_id: str, question: str) -> Response:
    """One question."""
    need(Capability.AGREE)
    return render_page(Recording(assessment_id).question_page(question))


@blueprint.post("/<question>/agreed")
@_QUESTION
def agree(assessment_id: str, question: str) -> Response:
    """Record a level, or why the question does not apply."""
    need(Capability.AGREE)
    before = Recording(assessment_id)
    form = AgreedForm().about(before.one(question).question)
    if not sent(form):
        return _agreed(before, question, form, 422)
    try:
        version = form.made_from
        agree_level(session(), acting(), before.here.row, question, form.given, at=now(), version=version)
    except NotValid as wrong:
        _blame(form, "note" if wrong.field == "note" else "reason" if form.reason.data else "answer", wrong)
        return _agreed(before, question, form, 422)
    except VersionConflict as faster:
        present = faster.present if isinstance(faster.present, Agreed) else None
        clash = Clash(_FASTER, _DECIDE, agreed_rows(present), agreed_rows(form.given))
        form.version.data = str(faster.version)
        return _agreed(Recording(assessment_id), question, form, 409, clash)
    except WrongMoment as late:
        mine = agreed_rows(form.given)
        clash = Clash(_LATE, _sentence(late), agreed_rows(before.one(question).agreed), mine)
        return _agreed(Recording(assessment_id), question, form, 409, clash)
    after = Recording(assessment_id)
    onward = after.question_page(question).next_open
    say("Recorded." if onward or request.form.get("do") != "next" else "Recorded. Every question is settled.")
    if request.form.get("do") == "next":
        return see_other(onward.href if onward else after.base)
    return see_other(f"{after.base}/{question}")


@blueprint.post("/<question>/take-back")
@_QUESTION
def take_back(assessment_id: str, question: str) -> Response:
    """Take an agreed level back; its votes stay ended."""
    need(Capability.AGREE)
    recording = Recording(assessment_id)
    one, form = recording.one(question), AgreedForm()
    try:
        agree_level(session(), acting(), recording.here.row, question, None, at=now(), version=form.made_from)
    except VersionConflict as faster:
        present = faster.present if isinstance(faster.present, Agreed) else None
        text = "Look at what they recorded; it was not taken back."
        clash = Clash(_FASTER, text, agreed_rows(present), (("Agreed", "Taken back"),))
        again = Recording(assessment_id)
        page = again.question_page(question, agreed=again.agreed_part(again.one(question), clash=clash))
        return render_page(page, status=409)
    say(f"It is open again. It was: {agreed_rows(one.agreed)[0][1]}.")
    return see_other(f"{recording.base}/{question}")


@blueprint.post("/<question>/evidence")
@_QUESTION
def evidence(assessment_id: str, question: str) -> Response:
    """Record the artefacts, or give the form one row more or less without recording anything."""
    need(Capability.RECORD_EVIDENCE)
    before = Recording(assessment_id)
    before.one(question)
    form, asked = EvidenceForm(), request.form.get("do", "save")
    if asked != "save":
        form.add_row() if asked == "add" else form.remove_row(asked.removeprefix("remove-"))
        said = "A row was added." if asked == "add" else "The row is gone once you save."
        return _evidence(before, question, form, 200, said=said)
    if not sent(form):
        return _evidence(before, question, form, 422)
    try:
        row = before.here.row
        set_evidence(session(), acting(), row, question, form.given, at=now(), version=form.made_from)
    except NotValid as wrong:
        _blame(form, "items", wrong)
        return _evidence(before, question, form, 422)
    except VersionConflict as faster:
        present = faster.present.items if isinstance(faster.present, Evidence) else ()
        clash = Clash(_FASTER, _DECIDE, item_rows(present), item_rows(form.given))
        form.version.data = str(faster.version)
        return _evidence(Recording(assessment_id), question, form, 409, clash)
    except WrongMoment as late:
        clash = Clash(_LATE, _sentence(late), item_rows(before.one(question).evidence.items), item_rows(form.given))
        return _evidence(Recording(assessment_id), question, form, 409, clash)
    after = Recording(assessment_id)
    page = after.question_page(question, evidence=after.evidence_part(after.one(question), said="Saved."))
    path = f"{after.base}/{question}#evidence"
    return after_write(page, fragment="evidence", path=path, words="The evidence is saved.")


@blueprint.post("/<question>/share")
@_QUESTION
def share(assessment_id: str, question: str) -> Response:
    """Name an artefact of this question for others too."""
    need(Capability.RECORD_EVIDENCE)
    recording = Recording(assessment_id)
    items, chosen = recording.one(question).evidence.items, request.form.get("item", "")
    others = request.form.getlist("questions")
    path = f"{recording.base}/{question}#evidence"
    if not chosen.isdigit() or int(chosen) >= len(items) or not others:
        page = recording.question_page(question)
        said = "Choose an artefact and at least one question; nothing was changed."
        part = recording.evidence_part(recording.one(question), said=said)
        return render_page(
            recording.question_page(question, evidence=part) if items else page, fragment="evidence", status=422
        )
    new = share_artefact(session(), acting(), recording.here.row, items[int(chosen)], others, at=now())
    say(f"The artefact is named for {plural(new, 'question', 'questions')} more.")
    return see_other(path)


@blueprint.post("/<question>/hands")
@_QUESTION
def hands(assessment_id: str, question: str) -> Response:
    """Record a show of hands; it takes the place of the one before."""
    need(Capability.AGREE)
    before = Recording(assessment_id)
    form = hands_form(before.one(question).question, before.here.questionnaire)
    if not sent(form):
        part = before.hands_part(before.one(question), form)
        return render_page(before.question_page(question, hands=part), form=form, fragment="hands")
    clash = None
    try:
        enter_hands(session(), acting(), before.here.row, question, form.given, at=now(), seen=form.before)
    except VersionConflict as faster:
        present: tuple[Hands, ...] = faster.present if isinstance(faster.present, tuple) else ()
        clash = Clash(_FASTER, _DECIDE, hands_rows(before.role, present), hands_rows(before.role, form.given))
        form.seen.data = written(present)
    except WrongMoment as late:
        there = before.one(question).hands
        clash = Clash(_LATE, _sentence(late), hands_rows(before.role, there), hands_rows(before.role, form.given))
    after = Recording(assessment_id)
    if clash:
        part = after.hands_part(after.one(question), form, clash)
        return render_page(after.question_page(question, hands=part), fragment="hands", status=409)
    page = after.question_page(question, hands=after.hands_part(after.one(question), said="Saved."))
    return after_write(
        page, fragment="hands", path=f"{after.base}/{question}#hands", words="The show of hands is saved."
    )


def _agreed(recording: Recording, question: str, form: AgreedForm, status: int, clash: Clash | None = None) -> Response:
    part = recording.agreed_part(recording.one(question), form, clash)
    return render_page(recording.question_page(question, agreed=part), status=status)


def _evidence(
    recording: Recording,
    question: str,
    form: EvidenceForm,
    status: int,
    clash: Clash | None = None,
    *,
    said: str = "",
) -> Response:
    part = recording.evidence_part(recording.one(question), form, clash, said)
    return render_page(recording.question_page(question, evidence=part), fragment="evidence", status=status)


def _blame(form: Form, field: str, wrong: NotValid) -> None:
    form[field].errors = [_sentence(wrong)]


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[0].upper()}{text[1:]}."

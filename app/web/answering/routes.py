"""``/assessments/<assessment_id>/answer``: everybody for themselves; whoever invites may sit out or answer too."""

from flask import Blueprint, Response

from app.accounts.permissions import Capability
from app.services.answering import MyAnswer, answer_belief, my_answers, release_my_comment
from app.services.errors import NotThere, NotValid, RoleFixed, WrongMoment
from app.services.joining import participant_of
from app.services.rooms.beside import answer_at_desk, join_at_desk
from app.store.errors import NotFound
from app.store.tables.answering import ParticipantRow
from app.web import ways
from app.web.access import Role, allow
from app.web.answering.doors import not_now_page, role_page
from app.web.answering.drawing import Answering
from app.web.answering.forms import AnswerForm, BeliefForm, RoleForm, believed, filled
from app.web.answering.pages import BeliefPage, QuestionPage, Saved
from app.web.assessed import Assessed, assessed
from app.web.forms import sent
from app.web.page import render_page, say, see_other, wants_fragment
from app.web.stage import tell
from app.web.units import session
from app.web.visit import acting, need, now

blueprint = Blueprint("answering", __name__, url_prefix="/assessments/<assessment_id>/answer")
_OWN = allow(Role.MEMBER, within=("assessment_id",))
_OWN_QUESTION = allow(Role.MEMBER, within=("assessment_id",), free=("question",))
_OWN_BELIEF = allow(Role.MEMBER, within=("assessment_id",), free=("belief",))
_OWN_DIMENSION = allow(Role.MEMBER, within=("assessment_id",), free=("dimension",))


@blueprint.get("")
@_OWN
def show(assessment_id: str) -> Response:
    """Lead on: to the role, or to what is asked next."""
    here, me = _me(assessment_id)
    if here.row.state == "draft" or (me is None and here.row.state != "open"):
        return render_page(not_now_page(here))
    if me is None:
        return _ask_role(here)
    return render_page(Answering(here, me).overview())


@blueprint.get("/role")
@_OWN
def role(assessment_id: str) -> Response:
    """Choose a role, or another one before the first answer."""
    here, me = _me(assessment_id)
    return render_page(not_now_page(here)) if here.row.state != "open" else _ask_role(here, me)


@blueprint.post("/role")
@_OWN
def join(assessment_id: str) -> Response:
    """Take part in a role; the next page says when one would be recognised in it."""
    here, me = _me(assessment_id)
    form = RoleForm()
    form.offer(here.questionnaire)
    if not sent(form):
        return render_page(role_page(here, joined=me is not None), form=form)
    try:
        _, beside = join_at_desk(session(), acting(), here.row, str(form.role.data), on=now().date())
        tell(session(), beside.room_id, beside.revision)
    except RoleFixed:
        say("You have answered in your role, so it stays as it is in this assessment.", "note")
    return see_other(ways.answering(assessment_id))


@blueprint.get("/beliefs/<belief>")
@_OWN_BELIEF
def belief(assessment_id: str, belief: str) -> Response:
    """One belief."""
    mine = _mine(assessment_id)
    if mine is None:
        return see_other(ways.answering(assessment_id))
    page = mine.belief_page(belief)
    given = [mine.mine.beliefs[belief]] if belief in mine.mine.beliefs else []
    text = next(one for one in mine.here.questionnaire.beliefs if one.id == belief)
    return render_page(page, form=believed(text, given, mine.mine.belief_seqs.get(belief, 0)))


@blueprint.post("/beliefs/<belief>")
@_OWN_BELIEF
def believe(assessment_id: str, belief: str) -> Response:
    """Say how far one agrees."""
    here, me = _joined(assessment_id)
    text = next((one for one in here.questionnaire.beliefs if one.id == belief), None)
    if text is None or here.row.variant == "pulse":
        raise NotThere("belief", belief)
    form = BeliefForm().about(text)
    if not sent(form):
        return _unsaved(Answering(here, me).belief_page(belief, _mend(form)), form)
    try:
        kept = answer_belief(session(), here.row, me, belief, form.given, seq=form.number)
    except WrongMoment as late:
        page = Answering(here, me).belief_page(belief, Saved("Not saved", _sentence(late), "waiting"))
        return _unsaved(page, form, 409)
    mine = Answering(here, me)
    if not kept and mine.mine.beliefs.get(belief, 0) != form.given:
        given = believed(text, [mine.mine.beliefs[belief]], mine.mine.belief_seqs[belief])
        return _unsaved(mine.belief_page(belief, _elsewhere()), given, 409)
    return _saved(mine.belief_page(belief), form)


@blueprint.get("/questions/<question>")
@_OWN_QUESTION
def question(assessment_id: str, question: str) -> Response:
    """One question."""
    mine = _mine(assessment_id)
    if mine is None:
        return see_other(ways.answering(assessment_id))
    asked = mine.question(question)
    return render_page(mine.question_page(asked), form=filled(asked, mine.mine.questions.get(question)))


@blueprint.post("/questions/<question>")
@_OWN_QUESTION
def answer(assessment_id: str, question: str) -> Response:
    """Give an answer, with a comment and whether it may be printed."""
    here, me = _joined(assessment_id)
    asked = Answering(here, me).question(question)
    form = AnswerForm().about(asked)
    if not sent(form):
        return _unsaved(Answering(here, me).question_page(asked, _mend(form)), form)
    try:
        beside = answer_at_desk(
            session(), here.row, me, question, form.given, comment=form.comment.data, seq=form.number
        )
        kept = beside.changed
        tell(session(), beside.room_id, beside.revision)
        if kept:
            released = bool(form.released.data and form.comment.data)
            release_my_comment(session(), here.row, me, question, released=released)
    except NotValid as wrong:
        getattr(form, wrong.field if wrong.field == "comment" else "reason").errors = [_sentence(wrong)]
        return _unsaved(Answering(here, me).question_page(asked, _mend(form)), form, 422)
    except WrongMoment as late:
        page = Answering(here, me).question_page(asked, Saved("Not saved", _sentence(late), "waiting"))
        return _unsaved(page, form, 409)
    mine = Answering(here, me)
    if not kept and not _same(mine.mine.questions[question], form):
        return _unsaved(mine.question_page(asked, _elsewhere()), filled(asked, mine.mine.questions[question]), 409)
    return _saved(mine.question_page(asked), form)


@blueprint.post("/questions/<question>/release")
@_OWN_QUESTION
def release(assessment_id: str, question: str) -> Response:
    """Release one's comment when the answer itself is fixed, or take that back."""
    here, me = _joined(assessment_id)
    Answering(here, me).question(question)
    own = my_answers(session(), here.row, me).questions.get(question)
    if own is None or own.comment is None:
        raise WrongMoment("there is no comment of yours on this question")
    release_my_comment(session(), here.row, me, question, released=not own.released)
    say("Your comment stays with you." if own.released else "Your comment may be printed, without your name.")
    return see_other(f"{ways.answering(assessment_id)}/questions/{question}")


@blueprint.get("/dimensions/<dimension>")
@_OWN_DIMENSION
def dimension(assessment_id: str, dimension: str) -> Response:
    """All questions of a dimension, each saved by itself."""
    mine = _mine(assessment_id)
    return see_other(ways.answering(assessment_id)) if mine is None else render_page(mine.dimension_page(dimension))


def _me(assessment_id: str) -> tuple[Assessed, ParticipantRow | None]:
    """The assessment, and one's part in it if one has joined."""
    need(Capability.ANSWER)
    here = assessed(assessment_id)
    try:
        return here, participant_of(session(), acting(), here.row)
    except NotFound:
        return here, None


def _mine(assessment_id: str) -> Answering | None:
    here, me = _me(assessment_id)
    return None if me is None or here.row.state == "draft" else Answering(here, me)


def _joined(assessment_id: str) -> tuple[Assessed, ParticipantRow]:
    here, me = _me(assessment_id)
    if me is None:
        raise WrongMoment("say first in which role you answer")
    return here, me


def _ask_role(here: Assessed, me: ParticipantRow | None = None) -> Response:
    form = RoleForm(formdata=None, role=me.role if me else None)
    form.offer(here.questionnaire)
    return render_page(role_page(here, joined=me is not None), form=form)


def _saved(page: BeliefPage | QuestionPage, form: AnswerForm | BeliefForm) -> Response:
    """The two endings of an answer: the line at the foot, or the next screen."""
    apart = form.view.data == "dimension"
    if wants_fragment():
        return render_page(page, fragment="saved_apart" if apart else "saved")
    if apart and isinstance(page, QuestionPage):
        say(f"{page.title}: saved.")
        return see_other(f"{next(one.href for one in page.dimensions if one.current)}#{page.action.rsplit('/', 1)[-1]}")
    return see_other(page.following)


def _unsaved(page: BeliefPage | QuestionPage, form: AnswerForm | BeliefForm, status: int = 422) -> Response:
    """The same screen with what was sent still in it, and why it is not saved."""
    return render_page(page, form=form, fragment="saved", status=status)


def _same(mine: MyAnswer, form: AnswerForm) -> bool:
    """Whether what is stored is what was sent: a repetition is no loss, a late older answer is told."""
    comment = str(form.comment.data or "").replace("\r\n", "\n")
    return (mine.answer, mine.comment or "") == (form.given, comment)


def _mend(form: AnswerForm | BeliefForm) -> Saved:
    return Saved("Not saved yet", " ".join(fault.message for fault in form.faults), "waiting")


def _elsewhere() -> Saved:
    return Saved("Not saved", "You answered this on another screen since; choose again what should stand.", "waiting")


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[0].upper()}{text[1:]}."

"""What a participant fills in: a role, an answer, a belief."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired

from app.domain.questionnaire import Belief, Question, Questionnaire
from app.services.answering import MyAnswer
from app.web.answer_forms import OpinionForm, QuestionForm, choice_of, choice_of_belief, offer_roles
from app.web.forms import Form


class RoleForm(Form):
    """The role one answers in."""

    role = RadioField("In which role do you answer?", [InputRequired("Choose a role, or rather not say.")])

    def offer(self, questionnaire: Questionnaire) -> None:
        """Offer the roles of a questionnaire, and not to say."""
        offer_roles(self.role, questionnaire)


class AnswerForm(QuestionForm):
    """An answer to one question; ``view``: the page it was sent from."""

    released = BooleanField("May be printed without my name")
    view = HiddenField()

    def about(self, question: Question, *, apart: bool = False) -> "AnswerForm":
        """Ask this question; ``apart``: ids of their own, for several questions on a page."""
        self.ask(question)
        if apart:
            self.apart(question.id)
        return self


class BeliefForm(OpinionForm):
    """How far one agrees; ``view``: the page it was sent from."""

    view = HiddenField()

    def about(self, belief: Belief) -> "BeliefForm":
        """Ask this belief."""
        self.ask(belief)
        return self


def filled(question: Question, mine: MyAnswer | None, *, apart: bool = False) -> AnswerForm:
    """The form of a question with one's own answer in it."""
    if mine is None:
        return AnswerForm(formdata=None).about(question, apart=apart)
    own = choice_of(mine.answer)
    form = AnswerForm(formdata=None, **own, comment=mine.comment, released=mine.released, seq=str(mine.seq))
    return form.about(question, apart=apart)


def believed(belief: Belief, agree: Sequence[int | None], seq: int) -> BeliefForm:
    """The form of a belief; ``agree`` holds one's own answer, or nothing."""
    return BeliefForm(formdata=None, agree=choice_of_belief(tuple(agree)), seq=str(seq)).about(belief)

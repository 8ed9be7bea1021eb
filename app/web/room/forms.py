"""What a participant fills in: a code, a role, an answer, a belief."""

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from app.domain.answers import Answer
from app.domain.questionnaire import Belief, Question, Questionnaire
from app.services.rooms.entering import LEAST_KEY, MOST_KEY
from app.web.answer_forms import OpinionForm, QuestionForm, choice_of, choice_of_belief, offer_roles
from app.web.forms import Form, without_blanks


class CodeForm(Form):
    """The code of a room, however it is typed."""

    code = StringField("Code", [InputRequired("Type the code of the room."), Length(max=40)], filters=[without_blanks])


class RoleForm(Form):
    """A role."""

    role = RadioField("Your role", [InputRequired("Choose a role, or rather not say.")])

    def offer(self, questionnaire: Questionnaire) -> None:
        """Offer the roles of a questionnaire, and not to say."""
        offer_roles(self.role, questionnaire)


class KeyForm(Form):
    """The key that this device made (static/js/join.js) or, without script, that came with the page."""

    key = HiddenField("", [Length(LEAST_KEY, MOST_KEY, "Load the page again, then join once more.")])


class JoinForm(RoleForm, KeyForm):
    """A role, and the key of the device."""


class VoteForm(QuestionForm):
    """An answer to one question."""

    def about(self, question: Question) -> "VoteForm":
        """Ask this question; ids of its own, since a phone keeps several questions ready."""
        self.ask(question)
        self.apart(question.id)
        return self


class BeliefForm(OpinionForm):
    """How far one agrees."""

    def about(self, belief: Belief) -> "BeliefForm":
        """Ask this belief; ids of its own."""
        self.ask(belief)
        self.apart(belief.id)
        return self


def voted(question: Question, answer: Answer | None, comment: str | None = None, seq: int | None = None) -> VoteForm:
    """The form of a question with one's own answer in it, or empty."""
    sent = "" if seq is None else str(seq)
    return VoteForm(formdata=None, **choice_of(answer), comment=comment, seq=sent).about(question)


def believed(belief: Belief, *agree: int | None) -> BeliefForm:
    """The form of a belief; ``agree`` is one's own answer, or nothing."""
    return BeliefForm(formdata=None, agree=choice_of_belief(agree)).about(belief)

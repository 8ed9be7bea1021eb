"""What a participant fills in: a role, an answer, a belief."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Belief, Question, Questionnaire
from app.services.answering import MyAnswer
from app.services.given import TEXT_CHARACTERS
from app.web.forms import Form, options, without_blanks

DONT_KNOW, NOT_APPLICABLE = "dk", "na"
_TOO_LONG = f"Write at most {TEXT_CHARACTERS:,} characters."
_AGREE = ("Do not agree at all", "Rather do not agree", "In between", "Rather agree", "Agree wholly")
#: Larger than any count of milliseconds; what is larger was not sent by a page of ours.
_SEQ_MAX = 2**53


class RoleForm(Form):
    """The role one answers in."""

    role = RadioField("In which role do you answer?", [InputRequired("Choose a role, or rather not say.")])

    def offer(self, questionnaire: Questionnaire) -> None:
        """Offer the roles of a questionnaire, and not to say."""
        offered = [(role.id, role.name) for role in questionnaire.roles]
        self.role.choices = options(*offered, (NOT_SAID, "I would rather not say"))


class SentForm(Form):
    """What is sent by itself: ``seq`` rises with every sending, empty without script; ``view``: whence."""

    seq = HiddenField()
    view = HiddenField()

    @property
    def number(self) -> int | None:
        """The number of this sending, or None."""
        text = str(self.seq.data or "")
        return int(text) if text.isascii() and text.isdigit() and int(text) < _SEQ_MAX else None


class AnswerForm(SentForm):
    """An answer to one question."""

    answer = RadioField("", [InputRequired("Choose the line that is true today, or say that you do not know.")])
    reason = TextAreaField("Why does it not apply?", [Length(max=TEXT_CHARACTERS, message=_TOO_LONG)],
                           filters=[without_blanks])  # fmt: skip
    comment = TextAreaField("Your comment", [Length(max=TEXT_CHARACTERS, message=_TOO_LONG)], filters=[without_blanks])
    released = BooleanField("May be printed without my name")

    def about(self, question: Question, *, apart: bool = False) -> "AnswerForm":
        """Ask this question; ``apart``: ids of their own, for several questions on a page."""
        lines = [(str(number), anchor) for number, anchor in enumerate(question.anchors)]
        aside = [(DONT_KNOW, "I do not know")]
        if question.na_allowed:
            aside.append((NOT_APPLICABLE, "Does not apply to us"))
        self.answer.choices = options(*lines, *aside)
        self.answer.label.text = question.text
        if apart:
            for field in self:
                field.id = f"{question.id}-{field.name}"
        return self

    def validate_reason(self, field: TextAreaField) -> None:
        """Who says that a question does not apply says why."""
        if self.answer.data == NOT_APPLICABLE and not field.data:
            raise ValidationError("Say in a few words why it does not apply.")

    @property
    def given(self) -> Answer:
        """The answer of a valid form."""
        if self.answer.data == DONT_KNOW:
            return DontKnow()
        if self.answer.data == NOT_APPLICABLE:
            return NotApplicable(str(self.reason.data))
        return Level(int(self.answer.data))


def filled(question: Question, mine: MyAnswer | None, *, apart: bool = False) -> AnswerForm:
    """The form of a question with one's own answer in it."""
    if mine is None:
        return AnswerForm(formdata=None).about(question, apart=apart)
    given = mine.answer
    choice = str(given.level) if isinstance(given, Level) else DONT_KNOW
    reason = given.reason if isinstance(given, NotApplicable) else None
    form = AnswerForm(
        formdata=None,
        answer=NOT_APPLICABLE if reason is not None else choice,
        reason=reason,
        comment=mine.comment,
        released=mine.released,
        seq=str(mine.seq),
    )
    return form.about(question, apart=apart)


class BeliefForm(SentForm):
    """How far one agrees."""

    agree = RadioField("", [InputRequired("Choose how far you agree, or that you have no opinion.")])

    def about(self, belief: Belief) -> "BeliefForm":
        """Ask this belief."""
        lines = [(str(number), words) for number, words in enumerate(_AGREE, 1)]
        self.agree.choices = options(*lines, (DONT_KNOW, "No opinion"))
        self.agree.label.text = belief.text
        return self

    @property
    def given(self) -> int | None:
        """1 to 5, or None for no opinion, of a valid form."""
        return None if self.agree.data == DONT_KNOW else int(self.agree.data)


def believed(belief: Belief, agree: Sequence[int | None], seq: int) -> BeliefForm:
    """The form of a belief; ``agree`` holds one's own answer, or nothing."""
    choice = None if not agree else DONT_KNOW if agree[0] is None else str(agree[0])
    return BeliefForm(formdata=None, agree=choice, seq=str(seq)).about(belief)

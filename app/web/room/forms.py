"""What a participant fills in: a code, a role, an answer, a belief."""

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Belief, Question, Questionnaire
from app.services.given import TEXT_CHARACTERS
from app.services.rooms.entering import LEAST_KEY, MOST_KEY
from app.services.rooms.voting import MOST_SEQ
from app.web.forms import Form, options, without_blanks

DONT_KNOW, NOT_APPLICABLE = "dk", "na"
_TOO_LONG = f"Write at most {TEXT_CHARACTERS:,} characters."
_AGREE = ("Do not agree at all", "Rather do not agree", "In between", "Rather agree", "Agree wholly")


class CodeForm(Form):
    """The code of a room, however it is typed."""

    code = StringField("Code", [InputRequired("Type the code of the room."), Length(max=40)], filters=[without_blanks])


class RoleForm(Form):
    """A role."""

    role = RadioField("Your role", [InputRequired("Choose a role, or rather not say.")])

    def offer(self, questionnaire: Questionnaire) -> None:
        """Offer the roles of a questionnaire, and not to say."""
        offered = [(role.id, role.name) for role in questionnaire.roles]
        self.role.choices = options(*offered, (NOT_SAID, "I would rather not say"))


class KeyForm(Form):
    """The key that this device made (static/js/join.js) or, without script, that came with the page."""

    key = HiddenField("", [Length(LEAST_KEY, MOST_KEY, "Load the page again, then join once more.")])


class JoinForm(RoleForm, KeyForm):
    """A role, and the key of the device."""


class SentForm(Form):
    """What a phone may send again by itself: ``seq`` rises with every choice; empty without script."""

    seq = HiddenField()

    @property
    def number(self) -> int | None:
        """The number of this choice, or None."""
        text = str(self.seq.data or "")
        return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST_SEQ else None


class VoteForm(SentForm):
    """An answer to one question."""

    answer = RadioField("", [InputRequired("Choose the line that is true today, or say that you do not know.")])
    reason = TextAreaField(
        "Why does it not apply?", [Length(max=TEXT_CHARACTERS, message=_TOO_LONG)], filters=[without_blanks]
    )
    comment = TextAreaField("Your comment", [Length(max=TEXT_CHARACTERS, message=_TOO_LONG)], filters=[without_blanks])

    def about(self, question: Question) -> "VoteForm":
        """Ask this question; ids of its own, since a phone keeps several questions ready."""
        lines = [(str(number), anchor) for number, anchor in enumerate(question.anchors)]
        aside = [(DONT_KNOW, "I do not know")]
        if question.na_allowed:
            aside.append((NOT_APPLICABLE, "Does not apply to us"))
        self.answer.choices = options(*lines, *aside)
        self.answer.label.text = question.text
        for field in self:
            field.id = f"{question.id}-{field.name}"
            field.label.field_id = field.id
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


class BeliefForm(SentForm):
    """How far one agrees."""

    agree = RadioField("", [InputRequired("Choose how far you agree, or that you have no opinion.")])

    def about(self, belief: Belief) -> "BeliefForm":
        """Ask this belief; ids of its own."""
        lines = [(str(number), words) for number, words in enumerate(_AGREE, 1)]
        self.agree.choices = options(*lines, (DONT_KNOW, "No opinion"))
        self.agree.label.text = belief.text
        for field in self:
            field.id = f"{belief.id}-{field.name}"
            field.label.field_id = field.id
        return self

    @property
    def given(self) -> int | None:
        """1 to 5, or None for no opinion, of a valid form."""
        return None if self.agree.data == DONT_KNOW else int(self.agree.data)


def voted(question: Question, answer: Answer | None, comment: str | None = None, seq: int | None = None) -> VoteForm:
    """The form of a question with one's own answer in it, or empty."""
    choice = None
    if answer is not None:
        choice = str(answer.level) if isinstance(answer, Level) else DONT_KNOW
    reason = answer.reason if isinstance(answer, NotApplicable) else None
    return VoteForm(
        formdata=None, answer=NOT_APPLICABLE if reason is not None else choice, reason=reason, comment=comment,
        seq="" if seq is None else str(seq),
    ).about(question)  # fmt: skip


def believed(belief: Belief, *agree: int | None) -> BeliefForm:
    """The form of a belief; ``agree`` is one's own answer, or nothing."""
    choice = None if not agree else DONT_KNOW if agree[0] is None else str(agree[0])
    return BeliefForm(formdata=None, agree=choice).about(belief)

"""What is filled in about one question, belief or artefact, wherever it is asked: alone, in a room, or on record."""

import datetime as dt

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.answers import Answer, DontKnow, EvidenceItem, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Belief, Question, Questionnaire
from app.services.given import NAME_CHARACTERS, TEXT_CHARACTERS
from app.services.rooms.voting import MOST_SEQ
from app.web.forms import Form, options, without_blanks

DONT_KNOW, NOT_APPLICABLE = "dk", "na"
#: How far one agrees, from 1 on.
AGREEING = ("Do not agree at all", "Rather do not agree", "In between", "Rather agree", "Agree wholly")
LONG = Length(max=TEXT_CHARACTERS, message=f"Write at most {TEXT_CHARACTERS:,} characters.")
SHORT = Length(max=NAME_CHARACTERS, message=f"Write at most {NAME_CHARACTERS} characters.")


def offer_roles(field: RadioField, questionnaire: Questionnaire) -> None:
    """Offer the roles of a questionnaire, and not to say."""
    offered = [(role.id, role.name) for role in questionnaire.roles]
    field.choices = options(*offered, (NOT_SAID, "I would rather not say"))


class SentForm(Form):
    """What may be sent again by itself: ``seq`` rises with every choice; empty without script."""

    seq = HiddenField()

    @property
    def number(self) -> int | None:
        """The number of this choice, or None."""
        text = str(self.seq.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 17 and int(text) <= MOST_SEQ else None

    def apart(self, name: str) -> None:
        """Ids that begin with this name, where several forms stand on one page."""
        for field in self:
            field.id = field.label.field_id = f"{name}-{field.name}"


class QuestionForm(SentForm):
    """A person's answer to one question."""

    answer = RadioField("", [InputRequired("Choose the line that is true today, or say that you do not know.")])
    reason = TextAreaField("Why does it not apply?", [LONG], filters=[without_blanks])
    comment = TextAreaField("Your comment", [LONG], filters=[without_blanks])

    def ask(self, question: Question) -> None:
        """Ask this question."""
        aside = [(DONT_KNOW, "I do not know")]
        if question.na_allowed:
            aside.append((NOT_APPLICABLE, "Does not apply to us"))
        self.answer.choices = options(*_levels(question), *aside)
        self.answer.label.text = question.text

    def validate_reason(self, field: TextAreaField) -> None:
        """Who says that a question does not apply says why."""
        _ask_for_reason(self.answer, field)

    @property
    def given(self) -> Answer:
        """The answer of a valid form."""
        return DontKnow() if self.answer.data == DONT_KNOW else _settled(self.answer, self.reason)


class OpinionForm(SentForm):
    """How far one agrees with a belief."""

    agree = RadioField("", [InputRequired("Choose how far you agree, or that you have no opinion.")])

    def ask(self, belief: Belief) -> None:
        """Ask this belief."""
        lines = [(str(number), words) for number, words in enumerate(AGREEING, 1)]
        self.agree.choices = options(*lines, (DONT_KNOW, "No opinion"))
        self.agree.label.text = belief.text

    @property
    def given(self) -> int | None:
        """1 to 5, or None for no opinion, of a valid form."""
        return None if self.agree.data == DONT_KNOW else int(self.agree.data)


class LevelForm(Form):
    """What a room settles on for one question."""

    answer = RadioField("What does the room settle on?", [InputRequired("Choose the level that the room settles on.")])
    reason = TextAreaField("Why does it not apply?", [LONG], filters=[without_blanks])
    note = TextAreaField("Note for the report", [LONG], filters=[without_blanks])

    def offer(self, question: Question) -> None:
        """Offer the levels of a question."""
        aside = [(NOT_APPLICABLE, "Does not apply")] if question.na_allowed else []
        self.answer.choices = options(*_levels(question), *aside)

    def validate_reason(self, field: TextAreaField) -> None:
        """The report prints why a question does not apply; where that is not offered, no reason is missed."""
        if any(choice.value == NOT_APPLICABLE for choice in self.answer.iter_choices()):
            _ask_for_reason(self.answer, field)

    @property
    def settled(self) -> Level | NotApplicable:
        """The answer of a valid form."""
        return _settled(self.answer, self.reason)

    @property
    def written(self) -> str | None:
        """The note of a valid form."""
        return str(self.note.data) if self.note.data else None


def choice_of(answer: Answer | None) -> dict[str, str | None]:
    """What ``answer`` and ``reason`` of a form hold for an answer that is there."""
    if isinstance(answer, NotApplicable):
        return {"answer": NOT_APPLICABLE, "reason": answer.reason}
    if answer is None:
        return {"answer": None, "reason": None}
    return {"answer": str(answer.level) if isinstance(answer, Level) else DONT_KNOW, "reason": None}


def choice_of_belief(agree: tuple[int | None, ...]) -> str | None:
    """What ``agree`` of a form holds; given one's own answer, or nothing."""
    return None if not agree else DONT_KNOW if agree[0] is None else str(agree[0])


class ArtefactFields:
    """What is said of an artefact, in a form of its own or in a row of many."""

    title = StringField("What it is", [SHORT], filters=[without_blanks])
    place = StringField("Where it is", [LONG], filters=[without_blanks])
    date = StringField("Its date", filters=[without_blanks])
    seen_by = StringField("Seen by a second person", [LONG], filters=[without_blanks])

    def validate_date(self, field: StringField) -> None:
        """A date is one of the calendar."""
        if field.data and _date(field.data) is None:
            raise ValidationError("Write the date as year-month-day, such as 2026-07-10.")

    @property
    def item(self) -> EvidenceItem:
        """The artefact of a valid form."""
        return EvidenceItem(
            str(self.title.data), self.place.data or None, _date(self.date.data), self.seen_by.data or None
        )


def _levels(question: Question) -> list[tuple[str, str]]:
    return [(str(number), anchor) for number, anchor in enumerate(question.anchors)]


def _ask_for_reason(answer: RadioField, reason: TextAreaField) -> None:
    if answer.data == NOT_APPLICABLE and not reason.data:
        raise ValidationError("Say in a few words why it does not apply.")


def _settled(answer: RadioField, reason: TextAreaField) -> Level | NotApplicable:
    return NotApplicable(str(reason.data)) if answer.data == NOT_APPLICABLE else Level(int(answer.data))


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None

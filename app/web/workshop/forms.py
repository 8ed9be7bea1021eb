"""What the facilitator fills in."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, IntegerField, SelectField, StringField
from wtforms import Form as Part
from wtforms.validators import InputRequired, NumberRange, ValidationError
from wtforms.validators import Optional as MayBeEmpty

from app.domain.answers import Agreed, Bet, EvidenceItem, Level, NotApplicable
from app.domain.questionnaire import LEVELS, Named, Question
from app.services.rooms.opening import MOST_EXPECTED
from app.web.answer_forms import LONG, SHORT, ArtefactFields, LevelForm, choice_of
from app.web.forms import Form, options, without_blanks

MOST_BETS = 5


class OpeningForm(Form):
    """How long the room has."""

    minutes = IntegerField(
        "Time box in minutes",
        [InputRequired("Write how many minutes you have."), NumberRange(5, 600, "Write a number from 5 to 600.")],
    )


class UpForm(Form):
    """A move on the question that its page showed; elsewhere somebody may have moved on."""

    question = HiddenField()
    voting = HiddenField()

    @property
    def up(self) -> tuple[str, int]:
        """The question and the voting that the page showed."""
        text = str(self.voting.data or "")
        return str(self.question.data or ""), int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


class AskForm(Form):
    """Which question is next."""

    question = StringField("Question", [InputRequired("Choose a question.")])


class ActionForm(Form):
    """Which open action is said to be done."""

    action = StringField("Action", [InputRequired("Choose an action.")])


class AgreeForm(LevelForm, UpForm):
    """What the room settles on; there is one line for a reason."""

    reason = StringField("Why does it not apply?", [LONG], filters=[without_blanks])

    def about(self, question: Question) -> "AgreeForm":
        """Offer the levels of a question."""
        self.offer(question)
        return self

    @property
    def given(self) -> tuple[Level | NotApplicable, str | None]:
        """The answer and the note of a valid form."""
        return self.settled, self.written


def agree_form(question: Question, voting: int, agreed: Agreed | None) -> AgreeForm:
    """The form with what is recorded."""
    recorded = choice_of(agreed.answer if agreed else None)
    note = agreed.note if agreed else None
    form = AgreeForm(formdata=None, **recorded, note=note, question=question.id, voting=str(voting))
    return form.about(question)


class ArtefactForm(ArtefactFields, Form):
    """One artefact that stands behind the level."""

    question = HiddenField()
    title = StringField("What it is", [InputRequired("Say what it is."), SHORT], filters=[without_blanks])

    @property
    def given(self) -> EvidenceItem:
        """The artefact of a valid form."""
        return self.item


class ExpectForm(Form):
    """How many of each family are expected; made by ``expect_form``."""

    families: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, int]:
        """The numbers of a valid form."""
        return {family: self[family].data or 0 for family in self.families}


def expect_form(families: Sequence[Named], expected: dict[str, int] | None = None) -> ExpectForm:
    """As it was sent, or with what is expected so far."""
    within = NumberRange(0, MOST_EXPECTED, f"Write a number from 0 to {MOST_EXPECTED:,}.")
    fields: dict[str, Any] = {family.id: IntegerField(family.name, [MayBeEmpty(), within]) for family in families}
    made = type("ExpectFormOfFamilies", (ExpectForm,), {**fields, "families": tuple(fields)})
    form: ExpectForm = made() if expected is None else made(formdata=None, **expected)
    return form


class ChoiceForm(Form):
    """One of some: whom to hand the room to, which role to sit in."""

    chosen = StringField("Choice", [InputRequired("Choose one.")])


class AcceptForm(Form):
    """Which of the offered questions are accepted as agreed."""


class OrderForm(Form):
    """The agenda by hand: one question that goes up, down, out or in, such as ``up mon-drift``; or all as dragged."""

    move = StringField("Move")

    @property
    def given(self) -> tuple[str, str]:
        """Where to, and the question."""
        to, _, question = str(self.move.data or "").partition(" ")
        return to, question


class BetForm(Part):  # type: ignore[misc]  # WTForms has no types
    """A level that one question will have next time; an empty row is no bet."""

    question = SelectField("Question", choices=[], default="")
    level = SelectField("Level next time", choices=options(*((str(n), f"level {n}") for n in LEVELS)), default="3")


class BetsForm(Form):
    """What the room bets on."""

    bets = FieldList(FormField(BetForm), min_entries=MOST_BETS, max_entries=MOST_BETS)

    def about(self, questions: Sequence[tuple[str, str]]) -> "BetsForm":
        """Offer these questions (id, name)."""
        for row in self.bets:
            row.form.question.choices = options(("", "No bet"), *questions)
        return self

    def validate_bets(self, field: FieldList) -> None:
        """One bet a question."""
        named = [row.form.question.data for row in field if row.form.question.data]
        if len(set(named)) < len(named):
            raise ValidationError("Bet on each question once.")

    @property
    def given(self) -> tuple[Bet, ...]:
        """The bets of a valid form."""
        rows = [row.form for row in self.bets if row.form.question.data]
        return tuple(Bet(str(row.question.data), int(row.level.data)) for row in rows)


def bets_form(questions: Sequence[tuple[str, str]], bets: Sequence[tuple[str, int]]) -> BetsForm:
    """The form with the bets made so far."""
    rows = [{"question": question, "level": str(level)} for question, level in bets]
    empty = [{"question": "", "level": "3"} for _ in range(MOST_BETS - len(rows))]
    return BetsForm(formdata=None, bets=[*rows[:MOST_BETS], *empty]).about(questions)

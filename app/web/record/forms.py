"""What a facilitator records: an agreed level, artefacts, a show of hands."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.validators import Optional as MayBeEmpty

from app.domain.answers import Agreed, EvidenceItem, Hands, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Question, Questionnaire
from app.services.agreeing import MOST_HANDS, MOST_ITEMS
from app.services.given import NAME_CHARACTERS, TEXT_CHARACTERS
from app.web.forms import Form, options, without_blanks

NOT_APPLICABLE = "na"
ANSWERS = ("level 0", "level 1", "level 2", "level 3", "level 4", "do not know", "does not apply")
_LONG = Length(max=TEXT_CHARACTERS, message=f"Write at most {TEXT_CHARACTERS:,} characters.")
_SHORT = Length(max=NAME_CHARACTERS, message=f"Write at most {NAME_CHARACTERS} characters.")


class VersionedForm(Form):
    """A form that knows which version it was made from; "seen" for what carries no number."""

    version = HiddenField()

    @property
    def made_from(self) -> int | None:
        """The version that the editor saw; None when the form does not say."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class TakingForm(Form):
    """A button; what is taken over is ticked beside it."""


class AgreedForm(VersionedForm):
    """What the room settled on."""

    answer = RadioField("What did the room settle on?", [InputRequired("Choose the level that the room settled on.")])
    reason = TextAreaField("Why does it not apply?", [_LONG], filters=[without_blanks])
    note = TextAreaField("Note for the report", [_LONG], filters=[without_blanks])

    def about(self, question: Question) -> "AgreedForm":
        """Offer the levels of a question."""
        lines = [(str(number), anchor) for number, anchor in enumerate(question.anchors)]
        aside = [(NOT_APPLICABLE, "Does not apply")] if question.na_allowed else []
        self.answer.choices = options(*lines, *aside)
        return self

    def validate_reason(self, field: TextAreaField) -> None:
        """The report prints why a question does not apply."""
        if self.answer.data == NOT_APPLICABLE and not field.data:
            raise ValidationError("Say in a few words why it does not apply.")

    @property
    def given(self) -> Agreed:
        """What a valid form says."""
        note = str(self.note.data) if self.note.data else None
        if self.answer.data == NOT_APPLICABLE:
            return Agreed(NotApplicable(str(self.reason.data)), note)
        return Agreed(Level(int(self.answer.data)), note)


def agreed_form(question: Question, agreed: Agreed | None, version: int) -> AgreedForm:
    """The form with what is recorded."""
    answer = agreed.answer if agreed else None
    return AgreedForm(
        formdata=None,
        answer=None if answer is None else str(answer.level) if isinstance(answer, Level) else NOT_APPLICABLE,
        reason=answer.reason if isinstance(answer, NotApplicable) else None,
        note=agreed.note if agreed else None,
        version=str(version),
    ).about(question)


class ItemForm(Part):  # type: ignore[misc]  # WTForms has no types
    """One artefact; a row that is empty throughout is no artefact."""

    title = StringField("What it is", [_SHORT], filters=[without_blanks])
    place = StringField("Where it is", [_LONG], filters=[without_blanks])
    date = StringField("Its date", filters=[without_blanks])
    seen_by = StringField("Seen by a second person", [_LONG], filters=[without_blanks])

    def validate_title(self, field: StringField) -> None:
        """Whatever is said of an artefact is said of a named one."""
        if not field.data and any((self.place.data, self.date.data, self.seen_by.data)):
            raise ValidationError("Say what the artefact is, or empty its row.")

    def validate_date(self, field: StringField) -> None:
        """A date is one of the calendar."""
        if field.data and _date(field.data) is None:
            raise ValidationError("Write the date as year-month-day, such as 2026-07-10.")

    @property
    def given(self) -> EvidenceItem | None:
        """The artefact of a valid row, or None for an empty one."""
        if not self.title.data:
            return None
        return EvidenceItem(self.title.data, self.place.data or None, _date(self.date.data), self.seen_by.data or None)


class EvidenceForm(VersionedForm):
    """The artefacts behind a level, one a row."""

    items = FieldList(FormField(ItemForm, label="Artefact"), label="Artefacts", max_entries=MOST_ITEMS)

    @property
    def given(self) -> tuple[EvidenceItem, ...]:
        """The artefacts of a valid form."""
        return tuple(item for row in self.items if (item := row.form.given) is not None)

    def add_row(self) -> None:
        """One more empty row, up to the most there may be."""
        if len(self.items) < MOST_ITEMS:
            self.items.append_entry()

    def remove_row(self, place: str) -> None:
        """Take the row of this number away."""
        if place.isdigit() and int(place) < len(self.items.entries):
            del self.items.entries[int(place)]


def evidence_form(items: Sequence[EvidenceItem], version: int) -> EvidenceForm:
    """The form with the artefacts that are recorded, or one empty row."""
    rows = [
        {"title": i.title, "place": i.place, "date": i.date.isoformat() if i.date else None, "seen_by": i.seen_by}
        for i in items
    ]
    return EvidenceForm(formdata=None, items=rows or [{}], version=str(version))


class CountField(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """How many hands; the complaint names the cell."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number; raises ValueError in our words."""
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = None
        elif text.isascii() and text.isdigit() and int(text) <= MOST_HANDS:
            self.data = int(text)
        else:
            self.data = None
            raise ValueError(f"{self.label.text}: write a whole number from 0 to {MOST_HANDS:,}.")


class HandsForm(Form):
    """A show of hands: a cell for each role and answer, made by ``hands_form``."""

    seen = HiddenField()
    roles: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()

    def cell(self, role: str, place: int) -> Any:  # noqa: ANN401 - fields have no common type
        """The field of a role and an answer."""
        return self[f"{role}_{place}"]

    @property
    def given(self) -> tuple[Hands, ...]:
        """The hands of a valid form, every role once."""
        shown = []
        for role, _ in self.roles:
            counts = [self.cell(role, place).data or 0 for place in range(len(self.answers))]
            shown.append(Hands(role, tuple(counts + [0] * (len(ANSWERS) - len(counts)))))  # type: ignore[arg-type]
        return tuple(shown)

    @property
    def before(self) -> tuple[Hands, ...]:
        """What the editor saw; what cannot be read was nothing of ours and so is nothing."""
        return _unwritten(str(self.seen.data or ""))


def hands_form(question: Question, questionnaire: Questionnaire, shown: Sequence[Hands] | None = None) -> HandsForm:
    """The form of a question: as sent, or with the hands that are recorded."""
    roles = (*((role.id, role.name) for role in questionnaire.roles), (NOT_SAID, "Role not said"))
    answers = ANSWERS if question.na_allowed else ANSWERS[:-1]
    cells: dict[str, Any] = {
        f"{role}_{place}": CountField(f"{name}, {words}", [MayBeEmpty()])
        for role, name in roles
        for place, words in enumerate(answers)
    }
    made = type("HandsOfQuestion", (HandsForm,), {**cells, "roles": roles, "answers": answers})
    if shown is None:
        form: HandsForm = made()
        return form
    filled = {f"{hand.role}_{place}": n for hand in shown for place, n in enumerate(hand.counts[: len(answers)]) if n}
    empty: HandsForm = made(formdata=None, seen=written(shown), **filled)
    return empty


def written(shown: Sequence[Hands]) -> str:
    """A show of hands as a hidden field carries it."""
    return ";".join(f"{hand.role}:{','.join(map(str, hand.counts))}" for hand in shown)


def _unwritten(text: str) -> tuple[Hands, ...]:
    found = []
    for one in filter(None, text.split(";")):
        role, _, counts = one.partition(":")
        numbers = [int(n) for n in counts.split(",") if n.isascii() and n.isdigit() and len(n) < 6]
        if len(numbers) == len(ANSWERS):
            found.append(Hands(role, tuple(numbers)))  # type: ignore[arg-type]  # seven of them
    return tuple(found)


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None

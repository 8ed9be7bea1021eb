"""What a facilitator records: an agreed level, artefacts, a show of hands."""

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, IntegerField, StringField
from wtforms import Form as Part
from wtforms.validators import Optional as MayBeEmpty
from wtforms.validators import ValidationError

from app.domain.answers import Agreed, EvidenceItem, Hands
from app.domain.questionnaire import NOT_SAID, Question, Questionnaire
from app.services.agreeing import MOST_HANDS, MOST_ITEMS
from app.web.answer_forms import ArtefactFields, LevelForm, choice_of
from app.web.forms import Form

ANSWERS = ("level 0", "level 1", "level 2", "level 3", "level 4", "do not know", "does not apply")


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


class AgreedForm(LevelForm, VersionedForm):
    """What the room settled on."""

    def about(self, question: Question) -> "AgreedForm":
        """Offer the levels of a question."""
        self.offer(question)
        return self

    @property
    def given(self) -> Agreed:
        """What a valid form says."""
        return Agreed(self.settled, self.written)


def agreed_form(question: Question, agreed: Agreed | None, version: int) -> AgreedForm:
    """The form with what is recorded."""
    recorded = choice_of(agreed.answer if agreed else None)
    note = agreed.note if agreed else None
    return AgreedForm(formdata=None, **recorded, note=note, version=str(version)).about(question)


class ItemForm(ArtefactFields, Part):  # type: ignore[misc]  # WTForms has no types
    """One artefact; a row that is empty throughout is no artefact."""

    def validate_title(self, field: StringField) -> None:
        """Whatever is said of an artefact is said of a named one."""
        if not field.data and any((self.place.data, self.date.data, self.seen_by.data)):
            raise ValidationError("Say what the artefact is, or empty its row.")

    @property
    def given(self) -> EvidenceItem | None:
        """The artefact of a valid row, or None for an empty one."""
        return self.item if self.title.data else None


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
        elif text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST_HANDS:
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

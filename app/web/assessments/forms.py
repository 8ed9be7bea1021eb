"""What is filled in about an assessment."""

from typing import Any, cast

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.domain.questionnaire import NOT_SAID, ContextQuestion, Questionnaire
from app.web.assessments.fields import ExactField
from app.web.forms import Form, options, without_blanks

_TEXT = Length(max=2000, message="Write at most 2,000 characters.")
_CONTEXT = "context-"


class TermsForm(Form):
    """The settings of an assessment; those of its questionnaire are added by ``asking``."""

    version = HiddenField()
    purpose = TextAreaField("Purpose and audience", [_TEXT])
    anonymity = RadioField(
        "Anonymity",
        choices=options(
            ("anonymous", "Anonymous: nobody can be worked out from anything that is shown, printed or exported"),
            ("open", "Open: the answers may be exported one by one, and people can be compared over quarters"),
        ),
        default="anonymous",
        validate_choice=False,
    )
    time_box = IntegerField(
        "Time box of the workshop, in minutes", [Optional(), NumberRange(5, 600, "Write 5 to 600 minutes.")]
    )
    date = DateField("Date on the report", [Optional()])
    scope = TextAreaField("Live models that are assessed, one a line")
    people = ExactField("People")
    working_days = ExactField("Working days in the quarter")
    share = ExactField("Share of their time, in percent")
    target = SelectField("Target level", choices=[], validate_choice=True)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Each field, then the three numbers of the capacity together."""
        good = bool(super().validate(extra_validators))
        fields = (self.people, self.working_days, self.share)
        given = [field for field in fields if (field.data or "").strip()]
        if given and len(given) < len(fields):
            for field in fields:
                if field not in given:
                    _wrong(field, "Fill in all three numbers of the capacity, or leave all three empty.")
            return False
        for field, most in zip(fields, (1_000_000, 366, 100), strict=True):
            if field.number is not None and not 0 < field.number <= most:
                _wrong(field, f"Write a number above 0 and at most {most:,}.")
                good = False
        return good

    @property
    def asked(self) -> tuple[Any, ...]:
        """The fields of the context questions, in the order of the questionnaire."""
        return tuple(field for field in self if field.name.startswith(_CONTEXT))

    @property
    def context(self) -> dict[str, str]:
        """What was answered to them; nothing for an empty one."""
        given = {field.name.removeprefix(_CONTEXT): str(field.data or "").strip() for field in self.asked}
        return {name: value for name, value in given.items() if value}


class NewForm(TermsForm):
    """A new assessment. ``shown_for``: the questionnaire whose context questions were on the page."""

    quarter = SelectField("Quarter", choices=[])
    questionnaire = SelectField("Questionnaire", choices=[])
    shown_for = HiddenField()
    variant = RadioField("How much is asked", choices=[], default="full")


class VoidForm(Form):
    """Why a closed assessment does not count."""

    reason = StringField(
        "Reason",
        [DataRequired("Say in a few words why."), Length(max=500, message="Write at most 500 characters.")],
        filters=[without_blanks],
    )


class ImportForm(Form):
    """An assessment file, or a report that carries one."""

    file = FileField("Assessment file or report PDF")
    #: Asked for only after a file that names another team was refused.
    other_team = BooleanField("It belongs to this team all the same: take it in")


def asking(kind: type[Form], questionnaire: Questionnaire) -> type[Form]:
    """The form with the context questions of a questionnaire; that of one's own role is asked when somebody joins."""
    fields = {f"{_CONTEXT}{one.id}": _field(one) for one in questions_of(questionnaire)}
    return cast("type[Form]", type(kind.__name__, (kind,), fields))


def questions_of(questionnaire: Questionnaire) -> tuple[ContextQuestion, ...]:
    """The context questions about the organization."""
    roles = {*questionnaire.families_by_role, NOT_SAID}
    return tuple(
        one for one in questionnaire.context if not one.choices or {choice.value for choice in one.choices} - roles
    )


def hints_of(questionnaire: Questionnaire) -> dict[str, str]:
    """What an answer to a context question changes, by the name of its field."""
    return {f"{_CONTEXT}{one.id}": _hint(one, questionnaire) for one in questions_of(questionnaire)}


def control(field: str) -> str:
    """The field of the form that a service means: ``capacity.people`` is ``people``, ``ctx-models`` its question."""
    name = field.rpartition(".")[2]
    return {"time_box_minutes": "time_box"}.get(name, name)


def blame(form: Form, field: str, words: str) -> None:
    """Write an error to the control that it is about, or to the form as a whole."""
    known = {one.name: one for one in form}
    found = known.get(control(field)) or known.get(f"{_CONTEXT}{field}")
    if found is None:
        form.form_errors.append(words)
    else:
        _wrong(found, words)


def _wrong(field: Any, words: str) -> None:  # noqa: ANN401 - fields of WTForms have no common type
    field.errors = [*field.errors, words]


def _field(asked: ContextQuestion) -> Any:  # noqa: ANN401 - as above
    if asked.choices:
        empty = SelectChoice(value="", label="Not said")
        choices = [empty, *(SelectChoice(value=choice.value, label=choice.label) for choice in asked.choices)]
        return SelectField(asked.text, choices=choices, default="")
    return StringField(asked.text, [_TEXT])


def _hint(asked: ContextQuestion, questionnaire: Questionnaire) -> str:
    told = []
    for choice in asked.choices:
        if choice.overlay:
            count = sum(q.overlay == choice.overlay for q in questionnaire.questions)
            told.append(f"{choice.label} adds {count} questions; they are scored apart from the others.")
        if choice.not_applicable:
            count = len(choice.not_applicable)
            words = "1 question that does" if count == 1 else f"{count} questions that do"
            told.append(f"{choice.label} leaves out {words} not apply then.")
        if choice.ends_assessment:
            told.append(f"{choice.label} means that there is nothing to assess yet.")
    if asked.kind == "number" and not asked.choices:
        told.append("A whole number.")
    return " ".join(told)

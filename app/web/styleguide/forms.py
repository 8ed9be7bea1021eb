"""A form with every kind of field."""

from wtforms import BooleanField, FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from app.web.forms import Form, options, without_blanks

LEVELS = (
    ("0", "Nothing; the output takes effect."),
    ("1", "A technical person can correct the case through direct access."),
    ("2", "For at least half of the live models the user has a described way to set the output aside."),
    ("3", "Every model with consequential outputs has such a way, and each overruling is recorded."),
    ("4", "Overruling rates are reviewed at least quarterly and have led to changes in the model or its use."),
)
ASIDE = (("dk", "I do not know"), ("na", "Does not apply to us"))


class SampleForm(Form):
    """A new assessment, more or less."""

    team = StringField(
        "Team", [InputRequired("Name the team that is assessed."), Length(max=200)], filters=[without_blanks]
    )
    quarter = SelectField(
        "Quarter", choices=options(("2026-Q3", "Third quarter 2026"), ("2026-Q4", "Fourth quarter 2026"))
    )
    people = IntegerField(
        "People",
        [InputRequired("Write how many people there are."), NumberRange(1, 500, "Write a number from 1 to 500.")],
    )
    purpose = TextAreaField("Purpose", [Length(max=2000)])
    file = FileField("Assessment file")
    anonymous = BooleanField("Keep answers anonymous")
    variant = RadioField(
        "How long",
        [InputRequired("Choose one of the two.")],
        choices=options(
            ("full", "Full: forty questions, a workshop"), ("pulse", "Pulse: twelve questions, five minutes")
        ),
    )


class AnswerForm(Form):
    """One question."""

    answer = RadioField(
        "What can the person using a model\u2019s output do when that output is wrong in a particular case?",
        choices=options(*LEVELS, *ASIDE),
    )

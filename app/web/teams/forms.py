"""What is filled in about a team."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from app.web.forms import Form, options, without_blanks

_LENGTH = Length(max=200, message="Write at most 200 characters.")


class NameForm(Form):
    """A team's name."""

    name = StringField("Name of the team", [DataRequired("Name the team."), _LENGTH], filters=[without_blanks])


class NewTeamForm(NameForm):
    """A team, and what comes next."""

    then = RadioField(
        "What would you like to do next?",
        choices=options(
            ("alone", "Answer alone now: a pulse, about five minutes, then your own report"),
            ("together", "Prepare an assessment with the team: one workshop, 60 to 90 minutes"),
            ("nothing", "Only make the team for now"),
        ),
        default="alone",
    )

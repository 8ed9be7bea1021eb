"""What an owner fills in about people."""

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.web.forms import Form, without_blanks

_ROLES = [
    SelectChoice("viewer", "Viewer"),
    SelectChoice("member", "Member"),
    SelectChoice("facilitator", "Facilitator"),
    SelectChoice("owner", "Owner"),
]


class RoleForm(Form):
    """A role and its teams; ``teams`` are public ids, offered by the page."""

    role = SelectField("Role", choices=_ROLES, default="member")
    all_teams = BooleanField("All teams, also those made later")
    teams = SelectMultipleField("Teams", choices=[], validate_choice=False)


class InviteForm(RoleForm):
    """An invitation."""

    email = StringField(
        "Email address", [InputRequired("Write an address."), Length(max=255)], filters=[without_blanks]
    )

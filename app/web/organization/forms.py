"""What an owner sets for the organization."""

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.services.organizations import MOST_DAYS
from app.web.forms import Form, without_blanks


class OrganizationForm(Form):
    """Name and retention."""

    name = StringField("Name", [InputRequired("Write a name."), Length(max=200)], filters=[without_blanks])
    retention_days = IntegerField(
        "Days that single votes are kept after an assessment is closed",
        [Optional(), NumberRange(0, MOST_DAYS, message=f"Write a number from 0 to {MOST_DAYS:,}, or nothing.")],
    )

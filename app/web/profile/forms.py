"""What somebody types about their own account."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.web.forms import Form, without_blanks


class ButtonForm(Form):
    """A button alone."""


class TokenForm(Form):
    """A name for a new token."""

    name = StringField("What is it for?", [Length(max=100)], filters=[without_blanks])


class JoinForm(Form):
    """Somebody new: a name and a password."""

    name = StringField("Your name", [InputRequired("Write your name."), Length(max=200)], filters=[without_blanks])
    password = PasswordField("Password", [InputRequired("Choose a password.")])
    again = PasswordField(
        "Password again", [EqualTo("password", "The two are not the same; write the password twice.")]
    )

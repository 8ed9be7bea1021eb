"""What somebody types to sign in."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.web.forms import Form, without_blanks


class SignInForm(Form):
    """Address and password."""

    email = StringField(
        "Email address",
        [InputRequired("Write the address that your invitation was sent to."), Length(max=320)],
        filters=[without_blanks],
    )
    password = PasswordField("Password", [InputRequired("Write your password."), Length(max=1000)])

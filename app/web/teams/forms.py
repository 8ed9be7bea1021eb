"""What is filled in about a team."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.services.given import TEXT_CHARACTERS
from app.services.overview import MOST_TAGS, TAG_CHARACTERS
from app.web.forms import Form, options, without_blanks

_LENGTH = Length(max=200, message="Write at most 200 characters.")


class NameForm(Form):
    """A team's name."""

    name = StringField("Name of the team", [DataRequired("Name the team."), _LENGTH], filters=[without_blanks])


class SettingsForm(NameForm):
    """A team's name and tags."""

    tags = StringField("Tags", filters=[without_blanks])

    def validate_tags(self, field: StringField) -> None:
        """So many, so long, and nothing that nobody would see."""
        del field
        tags = self.wanted
        if len(tags) > MOST_TAGS or any(len(tag) > TAG_CHARACTERS or not tag.isprintable() for tag in tags):
            raise ValidationError(f"Write at most {MOST_TAGS} tags of at most {TAG_CHARACTERS} characters.")

    @property
    def wanted(self) -> list[str]:
        """The tags, which stand between commas."""
        return [tag.strip() for tag in str(self.tags.data or "").split(",") if tag.strip()]


class OfferForm(Form):
    """What is offered to other teams is ticked beside it; this is what is said of it."""

    note = TextAreaField(
        "What should a team know before it takes a level over?",
        [Length(max=TEXT_CHARACTERS, message=f"Write at most {TEXT_CHARACTERS:,} characters.")],
        filters=[without_blanks],
    )


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

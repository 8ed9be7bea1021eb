"""What a team fills in about its actions and its plan."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.services.board_cards import CardForm, quarter_given
from app.services.errors import NotValid
from app.services.given import NAME_CHARACTERS, TEXT_CHARACTERS
from app.store.tables.board import CardRow
from app.web.formatting import sentence
from app.web.forms import Form, options, without_blanks

_LONG = Length(max=TEXT_CHARACTERS, message=f"Write at most {TEXT_CHARACTERS:,} characters.")
_SHORT = Length(max=NAME_CHARACTERS, message=f"Write at most {NAME_CHARACTERS} characters.")
REPORTED = (("planned", "Planned"), ("in_progress", "In progress"), ("reported_done", "Reported done"))


class VersionedForm(Form):
    """A form that knows which version of an action it was made from."""

    version = HiddenField()

    @property
    def made_from(self) -> int | None:
        """The version that the editor saw; None when the form does not say."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class MoveForm(VersionedForm):
    """A card goes to another state."""

    to = HiddenField()


class WishForm(VersionedForm):
    """An action is pinned, dropped, or left to the planner."""

    kind = HiddenField()


class AcceptForm(Form):
    """A proposal as it was looked at."""

    capacity = HiddenField()
    target = HiddenField()
    digest = HiddenField()
    after = HiddenField()


class FeedForm(Form):
    """A button that makes a calendar address."""


class IssuesForm(Form):
    """Where issues are made, and with which token; the token is never shown again."""

    repository = StringField("Repository", [InputRequired("Name the repository.")], filters=[without_blanks])
    token = PasswordField("Token", [InputRequired("Paste a token of GitHub.")])


class ActionForm(VersionedForm):
    """What a team says of an action."""

    state = SelectField("State", choices=options(*REPORTED))
    quarter = StringField("Quarter", filters=[without_blanks])
    owner = StringField("Owner", [_SHORT], filters=[without_blanks])
    due = StringField("Due", filters=[without_blanks])
    started = StringField("Begun", filters=[without_blanks])
    effort_days = StringField("Person-days it took", filters=[without_blanks])
    link = StringField("Link", [_LONG], filters=[without_blanks])
    note = TextAreaField("Note", [_LONG], filters=[without_blanks])

    def about(self, found: str, said: str) -> "ActionForm":
        """Offer the state that the check found beside those that a team can say."""
        if found not in dict(REPORTED):
            self.state.choices = options((found, f"{said} (found by the check)"), *REPORTED)
        return self

    def validate_quarter(self, field: StringField) -> None:
        """A quarter as it is written."""
        try:
            quarter_given(field.data)
        except NotValid as wrong:
            raise ValidationError(sentence(wrong)) from None

    def validate_due(self, field: StringField) -> None:
        """A day of the calendar."""
        _day(field.data)

    def validate_started(self, field: StringField) -> None:
        """A day of the calendar."""
        _day(field.data)

    def validate_effort_days(self, field: StringField) -> None:
        """A number of days."""
        _number(field.data)

    @property
    def given(self) -> CardForm:
        """What a valid form says."""
        return CardForm(
            state=str(self.state.data),
            quarter=quarter_given(self.quarter.data),
            owner=self.owner.data or None,
            due=_day(self.due.data),
            started=_day(self.started.data),
            link=self.link.data or None,
            note=self.note.data or None,
            effort_days=_number(self.effort_days.data),
        )


def action_form(card: CardRow, said: str) -> ActionForm:
    """The form with what is stored."""
    return ActionForm(
        formdata=None,
        state=card.state,
        quarter=card.quarter or "",
        owner=card.owner or "",
        due=card.due.isoformat() if card.due else "",
        started=card.started.isoformat() if card.started else "",
        effort_days=f"{card.effort_days.normalize():f}" if card.effort_days is not None else "",
        link=card.link or "",
        note=card.note or "",
        version=str(card.version),
    ).about(card.state, said)


def capacity_asked(text: str) -> Decimal | None:
    """Person-days a quarter out of an address, None for nothing; raises NotValid."""
    if not text.strip():
        return None
    try:
        return _number(text)
    except ValidationError:
        raise NotValid("capacity_days", "write the days a quarter as a number, such as 38") from None


def target_asked(text: str) -> int | None:
    """How far to go, None for as the assessment says; raises NotValid."""
    if not text.strip():
        return None
    if text.strip() not in {"1", "2", "3", "4"}:
        raise NotValid("target", "a target level is 1 to 4")
    return int(text)


def _day(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValidationError("Write the date as year-month-day, such as 2026-11-30.") from None


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise ValidationError("Write a number of days, such as 2 or 2.5.") from None
    if not number.is_finite():
        raise ValidationError("Write a number of days, such as 2 or 2.5.")
    return number

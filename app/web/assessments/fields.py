"""Fields that read numbers exactly, as people write them."""

import re
from decimal import Decimal

from wtforms import StringField
from wtforms.validators import ValidationError

_NUMBER = re.compile(r"(?a:\d{1,7}(?:[.,]\d{1,6})?)")
_THOUSAND = re.compile(r"(?a:\d{1,3}[.,]\d{3})")


class ExactField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A positive number, exact; a comma may stand for the point. ``number`` is None when the field is empty.

    ``1,000`` is refused, since it is a thousand for some and one for others.
    """

    number: Decimal | None = None

    def pre_validate(self, form: object) -> None:
        """Read the number; raises ValidationError with what to write instead."""
        del form
        text = (self.data or "").strip()
        if not text:
            return
        if _THOUSAND.fullmatch(text):
            raise ValidationError("Write it without a separator for thousands, such as 1000 or 1.5.")
        if not _NUMBER.fullmatch(text):
            raise ValidationError("Write a number in figures, such as 8 or 7.5.")
        self.number = Decimal(text.replace(",", "."))


def plain(number: Decimal | None) -> str:
    """A number as it is written into a field: without trailing zeros or an exponent; empty for none."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""The small values that the API's bodies are made of: strict, and described as they are checked."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"(?a:\d{4}-\d\d-\d\d)")
_FEW_FIGURES = re.compile(r"(?a:\d{1,9})")
_LARGE = 1_000_000
#: Sent by devices, so within what every one of them counts exactly.
_LARGEST_SEQ = 2**53 - 1


class Taken(BaseModel):
    """The base of every body that is taken: nothing is more than it looks like, and nothing is passed over."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Given(BaseModel):
    """The base of every body that is given: what the description names is always there."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


def _whole(value: object) -> object:
    """A number without decimals, whether it is spelled 3 or 3.0; anything else is left for the check."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _exact(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("day", "write year, month and day, such as 2026-09-30")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "there is no such day") from None


def _said(value: object) -> object:
    """An answer to a context question as it is kept: yes and no, figures, or text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | Decimal) else value


def _figures(value: object) -> object:
    return int(value) if isinstance(value, str) and _FEW_FIGURES.fullmatch(value) else value


def _yes(value: object) -> object:
    return value if value is True else None  # 1 is no true


def _figure(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


_Number = {"type": "number"}
# The bounds stand before the reading: pydantic would not describe them behind it.
Level: TypeAlias = Annotated[int, Field(ge=0, le=4), BeforeValidator(_whole)]
TargetLevel: TypeAlias = Annotated[int, Field(ge=1, le=4), BeforeValidator(_whole)]
Agreement: TypeAlias = Annotated[int, Field(ge=1, le=5), BeforeValidator(_whole)]
Minutes: TypeAlias = Annotated[int, Field(ge=5, le=600), BeforeValidator(_whole)]
Seq: TypeAlias = Annotated[int, Field(ge=0, le=_LARGEST_SEQ), BeforeValidator(_whole)]
Version: TypeAlias = Annotated[int, Field(ge=0, le=_LARGE * 1000), BeforeValidator(_whole)]
#: Out of an address, where everything is text.
Limit: TypeAlias = Annotated[int, Field(ge=1, le=200), BeforeValidator(_figures)]
Yes: TypeAlias = Annotated[Literal[True], BeforeValidator(_yes)]
Line: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text: TypeAlias = Annotated[str, StringConstraints(max_length=2000)]
Reason: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
QuarterName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-Q[1-4]$")]
PackName: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,78}@[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$")
]
Day: TypeAlias = Annotated[dt.date, BeforeValidator(_day)]
Amount: TypeAlias = Annotated[
    Decimal,
    Field(gt=0, le=_LARGE),
    BeforeValidator(_exact),
    WithJsonSchema(_Number | {"exclusiveMinimum": 0, "maximum": _LARGE}),
]
Share: TypeAlias = Annotated[
    Decimal,
    Field(gt=0, le=1),
    BeforeValidator(_exact),
    WithJsonSchema(_Number | {"exclusiveMinimum": 0, "maximum": 1}),
]
Days: TypeAlias = Annotated[
    Decimal,
    Field(ge=0, le=10_000),
    BeforeValidator(_exact),
    WithJsonSchema(_Number | {"minimum": 0, "maximum": 10_000}),
]
Said: TypeAlias = Annotated[
    Text, BeforeValidator(_said), WithJsonSchema({"type": ["string", "boolean", "number"], "maxLength": 2000})
]
#: An exact decimal as JSON writes one.
Figure: TypeAlias = Annotated[Decimal, PlainSerializer(_figure, return_type=int | float), WithJsonSchema(_Number)]
Variant: TypeAlias = Literal["full", "pulse"]
Anonymity: TypeAlias = Literal["anonymous", "open"]
Grade: TypeAlias = Literal["E0", "E1", "E2"]
Plain: TypeAlias = dict[str, Any]

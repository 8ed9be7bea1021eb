"""The one blueprint of the API, and what each endpoint says of itself: the description is made from that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from flask import Blueprint

PREFIX = "/api/v1"
#: What is described by the schema of the result file.
RESULT = "Result"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

#: Which security schemes of the description are good, where those of people are not.
BY_SEAT = ("seat",)
BY_SEAT_OR_STAGE = ("seat", "token", "session")
#: Nobody is known yet; the device brings a key of its own.
OF_DEVICES = ()

View = TypeVar("View", bound=Callable[..., Any])
#: A model, the media type of a file, or nothing.
Content: TypeAlias = type[Any] | str | None


class Heading(StrEnum):
    """Under which the description lists an endpoint."""

    TEAMS = "Teams"
    ASSESSMENTS = "Assessments"
    ANSWERS = "Own answers"
    RECORD = "The facilitator's record"
    RESULTS = "Results"
    BOARD = "The board"
    ROOMS = "Live rooms"
    ABOUT = "About"


@dataclass(frozen=True, slots=True)
class Described:
    """One endpoint: what it takes and gives, by status, and which refusals beside the usual ones it knows.

    ``takes`` is a model, or the media types of a file; ``query`` a model of what stands behind the question mark;
    ``by`` names who may ask where the gate is open and the view looks by itself.
    """

    heading: Heading
    gives: Mapping[int, Content]
    takes: type[Any] | tuple[str, ...] | None = None
    query: type[Any] | None = None
    moment: bool = False
    versioned: bool = False
    by: tuple[str, ...] | None = None


def describe(described: Described) -> Callable[[View], View]:
    """Say it of a view."""

    def mark(view: View) -> View:
        view.described = described  # type: ignore[attr-defined]  # a function carries what it says of itself
        return view

    return mark

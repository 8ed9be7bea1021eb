"""What the API gives: one model an answer, which writes it and describes it."""

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field

from app.formats.api_values import Anonymity, Figure, Given, Grade, Plain, Variant


class Team(Given):
    """A team."""

    id: str
    name: str
    archived: bool


class TeamPage(Given):
    """Teams by name; ``next`` is the address of what follows."""

    items: list[Team]
    next: str | None


class Capacity(Given):
    """What the team can spend."""

    people: Figure
    working_days: Figure
    share: Figure


class Assessment(Given):
    """An assessment: its frame and settings, never what was answered."""

    id: str
    organization: str = Field(description="The slug of the organization.")
    team: Team
    quarter: str
    variant: Variant
    questionnaire: str
    state: Literal["draft", "open", "closed", "voided"]
    anonymity: Anonymity
    purpose: str
    scope: list[str]
    capacity: Capacity | None
    target: int | dict[str, int]
    context: dict[str, str]
    date: dt.date
    time_box_minutes: int | None
    version: int
    created_at: dt.datetime
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None


class AssessmentPage(Given):
    """Assessments of a team, oldest quarter first."""

    items: list[Assessment]
    next: str | None


class Part(Given):
    """The role in which one takes part, and whether answers in it could be recognized."""

    role: str
    warning: str | None


class Agreed(Given):
    """What the room settled on; level and na are both null when it settled on nothing (any more)."""

    question: str
    level: int | None
    na: str | None
    note: str | None
    version: int = Field(description="0 before anything was recorded.")


class Artefact(Given):
    """Something that shows a level."""

    title: str
    place: str | None
    date: dt.date | None
    seen_by: str | None


class Evidence(Given):
    """What stands behind a level."""

    question: str
    grade: Grade
    items: list[Artefact]
    version: int = Field(description="0 before anything was recorded.")


class Action(Given):
    """An action of a team's board; ``step`` is its name in the questionnaire, such as mon-drift@2."""

    id: str
    step: str
    status: Literal["planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed"]
    quarter: str | None
    owner: str | None
    started: dt.date | None
    effort_days: Figure | None
    note: str | None
    verified_in: str | None
    version: int


class ActionPage(Given):
    """The board of a team, by step."""

    items: list[Action]
    next: str | None


class Fault(Given):
    """One thing to mend; line and column where what was sent is a text with lines."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None


class ProblemDocument(Given):
    """Why something was refused (RFC 9457), in words that say what to do next."""

    # Most refusals have nothing to list, and nothing to compare with.
    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] = Field(default=[], description="What is not valid, each with its place.")
    present: Plain | None = Field(default=None, description="With 412: what is there now, with its version.")

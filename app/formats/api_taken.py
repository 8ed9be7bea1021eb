"""What the API takes: one model a body, which checks it and describes it."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, RootModel, StringConstraints, Tag

from app.formats.api_values import (
    Agreement,
    Amount,
    Anonymity,
    Day,
    Days,
    Grade,
    Level,
    Limit,
    Line,
    Minutes,
    PackName,
    QuarterName,
    Reason,
    Said,
    Seq,
    Share,
    Taken,
    TargetLevel,
    Text,
    Variant,
    Version,
    Yes,
)


class NewTeam(Taken):
    """A team to be made."""

    name: Line


class CapacityTaken(Taken):
    """Usable days are people x working_days x share x 0.8, rounded down."""

    people: Amount
    working_days: Amount
    share: Share


_KIND = Discriminator(lambda value: "as mapping" if isinstance(value, dict) else "as level")
Targets: TypeAlias = Annotated[dict[Line, TargetLevel], Field(max_length=201)]


class Settings(Taken):
    """What can be set. What is left out stays; null takes back what may be empty."""

    purpose: Text | None = None
    scope: Annotated[list[Line], Field(max_length=1000)] | None = None
    capacity: CapacityTaken | None = None
    target: Annotated[Annotated[TargetLevel, Tag("as level")] | Annotated[Targets, Tag("as mapping")], _KIND] | None = (
        Field(default=None, description="A level for all questions, or a mapping of question to level with `default`.")
    )
    context: Annotated[dict[Line, Said], Field(max_length=200)] | None = None
    anonymity: Anonymity | None = None
    date: Day | None = None
    time_box_minutes: Minutes | None = None


class NewAssessment(Settings):
    """An assessment to be made; a draft unless it says open."""

    quarter: QuarterName
    questionnaire: PackName
    variant: Variant = "full"
    state: Literal["draft", "open"] = "draft"


class AssessmentChange(Settings):
    """Settings to change, and how the assessment goes on: open takes answers, closed is for good."""

    state: Literal["open", "closed"] | None = None


class VoteParts(Taken):
    """What may stand beside any answer."""

    comment: Text | None = None
    seq: Seq | None = Field(
        default=None,
        description="Rises with each answer to this question; an older one that comes late is passed over.",
    )


class _AnswerParts(VoteParts):
    role: Line | None = Field(
        default=None, description="Joins in this role with the first answer; without one the role is not said."
    )


class LevelTaken(_AnswerParts):
    """A level, 0 to 4."""

    level: Level


class DontKnowTaken(_AnswerParts):
    """Nothing is known about it."""

    dk: Yes


class NotApplicableTaken(_AnswerParts):
    """It does not apply, and why."""

    na: Reason


def one_of(*keys: str) -> Discriminator:
    """Tells answers apart by the key that they bring."""

    def which(value: object) -> str | None:
        found = [key for key in keys if key in value] if isinstance(value, dict) else []
        # No key can be called so, which keeps the ways to keys and to alternatives apart.
        return f"as {found[0]}" if len(found) == 1 else None

    listed = f"{', '.join(keys[:-1])} and {keys[-1]}"
    return Discriminator(which, custom_error_type="one_of", custom_error_message=f"write one of {listed}, and only one")


class AnswerTaken(
    RootModel[
        Annotated[
            Annotated[LevelTaken, Tag("as level")]
            | Annotated[DontKnowTaken, Tag("as dk")]
            | Annotated[NotApplicableTaken, Tag("as na")],
            one_of("level", "dk", "na"),
        ]
    ]
):
    """One's own answer to a question."""


class BeliefTaken(Taken):
    """How far one agrees with a statement: 1 to 5; null is no opinion."""

    agree: Agreement | None
    role: Line | None = None
    seq: Seq | None = None


class RoleTaken(Taken):
    """The role in which one takes part; fixed by the first answer."""

    role: Line


class _AgreedParts(Taken):
    note: Text | None = None


class AgreedLevelTaken(_AgreedParts):
    """The level that the room settled on."""

    level: Level


class AgreedNotApplicableTaken(_AgreedParts):
    """The room settled on that it does not apply, and why."""

    na: Reason


class AgreedTaken(
    RootModel[
        Annotated[
            Annotated[AgreedLevelTaken, Tag("as level")] | Annotated[AgreedNotApplicableTaken, Tag("as na")],
            one_of("level", "na"),
        ]
    ]
):
    """What the room settled on."""


class ArtefactTaken(Taken):
    """Something that shows a level; seen_by names somebody else who saw it."""

    title: Line
    place: Text | None = None
    date: Day | None = None
    seen_by: Text | None = None


class EvidenceTaken(Taken):
    """What stands behind a level. Without a grade the items give it: E1 needs one, E2 one that somebody saw."""

    grade: Grade | None = None
    items: Annotated[list[ArtefactTaken], Field(max_length=20)] = Field(default_factory=list)


class ActionChange(Taken):
    """What a team says of an action; what is left out stays."""

    status: Literal["planned", "in_progress", "reported_done"] | None = None
    owner: Text | None = None
    started: Day | None = None
    effort_days: Days | None = None
    note: Text | None = None


class ActionOfBoard(ActionChange):
    """A change to one action of a board; ``version``: the one that it was made from."""

    id: Line
    version: Version | None = None


class BoardChange(Taken):
    """Changes to several actions of one board: all of them, or none."""

    items: Annotated[list[ActionOfBoard], Field(max_length=200)]


class PageAsked(Taken):
    """Which page of a list."""

    limit: Limit = Field(default=50, description="How many at most.")
    cursor: Annotated[str, StringConstraints(max_length=2000)] = Field(
        default="", description="Where the page before has ended; it stands in its `next`."
    )


class FileAsked(Taken):
    """Which form of an assessment file."""

    form: Literal["settled", "raw"] = Field(
        default="settled", description="raw: answers one by one, of open terms only, for owners."
    )

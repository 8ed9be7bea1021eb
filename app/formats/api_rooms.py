"""What the API takes and gives of a live room; of a vote before its reveal there is no field to give.

States are written by ``app.services.rooms.wording``, for streams and answers alike; here they are described.
"""

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, RootModel, Tag

from app.formats.api_taken import VoteParts, one_of
from app.formats.api_values import Agreement, Figure, Given, Level, Line, Minutes, Reason, Seq, Taken, Yes

#: Not every key is always there.
_SOME = ConfigDict(json_schema_serialization_defaults_required=False)
Phase: TypeAlias = Literal["lobby", "voting", "revealed", "agreed", "closed"]


class RoomWanted(Taken):
    """How long the workshop may take; without it as the assessment says."""

    time_box_minutes: Minutes | None = None


class QuestionAsked(Taken):
    """The question to put up."""

    question: Line


class ParticipantTaken(Taken):
    """The role in which somebody comes in: one of the questionnaire, or not_said."""

    role: Line


class LevelVote(VoteParts):
    """A level, 0 to 4."""

    level: Level


class DontKnowVote(VoteParts):
    """Nothing is known about it."""

    dk: Yes


class NotApplicableVote(VoteParts):
    """It does not apply, and why."""

    na: Reason


class VoteTaken(
    RootModel[
        Annotated[
            Annotated[LevelVote, Tag("as level")]
            | Annotated[DontKnowVote, Tag("as dk")]
            | Annotated[NotApplicableVote, Tag("as na")],
            one_of("level", "dk", "na"),
        ]
    ]
):
    """One's own vote on a question."""


class BeliefVote(Taken):
    """How far one agrees with a statement: 1 to 5; null is no opinion."""

    agree: Agreement | None
    seq: Seq | None = None


class OpenRoom(Given):
    """An open room: the code as people read it, and the address to join at."""

    id: str = Field(description="The code.")
    code: str
    join_url: str
    time_box_minutes: int | None


class SeatGiven(Given):
    """A seat in the room. The token is a secret of this device, and good for this room only."""

    token: str
    role: str
    warning: str | None = Field(description="Set when answers in this role could be recognized.")


class FamilyMedian(Given):
    """The middle of one role family."""

    median: Figure


class DistributionGiven(Given):
    """How the votes fell, where it may be shown."""

    levels: dict[str, int] = Field(description="Counts by level, 0 to 4 as text.")
    dk: int
    na: int
    median: Figure | None
    families: dict[str, FamilyMedian]


class EarlierVoting(Given):
    """A voting before the last one, beside it."""

    voting: int
    voted: int
    distribution: DistributionGiven | None
    why: str | None


class PromptGiven(Given):
    """What the pattern of the votes suggests to talk about."""

    pattern: str
    says: str


class AgreedGiven(Given):
    """What the room settled on: a level, or why it does not apply; one of the two is there."""

    model_config = _SOME
    level: int | None = None
    na: str | None = None
    note: str | None


class OwnVote(Given):
    """One's own answer: one of level, dk and na is there."""

    model_config = _SOME
    level: int | None = None
    dk: bool | None = None
    na: str | None = None
    comment: str | None
    seq: int


class OwnVoteIn(OwnVote):
    """One's own answer in one voting."""

    question: str
    voting: int


class OwnBelief(Given):
    """One's own opinion of a statement."""

    agree: int | None


class MineGiven(Given):
    """What this participant has answered."""

    role: str
    votes: list[OwnVoteIn]
    beliefs: dict[str, OwnBelief]


class SharedRoomState(Given):
    """What everybody in the room sees."""

    revision: int
    phase: Phase
    question: str | None
    voting: int = Field(description="0 where no question is up.")
    joined: int
    voted: int
    expected: dict[str, int]
    connected: int = Field(description="Participants whose screens follow at the node that answers.")
    distribution: DistributionGiven | None = Field(description="From the reveal on, where it may be shown.")
    why: str | None = Field(description="Why a distribution is not shown.")
    earlier: list[EarlierVoting]
    prompt: PromptGiven | None
    agreed: AgreedGiven | None
    last_time: int | None
    time_box_minutes: int | None
    opened_at: dt.datetime
    asked_at: dt.datetime | None


class RoomState(SharedRoomState):
    """What everybody in the room sees, and one's own vote in the voting that is up (null for who runs the room)."""

    my_vote: OwnVote | None


class NamedGiven(Given):
    """Something with a name."""

    id: str
    name: str


class QuestionGiven(Given):
    """A question, with what each level from 0 to 4 says."""

    id: str
    dimension: str
    capability: str
    text: str
    anchors: list[str]
    na_allowed: bool
    na_condition: str | None


class BeliefGiven(Given):
    """A statement to agree with or not."""

    id: str
    text: str


class QuestionnaireGiven(Given):
    """What can be answered in this room."""

    id: str
    version: str
    title: str
    roles: list[NamedGiven]
    dimensions: list[NamedGiven]
    questions: list[QuestionGiven]
    beliefs: list[BeliefGiven]

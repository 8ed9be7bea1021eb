"""The shapes of what a settled file says about the past: checked actions and bets, change, history."""

from fractions import Fraction
from typing import get_args

from app.domain.answers import ActionStatus, Variant
from app.domain.sheet import (
    Cell,
    Change,
    CheckedAction,
    CheckedBet,
    DimensionChange,
    LastFull,
    LevelMove,
    PastAssessment,
    PastMyth,
    SamePeople,
)
from app.formats.answer_shapes import MOST_PEOPLE, MOST_QUESTIONS
from app.formats.scalars import TEXT, day, exact, flag, known, label, level, one_of, quarter, text, whole
from app.formats.shapes import Field, Node, Shape, optional, record, rows, table
from app.formats.vocabulary import Vocabulary

MOST_PAST = 400
_MOST_DAYS = 100_000
#: An earlier questionnaire may have had ids that this one does not know.
_ANY_ID = label("an id")


def checked_action(words: Vocabulary) -> Shape[CheckedAction]:
    """One step of the previous plan after its check."""
    return record(
        CheckedAction,
        Field("id", "id", known(words.steps, "action"), required=True),
        Field("status", "status", one_of(*get_args(ActionStatus)), required=True),
        Field("why", "why", optional(text(TEXT, what="the reason"))),
        Field("owner", "owner", optional(label("the owner"))),
        Field("started", "started", optional(day())),
        Field("effort_days", "effort_days", optional(exact(0, _MOST_DAYS, "the effort in days"))),
        Field("verified_in", "verified_in", optional(quarter())),
    )


def checked_bet(words: Vocabulary) -> Shape[CheckedBet]:
    """One bet of the previous assessment."""
    return record(
        CheckedBet,
        Field("question", "question", known(words.questions, "question"), required=True),
        Field("level", "level", level(), required=True),
        Field("held", "held", optional(flag()), always=True),
    )


def pair(least: int, most: int, what: str) -> Shape[tuple]:  # type: ignore[type-arg]
    """[low, high], low first."""
    inner = rows(exact(least, most, what), 2)

    def read(node: Node) -> tuple:  # type: ignore[type-arg]
        if not isinstance(node.data, list) or len(node.data) != 2:
            node.refuse("must be two numbers, the lower one first")
        made = inner.read(node)
        if list(made) != sorted(made):
            node.refuse("the lower number comes first")
        return made

    return Shape(read, inner.write, inner.schema | {"type": "array", "minItems": 2, "maxItems": 2})


def _difference() -> Shape[Fraction | None]:
    return optional(exact(-4, 4, "a difference of levels"))


def _dimension_change() -> Shape[DimensionChange]:
    mean = optional(exact(0, 4, "a mean of levels"))
    return record(
        DimensionChange,
        Field("official", "official", _difference(), always=True),
        Field("like_for_like", "like_for_like", _difference(), always=True),
        Field("instrument", "instrument", _difference()),
        Field("from_questions", "from_questions", _difference()),
        Field("from_answers", "from_answers", _difference()),
        Field("before", "before", mean),
        Field("after", "after", mean),
        Field("common", "common", whole(0, MOST_QUESTIONS, "a count of questions"), required=True),
        Field("common_share", "common_share", exact(0, 1, "a share"), required=True),
        Field("comparable", "comparable", flag(), required=True),
        Field("real", "real", optional(flag()), always=True),
        Field("range90", "range90", optional(pair(-4, 4, "a difference of levels"))),
        Field("why", "why", optional(text(TEXT, what="the reason"))),
    )


def _same_people() -> Shape[SamePeople]:
    return record(
        SamePeople,
        Field("respondents", "respondents", whole(0, MOST_PEOPLE, "a count of people"), required=True),
        Field("dimensions", "dimensions", table(_ANY_ID, _difference(), 100), default={}),
    )


def change() -> Shape[Change]:
    """What changed since the previous assessment."""
    move = record(
        LevelMove,
        Field("question", "question", _ANY_ID, required=True),
        Field("before", "before", level(), required=True),
        Field("after", "after", level(), required=True),
    )
    ids = rows(_ANY_ID, MOST_QUESTIONS)
    return record(
        Change,
        Field("previous", "previous", quarter(), required=True),
        Field("comparable", "comparable", flag(), required=True),
        Field("dimensions", "dimensions", table(_ANY_ID, _dimension_change(), 100), default={}),
        Field("moves", "moves", rows(move, MOST_QUESTIONS, lambda m: m.question, "move of"), default=()),
        Field("questions_added", "questions_added", ids, default=()),
        Field("questions_retired", "questions_retired", ids, default=()),
        Field("questions_changed", "questions_changed", ids, default=()),
        Field("same_people", "same_people", optional(_same_people())),
        Field("same_people_why", "same_people_why", optional(text(TEXT, what="the reason"))),
    )


def past_assessment() -> Shape[PastAssessment]:
    """One earlier assessment in the trend."""
    mean = optional(exact(0, 4, "a mean of levels"))
    return record(
        PastAssessment,
        Field("quarter", "quarter", quarter(), required=True),
        Field("variant", "variant", one_of(*get_args(Variant)), required=True),
        Field("dimensions", "dimensions", table(_ANY_ID, mean, 100), default={}),
        Field("stage", "stage", optional(whole(0, 4, "a stage")), always=True),
        Field("breaks", "breaks", rows(_ANY_ID, 100), default=()),
    )


def last_full() -> Shape[LastFull]:
    """The last full assessment, which a pulse repeats."""
    share = optional(exact(0, 1, "an index"))
    myth = record(
        PastMyth,
        Field("cell", "cell", one_of(*get_args(Cell)), required=True),
        Field("behaviour", "behaviour", share, always=True),
        Field("belief", "belief", share, always=True),
    )
    return record(
        LastFull,
        Field("quarter", "quarter", quarter(), required=True),
        Field("claimed", "claimed", whole(0, 4, "a stage"), required=True),
        Field("supported", "supported", whole(0, 4, "a stage"), required=True),
        Field("stability", "stability", share, always=True),
        Field("levels", "levels", table(_ANY_ID, level(), MOST_QUESTIONS), default={}),
        Field("myths", "myths", table(_ANY_ID, myth, MOST_QUESTIONS), default={}),
    )

"""The shape of what is published about one question, with the checks of measurement.md 4.1, 4.5 and 4.10."""

from typing import Any, get_args

from app.domain.sheet import Ballot, Origin, Status
from app.formats.answer_shapes import MOST_PEOPLE, counts
from app.formats.scalars import TEXT, exact, flag, known, level, one_of, text, whole
from app.formats.shapes import Field, Node, Shape, exactly, optional, record, rows, table
from app.formats.vocabulary import Vocabulary

#: How many gave a level, as it may be published; the last one only of an anonymous assessment.
BUCKETS = ("0", "1", "2", "3-4", "5+", "fewer than 3")
_MOST_VOTINGS = 200
_SHOWN_FROM = 3


def question_facts(words: Vocabulary) -> Shape[dict[str, Any]]:
    """One question's facts, read as attributes of QuestionFacts without its id and evidence."""
    reason = optional(text(TEXT, what="the reason"))
    return record(
        dict,
        Field("status", "status", one_of(*get_args(Status)), required=True),
        Field("level", "level", optional(level()), always=True),
        Field("from", "origin", optional(one_of(*get_args(Origin))), always=True),
        Field("why", "reason", reason),
        Field("note", "note", optional(text(TEXT, what="the note"))),
        Field("respondents", "respondents", one_of(*BUCKETS), required=True),
        Field("ad", "ad", optional(exact(0, 2, "AD")), always=True),
        Field("rwg", "rwg", optional(exact(-3, 1, "r_wg"))),
        Field("contested", "contested", flag(), default=False, always=True),
        Field("votes_apart", "votes_apart", flag(), default=False),
        Field("differs_from_votes", "differs_from_votes", flag(), default=False),
        Field("single_source", "single_source", flag(), default=False),
        Field("visibility_gap", "visibility_gap", flag(), default=False, always=True),
        Field("families", "families", table(known(words.families, "family"), _median(), 100), default={}),
        Field(
            "weights", "weights", optional(exactly(5, exact(0, MOST_PEOPLE, "a weight"), "the weight of each level"))
        ),
        Field("votings", "ballots", rows(_ballot(), _MOST_VOTINGS), default=()),
        Field("comments", "comments", rows(text(TEXT, what="the comment"), MOST_PEOPLE), default=()),
        check=_check,
    )


def _median() -> Shape[Any]:
    median = Field("median", "median", exact(0, 4, "a median"), required=True, get=lambda value: value)
    return record(lambda median: median, median)


def _ballot() -> Shape[Ballot]:
    return record(
        Ballot,
        Field("voting", "number", whole(1, _MOST_VOTINGS, "the number of the voting"), required=True),
        Field("counts", "counts", optional(counts()), always=True),
        Field("median", "median", optional(exact(0, 4, "a median")), always=True),
    )


def _check(values: dict[str, Any], node: Node) -> None:
    status, level_, origin = (values.get(key, ...) for key in ("status", "level", "origin"))
    if status == "level" and level_ is None:
        node.note("the status is level, but there is none; write a level from 0 to 4, or status: unknown", "level")
    if status in {"unknown", "na"} and isinstance(level_, int):
        node.note(f"the status is {status}, so there is no level; leave it out, or write status: level", "level")
    if status == "level" and origin in {None, "context"}:
        node.note("a level comes from agreed, votes or hands", "from")
    if status == "unknown" and origin in {"agreed", "context"}:
        node.note("an unknown level comes from votes or hands, or from nowhere", "from")
    if status == "na" and origin is None:
        node.note("say where it comes from: agreed, votes, hands or context", "from")
    if values.get("contested") and (origin == "agreed" or status in {"unknown", "na"}):
        node.note("only a level that was not agreed can be contested; write no", "contested")
    if values.get("votes_apart") and origin != "agreed":
        node.note("votes are apart beside an agreed level only; write no", "votes_apart")
    numbers = [b.number for b in values.get("ballots", ())]
    if sorted(set(numbers)) != numbers:
        node.note("votings are listed once each, the first one first", "votings")


def check_anonymous(question: str, values: dict[str, Any], node: Node) -> None:
    """Note what an anonymous assessment must not publish about a question (measurement.md 4.10)."""
    many = values["respondents"] == "5+"
    if values["weights"] is not None:
        node.note("weights of an anonymous assessment are not published; leave them out", "weights")
    if values["rwg"] is not None:
        node.note("r_wg of an anonymous assessment is not published; leave it out", "rwg")
    ad = values["ad"]
    if ad is not None and (not many or (ad * 10).denominator != 1):
        node.note("AD of an anonymous assessment has one decimal and is published from 5 answers; write null", "ad")
    if values["families"] and not many:
        node.note("families of an anonymous assessment are published from 6 answers; leave them out", "families")
    if values["respondents"] in {"1", "2"}:
        node.note("write 'fewer than 3' in an anonymous assessment", "respondents")
    for index, ballot in enumerate(values["ballots"]):
        if ballot.counts is not None and sum(ballot.counts[:5]) < _SHOWN_FROM:
            node.note(f"counts of {question} with fewer than 3 levels are not published; write null", "votings", index)

"""The keys that both forms of an assessment file begin with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from app.domain.answers import Anonymity, Bet, Capacity, Variant
from app.domain.questionnaire import ContextQuestion
from app.formats.answer_shapes import MOST_QUESTIONS
from app.formats.scalars import NAME, TEXT, amount, day, known, level, one_of, quarter, text, whole
from app.formats.shapes import Field, Node, Shape, optional, record, rows, said, suggestion, table
from app.formats.vocabulary import Vocabulary

FORMAT = "mythmark/assessment@1"
MOST_SCOPE = 1000
_LARGE = 1_000_000
_DEFAULT_TARGET = 3
_COUNT = re.compile(r"(?a:\d{1,9})")


@dataclass(frozen=True, slots=True)
class Target:
    """The level to reach, and exceptions by question."""

    default: int
    by_question: dict[str, int]


def head(words: Vocabulary, questionnaire: str, anonymity: str, bets: str) -> tuple[Field, ...]:
    """The shared fields in the order of writing. ``bets`` names the attribute that holds the bets made."""
    return (
        Field("format", "format", one_of(FORMAT), required=True, get=_always(FORMAT)),
        Field("organization", "organization", text(NAME, what="the name of the organization"), required=True),
        Field("team", "team", text(NAME, what="the name of the team"), required=True),
        Field("quarter", "quarter", quarter(), required=True),
        Field("variant", "variant", one_of(*get_args(Variant)), default="full"),
        Field("date", "date", optional(day()), always=True),
        Field("questionnaire", "questionnaire", text(NAME), required=True, get=_always(questionnaire)),
        Field("purpose", "purpose", _or_empty(text(TEXT, blank=True, what="the purpose")), default=""),
        Field("scope", "scope", rows(text(NAME, what="the name of a model"), MOST_SCOPE), default=()),
        Field("anonymity", "anonymity", one_of(*get_args(Anonymity)), default=anonymity, always=True),
        Field("capacity", "capacity", optional(_capacity())),
        Field("target", "target", _target(words), Target(_DEFAULT_TARGET, {}), always=True, get=_target_of),
        Field("context", "context", _context(words), default={}),
        Field("respondent_ids", "stable_ids", _stable(), default=False),
        Field("bets", bets, rows(_bet(words), MOST_QUESTIONS, lambda b: b.question, "bet on"), default=()),
    )


def _always(value: str) -> Callable[[object], str]:
    return lambda _: value


def _target_of(of: Any) -> Target:  # noqa: ANN401 - an assessment or a sheet
    return Target(of.target, of.target_levels)


def _bet(words: Vocabulary) -> Shape[Bet]:
    return record(
        Bet,
        Field("question", "question", known(words.questions, "question"), required=True),
        Field("level", "level", level(), required=True),
    )


def _or_empty(shape: Shape[str]) -> Shape[str]:
    return Shape(
        lambda n: "" if n.data is None else shape.read(n), shape.write, {"anyOf": [shape.schema, {"type": "null"}]}
    )


def _stable() -> Shape[bool]:
    word = one_of("stable")
    return Shape(lambda n: word.read(n) == "stable", lambda _: "stable", word.schema)


def _capacity() -> Shape[Capacity]:
    return record(
        Capacity,
        Field("people", "people", amount(_LARGE, zero=False, what="the number of people"), required=True),
        Field(
            "working_days", "working_days", amount(_LARGE, zero=False, what="the number of working days"), required=True
        ),
        Field("share", "share", amount(1, zero=False, what="the share of the time"), required=True),
    )


def _target(words: Vocabulary) -> Shape[Target]:
    one = whole(1, 4, "a target level")
    by_id = table(known(words.questions, "question"), one, MOST_QUESTIONS)

    def read(node: Node) -> Target:
        if not isinstance(node.data, dict):
            return Target(one.read(node), {})
        default = one.read(node.child("default")) if "default" in node.data else _DEFAULT_TARGET
        rest = {key: value for key, value in node.data.items() if key != "default"}
        return Target(default, by_id.read(Node(rest, node.path, node.notes)))

    def write(value: Target) -> object:
        return {"default": value.default, **value.by_question} if value.by_question else value.default

    return Shape(read, write, {"anyOf": [one.schema, by_id.schema | {"type": "object"}]})


def _context(words: Vocabulary) -> Shape[dict[str, str]]:
    asked = None if words.context is None else {c.id: c for c in words.context}
    value_schema = {"type": ["string", "number", "boolean", "null"]}
    # The last part of a path is the key: the id of the context question that the value answers.
    chosen = Shape(lambda node: _chosen(asked.get(str(node.path[-1])) if asked else None, node), str, value_schema)
    inner = table(known(None if asked is None else tuple(asked), "context question"), optional(chosen), MOST_QUESTIONS)

    def read(node: Node) -> dict[str, str]:
        return {name: value for name, value in inner.read(node).items() if value is not None}

    return Shape(read, dict, inner.schema | {"additionalProperties": value_schema})


def _chosen(asked: ContextQuestion | None, node: Node) -> str:
    data = node.data
    value = (
        ("yes" if data else "no") if isinstance(data, bool) else str(data) if isinstance(data, int | Decimal) else data
    )
    if not isinstance(value, str):
        node.refuse(f"must be a single value, not {said(data)}")
    values = () if asked is None else tuple(c.value for c in asked.choices)
    if values and value not in values:
        node.refuse(f"{said(value)} is not one of the answers{suggestion(value, values)}")
    if asked is not None and asked.kind == "number" and not values and not _COUNT.fullmatch(value):
        node.refuse(f"{said(value)} is not a whole number; write figures, such as 8")
    return text(TEXT, what="an answer").read(Node(value, node.path, node.notes))

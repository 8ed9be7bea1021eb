"""The shapes of what respondents and the room say: answers, agreed levels, hands, evidence."""

from typing import Any

from app.domain.answers import (
    Agreed,
    Answer,
    DontKnow,
    Evidence,
    EvidenceItem,
    Grade,
    Hands,
    Level,
    NotApplicable,
)
from app.formats.scalars import TEXT, day, known, label, level, one_of, text, whole
from app.formats.shapes import Field, Node, Shape, optional, record, rows, said, table
from app.formats.vocabulary import Vocabulary

MOST_QUESTIONS = 200
MOST_PEOPLE = 5000
_COUNTS = 7
_LEVEL = level()
_REASON = text(TEXT, what="a reason")


def answer() -> Shape[Answer]:
    """0 to 4, dk (or null) for do-not-know, or {na: reason}."""
    na = record(NotApplicable, Field("na", "reason", _REASON, required=True))

    def read(node: Node) -> Answer:
        data = node.data
        if data is None or data == "dk":
            return DontKnow()
        if isinstance(data, dict):
            return na.read(node)
        if isinstance(data, str) and not data.strip().isdecimal():
            reason = "; a question that does not apply is written {na: reason}" if data.lower() in {"na", "n/a"} else ""
            node.refuse(f"{said(data)} is not an answer; write a level from 0 to 4, dk or {{na: reason}}{reason}")
        return Level(_LEVEL.read(node))

    def write(value: Answer) -> object:
        if isinstance(value, Level):
            return value.level
        return "dk" if isinstance(value, DontKnow) else na.write(value)

    return Shape(read, write, {"anyOf": [_LEVEL.schema, {"enum": ["dk", None]}, na.schema]})


def answers(words: Vocabulary) -> Shape[dict[str, Answer]]:
    """Answers by question, not applicable only where the question allows it."""

    def check(question: str, value: Answer, node: Node) -> None:
        refuse_na(words, question, value, node)

    return table(known(words.questions, "question"), answer(), MOST_QUESTIONS, check)


def refuse_na(words: Vocabulary, question: object, value: object, node: Node) -> None:
    """Note an N/A on a question that does not allow it."""
    if isinstance(value, NotApplicable) and question in words.never_na:
        node.note(f"{question} always applies; write a level from 0 to 4 or dk", "na")


def agreed(words: Vocabulary) -> Shape[dict[str, Agreed]]:
    """What the room settled on, by question: {level} or {na: reason}, with an optional note."""

    def check_one(values: dict[str, Any], node: Node) -> None:
        if not isinstance(node.data, dict) or ("level" in node.data) == ("na" in node.data):
            both = "both level and na" if "level" in node.data else "neither level nor na"
            node.note(f"has {both}; write one of them")
            values.pop("level", None)

    def make(level: int | None, na: str | None, note: str | None) -> Agreed:
        return Agreed(NotApplicable(na) if na is not None or level is None else Level(level), note)  # type: ignore[arg-type]

    one = record(
        make,
        Field("level", "level", _LEVEL, get=lambda a: a.answer.level if isinstance(a.answer, Level) else None),
        Field("na", "na", _REASON, get=lambda a: a.answer.reason if isinstance(a.answer, NotApplicable) else None),
        Field("note", "note", optional(text(TEXT, what="a note"))),
        check=check_one,
    )

    def check(question: str, value: Agreed, node: Node) -> None:
        refuse_na(words, question, value.answer, node)

    return table(known(words.questions, "question"), one, MOST_QUESTIONS, check)


def counts() -> Shape[tuple[int, ...]]:
    """Counts of [level 0 to 4, do not know, not applicable]."""
    inner = rows(whole(0, MOST_PEOPLE, "a count"), MOST_PEOPLE)

    def read(node: Node) -> tuple[int, ...]:
        if not isinstance(node.data, list) or len(node.data) != _COUNTS:
            has = f"{len(node.data)} counts" if isinstance(node.data, list) else said(node.data)
            node.refuse(f"must be seven counts: of level 0, 1, 2, 3, 4, of dk and of na; this is {has}")
        made = inner.read(node)
        return made if len(made) == _COUNTS else (0,) * _COUNTS

    schema = inner.schema | {"type": "array", "minItems": _COUNTS, "maxItems": _COUNTS}
    return Shape(read, list, schema)


def hands(words: Vocabulary) -> Shape[dict[str, tuple[Hands, ...]]]:
    """Shows of hands: by question, then by role, in the order of the questionnaire whatever that of the file."""
    places = {role: place for place, role in enumerate(words.roles or ())}
    by_role = table(known(words.roles, "role"), counts(), MOST_QUESTIONS)

    def read_one(node: Node) -> tuple[Hands, ...]:
        shown = sorted(by_role.read(node).items(), key=lambda pair: places.get(pair[0], len(places)))
        return tuple(Hands(role, c) for role, c in shown)  # type: ignore[arg-type]

    def write_one(value: tuple[Hands, ...]) -> object:
        return by_role.write({h.role: h.counts for h in value})

    def check(question: str, value: tuple[Hands, ...], node: Node) -> None:
        for one in value:
            if one.counts[-1] and question in words.never_na:
                node.note(f"{question} always applies; nobody can hold that it does not", one.role)

    one = Shape(read_one, write_one, by_role.schema)
    return table(known(words.questions, "question"), one, MOST_QUESTIONS, check)


def evidence(words: Vocabulary) -> Shape[dict[str, Evidence]]:
    """Evidence by question: items, and a grade that may be left out."""
    item = record(
        EvidenceItem,
        Field("title", "title", text(TEXT, what="what was shown"), required=True),
        Field("place", "place", optional(text(TEXT, what="where it is found"))),
        Field("date", "date", optional(day())),
        Field("seen_by", "seen_by", optional(label("who saw it"))),
    )
    one = record(
        _evidence,
        Field("grade", "grade", one_of("E0", "E1", "E2"), required=False, get=lambda e: e.grade.name),
        Field("items", "items", rows(item, MOST_QUESTIONS), default=()),
        check=_check_grade,
    )
    return table(known(words.questions, "question"), one, MOST_QUESTIONS)


def _evidence(grade: str | None, items: tuple[EvidenceItem, ...]) -> Evidence:
    follows = Grade.E2 if any(i.seen_by for i in items) else Grade.E1 if items else Grade.E0
    return Evidence(follows if grade is None else Grade[grade], items)


def _check_grade(values: dict[str, Any], node: Node) -> None:
    given = node.data.get("items")
    items = given if isinstance(given, list) else []
    grade = values.get("grade")
    if grade in {"E1", "E2"} and not items:
        node.note(f"{grade} needs at least one item; name what was shown under items, or write E0", "grade")
    elif grade == "E2" and not any(isinstance(i, dict) and i.get("seen_by") is not None for i in items):
        node.note("E2 needs somebody who saw it; add seen_by to an item, or write E1", "grade")

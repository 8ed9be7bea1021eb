"""Bodies of the API, read: first as JSON that is nothing more than it looks like, then as what the endpoint takes."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.formats.closest import Closest
from app.formats.places import Document, read_document
from app.formats.problems import Problem, Problems
from app.formats.reading import Path

M = TypeVar("M", bound=BaseModel)
#: Names what is wrong with a body; also makes the reader take nothing but JSON.
_NAME = "body.json"
_WORDS = {
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "is_instance_of": "must be a number",
    "string_too_short": "is empty; write a text",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "too_long": "has more than {max_length} entries",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "string_pattern_mismatch": "is not of the expected form {pattern}",
    "missing": "is missing",
}


class UnreadableBody(Problems):
    """A body that is no JSON, or JSON that could be read in two ways."""


def read_body(data: bytes, model: type[M], limit: int) -> M:
    """The body as this model; raises UnreadableBody, Problems with everything that is not valid."""
    try:
        document = read_document(data, _NAME, limit)
    except Problems as error:
        raise UnreadableBody(error.items) from None
    return _valid(document, model)


def read_values(values: dict[str, object], model: type[M]) -> M:
    """Values that came one by one, as those of an address after its question mark; raises Problems."""
    return _valid(Document("address", values, "", lambda *_: {}), model)


def _valid(document: Document, model: type[M]) -> M:
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        keys = sorted(set(_keys(model)))
        raise Problems(_problems(document, found, keys)) from None


def _problems(document: Document, errors: Iterable[ErrorDetails], keys: list[str]) -> Iterator[Problem]:
    closest = Closest()
    for error in errors:
        path = _path(error, document.data)
        message = _message(error, keys, closest)
        yield from document.problems([(path, message)])


def _path(error: ErrorDetails, data: object) -> Path:
    """The way to what is wrong, without the steps that lead through alternatives of the model."""
    path: list[str | int] = []
    for part in error["loc"]:
        inside = (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        )
        if inside:
            path.append(part)
            data = data[part]  # type: ignore[index]  # looked at just now
    if error["type"] == "missing":
        path.append(error["loc"][-1])
    return tuple(path)


def _message(error: ErrorDetails, keys: list[str], closest: Closest) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        close = closest.to(key, keys)
        return "is not a key that is known here; " + (f"did you mean {close!r}?" if close else "take it out")
    if kind in _WORDS:
        told = error.get("ctx", {})
        return "must be true" if told.get("expected") == "True" else _WORDS[kind].format(**told)
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """Every key that a body of this model could have, for guesses at what was meant."""
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})

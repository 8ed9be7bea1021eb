"""What the schema finds wrong, in words that say what to write instead."""

from collections.abc import Iterable, Iterator

from pydantic_core import ErrorDetails

from app.formats.closest import Closest
from app.formats.reading import Path

#: What to write for a key that is missing or of the wrong kind.
HINTS = {
    "format": "mythmark/questionnaire@1",
    "id": "a short name in small letters, such as mon-drift (a step: mon-drift@2)",
    "version": "three numbers in quotes, such as '1.0.0'",
    "rev": "a whole number from 1 on, raised when the meaning of the question changes",
    "anchors": "five statements under the keys 0 to 4",
    "0": "the statement of level 0", "1": "the statement of level 1", "2": "the statement of level 2",
    "3": "the statement of level 3", "4": "the statement of level 4",
    "steps": "four steps, to level 1, 2, 3 and 4",
    "days": "person-days, a whole number from 1 to 250",
    "who": "team or leadership",
    "keyed": "myth or reality",
    "kind": "choice, number or text (a source: what kind of document it is)",
    "myths": "a mapping such as {uptime-is-health: 1, it-is-easy: -0.5}",
    "gates": "a mapping of stage to level such as {2: 2, 3: 3}",
    "floors": "the keys 1 to 4, each with a number up to 4",
    "best_roles": "a list of role ids such as [platform, ml_engineer]",
    "citations": "a list such as [{reference: dora, locator: change fail rate}]",
    "evidence": "a list of things to ask for",
    "level_names": "a list of five names",
    "stages": "five entries, stage 0 to 4, each with name and summary",
    "scoring": "the block of numbers that README.md lists",
    "url": "an address that begins with http:// or https://",
    "prerequisites": "a list of step ids such as [gov-inventory@1]",
    "value": "a short word in small letters, in quotes if it is a number, yes or no",
}  # fmt: skip
_KINDS = {
    "string_type": "must be text; put it in quotes if it looks like a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of key: value",
    "model_type": "must be a mapping of key: value",
    "model_attributes_type": "must be a mapping of key: value",
    "is_instance_of": "must be a number; write it in figures and with a point, such as 0.5",
    "fraction_parsing": "must be a number; write it in figures and with a point, such as 0.5",
}


def in_words(errors: Iterable[ErrorDetails], known_keys: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Path and message of each finding of pydantic."""
    known = sorted(set(known_keys))
    closest = Closest()
    for error in errors:
        path = tuple(part for part in error["loc"] if part != "[key]")
        yield path, _message(error, path, known, closest)


def _message(error: ErrorDetails, path: Path, known: list[str], closest: Closest) -> str:
    kind = error["type"]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    hint = f"; write {HINTS[key]}" if key in HINTS else ""
    if kind == "missing":
        return f"{key!r} is missing{hint}"
    if kind == "extra_forbidden":
        close = closest.to(key, known)
        return f"unknown key {key[:80]!r}; " + (f"did you mean {close!r}?" if close else "take it out")
    if kind in _KINDS:
        return _KINDS[kind] + hint
    if "[key]" in error["loc"] or kind == "string_pattern_mismatch":
        return f"is not of the expected form{hint}"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**error.get("ctx", {}))
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}{hint}"


_LIMITS = {
    "string_too_short": "is empty; write a text",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
}

"""Whether a pack can be scored and planned: steps, gates, myths, numbers, and the two extreme sheets."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from app.domain.questionnaire import LEVELS, MAX_LEVEL, Questionnaire
from app.formats.pack_outline import Entry, Found, Outline, entries, pairs, text
from app.formats.pack_steps import check_steps, unreachable
from app.formats.reading import Path

QUESTIONS_MAX = 200
ENTRIES_MAX = 1000
#: A myth rests on at least so many core questions of polarity +.
MYTH_QUESTIONS_MIN = 2

#: From a questionnaire and one level for every core question (seen by a second person): stage and dimension scores.
UniformScore: TypeAlias = Callable[[Questionnaire, int], tuple[int, dict[str, Fraction | None]]]


def check_size(data: object) -> Iterator[Found]:
    """Lists too long to be looked into."""
    for key, value in data.items() if isinstance(data, dict) else ():
        most = QUESTIONS_MAX if key == "questions" else ENTRIES_MAX
        if isinstance(value, list) and len(value) > most:
            yield (key,), f"{len(value)} {key[:80]} are too many; at most {most} are read"


def check_structure(outline: Outline) -> Iterator[Found]:
    """Everything about a pack that can be said before it is whole."""
    questions = list(entries(outline.data, "questions"))
    yield from _anchors(questions)
    yield from check_steps(outline)
    yield from _gates(questions, unreachable(outline))
    yield from _myths(outline, questions)
    yield from _dimensions(outline, questions)
    yield from _stages(outline)
    yield from _context(outline, questions)
    yield from _numbers(pairs(outline.data, "scoring"))


def _anchors(questions: list[tuple[Path, Entry]]) -> Iterator[Found]:
    for path, question in questions:
        seen: dict[str, str] = {}
        for level, anchor in pairs(question, "anchors").items():
            if isinstance(anchor, str) and anchor in seen:
                yield (*path, "anchors", level), f"level {level} says the same as level {seen[anchor]}"
            elif isinstance(anchor, str):
                seen[anchor] = level


def _gates(questions: list[tuple[Path, Entry]], blocked: dict[str, str]) -> Iterator[Found]:
    for path, question in questions:
        name, least = text(question, "id") or "", 0
        for stage, level in sorted(pairs(question, "gates").items()):
            at = (*path, "gates", stage)
            if question.get("overlay") is not None:
                yield at, "an overlay question cannot be a gate, because it does not enter the stage; take it out"
            if stage not in ("1", "2", "3", "4"):
                yield at, f"there is no stage {stage[:20]!r} to enter; gates are for stages 1 to 4"
                continue
            if not isinstance(level, int) or isinstance(level, bool):
                continue
            if not 1 <= level <= MAX_LEVEL:
                yield at, f"a gate at level {level} cannot be reached or asks for nothing; write a level from 1 to 4"
                continue
            if level < least:
                yield at, f"stage {stage} asks for less (level {level}) than a lower stage does (level {least})"
            elif (reason := blocked.get(f"{name}@{level}")) is not None:
                yield at, f"level {level} cannot be reached: {reason}"
            least = max(least, level)


def _myths(outline: Outline, questions: list[tuple[Path, Entry]]) -> Iterator[Found]:
    asked = pairs(pairs(outline.data, "scoring"), "myths").get("positive_min")
    least = max(MYTH_QUESTIONS_MIN, asked if isinstance(asked, int) else 0)
    testing: dict[str, int] = {}
    for path, question in questions:
        for myth, weight in pairs(question, "myths").items():
            if isinstance(weight, (int, Decimal)) and not isinstance(weight, bool):
                if weight == 0:
                    yield (*path, "myths", myth), "a weight of 0 tests nothing; take the myth out or give it a weight"
                elif weight > 0 and question.get("overlay") is None:
                    testing[myth] = testing.get(myth, 0) + 1
    for at, name in outline.ids["myths"] or ():
        count = testing.get(name, 0)
        if count < least:
            tested = "no core question tests" if not count else f"only {count} core question(s) with a + weight test"
            yield at, f"{tested} the myth {name!r}; at least {least} must, or no verdict is possible"


def _dimensions(outline: Outline, questions: list[tuple[Path, Entry]]) -> Iterator[Found]:
    least = pairs(pairs(outline.data, "scoring"), "publication").get("questions_min")
    core = Counter(text(q, "dimension") for _, q in questions if q.get("overlay") is None)
    for at, name in outline.ids["dimensions"] or ():
        count = core[name]
        if isinstance(least, int) and count < least:
            yield at, f"{count} core questions are too few for {name!r}: publication.questions_min asks for {least}"


def _stages(outline: Outline) -> Iterator[Found]:
    listed = outline.data.get("stages")
    if isinstance(listed, list) and len(listed) != len(LEVELS):
        yield ("stages",), f"there are {len(listed)} stages; write five, 0 to 4"
    for path, stage in entries(outline.data, "stages"):
        if stage.get("stage") != path[-1] and isinstance(stage.get("stage"), int):
            yield (*path, "stage"), f"the stages stand in order; here write {path[-1]}"


def _context(outline: Outline, questions: list[tuple[Path, Entry]]) -> Iterator[Found]:
    switched: set[str | None] = set()
    for path, asked in entries(outline.data, "context"):
        choices = list(entries(asked, "choices", path))
        if asked.get("kind") == "choice" and len(choices) < 2:
            yield path, "a question of kind choice needs at least two choices"
        if asked.get("kind") in ("number", "text") and "choices" in asked:
            yield (*path, "choices"), f"a question of kind {asked['kind']} has no choices; take them out"
        switched.update(text(choice, "overlay") for _, choice in choices)
    for path, question in questions:
        overlay = text(question, "overlay")
        if overlay and overlay not in switched:
            yield (*path, "overlay"), f"no context choice switches the overlay {overlay!r} on; add 'overlay' to one"


def _numbers(scoring: Entry) -> Iterator[Found]:
    floors = pairs(scoring, "floors")
    for missing in (level for level in ("1", "2", "3", "4") if floors and level not in floors):
        yield ("scoring", "floors"), f"the floor of stage {missing} is missing"
    yield from _ascending(floors, ("1", "2", "3", "4"), ("scoring", "floors"), is_strict=True)
    caps = pairs(scoring, "evidence_caps")
    yield from _ascending(caps, ("E0", "E1", "E2"), ("scoring", "evidence_caps"), is_strict=False)
    if isinstance(caps.get("E2"), int) and caps["E2"] != MAX_LEVEL:
        yield ("scoring", "evidence_caps", "E2"), "must be 4, or nobody can be shown to reach the highest level"
    myths, ranges = pairs(scoring, "myths"), pairs(scoring, "ranges")
    yield from _ascending(myths, ("believed_below", "debunked_from"), ("scoring", "myths"), is_strict=True)
    yield from _ascending(ranges, ("low", "high"), ("scoring", "ranges"), is_strict=True)
    weights = pairs(scoring, "role_weights")
    yield from _ascending(weights, ("other", "best"), ("scoring", "role_weights"), is_strict=False)


def _ascending(numbers: Entry, keys: tuple[str, ...], path: Path, *, is_strict: bool) -> Iterator[Found]:
    for lower, upper in pairwise(keys):
        low, high = numbers.get(lower), numbers.get(upper)
        if not isinstance(low, (int, Decimal)) or not isinstance(high, (int, Decimal)):
            continue
        if high < low or (is_strict and high == low):
            yield (*path, upper), f"must be {'more than' if is_strict else 'at least'} {lower!r} ({low})"


def check_extremes(questionnaire: Questionnaire, score: UniformScore | None = None) -> Iterator[Found]:
    """The sheet of level 0 everywhere gives stage 0 and 0 everywhere; that of level 4 gives stage 4 and 4 everywhere.

    ``score`` computes stage and dimensions of a uniform sheet; without it the rules are applied here.
    """
    for level, stage in ((0, 0), (MAX_LEVEL, questionnaire.stages[-1].number)):
        found, dimensions = (score or uniform_score)(questionnaire, level)
        if found != stage:
            yield ("scoring", "floors"), f"with level {level} everywhere the stage is {found} instead of {stage}"
        for number, dimension in enumerate(questionnaire.dimensions):
            if dimensions[dimension.id] != level:
                message = f"with level {level} everywhere {dimension.id!r} scores {dimensions[dimension.id]}"
                yield ("dimensions", number, "id"), message


def uniform_score(questionnaire: Questionnaire, level: int) -> tuple[int, dict[str, Fraction | None]]:
    """Stage and dimensions where every core question has one level, seen by a second person (4.3, 4.4)."""
    rules = questionnaire.rules
    supported = min(level, rules.evidence_caps[-1])
    scores: dict[str, Fraction | None] = {}
    for dimension in questionnaire.dimensions:
        count = len(questionnaire.core_of(dimension.id))
        scores[dimension.id] = Fraction(supported) if count and count >= rules.questions_min else None
    stage = 0
    for number, floor in enumerate(rules.floors, 1):
        is_open = any(least > supported for _, least in questionnaire.gates(number))
        if is_open or any(score is None or score < floor for score in scores.values()):
            break
        stage = number
    return stage, scores

"""Everything that can be wrong with a pack is found, all at once, on the right line, with what to write instead."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from app.domain.questionnaire import Questionnaire
from app.formats.pack_checks import check_extremes
from app.formats.packs import load_questionnaire
from app.formats.places import PACK_BYTES, read_document
from app.formats.problems import Problem, Problems

TINY = (Path(__file__).resolve().parents[2] / "questionnaires/examples/tiny.v1.yaml").read_text("utf-8")
LINES = TINY.splitlines()


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        load_questionnaire(text if isinstance(text, bytes) else text.encode(), "p.yaml")
    return list(caught.value.items)


def changed(old: str, new: str, nth: int = 1) -> tuple[str, int]:
    """The tiny pack with the nth occurrence of a text replaced, and the line on which it stood."""
    assert TINY.count(old) >= nth, old
    parts = TINY.split(old)
    before = old.join(parts[:nth])
    return before + new + old.join(parts[nth:]), before.count("\n") + 1


#: old text, new text, which occurrence, lines further down, a part of the message
WRONG = {
    "unknown key": ("    ladder: distance", "    lader: x\n    ladder: distance", 1, 0, "did you mean 'ladder'?"),
    "missing key": ("        days: 4\n", "", 1, -3, "'days' is missing; write person-days"),
    "wrong kind": ("days: 4", "days: four", 1, 0, "must be a whole number"),
    "text for a list": ("evidence: [list of places]", "evidence: list of places", 1, 0, "must be a list"),
    "number for a text": ("title: Lock one copy", "title: 4", 1, 0, "put it in quotes"),
    "empty text": ("text: Where are the copies kept?", 'text: " "', 1, 0, "is empty"),
    "long text": ("text: Where are the copies kept?", f"text: {'x' * 601}", 1, 0, "longer than 600"),
    "long title": ("title: Lock one copy", f"title: {'x' * 61}", 1, 0, "longer than 60"),
    "hidden sign": ("title: Lock one copy", "title: Lock\u200bone", 1, 0, "invisible sign"),
    "two lines": ("title: Lock one copy", 'title: "Lock\\none"', 1, 0, "one line of visible text"),
    "wrong format": ("questionnaire@1", "questionnaire@2", 1, 0, "must be 'mythmark/questionnaire@1'"),
    "wrong version": ("version: 1.0.0", "version: one", 1, 0, "three numbers in quotes"),
    "too many days": ("days: 4", "days: 251", 1, 0, "at most 250"),
    "wrong backlog": ("who: leadership", "who: boss", 1, 0, "'team' or 'leadership'"),
    "wrong id": ("id: keep-apart\n", "id: Keep Apart\n", 1, 0, "not of the expected form"),
    "no address": ("https://example.org/backups", "example.org", 1, 0, "begins with http"),
    "missing level": ("      3: In another place, for every system.\n", "", 1, -4, "write the statement of level 3"),
    "sixth level": ("      4: The same, and one", "      5: more\n      4: The same, and one", 1, 0, "unknown key '5'"),
    "same anchors": ("1: Beside the original.", "1: Nowhere.", 1, 0, "level 1 says the same as level 0"),
    "missing step": (
        "      - id: keep-apart@4\n",
        "      - id: keep-apart@3\n",
        1,
        -20,
        "the step keep-apart@4 is missing",
    ),
    "wrong step": ("id: keep-apart@4", "id: restore-time@4", 1, 0, "write keep-apart@4"),
    "step to level 5": ("id: keep-apart@4", "id: keep-apart@5", 1, 0, "not a step of 'keep-apart'"),
    "duplicate step": ("id: keep-apart@4", "id: keep-apart@3", 1, 0, "already used by a step"),
    "duplicate question": ("- id: restore-time\n", "- id: restore-test\n", 1, 0, "already used by a question"),
    "duplicate across kinds": ("{id: b1,", "{id: keep-copies,", 1, 4, "already used by a belief"),
    "duplicate myth": ("  - id: copy-is-enough", "  - id: talk-1", 1, 0, "already used by a claim"),
    "duplicate reference": ("{id: user, name", "{id: book, name", 1, 41, "already used by a role"),
    "reserved role": ("{id: user, name", "{id: not_said, name", 1, 0, "meaning of its own"),
    "reserved family": ("{id: askers, name", "{id: others, name", 1, 0, "meaning of its own"),
    "unknown family": ("family: askers", "family: asker", 1, 0, "did you mean 'askers'?"),
    "unknown dimension": ("dimension: restoring", "dimension: resting", 2, 0, "did you mean 'restoring'?"),
    "unknown role": ("best_roles: [user]", "best_roles: [boss]", 1, 0, "choose one of administrator, user"),
    "role twice": ("best_roles: [user]", "best_roles: [user, user]", 1, 0, "twice; keep one"),
    "unknown reference": ("{reference: book", "{reference: boke", 1, 0, "there is no reference 'boke'"),
    "unknown myth": ("myths: {copy-is-enough: 0.5}", "myths: {copy-was-enough: 0.5}", 1, 0, "did you mean 'copy-is"),
    "unknown belief's myth": ("myth: copy-is-enough, keyed", "myth: other, keyed", 1, 0, "there is no myth 'other'"),
    "unknown source": ("source: talk", "source: tale", 1, 0, "there is no source 'tale'"),
    "unknown claim": ("covers: [talk-1]", "covers: [talk-2]", 1, 0, "there is no claim 'talk-2'"),
    "claim without its myth": ("covers: [talk-1]", "covers: []", 1, -9, "does not list 'talk-1' under covers"),
    "primary elsewhere": ("    primary: copy-is-enough", "    primary: copy", 1, 0, "not in canonical"),
    "unknown prerequisite": ("[keep-copies@3]", "[keep-copies@5]", 1, 0, "step"),
    "mistyped prerequisite": ("[keep-copies@3]", "[keep-copie@3]", 1, 0, "did you mean 'keep-copies@3'?"),
    "needless prerequisite": ("[keep-copies@3]", "[restore-test@2]", 1, 0, "needed anyway"),
    "unknown pulse": ("pulse: [keep-copies, restore-test]", "pulse: [keep-copies, rest]", 1, 0, "no question 'rest'"),
    "unknown na question": (
        "not_applicable: [keep-apart]",
        "not_applicable: [keep]",
        1,
        0,
        "there is no question 'keep'",
    ),
    "always applies": ("not_applicable: [keep-apart]", "not_applicable: [restore-time]", 1, 0, "no na_condition"),
    "unknown overlay": ('label: "Yes"}', 'label: "Yes", overlay: extra}', 1, 0, "there is no overlay 'extra'"),
    "choice twice": ('{value: "no"', '{value: "yes"', 1, 0, "twice"),
    "choices for a number": ("kind: choice", "kind: number", 1, 1, "has no choices"),
    "a choice of one": ('      - {value: "yes", label: "Yes"}\n', "", 1, -4, "at least two choices"),
    "cycle": ("[keep-copies@3]", "[restore-test@4]", 1, 0, "wait for each other: "),
    "gate above": ("gates: {2: 1, 3: 3}", "gates: {2: 1, 3: 5}", 1, 0, "level 5 cannot be reached"),
    "gate below": ("gates: {2: 1, 3: 3}", "gates: {2: 0, 3: 3}", 1, 0, "level 0 cannot be reached or asks for nothing"),
    "gate falls": ("gates: {2: 1, 3: 3}", "gates: {2: 3, 3: 1}", 1, 0, "asks for less (level 1)"),
    "gate beyond": ("gates: {2: 1, 3: 3}", "gates: {2: 1, 5: 3}", 1, 0, "gates are for stages 1 to 4"),
    "gate at stage 0": ("gates: {2: 1, 3: 3}", "gates: {0: 1, 3: 3}", 1, 0, "gates are for stages 1 to 4"),
    "gate on an overlay": (
        "    gates: {2: 1, 3: 3}",
        "    gates: {2: 1}\n    overlay: extra",
        1,
        0,
        "overlay question",
    ),
    "weight of nothing": ("myths: {copy-is-enough: -0.5}", "myths: {copy-is-enough: 0}", 1, 0, "tests nothing"),
    "weight too large": ("myths: {copy-is-enough: -0.5}", "myths: {copy-is-enough: -2}", 1, 0, "at least -1"),
    "thin dimension": ("questions_min: 2", "questions_min: 3", 1, -20, "too few for 'keeping'"),
    "four stages": (
        "  - {stage: 4, name: Proven, summary: Restoring is rehearsed.}\n",
        "",
        1,
        -5,
        "there are 4 stages",
    ),
    "stages in disorder": ("{stage: 4, name", "{stage: 3, name", 1, 0, "here write 4"),
    "missing floor": (", 4: 3.5}", "}", 1, 0, "the floor of stage 4 is missing"),
    "falling floors": ("4: 3.5}", "4: 2}", 1, 0, "must be more than '3' (2.75)"),
    "floor of nothing": ("{1: 0.75", "{1: 0", 1, 0, "must be more than 0"),
    "floor too high": ("4: 3.5}", "4: 4.5}", 1, 0, "must be at most 4"),
    "cap below the top": ("E2: 4}", "E2: 3}", 1, 0, "must be 4"),
    "falling caps": ("E0: 2, E1: 3", "E0: 3, E1: 2", 1, 0, "must be at least 'E0'"),
    "crossed cut points": ("believed_below: 0.375", "believed_below: 0.7", 1, -1, "must be more than 'believed_below'"),
    "crossed range": ("low: 0.05", "low: 0.96", 1, 0, "must be more than 'low'"),
    "experts below others": ("{best: 1, other: 0.5}", "{best: 0.4, other: 0.5}", 1, 0, "must be at least 'other'"),
    "groups too small": ("k_behaviour: 3", "k_behaviour: 2", 1, 0, "must be at least 3"),
    "number as text": ("ad_max: 0.8", "ad_max: '0.8'", 1, 0, "must be a number; write it in figures and with a point"),
}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format: mythmark/assessment@1\nteam: A\n", "format: this is not a questionnaire pack: the format is"),
        ("- a\n- b\n", "a questionnaire pack is a mapping that begins with format: mythmark/questionnaire@1"),
        ("42", "a questionnaire pack is a mapping that begins with format: mythmark/questionnaire@1"),
    ],
)
def test_a_file_of_another_kind_is_told_so_and_nothing_else(text: str, says: str) -> None:
    with pytest.raises(Problems) as found:
        load_questionnaire(text.encode(), "other.yaml")
    (only,) = found.value.items
    assert says in str(only)
    assert (only.line, only.column) == (1, 1)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_pack_is_refused_on_the_right_line(name: str) -> None:
    old, new, nth, further, message = WRONG[name]
    text, line = changed(old, new, nth)
    found = problems(text)
    assert any(p.line == line + further and message in p.message for p in found), [
        str(line + further),
        *map(str, found),
    ]


def test_the_tiny_pack_is_clean() -> None:
    assert load_questionnaire(TINY.encode(), "tiny").name == "tiny@1.0.0"


def test_problems_of_every_kind_come_in_one_run() -> None:
    text = TINY
    for old, new in [("rev: 1, myth", "rev: one, myth"), ("[keep-copies@3]", "[nothing@3]"), ("E2: 4", "E2: 1"),
                     ("best_roles: [user]", "best_roles: [nobody]"), ("{2: 1, 3: 3}", "{2: 9}")]:  # fmt: skip
        text = text.replace(old, new)
    found = problems(text)
    assert [p.path for p in found] == [
        "scoring.evidence_caps.E2",
        "scoring.evidence_caps.E2",
        "beliefs[b1].rev",
        "questions[restore-test].gates.2",
        "questions[restore-test].steps[restore-test@3].prerequisites[0]",
        "questions[restore-time].best_roles[0]",
    ]


def test_a_cycle_is_named_step_by_step_and_once() -> None:
    text = TINY.replace("[keep-copies@3]", "[restore-time@4]").replace("[restore-test@2]", "[restore-test@4]")
    cycles = [p.message for p in problems(text) if p.path.endswith("prerequisites")]
    ring = "restore-test@3 needs restore-time@4 needs restore-time@3 needs restore-time@2 needs restore-test@4"
    assert cycles == [f"these steps wait for each other: {ring} needs restore-test@3"]


def test_a_myth_that_too_few_questions_test_is_named_at_its_place() -> None:
    found = problems(TINY.replace("    myths: {copy-is-enough: 1}", "    myths: {}"))
    message = "only 1 core question(s) with a + weight test the myth 'copy-is-enough'; at least 2 must, or no verdict"
    assert [p.line for p in found] == [LINES.index("  - id: copy-is-enough") + 1]
    assert found[0].message.startswith(message)
    found = problems(TINY.replace("positive_min: 2", "positive_min: 4"))
    assert "only 3 core question(s)" in found[0].message


def test_what_follows_from_a_cycle_or_from_an_id_used_twice_is_not_told() -> None:
    """A gate on the cycle, and the steps of the second question of a name, are right again once the cause is."""
    assert len(problems(TINY.replace("[keep-copies@3]", "[restore-test@4]"))) == 1
    twice = problems(TINY.replace("  - id: restore-time\n", "  - id: restore-test\n"))
    assert [p.message for p in twice if "restore-test" in p.message] == [
        "the id 'restore-test' is already used by a question; every id of a pack is used once"
    ]


def test_two_cycles_are_two_problems() -> None:
    text = TINY.replace("        prerequisites: [keep-copies@1]", "        prerequisites: [keep-apart@2]", 1)
    text = text.replace("[restore-test@2]", "[restore-time@3]")
    cycles = [p.message.partition(": ")[2] for p in problems(text) if p.path.endswith("prerequisites")]
    assert cycles == [
        "keep-apart@1 needs keep-apart@2 needs keep-apart@1",
        "restore-time@2 needs restore-time@3 needs restore-time@2",
    ]


def overlaid(gates: str = "") -> str:
    """The tiny pack with one more question, in an overlay that the context switches on."""
    extra = TINY[TINY.index("  - id: restore-time\n") :].replace("restore-time", "extra-time")
    extra = extra.replace("    rev: 1\n", f"    rev: 1\n    overlay: extra\n{gates}")
    return TINY.replace('label: "Yes"}', 'label: "Yes", overlay: extra}') + extra


def test_an_overlay_question_stands_apart() -> None:
    pack = load_questionnaire(overlaid().encode(), "o")
    assert [q.id for q in pack.questions if not q.is_core] == ["extra-time"]
    assert len(pack.core) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (overlaid("    gates: {1: 1}\n"), "an overlay question cannot be a gate"),
        (overlaid().replace("restore-test]\n", "extra-time]\n"), "the pulse asks core questions only"),
        (overlaid().replace("[keep-copies@3]", "[extra-time@1]"), "a core step cannot need 'extra-time@1'"),
        (overlaid().replace("[keep-copies@3]", "[extra-time@1]"), "level 3 cannot be reached: it needs extra-time@1"),
        (overlaid().replace(", overlay: extra}", "}"), "no context choice switches the overlay 'extra' on"),
    ],
)
def test_what_an_overlay_must_not_do_is_refused(text: str, message: str) -> None:
    assert any(message in p.message for p in problems(text))


def test_overlay_questions_do_not_count_for_a_myth_or_a_dimension() -> None:
    text = overlaid().replace("    myths: {copy-is-enough: 1}", "    myths: {}", 2)
    assert any("no verdict is possible" in p.message for p in problems(text))
    assert any("too few" in p.message for p in problems(overlaid().replace("questions_min: 2", "questions_min: 3")))


def test_two_hundred_questions_are_read_and_one_more_is_not() -> None:
    data = yaml.safe_load(TINY)
    question = data["questions"][3]
    for number in range(197):
        data["questions"].append(json.loads(json.dumps(question).replace("restore-time", f"q{number}")))
    text = json.dumps({**data, "version": "1.0.0"}, separators=(",", ":"), ensure_ascii=False)
    found = [p.message for p in problems(text)]
    assert "201 questions are too many; at most 200 are read" in found


def test_key_order_comments_layout_and_language_do_not_change_the_digest() -> None:
    data = read_document(TINY.encode(), "t", PACK_BYTES).data

    def turned(value: object) -> object:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(part) for part in value] if isinstance(value, list) else value

    first = load_questionnaire(TINY.encode(), "t")
    as_json = json.dumps(turned(data), default=lambda n: float(n) if isinstance(n, Decimal) else None, indent="\t")
    assert load_questionnaire(as_json.encode(), "t.json") == first
    spelled = TINY.replace("other: 0.5}", "other: 0.50} # half").replace("best: 1,", "best: 1.0,") + "\n# end\n"
    assert load_questionnaire(spelled.encode(), "t") == first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("other: 0.5}", "other: 0.51}"),
        ("Nowhere.", "Nowhere at all."),
        ("days: 4", "days: 5"),
        ("who: leadership", "who: team"),
    ],
)
def test_any_change_of_content_changes_the_digest(old: str, new: str) -> None:
    text, _ = changed(old, new)
    assert load_questionnaire(text.encode(), "t").digest != load_questionnaire(TINY.encode(), "t").digest


def test_numbers_are_exact() -> None:
    pack = load_questionnaire(TINY.encode(), "t")
    assert pack.rules.coverage_min == Fraction(7, 10)
    assert pack.rules.capacity_reserve == Fraction(4, 5)
    assert pack.question("keep-copies").myths[0].weight == Fraction(1, 2)
    assert pack.question("keep-copies").myths[0].polarity == -1


def test_a_sheet_that_does_not_score_its_extremes_is_a_problem() -> None:
    pack = load_questionnaire(TINY.encode(), "t")
    assert list(check_extremes(pack)) == []

    def stuck(_pack: Questionnaire, _level: int) -> tuple[int, dict[str, Fraction | None]]:
        return 1, {"keeping": Fraction(0), "restoring": None}

    assert [message for _, message in check_extremes(pack, stuck)] == [
        "with level 0 everywhere the stage is 1 instead of 0",
        "with level 0 everywhere 'restoring' scores None",
        "with level 4 everywhere the stage is 1 instead of 4",
        "with level 4 everywhere 'keeping' scores 0",
        "with level 4 everywhere 'restoring' scores None",
    ]


@pytest.mark.parametrize(
    "text", ["[]", "3", "a: 1", "questions: 3\nmyths: x", "questions: [1, {steps: [2, {id: 7}]}]", "~"]
)
def test_anything_but_a_pack_is_refused_with_words(text: str) -> None:
    assert problems(text)

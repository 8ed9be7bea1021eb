"""YAML and JSON are read to the same plain data, remember their places, and refuse what is hostile."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.places import ASSESSMENT_BYTES, PACK_BYTES, read_document
from app.formats.problems import Problems

SIGNS = "aä0 .:#-{[\"'\\/\t\u4e2d\U0001f600"
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(SIGNS, max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab: 1", max_size=3), inner, max_size=3),
    max_leaves=8,
)
LOOKS_LIKE = ["yes", "no", "on", "off", "Yes", "y", "2026-07-10", "1.0.0", "007", "0x1F", "0o7", "1_000", "12:30"]
LOOKS_LIKE += [".inf", ".nan", ".5", "3-10", "<<"]


def read(text: str | bytes, name: str = "f.yaml", limit: int = PACK_BYTES) -> object:
    return read_document(text.encode() if isinstance(text, str) else text, name, limit).data


def refusal(text: str | bytes, name: str = "f.yaml", limit: int = PACK_BYTES) -> list[str]:
    with pytest.raises(Problems) as caught:
        read(text, name, limit)
    return [str(item) for item in caught.value.items]


@pytest.mark.parametrize("word", LOOKS_LIKE)
def test_a_word_that_merely_looks_like_something_stays_text(word: str) -> None:
    assert read(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("7", 7), ("-0.10", Decimal("-0.10")),
     ("1e3", Decimal(1000)), ("+2", 2), ('"7"', "7"), ("'true'", "true"), ("|\n  x\n  y", "x\ny")],
)  # fmt: skip
def test_plain_words_have_the_values_of_yaml_1_2(word: str, value: object) -> None:
    found = read(f"a: {word}")
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


def test_keys_are_text_in_both_languages() -> None:
    assert read("{0: a, true: b}") == read('{"0": "a", "true": "b"}') == {"0": "a", "true": "b"}


@given(data=PLAIN, indent=st.sampled_from([None, 1, "\t"]))
def test_json_is_read_as_json_whatever_the_layout(data: object, indent: int | str | None) -> None:
    text = json.dumps(data, indent=indent)
    assert read(text, "f.json") == data
    if text.startswith(("{", "[")):
        assert read(text) == data


@given(data=st.dictionaries(st.text("ab", min_size=1), PLAIN, min_size=1, max_size=4))
def test_places_are_the_same_by_either_reader(data: dict[str, object]) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False).replace("\\t", " ").replace("\\\\", "/")
    paths = [((key, "deeper"), "m") for key in data]
    as_json = read_document(text.encode(), "f", PACK_BYTES)
    as_yaml = read_document(("# a comment\n" + text).encode(), "f", PACK_BYTES)
    assert as_yaml.data == as_json.data
    assert [(p.line + 1, p.column) for p in as_json.problems(paths)] == [
        (p.line, p.column) for p in as_yaml.problems(paths)
    ]


def test_a_place_is_that_of_the_key_or_of_the_item() -> None:
    document = read_document(b"a:\n  - id: x\n    n: 1\n  - [7, {k: v}]\nb: {c: 1, d: 2}\n", "f", PACK_BYTES)
    paths = [("a",), ("a", 0, "n"), ("a", 1, 1, "k"), ("a", 1, 0), ("b", "d"), ("b", "missing", "deep"), ()]
    found = document.problems([(path, "m") for path in paths])
    places = [(p.line, p.column) for p in found]
    assert places == [(1, 1), (3, 5), (4, 10), (4, 6), (5, 11), (5, 1), (1, 1)]
    assert [p.path for p in found] == ["a", "a[x].n", "a[1][1].k", "a[1][0]", "b.d", "b.missing.deep", ""]


def test_columns_count_characters_not_bytes() -> None:
    found = read_document("ä中: {b: 1, c: 2}".encode(), "f", PACK_BYTES).problems([(("ä中", "c"), "m")])
    assert (found[0].line, found[0].column) == (1, 12)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbfa: 1") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a: &x 1\n", "1:4", "anchors"),
        ("a: 1\nb: *x\n", "2:4", "aliases"),
        ("a: !!python/object:os.system x\n", "1:4", "tags"),
        ("a: !local x\n", "1:4", "tags"),
        ("- 1\n- !!set {a}\n", "2:3", "tags"),
        ("%YAML 1.1\n---\na: 1\n", "1:1", "directives"),
        ("a: 1\n---\nb: 2\n", "2:1", "second document"),
        ("a: 1\nb: 2\na: 3\n", "3:1", "'a' is here twice"),
        ("x: {b: 2, b: 3}\n", "1:11", "'b' is here twice"),
        ("? [a]\n: b\n", "1:3", "plain text"),
        ("a:\n\t- b\n", "2:1", "indent with spaces"),
        ("a: b: c\n", "1:5", "in quotes"),
        ("a: [1, 2\n", "2:1", "not YAML"),
        ('a: "open\n', "2:1", "not closed"),
        ("a: 1\x07\n", "1:5", "control character U+0007"),
        ("a: x\nb: \ufffe\n", "2:4", "control character U+FFFE"),
        ("a: " + "9" * 40, "1:4", "more than 30 digits"),
        ("a: 1e999999999", "1:4", "more than 30 digits"),
        ("", "1:1", "empty"),
        ("# only a comment\n", "1:1", "empty"),
        ('{"a": 1,\n "a": 2}', "2:2", "'a' is here twice"),
        ('{"a": [1,\n NaN]}', "2:2", "NaN"),
        ('{"a": "\\ud800"}', "1:7", "half a character pair"),
        ('{"a": ' + "1" * 40 + "}", "1:7", "more than 30 digits"),
        ('{"a": 1e999}', "1:7", "more than 30 digits"),
    ],
)
def test_what_is_not_read_is_refused_at_its_place(text: str, place: str, word: str) -> None:
    found = refusal(text)
    assert any(line.startswith(f"f.yaml:{place}: ") and word in line for line in found), found


def test_several_reasons_come_at_once() -> None:
    assert [line.split(": ")[0] for line in refusal("a: &x 1\nb: *x\na: !t 2\n")] == [
        "f.yaml:1:4",
        "f.yaml:2:4",
        "f.yaml:3:1",
        "f.yaml:3:4",
    ]


@pytest.mark.parametrize("data", [b"\xff\xfea\x00:\x00", b"a: \xe4\n", "a: ä".encode("utf-16")])
def test_other_encodings_are_refused(data: bytes) -> None:
    assert "UTF-8" in refusal(data)[0]


def test_the_place_of_a_wrong_byte_is_named() -> None:
    assert refusal(b"a: 1\nbc: \xe4\n")[0].startswith("f.yaml:2:5: ")


def test_broken_json_is_refused_as_json_by_its_name() -> None:
    assert "this is not JSON" in refusal("{a: 1}", "f.json")[0]
    assert read("{a: 1}", "f.yaml") == {"a": 1}


def test_twenty_levels_are_read_and_twenty_one_are_not() -> None:
    for text, name in (("[" * 20 + "]" * 20, "f.json"), ("# yaml\n" + "[" * 20 + "]" * 20, "f.yaml")):
        read(text, name)
        assert "nested more than 20 deep" in refusal(text.replace("[", "[[", 1) + "]", name)[0]


def test_a_file_over_the_limit_is_refused_unread() -> None:
    assert "at most 256 KiB" in refusal(b"\xff" * (PACK_BYTES + 1))[0]
    assert "at most 5 MiB" in refusal(b" " * (ASSESSMENT_BYTES + 1), limit=ASSESSMENT_BYTES)[0]


def test_a_huge_text_is_only_a_text() -> None:
    assert read(b"a: " + b"x" * 5_000_000, limit=ASSESSMENT_BYTES) == {"a": "x" * 5_000_000}

"""The result file keeps its promise: names, rounding, reasons, schema."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from app.domain.quarter import Quarter
from app.domain.result import Result
from app.domain.sheet import PastAssessment, Sheet
from app.formats.assessment_schema import assessment_schema
from app.formats.assessments import write_raw, write_settled
from app.formats.numbers import figure
from app.formats.places import read_document
from app.formats.results import result_json
from tests.result_strategies import results
from tests.strategies import SMALL, assessments, sheets

pytestmark = pytest.mark.slow  # makes hundreds of results

FEW = settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
RESULT = Draft202012Validator(json.loads(files("app.formats").joinpath("result.schema.json").read_text()))
ASSESSMENT = Draft202012Validator(json.loads(files("app.formats").joinpath("assessment.schema.json").read_text()))


@FEW
@given(results())
def test_every_result_is_valid_and_the_same_bytes_each_time(result: Result) -> None:
    data = result_json(result)
    assert data == result_json(result)
    assert data.endswith(b"}\n")
    made = json.loads(data)
    RESULT.validate(made)
    for name, facts in result.sheet.questions.items():
        part = made["questions"].get(name) or made["overlay"]["questions"][name]
        assert part["status"] == facts.status
        assert part["from"] == facts.origin


@FEW
@given(results())
def test_what_is_null_says_why(result: Result) -> None:
    made = json.loads(result_json(result))
    parts = [
        *made["questions"].values(),
        *made["dimensions"].values(),
        *(made["myths"] or {}).values(),
        made["roadmap"],
    ]
    for part in [*parts, made["stage"] or {}, made["agreement"]]:
        assert all(value is not None or part["why"] for key, value in part.items() if key != "why")


@FEW
@given(results())
def test_dimensions_stand_in_the_order_of_the_questionnaire_wherever_they_came_from(result: Result) -> None:
    """A settled file may hold them in any order; its result has the bytes of the result it was settled from."""
    order = [d.id for d in result.questionnaire.dimensions]
    past = PastAssessment(Quarter(2020, 1), "full", dict.fromkeys(order), None, ())
    turned = replace(past, dimensions=dict.fromkeys(order[::-1]))
    same, other = (replace(result, sheet=replace(result.sheet, history=(one,), change=None)) for one in (past, turned))
    assert result_json(same) == result_json(other)


@FEW
@given(results())
def test_a_mutated_result_is_refused(result: Result) -> None:
    made = json.loads(result_json(result))
    for spoiled in _mutants(made):
        assert not RESULT.is_valid(spoiled)


def _mutants(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def mutant(*path: str, value: object) -> dict[str, Any]:
        other = copy.deepcopy(made)
        node = other
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = value
        return other

    for key in made:
        other = copy.deepcopy(made)
        del other[key]
        yield other
    one = next(iter(made["questions"]))
    yield mutant("colour", value="red")
    yield mutant("questions", one, "claimed", value=5)
    yield mutant("questions", one, "supported", value=True)
    yield mutant("questions", one, "ad", value="0.6")
    yield mutant("questions", one, "status", value="maybe")
    yield mutant("questions", one, "why", value=1)
    yield mutant("dimensions", "monitoring", "coverage", value=1.5)
    yield mutant("dimensions", "monitoring", value=made["dimensions"]["monitoring"] | {"range90": None, "why": None})
    yield mutant("assessment", "quarter", value="2026-Q5")
    yield mutant("input_digest", value="abc")
    yield mutant("roadmap", "at_80_percent", value=12)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(4, 3), 1.3333),
        (Fraction(8, 9), 0.8889),
        (Fraction(12, 10), 1.2),
        (Fraction(2), 2),
        (Fraction(1, 20000), 0),
        (Fraction(3, 20000), 0.0002),
        (Fraction(25, 1000) + Fraction(1, 20000), 0.025),
        (Fraction(25, 1000) + Fraction(3, 20000), 0.0252),
        (Fraction(-12345, 100000000) - Fraction(1, 10**30), -0.0001),
        (Fraction(20001, 200000000), 0.0001),
        (None, None),
    ],
)
def test_numbers_are_rounded_half_even_from_their_exact_value(value: Fraction | None, shown: float | None) -> None:
    assert figure(value) == shown
    assert isinstance(figure(Fraction(2)), int)


def test_the_published_assessment_schema_is_the_one_that_the_shapes_make() -> None:
    assert ASSESSMENT.schema == assessment_schema()
    Draft202012Validator.check_schema(ASSESSMENT.schema)
    Draft202012Validator.check_schema(RESULT.schema)


@FEW
@given(assessments())
def test_every_raw_file_that_is_written_is_valid(assessment: object) -> None:
    ASSESSMENT.validate(read_document(write_raw(assessment, SMALL), "a.yaml", 10**7).data)  # type: ignore[arg-type]


@FEW
@given(sheets())
def test_every_settled_file_that_is_written_is_valid_and_mutants_are_not(sheet: Sheet) -> None:
    made = read_document(write_settled(sheet, SMALL), "a.yaml", 10**7).data
    assert isinstance(made, dict)
    ASSESSMENT.validate(made)
    settled = made["settled"]
    drift = settled["questions"]["mon-drift"]
    assert not ASSESSMENT.is_valid(made | {"respondents": []})
    assert not ASSESSMENT.is_valid(made | {"settled": settled | {"questions": {"mon-drift": drift | {"level": 5}}}})
    assert not ASSESSMENT.is_valid(made | {"settled": settled | {"questions": {"mon-drift": drift | {"ad": True}}}})
    assert not ASSESSMENT.is_valid(made | {"quarter": "2026-Q5"})
    assert not ASSESSMENT.is_valid({key: value for key, value in made.items() if key != "team"})

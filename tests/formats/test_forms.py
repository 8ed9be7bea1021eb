"""Both forms of the assessment file come back as they were written."""

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.answers import Assessment
from app.domain.sheet import Sheet
from app.formats.assessments import canonical_digest, read_assessment, write_raw, write_settled
from app.formats.scalars import as_decimal
from tests.small_questionnaire import OneShelf
from tests.strategies import SMALL, assessments, fractions, sheets

# Whole sheets are large: shrinking one takes minutes and says little more than the first example.
FEW = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SHELF = OneShelf()


@pytest.mark.slow
@FEW
@given(sheets(whole=False))
def test_a_settled_file_gives_back_the_sheet_that_was_written(sheet: Sheet) -> None:
    data = write_settled(sheet, SMALL)
    read = read_assessment(data, "a.yaml", SHELF)
    assert read.sheet == sheet
    assert read.assessment is None
    assert read.questionnaire is SHELF.one
    assert write_settled(read.sheet, SMALL) == data
    assert canonical_digest(read.sheet) == canonical_digest(sheet)


@pytest.mark.slow
@FEW
@given(assessments())
def test_a_raw_file_gives_back_the_assessment_that_was_written(assessment: Assessment) -> None:
    read = read_assessment(write_raw(assessment, SMALL), "a.yaml", SHELF)
    assert read.assessment == assessment
    assert read.sheet is None


@pytest.mark.slow
@FEW
@given(sheets())
def test_a_settled_file_holds_no_person(sheet: Sheet) -> None:
    held = yaml.safe_load(write_settled(sheet, SMALL))
    assert not {"respondents", "votings", "agreed", "hands", "actions", "comments"} & set(held)


@pytest.mark.slow
@FEW
@given(assessments(), st.randoms())
def test_the_digest_does_not_depend_on_order_or_spelling(assessment: Assessment, random: Random) -> None:
    held = yaml.safe_load(write_raw(assessment, SMALL))
    for part in ("respondents", "votings", "actions"):
        random.shuffle(held.get(part, []))
    turned = dict(reversed(held.items()))
    data = json.dumps(turned, default=str, indent=1).encode()
    read = read_assessment(data, "a.json", SHELF).assessment
    assert read is not None
    assert canonical_digest(read) == canonical_digest(assessment)


@pytest.mark.slow
@FEW
@given(assessments())
def test_another_fact_is_another_digest(assessment: Assessment) -> None:
    other = replace(assessment, target=assessment.target % 4 + 1)
    assert canonical_digest(other) != canonical_digest(assessment)
    assert canonical_digest(assessment, other) != canonical_digest(other, assessment)


@given(fractions(-9, 9))
def test_a_number_is_written_in_at_most_twelve_figures_or_as_a_ratio(value: Fraction) -> None:
    figures = as_decimal(value)
    assert figures is None or (Fraction(figures) == value and sum(map(str.isdigit, figures)) <= 13)
    assert as_decimal(Fraction(7, 12)) is None
    assert as_decimal(Fraction(-1, 40)) == "-0.025"

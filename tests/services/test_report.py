"""What a report is compared with: earlier quarters, and for a pulse the full assessment of its own quarter."""

from pathlib import Path

import pytest

from app.formats.problems import Problems
from app.formats.shelf import Shelf
from app.services.files import GivenFile
from app.services.report import Scored, make_result

EXAMPLE = Path(__file__).resolve().parents[2] / "questionnaires" / "examples" / "example-organization.yaml"
FULL = EXAMPLE.read_text("utf-8")
PULSE = """format: mythmark/assessment@1
questionnaire: mlops@1.0.0
organization: Example Retail
team: Demand forecasting
quarter: 2026-Q3
date: {date}
variant: {variant}
agreed: {{mon-drift: {{level: {level}}}}}
"""


def _made(now: str, *past: str) -> Scored:
    files = [GivenFile(f"{n}.yaml", text.encode()) for n, text in enumerate((now, *past))]
    return make_result(files[0], files[1:], Shelf(), lambda _: None)


def test_a_pulse_is_compared_with_the_full_assessment_of_its_own_quarter() -> None:
    now = _made(PULSE.format(date="2026-11-20", variant="pulse", level=0), FULL)
    change, last = now.result.sheet.change, now.result.sheet.last_full
    assert change is not None
    assert last is not None
    assert str(change.previous) == str(last.quarter) == "2026-Q3"
    assert now.report.sponsor.stage.number == last.supported
    assert [move.question for move in change.moves] == ["mon-drift"]


def test_a_full_assessment_is_not_compared_with_a_pulse_that_came_after_it() -> None:
    with pytest.raises(Problems, match="2026-Q3 is not before 2026-Q3; give earlier quarters only"):
        _made(FULL, PULSE.format(date="2026-11-20", variant="pulse", level=1))


def test_two_full_assessments_of_one_quarter_are_refused() -> None:
    with pytest.raises(Problems, match="2026-Q3 is not before 2026-Q3"):
        _made(PULSE.format(date="2026-11-20", variant="full", level=1), FULL)

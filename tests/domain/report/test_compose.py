"""Whatever is published, the report can be composed, reads cleanly, and explains its numbers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.explanations import explain
from app.domain.report.compose import compose
from app.domain.sheet import Sheet
from tests.domain.report.arithmetic import value_of
from tests.domain.report.factory import facts, result, roadmap, sheet
from tests.domain.report.reader import faults
from tests.domain.report.situations import sheets

pytestmark = pytest.mark.slow  # composes hundreds of reports

_SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_SLOW
@given(sheets(), st.one_of(st.none(), st.integers(0, 60)), st.integers(0, 4))
def test_any_report_reads_cleanly(of: Sheet, days: int | None, shown: int) -> None:
    assert faults(compose(result(of, roadmap(of, days, shown=shown)))) == []


@_SLOW
@given(sheets())
def test_every_explanation_recomputes(of: Sheet) -> None:
    for _, group in explain(result(of)):
        for explanation in group:
            if explanation.arithmetic:
                assert value_of(explanation) == explanation.value, explanation
            elif explanation.rule == "4.2":
                assert explanation.value == min(t.value for t in explanation.terms if t.value is not None)


@_SLOW
@given(sheets())
def test_composing_twice_gives_the_same_report(of: Sheet) -> None:
    assert compose(result(of)) == compose(result(of))


@given(sheets())
@_SLOW
def test_keys_of_explanations_are_unique(of: Sheet) -> None:
    keys = [e.key for _, group in explain(result(of)) for e in group]
    assert len(keys) == len(set(keys))


def test_an_anonymous_report_explains_nothing_below_level_ad_and_opinion() -> None:
    voted = facts("mon-1", None, counts=(0, 3, 2, 0, 0))
    for anonymity, opened in (("open", True), ("anonymous", False)):
        weights = voted.weights if opened else None
        of = sheet(anonymity=anonymity, questions={**sheet().questions, "mon-1": replace(voted, weights=weights)})
        by_key = {e.key: e for _, group in explain(result(of)) for e in group}
        for key in ("questions.mon-1.claimed", "questions.mon-1.ad"):
            assert bool(by_key[key].arithmetic) is opened
            assert bool(by_key[key].terms) is opened
        assert "A level was given by five people or more." in by_key["questions.mon-1.ad"].text or opened


@pytest.mark.parametrize("level", range(5))
def test_a_uniform_team_is_described_without_a_loser(level: int) -> None:
    report = compose(result(sheet(level, grade=2)))
    assert report.stand.headline == f"All dimensions stand at {level}.0"
    assert faults(report) == []

"""An assessment of the shipped questionnaire is read and written as the small ones are."""

from dataclasses import replace

import pytest

from app.domain.answers import Answer, Level, NotApplicable, Respondent
from app.formats.assessments import read_assessment, write_raw
from app.formats.shelf import Shelf

HEAD = """format: mythmark/assessment@1
organization: Example Retail
team: Demand forecasting
quarter: 2026-Q3
questionnaire: mlops@1.0.0
capacity: {people: 8, working_days: 60, share: 0.10}
context: {ctx-models: 3-10, ctx-team: 8, ctx-people-effect: no, ctx-generative: no}
respondents:
  - {id: r1, role: data_scientist, answers: {mon-drift: 3, mon-cost: dk}, beliefs: {b01: 4, b02: null}}
agreed:
  mon-drift: {level: 1}
  gov-fairness: {na: "no live model affects what happens to a person"}
evidence:
  mon-service-health: {grade: E1, items: [{title: Record, place: team wiki, date: 2026-07-10}]}
actions:
  - {id: mon-drift@2, status: reported_done, owner: r1, started: 2026-04-03, effort_days: 6}
"""


def test_an_assessment_of_the_shipped_questionnaire_is_read() -> None:
    read = read_assessment(HEAD.encode(), "a.yaml", Shelf())
    assert read.questionnaire.name == "mlops@1.0.0"
    assert read.warnings == ()
    made = read.assessment
    assert made is not None
    assert made.agreed["mon-drift"].answer == Level(1)
    assert isinstance(made.agreed["gov-fairness"].answer, NotApplicable)
    assert made.context["ctx-people-effect"] == "no"


@pytest.mark.slow
def test_a_thousand_respondents_come_back_as_they_were_written() -> None:
    read = read_assessment(HEAD.encode(), "a.yaml", Shelf())
    asked = read.questionnaire
    assert read.assessment is not None
    answers: dict[str, Answer] = {q.id: Level(n % 5) for n, q in enumerate(asked.core)}
    people = tuple(Respondent(f"p{n}", "platform", answers) for n in range(1000))
    large = replace(read.assessment, respondents=people)
    assert read_assessment(write_raw(large, asked), "a.yaml", Shelf()).assessment == large

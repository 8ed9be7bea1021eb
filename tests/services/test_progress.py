"""Counts of answered questions."""

from app.domain.answers import Agreed, Level
from app.services.answering import answer_question
from app.services.assessments import questionnaire_for
from app.services.joining import join_as_member, participant_of
from app.services.progress import answered_by_me, asked_in, parts_of, progress_of
from app.store.record.versions import save_agreed
from app.store.unit_of_work import Session
from tests.services.conftest import TODAY, House


def test_each_question_counts_once_whoever_answered_and_however(house: House, session: Session) -> None:
    row, other = house.begin(session, "2026-Q3"), house.begin(session, "2026-Q2")
    for actor in (house.alice, house.bob):
        join_as_member(session, actor, row, "data_scientist", on=TODAY)
        answer_question(session, row, participant_of(session, actor, row), "mon-drift", Level(2))
    answer_question(session, row, participant_of(session, house.bob, row), "mon-cost", Level(1))
    save_agreed(session, row, "mon-drift", Agreed(Level(2)))
    save_agreed(session, row, "gov-inventory", Agreed(Level(2)))
    save_agreed(session, row, "gov-inventory", None)  # taken back
    found = progress_of(session, [row, other], house.alice.user_id)
    assert (found[row.id].answered, found[row.id].mine, found[row.id].joined) == (2, 1, 2)
    assert (found[other.id].answered, found[other.id].mine, found[other.id].joined) == (0, 0, 0)
    assert found[row.id].asked == 40


def test_parts_are_dimensions_and_the_overlay_apart(house: House, session: Session) -> None:
    row = house.begin(session, context={"ctx-generative": "yes"})
    asked = asked_in(session, row)
    parts = parts_of(questionnaire_for(session, row), asked, {"mon-drift"})
    assert [part.asked for part in parts] == [10, 10, 10, 10, 4]
    assert [part.answered for part in parts] == [1, 0, 0, 0, 0]
    assert "apart" in parts[-1].name


def test_who_never_joined_has_answered_nothing(house: House, session: Session) -> None:
    row = house.begin(session)
    assert house.charlie.user_id is not None
    assert answered_by_me(session, row, house.charlie.user_id) == set()

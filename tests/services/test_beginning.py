"""What suggests itself for a new assessment, and the short way alone."""

import datetime as dt

import pytest

from app.domain.quarter import Quarter
from app.services.beginning import answer_alone, offered, quarter_of, suggested_quarter, suggested_questionnaire
from app.services.closing import close_assessment
from app.services.errors import AssessmentExists, TeamArchived
from app.services.teams import archive_team
from app.store.unit_of_work import Session
from tests.services.conftest import KEY, NOW, PACK, TODAY, House


@pytest.mark.parametrize(
    ("day", "quarter"),
    [((2026, 1, 1), "2026-Q1"), ((2026, 3, 31), "2026-Q1"), ((2026, 4, 1), "2026-Q2"), ((2026, 12, 31), "2026-Q4")],
)
def test_a_day_belongs_to_its_calendar_quarter(day: tuple[int, int, int], quarter: str) -> None:
    assert quarter_of(dt.date(*day)) == Quarter.parse(quarter)


def test_each_variant_has_its_own_next_quarter(house: House, session: Session) -> None:
    team = house.team(session)
    assert str(suggested_quarter(session, team, TODAY)) == "2026-Q3"
    house.begin(session, "2026-Q3")
    assert str(suggested_quarter(session, team, TODAY)) == "2026-Q4"
    assert str(suggested_quarter(session, team, TODAY, "pulse")) == "2026-Q3"


def test_the_shipped_questionnaire_suggests_itself(house: House, session: Session) -> None:
    assert suggested_questionnaire(session, house.team(session)) == PACK
    assert PACK in {entry.name for entry in offered(session, house.mine)}


def test_alone_opens_what_is_there_and_never_what_is_closed(house: House, session: Session) -> None:
    team = house.team(session)
    draft = house.begin(session, "2026-Q3", variant="pulse", opened=False)
    row = answer_alone(session, house.alice, team, at=NOW)
    assert (row.id, row.state) == (draft.id, "open")
    close_assessment(session, house.alice, row, at=NOW, key=KEY)
    with pytest.raises(AssessmentExists):
        answer_alone(session, house.alice, team, at=NOW)
    archive_team(session, house.alice, team, at=NOW)
    with pytest.raises(TeamArchived):
        answer_alone(session, house.alice, team, at=NOW)

"""A town whose team has a closed full assessment, and one that has accepted its plan."""

from decimal import Decimal

import pytest

from app.domain.answers import Agreed, Capacity, Level
from app.services.agreeing import agree_level
from app.services.assessments import questionnaire_for
from app.services.board import Board, Card, board_of
from app.services.board_plans import accept_plan
from app.services.closing import close_assessment
from app.services.settings import asked_questions
from app.services.teams import find_team
from app.store.unit_of_work import reading, writing
from tests.web.town import KEY, NOW, Town

CAPACITY = Capacity(Decimal(5), Decimal(60), Decimal("0.10"))


@pytest.fixture
def closed(town: Town) -> str:
    """A closed full assessment of 2026-Q3 with level 1 everywhere and 24 person-days a quarter."""
    public_id = town.begin(capacity=CAPACITY, purpose="To decide")
    with writing(town.engine) as session:
        row = town.row(session, public_id)
        asked = questionnaire_for(session, row)
        for question in asked_questions(asked, row.variant, row.context):
            agree_level(session, town.actor("alice"), row, question.id, Agreed(Level(1)), at=NOW)
        close_assessment(session, town.actor("alice"), row, at=NOW, key=KEY)
    return public_id


@pytest.fixture
def accepted(town: Town, closed: str) -> str:
    """The address of a board whose plan is accepted."""
    with writing(town.engine) as session:
        accept_plan(session, town.actor("alice"), town.row(session, closed), at=NOW)
    return f"/teams/{town.team_id}/roadmap"


def board(town: Town) -> Board:
    with reading(town.engine) as session:
        return board_of(session, find_team(session, town.ours, town.team_id))


def first(town: Town) -> Card:
    """The first card of the first quarter."""
    return board(town).quarters[0].cards[0]


def again(town: Town, card: Card) -> Card:
    return next(one for one in board(town).cards if one.id == card.id)

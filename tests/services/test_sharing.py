"""Levels that one team offers and another takes over, with their source, and gives back."""

import datetime as dt
from collections.abc import Iterator
from typing import TypeAlias

import pytest

from app.domain.answers import EvidenceItem
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.services.actors import OPERATOR
from app.services.agreeing import agreed_now, evidence_now, set_evidence
from app.services.assessments import open_assessment, start_assessment
from app.services.closing import close_assessment, void_assessment
from app.services.errors import NotValid, WrongMoment
from app.services.offering import can_be_offered, offer_levels, offer_of, withdraw_offer
from app.services.results import result_of
from app.services.sharing import give_back_level, offered_levels, take_over_levels
from app.services.teams import make_team
from app.store.lookups import people, teams
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session, writing
from tests.services.conftest import KEY, NOW, PACK, House
from tests.services.quarters import closed

_Platform: TypeAlias = tuple[Session, TeamRow, AssessmentRow]


def new_team(session: Session, name: str) -> TeamRow:
    return make_team(session, OPERATOR, people.organization(session, "example"), name, at=NOW)


@pytest.fixture
def platform(house: House, mlops: Questionnaire) -> Iterator[tuple[Session, TeamRow, AssessmentRow]]:
    """A unit of work, a team that offers two levels, and an open assessment of another team."""
    with writing(house.engine) as session:
        item = EvidenceItem("Pipeline log", "wiki", dt.date(2026, 9, 1), "Dora")
        closed(house, session, mlops, level=2, levels={"aut-versioning": 3}, shown={"aut-versioning": item})
        team = house.team(session)
        row = start_assessment(session, house.alice, new_team(session, "Shop"), Quarter(2026, 3), PACK, at=NOW)
        open_assessment(session, house.alice, row, at=NOW)
        assert offered_levels(session, row) == ()
        offer_levels(session, house.alice, team, ["mon-drift", "aut-versioning"], note="For all.", at=NOW)
        yield session, team, row


def test_only_what_is_chosen_is_offered_and_until_it_is_withdrawn(
    house: House, mlops: Questionnaire, platform: _Platform
) -> None:
    session, team, row = platform
    there = can_be_offered(session, team)
    assert there is not None
    assert len(there[1]) == len(mlops.core)
    offers = {offer.question: offer for offer in offered_levels(session, row)}
    assert set(offers) == {"mon-drift", "aut-versioning"}
    one = offers["aut-versioning"]
    assert (one.level, one.team, one.advice, one.assessment) == (3, "Forecasting", "For all.", there[0].public_id)
    standing = offer_of(session, team)
    assert standing is not None
    assert (standing.questions, standing.note) == (("mon-drift", "aut-versioning"), "For all.")
    offer_levels(session, house.alice, team, ["mon-drift"], at=NOW)
    assert [offer.question for offer in offered_levels(session, row)] == ["mon-drift"]
    withdraw_offer(session, house.alice, team, at=NOW)
    withdraw_offer(session, house.alice, team, at=NOW)
    assert offered_levels(session, row) == ()
    assert offer_of(session, team) is None


def test_nothing_is_offered_that_the_room_did_not_agree_on(house: House, platform: _Platform) -> None:
    session, team, _ = platform
    for chosen in ([], ["nothing"], ["mon-drift", "nothing"]):
        with pytest.raises(NotValid, match="choose at least one"):
            offer_levels(session, house.alice, team, chosen, at=NOW)
    with pytest.raises(WrongMoment, match="before the first full assessment"):
        offer_levels(session, house.alice, new_team(session, "New"), ["mon-drift"], at=NOW)


def test_a_void_assessment_offers_nothing(house: House, platform: _Platform) -> None:
    session, team, row = platform
    found = can_be_offered(session, team)
    assert found is not None
    void_assessment(session, OPERATOR, found[0], "Wrong team", at=NOW)
    assert offered_levels(session, row) == ()
    assert offer_of(session, team) is None


def test_a_platforms_levels_are_taken_over_with_their_source(house: House, platform: _Platform) -> None:
    session, team, row = platform
    found = can_be_offered(session, team)
    assert found is not None
    there = found[0]
    own = EvidenceItem("Our own list")
    set_evidence(session, house.alice, row, "aut-versioning", [own], at=NOW)
    wanted = [("aut-versioning", team.public_id), ("mon-drift", team.public_id)]
    assert take_over_levels(session, house.alice, row, wanted, at=NOW) == 2
    with pytest.raises(WrongMoment, match="settled here already"):
        take_over_levels(session, house.alice, row, wanted, at=NOW)
    closed_row = close_assessment(session, house.alice, row, at=NOW, key=KEY)
    facts = result_of(session, closed_row).sheet.questions["aut-versioning"]
    source = f"Taken over from Forecasting, 2026-Q3 of {there.date.isoformat()}"
    assert (facts.level, facts.origin, facts.note) == (3, "agreed", source)
    assert [i.title for i in facts.evidence.items] == ["Our own list", "Pipeline log"]
    # what was taken over is not handed on as if it were one's own
    handed_on = can_be_offered(session, teams.team_by_key(session, row.team_id))
    assert handed_on is not None
    assert handed_on[1] == ()


def test_what_is_not_offered_is_not_taken_and_then_nothing_is(house: House, platform: _Platform) -> None:
    session, team, row = platform
    mixed = [("aut-versioning", team.public_id), ("mon-cost", team.public_id)]
    with pytest.raises(WrongMoment, match="not offered any more"):
        take_over_levels(session, house.alice, row, mixed, at=NOW)
    with pytest.raises(NotValid, match="one team a question"):
        take_over_levels(session, house.alice, row, [("mon-drift", team.public_id), ("mon-drift", "other")], at=NOW)


def test_a_level_is_given_back_with_what_came_with_it(house: House, platform: _Platform) -> None:
    session, team, row = platform
    set_evidence(session, house.alice, row, "aut-versioning", [EvidenceItem("Our own list")], at=NOW)
    with pytest.raises(WrongMoment, match="was not taken over"):
        give_back_level(session, house.alice, row, "aut-versioning", at=NOW, version=None)
    take_over_levels(session, house.alice, row, [("aut-versioning", team.public_id)], at=NOW)
    assert give_back_level(session, house.alice, row, "aut-versioning", at=NOW, version=1)
    assert agreed_now(session, row, "aut-versioning")[0] is None
    assert [i.title for i in evidence_now(session, row, "aut-versioning")[0].items] == ["Our own list"]
    take_over_levels(session, house.alice, row, [("aut-versioning", team.public_id)], at=NOW)
    withdraw_offer(session, house.alice, team, at=NOW)
    assert not give_back_level(session, house.alice, row, "aut-versioning", at=NOW, version=None), "it cannot know"

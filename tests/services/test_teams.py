"""Organizations and teams: made, renamed, put away; nobody reaches another's."""

import pytest

from app.services.actors import OPERATOR
from app.services.errors import NameTaken, NotValid, TeamArchived
from app.services.organizations import make_organization
from app.services.teams import archive_team, bring_back_team, find_team, list_teams, make_team, rename_team
from app.store.errors import NotFound
from app.store.lookups.people import organization
from app.store.record.requests import audit_page
from app.store.unit_of_work import writing
from tests.services.conftest import NOW, House


@pytest.mark.parametrize("slug", ["", "Example", "a b", "-a", "a-", "ä", "a" * 81, "../x"])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(house: House, slug: str) -> None:
    with writing(house.engine) as session, pytest.raises(NotValid, match="address"):
        make_organization(session, OPERATOR, slug, "Name", at=NOW)


def test_a_taken_slug_is_refused_and_the_unit_goes_on(house: House) -> None:
    with writing(house.engine) as session:
        with pytest.raises(NameTaken):
            make_organization(session, OPERATOR, "example", "Again", at=NOW)
        assert make_organization(session, OPERATOR, "third", "Third", at=NOW).slug == "third"


def test_a_team_of_another_organization_is_not_found(house: House) -> None:
    with writing(house.engine) as session, pytest.raises(NotFound):
        find_team(session, house.theirs, house.team_id)


def test_two_organizations_may_have_teams_of_one_name_but_one_may_not(house: House) -> None:
    with writing(house.engine) as session:
        make_team(session, house.charlie, organization(session, "other"), "Forecasting", at=NOW)
        with pytest.raises(NameTaken):
            make_team(session, house.alice, organization(session, "example"), " Forecasting ", at=NOW)
        assert [t.name for t in list_teams(session, house.mine)] == ["Forecasting"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\0b", "\u200b\u200d", "\u202e"])
def test_a_name_that_is_none_is_refused(house: House, name: str) -> None:
    with writing(house.engine) as session, pytest.raises(NotValid):
        make_team(session, house.alice, organization(session, "example"), name, at=NOW)


def test_a_team_can_be_renamed_but_not_to_a_taken_name(house: House) -> None:
    with writing(house.engine) as session:
        team = house.team(session)
        make_team(session, house.alice, organization(session, "example"), "Search", at=NOW)
        with pytest.raises(NameTaken):
            rename_team(session, house.alice, team, "Search", at=NOW)
        rename_team(session, house.alice, team, "Planning", at=NOW)
        rename_team(session, house.alice, team, "Planning", at=NOW)
    with writing(house.engine) as session:
        assert house.team(session).name == "Planning"
        assert [a.event for a in audit_page(session, house.mine)].count("team.renamed") == 1


def test_an_archived_team_is_listed_only_when_asked_for_and_assessed_no_more(house: House) -> None:
    with writing(house.engine) as session:
        team = house.team(session)
        archive_team(session, house.alice, team, at=NOW)
        archive_team(session, house.alice, team, at=NOW)
        assert list_teams(session, house.mine) == []
        assert len(list_teams(session, house.mine, archived=True)) == 1
        with pytest.raises(TeamArchived):
            house.begin(session)
        bring_back_team(session, house.alice, team, at=NOW)
        bring_back_team(session, house.alice, team, at=NOW)
        assert house.begin(session).state == "open"
        assert [a.event for a in audit_page(session, house.mine)].count("team.archived") == 1

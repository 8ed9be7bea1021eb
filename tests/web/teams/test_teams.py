"""The teams of an organization."""

import pytest

from tests.web.town import Town


@pytest.mark.parametrize("name", ["olive", "alice", "bob", "vera"])
def test_everybody_of_an_organization_sees_its_teams(town: Town, name: str) -> None:
    answer = town.browser(name).get("/organizations/example")
    assert answer.status_code == 200
    assert "Forecasting" in answer.text
    assert "Pricing" not in answer.text


def test_strangers_are_asked_to_sign_in_and_people_of_elsewhere_find_nothing(town: Town) -> None:
    assert town.browser().get("/organizations/example").status_code == 401
    assert town.browser("charlie").get("/organizations/example").status_code == 404


def test_the_first_page_leads_to_one_s_organization(town: Town) -> None:
    answer = town.browser("bob").get("/")
    assert (answer.status_code, answer.location) == (303, "/organizations/example")
    assert "Sign in" in town.browser().get("/").text

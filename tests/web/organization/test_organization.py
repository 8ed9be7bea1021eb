"""Settings and log of an organization, for its owners."""

import pytest

from app.store.lookups import people
from app.store.unit_of_work import reading
from tests.web.town import Town

SETTINGS, LOG = "/organizations/example/settings", "/organizations/example/log"


@pytest.mark.parametrize("path", [SETTINGS, LOG])
def test_only_owners_come_in(town: Town, path: str) -> None:
    for name, status in (("olive", 200), ("alice", 403), ("bob", 403), ("vera", 403), ("charlie", 404), (None, 401)):
        assert town.browser(name).get(path).status_code == status


def test_an_owner_renames_the_organization_and_sets_the_retention(town: Town) -> None:
    olive = town.browser("olive")
    olive.get(SETTINGS)
    assert olive.post(SETTINGS, {"name": "Harbour", "retention_days": "90"}).status_code == 303
    with reading(town.engine) as session:
        row = people.organization(session, "example")
        assert (row.name, row.retention_days) == ("Harbour", 90)
    olive.post(SETTINGS, {"name": "Harbour", "retention_days": ""})
    with reading(town.engine) as session:
        assert people.organization(session, "example").retention_days is None


@pytest.mark.parametrize(
    "data", [{"name": ""}, {"name": "x", "retention_days": "-1"}, {"name": "x", "retention_days": "9" * 30}]
)
def test_what_is_not_valid_changes_nothing(town: Town, data: dict[str, str]) -> None:
    olive = town.browser("olive")
    olive.get(SETTINGS)
    assert olive.post(SETTINGS, data).status_code == 422
    with reading(town.engine) as session:
        row = people.organization(session, "example")
        assert (row.name, row.retention_days) == ("Example", 30)


def test_the_log_says_who_did_what(town: Town) -> None:
    town.begin()
    olive = town.browser("olive")
    olive.get(SETTINGS)
    olive.post(SETTINGS, {"name": "Harbour", "retention_days": "30"})
    page = olive.get(LOG).text
    assert "Changed the organization&#39;s settings" in page
    assert "Olive" in page
    assert "Started an assessment" in page
    assert "Forecasting, 2026-Q3" in page
    assert "Charlie" not in page


def test_a_long_log_is_turned_page_by_page(town: Town) -> None:
    olive = town.browser("olive")
    olive.get(SETTINGS)
    for number in range(60):
        olive.post(SETTINGS, {"name": f"Harbour {number}", "retention_days": "30"})
    first = olive.get(LOG).text
    assert "Older" in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    page = olive.get(older)
    assert page.status_code == 200
    assert "Made the organization" in page.text


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, ""])
def test_a_place_in_the_log_that_is_none_shows_its_beginning(town: Town, before: str) -> None:
    assert town.browser("olive").get(f"{LOG}?before={before}").status_code == 200

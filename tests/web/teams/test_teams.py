"""The teams of an organization: side by side, one by one, made, renamed, archived."""

import pytest

from app.services.actors import OPERATOR
from app.services.teams import archive_team, find_team, list_teams, make_team
from app.store.lookups import people
from app.store.unit_of_work import reading, writing
from tests.web.town import NOW, Town


def names(town: Town) -> list[str]:
    with reading(town.engine) as session:
        return [team.name for team in list_teams(session, town.ours)]


@pytest.mark.parametrize("name", ["olive", "alice", "bob", "vera"])
def test_everybody_of_an_organization_sees_its_teams(town: Town, name: str) -> None:
    answer = town.browser(name).get("/organizations/example")
    assert answer.status_code == 200
    assert "Forecasting" in answer.text
    assert "Pricing" not in answer.text


def test_the_first_page_leads_to_one_s_organization(town: Town) -> None:
    answer = town.browser("bob").get("/")
    assert (answer.status_code, answer.location) == (303, "/organizations/example")
    assert "Sign in" in town.browser().get("/").text


def test_an_organization_without_a_closed_assessment_is_told_how_to_begin(town: Town) -> None:
    town.begin()
    page = town.browser("alice").get("/organizations/example").text
    assert "Start the first assessment" in page
    assert "full assessment of 2026-Q3, open" in page
    assert "Start the first assessment" not in town.browser("vera").get("/organizations/example").text


def test_a_row_shows_levels_stage_quarter_and_age_once_an_assessment_is_closed(town: Town) -> None:
    one = town.begin()
    olive = town.browser("olive")
    with writing(town.engine) as session:
        make_team(session, OPERATOR, people.organization(session, "example"), "Baskets", at=NOW)
    olive.post(f"/assessments/{one}/close")
    page = olive.get("/organizations/example").text
    assert "Nothing is open at the moment" in page
    assert "Stage 0, 2026-Q3, today" in page
    assert page.count("not enough answered") == 4
    assert "Nothing closed yet" in page
    table = page.partition("<tbody>")[2]
    assert table.index("Baskets") < table.index("Forecasting")
    assert f"/assessments/{one}/report" in page


def test_what_waits_is_what_one_is_asked_in(town: Town) -> None:
    closed, opened = town.begin("2026-Q2"), town.begin("2026-Q3")
    town.browser("alice").post(f"/assessments/{closed}/close")
    bob = town.browser("bob").get("/organizations/example").text
    assert "You are asked in the full assessment of Forecasting." in bob
    assert "0 of 40 questions answered by you" in bob
    assert f"/assessments/{opened}/answer" in bob
    assert "You are asked" not in town.browser("vera").get("/organizations/example").text


def test_the_dashboard_cannot_be_sorted(town: Town) -> None:
    one = town.begin()
    browser = town.browser("olive")
    browser.post(f"/assessments/{one}/close")
    plain = browser.get("/organizations/example").text
    asked = browser.get("/organizations/example?sort=monitoring&order=desc").text
    assert _rows(asked) == _rows(plain)
    assert "aria-sort" not in plain


def test_a_team_is_made_and_can_be_answered_for_alone_at_once(town: Town) -> None:
    answer = town.browser("olive").post("/organizations/example/teams", {"name": " Baskets ", "then": "alone"})
    assert answer.status_code == 303
    assert answer.location.endswith("/answer")
    assert names(town) == ["Baskets", "Forecasting"]
    assert town.state(answer.location.split("/")[2]) == "open"


@pytest.mark.parametrize(("then", "end"), [("together", "/assessments/new"), ("nothing", "")])
def test_a_team_is_made_and_leads_to_what_was_chosen(town: Town, then: str, end: str) -> None:
    answer = town.browser("olive").post("/organizations/example/teams", {"name": "Baskets", "then": then})
    with reading(town.engine) as session:
        made = next(team for team in list_teams(session, town.ours) if team.name == "Baskets")
    assert (answer.status_code, answer.location) == (303, f"/teams/{made.public_id}{end}")


def test_a_name_is_needed_and_is_given_once(town: Town) -> None:
    browser = town.browser("olive")
    for name in ("", " ", "x" * 201):
        assert browser.post("/organizations/example/teams", {"name": name, "then": "nothing"}).status_code == 422
    twice = browser.post("/organizations/example/teams", {"name": "Forecasting", "then": "alone"})
    assert twice.status_code == 409
    assert "choose another name" in twice.text
    assert 'value="Forecasting"' in twice.text
    assert browser.post("/organizations/example/teams", {"name": "Odd", "then": "fly"}).status_code == 422
    assert names(town) == ["Forecasting"]


def test_a_name_with_what_cannot_be_printed_is_refused(town: Town) -> None:
    answer = town.browser("olive").post("/organizations/example/teams", {"name": "Bell\x07", "then": "nothing"})
    assert answer.status_code == 422
    assert names(town) == ["Forecasting"]


def test_a_team_without_assessments_says_what_will_be_here(town: Town) -> None:
    assert "Prepare the first assessment" in town.browser("alice").get(f"/teams/{town.team_id}").text
    viewed = town.browser("vera").get(f"/teams/{town.team_id}").text
    assert "A facilitator starts the first assessment" in viewed
    assert "Answer alone" not in viewed


def test_assessments_stand_newest_quarter_first_with_state_and_stage(town: Town) -> None:
    old, new = town.begin("2026-Q1"), town.begin("2026-Q3", opened=False)
    town.browser("alice").post(f"/assessments/{old}/close")
    page = town.browser("alice").get(f"/teams/{town.team_id}").text
    assert page.index("2026-Q3, full assessment") < page.index("2026-Q1, full assessment")
    assert "being prepared" in page
    assert "Stage 0" in page
    assert f"/assessments/{new}/settings" in page
    assert f"/assessments/{new}/settings" not in town.browser("bob").get(f"/teams/{town.team_id}").text


def test_a_team_is_renamed_unless_the_name_is_taken(town: Town) -> None:
    browser, here = town.browser("alice"), f"/teams/{town.team_id}/settings"
    assert browser.post(here, {"name": "Demand"}).location == f"/teams/{town.team_id}"
    assert names(town) == ["Demand"]
    town.browser("olive").post("/organizations/example/teams", {"name": "Baskets", "then": "nothing"})
    assert browser.post(here, {"name": "Baskets"}).status_code == 409
    assert browser.post(here, {"name": ""}).status_code == 422
    assert names(town) == ["Baskets", "Demand"]


def test_an_archived_team_keeps_its_page_and_comes_back(town: Town) -> None:
    browser, here = town.browser("alice"), f"/teams/{town.team_id}"
    assert "Put Forecasting into the archive?" in browser.get(f"{here}/archive").text
    assert names(town) == ["Forecasting"]
    for _ in range(2):
        assert browser.post(f"{here}/archive").status_code == 303
        assert names(town) == []
    page = browser.get(here).text
    assert "This team is in the archive." in page
    assert "Answer alone" not in page
    assert "Bring the team back" in browser.get(f"{here}/settings").text
    for _ in range(2):
        assert browser.post(f"{here}/bring-back").status_code == 303
        assert names(town) == ["Forecasting"]


def test_archived_teams_are_apart_on_the_overview(town: Town) -> None:
    one = town.begin()
    olive = town.browser("olive")
    olive.post(f"/assessments/{one}/close")
    with writing(town.engine) as session:
        archive_team(session, town.actor("olive"), find_team(session, town.ours, town.team_id), at=NOW)
    page = olive.get("/organizations/example").text
    assert "Archived teams (1)" in page
    assert "Forecasting" not in page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_facilitator_of_all_teams_may_make_one_and_one_of_given_teams_may_not(town: Town) -> None:
    asked = {"name": "Baskets", "then": "nothing"}
    assert town.browser("alice").post("/organizations/example/teams", asked).status_code == 403
    assert names(town) == ["Forecasting"]
    assert town.browser("fay").post("/organizations/example/teams", asked).status_code == 303
    assert names(town) == ["Baskets", "Forecasting"]


def _rows(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_who_may_run_a_room_is_led_to_a_rehearsal(town: Town) -> None:
    path, way = f"/teams/{town.team_id}", f'href="/teams/{town.team_id}/rehearsal"'
    assert way in town.browser("alice").get(path).text
    assert way not in town.browser("bob").get(path).text

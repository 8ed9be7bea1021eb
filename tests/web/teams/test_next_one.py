"""The next quarter in one click."""

from app.services.assessments import find_assessment, terms_of
from app.store.unit_of_work import reading
from tests.web.roadmap.conftest import accepted, closed
from tests.web.town import Town

__all__ = ["accepted", "closed"]


def test_the_next_quarter_is_started_with_the_settings_of_the_last(town: Town, accepted: str) -> None:
    assert accepted
    alice = town.browser("alice")
    page = alice.get(f"/teams/{town.team_id}").text
    assert "Start 2026-Q4" in page
    assert "To look at first" in page
    answer = alice.post(f"/teams/{town.team_id}/assessments/next")
    assert answer.status_code == 303
    public_id = answer.headers["Location"].rpartition("/")[2]
    with reading(town.engine) as session:
        row = find_assessment(session, town.ours, public_id)
        assert (row.quarter, row.state, terms_of(row).purpose) == ("2026-Q4", "draft", "To decide")
    again = alice.post(f"/teams/{town.team_id}/assessments/next")
    assert again.headers["Location"] == answer.headers["Location"]
    assert "is not closed yet" in alice.get(f"/teams/{town.team_id}").text


def test_before_the_first_full_assessment_nothing_is_suggested(town: Town) -> None:
    town.begin()
    assert "Next:" not in town.browser("alice").get(f"/teams/{town.team_id}").text


def test_only_facilitators_of_the_team_start_it(town: Town, closed: str) -> None:
    assert closed
    path = f"/teams/{town.team_id}/assessments/next"
    assert "Start 2026-Q4" not in town.browser("bob").get(f"/teams/{town.team_id}").text
    assert town.browser().post(path).status_code == 401
    assert town.browser("charlie").post(path).status_code == 404
    assert town.browser("bob").post(path).status_code == 403
    assert town.browser("alice").client.get(path).status_code == 405
    assert town.browser("alice").post("/teams/nothing/assessments/next").status_code == 404

"""Long lists come a page at a time."""

import pytest

from tests.web.api.conftest import Village


def test_pages_together_hold_everything_once(village: Village) -> None:
    olive = village.program("olive")
    for number in range(4):
        olive.post("/organizations/example/teams", {"name": f"Team {number}"})
    names, path = [], "/organizations/example/teams?limit=4"
    while path:
        page = olive.get(path).json
        names.append([team["name"] for team in page["items"]])
        path = page["next"]
    assert names == [["Forecasting", "Planning", "Team 0", "Team 1"], ["Team 2", "Team 3"]]


def test_assessments_and_actions_come_in_pages_too(village: Village) -> None:
    bob, team = village.program("bob"), village.ids["team"]
    first = bob.get(f"/teams/{team}/assessments?limit=1").json
    assert [one["id"] for one in first["items"]] == [village.ids["closed"]]
    second = bob.get(first["next"]).json
    assert ([one["id"] for one in second["items"]], second["next"]) == ([village.ids["opened"]], None)
    everything = [one["step"] for one in bob.get(f"/teams/{team}/actions").json["items"]]
    some = bob.get(f"/teams/{team}/actions?limit=2").json
    assert [one["step"] for one in some["items"]] == everything[:2]
    assert bob.get(some["next"]).json["items"][0]["step"] == everything[2]


@pytest.mark.parametrize(
    "asked", ["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "limit=%00", "cursor=!", "cursor=AA==", "size=3"]
)
def test_a_wish_that_makes_no_sense_is_422(quiet: Village, asked: str) -> None:
    answer = quiet.program("olive").get(f"/organizations/example/teams?{asked}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["path"] == asked.partition("=")[0]

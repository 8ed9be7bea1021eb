"""The whole way of a program: from a team to a report."""

from tests.web.api.conftest import QUESTION, Village


def test_a_program_goes_from_a_team_to_a_report(village: Village) -> None:
    olive, bob = village.program("olive"), village.program("bob")
    team = olive.post("/organizations/example/teams", {"name": "Pricing models"})
    assert team.status_code == 201
    assert team.location.endswith(f"/api/v1/teams/{team.json['id']}")
    assert olive.get(team.location).json == team.json
    made = olive.post(
        f"/teams/{village.town.team_id}/assessments",
        {"quarter": "2026-Q4", "questionnaire": "mlops@1.0.0", "variant": "full"},
    )
    assert (made.status_code, made.json["state"]) == (201, "draft")
    here = f"/assessments/{made.json['id']}"
    settings = {
        "purpose": "Decide what to build.",
        "capacity": {"people": 8, "working_days": 60, "share": 0.1},
        "target": {"default": 3, QUESTION: 4},
        "context": {"ctx-people-effect": False},
        "scope": ["demand-forecast"],
        "state": "open",
    }
    changed = olive.patch(here, settings)
    assert changed.status_code == 200
    assert changed.json["capacity"] == settings["capacity"]
    assert changed.json["target"] == settings["target"]
    assert changed.json["context"] == {"ctx-people-effect": "no"}
    assert changed.json["state"] == "open"
    assert bob.put(f"{here}/answers/{QUESTION}", {"level": 3, "comment": "Weekly."}).status_code == 204
    assert bob.put(f"{here}/answers/{QUESTION}", {"dk": True}).status_code == 204
    assert bob.put(f"{here}/beliefs/b01", {"agree": 4}).status_code == 204
    assert bob.put(f"{here}/beliefs/b01", {"agree": None}).status_code == 204
    agreed = olive.put(f"{here}/agreed/{QUESTION}", {"level": 2, "note": "Calendar only."})
    assert (agreed.status_code, agreed.json["version"]) == (200, 1)
    proof = {"grade": "E1", "items": [{"title": "July comparison", "place": "wiki", "date": "2026-07-10"}]}
    assert olive.put(f"{here}/evidence/{QUESTION}", proof).json["version"] == 1
    result = olive.get(f"{here}/result").json
    assert result["questions"][QUESTION]["claimed"] == 2
    assert olive.patch(here, {"state": "closed"}).json["state"] == "closed"
    assert bob.get(f"{here}/result").json["questions"][QUESTION]["claimed"] == 2
    file = olive.get(f"{here}/file")
    assert b"settled:" in file.data
    assert bob.get(f"{here}/report.xlsx").data.startswith(b"PK")


def test_answers_one_by_one_leave_open_terms_only_and_with_an_owner(village: Village) -> None:
    path = f"/assessments/{village.town.begin('2027-Q1', anonymity='open')}"
    assert village.program("bob").put(f"{path}/answers/{QUESTION}", {"level": 3}).status_code == 204
    assert village.program("alice").put(f"{path}/agreed/{QUESTION}", {"level": 3}).status_code == 200
    assert village.program("alice").get(f"{path}/file?form=raw").status_code == 403
    raw = village.program("olive").get(f"{path}/file?form=raw")
    assert b"respondents:" in raw.data
    assert b"respondents:" not in village.program("alice").get(f"{path}/file").data.split(b"settled:")[0]
    anonymous = village.program("olive").get(f"{village.opened}/file?form=raw")
    assert anonymous.status_code == 403
    assert "open terms" in anonymous.json["detail"]


def test_nobody_s_vote_is_in_the_result_before_it_is_agreed(village: Village) -> None:
    before = village.program("alice").get(f"{village.opened}/result").data
    for who, level in (("bob", 4), ("alice", 4), ("olive", 4)):
        village.program(who).put(f"{village.opened}/answers/{QUESTION}", {"level": level})
        village.program(who).put(f"{village.opened}/beliefs/b01", {"agree": level})
    assert village.program("alice").get(f"{village.opened}/result").data == before

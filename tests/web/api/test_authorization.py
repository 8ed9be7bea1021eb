"""Who may what, as one table: every route of the API, every kind of person, own and foreign things."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.web.api.conftest import PREFIX, QUESTION, Village

OWNER, EVERYWHERE = frozenset({"olive"}), frozenset({"olive", "fay"})
FACILITATOR = EVERYWHERE | {"alice"}
MEMBER = FACILITATOR | {"bob"}
ALL = MEMBER | {"fiona", "mo", "vera"}
#: Everybody of Example; Charlie owns the other organization, None is not signed in.
OURS = ("vera", "mo", "fiona", "bob", "alice", "fay", "olive")
OPENED, CLOSED = "/assessments/<opened>", "/assessments/<closed>"
HANDED_IN = {"level": 2}


@dataclass(frozen=True)
class Row:
    """A route: where it leads, who may, what they send, and what who may gets at the first time."""

    path: str
    who: frozenset[str]
    status: int = 200
    body: Any = None
    rule: str = ""


TABLE = {
    "listed_teams": Row("/organizations/<slug>/teams", ALL),
    "new_team": Row("/organizations/<slug>/teams", EVERYWHERE, 201, {"name": "Search"}),
    "show_team": Row("/teams/<team>", ALL),
    "listed_assessments": Row("/teams/<team>/assessments", ALL),
    "new_assessment": Row(
        "/teams/<team>/assessments", FACILITATOR, 201, {"quarter": "2027-Q1", "questionnaire": "mlops@1.0.0"}
    ),
    "import_assessment": Row("/teams/<team>/assessments/import", FACILITATOR, 422, {"format": "mythmark/assessment@1"}),
    "show_assessment": Row(OPENED, ALL),
    "change_assessment": Row(OPENED, FACILITATOR, 200, {"purpose": "To decide."}),
    "export_assessment": Row(f"{OPENED}/file", FACILITATOR),
    "export_assessment closed": Row(f"{CLOSED}/file", FACILITATOR),
    "export_assessment raw": Row(f"{OPENED}/file?form=raw", OWNER, 403),  # the terms forbid it
    "result": Row(f"{OPENED}/result", FACILITATOR),
    "result closed": Row(f"{CLOSED}/result", ALL),
    "report_pdf": Row(f"{OPENED}/report.pdf", FACILITATOR),
    "report_pdf closed": Row(f"{CLOSED}/report.pdf", ALL),
    "report_html": Row(f"{OPENED}/report.html", FACILITATOR),
    "report_html closed": Row(f"{CLOSED}/report.html", ALL),
    "report_xlsx": Row(f"{OPENED}/report.xlsx", FACILITATOR),
    "report_xlsx closed": Row(f"{CLOSED}/report.xlsx", ALL),
    "put_answer": Row(f"{OPENED}/answers/{QUESTION}", MEMBER, 204, HANDED_IN),
    "put_belief": Row(f"{OPENED}/beliefs/b01", MEMBER, 204, {"agree": 1}),
    "put_role": Row(f"{OPENED}/role", MEMBER, 200, {"role": "not_said"}),
    "show_agreed": Row(f"{OPENED}/agreed/{QUESTION}", FACILITATOR),
    "put_agreed": Row(f"{OPENED}/agreed/{QUESTION}", FACILITATOR, 200, HANDED_IN),
    "show_evidence": Row(f"{OPENED}/evidence/{QUESTION}", FACILITATOR),
    "put_evidence": Row(f"{OPENED}/evidence/{QUESTION}", FACILITATOR, 200, {"items": []}),
    "listed_actions": Row("/teams/<team>/actions", MEMBER),
    "change_board": Row("/teams/<team>/actions", MEMBER, 200, {"items": []}),
    "show_action": Row("/actions/<action>", MEMBER),
    "change_action": Row("/actions/<action>", MEMBER, 200, {"note": "Begun."}),
    "show_room": Row(f"{OPENED}/room", FACILITATOR),
    "make_room": Row(f"{OPENED}/room", FACILITATOR, 200, {}),
    "ask": Row(f"{OPENED}/room/ask", FACILITATOR, 200, {"question": QUESTION}),
    "reveal": Row(f"{OPENED}/room/reveal", FACILITATOR, 409),
    "vote_again": Row(f"{OPENED}/room/vote-again", FACILITATOR, 409),
    "agree": Row(f"{OPENED}/room/agree", FACILITATOR, 409, HANDED_IN),
    "not_agreed": Row(f"{OPENED}/room/not-agreed", FACILITATOR, 409),
    "undo": Row(f"{OPENED}/room/undo", FACILITATOR, 409),
    "close": Row(f"{OPENED}/room/close", FACILITATOR),
}
OPEN_TO_ALL = {"openapi"}
#: Participants are no people of an organization; who gets where is in test_rooms.
OF_SEATS = {"join", "state", "room_questionnaire", "mine", "put_vote", "put_opinion", "events"}


def _rules(village: Village) -> dict[str, tuple[str, str]]:
    """Method and rule of every route of the API, by the name of its view."""
    return {
        rule.endpoint.rpartition(".")[2]: (next(iter(set(rule.methods or ()) - {"HEAD", "OPTIONS"})), rule.rule)
        for rule in village.town.app.url_map.iter_rules()
        if rule.rule.startswith(f"{PREFIX}/")
    }


def _ask(village: Village, name: str, row: Row, who: str | None, ids: dict[str, str]) -> int:
    method, _ = _rules(village)[name.split(maxsplit=1)[0]]
    path = row.path
    for mark, value in ids.items():
        path = path.replace(f"<{mark}>", value)
    return int(village.program(who).ask(method, path, row.body).status_code)


def _own(village: Village) -> dict[str, str]:
    return {"slug": "example", **village.ids}


def _foreign(village: Village) -> dict[str, str]:
    return {"slug": "other", **{name: village.ids[f"their {name}"] for name in ("team", "opened", "closed", "action")}}


def test_every_route_has_a_row(quiet: Village) -> None:
    assert {name.split()[0] for name in TABLE} | OPEN_TO_ALL | OF_SEATS == set(_rules(quiet))


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLE)
def test_nobody_gets_further_than_the_table_says(village: Village, name: str) -> None:
    row, own, foreign = TABLE[name], _own(village), _foreign(village)
    missing = dict.fromkeys(own, "0123456789abcdefghjk")
    assert _ask(village, name, row, None, own) == 401
    assert _ask(village, name, row, None, missing) == 401
    assert _ask(village, name, row, "charlie", own) == 404
    for who in OURS:
        assert _ask(village, name, row, who, foreign) == 404
        assert _ask(village, name, row, who, missing) == 404
    for who in (one for one in OURS if one not in row.who):
        assert _ask(village, name, row, who, own) == 403, who
    first = next(one for one in OURS if one in row.who)
    assert _ask(village, name, row, first, own) == row.status
    for who in row.who - {first}:
        assert _ask(village, name, row, who, own) in {row.status, 409}, who
    assert _ask(village, name, row, "charlie", foreign) in {row.status, 409}


@pytest.mark.parametrize("name", ["put_agreed", "change_action", "listed_teams", "result closed"])
def test_a_token_that_is_not_good_is_nobody(quiet: Village, name: str) -> None:
    program = quiet.program()
    path = TABLE[name].path
    for mark, value in _own(quiet).items():
        path = path.replace(f"<{mark}>", value)
    method = _rules(quiet)[name.split(maxsplit=1)[0]][0]
    for token in ("Bearer ", "Bearer mm_none", "Basic b2xpdmU6eA==", "mm_x"):
        answer = program.ask(method, path, TABLE[name].body, headers={"Authorization": token})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("kind", ["answers/nothing", "agreed/nothing", "evidence/nothing", "beliefs/nothing"])
def test_what_is_not_asked_is_not_there_before_anybody_s_role_counts(quiet: Village, kind: str) -> None:
    for who in ("vera", "alice"):
        assert quiet.program(who).put(f"{quiet.opened}/{kind}", {"no": "sense"}).status_code == 404

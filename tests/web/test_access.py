"""Who may: rows, the gate, the order of refusals."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Blueprint

from app.web.access import Access, NotAllowed, NotThere, Role, UndecidedRoute, allow
from app.web.parts import Parts
from tests.web.conftest import Make


class Doorman:
    """A gate that raises what it is told to, and remembers what it was asked."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal
        self.asked: list[tuple[Access, dict[str, object]]] = []

    def check(self, access: Access, parameters: Mapping[str, object]) -> None:
        self.asked.append((access, dict(parameters)))
        if self.refusal is not None:
            raise self.refusal


def room(*, marked: bool = True, **words: Any) -> Blueprint:  # noqa: ANN401 - what allow takes
    made = Blueprint("room", __name__)

    def view(team_id: int) -> str:
        return f"team {team_id}"

    if marked:
        view = allow(Role.MEMBER, **words)(view)
    made.add_url_rule("/teams/<int:team_id>", view_func=view, methods=["GET", "POST"])
    return made


def test_a_route_without_a_row_stops_the_start(make: Make) -> None:
    with pytest.raises(UndecidedRoute, match="says not who may use it"):
        make(Parts(rooms=(room(marked=False),)))


def test_a_parameter_that_nobody_decided_about_stops_the_start(make: Make) -> None:
    with pytest.raises(UndecidedRoute, match="team_id leads into an organization"):
        make(Parts(rooms=(room(),)))


def test_a_row_can_be_given_for_a_view_that_is_not_ours(make: Make) -> None:
    row = Access(frozenset({Role.OWNER}), within=("team_id",))
    gate = Doorman()
    make(Parts(rooms=(room(marked=False),), gate=gate, others={"room.view": row})).test_client().get("/teams/7")
    assert gate.asked == [(row, {"team_id": 7})]


def test_a_row_names_at_least_one_role() -> None:
    with pytest.raises(UndecidedRoute, match="without a role"):
        allow()


def test_the_gate_is_asked_with_the_parameters(make: Make) -> None:
    gate = Doorman()
    answer = make(Parts(rooms=(room(within=("team_id",)),), gate=gate)).test_client().get("/teams/7")
    assert (answer.status_code, answer.text) == (200, "team 7")
    assert [parameters for _, parameters in gate.asked] == [{"team_id": 7}]


def test_the_gate_is_not_asked_about_what_is_for_anyone(make: Make) -> None:
    gate = Doorman(NotAllowed())
    assert make(Parts(gate=gate)).test_client().get("/help").status_code == 200
    assert gate.asked == []


def test_without_accounts_everything_else_asks_to_sign_in(make: Make) -> None:
    answer = make(Parts(rooms=(room(within=("team_id",)),))).test_client().get("/teams/7?x=1")
    assert answer.status_code == 401
    assert 'href="/sign-in?next=%2Fteams%2F7%3Fx%3D1"' in answer.text


@pytest.mark.parametrize(("refusal", "status"), [(NotThere(), 404), (NotAllowed(), 403)])
def test_the_gate_speaks_before_size_and_token(make: Make, refusal: Exception, status: int) -> None:
    client = make(Parts(rooms=(room(within=("team_id",)),), gate=Doorman(refusal))).test_client()
    assert client.post("/teams/7", data={"x": "y" * 200_000}).status_code == status


def test_the_size_is_looked_at_before_the_token(make: Make) -> None:
    client = make(Parts(rooms=(room(within=("team_id",)),), gate=Doorman())).test_client()
    assert client.post("/teams/7", data={"x": "y" * 200_000}).status_code == 413
    assert client.post("/teams/7", data={"x": "y"}).status_code == 400


def test_a_route_may_take_more(make: Make) -> None:
    uploads = Blueprint("uploads", __name__)

    @uploads.post("/api/v1/uploads")
    @allow(Role.ANYONE, at_most=300_000)
    def take() -> str:
        return "taken"

    client = make(Parts(rooms=(uploads,))).test_client()
    assert client.post("/api/v1/uploads", data=b"x" * 200_000).status_code == 200
    assert client.post("/api/v1/uploads", data=b"x" * 400_000).status_code == 413

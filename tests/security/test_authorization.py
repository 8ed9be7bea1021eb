"""One table: every route, every actor, and every parameter that leads into an organization, own and foreign apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.accounts import gate, invitations
from app.accounts.actor import actor_of
from app.accounts.gate import Place
from app.domain.quarter import Quarter
from app.services.actors import OPERATOR
from app.services.assessments import open_assessment, start_assessment
from app.services.rooms.opening import open_room
from app.services.settings import Terms
from app.services.teams import find_team, make_team
from app.store.lookups import access, people
from app.store.tables.board import CardRow
from app.store.tables.people import OrganizationRow
from app.store.unit_of_work import Session, writing
from tests.security.rows import ANYONE, FACILITATOR, MEMBER, ORDER, OWN, PARTICIPANT, ROWS, VIEWER
from tests.web.town import NOW, PACK, Town, built

#: Whose role is what in "Example"; Fay works with all teams, Charlie owns another organization.
CAST = {"vera": "viewer", "bob": "member", "alice": "facilitator", "fay": "facilitator", "olive": "owner"}
#: Who works with given teams only: for the organization as a whole they are too small.
OF_ONE_TEAM = {"alice", "bob"}
TENANT = ("action_id", "assessment_id", "slug", "team_id")
#: Who is nobody to a route beside those who are not signed in: none of these sits in a room.
STRANGERS: dict[str, tuple[str | None, ...]] = {PARTICIPANT: (None, *CAST, "charlie")}
#: The raw form is for owners, and only under terms that allow it.
_OPEN = Terms(anonymity="open")
_WRITES = ("PUT", "PATCH", "POST", "DELETE")


@dataclass(frozen=True)
class Matrix:
    """The town, signed-in clients by name (None: nobody), and ids to fill routes with: ours, and those of others."""

    town: Town
    clients: dict[str | None, FlaskClient]
    ours: dict[str, str]
    theirs: dict[str, str]

    def ask(self, name: str | None, rule: Rule, method: str, ids: dict[str, str]) -> int:
        """The status of a request without form protection: who is let in gets as far as 400 and writes nothing."""
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", ids[argument])
        assert "<" not in path, path
        body: dict[str, Any] = {}
        if path.startswith("/api/") and method in _WRITES:
            body = {"data": b"{", "content_type": "application/json"}
        return self.clients[name].open(path, method=method, **body).status_code


def _fill(town: Town, organization: int, team_id: str) -> dict[str, str]:
    """Something of every kind in an organization."""
    with writing(town.engine) as session:
        team = find_team(session, organization, team_id)
        row = start_assessment(session, OPERATOR, team, Quarter.parse("2026-Q3"), PACK, at=NOW, terms=_OPEN)
        open_assessment(session, OPERATOR, row, at=NOW)
        card = CardRow(organization_id=organization, team_id=team.id, step="mon-drift@1", quarter="2026-Q4")
        session.add(card)
        session.flush()
        open_room(session, OPERATOR, row, at=NOW)
        return {"team_id": team_id, "assessment_id": row.public_id, "action_id": card.public_id}


def _person(session: Session, organization: OrganizationRow, owner: int) -> dict[str, str]:
    actor = actor_of(session, owner)
    invitations.invite(session, actor, organization.id, f"new@{organization.slug}.example.org", "viewer", NOW)
    return {
        "slug": organization.slug,
        "person_id": people.user_by_key(session, owner).public_id,
        "invitation_id": access.invitations(session, organization.id)[0].public_id,
    }


@pytest.fixture(scope="module")
def matrix(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    with built(stocked, tmp_path_factory.mktemp("matrix")) as town:
        with writing(town.engine) as session:
            # Whoever works with this team only is nobody to the other one.
            lonely = make_team(session, OPERATOR, people.organization(session, "example"), "Search", at=NOW)
            lonely_id = lonely.public_id
        free = {
            "name": PACK, "earlier": PACK, "question": "mon-drift", "belief": "b01", "dimension": "monitoring",
            "voting": "1", "token": "nothing", "token_id": "nothing", "session_id": "nothing",
            "feed_id": "nothing",
        }  # fmt: skip
        ours = {**free, **_fill(town, town.ours, town.team_id)}
        theirs = {**free, **_fill(town, town.theirs, town.their_team_id)}
        with writing(town.engine) as session:
            ours |= _person(session, people.organization(session, "example"), town.people["olive"])
            theirs |= _person(session, people.organization(session, "other"), town.people["charlie"])
        names: list[str | None] = [None, *CAST, "charlie"]
        clients: dict[str | None, FlaskClient] = {name: town.browser(name).client for name in names}
        town.app.test_client_class = None
        ours["lonely"] = lonely_id
        yield Matrix(town, clients, ours, theirs)


def _routes(matrix: Matrix) -> Iterator[tuple[Rule, str]]:
    for rule in sorted(matrix.town.app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def _tenant(rule: Rule) -> list[str]:
    return sorted(set(rule.arguments) & set(TENANT))


def test_every_route_has_a_row_and_every_row_a_route(matrix: Matrix) -> None:
    endpoints = {rule.endpoint for rule, _ in _routes(matrix)}
    assert endpoints == set(ROWS)


def found_wrong(matrix: Matrix) -> Iterator[str]:
    """Every request that is answered otherwise than the table says, as it is found."""

    def expect(
        name: str | None, rule: Rule, method: str, ids: dict[str, str], good: Callable[[int], bool]
    ) -> Iterator[str]:
        status = matrix.ask(name, rule, method, ids)
        if not good(status):
            yield f"{name} {method} {rule.rule} {ROWS[rule.endpoint]}: {status}"

    for rule, method in _routes(matrix):
        need = ROWS[rule.endpoint]
        if need == ANYONE:
            continue
        for name in STRANGERS.get(need, (None,)):
            yield from expect(name, rule, method, matrix.ours, lambda status: status == 401)
        if need in {OWN, PARTICIPANT}:
            continue
        yield from expect("charlie", rule, method, matrix.ours, lambda status: status == 404)
        for name, role in CAST.items():
            whole = need in {MEMBER, FACILITATOR} and not set(rule.arguments) & {
                "team_id",
                "assessment_id",
                "action_id",
            }
            enough = ORDER.index(role) >= ORDER.index(need) and not (whole and name in OF_ONE_TEAM)
            yield from expect(
                name, rule, method, matrix.ours,
                (lambda status: status not in {401, 403, 404}) if enough else (lambda status: status == 403),
            )  # fmt: skip
        for parameter in _tenant(rule):
            mixed = {**matrix.ours, parameter: matrix.theirs[parameter]}
            yield from expect("olive", rule, method, mixed, lambda status: status == 404)
        if "team_id" in rule.arguments and need != VIEWER:
            other = {**matrix.ours, "team_id": matrix.ours["lonely"]}
            yield from expect("alice", rule, method, other, lambda status: status == 403)
            yield from expect("bob", rule, method, other, lambda status: status == 403)


@pytest.mark.slow
def test_every_route_answers_every_actor_as_the_table_says(matrix: Matrix) -> None:
    assert list(found_wrong(matrix)) == []


def _everybodys(_session: Session, _user_id: int, _public_id: str) -> Place:
    return Place(1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("parameter", TENANT)
def test_a_gate_that_follows_a_parameter_for_anybody_is_noticed(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, parameter: str
) -> None:
    if not any(parameter in _tenant(rule) for rule, _ in _routes(matrix)):
        pytest.fail(f"no route has {parameter}")
    monkeypatch.setitem(gate.PARAMETERS, parameter, _everybodys)
    assert next(found_wrong(matrix), None)


@pytest.mark.slow
def test_a_gate_that_lets_every_role_in_is_noticed(matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    def anybody(actor: Any, *_: object) -> Any:  # noqa: ANN401
        return actor

    monkeypatch.setattr(gate, "require", anybody)
    assert next(found_wrong(matrix), None)

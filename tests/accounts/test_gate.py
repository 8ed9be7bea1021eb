"""The gate: route x actor x own or foreign, for each parameter by itself."""

from dataclasses import dataclass

import pytest
from flask import Flask, g
from sqlalchemy import Engine

from app.accounts import tokens
from app.accounts.errors import NotAllowed, SignInNeeded
from app.accounts.gate import MembershipGate, Place
from app.accounts.members import add_member
from app.store.errors import NotFound
from app.store.lookups import teams
from app.store.tables.access import ApiTokenRow
from app.store.unit_of_work import reading, writing
from tests.accounts.conftest import NOW, Cast


@dataclass(frozen=True)
class Row:
    roles: frozenset[str]
    within: tuple[str, ...] = ()


EVERYBODY = frozenset({"owner", "facilitator", "member", "viewer"})
MEMBERS, FACILITATORS, OWNERS = EVERYBODY - {"viewer"}, frozenset({"owner", "facilitator"}), frozenset({"owner"})


def ask(app: Flask, engine: Engine, name: str | None, row: Row, **parameters: str) -> object:
    """What the gate answers: the place, or the refusal."""
    headers = {}
    if name:
        with writing(engine) as session:
            headers["Authorization"] = f"Bearer {tokens.make_token(session, f'{name}@example.org', NOW)}"
    with app.test_request_context("/", headers=headers):
        try:
            MembershipGate().check(row, parameters)
        except (SignInNeeded, NotFound, NotAllowed) as refusal:
            return type(refusal)
        return g.get("place")


@pytest.fixture
def public(engine: Engine, cast: Cast) -> dict[str, str]:
    with reading(engine) as session:
        keys = {"own": cast.team, "other": cast.other_team, "foreign": cast.foreign_team}
        return {name: teams.team_by_key(session, key).public_id for name, key in keys.items()}


@pytest.mark.parametrize(
    ("roles", "own", "other"),
    [
        (EVERYBODY, {"alice", "fay", "bob", "vic"}, {"alice", "fay", "bob", "vic"}),
        (MEMBERS, {"alice", "fay", "bob"}, {"alice"}),
        (FACILITATORS, {"alice", "fay"}, {"alice"}),
        (OWNERS, {"alice"}, {"alice"}),
    ],
    ids=["everybody", "members", "facilitators", "owners"],
)
def test_a_team_opens_to_its_people(  # noqa: PLR0913, PLR0917 - what the gate depends on
    app: Flask,
    engine: Engine,
    cast: Cast,
    public: dict[str, str],
    roles: frozenset[str],
    own: set[str],
    other: set[str],
) -> None:
    row = Row(roles, ("team_id",))
    for name in ("alice", "fay", "bob", "vic"):
        assert ask(app, engine, name, row, team_id=public["own"]) == (
            Place(cast.ours, cast.team) if name in own else NotAllowed
        )
        assert ask(app, engine, name, row, team_id=public["other"]) == (
            Place(cast.ours, cast.other_team) if name in other else NotAllowed
        )
        assert ask(app, engine, name, row, team_id=public["foreign"]) is NotFound
        assert ask(app, engine, name, row, team_id="nothing") is NotFound
    assert ask(app, engine, "charlie", row, team_id=public["own"]) is NotFound
    assert ask(app, engine, None, row, team_id=public["own"]) is SignInNeeded
    assert ask(app, engine, None, row, team_id="nothing") is SignInNeeded


def test_an_organization_as_a_whole_needs_all_teams_or_an_owner(app: Flask, engine: Engine, cast: Cast) -> None:
    row = Row(FACILITATORS, ("slug",))
    assert ask(app, engine, "alice", row, slug="ours") == Place(cast.ours)
    assert ask(app, engine, "fay", row, slug="ours") is NotAllowed
    assert ask(app, engine, "charlie", row, slug="ours") is NotFound


def test_each_parameter_is_followed_and_all_lead_into_one_organization(
    app: Flask, engine: Engine, cast: Cast, public: dict[str, str]
) -> None:
    row = Row(EVERYBODY, ("slug", "team_id"))
    assert ask(app, engine, "alice", row, slug="ours", team_id=public["own"]) == Place(cast.ours, cast.team)
    assert ask(app, engine, "alice", row, slug="theirs", team_id=public["own"]) is NotFound
    assert ask(app, engine, "alice", row, slug="ours", team_id=public["foreign"]) is NotFound
    with writing(engine) as session:
        add_member(session, cast.theirs, cast.people["vic"], "viewer", NOW)
    assert ask(app, engine, "vic", row, slug="theirs", team_id=public["own"]) is NotFound


def test_a_bad_token_is_nobody_and_a_good_one_leaves_its_day(app: Flask, engine: Engine, cast: Cast) -> None:
    with app.test_request_context("/", headers={"Authorization": "Bearer mm_wrong"}), pytest.raises(SignInNeeded):
        MembershipGate().check(Row(EVERYBODY), {})
    ask(app, engine, "bob", Row(EVERYBODY))
    with reading(engine) as session:
        row = session.query(ApiTokenRow).filter(ApiTokenRow.user_id == cast.people["bob"]).one()
        assert row.last_used_on == NOW.date()

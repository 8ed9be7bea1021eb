"""Who may what: the table of the promise, cell by cell, and nobody beyond their organization."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import permissions
from app.accounts.actor import Actor, Membership
from app.accounts.errors import NotAllowed, SignInNeeded
from app.accounts.permissions import ROLES, TABLE, Capability, Reach, may, require
from app.store.errors import NotFound

OURS, TEAM, OTHER_TEAM = 1, 10, 11

#: Written down again from the promise, row by row: what each role may, of the team given and of another.
PROMISED = {
    "viewer": {"see the organization and its teams", "read the reports of closed assessments"},
    "member": {"give own answers", "work on a team's board"},
    "facilitator": {
        "make teams", "create and import assessments", "change settings of assessments and teams",
        "open and run the room", "record agreed levels", "record evidence", "close assessments",
        "read the results of open assessments", "export the settled form", "take a room over",
    },
    "owner": {
        "invite people, change roles, remove", "upload and publish questionnaires",
        "export the raw form of open assessments", "void assessments", "read the audit log", "delete",
    },
}  # fmt: skip


def promised(role: str, capability: Capability, team: int | None, *, all_teams: bool) -> bool:
    needed = next(name for name, words in PROMISED.items() if capability.value in words)
    if ROLES.index(role) < ROLES.index(needed):
        return False
    return role == "owner" or needed == "viewer" or all_teams or team == TEAM


def somebody(role: str, *, all_teams: bool = False) -> Actor:
    return Actor(1, "Somebody", (Membership(OURS, "ours", "Ours", role, all_teams, frozenset({TEAM})),))


def disagreements() -> list[tuple[object, ...]]:
    return [
        (role, capability, team, all_teams)
        for role in ROLES
        for capability in Capability
        for team in (None, TEAM, OTHER_TEAM)
        for all_teams in (False, True)
        if may(somebody(role, all_teams=all_teams), capability, OURS, team)
        != promised(role, capability, team, all_teams=all_teams)
    ]


def test_every_cell_of_the_table_is_as_promised() -> None:
    assert disagreements() == []


def test_every_capability_stands_in_the_promise_once() -> None:
    words = [word for row in PROMISED.values() for word in row]
    assert sorted(words) == sorted(capability.value for capability in Capability) == sorted(set(words))
    assert set(TABLE) == set(Capability)


MUTANTS = [
    (capability, column, reach)
    for capability, row in TABLE.items()
    for column, present in enumerate(row)
    for reach in Reach
    if reach is not present
]


@pytest.mark.parametrize(("capability", "column", "reach"), MUTANTS)
def test_each_changed_cell_is_noticed(
    capability: Capability, column: int, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = list(TABLE[capability])
    row[column] = reach
    monkeypatch.setattr(permissions, "TABLE", {**TABLE, capability: tuple(row)})
    assert disagreements()


roles = st.sampled_from(ROLES)
memberships = st.lists(
    st.builds(
        Membership, st.integers(1, 6), st.just("slug"), st.just("name"), roles, st.booleans(),
        st.frozensets(st.integers(10, 20), max_size=4),
    ),
    max_size=5, unique_by=lambda m: m.organization_id,
)  # fmt: skip
actors = st.builds(Actor, st.integers(1, 9), st.just("name"), memberships.map(tuple))


@given(actors, st.sampled_from(Capability), st.integers(1, 9), st.none() | st.integers(10, 20))
def test_nobody_may_anything_in_a_foreign_organization(
    actor: Actor, capability: Capability, organization: int, team: int | None
) -> None:
    if organization not in {m.organization_id for m in actor.memberships}:
        assert not may(actor, capability, organization, team)
        with pytest.raises(NotFound):
            require(actor, capability, organization, team)


@given(actors, st.sampled_from(Capability), st.integers(1, 6), st.none() | st.integers(10, 20))
def test_a_membership_elsewhere_changes_nothing_here(
    actor: Actor, capability: Capability, organization: int, team: int | None
) -> None:
    only_here = replace(actor, memberships=tuple(m for m in actor.memberships if m.organization_id == organization))
    assert may(actor, capability, organization, team) == may(only_here, capability, organization, team)


@given(actors, st.sampled_from(Capability), st.integers(1, 6), st.none() | st.integers(10, 20))
def test_a_greater_role_may_no_less(actor: Actor, capability: Capability, organization: int, team: int | None) -> None:
    for membership in actor.memberships:
        greater = [replace(membership, role=role) for role in ROLES[ROLES.index(membership.role) :]]
        allowed = [may(Actor(1, "x", (m,)), capability, organization, team) for m in greater]
        assert allowed == sorted(allowed)


@given(actors, st.sampled_from(Capability), st.integers(1, 6), st.none() | st.integers(10, 20))
def test_require_lets_through_whom_may_says(
    actor: Actor, capability: Capability, organization: int, team: int | None
) -> None:
    if may(actor, capability, organization, team):
        assert require(actor, capability, organization, team) is actor
    else:
        with pytest.raises((NotFound, NotAllowed)):
            require(actor, capability, organization, team)


def test_refusals_keep_their_order() -> None:
    with pytest.raises(SignInNeeded):
        require(None, Capability.DELETE, 99)
    with pytest.raises(NotFound):
        require(somebody("viewer"), Capability.DELETE, 99)
    with pytest.raises(NotAllowed):
        require(somebody("viewer"), Capability.DELETE, OURS)

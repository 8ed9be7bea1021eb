"""Start links, invitations, members, tokens, reset links and the audit log."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from app.accounts import invitations, members, start, tokens
from app.accounts.addresses import NotAnAddress, normalize_address
from app.accounts.errors import (
    AccountError,
    AlreadyMember,
    LastOwner,
    LinkNotGood,
    NoSuchTeams,
    NotAllowed,
    WrongAddress,
)
from app.accounts.reset import make_reset_link
from app.store.errors import NotFound
from app.store.tables.access import ApiTokenRow, InvitationRow, StartLinkRow
from app.store.tables.people import MembershipRow, UserRow
from app.store.tables.records import AuditRow
from app.store.unit_of_work import reading, writing
from tests.accounts.conftest import HASH, NOW, Cast, Clock, Letters, MakeApp, enter, who


def public_id(session: Session, cast: Cast, name: str) -> str:
    return session.get_one(UserRow, cast.people[name]).public_id


def audit_of(session: Session, organization: int) -> list[tuple[str, int | None]]:
    rows = session.scalars(select(AuditRow).where(AuditRow.organization_id == organization).order_by(AuditRow.id))
    return [(row.event, row.actor_id) for row in rows]


# Start links


def test_a_start_link_signs_in_once(engine: Engine, cast: Cast, clock: Clock) -> None:
    with writing(engine) as session:
        path = start.make_start_link(session, cast.people["alice"], clock())
        token = path.removeprefix("/start/")
        assert len(token) >= 43
        assert start.look_at_start_link(session, token, clock()) == "Alice"
        assert start.look_at_start_link(session, token, clock()) == "Alice"
        assert start.use_start_link(session, token, clock()) == cast.people["alice"]
        with pytest.raises(LinkNotGood):
            start.use_start_link(session, token, clock())
        with pytest.raises(LinkNotGood):
            start.look_at_start_link(session, token, clock())
        kept = session.scalars(select(StartLinkRow).where(StartLinkRow.user_id == cast.people["alice"])).one()
        assert token not in kept.token_hash


def test_an_old_or_superseded_or_invented_start_link_opens_nothing(engine: Engine, cast: Cast, clock: Clock) -> None:
    with writing(engine) as session:
        first = start.make_start_link(session, cast.people["alice"], clock()).removeprefix("/start/")
        second = start.make_start_link(session, cast.people["alice"], clock()).removeprefix("/start/")
        clock.move(days=8)
        for token in (first, second, "x" * 43, ""):
            with pytest.raises(LinkNotGood):
                start.use_start_link(session, token, clock())


def test_a_start_link_is_wanted_until_an_owner_can_sign_in(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        assert start.an_owner_can_sign_in(session)
        session.execute(
            update(UserRow).where(UserRow.id.in_([cast.people["alice"], cast.people["charlie"]])).values(password=None)
        )
        assert not start.an_owner_can_sign_in(session)
        session.execute(update(UserRow).where(UserRow.id == cast.people["alice"]).values(oidc_subject="s"))
        assert start.an_owner_can_sign_in(session)
        session.execute(update(UserRow).where(UserRow.id == cast.people["alice"]).values(active=False))
        assert not start.an_owner_can_sign_in(session)


def test_the_local_owner_is_made_once(engine: Engine) -> None:
    with writing(engine) as session:
        assert start.local_owner(session).id == start.local_owner(session).id


# Invitations


def invite_dora(session: Session, cast: Cast, **more: object) -> str:
    alice = cast.actor(session, "alice")
    options = {"all_teams": False, "teams": [cast.team], **more}
    path = invitations.invite(session, alice, cast.ours, "Dora@Example.org", "member", NOW, **options)  # type: ignore[arg-type]
    return path.removeprefix("/invitations/")


def test_an_invitation_makes_a_member_of_somebody_new(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        token = invite_dora(session, cast)
        assert len(token) >= 43
        offered = invitations.look_at_invitation(session, token, NOW)
        assert (offered.organization, offered.email, offered.role, offered.known) == (
            "Ours",
            "dora@example.org",
            "member",
            False,
        )
        key, slug = invitations.accept_as_new(session, token, "Dora", HASH, NOW)
        assert slug == "ours"
        from_store = session.scalars(select(MembershipRow).where(MembershipRow.user_id == key)).one()
        assert (from_store.role, from_store.all_teams, members.team_keys(session, from_store)) == (
            "member",
            False,
            {cast.team},
        )
        with pytest.raises(LinkNotGood):
            invitations.accept_as_new(session, token, "Eve", HASH, NOW)
        assert audit_of(session, cast.ours)[-2:] == [("member.invited", cast.people["alice"]), ("member.joined", key)]


def test_looking_at_an_invitation_accepts_nothing(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        token = invite_dora(session, cast)
        before = session.scalar(select(func.count()).select_from(UserRow))
        for _ in range(3):
            invitations.look_at_invitation(session, token, NOW)
        assert session.scalar(select(func.count()).select_from(UserRow)) == before
        assert (
            session.scalars(select(InvitationRow).where(InvitationRow.organization_id == cast.ours)).one().used_at
            is None
        )


def test_an_invitation_is_for_its_address_only(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        token = invite_dora(session, cast)
        with pytest.raises(WrongAddress):
            invitations.accept_as(session, token, cast.people["charlie"], NOW)
        alice = cast.actor(session, "alice")
        for_charlie = invitations.invite(session, alice, cast.ours, "charlie@example.org", "viewer", NOW)
        token = for_charlie.removeprefix("/invitations/")
        with pytest.raises(WrongAddress):  # a link never sets the password of somebody who is here
            invitations.accept_as_new(session, token, "Eve", HASH, NOW)
        assert invitations.accept_as(session, token, cast.people["charlie"], NOW) == "ours"
        assert {m.slug for m in cast.actor(session, "charlie").memberships} == {"ours", "theirs"}


def test_an_invitation_ends_by_time_withdrawal_or_a_newer_one(engine: Engine, cast: Cast, clock: Clock) -> None:
    with writing(engine) as session:
        alice = cast.actor(session, "alice")
        older, newer = invite_dora(session, cast), invite_dora(session, cast)
        with pytest.raises(LinkNotGood):
            invitations.look_at_invitation(session, older, NOW)
        clock.move(days=15)
        with pytest.raises(LinkNotGood):
            invitations.look_at_invitation(session, newer, clock())
        row = session.scalars(select(InvitationRow).where(InvitationRow.organization_id == cast.ours)).one()
        invitations.withdraw_invitation(session, alice, cast.ours, row.public_id, NOW)
        session.flush()
        with pytest.raises(LinkNotGood):
            invitations.look_at_invitation(session, newer, NOW)


def test_who_belongs_is_not_invited_and_teams_are_the_organization_s_own(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        alice = cast.actor(session, "alice")
        with pytest.raises(AlreadyMember):
            invitations.invite(session, alice, cast.ours, "bob@example.org", "member", NOW)
        with pytest.raises(NoSuchTeams):
            invite_dora(session, cast, teams=[cast.foreign_team])
        with pytest.raises(NotAnAddress):
            invitations.invite(session, alice, cast.ours, "no address", "member", NOW)


# Members


CHANGES: dict[str, Callable[[Session, Cast, str], object]] = {
    "invite": lambda s, c, n: invitations.invite(s, c.actor(s, n), c.ours, "x@example.org", "member", NOW),
    "change": lambda s, c, n: members.change_member(
        s, c.actor(s, n), c.ours, public_id(s, c, "vic"), NOW, role="member", all_teams=True
    ),
    "remove": lambda s, c, n: members.remove_member(s, c.actor(s, n), c.ours, public_id(s, c, "vic"), NOW),
    "reset": lambda s, c, n: members.require_sole_owner_of(s, c.actor(s, n), c.ours, public_id(s, c, "vic")),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("name", "refusal"),
    [("alice", None), ("fay", NotAllowed), ("bob", NotAllowed), ("charlie", NotFound)],
)
def test_only_an_owner_manages_people(
    engine: Engine, cast: Cast, change: str, name: str, refusal: type[AccountError] | None
) -> None:
    with writing(engine) as session:
        if refusal is None:
            CHANGES[change](session, cast, name)
        else:
            with pytest.raises(refusal):
                CHANGES[change](session, cast, name)


def test_a_foreign_person_is_not_found(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        alice, charlie = cast.actor(session, "alice"), public_id(session, cast, "charlie")
        with pytest.raises(NotFound):
            members.change_member(session, alice, cast.ours, charlie, NOW, role="owner", all_teams=True)
        with pytest.raises(NotFound):
            members.remove_member(session, alice, cast.ours, charlie, NOW)
        with pytest.raises(NotFound):
            members.require_sole_owner_of(session, alice, cast.ours, charlie)


def test_roles_and_teams_change_at_once_and_are_logged(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        alice = cast.actor(session, "alice")
        members.change_member(
            session, alice, cast.ours, public_id(session, cast, "bob"), NOW,
            role="facilitator", all_teams=False, teams=[cast.other_team],
        )  # fmt: skip
        (membership,) = cast.actor(session, "bob").memberships
        assert (membership.role, membership.teams) == ("facilitator", {cast.other_team})
        assert audit_of(session, cast.ours)[-1] == ("member.changed", alice.user_id)


def test_the_last_owner_stays(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        alice, own = cast.actor(session, "alice"), public_id(session, cast, "alice")
        with pytest.raises(LastOwner):
            members.change_member(session, alice, cast.ours, own, NOW, role="member", all_teams=True)
        with pytest.raises(LastOwner):
            members.remove_member(session, alice, cast.ours, own, NOW)
        members.change_member(
            session, alice, cast.ours, public_id(session, cast, "bob"), NOW, role="owner", all_teams=True
        )
        members.remove_member(session, alice, cast.ours, own, NOW)
        assert cast.actor(session, "alice").memberships == ()


def test_anybody_may_leave(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        members.remove_member(session, cast.actor(session, "vic"), cast.ours, public_id(session, cast, "vic"), NOW)
        assert cast.actor(session, "vic").memberships == ()
        assert audit_of(session, cast.ours)[-1] == ("member.removed", cast.people["vic"])


def test_who_is_removed_from_everywhere_loses_their_tokens(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        token = tokens.make_token(session, "vic@example.org", NOW)
        members.remove_member(session, cast.actor(session, "alice"), cast.ours, public_id(session, cast, "vic"), NOW)
        session.expire_all()
        assert tokens.actor_of_token(session, token) is None


def test_the_log_names_nobody(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        invitations.accept_as_new(session, invite_dora(session, cast), "Dora", HASH, NOW)
        members.remove_member(session, cast.actor(session, "alice"), cast.ours, public_id(session, cast, "bob"), NOW)
        session.flush()
        for row in session.scalars(select(AuditRow).where(AuditRow.organization_id == cast.ours)):
            assert "@" not in f"{row.target} {row.detail}"
            assert not re.search("dora|bob", f"{row.target} {row.detail}".lower())


# Tokens


def test_a_token_works_at_once_and_until_it_is_ended(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        token = tokens.make_token(session, " Bob@Example.org", NOW)
        assert token.startswith("mm_")
        session.flush()
        actor = tokens.actor_of_token(session, token)
        assert actor is not None
        assert actor.user_id == cast.people["bob"]
        row = session.scalars(select(ApiTokenRow).where(ApiTokenRow.user_id == cast.people["bob"])).one()
        assert token not in row.token_hash
        with pytest.raises(NotFound):
            tokens.end_token(session, cast.people["alice"], row.public_id, NOW)
        tokens.end_token(session, cast.people["bob"], row.public_id, NOW)
        assert tokens.actor_of_token(session, token) is None
        assert [e for e, _ in audit_of(session, cast.ours)] == ["sign_in.token_made", "sign_in.token_ended"]


def test_no_token_for_nobody_or_of_somebody_inactive(engine: Engine, cast: Cast) -> None:
    with writing(engine) as session:
        with pytest.raises(NotFound):
            tokens.make_token(session, "stranger@example.org", NOW)
        token = tokens.make_token(session, "bob@example.org", NOW)
        session.execute(update(UserRow).where(UserRow.id == cast.people["bob"]).values(active=False))
        session.expire_all()
        assert tokens.actor_of_token(session, token) is None
        assert tokens.actor_of_token(session, "") is None


# Resetting a password


def test_a_reset_link_comes_by_mail_once_and_ends_every_session(
    app: Flask, client: FlaskClient, letters: Letters, cast: Cast
) -> None:
    enter(client)
    other = app.test_client()
    unknown = other.post("/reset", data={"email": "nobody@example.org"})
    known = other.post("/reset", data={"email": "alice@example.org"})
    assert known.status_code == unknown.status_code == 200
    ((recipient, _, text),) = letters.sent
    assert recipient == "alice@example.org"
    path = re.search(r"/reset/[^\s\"\\]+", text)
    assert path
    new = {"password": "seven green kettles sing", "password_confirm": "seven green kettles sing"}
    assert other.get(path[0]).status_code == 200
    assert other.post(path[0], data={"password": "short", "password_confirm": "short"}).status_code == 422
    assert other.post(path[0], data=new).status_code == 302
    assert who(client) == "nobody"
    assert who(other) == "nobody"
    other.post(path[0], data={"password": "three blue spoons hum", "password_confirm": "three blue spoons hum"})
    assert enter(other, password="three blue spoons hum").status_code == 422
    assert enter(other, password=new["password"]).status_code == 302


def test_who_asks_for_a_reset_letter_does_not_choose_where_its_link_leads(
    make_app: MakeApp, cast: Cast, letters: Letters
) -> None:
    client = make_app(address="https://mythmark.example.org").test_client()
    client.post("/reset", data={"email": "alice@example.org"}, headers={"Host": "evil.example"})
    ((_, _, text),) = letters.sent
    assert "evil.example" not in json.loads(text)["reset_link"]
    assert json.loads(text)["reset_link"].startswith("https://mythmark.example.org/reset/")


def test_without_a_mail_server_nothing_is_sent(make_app: MakeApp, cast: Cast, letters: Letters) -> None:
    client = make_app(mail=False).test_client()
    assert client.post("/reset", data={"email": "alice@example.org"}).status_code == 200
    assert letters.sent == []


def test_an_owner_is_given_a_reset_link_for_their_own_people_only(
    app: Flask, client: FlaskClient, engine: Engine, cast: Cast
) -> None:
    with app.test_request_context("/", method="POST"), writing(engine) as session:
        alice = cast.actor(session, "alice")
        path = make_reset_link(session, alice, cast.ours, public_id(session, cast, "bob"), NOW)
        members.add_member(session, cast.theirs, cast.people["vic"], "viewer", NOW)
        with pytest.raises(NotAllowed):
            make_reset_link(session, alice, cast.ours, public_id(session, cast, "vic"), NOW)
        with pytest.raises(NotFound):
            make_reset_link(session, alice, cast.ours, public_id(session, cast, "charlie"), NOW)
        assert audit_of(session, cast.ours)[-1] == ("sign_in.reset_link_made", alice.user_id)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("text", "kept"), [(" A.B@Example.ORG ", "a.b@example.org"), ("owner@localhost", "owner@localhost")]
)
def test_addresses_have_one_form(text: str, kept: str) -> None:
    assert normalize_address(text) == kept


@pytest.mark.parametrize("text", ["", "x", "a b@c.d", "A <a@b.org>", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        normalize_address(text)


def test_a_person_without_a_session_is_still_found(engine: Engine, cast: Cast) -> None:
    with reading(engine) as session:
        assert {m.slug for m in cast.actor(session, "charlie").memberships} == {"theirs"}

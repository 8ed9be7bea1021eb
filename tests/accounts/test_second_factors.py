"""Codes of an authenticator app, recovery codes and passkeys."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import Engine, select

from app.store.tables.people import CredentialRow, UserRow
from app.store.tables.records import AuditRow
from app.store.unit_of_work import reading, writing
from tests.accounts.authenticator import Phone
from tests.accounts.conftest import PASSWORD, Cast, Clock, drawn, enter, who


def switch_on(client: FlaskClient, clock: Clock) -> TOTP:
    """Set a second factor for who is signed in."""
    shown = drawn(client.post("/profile/second-factor", data={"setup": "authenticator"}))
    app = TOTP(key=shown["authr_key"])
    done = client.post(f"/profile/second-factor/{shown['state_token']}", data={"code": code(app, clock)})
    assert done.status_code == 302
    clock.move(seconds=90)
    return app


def code(app: TOTP, clock: Clock) -> str:
    return str(app.generate(clock()).token)


def events(engine: Engine, cast: Cast) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(AuditRow.event).where(AuditRow.organization_id == cast.ours)))


def test_a_second_factor_is_asked_for_after_the_password(
    client: FlaskClient, clock: Clock, engine: Engine, cast: Cast
) -> None:
    enter(client)
    app = switch_on(client, clock)
    client.post("/sign-out")
    answer = enter(client)
    assert answer.location.startswith("/sign-in/code")
    assert who(client) == "nobody"
    assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    assert who(client) == "nobody"
    assert client.post("/sign-in/code", data={"code": code(app, clock)}).status_code == 302
    assert who(client) == "alice@example.org"
    assert "sign_in.second_factor_set" in events(engine, cast)


def test_a_code_counts_once(app: Flask, client: FlaskClient, clock: Clock) -> None:
    enter(client)
    second = switch_on(client, clock)
    client.post("/sign-out")
    for expected in (302, 422):
        browser = app.test_client()
        enter(browser)
        assert browser.post("/sign-in/code", data={"code": code(second, clock)}).status_code == expected


def test_wrong_codes_have_to_wait(client: FlaskClient, clock: Clock) -> None:
    enter(client)
    app = switch_on(client, clock)
    client.post("/sign-out")
    enter(client)
    codes = [client.post("/sign-in/code", data={"code": f"00000{n}"}).status_code for n in range(6)]
    assert codes == [422] * 5 + [429]
    assert client.post("/sign-in/code", data={"code": code(app, clock)}).status_code == 429
    clock.move(seconds=5)
    assert client.post("/sign-in/code", data={"code": code(app, clock)}).status_code == 302


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/recovery"])
def test_no_second_factor_without_the_first(client: FlaskClient, path: str) -> None:
    assert client.post(path, data={"code": "123456"}).status_code == 302
    assert who(client) == "nobody"


def test_recovery_codes_open_once_each_and_are_not_kept_in_clear(
    client: FlaskClient, clock: Clock, engine: Engine
) -> None:
    enter(client)
    switch_on(client, clock)
    shown = drawn(client.post("/profile/recovery-codes"))
    codes = shown["recovery_codes"]
    assert len(set(codes)) == 10
    with reading(engine) as session:
        kept = session.scalars(select(UserRow.mf_recovery_codes).where(UserRow.email == "alice@example.org")).one()
        assert kept is not None
        assert not set(kept) & set(codes)
    client.post("/sign-out")
    enter(client)
    assert client.post("/sign-in/recovery", data={"code": f" {codes[0].upper()} "}).status_code == 302
    assert who(client) == "alice@example.org"
    client.post("/sign-out")
    enter(client)
    assert client.post("/sign-in/recovery", data={"code": codes[0]}).status_code == 422
    assert client.post("/sign-in/recovery", data={"code": codes[1]}).status_code == 302


def test_switching_off_forgets_the_recovery_codes(
    client: FlaskClient, clock: Clock, engine: Engine, cast: Cast
) -> None:
    enter(client)
    switch_on(client, clock)
    client.post("/profile/recovery-codes")
    assert client.post("/profile/second-factor", data={"setup": "disable"}).status_code == 302
    client.post("/sign-out")
    assert enter(client).status_code == 302
    assert who(client) == "alice@example.org"
    with reading(engine) as session:
        row = session.scalars(select(UserRow).where(UserRow.email == "alice@example.org")).one()
        assert row.mf_recovery_codes is None
        assert row.tf_totp_secret is None
    assert "sign_in.second_factor_removed" in events(engine, cast)


def test_the_secret_of_the_app_is_not_kept_in_clear(client: FlaskClient, clock: Clock, engine: Engine) -> None:
    enter(client)
    app = switch_on(client, clock)
    with reading(engine) as session:
        kept = session.scalars(select(UserRow.tf_totp_secret).where(UserRow.email == "alice@example.org")).one()
        assert kept is not None
        assert app.base32_key not in kept


def add_passkey(client: FlaskClient, phone: Phone, usage: str = "first", **more: Any) -> Any:
    asked = drawn(client.post("/profile/passkeys", data={"name": "My phone", "usage": usage}))
    options = json.loads(asked["credential_options"])
    answer = phone.make(options, **more)
    return options, client.post(f"/profile/passkeys/{asked['wan_state']}", data={"credential": answer})


def open_with(client: FlaskClient, phone: Phone, handle: str) -> Any:
    asked = drawn(client.post("/sign-in/passkey"))
    answer = phone.sign(json.loads(asked["credential_options"]), handle)
    return client.post(f"/sign-in/passkey/{asked['wan_state']}", data={"credential": answer})


def handle_of(engine: Engine) -> str:
    with reading(engine) as session:
        found = session.scalars(
            select(UserRow.fs_webauthn_user_handle).where(UserRow.email == "alice@example.org")
        ).one()
        assert found is not None
        return found


def test_a_phone_s_passkey_signs_in_by_itself(client: FlaskClient, engine: Engine, cast: Cast) -> None:
    phone = Phone()
    enter(client)
    options, done = add_passkey(client, phone)
    assert done.status_code == 302
    assert "authenticatorAttachment" not in options["authenticatorSelection"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    client.post("/sign-out")
    assert open_with(client, phone, handle_of(engine)).status_code == 302
    assert who(client) == "alice@example.org"
    assert "sign_in.passkey_added" in events(engine, cast)


def test_a_passkey_replaces_the_second_factor_as_well(client: FlaskClient, clock: Clock, engine: Engine) -> None:
    phone = Phone()
    enter(client)
    add_passkey(client, phone)
    switch_on(client, clock)
    client.post("/sign-out")
    open_with(client, phone, handle_of(engine))
    assert who(client) == "alice@example.org"


def test_a_passkey_that_asks_nobody_does_not_sign_in_alone(client: FlaskClient) -> None:
    enter(client)
    _, done = add_passkey(client, Phone(verifies=False))
    assert done.status_code == 302
    with client.session_transaction() as cookie:
        assert any("verif" in text for _, text in cookie["_flashes"])


def test_a_passkey_of_another_site_or_key_is_refused(client: FlaskClient, engine: Engine) -> None:
    phone, other = Phone(), Phone()
    enter(client)
    add_passkey(client, phone)
    client.post("/sign-out")
    other.id = phone.id
    open_with(client, other, handle_of(engine))
    assert who(client) == "nobody"
    phone._origin = "http://evil.example"
    open_with(client, phone, handle_of(engine))
    assert who(client) == "nobody"


def test_the_question_of_a_passkey_tells_nothing_about_an_address(client: FlaskClient) -> None:
    asked = [
        drawn(client.post("/sign-in/passkey", data={"identity": who_})) for who_ in ("alice@example.org", "x@y.org")
    ]
    kept = [{n: v for n, v in json.loads(a["credential_options"]).items() if n != "challenge"} for a in asked]
    assert kept[0] == kept[1]
    assert not kept[0].get("allowCredentials")


def test_a_passkey_after_the_password(client: FlaskClient, engine: Engine) -> None:
    phone = Phone(verifies=False)
    enter(client)
    add_passkey(client, phone, "secondary")
    client.post("/sign-out")
    assert enter(client).location.startswith("/sign-in/passkey")
    assert who(client) == "nobody"
    open_with(client, phone, handle_of(engine))
    assert who(client) == "alice@example.org"


def test_whatever_extensions_a_device_sends_are_not_kept(client: FlaskClient, engine: Engine) -> None:
    enter(client)
    _, done = add_passkey(client, Phone(), extensions={"a": ["b" * 900]})
    assert done.status_code == 302
    with reading(engine) as session:
        assert session.scalars(select(CredentialRow)).one().extensions is None


def test_a_passkey_can_be_removed(client: FlaskClient, engine: Engine, cast: Cast) -> None:
    phone = Phone()
    enter(client)
    add_passkey(client, phone)
    assert client.post("/profile/passkeys/remove", data={"name": "My phone"}).status_code == 302
    client.post("/sign-out")
    open_with(client, phone, handle_of(engine))
    assert who(client) == "nobody"
    assert "sign_in.passkey_removed" in events(engine, cast)


def test_another_person_s_passkey_cannot_be_removed(app: Flask, client: FlaskClient, engine: Engine) -> None:
    enter(client)
    add_passkey(client, Phone())
    other = app.test_client()
    enter(other, "bob@example.org")
    other.post("/profile/passkeys/remove", data={"name": "My phone"})
    with reading(engine) as session:
        assert len(session.scalars(select(CredentialRow)).all()) == 1


def test_what_concerns_signing_in_asks_for_the_password_again_after_a_while(
    client: FlaskClient, engine: Engine
) -> None:
    enter(client)
    with client.session_transaction() as cookie:
        cookie["fs_paa"] = 0
        cookie.pop("fs_gexp", None)
    answer = client.post("/profile/passkeys", data={"name": "x", "usage": "first"})
    assert answer.location.startswith("/sign-in/again")
    assert client.post("/sign-in/again", data={"password": "not it at all"}).status_code == 422
    assert client.post("/sign-in/again", data={"password": PASSWORD}).status_code == 302
    assert client.post("/profile/passkeys", data={"name": "x", "usage": "first"}).status_code == 200


def test_a_person_can_be_deleted_with_their_passkeys(client: FlaskClient, engine: Engine) -> None:
    enter(client)
    add_passkey(client, Phone())
    with writing(engine) as session:
        session.delete(session.scalars(select(UserRow).where(UserRow.email == "alice@example.org")).one())
    with reading(engine) as session:
        assert session.scalars(select(CredentialRow)).all() == []

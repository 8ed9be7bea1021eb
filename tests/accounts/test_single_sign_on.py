"""OpenID Connect against a real provider on loopback."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask, Response, url_for
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from app.accounts.port import Provider
from app.accounts.single_sign_on import (
    SignOnRefused,
    come_back_from_provider,
    leave_for_provider,
    set_up_single_sign_on,
)
from app.store.tables.people import UserRow
from app.store.tables.records import AuditRow
from app.store.unit_of_work import reading, writing
from tests.accounts.conftest import Cast, MakeApp, who
from tests.accounts.provider import CLIENT, SECRET, RealProvider, running_provider

ALICE = {"sub": "a-1", "email": "Alice@Example.org", "email_verified": True, "name": "Alice"}


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[RealProvider]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider's half refuses plain http otherwise
    with running_provider() as provider:
        yield provider


@pytest.fixture
def client(make_app: MakeApp, there: RealProvider, cast: Cast) -> FlaskClient:
    provider = Provider(there.issuer, CLIENT, SECRET)
    app = make_app(provider)
    set_up_single_sign_on(app, provider)

    @app.get("/sign-in/sso")
    def leave() -> Response:
        return leave_for_provider(url_for("back", _external=True))

    @app.get("/sign-in/sso/back")
    def back() -> str:
        come_back_from_provider()
        return "in"

    @app.errorhandler(SignOnRefused)
    def refused(error: SignOnRefused) -> tuple[str, int]:
        return str(error), 403

    return app.test_client()


def travel(client: FlaskClient) -> str:
    """To the provider and as far as the address it sends the browser back to."""
    away = client.get("/sign-in/sso")
    assert away.status_code == 302
    answer = requests.get(away.location, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_on(client: FlaskClient) -> TestResponse:
    return client.get(travel(client))


def test_a_confirmed_address_of_a_person_here_signs_in_and_is_linked(
    client: FlaskClient, there: RealProvider, engine: Engine
) -> None:
    there.claims = ALICE
    assert sign_on(client).text == "in"
    assert who(client) == "alice@example.org"
    with reading(engine) as session:
        row = session.scalars(select(UserRow).where(UserRow.email == "alice@example.org")).one()
        assert (row.oidc_issuer, row.oidc_subject) == (there.issuer, "a-1")
        lines = session.scalars(select(AuditRow.event).where(AuditRow.organization_id.in_([1, 2])))
        assert "sign_in.single_sign_on_linked" in list(lines)


def test_who_is_linked_signs_in_under_a_new_address(client: FlaskClient, there: RealProvider) -> None:
    there.claims = ALICE
    sign_on(client)
    client.post("/sign-out")
    there.claims = {**ALICE, "email": "alice@elsewhere.org"}
    assert sign_on(client).text == "in"
    assert who(client) == "alice@example.org"


def test_an_address_that_moved_to_another_subject_opens_nothing(client: FlaskClient, there: RealProvider) -> None:
    there.claims = ALICE
    sign_on(client)
    client.post("/sign-out")
    there.claims = {**ALICE, "sub": "somebody else"}
    assert sign_on(client).status_code == 403
    assert who(client) == "nobody"


@pytest.mark.parametrize(
    "claims",
    [
        {**ALICE, "email_verified": False},
        {**ALICE, "email_verified": "true"},
        {"sub": "a-1", "email": "alice@example.org"},
        {**ALICE, "email": "stranger@example.org"},
        {**ALICE, "email": "no address"},
    ],
)
def test_who_is_not_confirmed_or_not_invited_is_refused(
    client: FlaskClient, there: RealProvider, claims: dict[str, object]
) -> None:
    there.claims = claims
    assert sign_on(client).status_code == 403
    assert who(client) == "nobody"


def test_a_person_who_may_not_sign_in_is_refused(client: FlaskClient, there: RealProvider, engine: Engine) -> None:
    there.claims = ALICE
    with writing(engine) as session:
        session.execute(update(UserRow).values(active=False))
    assert sign_on(client).status_code == 403


def test_the_question_carries_pkce_state_and_nonce(client: FlaskClient, there: RealProvider) -> None:
    there.claims = ALICE
    travel(client)
    (asked,) = there.asked
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 32


def test_a_state_of_another_browser_is_refused(client: FlaskClient, there: RealProvider, cast: Cast) -> None:
    there.claims = ALICE
    back = travel(client)
    other = client.application.test_client()
    assert other.get(back).status_code == 403
    assert who(other) == "nobody"


def test_an_answer_counts_once(client: FlaskClient, there: RealProvider) -> None:
    there.claims = ALICE
    back = travel(client)
    assert client.get(back).text == "in"
    client.post("/sign-out")
    assert client.get(back).status_code == 403
    assert who(client) == "nobody"


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another one"},
        {"says_issuer": "https://evil.example"},
        {"signs_with": RSAKey.generate_key(2048, {"kid": "one"})},
    ],
    ids=["nonce", "issuer", "signature"],
)
def test_a_token_with_a_lie_is_refused(client: FlaskClient, there: RealProvider, lie: dict[str, object]) -> None:
    there.claims = ALICE
    for name, value in lie.items():
        setattr(there, name, value)
    assert sign_on(client).status_code == 403
    assert who(client) == "nobody"


def test_a_refusal_of_the_provider_is_told(client: FlaskClient, there: RealProvider) -> None:
    there.claims = ALICE
    state = parse_qs(urlsplit(travel(client)).query)["state"][0]
    assert client.get(f"/sign-in/sso/back?error=access_denied&state={state}").status_code == 403


def test_a_provider_that_does_not_answer_is_told(make_app: MakeApp, cast: Cast) -> None:
    provider = Provider("http://127.0.0.1:9", CLIENT, SECRET)
    app: Flask = make_app(provider)
    set_up_single_sign_on(app, provider)
    with app.test_request_context("/sign-in/sso"), pytest.raises(SignOnRefused, match="does not answer"):
        leave_for_provider("http://localhost/sign-in/sso/back")

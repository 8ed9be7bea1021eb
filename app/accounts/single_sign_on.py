"""OpenID Connect sign-on, when a provider is set: code flow with PKCE, state and nonce.

Whoever the provider vouches for is let in when they were let in before, or when their confirmed address is that of a
person here: it opens no accounts, because those are by invitation only. The second factor is the provider's matter.
"""

import secrets
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, current_app
from joserfc.errors import JoseError
from requests import RequestException
from sqlalchemy import select

from app.accounts import audit
from app.accounts.addresses import NotAnAddress, normalize_address
from app.accounts.errors import AccountError
from app.accounts.port import Provider, port
from app.accounts.security import sign_in
from app.store.tables.people import UserRow

_EXTENSION = "mythmark_single_sign_on"
_SECONDS = 10
#: Signatures with a key that the provider alone has.
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")


class SignOnRefused(AccountError):
    """Single sign-on did not let the person in; the text says what to do."""


def set_up_single_sign_on(app: Flask, provider: Provider) -> None:
    """Make the provider known; it is asked for its addresses at the first sign-on."""
    oauth = OAuth(app)
    oauth.register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )
    app.extensions[_EXTENSION] = oauth


def leave_for_provider(back: str) -> Response:
    """Send the browser to the provider; ``back`` is the full address of our own that it returns to.

    Raises SignOnRefused when the provider does not answer.
    """
    try:
        there: Response = _client().authorize_redirect(back, nonce=secrets.token_urlsafe(32))
    except (AuthlibBaseError, RequestException, RuntimeError, ValueError) as error:
        raise SignOnRefused("single sign-on does not answer; try again, or sign in with a password") from error
    return there


def come_back_from_provider() -> None:
    """Sign in whom the provider names; raises SignOnRefused."""
    sign_in(_person(_claims()), "oidc")


def _claims() -> dict[str, Any]:
    client = _client()
    try:
        offered = client.load_server_metadata()
        known = [
            name for name in offered.get("id_token_signing_alg_values_supported", ["RS256"]) if name in _SIGNATURES
        ]
        offered["id_token_signing_alg_values_supported"] = known
        claims = client.authorize_access_token().get("userinfo")
    except (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError) as error:
        raise SignOnRefused("single sign-on did not finish; start it again") from error
    if not claims or claims.get("iss") != _provider().issuer:
        raise SignOnRefused("single sign-on did not finish; start it again")
    return dict(claims)


def _person(claims: dict[str, Any]) -> UserRow:
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    with port().unit() as session:
        known = select(UserRow).where(UserRow.oidc_issuer == issuer, UserRow.oidc_subject == subject)
        row = session.scalars(known).one_or_none()
        if row is None:
            row = session.scalars(select(UserRow).where(UserRow.email == _confirmed(claims))).one_or_none()
            # Somebody linked before stays who they are, even when an address has moved to another person.
            if row is not None and row.oidc_subject is None:
                row.oidc_issuer, row.oidc_subject = issuer, subject
                audit.record_for_person(session, row.id, audit.SINGLE_SIGN_ON_LINKED, at=port().now())
            else:
                row = None
        if row is None or not row.active:
            raise SignOnRefused("nobody here has this address; ask an owner of your organization for an invitation")
        session.flush()
        return row


def _confirmed(claims: dict[str, Any]) -> str:
    if claims.get("email_verified") is not True:
        raise SignOnRefused("the provider has not confirmed your address; confirm it there, then sign in again")
    try:
        return normalize_address(str(claims.get("email", "")))
    except NotAnAddress:
        raise SignOnRefused("the provider sent no address") from None


def _client() -> Any:  # noqa: ANN401 - Authlib has no types
    return current_app.extensions[_EXTENSION].provider


def _provider() -> Provider:
    provider = port().provider
    if provider is None:
        raise SignOnRefused("single sign-on is not set up here")
    return provider

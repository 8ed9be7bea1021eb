"""A real OpenID Connect provider on loopback, made of Authlib's server parts: it signs one person in at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "mythmark", "between the two of us"


class _Client:
    client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/sign-in/sso/back")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class _Code(SimpleNamespace):
    def get_redirect_uri(self) -> str:
        return str(self.redirect_uri)

    def get_scope(self) -> str:
        return str(self.scope)

    def get_nonce(self) -> str | None:
        return self.nonce  # type: ignore[no-any-return]

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class RealProvider:
    """The provider and what it will say; tests change it between sign-ons."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    nonce: str | None = None  # said in place of the one that was asked with
    says_issuer: str | None = None
    signs_with: RSAKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, _Code] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))


def _application(here: RealProvider) -> Flask:
    app = Flask("provider")
    server = AuthorizationServer(app, query_client=lambda _: _Client(), save_token=lambda *_: None)

    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            here.codes[code] = _Code(
                redirect_uri=asked["redirect_uri"], scope=request.payload.scope, nonce=here.nonce or asked.get("nonce"),
                code_challenge=asked.get("code_challenge"), code_challenge_method=asked.get("code_challenge_method"),
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Any) -> _Code | None:
            return here.codes.get(code)

        def delete_authorization_code(self, authorization_code: _Code) -> None:
            here.codes.clear()

        def authenticate_user(self, authorization_code: _Code) -> object:
            return here

    class Tokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def resolve_client_private_key(self, client: Any) -> Any:
            return here.signs_with or here.key

        def get_client_claims(self, client: Any) -> dict[str, Any]:
            return {"iss": here.says_issuer or here.issuer}

        def generate_user_info(self, user: object, scope: str) -> UserInfo:
            return UserInfo(**here.claims)

    server.register_grant(Grant, [Tokens(require_nonce=True), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Any:
        return jsonify(
            issuer=here.issuer, authorization_endpoint=f"{here.issuer}/authorize",
            token_endpoint=f"{here.issuer}/token", jwks_uri=f"{here.issuer}/keys",
            id_token_signing_alg_values_supported=["RS256", "none", "HS256"],
        )  # fmt: skip

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[here.key.as_dict(private=False)])

    @app.get("/authorize")
    def authorize() -> Any:
        here.asked.append(request.args.to_dict())
        grant = server.get_consent_grant(end_user=here)
        return server.create_authorization_response(grant=grant, grant_user=here)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


@contextmanager
def running_provider() -> Iterator[RealProvider]:
    """Serve on 127.0.0.1 until the block ends."""
    here = RealProvider()
    server = make_server("127.0.0.1", 0, _application(here), threaded=True)
    here.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

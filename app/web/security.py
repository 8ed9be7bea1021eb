"""What every answer says about itself: policy, privacy, caching, and an id to quote."""

import base64
import hashlib
import re
import secrets

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

#: The one policy of Trusted Types, made in static/js/htmx-policy.js.
TRUSTED_TYPES = "mythmark"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {TRUSTED_TYPES}",
    )
)
_OFF = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
)
_OURS = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: under https the check of forms wants to see the own origin.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _OFF), *(f"{name}=(self)" for name in _OURS)]),
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}
_ALWAYS = tuple((name.lower(), (name, value)) for name, value in {**HEADERS, "Cache-Control": "no-store"}.items())
A_YEAR = 365 * 24 * 3600
NOTHING = "'none'"
_INLINE = re.compile(rb"<(style|script)[^>]*>(.*?)</\1>", re.DOTALL)


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; for a request without their cookie, as a phone's, no signature is made ready."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the cookie; an empty one where there is none or it is not ours."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def request_id() -> str:
    """The id of this request; made here, since one from outside could be anything."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def secure(app: Flask) -> None:
    """Put the headers on every answer; one that a view has set for itself stays."""
    app.session_interface = Sessions()

    @app.after_request
    def mark(answer: Response) -> Response:
        said = {name.lower() for name in answer.headers.keys()}  # noqa: SIM118 - headers are pairs, not a mapping
        answer.headers.extend(pair for name, pair in _ALWAYS if name not in said)
        answer.headers["X-Request-ID"] = request_id()
        if request.is_secure:
            answer.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        return answer


def policy_of(body: bytes) -> str:
    """A policy under which nothing is fetched and only this page's own inline parts run, by their hash."""
    allowed: dict[bytes, list[str]] = {b"style": [], b"script": []}
    for kind, text in _INLINE.findall(body):
        allowed[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(allowed[b'script']) or NOTHING}",
            f"style-src {' '.join(allowed[b'style']) or NOTHING}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )

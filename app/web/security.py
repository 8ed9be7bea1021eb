"""What every answer says about itself: policy, privacy, caching, and an id to quote."""

import base64
import hashlib
import re
import secrets

from flask import Flask, Response, g, request

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
A_YEAR = 365 * 24 * 3600
NOTHING = "'none'"
_INLINE = re.compile(rb"<(style|script)[^>]*>(.*?)</\1>", re.DOTALL)


def request_id() -> str:
    """The id of this request; made here, since one from outside could be anything."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def secure(app: Flask) -> None:
    """Put the headers on every answer; one that a view has set for itself stays."""

    @app.after_request
    def mark(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Cache-Control", "no-store")
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

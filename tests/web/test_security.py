"""Headers on every answer, whatever it is."""

import pytest
from flask import Flask

from app.web.assets import asset
from app.web.security import HEADERS
from tests.web.conftest import Make
from tests.web.linting import LintingClient, policy_faults


def addresses(app: Flask) -> list[str]:
    return sorted(
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    )


def test_every_route_and_every_refusal_carries_the_headers(app: Flask, browser: LintingClient) -> None:
    for path in [*addresses(app), "/nowhere", "/api/v1/nowhere", "/styleguide/500", "/styleguide/notices"]:
        answer = browser.get(path)
        missing = [name for name in HEADERS if name not in answer.headers]
        assert missing == [], path
        assert answer.headers["Cache-Control"] in {"no-store", "private, no-cache"}, path
        assert len(answer.headers["X-Request-ID"]) == 16


def test_the_policy_is_strict(browser: LintingClient) -> None:
    policy = browser.get("/help").headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    for rule in ("base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"):
        assert rule in policy
    assert policy_faults(policy) == []


@pytest.mark.parametrize("wide", ["script-src 'self' 'unsafe-inline'", "img-src *", "connect-src https:"])
def test_a_wide_policy_is_noticed(wide: str) -> None:
    assert policy_faults(wide) != []


def test_only_https_asks_for_https(make: Make) -> None:
    client = make().test_client()
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    assert "max-age" in client.get("/healthz", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_cookies_are_kept_from_scripts_and_from_other_sites(make: Make) -> None:
    plain = make().test_client().get("/help").headers["Set-Cookie"]
    assert plain.startswith("mythmark=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(plain.split("; "))
    closed = (
        make(url="https://mythmark.example.org").test_client().get("/help", base_url="https://mythmark.example.org")
    )
    assert closed.headers["Set-Cookie"].startswith("__Host-mythmark=")
    assert "Secure" in closed.headers["Set-Cookie"]


def test_a_page_of_somebody_is_stored_nowhere(browser: LintingClient) -> None:
    assert browser.get("/styleguide").headers["Cache-Control"] == "no-store"
    assert browser.get("/help").headers["Cache-Control"] == "private, no-cache"


def test_static_files_are_kept_for_ever_and_packed(browser: LintingClient) -> None:
    answer = browser.get(asset("css/app.css"), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_old_address_of_a_static_file_is_not_found(browser: LintingClient) -> None:
    assert browser.get("/static/0000000000000000/css/app.css").status_code == 404

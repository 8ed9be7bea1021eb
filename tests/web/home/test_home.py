"""The first page: the demo report under a policy that allows exactly what is in it."""

import base64
import hashlib

import pytest
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.web.parts import Parts
from app.web.security import policy_of


@pytest.fixture
def browser() -> FlaskClient:
    return create_app(Settings(), Parts()).test_client()


def test_the_process_lives(browser: FlaskClient) -> None:
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.slow
def test_the_example_report_is_there_for_anyone(browser: FlaskClient) -> None:
    answer = browser.get("/example")
    assert answer.status_code == 200
    assert "Example Retail" in answer.text
    rules = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules


def test_an_unknown_page_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/nowhere").status_code == 404


def test_the_policy_allows_the_inline_parts_of_the_page_and_no_others() -> None:
    def hashed(text: bytes) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"

    rules = policy_of(b"<style>a{}</style><p><script type=module>go()</script>")
    assert f"style-src {hashed(b'a{}')};" in rules
    assert f"script-src {hashed(b'go()')};" in rules
    assert "script-src 'none';" in policy_of(b"<p>")

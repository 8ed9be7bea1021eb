"""What stands around the pages: health, metrics, logs, proxies, static files, words."""

import datetime as dt
import hashlib
import json
import tomllib
from fractions import Fraction

import pytest

from app.domain.quarter import Quarter
from app.web import formatting
from app.web.assets import STATIC, asset
from app.web.parts import Parts
from app.web.proxies import TrustedProxies
from tests.web.conftest import Make
from tests.web.linting import LintingClient


def test_readiness_says_what_is_missing(make: Make) -> None:
    assert make().test_client().get("/readyz").status_code == 200
    answer = make(Parts(ready=lambda: "the database is one version behind")).test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database is one version behind\n")


def test_metrics_are_off_unless_set(make: Make) -> None:
    assert make().test_client().get("/metrics").status_code == 404
    client = make(metrics=True).test_client()
    client.get("/help")
    client.open("/help", method="BREW")
    said = client.get("/metrics").text
    assert 'mythmark_requests_total{method="GET",route="/help",status="200"} 1.0' in said
    assert "BREW" not in said


def test_the_guide_is_there_only_by_setting(make: Make) -> None:
    assert make(styleguide=False).test_client().get("/styleguide").status_code == 404


def test_a_log_line_holds_neither_path_nor_query_nor_address(
    browser: LintingClient, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.get("/styleguide/phone?secret=sesame", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    (line,) = [json.loads(text) for text in capsys.readouterr().err.splitlines() if "request" in text]
    assert line["route"] == "/styleguide/<sample>"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert "sesame" not in str(line)
    assert "192.0.2.7" not in str(line)


def test_health_is_not_logged(browser: LintingClient, capsys: pytest.CaptureFixture[str]) -> None:
    browser.get("/healthz")
    assert capsys.readouterr().err == ""


def seen(networks: str, remote: str, **headers: str) -> dict[str, str]:
    kept: dict[str, str] = {}

    def inner(environ: dict[str, str], _: object) -> list[bytes]:
        kept.update(environ)
        return []

    given = {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()}
    TrustedProxies(inner, networks)({"REMOTE_ADDR": remote, "wsgi.url_scheme": "http", **given}, lambda *_: None)  # type: ignore[arg-type]
    return kept


def test_a_trusted_proxy_is_believed() -> None:
    kept = seen("10.0.0.0/8", "10.0.0.1", **{"for": "203.0.113.9, 10.0.0.2", "proto": "https", "host": "m.example"})
    assert (kept["REMOTE_ADDR"], kept["wsgi.url_scheme"], kept["HTTP_HOST"]) == ("203.0.113.9", "https", "m.example")


def test_what_stands_before_an_untrusted_address_is_not_believed() -> None:
    assert seen("10.0.0.0/8", "10.0.0.1", **{"for": "198.51.100.1, 203.0.113.9"})["REMOTE_ADDR"] == "203.0.113.9"


def test_nobody_else_is_believed() -> None:
    for networks in ("", "10.0.0.0/8"):
        kept = seen(networks, "203.0.113.9", **{"for": "127.0.0.1", "proto": "https", "host": "evil.example"})
        assert (kept["REMOTE_ADDR"], kept["wsgi.url_scheme"]) == ("203.0.113.9", "http")
        assert not [name for name in kept if "FORWARDED" in name or name == "HTTP_HOST"]


def test_what_is_vendored_is_what_was_vendored() -> None:
    rows = tomllib.loads((STATIC / "vendor" / "VENDORED.toml").read_text(encoding="utf-8"))
    files = {row["file"] for row in rows.values()} | {row["licence_file"] for row in rows.values()}
    there = {file.name for file in (STATIC / "vendor").iterdir() if file.suffix != ".gz"}
    assert there == files | {"VENDORED.toml"}
    for row in rows.values():
        assert hashlib.sha256((STATIC / "vendor" / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_a_static_file_that_is_not_there_is_noticed() -> None:
    with pytest.raises(FileNotFoundError, match="css/nothing"):
        asset("css/nothing.css")


def test_a_phone_page_is_light(browser: LintingClient) -> None:
    page = browser.get("/styleguide/phone")
    parts = [part.split('"')[0] for part in page.text.split('"/static/')[1:]]
    parts = [part for part in parts if not part.endswith(".woff2")]  # fonts apart
    sizes = [len(browser.get(f"/static/{part}", headers={"Accept-Encoding": "gzip"}).data) for part in parts]
    assert len(sizes) > 8
    assert len(page.data) + sum(sizes) <= 60 * 1024


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (formatting.level(Fraction(4, 3)), "1.3"),
        (formatting.level(Fraction(1, 4)), "0.2"),
        (formatting.level(Fraction(7, 20)), "0.4"),
        (formatting.level(2), "2.0"),
        (formatting.level(None), "\u2013"),
        (formatting.step(Fraction(5, 2)), 3),
        (formatting.step(1.49), 1),
        (formatting.days(1), "1 day"),
        (formatting.days(Fraction(3, 2)), "1.5 days"),
        (formatting.plural(1, "person", "people"), "1 person"),
        (formatting.plural(1200, "person", "people"), "1\u202f200 people"),
        (formatting.day(dt.date(2026, 10, 16)), "16 October 2026"),
        (formatting.short_day(dt.date(2026, 9, 24)), "Thu 24 Sep"),
        (formatting.clock(dt.datetime(2026, 9, 24, 10, 38, tzinfo=dt.UTC)), "10:38"),
        (formatting.quarter("2026-Q3"), "third quarter 2026"),
        (formatting.quarter(Quarter(2026, 4)), "fourth quarter 2026"),
        (formatting.listed(()), ""),
        (formatting.listed(("a",)), "a"),
        (formatting.listed(("a", "b", "c")), "a, b and c"),
    ],
)
def test_values_are_written_as_people_write_them(said: object, words: object) -> None:
    assert said == words

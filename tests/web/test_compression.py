"""Large pages are sent small to who takes them so, and only where a view asked for it."""

import gzip

import pytest
from flask import Flask, Response

from app.web.compression import smaller

LONG = "<p>word</p>" * 10_000


@pytest.mark.parametrize(
    ("body", "takes", "small"),
    [(LONG, "gzip, br", True), (LONG, "", False), (LONG, "gzip;q=0", False), ("<p>word</p>", "gzip", False)],
)
def test_what_is_worth_it_is_compressed_for_who_takes_it(app: Flask, body: str, takes: str, *, small: bool) -> None:
    with app.test_request_context(headers={"Accept-Encoding": takes}):
        answer = smaller(Response(body))
    assert (answer.headers.get("Content-Encoding") == "gzip") is small
    assert (gzip.decompress(answer.get_data()) if small else answer.get_data()) == body.encode()
    assert answer.content_length == len(answer.get_data())
    assert "Accept-Encoding" in answer.vary

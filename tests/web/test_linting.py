"""The linter bites: each good page is spoilt once in each way."""

import pytest
from flask import Flask

from tests.web.linting import LintingClient, UntidyPage, faults

GOOD = """<!DOCTYPE html><html lang="en"><head><title>Team - Mythmark</title></head><body><h1>Team</h1>
<form method="post" action="/theme"><input type="hidden" name="csrf_token" value="x">
<label for="a">Name</label><input id="a" name="a"><button type="submit">Save</button></form>
<a href="/help">Help</a><a href="#a">Name</a></body></html>"""


def test_a_tidy_page_has_no_faults(app: Flask) -> None:
    assert faults(GOOD, app) == []


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<h1>Team</h1>", "", "0 h1"),
        ("<h1>Team</h1>", "<h1>Team</h1><h3>x</h3>", "followed by h3"),
        ("Team - Mythmark", "", "no title"),
        (' lang="en"', "", "no language"),
        ('<label for="a">', '<label for="b">', "without label"),
        ("</h1>", '</h1><p id="a"></p>', "twice"),
        ('href="#a"', 'href="#b"', "not there"),
        ('method="post" ', "", "how it is sent"),
        (' action="/theme"', "", "where it is sent"),
        ('name="csrf_token"', 'name="token"', "0 tokens"),
        ('value="x"', 'value=""', "tokens"),
        ("<h1>", '<h1 style="color:red">', "inline style"),
        ("<h1>", '<h1 onclick="go()">', "inline onclick"),
        ("<h1>", "<script>go()</script><h1>", "inline <script>"),
        ("/help", "/nowhere", "which is not there"),
        ('action="/theme"', 'action="/help"', "POST /help"),
        ("</body>", '<script src="https://elsewhere.example/x.js"></script></body>', "another host"),
        (' type="submit"', "", "without type"),
        ('<button type="submit">', '</form><button type="submit">', "nothing sends the form"),
        ("</form>", '</form><input type="radio" id="r" aria-label="r">', "outside a fieldset"),
        ("</form>", "</form><fieldset><p>x</p></fieldset>", "without legend"),
        ("</form>", "</form><table><tr><td>1</td></tr></table>", "without caption"),
        ("</form>", "</form><svg></svg>", "text alternative"),
        ("</form>", "</form></p>", "closes"),
    ],
)
def test_what_is_untidy_is_named(app: Flask, good: str, bad: str, said: str) -> None:
    assert good in GOOD
    assert said in "\n".join(faults(GOOD.replace(good, bad, 1), app))


def test_a_test_that_loads_an_untidy_page_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = app.test_client()
    assert isinstance(browser, LintingClient)
    monkeypatch.setattr("tests.web.linting.faults", lambda *_: ["something"])
    with pytest.raises(UntidyPage, match="something"):
        browser.get("/help")

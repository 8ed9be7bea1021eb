"""Every page that needs no data, read by the linter; and what is on it."""

import pytest

from tests.web.linting import LintingClient

SAMPLES = ("dashboard-empty", "sign-in", "confirm", "phone", "phone-waiting", "wall", "notices")


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_are_tidy(browser: LintingClient, sample: str) -> None:
    assert browser.get(f"/styleguide/{sample}").status_code == 200


def test_maintenance_is_a_page_that_says_to_wait(browser: LintingClient) -> None:
    answer = browser.get("/styleguide/maintenance")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "being looked after" in answer.text


def test_an_unknown_sample_is_not_found(browser: LintingClient) -> None:
    assert browser.get("/styleguide/nothing").status_code == 404


def test_how_this_works_uses_the_numbers_of_the_example(browser: LintingClient) -> None:
    page = browser.get("/how-this-works").text
    for words in ("(1 + 0 + 1 + 1 + 1 + 2 + 1 + 1 + 0) / 9", "stage 1, Visible", "38 days", "Said, not done"):
        assert words in page
    assert page.count("<svg") > 8


def test_help_lists_every_refusal(browser: LintingClient) -> None:
    page = browser.get("/help").text
    assert page.count('<li id="') >= 14


def test_until_there_are_accounts_sign_in_says_where_the_way_in_is(browser: LintingClient) -> None:
    assert "one-time link" in browser.get("/sign-in").text

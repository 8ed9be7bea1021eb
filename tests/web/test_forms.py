"""Forms: two endings, one summary, no write that nobody asked for."""

from flask import Blueprint

from app.web.access import Role, allow
from app.web.parts import Parts
from tests.web.conftest import Make, token_of
from tests.web.linting import LintingClient

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def filled(browser: LintingClient, **values: str) -> dict[str, str]:
    good = {"team": "Search", "quarter": "2026-Q3", "people": "6", "variant": "full"}
    return {"csrf_token": token_of(browser.get("/styleguide").text), **good, **values}


def test_a_form_without_its_token_changes_nothing(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data={"team": "Search"})
    assert answer.status_code == 400
    assert "This form is too old" in answer.text


def test_a_form_that_is_not_valid_comes_back_with_its_errors_and_its_words(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data=filled(browser, people="9000", team="Søk <b>"))
    assert answer.status_code == 422
    assert '<a href="#people">Write a number from 1 to 500.</a>' in answer.text
    assert 'aria-describedby="people-hint people-error" aria-invalid="true"' in answer.text
    assert "Søk &lt;b&gt;" in answer.text


def test_htmx_gets_the_same_fragment_alone(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data=filled(browser, people="9000"), headers=HTMX)
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith('<form class="form" id="sample_form"')
    assert "Write a number from 1 to 500." in answer.text


def test_an_error_of_a_group_leads_to_its_first_choice(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data=filled(browser, variant=""))
    assert '<a href="#variant-0">' in answer.text


def test_a_write_without_script_ends_with_a_page_to_look_at(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data=filled(browser))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/styleguide")
    assert "The sample was saved." in browser.get("/styleguide").text
    assert "The sample was saved." not in browser.get("/styleguide").text


def test_a_write_with_htmx_ends_with_the_fragment(browser: LintingClient) -> None:
    answer = browser.post("/styleguide", data=filled(browser), headers=HTMX)
    assert answer.status_code == 200
    assert 'id="sample_form"' in answer.text
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_the_api_refuses_a_write_from_a_page_of_another_site(make: Make) -> None:
    room = Blueprint("room", __name__)

    @room.post("/api/v1/things")
    @allow(Role.ANYONE)
    def take() -> str:
        return "taken"

    client = make(Parts(rooms=(room,))).test_client()
    assert client.post("/api/v1/things", headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert client.post("/api/v1/things", headers={"Origin": "http://localhost"}).status_code == 200
    assert client.post("/api/v1/things").status_code == 200

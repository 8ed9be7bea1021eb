"""New assessments: of which team, with which terms, or alone."""

import re
from decimal import Decimal

from app.domain.answers import Capacity
from app.services.assessments import list_assessments, terms_of
from app.services.teams import archive_team, find_team
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import reading, writing
from tests.web.town import NOW, PACK, Town

FORM = {
    "quarter": "2026-Q3",
    "questionnaire": PACK,
    "shown_for": PACK,
    "variant": "full",
    "anonymity": "anonymous",
    "target": "3",
}


def rows(town: Town) -> list[AssessmentRow]:
    with reading(town.engine) as session:
        return list(list_assessments(session, find_team(session, town.ours, town.team_id)))


def path(town: Town) -> str:
    return f"/teams/{town.team_id}/assessments/new"


def test_the_form_suggests_this_quarter_and_the_shipped_questionnaire(town: Town) -> None:
    page = town.browser("alice").get(path(town)).text
    assert '<option value="2026-Q3" selected>' in page
    assert f'<option value="{PACK}" selected>' in page
    assert "Full: 40 questions" in page
    assert "Pulse: 12 questions" in page


def test_a_quarter_that_is_taken_suggests_the_next_one(town: Town) -> None:
    town.begin("2026-Q3")
    assert '<option value="2026-Q4" selected>' in town.browser("alice").get(path(town)).text


def test_one_s_own_role_is_no_setting_of_the_assessment(town: Town) -> None:
    page = town.browser("alice").get(path(town)).text
    assert "context-ctx-models" in page
    assert "context-ctx-role" not in page


def test_what_is_filled_in_is_what_is_kept(town: Town) -> None:
    answer = town.browser("alice").post(
        path(town),
        FORM
        | {
            "purpose": "Decide what to build; read by the team.",
            "scope": "forecast\r\n\r\n baskets ",
            "people": "7,5",
            "working_days": "60",
            "share": "10",
            "target": "4",
            "time_box": "75",
            "context-ctx-generative": "yes",
            "context-ctx-models": "3-10",
        },
    )
    (row,) = rows(town)
    assert (answer.status_code, answer.location) == (303, f"/assessments/{row.public_id}")
    terms = terms_of(row)
    assert (row.state, terms.scope, terms.target, terms.time_box_minutes) == ("draft", ("forecast", "baskets"), 4, 75)
    assert terms.capacity is not None
    assert (terms.capacity.people, terms.capacity.share) == (Decimal("7.5"), Decimal("0.1"))
    assert terms.context == {"ctx-generative": "yes", "ctx-models": "3-10"}


def test_it_can_be_opened_at_once(town: Town) -> None:
    town.browser("alice").post(path(town), FORM | {"open": "1"})
    assert [row.state for row in rows(town)] == ["open"]


def test_the_usable_days_are_shown_without_saving(town: Town) -> None:
    sent = FORM | {"show": "days", "people": "8", "working_days": "60", "share": "10"}
    answer = town.browser("alice").post(path(town), sent)
    assert answer.status_code == 200
    assert "38 days a quarter" in answer.text
    part = town.browser("alice").post(path(town), sent, headers={"HX-Request": "true"})
    assert part.text.strip().endswith("38 days a quarter.")
    assert "<html" not in part.text
    assert rows(town) == []


def test_numbers_that_could_mean_two_things_are_refused_and_kept_in_the_form(town: Town) -> None:
    answer = town.browser("alice").post(path(town), FORM | {"people": "1,000", "working_days": "x", "share": "500"})
    assert answer.status_code == 422
    assert "without a separator for thousands" in answer.text
    assert "number in figures" in answer.text
    assert "at most 100" in answer.text
    assert 'value="1,000"' in answer.text
    assert rows(town) == []


def test_a_capacity_is_whole_or_not_there(town: Town) -> None:
    answer = town.browser("alice").post(path(town), FORM | {"people": "8"})
    assert answer.status_code == 422
    assert answer.text.count("Fill in all three numbers of the capacity") == 4  # two controls, and the list on top
    assert rows(town) == []


def test_one_of_a_quarter_and_variant_is_enough(town: Town) -> None:
    browser = town.browser("alice")
    assert browser.post(path(town), FORM).status_code == 303
    again = browser.post(path(town), FORM)
    assert again.status_code == 409
    assert "continue that one" in again.text
    assert len(rows(town)) == 1


def test_without_a_live_model_there_is_nothing_to_assess(town: Town) -> None:
    answer = town.browser("alice").post(path(town), FORM | {"context-ctx-models": "0"})
    assert answer.status_code == 409
    assert "no live model yet" in answer.text
    assert rows(town) == []


def test_nonsense_is_named_and_nothing_is_made(town: Town) -> None:
    browser = town.browser("alice")
    for wrong in (
        {"quarter": "2026-Q7"},
        {"variant": "half"},
        {"questionnaire": "nothing@1"},
        {"anonymity": "secret"},
        {"target": "9"},
        {"context-ctx-models": "many"},
        {"context-ctx-team": "some"},
        {"purpose": "x" * 2001},
        {"time_box": "3"},
        {"date": "yesterday"},
    ):
        answer = browser.post(path(town), FORM | wrong)
        assert answer.status_code == 422, wrong
        assert "to mend before this can be saved" in answer.text
    assert rows(town) == []


def test_another_questionnaire_shows_its_own_questions_before_anything_is_saved(town: Town) -> None:
    answer = town.browser("alice").post(path(town), FORM | {"shown_for": "other@1.0.0", "purpose": "Kept"})
    assert answer.status_code == 200
    assert "Another questionnaire." in answer.text
    assert "Kept" in answer.text
    assert rows(town) == []


def test_an_archived_team_is_assessed_no_more(town: Town) -> None:
    with writing(town.engine) as session:
        archive_team(session, town.actor("olive"), find_team(session, town.ours, town.team_id), at=NOW)
    browser = town.browser("alice")
    assert browser.get(path(town)).status_code == 409
    assert browser.post(path(town), FORM).status_code == 409
    assert browser.post(f"/teams/{town.team_id}/assessments/alone").status_code == 409
    assert rows(town) == []


def test_alone_is_a_pulse_that_is_open_at_once_and_again_the_same_one(town: Town) -> None:
    browser = town.browser("alice")
    first = browser.post(f"/teams/{town.team_id}/assessments/alone")
    again = browser.post(f"/teams/{town.team_id}/assessments/alone")
    (row,) = rows(town)
    assert (row.variant, row.state, row.quarter, row.date) == ("pulse", "open", "2026-Q3", NOW.date())
    assert first.location == again.location == f"/assessments/{row.public_id}/answer"
    assert "Answer alone now" in browser.get(f"/teams/{town.team_id}").text
    assert browser.post(f"/assessments/{row.public_id}/close").status_code == 303
    page = browser.get(f"/teams/{town.team_id}").text
    assert "Answer alone now" not in page
    assert "/roadmap" not in page
    assert "Open the roadmap" not in browser.get(f"/assessments/{row.public_id}").text


def test_the_form_begins_with_the_settings_of_a_closed_pulse_where_that_is_all_there_is(town: Town) -> None:
    browser = town.browser("alice")
    assert "The settings are those of" not in browser.get(path(town)).text
    capacity = Capacity(Decimal(5), Decimal(60), Decimal("0.10"))
    one = town.begin(
        "2026-Q2", variant="pulse", purpose="To decide", scope=("forecast",), target=4, anonymity="open",
        capacity=capacity,
    )  # fmt: skip
    browser.get(f"/assessments/{one}/close")
    assert browser.post(f"/assessments/{one}/close").status_code == 303
    page = browser.get(path(town)).text
    assert "The settings are those of the second quarter 2026." in page
    assert "To decide</textarea>" in page
    assert "forecast</textarea>" in page
    assert '<option value="4" selected>' in page
    assert re.search(r'value="open"[^>]* checked', page)
    assert "24 days a quarter" in page


def test_only_teams_that_one_facilitates_can_be_chosen(town: Town) -> None:
    page = town.browser("alice").get("/organizations/example/assessments/new").text
    assert "Forecasting" in page
    assert "New team" not in page
    assert "New team" in town.browser("olive").get("/organizations/example/assessments/new").text


def test_who_facilitates_no_team_is_told_who_starts_assessments(town: Town) -> None:
    page = town.browser("bob").get("/organizations/example/assessments/new").text
    assert "No team that you can assess" in page
    assert "Forecasting" not in page

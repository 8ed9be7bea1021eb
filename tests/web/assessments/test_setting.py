"""The settings of an assessment, and two people who change them at once."""

from app.domain.answers import Level
from app.services.answering import answer_question
from app.services.closing import close_assessment
from app.services.joining import join_as_member
from app.store.lookups.answering import participant_of_user
from app.store.unit_of_work import reading, writing
from tests.web.town import KEY, NOW, Town

FORM = {"version": "1", "anonymity": "anonymous", "target": "3"}


def purpose(town: Town, assessment_id: str) -> str:
    with reading(town.engine) as session:
        return town.row(session, assessment_id).purpose


def test_settings_are_saved_and_shown_again(town: Town) -> None:
    here = f"/assessments/{town.begin()}/settings"
    browser = town.browser("alice")
    assert 'name="version" value="1"' in browser.get(here).text
    assert browser.post(here, FORM | {"purpose": "For the sponsor"}).status_code == 303
    page = browser.get(here).text
    assert 'name="version" value="2"' in page
    assert "For the sponsor" in page


def test_the_slower_of_two_sees_both_texts_and_can_save_again(town: Town) -> None:
    assessment_id = town.begin()
    here = f"/assessments/{assessment_id}/settings"
    alice, olive = town.browser("alice"), town.browser("olive")
    assert olive.post(here, FORM | {"purpose": "Written by the first"}).status_code == 303
    late = alice.post(here, FORM | {"purpose": "Written by the second", "scope": "forecast"})
    assert late.status_code == 409
    assert "Written by the first" in late.text
    assert late.text.count("Written by the second") == 2  # beside theirs, and in the form
    assert 'name="version" value="2"' in late.text
    assert purpose(town, assessment_id) == "Written by the first"
    assert alice.post(here, FORM | {"purpose": "Written by the second", "version": "2"}).status_code == 303
    assert purpose(town, assessment_id) == "Written by the second"


def test_a_form_without_a_version_changes_nothing(town: Town) -> None:
    assessment_id = town.begin()
    for version in ("", "x", "9" * 40, "\u0663"):
        answer = town.browser("alice").post(
            f"/assessments/{assessment_id}/settings", FORM | {"version": version, "purpose": "Blind"}
        )
        assert answer.status_code == 409, version
    assert purpose(town, assessment_id) == ""


def test_what_is_wrong_is_named_and_nothing_is_saved(town: Town) -> None:
    assessment_id = town.begin()
    answer = town.browser("alice").post(
        f"/assessments/{assessment_id}/settings", FORM | {"purpose": "Kept in the form", "people": "many"}
    )
    assert answer.status_code == 422
    assert "Kept in the form" in answer.text
    assert purpose(town, assessment_id) == ""


def test_the_terms_stay_once_somebody_has_answered(town: Town) -> None:
    assessment_id = town.begin()
    with writing(town.engine) as session:
        row = town.row(session, assessment_id)
        join_as_member(session, town.actor("bob"), row, "data_scientist", on=NOW.date())
        mine = participant_of_user(session, row.id, town.people["bob"])
        answer_question(session, row, mine, "mon-drift", Level(2))
    here = f"/assessments/{assessment_id}/settings"
    browser = town.browser("alice")
    assert "so they stay as they are" in browser.get(here).text
    assert browser.post(here, FORM | {"anonymity": "open"}).status_code == 409
    kept = {name: value for name, value in FORM.items() if name != "anonymity"}  # as a browser sends it, disabled
    assert browser.post(here, kept).status_code == 303


def test_a_closed_assessment_has_no_settings_to_change(town: Town) -> None:
    assessment_id = town.begin()
    with writing(town.engine) as session:
        close_assessment(session, town.actor("alice"), town.row(session, assessment_id), at=NOW, key=KEY)
    browser = town.browser("alice")
    assert browser.get(f"/assessments/{assessment_id}/settings").status_code == 409
    assert browser.post(f"/assessments/{assessment_id}/settings", FORM | {"purpose": "Late"}).status_code == 409
    assert purpose(town, assessment_id) == ""

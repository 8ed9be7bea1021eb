"""Assessments: one a quarter, settings that hold, and an end that is final."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.domain.answers import Agreed, Capacity, Level, NotApplicable
from app.domain.questionnaire import Questionnaire
from app.services.agreeing import agree_level
from app.services.answering import answer_belief, answer_question
from app.services.assessments import (
    change_anonymity,
    change_settings,
    find_assessment,
    list_assessments,
    open_assessment,
    terms_of,
)
from app.services.closing import close_assessment, discard_draft, void_assessment, what_is_missing
from app.services.errors import (
    AnonymityFixed,
    AssessmentExists,
    AssessmentFrozen,
    NoLiveModel,
    NotValid,
    NotYetOpen,
    WrongMoment,
)
from app.services.joining import join_as_guest, join_as_member, participant_of
from app.services.settings import asked_questions
from app.store.errors import NotFound, VersionConflict
from app.store.lookups.answering import participants
from app.store.record.requests import audit_page
from app.store.unit_of_work import writing
from tests.services.conftest import KEY, NOW, TODAY, House


def test_a_second_assessment_of_team_quarter_and_variant_is_refused(house: House) -> None:
    with writing(house.engine) as session:
        house.begin(session)
        with pytest.raises(AssessmentExists, match="2026-Q3"):
            house.begin(session)
        assert house.begin(session, variant="pulse").variant == "pulse"
        assert house.begin(session, "2026-Q4").quarter == "2026-Q4"
        assert [a.quarter for a in list_assessments(session, house.team(session))] == ["2026-Q3", "2026-Q3", "2026-Q4"]


def test_charlie_does_not_find_it(house: House) -> None:
    with writing(house.engine) as session:
        public_id = house.begin(session).public_id
        with pytest.raises(NotFound):
            find_assessment(session, house.theirs, public_id)


def test_without_a_live_model_nothing_is_assessed_and_that_is_said_kindly(house: House) -> None:
    with writing(house.engine) as session:
        with pytest.raises(NoLiveModel, match="come back"):
            house.begin(session, context={"ctx-models": "0"})
        assert list_assessments(session, house.team(session)) == []


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"context": {"nope": "x"}}, "context"),
        ({"context": {"ctx-models": "many"}}, "ctx-models"),
        ({"context": {"ctx-team": "a few"}}, "ctx-team"),
        ({"target": 0}, "target"),
        ({"target_levels": {"mon-drift": 5}}, "mon-drift"),
        ({"target_levels": {"nope": 3}}, "target"),
        ({"anonymity": "secret"}, "anonymity"),
        ({"capacity": Capacity(Decimal(0), Decimal(60), Decimal("0.1"))}, "capacity.people"),
        ({"capacity": Capacity(Decimal(8), Decimal(60), Decimal(2))}, "capacity.share"),
        ({"capacity": Capacity(Decimal(8), Decimal("NaN"), Decimal("0.1"))}, "capacity.working_days"),
        ({"purpose": "x" * 2001}, "purpose"),
        ({"scope": ("",)}, "scope"),
        ({"time_box_minutes": 4}, "time_box_minutes"),
        ({"variant": "half"}, "variant"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(house: House, terms: dict[str, Any], field: str) -> None:
    with writing(house.engine) as session, pytest.raises(NotValid) as refused:
        house.begin(session, **terms)
    assert refused.value.field == field


def test_context_switches_the_overlay_on_and_questions_off(mlops: Questionnaire) -> None:
    plain = {q.id for q in asked_questions(mlops, "full", {})}
    with_models = {q.id for q in asked_questions(mlops, "full", {"ctx-generative": "yes", "ctx-people-effect": "no"})}
    assert len(plain) == 40
    assert with_models - plain == {q.id for q in mlops.questions if q.overlay}
    assert plain - with_models == {"gov-fairness", "gov-human-oversight"}
    assert [q.id for q in asked_questions(mlops, "pulse", {})] == [q.id for q in mlops.core if q.id in mlops.pulse]


def test_settings_change_with_their_version(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        capacity = Capacity(Decimal(8), Decimal(60), Decimal("0.10"))
        terms = replace(terms_of(row), purpose="Plan", capacity=capacity, date=dt.date(2026, 9, 15))
        assert change_settings(session, house.alice, row, terms, at=NOW, version=1) == 2
        with pytest.raises(VersionConflict):
            change_settings(session, house.alice, row, replace(terms, purpose="Else"), at=NOW, version=1)
        assert terms_of(row) == terms
        assert audit_page(session, house.mine)[0].detail["changed"][0] == "capacity_people"


def test_who_joined_under_anonymous_terms_is_not_asked_under_open_ones(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.alice, row, "product", on=TODAY)
        change_anonymity(session, house.alice, row, "open", at=NOW)
        change_anonymity(session, house.alice, row, "anonymous", at=NOW)
        join_as_guest(session, row, "platform", on=TODAY)
        with pytest.raises(WrongMoment):
            change_anonymity(session, house.alice, row, "open", at=NOW)
        change_settings(session, house.alice, row, replace(terms_of(row), purpose="More"), at=NOW)
        assert row.anonymity == "anonymous"


def test_the_first_answer_fixes_the_anonymity(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        change_anonymity(session, house.alice, row, "open", at=NOW)
        assert row.stable_ids
        change_anonymity(session, house.alice, row, "anonymous", at=NOW)
        join_as_member(session, house.bob, row, "platform", on=TODAY)
        answer_question(session, row, participant_of(session, house.bob, row), "mon-drift", Level(2))
        with pytest.raises(AnonymityFixed):
            change_anonymity(session, house.alice, row, "open", at=NOW)
        change_settings(session, house.alice, row, replace(terms_of(row), purpose="More"), at=NOW)


def test_a_draft_takes_no_answers_and_cannot_be_closed_but_thrown_away(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session, opened=False)
        with pytest.raises(NotYetOpen):
            join_as_member(session, house.bob, row, "platform", on=TODAY)
        with pytest.raises(NotYetOpen):
            close_assessment(session, house.alice, row, at=NOW, key=KEY)
        discard_draft(session, house.alice, row, at=NOW)
        again = house.begin(session)
        with pytest.raises(WrongMoment):
            discard_draft(session, house.alice, again, at=NOW)


def test_what_is_missing_is_told_before_the_close(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.bob, row, "platform", on=TODAY)
        answer_question(session, row, participant_of(session, house.bob, row), "mon-drift", Level(4))
        agree_level(session, house.alice, row, "col-oncall", Agreed(Level(3)), at=NOW)
        missing = what_is_missing(session, row)
        assert len(missing.unanswered) == 38
        assert missing.unproven == ("col-oncall",)
        assert (missing.few, missing.beliefs, missing.purpose, missing.capacity) == (True, True, True, True)
        assert len(missing.says) == 6
        answer_belief(session, row, participant_of(session, house.bob, row), "b01", 2)
        assert not what_is_missing(session, row).beliefs


@pytest.mark.parametrize(("said", "stands"), [(None, TODAY), (dt.date(2026, 11, 11), dt.date(2026, 11, 11))])
def test_no_assessment_is_dated_after_its_close_unless_somebody_said_so(
    house: House, said: dt.date | None, stands: dt.date
) -> None:
    with writing(house.engine) as session:
        row = house.begin(session, "2026-Q4", date=said)
        closed = close_assessment(session, house.alice, row, at=NOW, key=KEY)
        assert closed.date == stands


def test_what_is_closed_never_changes(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.bob, row, "platform", on=TODAY)
        bob = participant_of(session, house.bob, row)
        answer_question(session, row, bob, "mon-drift", Level(2))
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        for change in (
            lambda: answer_question(session, row, bob, "mon-drift", Level(3)),
            lambda: answer_belief(session, row, bob, "b01", 2),
            lambda: agree_level(session, house.alice, row, "mon-drift", Agreed(Level(1)), at=NOW),
            lambda: change_settings(session, house.alice, row, terms_of(row), at=NOW),
            lambda: open_assessment(session, house.alice, row, at=NOW),
            lambda: close_assessment(session, house.alice, row, at=NOW, key=KEY),
        ):
            with pytest.raises(AssessmentFrozen):
                change()
        assert row.input_digest not in (None, row.settled_digest)


def test_a_voided_assessment_stays_and_frees_its_quarter(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        with pytest.raises(WrongMoment):
            void_assessment(session, house.alice, row, "wrong quarter", at=NOW)
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        void_assessment(session, house.alice, row, "wrong quarter", at=NOW)
        assert house.begin(session).state == "open"
        assert [a.state for a in list_assessments(session, house.team(session), voided=True)] == ["voided", "open"]
        events = [(a.event, a.actor_id) for a in audit_page(session, house.mine)]
        assert ("assessment.voided", house.alice.user_id) in events
        assert ("assessment.closed", house.alice.user_id) in events


def test_whoever_answers_and_closes_alone_gets_a_result(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session, variant="pulse")
        join_as_member(session, house.alice, row, "platform", on=TODAY)
        answer_question(session, row, participant_of(session, house.alice, row), "mon-drift", Level(2))
        assert close_assessment(session, house.alice, row, at=NOW, key=KEY).anonymity == "open"


@pytest.mark.parametrize("others", ["bob", "guest"])
def test_the_only_answer_of_somebody_else_stays_anonymous(house: House, others: str) -> None:
    with writing(house.engine) as session:
        row = house.begin(session, variant="pulse")
        if others == "bob":
            join_as_member(session, house.bob, row, "platform", on=TODAY)
        else:
            join_as_guest(session, row, "platform", on=TODAY)
        answer_question(session, row, participants(session, row.id)[0], "mon-drift", Level(2))
        join_as_member(session, house.alice, row, "risk", on=TODAY)
        closed = close_assessment(session, house.alice, row, at=NOW, key=KEY)
        assert closed.anonymity == "anonymous"
        assert closed.settled is not None
        assert "level: 2" not in closed.settled["text"]


def test_an_agreed_na_needs_a_question_that_allows_it(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        with pytest.raises(NotValid, match="applies to everybody"):
            agree_level(session, house.alice, row, "mon-drift", Agreed(NotApplicable("bought in")), at=NOW)
        with pytest.raises(NotValid, match="few words"):
            agree_level(session, house.alice, row, "aut-retraining", Agreed(NotApplicable(" ")), at=NOW)
        assert agree_level(session, house.alice, row, "aut-retraining", Agreed(NotApplicable("bought in")), at=NOW) == 1


def test_whoever_answered_alone_is_not_told_that_their_votes_will_not_count(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.alice, row, "platform", on=TODAY)
        assert what_is_missing(session, row).few
        assert what_is_missing(session, row, house.bob).few
        assert not what_is_missing(session, row, house.alice).few
        join_as_member(session, house.bob, row, "platform", on=TODAY)
        assert what_is_missing(session, row, house.alice).few

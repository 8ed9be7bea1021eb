"""The next quarter: suggested and started in one move, with settings but never with answers."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.answers import Bet
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.formats.shelf import SHIPPED
from app.services.assessments import questionnaire_for, terms_of
from app.services.board import board_of
from app.services.board_cards import change_card, find_card, form_of
from app.services.board_plans import accept_plan
from app.services.closing import what_is_missing
from app.services.errors import WrongMoment
from app.services.next_quarter import (
    first_things,
    newest_version,
    quarter_of,
    start_next_quarter,
    suggest_next,
    terms_to_begin_with,
    version_key,
    what_the_pack_changed,
)
from app.services.packs import publish_pack, upload_pack
from app.store.lookups import answering, people
from app.store.unit_of_work import Session, writing
from tests.services.conftest import NOW, House
from tests.services.quarters import CAPACITY, closed

OCTOBER = NOW + dt.timedelta(days=10)


def _newer(house: House, session: Session, change: tuple[str, str] = ("", "")) -> None:
    """mlops@1.10.0 of the organization's own, newer than 1.9.0 would be."""
    text = (SHIPPED / "mlops.v1.yaml").read_text().replace("version: 1.0.0", "version: 1.10.0", 1)
    pack = upload_pack(session, house.alice, house.mine, text.replace(*change, 1).encode(), name="n.yaml", at=NOW)
    publish_pack(session, house.alice, pack, at=NOW)


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-12-31", "2026-Q4")]
)
def test_every_day_has_its_quarter(day: str, quarter: str) -> None:
    assert str(quarter_of(dt.date.fromisoformat(day))) == quarter


def test_versions_are_ordered_as_people_count() -> None:
    names = ["m@1.10.0", "m@1.9.0", "m@2.0.0", "m@2.0.0-rc1"]
    assert sorted(names, key=version_key) == ["m@1.9.0", "m@1.10.0", "m@2.0.0-rc1", "m@2.0.0"]


def test_the_first_one_is_of_this_quarter_and_of_the_shipped_questionnaire(house: House) -> None:
    with writing(house.engine) as session:
        found = suggest_next(session, house.team(session), today=NOW.date())
    assert (str(found.quarter), found.questionnaire, found.previous) == ("2026-Q3", "mlops@1.0.0", None)
    assert found.changes is None
    assert found.terms.purpose == ""


def test_a_team_that_only_closed_a_pulse_begins_with_its_settings(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        team = house.team(session)
        assert terms_to_begin_with(session, team, mlops.name)[1] is None
        before = closed(house, session, mlops, variant="pulse", scope=("one", "two"), anonymity="open")
        terms, known_from = terms_to_begin_with(session, team, mlops.name)
        assert terms == replace(terms_of(before), date=None)
    assert (terms.scope, str(known_from)) == (("one", "two"), "2026-Q3")


def test_settings_are_inherited_and_levels_are_not(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        before = closed(
            house, session, mlops, scope=("one", "two"), target_levels={"mon-drift": 4},
            context={"ctx-people-effect": "no"}, time_box_minutes=75, anonymity="open", date=dt.date(2026, 9, 20),
        )  # fmt: skip
        row = start_next_quarter(session, house.alice, house.team(session), at=OCTOBER)
        assert (row.quarter, row.state, row.variant) == ("2026-Q4", "draft", "full")
        assert terms_of(row) == replace(terms_of(before), date=dt.date(2026, 12, 31))
        assert terms_of(row).capacity == CAPACITY
        assert answering.agreed(session, row.id) == []
        assert len(what_is_missing(session, row).unanswered) == len(mlops.core) - 2


def test_a_quarter_that_was_assessed_gives_way_to_the_next(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        closed(house, session, mlops)
        team = house.team(session)
        assert str(suggest_next(session, team, today=NOW.date()).quarter) == "2026-Q4"
        assert str(suggest_next(session, team, today=dt.date(2027, 8, 1)).quarter) == "2027-Q3"
        assert str(suggest_next(session, team, today=NOW.date(), variant="pulse").quarter) == "2026-Q3"


def test_an_unfinished_one_is_continued(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        closed(house, session, mlops)
        row = start_next_quarter(session, house.alice, house.team(session), at=OCTOBER)
        assert suggest_next(session, house.team(session), today=OCTOBER.date()).standing == row.public_id
        with pytest.raises(WrongMoment, match="continue that one"):
            start_next_quarter(session, house.alice, house.team(session), at=OCTOBER)
        start_next_quarter(session, house.alice, house.team(session), at=OCTOBER, variant="pulse")


def test_the_newest_version_is_taken_and_says_what_it_changes(house: House, mlops: Questionnaire) -> None:
    question = next(q for q in mlops.core if q.id == "mon-drift")
    with writing(house.engine) as session:
        closed(house, session, mlops, context={"ctx-people-effect": "no"}, target_levels={"mon-drift": 4})
        _newer(house, session, (question.text[:40], "Put in writing, " + question.text[:40]))
        found = suggest_next(session, house.team(session), today=OCTOBER.date())
        assert found.questionnaire == "mlops@1.10.0"
        assert found.changes is not None
        assert found.changes.wording == ("mon-drift",)
        assert (found.changes.added, found.changes.retired, found.changes.changed) == ((), (), ())
        row = start_next_quarter(session, house.alice, house.team(session), at=OCTOBER)
        assert questionnaire_for(session, row).version == "1.10.0"
        assert what_the_pack_changed(session, row) == found.changes
        assert row.target_levels == {"mon-drift": 4}


def test_another_organizations_version_is_not_taken(house: House) -> None:
    with writing(house.engine) as session:
        _newer(house, session)
        assert newest_version(session, house.mine, "mlops") == "mlops@1.10.0"
        assert newest_version(session, people.organization(session, "other").id, "mlops") == "mlops@1.0.0"
        with pytest.raises(WrongMoment, match="no published version"):
            newest_version(session, house.mine, "unknown")


def test_the_first_has_no_questionnaire_to_be_compared_with(house: House) -> None:
    with writing(house.engine) as session:
        assert what_the_pack_changed(session, house.begin(session)) is None


def test_it_begins_with_open_actions_and_the_bets_of_last_time(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        before = closed(house, session, mlops, bets=(Bet("mon-drift", 2),))
        accept_plan(session, house.alice, before, at=NOW)
        team = house.team(session)
        first, second = board_of(session, team).quarters[0].cards[:2]
        for card, state in ((first, "in_progress"), (second, "reported_done")):
            row = find_card(session, house.mine, card.id)
            change_card(session, house.bob, row, replace(form_of(row), state=state), at=NOW)
        assessment = start_next_quarter(session, house.alice, team, at=OCTOBER)
        things = first_things(session, assessment)
    assert [card.step for card in things.actions][:2] == [second.step, first.step]
    assert {str(card.quarter) for card in things.actions} == {"2026-Q4"}
    assert things.bets == (Bet("mon-drift", 2),)
    assert things.of == Quarter(2026, 3)


def test_the_first_assessment_has_nothing_to_look_back_on(house: House) -> None:
    with writing(house.engine) as session:
        things = first_things(session, house.begin(session))
    assert (things.actions, things.bets, things.of) == ((), (), None)

import datetime as dt

import pytest
from sqlalchemy import Engine

from app.domain.answers import Agreed, Evidence, EvidenceItem, Grade, Level, NotApplicable
from app.store.errors import VersionConflict
from app.store.lookups import answering, board
from app.store.record.versions import report_actions, save_agreed, save_card, save_evidence, save_settings
from app.store.tables.board import CardRow
from app.store.unit_of_work import writing
from tests.store import cast

FIRST, SECOND = Agreed(Level(2), "for two models"), Agreed(NotApplicable("bought in"))


def test_who_saves_second_sees_what_the_first_one_saved(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        assert save_agreed(session, row, "q", FIRST, expected_version=0) == 1
        with pytest.raises(VersionConflict, match="somebody else") as lost:
            save_agreed(session, row, "q", SECOND, expected_version=0)
        assert (lost.value.version, lost.value.present) == (1, FIRST)
        assert save_agreed(session, row, "q", SECOND, expected_version=1) == 2
        with pytest.raises(VersionConflict) as late:
            save_agreed(session, row, "q", FIRST, expected_version=1)
        assert (late.value.version, late.value.present) == (2, SECOND)


def test_without_a_version_a_save_always_holds_and_still_counts(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        assert [save_agreed(session, row, "q", a) for a in (FIRST, SECOND, FIRST)] == [1, 2, 3]


def test_a_level_that_was_taken_back_keeps_its_version(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        save_agreed(session, row, "q", FIRST)
        assert save_agreed(session, row, "q", None, expected_version=1) == 2
        with pytest.raises(VersionConflict) as late:
            save_agreed(session, row, "q", SECOND, expected_version=1)
        assert (late.value.version, late.value.present) == (2, None)
        assert [(a.level, a.reason) for a in answering.agreed(session, row.id)] == [(None, None)]


def test_a_version_of_something_that_is_not_there_is_a_conflict(engine: Engine) -> None:
    with writing(engine) as session, pytest.raises(VersionConflict) as lost:
        save_agreed(session, cast.world(session), "q", FIRST, expected_version=3)
    assert (lost.value.version, lost.value.present) == (0, None)


def test_evidence_is_kept_whole_and_never_lost_to_a_second_editor(engine: Engine) -> None:
    seen = Evidence(Grade.E2, (EvidenceItem("record", "wiki", dt.date(2026, 7, 10), "Bo"), EvidenceItem("other")))
    with writing(engine) as session:
        row = cast.world(session)
        assert save_evidence(session, row, "q", seen, expected_version=0) == 1
        with pytest.raises(VersionConflict) as lost:
            save_evidence(session, row, "q", Evidence(Grade.E0), expected_version=0)
        assert lost.value.present == seen


def test_a_card_moved_by_two_is_moved_by_the_first(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        card = CardRow(organization_id=row.organization_id, team_id=row.team_id, step="q@1")
        session.add(card)
        session.flush()
        assert save_card(session, card, {"state": "in_progress", "note": "begun"}, expected_version=1) == 2
        with pytest.raises(VersionConflict) as lost:
            save_card(session, card, {"state": "reported_done"}, expected_version=1)
        assert isinstance(lost.value.present, CardRow)
        assert (lost.value.present.state, lost.value.present.note, lost.value.version) == ("in_progress", "begun", 2)


def test_settings_of_an_assessment_have_a_version_too(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        assert save_settings(session, row, {"purpose": "plan"}, expected_version=1) == 2
        with pytest.raises(VersionConflict):
            save_settings(session, row, {"purpose": "other"}, expected_version=1)
        assert row.purpose == "plan"


def test_the_board_is_kept_as_it_was_when_it_was_reported(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        card = CardRow(organization_id=row.organization_id, team_id=row.team_id, step="q@1", state="planned")
        session.add(card)
        session.flush()
        report_actions(session, row, [card])
        save_card(session, card, {"state": "reported_done"})
        assert [a.state for a in board.reported_actions(session, row.id)] == ["planned"]
        report_actions(session, row, [card])
        session.expire_all()
        assert [a.state for a in board.reported_actions(session, row.id)] == ["reported_done"]

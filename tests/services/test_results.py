"""Results: of what may be seen, from what was published; and assessment files in and out."""

import json
from typing import Any

import pytest
from sqlalchemy import delete, text

from app.domain.answers import Agreed, Level
from app.domain.questionnaire import Questionnaire
from app.formats.attachment import NoAttachedAssessment
from app.formats.problems import Problems
from app.formats.results import result_data
from app.render.in_process import InProcess
from app.services.agreeing import agree_level
from app.services.answering import answer_belief, answer_question
from app.services.closing import close_assessment
from app.services.errors import (
    AssessmentExists,
    NotAllowedHere,
    RawStaysHere,
    SettledChanged,
    TeamArchived,
    WrongMoment,
)
from app.services.example import EXAMPLE, example
from app.services.exchange import attached_packs, export_file, import_file
from app.services.files import GivenFile
from app.services.joining import join_as_guest
from app.services.packs import publish_pack, upload_pack
from app.services.reports import draw_report, keep_report, order_report, source_of
from app.services.results import result_of
from app.services.settled import past_of, settled_text
from app.services.teams import archive_team, make_team
from app.store.lookups import people
from app.store.lookups.answering import participants
from app.store.record.answers import end_votings, purge_answers
from app.store.record.requests import audit_page
from app.store.tables.answering import VoteRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session, reading, writing
from tests.services.conftest import KEY, NOW, TODAY, House

pytestmark = pytest.mark.slow  # makes whole reports

HERE = InProcess()
ROLES = ("data_scientist", "ml_engineer", "platform", "platform", "product", "risk")


def _answered(
    house: House,
    session: Session,
    mlops: Questionnaire,
    quarter: str = "2026-Q3",
    **terms: Any,  # noqa: ANN401
) -> AssessmentRow:
    """Six people say 2 of everything (the pulse), of mon-drift 1 to 4, and believe in nothing."""
    terms = {"variant": "pulse", "purpose": "To see"} | terms
    row = house.begin(session, quarter, **terms)
    for place, role in enumerate(ROLES):
        join_as_guest(session, row, role, on=TODAY, respondent=f"r{place}")
    for place, person in enumerate(participants(session, row.id)):
        for question in mlops.pulse:
            answer_question(session, row, person, question, Level(2 if question != "mon-drift" else place % 4))
        if row.variant == "full":
            answer_belief(session, row, person, "b01", 2)
    return row


def _published(session: Session, row: AssessmentRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(result_data(result_of(session, row))))
    return data


def test_while_it_is_open_only_revealed_and_agreed_questions_are_in_the_result(
    house: House, mlops: Questionnaire
) -> None:
    with writing(house.engine) as session:
        row = _answered(house, session, mlops)
        nothing = _published(session, row)["questions"]
        assert {q["status"] for q in nothing.values()} == {"unknown"}
        end_votings(session, row, "gov-lineage")
        agree_level(session, house.alice, row, "col-oncall", Agreed(Level(1)), at=NOW)
        some = _published(session, row)["questions"]
    assert {n: q["claimed"] for n, q in some.items() if q["status"] == "level"} == {"gov-lineage": 2, "col-oncall": 1}


def test_the_close_counts_every_vote(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops), at=NOW, key=KEY)
        assert {q["status"] for q in _published(session, row)["questions"].values()} == {"level"}


def test_a_closed_result_outlives_its_votes(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops), at=NOW, key=KEY)
        before = _published(session, row)
        session.execute(delete(VoteRow).where(VoteRow.assessment_id == row.id))
        purge_answers(session, row)
        assert _published(session, row) == before


CHANGES = {
    "settled": "UPDATE assessments SET settled = replace(settled, 'level: 2', 'level: 3')",
    "settled_digest": "UPDATE assessments SET settled_digest = lower(hex(zeroblob(32)))",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_number_is_noticed(house: House, mlops: Questionnaire, column: str) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops), at=NOW, key=KEY)
        public_id = row.public_id
        session.execute(text("DROP TRIGGER frozen_assessments"))
        session.execute(text(CHANGES[column]))
    with reading(house.engine) as session:
        row = house.again(session, public_id)
        for look in (result_of, lambda _, r: settled_text(r)):
            with pytest.raises(SettledChanged, match="restore a backup"):
                look(session, row)


def test_nothing_is_settled_before_the_close(house: House) -> None:
    with writing(house.engine) as session, pytest.raises(WrongMoment):
        settled_text(house.begin(session))


def test_earlier_quarters_come_along_and_votes_only_of_open_terms(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        for quarter, anonymity in (("2026-Q1", "anonymous"), ("2026-Q2", "open")):
            row = _answered(house, session, mlops, quarter, anonymity=anonymity)
            close_assessment(session, house.alice, row, at=NOW, key=KEY)
        row = _answered(house, session, mlops, anonymity="open")
        past = past_of(session, row)
        assert [(str(p.sheet.quarter), p.assessment is not None) for p in past] == [
            ("2026-Q1", False),
            ("2026-Q2", True),
        ]
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        change = _published(session, row)["change"]
        assert change["previous"] == "2026-Q2"
        assert change["same_people"]["respondents"] == 6


def test_the_same_question_asked_twice_is_computed_once(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops), at=NOW, key=KEY)
        assert result_of(session, row) is result_of(session, row)


def test_raw_answers_leave_open_terms_only_and_every_export_is_in_the_log(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        closed = close_assessment(session, house.alice, _answered(house, session, mlops, "2026-Q2"), at=NOW, key=KEY)
        with pytest.raises(RawStaysHere):
            export_file(session, house.alice, closed, "raw", at=NOW)
        settled = export_file(session, house.alice, closed, "settled", at=NOW)
        assert b"respondents:\n" not in settled
        row = _answered(house, session, mlops, anonymity="open")
        assert b"r1" not in export_file(session, house.alice, row, "raw", at=NOW)
        assert b"\nsettled:" in export_file(session, house.alice, row, "settled", at=NOW)
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        assert b"id: r1" in export_file(session, house.alice, row, "raw", at=NOW)
        log = [(a.event, a.detail.get("form")) for a in audit_page(session, house.mine)]
        assert log.count(("assessment.exported", "raw")) == 2
        assert log.count(("assessment.exported", "settled")) == 2


def test_a_settled_file_is_a_closed_assessment_with_the_same_result(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops, variant="full"), at=NOW, key=KEY)
        data = export_file(session, house.alice, row, "settled", at=NOW)
        with pytest.raises(AssessmentExists):
            import_file(session, house.alice, house.team(session), GivenFile("a.yaml", data), at=NOW)
        theirs = make_team(session, house.charlie, people.organization(session, "other"), "Copy", at=NOW)
        copy = import_file(session, house.charlie, theirs, GivenFile("a.yaml", data), at=NOW)
        assert copy.state == "closed"
        assert _published(session, copy) == _published(session, row)
        assert export_file(session, house.charlie, copy, "settled", at=NOW) == data
        assert "assessment.imported" in [a.event for a in audit_page(session, house.theirs)]


def test_a_raw_file_gives_the_result_that_the_command_gives(house: House) -> None:
    with writing(house.engine) as session:
        row = import_file(session, house.alice, house.team(session), GivenFile("e.yaml", EXAMPLE.read_bytes()), at=NOW)
        assert (row.state, row.anonymity) == ("open", "open")
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        mine = _published(session, row)
    theirs = json.loads(json.dumps(result_data(example().result)))
    for data in (mine, theirs):
        del data["input_digest"]
        data["assessment"] |= {"organization": "", "team": ""}
    assert mine == theirs


def test_files_that_cannot_be_taken_in_leave_nothing_behind(house: House) -> None:
    raw = EXAMPLE.read_bytes()
    with writing(house.engine) as session:
        team = house.team(session)
        for data, error in (
            (b"%PDF-1.7 nothing", NoAttachedAssessment),
            (b"format: other\n", Problems),
            (raw.replace(b"mlops@1.0.0", b"mine@1.0.0"), Problems),
            (raw.replace(b"\npurpose:", b"\nanonymity: anonymous\npurpose:"), NotAllowedHere),
        ):
            with pytest.raises(error):
                import_file(session, house.alice, team, GivenFile("f", data), at=NOW)
        assert session.execute(text("SELECT count(*) FROM assessments")).scalar() == 0
        archive_team(session, house.alice, team, at=NOW)
        with pytest.raises(TeamArchived):
            import_file(session, house.alice, team, GivenFile("f", raw), at=NOW)


def test_an_own_questionnaire_goes_with_its_assessment(house: House) -> None:
    content = (EXAMPLE.parent / "tiny.v1.yaml").read_bytes()
    with writing(house.engine) as session:
        assert attached_packs(session, house.begin(session)) == ()
        pack = upload_pack(session, house.alice, house.mine, content, name="t", at=NOW)
        publish_pack(session, house.alice, pack, at=NOW)
        row = house.begin(session, "2026-Q4")
        row.pack_id = pack.id
        session.flush()
        assert [file.data for file in attached_packs(session, row)] == [content]


def test_a_report_of_a_closed_assessment_is_kept_and_one_of_an_open_one_is_not(
    house: House, mlops: Questionnaire
) -> None:
    with writing(house.engine) as session:
        row = _answered(house, session, mlops)
        order = order_report(session, row, source_of(session, row), "json")
        keep_report(session, order, draw_report(order, HERE))
        assert order_report(session, row, source_of(session, row), "json").kept is None
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        order = order_report(session, row, source_of(session, row), "json")
        content = draw_report(order, HERE)
        keep_report(session, order, content)
        keep_report(session, order, content)
        kept = order_report(session, row, source_of(session, row), "json")
        assert kept.kept == content
        assert draw_report(kept, HERE) == content
        assert order_report(session, row, source_of(session, row), "html").kept is None


@pytest.mark.slow
def test_the_pdf_of_a_report_brings_the_assessment_back(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _answered(house, session, mlops), at=NOW, key=KEY)
        before = _published(session, row)
        pdf = draw_report(order_report(session, row, source_of(session, row), "pdf"), HERE)
        bare = draw_report(order_report(session, row, source_of(session, row), "pdf", "none"), HERE)
        team = make_team(session, house.charlie, people.organization(session, "other"), "Copy", at=NOW)
        with pytest.raises(NoAttachedAssessment):
            import_file(session, house.charlie, team, GivenFile("r.pdf", bare), at=NOW)
        copy = import_file(session, house.charlie, team, GivenFile("r.pdf", pdf), at=NOW)
        assert _published(session, copy) == before

"""What is forgotten: raw votes by the organization's rule, a person on request and without a trace."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.answers import Level
from app.domain.questionnaire import Questionnaire
from app.formats.results import result_json
from app.services.actors import Actor
from app.services.answering import answer_belief, answer_question
from app.services.board import board_of
from app.services.board_cards import CardForm, change_card, find_card
from app.services.board_plans import accept_plan
from app.services.closing import close_assessment
from app.services.errors import WrongMoment
from app.services.exchange import export_file
from app.services.joining import join_as_guest, join_as_member
from app.services.results import result_of
from app.services.retention import delete_person, personal_file, purge_votes
from app.services.tidying import tidy_up
from app.store.compacting import compact
from app.store.errors import NotFound
from app.store.lookups import people
from app.store.lookups.answering import participant_of_user, participants
from app.store.record.requests import audit_page
from app.store.tables.access import ApiTokenRow, InvitationRow, WebSessionRow
from app.store.tables.answering import BeliefRow, ParticipantRow, VoteRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipRow, UserRow
from app.store.tables.records import IdempotencyRow
from app.store.unit_of_work import Session, reading, writing
from tests.services.conftest import KEY, NOW, TODAY, House
from tests.services.quarters import closed

NAME, ADDRESS = "Wilhelmina Tannhäuser", "wilhelmina@tannhaeuser.example"


def _voted(house: House, session: Session, quarter: str = "2026-Q3") -> AssessmentRow:
    """A pulse on which four people voted."""
    row = house.begin(session, quarter, variant="pulse")
    for place in range(4):
        join_as_guest(session, row, "platform", on=TODAY, respondent=f"r{place}")
    for person in participants(session, row.id):
        answer_question(session, row, person, "mon-drift", Level(2), comment="Only I say that")
    return row


def _votes(session: Session, row: AssessmentRow) -> int:
    kinds = (VoteRow, BeliefRow, ParticipantRow)
    return sum(
        session.scalar(select(func.count()).select_from(kind).where(kind.assessment_id == row.id)) or 0
        for kind in kinds
    )


def test_votes_go_after_the_days_of_the_organization_and_results_stay(house: House) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _voted(house, session), at=NOW, key=KEY)
        other = _voted(house, session, "2026-Q4")
        before = result_json(result_of(session, row)), export_file(session, house.alice, row, "settled", at=NOW)
        organization = people.organization(session, "example")
        assert purge_votes(session, organization, now=NOW + dt.timedelta(days=30)) == 0
        assert _votes(session, row) == 8
        assert purge_votes(session, organization, now=NOW + dt.timedelta(days=30, seconds=1)) == 1
        assert (_votes(session, row), _votes(session, other)) == (0, 8)
        assert row.purged_at is not None
        after = result_json(result_of(session, row)), export_file(session, house.alice, row, "settled", at=NOW)
        assert after == before
        assert purge_votes(session, organization, now=NOW + dt.timedelta(days=90)) == 0
        assert [line.event for line in audit_page(session, house.mine)].count("assessment.votes_purged") == 1


def test_an_organization_may_keep_votes_or_let_them_go_at_once(house: House) -> None:
    with writing(house.engine) as session:
        close_assessment(session, house.alice, _voted(house, session), at=NOW, key=KEY)
        organization = people.organization(session, "example")
        organization.retention_days = None
        assert purge_votes(session, organization, now=NOW + dt.timedelta(days=9999)) == 0
        organization.retention_days = 0
        assert purge_votes(session, organization, now=NOW + dt.timedelta(seconds=1)) == 1


def test_each_organization_has_its_own_rule(house: House) -> None:
    with writing(house.engine) as session:
        row = close_assessment(session, house.alice, _voted(house, session), at=NOW, key=KEY)
        assert purge_votes(session, people.organization(session, "other"), now=NOW + dt.timedelta(days=99)) == 0
        assert _votes(session, row) == 8


def _bytes(house: House) -> bytes:
    file = Path(str(house.engine.url.database))
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))


def test_the_timer_forgets_votes_to_the_last_byte(house: House) -> None:
    with writing(house.engine) as session:
        close_assessment(session, house.alice, _voted(house, session), at=NOW, key=KEY)
    assert b"Only I say that" in _bytes(house)
    assert tidy_up(house.engine, now=NOW + dt.timedelta(days=31)).assessments == 1
    assert b"Only I say that" not in _bytes(house)
    assert tidy_up(house.engine, now=NOW + dt.timedelta(days=31)).assessments == 0


def _person(house: House, session: Session, role: str = "member") -> UserRow:
    user = UserRow(email=ADDRESS, name=NAME, fs_uniquifier="u" * 64, password="hash-of-hers")  # noqa: S106 - made up
    session.add(user)
    session.flush()
    session.add(MembershipRow(organization_id=house.mine, user_id=user.id, role=role, all_teams=True, created_at=NOW))
    session.flush()
    return user


def _lived(house: House, session: Session, mlops: Questionnaire) -> UserRow:
    """Somebody who has left a trace in everything that keeps one."""
    user = _person(house, session)
    session.add_all([
        ApiTokenRow(user_id=user.id, token_hash="a" * 64, name="laptop", created_at=NOW),
        WebSessionRow(user_id=user.id, token_hash="b" * 64, device="Firefox", created_at=NOW, seen_at=NOW),
        InvitationRow(
            organization_id=house.mine, token_hash="c" * 64, email=ADDRESS, role="member", created_at=NOW,
            expires_at=NOW,
        ),
        IdempotencyRow(
            actor=f"user:{house.alice.user_id}", key_hash="d" * 64, request_digest="e" * 64, status=201,
            answer=json.dumps({"invited": ADDRESS}).encode(), created_at=NOW,
        ),
    ])  # fmt: skip
    accept_plan(session, house.alice, closed(house, session, mlops), at=NOW)
    for card, owner in zip(board_of(session, house.team(session)).quarters[0].cards, (NAME, ADDRESS), strict=False):
        row = find_card(session, house.mine, card.id)
        change_card(session, Actor(user.id, NAME), row, CardForm("in_progress", owner=owner), at=NOW)
    assessment = house.begin(session, "2026-Q4")
    join_as_member(session, Actor(user.id, NAME), assessment, "platform", on=TODAY)
    person = participant_of_user(session, assessment.id, user.id)
    answer_question(session, assessment, person, "mon-drift", Level(3), comment="Mine alone")
    answer_belief(session, assessment, person, "b01", 4)
    return user


def test_a_person_gets_all_their_data_as_one_file(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        data = personal_file(session, _lived(house, session, mlops))
    told = json.loads(data)
    assert (told["person"]["email"], told["person"]["name"]) == (ADDRESS, NAME)
    assert told["memberships"] == [
        {"organization": "example", "role": "member", "since": NOW.isoformat(), "teams": "all"}
    ]
    (answers,) = told["answers"]
    assert (answers["quarter"], answers["role"], answers["beliefs"]) == ("2026-Q4", "platform", {"b01": 4})
    assert answers["votes"] == [
        {"question": "mon-drift", "voting": 1, "kind": "level", "level": 3, "reason": None, "comment": "Mine alone"}
    ]
    assert len(told["actions_owned"]) == 2
    assert [t["name"] for t in told["api_tokens"]] == ["laptop"]
    assert [s["device"] for s in told["sessions"]] == ["Firefox"]
    assert [i["role"] for i in told["invitations"]] == ["member"]
    assert {line["event"] for line in told["log"]} == {"action.changed"}
    for secret in (b"hash-of-hers", b"a" * 64, b"b" * 64, b"u" * 64):
        assert secret not in data


def test_a_file_holds_nothing_of_somebody_else(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _lived(house, session, mlops)
        bob = people.user_by_email(session, "bob@example.org")
        told = personal_file(session, bob).decode()
    assert NAME not in told
    assert json.loads(told)["answers"] == []


def test_a_name_opens_no_board(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        user = _lived(house, session, mlops)
        row = people.membership(session, house.mine, user.id)
        for card in board_of(session, house.team(session)).cards:
            found = find_card(session, house.mine, card.id)
            found.note = "between us"
        session.flush()
        for role, notes in (("member", {"between us"}), ("viewer", {None})):
            row.role = role
            session.flush()
            assert {one["note"] for one in json.loads(personal_file(session, user))["actions_owned"]} == notes


def test_a_deleted_person_leaves_no_byte_of_name_or_address(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _lived(house, session, mlops)
    marks = (NAME.encode(), ADDRESS.encode())
    assert all(mark in _bytes(house) for mark in marks)
    with writing(house.engine) as session:
        delete_person(session, people.user_by_email(session, ADDRESS), at=NOW)
    assert compact(house.engine)
    assert [mark for mark in marks if mark in _bytes(house)] == []
    with reading(house.engine) as session:
        with pytest.raises(NotFound):
            people.user_by_email(session, ADDRESS)
        cards = board_of(session, house.team(session)).cards
        assert {card.state for card in cards} == {"in_progress", "planned"}
        assert {card.owner for card in cards} == {None}
        row = session.scalars(select(AssessmentRow).where(AssessmentRow.organization_id == house.mine)).all()[-1]
        assert _votes(session, row) == 3
        assert {p.user_id for p in participants(session, row.id)} == {None}
        assert people.user_by_email(session, "bob@example.org").name == "Bob"


def test_who_takes_the_name_of_a_stranger_takes_nothing_of_theirs_along(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _lived(house, session, mlops)
        namesake = UserRow(email="mallory@example.net", name=NAME, fs_uniquifier="m" * 64)
        session.add(namesake)
        session.flush()
        session.add(
            MembershipRow(
                organization_id=house.theirs, user_id=namesake.id, role="member", all_teams=True, created_at=NOW
            )
        )
        session.flush()
        delete_person(session, namesake, at=NOW)
        owners = [card.owner for card in board_of(session, house.team(session)).cards if card.owner]
        assert owners == [NAME, ADDRESS]
        assert session.scalar(select(func.count()).select_from(IdempotencyRow)) == 1


def test_the_only_owner_stays(house: House) -> None:
    with writing(house.engine) as session:
        user = _person(house, session, role="owner")
        with pytest.raises(WrongMoment, match="no other owner"):
            delete_person(session, user, at=NOW)
        people.membership(session, house.mine, people.user_by_email(session, "bob@example.org").id).role = "owner"
        session.flush()
        delete_person(session, user, at=NOW)

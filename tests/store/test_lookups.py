"""Charlie belongs to another organization and must find nothing of ours, by any name he may have heard."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.store.errors import KeyReused, NotFound
from app.store.lookups import access, answering, assessments, board, people, teams
from app.store.record import requests
from app.store.record.requests import KeptAnswer
from app.store.tables.access import ApiTokenRow, InvitationRow, StartLinkRow, WebSessionRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow, PlanRow, ReportRow
from app.store.tables.people import MembershipTeamRow, OrganizationRow, UserRow
from app.store.tables.room import RoomRow
from app.store.tables.teams import PackRow, TeamRow
from app.store.unit_of_work import reading, writing
from tests.store import cast


@dataclass(frozen=True)
class _World:
    ours: OrganizationRow
    theirs: OrganizationRow
    alice: UserRow
    charlie: UserRow
    team: TeamRow
    pack: PackRow
    assessment: AssessmentRow
    card: CardRow
    invitation: InvitationRow


@pytest.fixture
def world(lite: Engine) -> tuple[Engine, _World]:
    with writing(lite) as session:
        session.expire_on_commit = False
        ours, theirs = cast.organization(session, "ours"), cast.organization(session, "theirs")
        alice, charlie = cast.user(session, "alice", ours, role="owner"), cast.user(session, "charlie", theirs)
        team = cast.team(session, ours)
        pack = cast.pack(session, ours)
        row = cast.assessment(session, team, pack)
        card = CardRow(organization_id=ours.id, team_id=team.id, step="q@1")
        invitation = InvitationRow(
            organization_id=ours.id, token_hash="1" * 64, email="bob@example.org", role="member",
            created_at=cast.NOW, expires_at=cast.NOW,
        )  # fmt: skip
        session.add_all([card, invitation])
    return lite, _World(ours, theirs, alice, charlie, team, pack, row, card, invitation)


_Ask = Callable[[Session, _World, OrganizationRow, UserRow], object]
ASKS: dict[str, _Ask] = {
    "organization": lambda s, w, _, u: people.organization_of_user(s, u.id, w.ours.slug)[0],
    "member": lambda s, w, o, _: people.member(s, o.id, w.alice.public_id)[0],
    "membership": lambda s, w, o, _: people.membership(s, o.id, w.alice.id),
    "team": lambda s, w, o, _: teams.team(s, o.id, w.team.public_id),
    "team by name": lambda s, w, o, _: teams.team_by_name(s, o.id, w.team.name),
    "team of user": lambda s, w, _, u: teams.team_of_user(s, u.id, w.team.public_id)[0],
    "pack": lambda s, w, o, _: teams.pack(s, o.id, w.pack.pack, w.pack.version),
    "assessment": lambda s, w, o, _: assessments.assessment(s, o.id, w.assessment.public_id),
    "assessment of user": lambda s, w, _, u: assessments.assessment_of_user(s, u.id, w.assessment.public_id)[0],
    "card": lambda s, w, o, _: board.card(s, o.id, w.card.public_id),
    "card of user": lambda s, w, _, u: board.card_of_user(s, u.id, w.card.public_id)[0],
    "invitation": lambda s, w, o, _: access.invitation(s, o.id, w.invitation.public_id),
}
LISTS: dict[str, Callable[[Session, OrganizationRow, UserRow], object]] = {
    "members": lambda s, o, _: [u.email for u, _ in people.members(s, o.id) if u.name == "alice"],
    "memberships": lambda s, _, u: [o.slug for o, _ in people.memberships_of(s, u.id) if o.slug == "ours"],
    "teams": lambda s, o, _: teams.teams(s, o.id),
    "shelf": lambda s, o, _: teams.shelf(s, o.id),
    "cards": lambda s, o, _: board.cards_of_organization(s, o.id),
    "invitations": lambda s, o, _: access.invitations(s, o.id),
    "my teams": lambda s, o, u: people.teams_of_member(s, people.membership(s, o.id, u.id)),
}


@pytest.mark.parametrize("name", ASKS)
def test_a_stranger_finds_what_is_ours_as_little_as_what_does_not_exist(
    world: tuple[Engine, _World], name: str
) -> None:
    engine, w = world
    with reading(engine) as session:
        assert ASKS[name](session, w, w.ours, w.alice) is not None
        with pytest.raises(NotFound, match="there is no such"):
            ASKS[name](session, w, w.theirs, w.charlie)


@pytest.mark.parametrize("name", LISTS)
def test_a_strangers_lists_hold_nothing_of_ours(world: tuple[Engine, _World], name: str) -> None:
    engine, w = world
    with reading(engine) as session:
        assert LISTS[name](session, w.ours, w.alice)
        assert not LISTS[name](session, w.theirs, w.charlie)


def test_a_person_of_two_organizations_sees_both(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        dora = cast.user(session, "dora", w.ours, w.theirs, role="viewer")
        assert [o.slug for o, _ in people.memberships_of(session, dora.id)] == ["ours", "theirs"]
        assert assessments.assessment_of_user(session, dora.id, w.assessment.public_id)[1].role == "viewer"
        assert people.owners_count(session, w.ours.id) == 1


def test_a_member_of_given_teams_has_these_only(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        cast.team(session, w.ours, "Another")
        bob = cast.user(session, "bob", w.ours, role="member")
        part = people.membership(session, w.ours.id, bob.id)
        part.all_teams = False
        session.add(MembershipTeamRow(membership_id=part.id, team_id=w.team.id, organization_id=w.ours.id))
        session.flush()
        assert [t.name for t in people.teams_of_member(session, part)] == ["Forecasting"]


def test_an_archived_team_is_listed_only_when_asked_for(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        teams.team_by_key(session, w.team.id).archived_at = cast.NOW
        session.flush()
        assert teams.teams(session, w.ours.id) == []
        assert len(teams.teams(session, w.ours.id, archived=True)) == 1


def test_an_own_questionnaire_goes_before_a_shipped_one_of_the_same_name(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        shipped = cast.pack(session)
        assert teams.pack(session, w.ours.id, "mlops", "1.0.0").id == w.pack.id
        assert teams.pack(session, w.theirs.id, "mlops", "1.0.0").id == shipped.id
        assert teams.shipped_pack(session, "mlops", "1.0.0").id == shipped.id
        assert [p.id for p in teams.shelf(session, w.ours.id)] == [w.pack.id, shipped.id]
        assert teams.pack_by_key(session, w.assessment.pack_id).id == w.pack.id


def test_the_history_of_a_team_is_in_order_and_knows_its_last(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        for quarter in ("2026-Q1", "2025-Q4", "2026-Q2"):
            cast.close(cast.assessment(session, w.team, w.pack, quarter))
        session.flush()
        row = assessments.hold_assessment(session, w.assessment.id, alone=True)
        assert [a.quarter for a in assessments.closed_before(session, row)] == ["2025-Q4", "2026-Q1", "2026-Q2"]
        assert assessments.any_closed(session, w.ours.id)
        assert len(assessments.assessments_of_team(session, w.team.id)) == 4
        assert not assessments.any_closed(session, w.theirs.id)


def test_a_room_is_found_by_its_code_while_it_is_open(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        key = {"organization_id": w.ours.id, "assessment_id": w.assessment.id}
        room = RoomRow(**key, code="ABCD", opened_at=cast.NOW)
        session.add(room)
        session.flush()
        assert assessments.room_by_code(session, "ABCD") is room
        room.closed_at, room.code = cast.NOW, None
        session.flush()
        with pytest.raises(NotFound):
            assessments.room_by_code(session, "ABCD")
        assert assessments.room_of(session, w.assessment.id) is room


def test_secrets_are_found_by_their_hash_and_ended_ones_are_not_listed(world: tuple[Engine, _World]) -> None:
    engine, w = world
    times = {"created_at": cast.NOW, "user_id": w.alice.id}
    with writing(engine) as session:
        token = ApiTokenRow(token_hash="2" * 64, **times)
        link = StartLinkRow(token_hash="3" * 64, expires_at=cast.NOW, **times)
        browser = WebSessionRow(token_hash="4" * 64, seen_at=cast.NOW, **times)
        session.add_all([token, link, browser])
        session.flush()
        assert access.api_token(session, "2" * 64) is token
        assert access.start_link(session, "3" * 64) is link
        assert access.web_session(session, "4" * 64) is browser
        assert access.invitation_by_token(session, "1" * 64).email == "bob@example.org"
        assert (access.api_tokens(session, w.alice.id), access.web_sessions(session, w.alice.id)) == (
            [token],
            [browser],
        )
        token.ended_at = browser.ended_at = cast.NOW
        session.flush()
        assert (access.api_tokens(session, w.alice.id), access.web_sessions(session, w.alice.id)) == ([], [])
        with pytest.raises(NotFound):
            access.web_session(session, "4" * 64)


def test_participants_are_counted_by_role_and_found_by_token_or_person(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        one = cast.participant(session, w.assessment, "r1")
        cast.participant(session, w.assessment, "r2", "risk")
        one.token_hash, one.user_id = "5" * 64, w.alice.id
        session.flush()
        assert answering.participant_by_token(session, "5" * 64) is one
        assert answering.participant_of_user(session, w.assessment.id, w.alice.id) is one
        assert answering.roles_joined(session, w.assessment.id) == {"data_scientist": 1, "risk": 1}


def test_plans_and_reports_are_kept(world: tuple[Engine, _World]) -> None:
    engine, w = world
    key = {"organization_id": w.ours.id, "assessment_id": w.assessment.id}
    with writing(engine) as session:
        session.add(PlanRow(**key, team_id=w.team.id, content={"quarters": []}, accepted_at=cast.NOW))
        session.add(ReportRow(**key, form="pdf", input_digest="d", program_version="1", content=b"%PDF"))
        session.flush()
        assert [p.content for p in board.plans(session, w.team.id)] == [{"quarters": []}]
        assert board.report(session, w.assessment.id, "pdf", "d", "1").content == b"%PDF"
        with pytest.raises(NotFound):
            board.report(session, w.assessment.id, "pdf", "d", "2")


def test_a_repeated_request_gets_its_answer_and_another_one_is_refused(engine: Engine) -> None:
    kept = KeptAnswer(201, b"{}", {"Location": "/x"})
    with writing(engine) as session:
        assert requests.recall_answer(session, "user:1", "k", "d") is None
        assert requests.claim_answer(session, "user:1", "k", "d", at=cast.NOW) is None
        requests.finish_answer(session, "user:1", "k", kept)
    with writing(engine) as session:
        row = requests.claim_answer(session, "user:1", "k", "d", at=cast.NOW)
        assert row is not None
        assert KeptAnswer(row.status, row.answer, row.headers) == kept
        assert requests.claim_answer(session, "user:2", "k", "d", at=cast.NOW) is None
        with pytest.raises(KeyReused):
            requests.claim_answer(session, "user:1", "k", "another", at=cast.NOW)


def test_a_twin_of_a_request_waits_for_the_answer_of_the_first(engine: Engine) -> None:
    found: list[int | None] = []

    def twin() -> None:
        with writing(engine) as session:
            row = requests.claim_answer(session, "user:1", "k", "d", at=cast.NOW)
            found.append(row.status if row else None)

    with writing(engine) as session:
        assert requests.claim_answer(session, "user:1", "k", "d", at=cast.NOW) is None
        thread = threading.Thread(target=twin)
        thread.start()
        thread.join(0.2)
        assert not found
        requests.finish_answer(session, "user:1", "k", KeptAnswer(201, b"", {}))
    thread.join()
    assert found == [201]


def test_failures_are_counted_by_window_and_forgotten(engine: Engine) -> None:
    early, late = cast.NOW.replace(hour=8), cast.NOW
    with writing(engine) as session:
        assert [requests.count_failure(session, "k", w) for w in (early, early, late)] == [1, 2, 1]
        assert requests.failures(session, "k", early) == 3
        assert requests.failures(session, "k", late) == 1
        assert requests.forget_before(session, late) == 1
        assert requests.failures(session, "k", early) == 1


def test_the_audit_log_is_read_page_by_page_and_by_its_own_organization(world: tuple[Engine, _World]) -> None:
    engine, w = world
    with writing(engine) as session:
        for number in range(3):
            requests.log(session, w.ours.id, f"event {number}", at=cast.NOW)
        requests.log(session, w.theirs.id, "theirs", at=cast.NOW)
        session.flush()
        first = requests.audit_page(session, w.ours.id, limit=2)
        rest = requests.audit_page(session, w.ours.id, before=first[-1].id, limit=2)
        assert [line.event for line in (*first, *rest)] == ["event 2", "event 1", "event 0"]

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.store.columns import new_public_id
from app.store.record import requests
from app.store.tables import Row
from app.store.tables.answering import AgreedRow, BeliefRow, EvidenceRow, HandsRow, VoteRow, VotingRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import BetRow, ReportedActionRow
from app.store.tables.people import OrganizationRow, UserRow
from app.store.tables.records import AuditRow
from app.store.tables.teams import PackRow, TeamRow
from app.store.unit_of_work import reading, writing
from tests.store import cast

WRONG_VOTES: list[dict[str, Any]] = [
    {"kind": "level"},
    {"kind": "level", "level": 5},
    {"kind": "level", "level": -1},
    {"kind": "level", "level": 2, "reason": "why"},
    {"kind": "dk", "level": 2},
    {"kind": "na"},
    {"kind": "na", "reason": "x", "level": 1},
    {"kind": "maybe"},
    {"kind": "dk", "released": True},
    {"kind": "dk", "voting": 0},
]


@pytest.mark.parametrize("wrong", WRONG_VOTES, ids=str)
def test_the_database_refuses_a_vote_that_breaks_the_rule(lite: Engine, wrong: dict[str, Any]) -> None:
    with writing(lite) as session:
        row = cast.world(session)
        person = cast.participant(session, row, "r1")
        key = {"assessment_id": row.id, "organization_id": row.organization_id, "participant_id": person.id}
        session.add(VoteRow(**key, question="q", **{"voting": 1, **wrong}))
        with pytest.raises(IntegrityError, match="CHECK"):
            session.flush()
        session.rollback()


def test_a_participant_of_one_assessment_cannot_vote_in_another(engine: Engine) -> None:
    with writing(engine) as session:
        mine, theirs = cast.world(session), cast.world(session, "others")
        person = cast.participant(session, mine, "r1")
        vote = VoteRow(
            assessment_id=theirs.id,
            organization_id=theirs.organization_id,
            participant_id=person.id,
            question="q",
            voting=1,
            kind="dk",
        )
        session.add(vote)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_one_assessment_of_a_team_quarter_and_variant_until_it_is_voided(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        team, pack = session.get_one(TeamRow, row.team_id), session.get_one(PackRow, row.pack_id)
        with pytest.raises(IntegrityError), session.begin_nested():
            cast.assessment(session, team, pack)
        cast.close(row)
        row.state = "voided"
        session.flush()
        assert cast.assessment(session, team, pack).state == "open"


FACTS: list[tuple[type[Row], dict[str, Any], dict[str, Any]]] = [
    (VotingRow, {"question": "q", "number": 1}, {"ended": True}),
    (AgreedRow, {"question": "q", "level": 1}, {"level": 2}),
    (EvidenceRow, {"question": "q", "grade": 0}, {"grade": 1}),
    (HandsRow, {"question": "q", "role": "r", "counts": [0] * 7}, {"counts": [1] * 7}),
    (BetRow, {"question": "q", "level": 1}, {"level": 2}),
    (ReportedActionRow, {"step": "q@1", "state": "planned"}, {"state": "verified"}),
]


@pytest.mark.parametrize(("kind", "values", "change"), FACTS, ids=lambda v: getattr(v, "__name__", ""))
def test_facts_of_a_closed_assessment_never_change(
    engine: Engine, kind: type[Row], values: dict[str, Any], change: dict[str, Any]
) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        key = {"assessment_id": row.id, "organization_id": row.organization_id}
        session.add(kind(**key, **values))
        session.flush()
        cast.close(row)
        session.flush()
        of_mine = kind.__table__.c.assessment_id == row.id
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(update(kind).where(of_mine).values(**change))
        more = {**values, **({"step": "q@2"} if "step" in values else {"question": "other"})}
        values_of_more = {**key, **more}
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(insert(kind).values(**values_of_more))


def test_votes_of_a_closed_assessment_never_change_but_can_be_forgotten(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        person = cast.participant(session, row, "r1")
        key = {"assessment_id": row.id, "organization_id": row.organization_id, "participant_id": person.id}
        vote, belief = VoteRow(**key, question="q", voting=1, kind="dk"), BeliefRow(**key, belief="b", agree=1)
        session.add_all([vote, belief])
        session.flush()
        cast.close(row)
        session.flush()
        for kind, change in ((VoteRow, {"comment": "late"}), (BeliefRow, {"agree": 5})):
            with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
                session.execute(update(kind).where(kind.assessment_id == row.id).values(**change))
        session.delete(person)
        session.flush()
        session.expunge_all()
        assert session.scalars(select(VoteRow).where(VoteRow.assessment_id == row.id)).all() == []


@pytest.mark.parametrize("change", [{"state": "open"}, {"purpose": "another"}, {"settled": {"questions": 1}}], ids=str)
def test_a_closed_assessment_never_changes(engine: Engine, change: dict[str, Any]) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        cast.close(row)
        session.flush()
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(update(AssessmentRow).where(AssessmentRow.id == row.id).values(**change))
        row.purged_at = cast.NOW
        session.flush()


def test_a_published_questionnaire_never_changes_and_a_draft_may(engine: Engine) -> None:
    with writing(engine) as session:
        whose = cast.organization(session)
        made = cast.pack(session, whose)
        draft = cast.pack(session, whose, "1.1.0-draft", published=False)
        draft.content = "better"
        session.flush()
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(update(PackRow).where(PackRow.id == made.id).values(content="another"))
        session.expire_all()
        assert made.content == "x"


def test_a_questionnaire_is_shipped_once(engine: Engine) -> None:
    with writing(engine) as session:
        cast.pack(session)
        with pytest.raises(IntegrityError), session.begin_nested():
            cast.pack(session)
        cast.pack(session, cast.organization(session))


def test_the_audit_log_is_only_added_to(engine: Engine) -> None:
    with writing(engine) as session:
        whose = cast.organization(session)
        requests.log(session, whose.id, "made", at=cast.NOW, target=whose.slug, detail={"n": 1})
        session.flush()
        line = requests.audit_page(session, whose.id)[0]
        with pytest.raises(DBAPIError, match="only added to"), session.begin_nested():
            session.execute(update(AuditRow).where(AuditRow.id == line.id).values(event="nothing"))
        assert (line.at, line.detail) == (cast.NOW, {"n": 1})


def test_values_come_back_as_they_were_stored(engine: Engine) -> None:
    moment = dt.datetime(2026, 9, 30, 14, 30, 1, 250, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    with writing(engine) as session:
        row = cast.world(session)
        row.capacity_people, row.capacity_working_days, row.capacity_share = map(Decimal, ("8", "60", "0.10"))
        row.scope, row.target_levels, row.opened_at = ["b", "a"], {"q": 4}, moment
        session.add(UserRow(email="a@b.c", fs_uniquifier="u", mf_recovery_codes=["1", "2"]))
        key = row.id
    with reading(engine) as session:
        row = session.get_one(AssessmentRow, key)
        assert str(row.capacity_share) == "0.10"
        assert (row.scope, row.target_levels, row.settled) == (["b", "a"], {"q": 4}, None)
        assert row.opened_at == moment
        assert row.opened_at.tzinfo is dt.UTC
        user = session.scalars(select(UserRow)).one()
        assert (user.mf_recovery_codes, user.active, user.roles) == (["1", "2"], True, [])
        assert user.create_datetime.tzinfo is dt.UTC


def test_a_change_inside_a_list_of_recovery_codes_is_stored(lite: Engine) -> None:
    with writing(lite) as session:
        session.add(UserRow(email="a@b.c", fs_uniquifier="u", mf_recovery_codes=["1", "2"]))
    with writing(lite) as session:
        user = session.scalars(select(UserRow)).one()
        assert user.mf_recovery_codes is not None
        user.mf_recovery_codes.remove("1")
    with reading(lite) as session:
        assert session.scalars(select(UserRow)).one().mf_recovery_codes == ["2"]


def test_a_moment_without_its_zone_is_refused(lite: Engine) -> None:
    with writing(lite) as session:
        session.add(OrganizationRow(slug="x", name="x", created_at=dt.datetime(2026, 1, 1)))  # noqa: DTZ001
        with pytest.raises(Exception, match="time zone"):
            session.flush()
        session.rollback()


def test_every_table_of_a_tenant_names_the_organization() -> None:
    of_people_or_program = {
        "organizations", "users", "credentials", "start_links", "api_tokens", "web_sessions",
        "idempotency_keys", "throttles",
    }  # fmt: skip
    tables = {name for name, table in Row.metadata.tables.items() if "organization_id" not in table.c}
    assert tables == of_people_or_program


def test_votes_and_participants_keep_no_order(lite: Engine) -> None:
    with reading(lite) as session:
        for table in ("votes", "belief_answers", "participants"):
            with pytest.raises(DBAPIError, match="no such column"):
                session.execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608
    columns = {c["name"]: str(c["type"]) for t in ("votes", "participants") for c in inspect(lite).get_columns(t)}
    assert not [name for name, kind in columns.items() if kind in {"DATETIME", "TIMESTAMP", "TIME"}]


def test_deleting_an_organization_takes_everything_with_it(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        cast.participant(session, row, "r1")
        requests.log(session, row.organization_id, "made", at=cast.NOW)
        session.flush()
        kept = cast.world(session, "others")
        session.delete(session.get_one(OrganizationRow, row.organization_id))
        session.flush()
        assert _count(session, "assessments") == 1
        assert session.get_one(AssessmentRow, kept.id).state == "open"
        assert _count(session, "participants") == _count(session, "audit_log") == 0


def _count(session: Session, table: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_public_ids_cannot_be_guessed_and_may_stand_first_on_a_command_line() -> None:
    made = {new_public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 20 and one.isalnum() for one in made)

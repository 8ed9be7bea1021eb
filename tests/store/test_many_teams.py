"""What is asked of many teams at once, on both databases: what they share, what is due, what they offer."""

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from app.store.lookups import assessments, offers, overview, people, reminding
from app.store.record.offers import drop_offer, keep_offer
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.people import MembershipRow, MembershipTeamRow, OrganizationRow, UserRow
from app.store.tables.teams import OfferRow, SummaryRow, TeamRow
from app.store.unit_of_work import Session, writing
from tests.store import cast

_DAY = dt.date(2026, 12, 20)


@dataclass(frozen=True)
class _Many:
    ours: OrganizationRow
    theirs: OrganizationRow
    teams: list[TeamRow]
    last: list[AssessmentRow]


def _many(session: Session) -> _Many:
    """Three teams of ours with summaries, and one of theirs with the same findings."""
    ours, theirs = cast.organization(session, "ours"), cast.organization(session, "theirs")
    made: list[TeamRow] = []
    rows: list[AssessmentRow] = []
    for organization, name in ((ours, "b"), (ours, "A"), (ours, "c"), (theirs, "d")):
        team = cast.team(session, organization, name)
        row = cast.assessment(session, team, cast.pack(session, organization, f"1.0.{len(made)}"), "2026-Q3")
        cast.close(row)
        session.flush()
        blockers = [["gov-owner", "Ownership"], ["monitoring", "Monitoring"]][: 1 if name == "c" else 2]
        content = {"dimensions": {}, "names": {}, "stage": 1, "blockers": blockers, "myths": []}
        session.add(
            SummaryRow(
                team_id=team.id, organization_id=organization.id, assessment_id=row.id, settled_digest="0" * 64,
                program_version="1", content=content, trend=[],
            )
        )  # fmt: skip
        made.append(team)
        rows.append(row)
    session.flush()
    return _Many(ours, theirs, made, rows)


def test_the_database_counts_what_teams_share(engine: Engine) -> None:
    with writing(engine) as session:
        many = _many(session)
        shared = overview.common(session, many.ours.id, "1", "blockers", tag=None, most=10)
        assert shared == [("gov-owner", "Ownership", 3), ("monitoring", "Monitoring", 2)]
        assert overview.common(session, many.ours.id, "1", "blockers", tag=None, most=1) == shared[:1]
        assert overview.common(session, many.ours.id, "1", "myths", tag=None, most=10) == []
        assert overview.common(session, many.ours.id, "2", "blockers", tag=None, most=10) == []
        assert overview.common(session, many.theirs.id, "1", "blockers", tag=None, most=10) == []
        assert overview.counted(session, many.ours.id, "1", tag=None) == 3
        assert overview.stale_summaries(session, many.ours.id, "2", 2) == sorted(t.id for t in many.teams[:3])[:2]


def _member(session: Session, many: _Many, role: str, *teams: TeamRow) -> MembershipRow:
    user = cast.user(session, f"{role}{len(teams)}", many.ours, role=role)
    row = people.membership(session, many.ours.id, user.id)
    row.all_teams = not teams
    session.add_all(
        MembershipTeamRow(membership_id=row.id, team_id=team.id, organization_id=many.ours.id) for team in teams
    )
    session.flush()
    return row


def test_assessments_are_due_for_those_who_lead_the_team(engine: Engine) -> None:
    with writing(engine) as session:
        many = _many(session)

        def due(row: MembershipRow, limit: int = 9) -> list[str]:
            led = reminding.led_by(many.ours.id, row)
            return [team.name for team in reminding.teams_due(session, many.ours.id, led, "2026-Q4", limit)]

        owner, member = _member(session, many, "owner"), _member(session, many, "member")
        assert due(owner) == ["A", "b", "c"], "no team has a facilitator"
        assert due(owner, 2) == ["A", "b"]
        assert due(member) == []
        one = _member(session, many, "facilitator", many.teams[0])
        assert (due(one), due(owner)) == (["b"], ["A", "c"])
        everybodys = _member(session, many, "facilitator")
        assert (due(everybodys), due(owner)) == (["A", "b", "c"], [])
        cast.assessment(session, many.teams[1], cast.pack(session, many.ours, "2.0.0"), "2026-Q4")
        session.flush()
        assert due(everybodys) == ["b", "c"], "A has begun"


def test_actions_are_due_for_their_owner_and_for_those_who_lead_the_team(engine: Engine) -> None:
    with writing(engine) as session:
        many = _many(session)
        for team, owner, day in ((0, "Mia", 1), (1, None, 2), (1, "MIA", 30), (2, "Jon", 3)):
            step = f"q{day}@1"
            session.add(
                CardRow(
                    organization_id=many.ours.id, team_id=many.teams[team].id, step=step, owner=owner,
                    due=_DAY + dt.timedelta(days=day),
                )
            )  # fmt: skip
        one, nobody = _member(session, many, "facilitator", many.teams[1]), _member(session, many, "viewer")

        def due(row: MembershipRow, *names: str, limit: int = 9) -> list[str]:
            led, until = reminding.led_by(many.ours.id, row), _DAY + dt.timedelta(days=5)
            return [c.step for c in reminding.cards_due_for(session, many.ours.id, until, led, names, limit)]

        assert due(nobody) == []
        assert due(nobody, "mia") == ["q1@1"]
        assert due(one, "mia") == ["q1@1", "q2@1"]
        assert due(one, "mia", limit=1) == ["q1@1"]
        user = session.get_one(UserRow, one.user_id)
        assert [u.id for u in people.people_named(session, many.ours.id, {user.email.lower()})] == [user.id]
        assert people.people_named(session, many.theirs.id, {user.email.lower()}) == []


def test_one_offer_a_team_of_a_closed_assessment(engine: Engine) -> None:
    with writing(engine) as session:
        many = _many(session)
        for team, row, questions in ((0, 0, ["x"]), (1, 1, ["x"]), (0, 0, ["y", "z"]), (3, 3, ["x"])):
            keep_offer(
                session,
                OfferRow(
                    team_id=many.teams[team].id, organization_id=many.teams[team].organization_id,
                    assessment_id=many.last[row].id, questions=questions, note=None, offered_at=cast.NOW,
                    offered_by=None,
                ),
            )  # fmt: skip
        found = offers.offers(session, many.ours.id)
        assert [(team.name, offer.questions) for offer, team, _ in found] == [("A", ["x"]), ("b", ["y", "z"])]
        many.teams[1].archived_at = cast.NOW
        session.flush()
        assert [team.name for _, team, _ in offers.offers(session, many.ours.id)] == ["b"]
        drop_offer(session, many.teams[0].id)
        assert offers.offers(session, many.ours.id) == []
        assert offers.offer(session, many.teams[0].id) is None


@pytest.mark.parametrize("limit", [1, 9])
def test_what_is_under_way_is_counted_and_told_of_in_part(engine: Engine, limit: int) -> None:
    with writing(engine) as session:
        many = _many(session)
        pack = cast.pack(session, many.ours, "2.0.0")
        for team in many.teams[:2]:
            cast.assessment(session, team, pack, "2026-Q4")
        session.flush()
        drafts, opened = assessments.unfinished_count(session, many.ours.id)
        assert drafts + opened == 2
        assert len(assessments.unfinished(session, many.ours.id, limit)) == min(2, limit)
        assert assessments.unfinished(session, many.ours.id, limit, teams=[many.teams[2].id]) == []
        assert assessments.newest_pack(session, many.theirs.id) == many.last[3].pack_id

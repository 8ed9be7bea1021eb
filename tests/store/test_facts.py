import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import cast as typed

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.answers import (
    Agreed,
    Bet,
    Capacity,
    DontKnow,
    Evidence,
    EvidenceItem,
    Grade,
    Hands,
    Level,
    NotApplicable,
    ReleasedComment,
    ReportedAction,
    Voting,
)
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.store.facts import assessment_facts
from app.store.record.answers import (
    end_votings,
    open_voting,
    record_belief,
    record_vote,
    release_comment,
    save_bets,
    save_hands,
)
from app.store.record.versions import report_actions, save_agreed, save_evidence
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.unit_of_work import writing
from tests.store import cast

#: Only which ids there are matters here.
PACK = typed(
    Questionnaire,
    SimpleNamespace(by_id=dict.fromkeys(("p", "q", "s")), beliefs=[SimpleNamespace(id="b1"), SimpleNamespace(id="b2")]),
)


def _voted(session: Session) -> AssessmentRow:
    """r2 and r1 voted on q (voting 1 ended, 2 is open) and p (nothing ended), and said a belief."""
    row = cast.world(session)
    second, first = cast.participant(session, row, "r2"), cast.participant(session, row, "r1", "platform")
    cast.participant(session, row, "r0")
    record_vote(session, second, "q", 1, Level(4), comment="not so fast")
    record_vote(session, first, "q", 1, Level(1))
    end_votings(session, row, "q")
    open_voting(session, row, "q", 2)
    record_vote(session, second, "q", 2, Level(3))
    record_vote(session, first, "p", 1, DontKnow())
    record_vote(session, first, "gone", 1, Level(2))
    end_votings(session, row, "gone")
    record_belief(session, first, "b2", 4)
    record_belief(session, first, "b1", None)
    record_belief(session, first, "gone", 1)
    release_comment(session, second, "q", 1, released=True)
    return row


def test_before_the_close_only_ended_votings_count_and_no_beliefs(engine: Engine) -> None:
    with writing(engine) as session:
        facts = assessment_facts(session, _voted(session), PACK)
    assert [(r.id, r.role, r.answers, r.beliefs) for r in facts.respondents] == [
        ("r1", "platform", {"q": Level(1)}, {}),
        ("r2", "data_scientist", {"q": Level(4)}, {}),
    ]
    assert facts.votings == ()
    assert facts.comments == (ReleasedComment("q", "not so fast"),)


@pytest.mark.parametrize("how", ["closing", "closed"])
def test_the_close_counts_everything_and_keeps_the_history_of_a_second_vote(engine: Engine, how: str) -> None:
    with writing(engine) as session:
        row = _voted(session)
        if how == "closed":
            cast.close(row)
            session.flush()
        facts = assessment_facts(session, row, PACK, closing=how == "closing")
    assert [(r.id, r.answers, r.beliefs) for r in facts.respondents] == [
        ("r1", {"p": DontKnow()}, {"b1": None, "b2": 4}),
        ("r2", {"q": Level(3)}, {}),
    ]
    assert facts.votings == (
        Voting("q", 1, {"r1": Level(1), "r2": Level(4)}),
        Voting("q", 2, {"r2": Level(3)}),
    )


def test_a_voting_nobody_answered_leaves_no_gap_in_the_history(lite: Engine) -> None:
    with writing(lite) as session:
        row = cast.world(session)
        who = cast.participant(session, row, "r1")
        open_voting(session, row, "q", 1)
        record_vote(session, who, "q", 2, Level(1))
        record_vote(session, who, "q", 4, NotApplicable("bought in"))
        end_votings(session, row, "q")
        facts = assessment_facts(session, row, PACK)
    assert [(v.number, v.votes) for v in facts.votings] == [
        (1, {"r1": Level(1)}),
        (2, {"r1": NotApplicable("bought in")}),
    ]


def test_everything_that_was_recorded_is_in_the_facts(engine: Engine) -> None:
    seen = Evidence(Grade.E1, (EvidenceItem("record", date=dt.date(2026, 7, 10)),))
    with writing(engine) as session:
        row = cast.world(session)
        row.purpose, row.scope, row.target, row.target_levels = "plan", ["m"], 2, {"q": 4}
        row.context, row.anonymity, row.stable_ids, row.variant = {"c": "3-10"}, "open", True, "pulse"
        row.capacity_people, row.capacity_working_days, row.capacity_share = map(Decimal, ("8", "60", "0.10"))
        for question, agreed in (("q", Agreed(Level(2), "n")), ("p", None), ("gone", Agreed(Level(1)))):
            save_agreed(session, row, question, agreed)
        save_evidence(session, row, "q", seen)
        save_hands(session, row, "s", [Hands("b", (0, 2, 1, 0, 0, 3, 4)), Hands("a", (1, 0, 0, 0, 0, 0, 0))])
        save_bets(session, row, [Bet("q", 3)])
        card = CardRow(
            organization_id=row.organization_id, team_id=row.team_id, step="q@2", state="reported_done", owner="r1",
            started=cast.DAY, effort_days=Decimal("6.5"), verified_in="2026-Q2",
        )  # fmt: skip
        report_actions(session, row, [card])
        facts = assessment_facts(session, row, PACK)
    assert (facts.organization, facts.team, facts.quarter, facts.date) == (
        "Example", "Forecasting", Quarter(2026, 3), cast.DAY,
    )  # fmt: skip
    assert (facts.purpose, facts.scope, facts.target, facts.target_levels) == ("plan", ("m",), 2, {"q": 4})
    assert (facts.context, facts.anonymity, facts.stable_ids) == ({"c": "3-10"}, "open", True)
    assert facts.variant == "pulse"
    assert facts.capacity == Capacity(Decimal(8), Decimal(60), Decimal("0.10"))
    assert facts.agreed == {"q": Agreed(Level(2), "n")}
    assert facts.evidence == {"q": seen}
    assert facts.hands == {"s": (Hands("a", (1, 0, 0, 0, 0, 0, 0)), Hands("b", (0, 2, 1, 0, 0, 3, 4)))}
    assert facts.bets == (Bet("q", 3),)
    assert facts.actions == (ReportedAction("q@2", "reported_done", "r1", cast.DAY, Decimal("6.5"), Quarter(2026, 2)),)

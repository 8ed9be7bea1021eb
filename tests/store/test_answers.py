"""Votes under every order of arrival: the last one the device made wins, twice counts once."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.answers import Answer, Bet, DontKnow, Hands, Level, NotApplicable
from app.store.facts import answer_of
from app.store.lookups import answering, board
from app.store.record.answers import (
    end_votings,
    open_voting,
    purge_answers,
    record_belief,
    record_vote,
    release_comment,
    save_bets,
    save_hands,
)
from app.store.schema import migrate
from app.store.tables.answering import ParticipantRow
from app.store.unit_of_work import make_engine, reading, writing
from tests.store import cast

ANSWERS: list[Answer] = [*map(Level, range(5)), DontKnow(), NotApplicable("bought in")]


@pytest.fixture
def person(engine: Engine) -> tuple[Engine, ParticipantRow]:
    with writing(engine) as session:
        made = cast.participant(session, cast.world(session), "r1")
        session.expunge(made)
    return engine, made


def _stored(session: Session, person: ParticipantRow) -> list[tuple[Answer, str | None, int]]:
    return [(answer_of(v), v.comment, v.seq) for v in answering.own_votes(session, person)]


def test_the_same_vote_twice_counts_once(person: tuple[Engine, ParticipantRow]) -> None:
    engine, who = person
    with writing(engine) as session:
        assert record_vote(session, who, "q", 1, Level(3), seq=1)
        assert not record_vote(session, who, "q", 1, Level(3), seq=1)
        assert answering.voted_count(session, who.assessment_id, "q", 1) == 1


def test_a_late_older_vote_changes_nothing_in_any_order_of_arrival(person: tuple[Engine, ParticipantRow]) -> None:
    engine, who = person
    sent: list[tuple[int, Answer, str | None]] = [
        (1, Level(1), "first"),
        (2, DontKnow(), None),
        (3, NotApplicable("bought in"), "third"),
    ]
    for number, order in enumerate(permutations([*sent, sent[0]])):
        with writing(engine) as session:
            for seq, answer, comment in order:
                record_vote(session, who, f"q{number:02}", 1, answer, comment=comment, seq=seq)
    with reading(engine) as session:
        assert set(_stored(session, who)) == {(NotApplicable("bought in"), "third", 3)}
        assert len(_stored(session, who)) == 24


def test_without_a_number_the_last_to_arrive_wins(person: tuple[Engine, ParticipantRow]) -> None:
    engine, who = person
    with writing(engine) as session:
        record_vote(session, who, "q", 1, Level(1), seq=5)
        record_vote(session, who, "q", 1, Level(2))
        record_vote(session, who, "q", 1, Level(3), seq=4)
        assert _stored(session, who) == [(Level(2), None, 5)]


def test_beliefs_follow_the_same_rule(person: tuple[Engine, ParticipantRow]) -> None:
    engine, who = person
    with writing(engine) as session:
        assert record_belief(session, who, "b", 4, seq=2)
        assert not record_belief(session, who, "b", 1, seq=1)
        assert record_belief(session, who, "b", None, seq=3)
        assert [(b.belief, b.agree, b.seq) for b in answering.own_beliefs(session, who)] == [("b", None, 3)]


def test_a_comment_is_released_by_its_author_until_it_changes(person: tuple[Engine, ParticipantRow]) -> None:
    engine, who = person
    with writing(engine) as session:
        record_vote(session, who, "q", 1, Level(1))
        assert not release_comment(session, who, "q", 1, released=True)
        record_vote(session, who, "q", 1, Level(1), comment="why")
        assert release_comment(session, who, "q", 1, released=True)
        session.expire_all()
        assert answering.own_votes(session, who)[0].released
        record_vote(session, who, "q", 1, Level(1), comment="something else")
        session.expire_all()
        assert not answering.own_votes(session, who)[0].released


def test_a_reveal_ends_every_voting_of_the_question_also_what_was_answered_beforehand(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        who = cast.participant(session, row, "r1")
        record_vote(session, who, "q", 1, Level(1))
        assert not answering.has_ended(session, row.id, "q")
        assert end_votings(session, row, "q") == 1
        assert answering.has_ended(session, row.id, "q")
        open_voting(session, row, "q", 2)
        assert not answering.has_ended(session, row.id, "q")
        assert end_votings(session, row, "q") == 2
        open_voting(session, row, "q", 2)
        assert answering.has_ended(session, row.id, "q")
        assert not answering.has_ended(session, row.id, "other")


def test_hands_and_bets_are_replaced_as_a_whole(engine: Engine) -> None:
    with writing(engine) as session:
        row = cast.world(session)
        save_hands(session, row, "q", [Hands("a", (1, 0, 0, 0, 0, 0, 0)), Hands("b", (0, 1, 0, 0, 0, 0, 0))])
        save_hands(session, row, "q", [Hands("b", (0, 2, 0, 0, 0, 0, 0))])
        assert [(h.role, h.counts) for h in answering.hands(session, row.id)] == [("b", [0, 2, 0, 0, 0, 0, 0])]
        save_bets(session, row, [Bet("q", 2), Bet("p", 1)])
        save_bets(session, row, [Bet("q", 3)])
        assert [(b.question, b.level) for b in board.bets(session, row.id)] == [("q", 3)]


def test_purging_a_closed_assessment_forgets_who_voted_what(engine: Engine) -> None:
    with writing(engine) as session:
        row, other = cast.world(session), cast.world(session, "others")
        for one in (row, other):
            who = cast.participant(session, one, "r1")
            record_vote(session, who, "q", 1, Level(1))
            record_belief(session, who, "b", 1)
        cast.close(row)
        session.flush()
        assert purge_answers(session, row) == 1
        assert answering.participants(session, row.id) == []
        assert len(answering.participants(session, other.id)) == 1


class Storm(RuleBasedStateMachine):
    """Two devices send, repeat and delay votes; the store is compared with the plainest model there is."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = make_engine("sqlite://", guarded=True)
        migrate(self.engine)
        with writing(self.engine) as session:
            row = cast.world(session)
            self.people = [cast.participant(session, row, name) for name in ("r1", "r2")]
            session.expunge_all()
        self.sent: list[tuple[int, str, int, int, Answer]] = []
        self.newest: dict[tuple[int, str, int], tuple[int, Answer]] = {}

    @rule(person=st.integers(0, 1), question=st.sampled_from("pq"), voting=st.integers(1, 2),
          answer=st.sampled_from(ANSWERS))  # fmt: skip
    def make(self, person: int, question: str, voting: int, answer: Answer) -> None:
        """Press a button: the vote is on its way."""
        seq = sum(s[:2] == (person, question) for s in self.sent) + 1
        self.sent.append((person, question, voting, seq, answer))

    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        """Any vote ever sent arrives, perhaps once more, perhaps late."""
        if not self.sent:
            return
        person, question, voting, seq, answer = data.draw(st.sampled_from(self.sent))
        with writing(self.engine) as session:
            changed = record_vote(session, self.people[person], question, voting, answer, seq=seq)
        before = self.newest.get((person, question, voting), (0, answer))
        assert changed == (seq > before[0])
        if changed:
            self.newest[person, question, voting] = (seq, answer)

    @invariant()
    def the_newest_arrived_vote_is_stored_once(self) -> None:
        """What is stored is what the model says."""
        with reading(self.engine) as session:
            stored = {
                (i, v.question, v.voting): (v.seq, answer_of(v))
                for i, person in enumerate(self.people)
                for v in answering.own_votes(session, person)
            }
        assert stored == self.newest

    def teardown(self) -> None:
        """Let the database go."""
        self.engine.dispose()


TestStorm = pytest.mark.slow(Storm.TestCase)
TestStorm.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

"""Moves, votes, repeats and late packets in every order: nothing lost, nothing twice, nothing seen too early."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.answers import Level
from app.domain.quarter import Quarter
from app.services.actors import OPERATOR
from app.services.assessments import open_assessment, start_assessment
from app.services.errors import WrongMoment
from app.services.organizations import make_organization
from app.services.rooms.entering import join_room
from app.services.rooms.moves import agree, ask, not_agreed, reveal, undo, vote_again
from app.services.rooms.opening import open_room
from app.services.rooms.states import shared_state
from app.services.rooms.voting import vote
from app.services.rooms.wording import state_json
from app.services.teams import make_team
from app.store.lookups.rooms import Seat, votes_cast
from app.store.tables.room import RoomRow
from app.store.unit_of_work import make_engine, writing

NOW = dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC)
QUESTIONS = ("mon-drift", "mon-cost")
ROLES = ("data_scientist", "data_scientist", "ml_engineer", "platform")
_people = st.integers(0, len(ROLES) - 1)
_questions = st.sampled_from(QUESTIONS)


def _machine(prepared: Path) -> type[RuleBasedStateMachine]:  # noqa: C901 - one rule each
    class Workshop(RuleBasedStateMachine):
        """The server, and a model of what it acknowledged."""

        def __init__(self) -> None:
            super().__init__()
            self.folder = TemporaryDirectory()
            file = Path(self.folder.name) / "room.db"
            shutil.copyfile(prepared, file)
            self.engine = make_engine(f"sqlite:///{file}", guarded=True)
            self.unit = writing(self.engine)
            self.session = self.unit.__enter__()
            self.seats: list[Seat] = []
            self.stored: dict[tuple[str, int, int], tuple[int, int]] = {}
            self.sent: list[tuple[int, str, int, int, int]] = []
            self.seq = 0
            self.revision = 0
            self.seen: dict[str, Any] = {}

        @initialize()
        def begin(self) -> None:
            whose = make_organization(self.session, OPERATOR, "example", "Example", at=NOW)
            team = make_team(self.session, OPERATOR, whose, "Team", at=NOW)
            row = start_assessment(self.session, OPERATOR, team, Quarter(2026, 3), "mlops@1.0.0", at=NOW)
            open_assessment(self.session, OPERATOR, row, at=NOW)
            self.room: RoomRow = open_room(self.session, OPERATOR, row, at=NOW).room
            for place, role in enumerate(ROLES):
                key = f"device-made-key-{place}"
                came = join_room(self.session, self.room, role, key=b"k" * 32, idempotency_key=key, on=NOW.date())
                self.seats.append(came.seat)

        def _send(self, person: int, question: str, voting: int, level: int, seq: int) -> None:
            try:
                with self.session.begin_nested():
                    vote(self.session, self.seats[person], question, voting, Level(level), seq=seq)
            except WrongMoment:
                return
            key = (question, voting, self.seats[person].participant_id)
            if seq > self.stored.get(key, (0, -1))[1]:
                self.stored[key] = (level, seq)

        @rule(person=_people, question=_questions, voting=st.integers(1, 3), level=st.integers(0, 4))
        def votes(self, person: int, question: str, voting: int, level: int) -> None:
            self.seq += 1
            self.sent.append((person, question, voting, level, self.seq))
            self._send(*self.sent[-1])

        @precondition(lambda self: self.sent)
        @rule(which=st.integers(0, 1000))
        def a_packet_comes_again_or_late(self, which: int) -> None:
            self._send(*self.sent[which % len(self.sent)])

        @rule(person=_people)
        def somebody_joins_again(self, person: int) -> None:
            key = f"device-made-key-{person}"
            again = join_room(self.session, self.room, ROLES[person], key=b"k" * 32, idempotency_key=key, on=NOW.date())
            assert again.seat.participant_id == self.seats[person].participant_id

        @rule(move=st.sampled_from([reveal, vote_again, not_agreed, undo]))
        def the_facilitator_moves(self, move: Callable[..., object]) -> None:
            try:
                with self.session.begin_nested():
                    move(self.session, OPERATOR, self.room, at=NOW)
            except WrongMoment:
                self.session.expire_all()
                return
            self._rose()

        @rule(question=_questions)
        def the_facilitator_asks(self, question: str) -> None:
            now = shared_state(self.session, self.room)
            ask(self.session, OPERATOR, self.room, question, at=NOW)
            if (now.phase, now.question) != ("voting", question):
                self._rose()

        @rule(level=st.integers(0, 4))
        def the_room_agrees(self, level: int) -> None:
            try:
                with self.session.begin_nested():
                    agree(self.session, OPERATOR, self.room, Level(level), at=NOW)
            except WrongMoment:
                self.session.expire_all()
                return
            self._rose()

        def _rose(self) -> None:
            assert shared_state(self.session, self.room).revision > self.revision

        @invariant()
        def every_acknowledged_vote_is_there_once(self) -> None:
            if not self.seats:
                return
            cast = votes_cast(self.session, self.room.assessment_id)
            stored = [(q, c.voting, c.person, c.answer) for q, casts in cast.items() for c in casts]
            assert sorted(map(str, stored)) == sorted(
                str((q, voting, person, Level(level))) for (q, voting, person), (level, _) in self.stored.items()
            )

        @invariant()
        def the_state_tells_no_level_before_the_reveal_and_its_revision_names_it(self) -> None:
            if not self.seats:
                return
            state = state_json(shared_state(self.session, self.room))
            if state["phase"] in {"lobby", "voting"}:
                hidden = ("distribution", "why", "prompt", "agreed", "last_time")
                assert [state[key] for key in hidden] == [None] * len(hidden)
                assert state["earlier"] == []
            if state["phase"] == "voting":
                key = (state["question"], state["voting"])
                assert state["voted"] == sum((q, v) == key for q, v, _ in self.stored)
            elif state["distribution"]:
                assert sum(state["distribution"]["levels"].values()) == state["voted"]
            assert state["revision"] >= self.revision
            text = json.dumps(state, sort_keys=True)
            assert self.seen.setdefault(state["revision"], text) == text
            self.revision = state["revision"]

        def teardown(self) -> None:
            self.session.rollback()
            self.session.close()
            self.engine.dispose()
            self.folder.cleanup()

    return Workshop


@pytest.mark.slow
def test_no_order_of_moves_votes_and_repeats_loses_counts_twice_or_shows_too_early(prepared: Path) -> None:
    run_state_machine_as_test(
        _machine(prepared),
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

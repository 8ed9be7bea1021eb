"""The facilitator's moves: what fits when, what a reveal shows, and what can be taken back."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from app.domain.answers import Agreed, DontKnow, Level, NotApplicable
from app.domain.ballots import HiddenBallot, RevealedBallot
from app.services.agreeing import agree_level
from app.services.answering import answer_question
from app.services.closing import close_assessment
from app.services.errors import AssessmentFrozen, NotAnAnswer, NotThere, NotValid, VotingClosed, WrongMoment
from app.services.results import result_of, sheet_of
from app.services.rooms.entering import join_room_as_member
from app.services.rooms.errors import NothingToUndo, RoomClosed, WrongPhase
from app.services.rooms.moves import agree, not_agreed, undo, vote_again
from app.services.rooms.opening import close_room
from app.services.rooms.states import my_part
from app.services.rooms.voting import release_comment, say_belief, vote
from app.services.rooms.wording import mine_json, my_vote_json, state_json
from app.store.errors import VersionConflict
from app.store.lookups import answering
from app.store.lookups.rooms import participant_by_key, seat_of
from app.store.unit_of_work import writing
from tests.services.conftest import KEY, NOW, TODAY, House
from tests.services.rooms.conftest import OTHER, Q, hall


def test_a_question_goes_from_ask_to_agreed_and_each_move_raises_the_revision(
    house: House, roles: tuple[str, ...]
) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        lobby = here.state
        assert (lobby.phase, lobby.ballot, lobby.joined, lobby.voted) == ("lobby", None, 7, 0)
        asked = here.ask()
        assert (asked.phase, asked.question, asked.voting) == ("voting", Q, 1)
        assert asked.ballot == HiddenBallot(Q, 1, 0)
        here.votes([3, 3, 2, 3, 0, 0, 1])
        voting = here.state
        assert voting.ballot == HiddenBallot(Q, 1, 7)
        shown = here.reveal()
        assert isinstance(shown.ballot, RevealedBallot)
        assert shown.ballot.distribution
        assert shown.ballot.distribution.levels == (2, 1, 1, 3, 0)
        assert shown.prompt
        assert shown.prompt.pattern == "split"
        again = vote_again(session, house.alice, here.opened.room, at=NOW)
        assert again.ballot == HiddenBallot(Q, 2, 0)
        here.votes([2, 2, 2, 2, 1, 1], voting=2)
        second = here.reveal()
        assert isinstance(second.ballot, RevealedBallot)
        assert (second.ballot.voting, second.ballot.voted) == (2, 6)
        assert second.ballot.earlier[0].distribution == shown.ballot.distribution
        settled = agree(session, house.alice, here.opened.room, Level(2), note="office hours only", at=NOW)
        assert settled.phase == "agreed"
        assert settled.agreed
        assert settled.agreed.answer == Level(2)
        seen = [s.revision for s in (lobby, asked, voting, shown, again, second, settled)]
        assert seen == [8, 9, 16, 17, 18, 25, 26]
        facts = sheet_of(session, here.assessment).questions[Q]
        assert [b.counts for b in facts.ballots] == [(2, 1, 1, 3, 0, 0, 0), (0, 2, 4, 0, 0, 0, 0)]


def test_the_state_is_plain_and_has_the_same_keys_in_every_phase(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        states = [state_json(here.state, connected=7), state_json(here.ask())]
        here.votes([3, 3, 2, 3, DontKnow(), 2, 1])
        states += [state_json(here.state), state_json(here.reveal())]
        states.append(state_json(not_agreed(session, house.alice, here.opened.room, at=NOW)))
        assert len({tuple(json.loads(json.dumps(state))) for state in states}) == 1
        assert [state["distribution"] is None for state in states] == [True, True, True, False, False]
        assert states[3]["distribution"]["levels"] == {"0": 0, "1": 1, "2": 2, "3": 3, "4": 0}
        assert (states[3]["distribution"]["dk"], states[3]["distribution"]["median"]) == (1, 2.5)
        assert (states[4]["phase"], states[4]["agreed"]) == ("agreed", None)
        mine = my_part(session, here.seats[4])
        assert my_vote_json(mine.vote) == {"dk": True, "comment": None, "seq": 0}
        assert mine_json(mine)["votes"] == [{"question": Q, "voting": 1, "dk": True, "comment": None, "seq": 0}]


def test_a_move_that_does_not_fit_says_what_would(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        room = here.opened.room
        moves: list[Callable[[], object]] = [
            here.reveal,
            lambda: vote_again(session, house.alice, room, at=NOW),
            lambda: agree(session, house.alice, room, Level(1), at=NOW),
            lambda: not_agreed(session, house.alice, room, at=NOW),
        ]
        for move in moves:
            with pytest.raises(WrongPhase, match="no question is up yet; "):
                move()
        with pytest.raises(NotThere):
            here.ask("mon-nothing")
        here.ask()
        with pytest.raises(WrongPhase, match="votes are being cast; reveal"):
            agree(session, house.alice, room, Level(1), at=NOW)
        assert here.ask().revision == here.state.revision
        here.reveal()
        with pytest.raises(WrongPhase):
            here.reveal()
        with pytest.raises(NotAnAnswer):
            agree(session, house.alice, room, NotApplicable("no need"), at=NOW)
        before = here.state.revision
        close_room(session, house.alice, room, at=NOW)
        assert (here.state.phase, here.state.revision, here.state.ballot) == ("closed", before + 1, None)
        with pytest.raises(RoomClosed):
            here.ask()


def test_a_vote_is_taken_from_the_lobby_on_until_the_reveal(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        me = here.seats[0]
        assert vote(session, me, Q, 1, Level(3), seq=1).revision is None
        assert here.ask().voted == 1
        kept = vote(session, me, Q, 1, Level(2), seq=3)
        assert (kept.changed, kept.revision) == (True, None)
        assert not vote(session, me, Q, 1, Level(4), seq=2).changed
        assert not vote(session, me, Q, 1, Level(2), seq=3).changed
        second = vote(session, here.seats[1], Q, 1, Level(1))
        assert second.revision == here.state.revision
        assert vote(session, here.seats[1], OTHER, 1, Level(1)).revision is None
        for wrong in (0, 2, -1):
            with pytest.raises(WrongMoment):
                vote(session, me, Q, wrong, Level(1))
        for bad in (5, -1):
            with pytest.raises(NotAnAnswer):
                vote(session, me, Q, 1, Level(bad))
        with pytest.raises(NotValid):
            vote(session, me, Q, 1, Level(1), comment="x" * 2001)
        with pytest.raises(NotValid):
            vote(session, me, Q, 1, Level(1), seq=-1)
        with pytest.raises(NotThere):
            vote(session, me, "nothing", 1, Level(1))
        here.reveal()
        with pytest.raises(VotingClosed):
            vote(session, me, Q, 1, Level(1))
        vote_again(session, house.alice, here.opened.room, at=NOW)
        with pytest.raises(VotingClosed):
            vote(session, me, Q, 1, Level(1))
        vote(session, me, Q, 2, Level(1))
        here.ask(OTHER)
        with pytest.raises(WrongPhase):
            vote(session, me, Q, 2, Level(2))
        assert here.ask(Q).voting == 2
        assert here.state.voted == 1
        close_room(session, house.alice, here.opened.room, at=NOW)
        with pytest.raises(RoomClosed):
            vote(session, me, OTHER, 1, Level(1))


def test_no_vote_and_no_move_reaches_a_closed_assessment(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        here.votes([1, 1, 1, 1])
        close_assessment(session, house.alice, here.assessment, at=NOW, key=KEY)
        with pytest.raises(AssessmentFrozen):
            here.votes([2])
        with pytest.raises(AssessmentFrozen):
            here.ask()
        assert here.state.phase == "closed"


def test_too_few_votes_show_how_many_voted_and_nothing_else(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        here.ask()
        here.votes([3, 1])
        shown = here.reveal()
        assert isinstance(shown.ballot, RevealedBallot)
        assert (shown.ballot.voted, shown.ballot.distribution) == (2, None)
        assert shown.ballot.why
        assert shown.prompt
        assert shown.prompt.pattern == "unseen"


def test_an_open_assessment_shows_every_family(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, ["platform", "product"], anonymity="open")
        here.ask()
        here.votes([3, 1])
        shown = here.reveal()
        assert isinstance(shown.ballot, RevealedBallot)
        assert shown.ballot.distribution
        assert shown.ballot.distribution.families == {"runners": 3, "deciders": 1}
        assert shown.prompt
        assert shown.prompt.pattern == "families-apart"


def test_the_last_move_is_taken_back_where_nothing_is_lost(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        room = here.opened.room
        with pytest.raises(NothingToUndo):
            undo(session, house.alice, room, at=NOW)
        here.ask()
        here.votes([1, 1, 1, 1])
        back = undo(session, house.alice, room, at=NOW)
        assert (back.phase, back.question) == ("lobby", None)
        assert here.ask().voted == 4
        here.reveal()
        with pytest.raises(NothingToUndo, match="what was shown"):
            undo(session, house.alice, room, at=NOW)
        vote_again(session, house.alice, room, at=NOW)
        here.votes([2], voting=2)
        with pytest.raises(NothingToUndo, match="would be lost"):
            undo(session, house.alice, room, at=NOW)
        here.reveal()
        agree(session, house.alice, room, Level(1), note="first", at=NOW)
        agree(session, house.alice, room, Level(2), at=NOW)
        was = undo(session, house.alice, room, at=NOW)
        assert was.agreed
        assert (was.agreed.answer, was.agreed.note) == (Level(1), "first")
        with pytest.raises(NothingToUndo):
            undo(session, house.alice, room, at=NOW)
        not_agreed(session, house.alice, room, at=NOW)
        assert sheet_of(session, here.assessment).not_agreed == (Q,)
        assert undo(session, house.alice, room, at=NOW).agreed == was.agreed
        assert sheet_of(session, here.assessment).not_agreed == ()


def test_an_undo_never_overwrites_what_somebody_else_agreed_since(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        here.ask()
        here.reveal()
        agree(session, house.alice, here.opened.room, Level(1), at=NOW)
        from_elsewhere = here.state.agreed
        assert from_elsewhere
        agree_level(session, house.bob, here.assessment, Q, from_elsewhere, at=NOW)
        with pytest.raises(VersionConflict):
            undo(session, house.alice, here.opened.room, at=NOW)


def test_undo_of_a_second_voting_nobody_voted_in_leaves_the_first(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        here.ask()
        here.votes([1, 1, 2, 1])
        shown = here.reveal()
        vote_again(session, house.alice, here.opened.room, at=NOW)
        back = undo(session, house.alice, here.opened.room, at=NOW)
        assert (back.phase, back.voting, back.ballot) == ("revealed", 1, shown.ballot)
        assert [v.number for v in answering.votings(session, here.assessment.id)] == [1]


def test_a_question_asked_again_shows_where_it_stood(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        here.ask()
        here.reveal()
        here.ask(OTHER)
        assert here.ask(Q).phase == "revealed"
        agree(session, house.alice, here.opened.room, Level(1), at=NOW)
        here.ask(OTHER)
        assert here.ask(Q).phase == "agreed"


def test_a_level_beside_counts_that_the_room_saw_is_withheld_where_it_would_tell(house: House) -> None:
    """The platform engineer carries most weight: the level 0 beside the counts says who voted 0."""
    with writing(house.engine) as session:
        here = hall(house, session, ["data_scientist", "data_scientist", "ml_engineer", "platform"])
        here.ask()
        here.votes([3, 3, 0, 0])
        shown = here.reveal()
        assert isinstance(shown.ballot, RevealedBallot)
        assert shown.ballot.distribution
        facts = sheet_of(session, here.assessment).questions[Q]
        told = facts.status == "level"
        assert told != (facts.reason is not None)
        assert facts.ballots[0].counts == (2, 0, 0, 2, 0, 0, 0)
        agree(session, house.alice, here.opened.room, Level(1), at=NOW)
        assert sheet_of(session, here.assessment).questions[Q].level == 1


def test_counts_are_not_shown_once_a_level_that_was_taken_back_at_a_desk_has_told_the_level(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, ("data_scientist", "ml_engineer", "platform", "platform"))
        here.ask()
        here.votes([0, 2, 2, 0])
        agree_level(session, house.alice, here.assessment, Q, Agreed(Level(2)), at=NOW)
        assert sheet_of(session, here.assessment).questions[Q].ballots[0].counts is None
        agree_level(session, house.alice, here.assessment, Q, None, at=NOW)
        told = sheet_of(session, here.assessment).questions[Q]
        assert (told.level, told.ballots[0].counts) == (0, None)
        shown = [here.reveal().ballot]
        here.ask(OTHER)
        shown.append(here.ask(Q).ballot)
        assert [isinstance(b, RevealedBallot) and b.distribution for b in shown] == [None, None]
        after = sheet_of(session, here.assessment).questions[Q]
        assert (after.level, after.ballots[0].counts) == (0, None)


def test_votes_before_the_reveal_count_in_nothing(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        before = result_of(session, here.assessment).scorecard.questions[Q]
        here.ask()
        here.votes([3, 3, 3, 3])
        assert result_of(session, here.assessment).scorecard.questions[Q] == before


def test_members_and_beliefs_and_comments_belong_to_the_room_too(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        bob = join_room_as_member(session, house.bob, here.opened.room, "platform", on=TODAY).seat
        assert say_belief(session, bob, "b01", 4)
        vote(session, bob, Q, 1, Level(3), comment="only by day")
        assert release_comment(session, bob, Q, released=True)
        vote(session, bob, Q, 1, Level(3), comment="only by day")
        assert answering.own_votes(session, participant_by_key(session, bob.participant_id))[0].released
        answer_question(session, here.assessment, participant_by_key(session, bob.participant_id), OTHER, Level(1))
        part = my_part(session, bob)
        assert mine_json(part)["beliefs"] == {"b01": {"agree": 4}}
        assert {v.question for v in part.votes} == {Q, OTHER}
        close_room(session, house.alice, here.opened.room, at=NOW)
        with pytest.raises(RoomClosed):
            say_belief(session, seat_of(session, bob.participant_id), "b01", 3)


def test_what_it_was_last_time_is_shown_after_the_reveal_only(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        past = hall(house, session, roles, quarter="2026-Q2", date=dt.date(2026, 6, 30))
        past.ask()
        past.reveal()
        agree(session, house.alice, past.opened.room, Level(2), at=NOW)
        close_assessment(session, house.alice, past.assessment, at=NOW, key=KEY)
        here = hall(house, session, roles)
        assert here.ask().last_time is None
        assert here.reveal().last_time == 2
        assert here.ask(OTHER).last_time is None

"""The agenda: steady while votes trickle in, in the order set by hand, and with what it leaves out."""

import pytest

from app.domain.answers import DontKnow, Hands, Level, NotApplicable
from app.services.agreeing import enter_hands
from app.services.closing import close_assessment
from app.services.errors import NotThere, NotValid
from app.services.results import result_of
from app.services.rooms.accepting import accept_as_agreed
from app.services.rooms.agenda import agenda_of, refresh_agenda, reorder
from app.services.rooms.errors import WrongPhase
from app.services.rooms.moves import undo
from app.services.rooms.states import revealed_ballot
from app.services.rooms.voting import vote
from app.store.unit_of_work import writing
from tests.services.conftest import KEY, NOW, House
from tests.services.rooms.conftest import OTHER, Q, hall


def test_an_agenda_without_votes_fills_the_time_box_gates_first(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        made = agenda_of(session, here.assessment)
        assert (made.time_box_minutes, made.by_hand, made.offered) == (60, False, ())
        assert sum(place.minutes for place in made.items) == 60
        assert len(made.items) + len(made.left_out) == 40
        assert {place.spread for place in made.items} == {None}


def test_no_single_vote_moves_the_agenda(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, (*roles, "platform"))
        seen = []
        for seat, level in zip(here.seats, [0, 0, 4, 4, 4, 0, 4, 0], strict=True):
            vote(session, seat, Q, 1, Level(level))
            refresh_agenda(session, house.alice, here.opened.room, at=NOW)
            vote(session, seat, Q, 1, DontKnow())
            vote(session, seat, Q, 1, Level(level))
            made = refresh_agenda(session, house.alice, here.opened.room, at=NOW)
            places = {p.question: (n, p.spread) for n, p in enumerate((*made.items, *made.left_out))}
            seen.append(places[Q][1])
        assert seen == [None] * 4 + ["wide"] * 4
        kept = dict(here.opened.room.beforehand)
        assert kept[Q]["votes"] == 8


def test_the_order_by_hand_is_the_agenda_and_can_be_taken_back(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        computed = agenda_of(session, here.assessment)
        state = reorder(session, house.alice, here.opened.room, [OTHER, Q], at=NOW)
        assert state.revision == 2
        made = agenda_of(session, here.assessment)
        assert ([p.question for p in made.items], made.by_hand) == ([OTHER, Q], True)
        assert len(made.left_out) == 38
        undo(session, house.alice, here.opened.room, at=NOW)
        assert agenda_of(session, here.assessment) == computed
        with pytest.raises(NotThere):
            reorder(session, house.alice, here.opened.room, ["mon-nothing"], at=NOW)
        with pytest.raises(NotValid):
            reorder(session, house.alice, here.opened.room, [Q, Q], at=NOW)


def test_narrow_questions_are_accepted_in_one_move_and_reported_as_such(house: House, roles: tuple[str, ...]) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, roles)
        room = here.opened.room
        here.votes([2, 2, 2, 2, 2, 2, 2], OTHER)
        here.votes([4, 4, 4, 0, 0, 0, 0], Q)
        here.votes([1, 1, 1, 1], "gov-inventory")
        reorder(session, house.alice, room, [Q], at=NOW)
        offered = refresh_agenda(session, house.alice, room, at=NOW).offered
        assert [p.question for p in offered] == [OTHER]
        for refused in (Q, "gov-inventory", "aut-versioning"):
            with pytest.raises(WrongPhase, match=refused):
                accept_as_agreed(session, house.alice, room, [refused], at=NOW)
        for bad in ([], [OTHER, OTHER]):
            with pytest.raises(NotValid):
                accept_as_agreed(session, house.alice, room, bad, at=NOW)
        before = here.state.revision
        assert accept_as_agreed(session, house.alice, room, [OTHER], at=NOW).revision == before + 1
        with pytest.raises(WrongPhase, match="already"):
            accept_as_agreed(session, house.alice, room, [OTHER], at=NOW)
        assert agenda_of(session, here.assessment).accepted == (OTHER,)
        close_assessment(session, house.alice, here.assessment, at=NOW, key=KEY)
        sheet = result_of(session, here.assessment).sheet
        assert sheet.accepted == (OTHER,)
        assert sheet.questions[OTHER].level == 2
        assert Q in sheet.left_out
        assert OTHER not in (*sheet.left_out, *sheet.asked)
        assert sheet.not_agreed == ()


def test_counts_stay_back_where_the_accepted_level_beside_them_would_tell(house: House) -> None:
    with writing(house.engine) as session:
        roles = ("data_scientist", "data_scientist", "ml_engineer", "platform", "product")
        here = hall(house, session, roles)
        told = 0
        asked = ("mon-cost", "mon-drift", "gov-inventory", "aut-versioning", "col-ownership")
        for question, levels in zip(
            asked, ([1, 1, 1, 2, 2], [2, 2, 1, 1, 1], [1, 1, 2, 2, 1], [0, 1, 1, 2, 1], [2, 1, 2, 1, 2]), strict=True
        ):
            here.votes(levels, question)
            accept_as_agreed(session, house.alice, here.opened.room, [question], at=NOW)
            ballot = revealed_ballot(
                session, here.assessment, question, result_of(session, here.assessment).questionnaire
            )
            facts = result_of(session, here.assessment).sheet.questions[question]
            assert (ballot.distribution is None) == (facts.ballots[0].counts is None)
            told += ballot.distribution is None
        assert 0 < told <= 5


def test_a_refusal_to_accept_many_does_not_tell_what_the_votes_on_one_give(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, ["data_scientist", "ml_engineer"] * 3)
        here.votes([2] * 5, "gov-fairness")
        refresh_agenda(session, house.alice, here.opened.room, at=NOW)
        here.votes([NotApplicable("bought in")] * 5, "gov-fairness")
        with pytest.raises(WrongPhase, match=f"votes on {Q} are too few"):
            accept_as_agreed(session, house.alice, here.opened.room, ["gov-fairness", Q], at=NOW)


def test_a_late_vote_that_widens_what_was_accepted_is_not_told_by_the_report(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session, ["data_scientist", "ml_engineer"] * 3)
        here.votes([3, 3, 3, 3, 0])
        refresh_agenda(session, house.alice, here.opened.room, at=NOW)
        vote(session, here.seats[5], Q, 1, Level(0))
        accept_as_agreed(session, house.alice, here.opened.room, [Q], at=NOW)
        close_assessment(session, house.alice, here.assessment, at=NOW, key=KEY)
        sheet = result_of(session, here.assessment).sheet
        assert sheet.questions[Q].votes_apart
        assert (sheet.asked, sheet.accepted) == ((Q,), ())


def test_a_show_of_hands_is_something_the_workshop_got_to(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        enter_hands(session, house.alice, here.assessment, Q, [Hands("platform", (0, 3, 0, 0, 0, 0, 0))], at=NOW)
        close_assessment(session, house.alice, here.assessment, at=NOW, key=KEY)
        sheet = result_of(session, here.assessment).sheet
        assert sheet.asked == (Q,)
        assert Q not in sheet.left_out

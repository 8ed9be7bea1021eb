"""What is recorded, what may be seen of votes, and who may settle on their own answers."""

import pytest

from app.domain.answers import Agreed, DontKnow, EvidenceItem, Grade, Hands, Level
from app.services.agreeing import agree_level, enter_hands, hands_of, set_evidence, share_artefact
from app.services.alone import alone_in, take_over_own_answers
from app.services.answering import answer_question, my_answers
from app.services.asking import next_questions
from app.services.errors import NotThere, WrongMoment
from app.services.joining import join_as_guest, join_as_member, joined_as, participant_of
from app.services.recorded import published_votes, what_is_recorded
from app.store.errors import VersionConflict
from app.store.lookups import answering
from app.store.unit_of_work import writing
from tests.services.conftest import NOW, TODAY, House


def test_a_claim_of_three_wants_an_artefact_until_one_is_named(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        agree_level(session, house.alice, row, "mon-drift", Agreed(Level(3)), at=NOW)
        agree_level(session, house.alice, row, "mon-cost", Agreed(Level(2)), at=NOW)
        found = what_is_recorded(session, row)
        assert (found["mon-drift"].wants_artefact, found["mon-cost"].wants_artefact) == (True, False)
        set_evidence(session, house.alice, row, "mon-drift", [EvidenceItem("July")], at=NOW)
        after = what_is_recorded(session, row)["mon-drift"]
        assert (after.wants_artefact, after.evidence.grade, after.evidence_version) == (False, Grade.E1, 1)


def test_votes_are_published_only_of_votings_that_ended(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        for place in range(3):
            join_as_guest(session, row, "platform", on=TODAY, respondent=f"r{place}")
        for person in answering.participants(session, row.id):
            answer_question(session, row, person, "mon-drift", Level(4))
        assert published_votes(session, row)["mon-drift"].ballots == ()
        assert what_is_recorded(session, row)["mon-drift"].answered == 3
        agree_level(session, house.alice, row, "mon-drift", Agreed(Level(1)), at=NOW)
        assert published_votes(session, row)["mon-drift"].ballots[0].counts == (0, 0, 0, 0, 3, 0, 0)


def test_alone_is_who_takes_part_without_anybody_else(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.alice, row, "product", on=TODAY)
        me = participant_of(session, house.alice, row)
        answer_question(session, row, me, "mon-drift", Level(3))
        answer_question(session, row, me, "mon-cost", DontKnow())
        assert alone_in(session, house.bob, row) is None
        assert take_over_own_answers(session, house.alice, row, at=NOW) == 1
        assert what_is_recorded(session, row)["mon-drift"].agreed == Agreed(Level(3))
        assert what_is_recorded(session, row)["mon-cost"].agreed is None
        join_as_guest(session, row, "platform", on=TODAY)
        with pytest.raises(WrongMoment):
            take_over_own_answers(session, house.alice, row, at=NOW)


def test_an_artefact_is_shared_with_all_questions_or_none(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        shared = EvidenceItem("July")
        assert share_artefact(session, house.alice, row, shared, ["mon-drift", "mon-cost"], at=NOW) == 2
        assert share_artefact(session, house.alice, row, shared, ["mon-drift"], at=NOW) == 0
        public_id = row.public_id

    def share_with_a_missing_one() -> None:
        with writing(house.engine) as session:
            row = house.again(session, public_id)
            share_artefact(session, house.alice, row, shared, ["gov-inventory", "nothing"], at=NOW)

    with pytest.raises(NotThere):
        share_with_a_missing_one()
    with writing(house.engine) as session:
        row = house.again(session, public_id)
        assert what_is_recorded(session, row)["gov-inventory"].evidence.items == ()


def test_hands_are_replaced_only_by_who_saw_them(house: House) -> None:
    before, after = Hands("platform", (1, 0, 0, 0, 0, 0, 0)), Hands("platform", (0, 0, 2, 0, 0, 0, 0))
    with writing(house.engine) as session:
        row = house.begin(session)
        enter_hands(session, house.alice, row, "mon-drift", [before], at=NOW, seen=[])
        with pytest.raises(VersionConflict) as lost:
            enter_hands(session, house.alice, row, "mon-drift", [after], at=NOW, seen=[])
        assert lost.value.present == (before,)
        enter_hands(session, house.alice, row, "mon-drift", [after], at=NOW, seen=[before])
        assert hands_of(session, row, "mon-drift") == (after,)


def test_what_was_settled_is_told_as_fixed_and_not_asked(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.bob, row, "platform", on=TODAY)
        me = participant_of(session, house.bob, row)
        assert joined_as(session, row, me).warning is not None
        asked = next_questions(session, row, me).asked
        answer_question(session, row, me, asked[1], Level(1), seq=5)
        for question in asked[:2]:
            agree_level(session, house.alice, row, question, Agreed(Level(2)), at=NOW)
        mine = my_answers(session, row, me)
        assert mine.fixed == frozenset(asked[:2])
        assert (mine.questions[asked[1]].fixed, mine.questions[asked[1]].seq) == (True, 5)
        assert next_questions(session, row, me).asked == asked[1:]

"""Answering: each for themselves, one answer a request, and only while it is time."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.answers import Agreed, Answer, Bet, DontKnow, Evidence, EvidenceItem, Grade, Hands, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID, Questionnaire
from app.services.agreeing import agree_level, enter_hands, make_bets, set_evidence
from app.services.answering import answer_belief, answer_question, my_answers, release_my_comment
from app.services.asking import belief_order, next_questions
from app.services.errors import NotAnAnswer, NotThere, NotValid, RoleFixed, VotingClosed
from app.services.joining import join_as_guest, join_as_member, participant_of
from app.store.errors import NotFound, VersionConflict
from app.store.facts import assessment_facts
from app.store.lookups import answering, people
from app.store.record.answers import end_votings, open_voting, record_vote
from app.store.record.requests import audit_page
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session, writing
from tests.services.conftest import NOW, TODAY, House


def _bob(house: House, session: Session, **terms: Any) -> tuple[AssessmentRow, ParticipantRow]:  # noqa: ANN401
    row = house.begin(session, **terms)
    join_as_member(session, house.bob, row, "platform", on=TODAY)
    return row, participant_of(session, house.bob, row)


def test_charlie_cannot_join(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        with pytest.raises(NotFound):
            join_as_member(session, house.charlie, row, "platform", on=TODAY)
        assert answering.participants(session, row.id) == []


def test_who_holds_a_role_alone_is_told_and_may_join_as_not_said(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        alone = join_as_member(session, house.bob, row, "risk", on=TODAY)
        assert alone.warning is not None
        assert "your answers can be recognized" in alone.warning
        assert join_as_member(session, house.bob, row, NOT_SAID, on=TODAY).warning is None
        assert len(answering.participants(session, row.id)) == 1
        join_as_guest(session, row, "platform", on=TODAY)
        assert join_as_member(session, house.alice, row, "platform", on=TODAY).warning is None


def test_open_terms_warn_of_nothing_and_know_the_same_person_again(house: House) -> None:
    with writing(house.engine) as session:
        first = house.begin(session, "2026-Q2", anonymity="open")
        second = house.begin(session, "2026-Q3", anonymity="open")
        one = join_as_member(session, house.bob, first, "risk", on=TODAY)
        assert one.warning is None
        assert join_as_member(session, house.bob, second, "risk", on=TODAY).respondent == one.respondent


def test_under_anonymous_terms_nobody_is_known_again(house: House) -> None:
    with writing(house.engine) as session:
        names = {
            join_as_member(session, house.bob, house.begin(session, quarter), "risk", on=TODAY).respondent
            for quarter in ("2026-Q2", "2026-Q3")
        }
    assert len(names) == 2


def test_a_role_stays_once_its_holder_has_answered(house: House) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        with pytest.raises(NotValid, match="no role"):
            join_as_member(session, house.bob, row, "wizard", on=TODAY)
        answer_belief(session, row, bob, "b01", 4)
        with pytest.raises(RoleFixed):
            join_as_member(session, house.bob, row, "risk", on=TODAY)
        assert join_as_member(session, house.bob, row, "platform", on=TODAY).role == "platform"


def test_an_answer_is_kept_and_the_last_one_counts(house: House) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        assert answer_question(session, row, bob, "mon-drift", Level(2), comment=" two of three ", seq=1)
        assert answer_question(session, row, bob, "mon-drift", DontKnow(), seq=3)
        assert not answer_question(session, row, bob, "mon-drift", Level(4), seq=2)
        answer_question(session, row, bob, "aut-retraining", NotApplicable("bought in"))
        answer_belief(session, row, bob, "b01", None)
        mine = my_answers(session, row, bob)
    assert mine.questions["mon-drift"].answer == DontKnow()
    assert mine.questions["aut-retraining"].answer == NotApplicable("bought in")
    assert mine.beliefs == {"b01": None}


@pytest.mark.parametrize(
    ("question", "answer", "error"),
    [
        ("nope", Level(1), NotThere),
        ("gen-guardrails", Level(1), NotThere),
        ("mon-drift", Level(5), NotAnAnswer),
        ("mon-drift", Level(-1), NotAnAnswer),
        ("mon-drift", NotApplicable("no"), NotAnAnswer),
        ("aut-retraining", NotApplicable("  "), NotAnAnswer),
        ("aut-retraining", NotApplicable("x" * 2001), NotValid),
    ],
)
def test_what_is_no_answer_changes_nothing(house: House, question: str, answer: Answer, error: type[Exception]) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        with pytest.raises(error):
            answer_question(session, row, bob, question, answer)
        assert my_answers(session, row, bob).questions == {}
        assert not row.first_answer


@pytest.mark.parametrize(
    ("belief", "agree", "error"), [("nope", 3, NotThere), ("b01", 0, NotAnAnswer), ("b01", 6, NotAnAnswer)]
)
def test_what_is_no_belief_is_refused(house: House, belief: str, agree: int, error: type[Exception]) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        with pytest.raises(error):
            answer_belief(session, row, bob, belief, agree)


def test_a_pulse_asks_no_beliefs_and_its_own_questions_only(house: House) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session, variant="pulse")
        with pytest.raises(NotThere):
            answer_belief(session, row, bob, "b01", 3)
        with pytest.raises(NotThere):
            answer_question(session, row, bob, "mon-cost", Level(1))
        asking = next_questions(session, row, bob)
    assert (asking.beliefs, len(asking.asked), asking.optional) == ((), 12, ())


def test_late_answers_are_refused_after_the_reveal_and_a_second_voting_takes_them(house: House) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        answer_question(session, row, bob, "mon-drift", Level(2))
        end_votings(session, row, "mon-drift")
        with pytest.raises(VotingClosed):
            answer_question(session, row, bob, "mon-drift", Level(3))
        assert my_answers(session, row, bob).questions["mon-drift"].fixed
        open_voting(session, row, "mon-drift", 2)
        answer_question(session, row, bob, "mon-drift", Level(3))
        mine = my_answers(session, row, bob).questions["mon-drift"]
    assert (mine.answer, mine.fixed) == (Level(3), False)


def test_agreeing_ends_the_voting_and_two_editors_both_see(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        answer_question(session, row, bob, "mon-drift", Level(4))
        assert agree_level(session, house.alice, row, "mon-drift", Agreed(Level(2), "n"), at=NOW, version=0) == 1
        with pytest.raises(VotingClosed):
            answer_question(session, row, bob, "mon-drift", Level(3))
        with pytest.raises(VersionConflict) as lost:
            agree_level(session, house.alice, row, "mon-drift", Agreed(Level(3)), at=NOW, version=0)
        assert lost.value.present == Agreed(Level(2), "n")
        assert agree_level(session, house.alice, row, "mon-drift", None, at=NOW, version=1) == 2
        assert assessment_facts(session, row, mlops).agreed == {}
        events = [a.event for a in audit_page(session, house.mine)]
        assert events[:2] == ["assessment.agreed_taken_back", "assessment.agreed"]


def test_evidence_has_the_grade_of_its_items(house: House, mlops: Questionnaire) -> None:
    seen = EvidenceItem("July record", "wiki", TODAY, "the platform lead")
    with writing(house.engine) as session:
        row = house.begin(session)
        assert set_evidence(session, house.alice, row, "mon-drift", [seen], at=NOW) == 1
        set_evidence(session, house.alice, row, "mon-cost", [EvidenceItem("Bill")], at=NOW)
        set_evidence(session, house.alice, row, "col-oncall", [seen], at=NOW, grade=Grade.E1)
        with pytest.raises(NotValid, match="somebody else"):
            set_evidence(session, house.alice, row, "mon-cost", [EvidenceItem("Bill")], at=NOW, grade=Grade.E2)
        with pytest.raises(NotValid, match="artefact"):
            set_evidence(session, house.alice, row, "mon-cost", [], at=NOW, grade=Grade.E1)
        with pytest.raises(VersionConflict):
            set_evidence(session, house.alice, row, "mon-drift", [], at=NOW, version=7)
        evidence = assessment_facts(session, row, mlops).evidence
    assert evidence["mon-drift"] == Evidence(Grade.E2, (seen,))
    assert (evidence["mon-cost"].grade, evidence["col-oncall"].grade) == (Grade.E1, Grade.E1)


@pytest.mark.parametrize(
    "shown",
    [
        [Hands("wizard", (1, 0, 0, 0, 0, 0, 0))],
        [Hands("risk", (-1, 0, 0, 0, 0, 0, 0))],
        [Hands("risk", (1, 0, 0, 0, 0, 0, 1))],
        [Hands("risk", (1, 0, 0, 0, 0, 0, 0)), Hands("risk", (0, 1, 0, 0, 0, 0, 0))],
    ],
)
def test_hands_that_cannot_be_are_refused(house: House, shown: list[Hands]) -> None:
    with writing(house.engine) as session, pytest.raises(NotValid):
        enter_hands(session, house.alice, house.begin(session), "mon-drift", shown, at=NOW)


def test_hands_are_counted_by_role_and_fix_the_terms(house: House, mlops: Questionnaire) -> None:
    hands = Hands("risk", (1, 2, 0, 0, 0, 1, 0))
    with writing(house.engine) as session:
        row = house.begin(session)
        enter_hands(session, house.alice, row, "mon-drift", [hands, Hands("platform", (0,) * 7)], at=NOW)
        assert row.first_answer
        assert assessment_facts(session, row, mlops).hands == {"mon-drift": (hands,)}


def test_bets_are_on_questions_there_are(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        make_bets(session, house.alice, row, [Bet("mon-drift", 3)], at=NOW)
        for bad in ([Bet("nope", 3)], [Bet("mon-cost", 5)], [Bet("mon-cost", 1), Bet("mon-cost", 2)]):
            with pytest.raises((NotThere, NotValid)):
                make_bets(session, house.alice, row, bad, at=NOW)
        assert assessment_facts(session, row, mlops).bets == (Bet("mon-drift", 3),)


def test_a_comment_leaves_only_when_its_author_releases_it(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        assert not release_my_comment(session, row, bob, "mon-drift", released=True)
        answer_question(session, row, bob, "mon-drift", Level(2), comment="careful")
        assert assessment_facts(session, row, mlops, closing=True).comments == ()
        assert release_my_comment(session, row, bob, "mon-drift", released=True)
        assert [c.text for c in assessment_facts(session, row, mlops, closing=True).comments] == ["careful"]
        assert my_answers(session, row, bob).questions["mon-drift"].released


def test_a_comment_of_an_earlier_voting_is_shown_to_its_author_and_taken_back_too(
    house: House, mlops: Questionnaire
) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        record_vote(session, bob, "mon-drift", 1, Level(2), comment="careful")
        assert release_my_comment(session, row, bob, "mon-drift", released=True)
        record_vote(session, bob, "mon-drift", 2, Level(3))
        mine = my_answers(session, row, bob).questions["mon-drift"]
        assert (mine.answer, mine.comment, mine.released) == (Level(3), "careful", True)
        assert release_my_comment(session, row, bob, "mon-drift", released=False)
        assert assessment_facts(session, row, mlops, closing=True).comments == ()
        assert my_answers(session, row, bob).questions["mon-drift"].comment is None


def test_the_id_of_an_open_answer_leads_to_nobody_and_stays_over_the_quarters(house: House) -> None:
    with writing(house.engine) as session:
        person = people.user_by_key(session, house.bob.user_id or 0)
        found = []
        for quarter in ("2026-Q2", "2026-Q3"):
            row = house.begin(session, quarter, anonymity="open")
            found.append(join_as_member(session, house.bob, row, "platform", on=TODAY).respondent)
        secret = house.begin(session, "2026-Q4", anonymity="anonymous")
        other = join_as_member(session, house.bob, secret, "platform", on=TODAY).respondent
        assert found[0] == found[1] != other
        assert person.public_id not in {*found, other}, "the page of a person is named by it"


def test_beliefs_come_first_in_an_order_of_ones_own_that_stays(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        first = next_questions(session, row, bob)
        assert first.following == ("belief", first.beliefs[0])
        for belief in first.beliefs:
            answer_belief(session, row, bob, belief, 3)
        second = next_questions(session, row, bob)
    assert sorted(first.beliefs) == sorted(b.id for b in mlops.beliefs)
    assert (second.beliefs, second.asked, second.optional) == (first.beliefs, first.asked, first.optional)
    assert second.following == ("question", second.asked[0])
    assert second.beliefs_answered == 16
    assert belief_order(mlops, "a") != belief_order(mlops, "b")


@pytest.mark.parametrize("role", ["platform", "risk", "data_scientist", NOT_SAID])
def test_at_most_fifteen_questions_are_asked_those_for_the_role_first(
    house: House, mlops: Questionnaire, role: str
) -> None:
    with writing(house.engine) as session:
        row = house.begin(session)
        join_as_member(session, house.bob, row, role, on=TODAY)
        asking = next_questions(session, row, participant_of(session, house.bob, row))
    best = {q.id for q in mlops.core if role in q.best_roles}
    assert len(asking.asked) == 15
    assert len(asking.optional) == 25
    assert len(best & set(asking.asked)) == min(15, len(best))


def test_progress_counts_by_dimension_what_was_asked_and_what_came_on_top(house: House) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        asking = next_questions(session, row, bob)
        for question in (asking.asked[0], asking.optional[0]):
            answer_question(session, row, bob, question, Level(1))
        progress = next_questions(session, row, bob).progress
    assert [p.dimension for p in progress] == ["monitoring", "governance", "automation", "collaboration"]
    assert sum(p.asked for p in progress) == 15
    assert sum(p.answered for p in progress) == 1
    assert sum(p.extra for p in progress) == 1


_Act = Callable[[Session, AssessmentRow, ParticipantRow], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda s, row, bob: answer_question(s, row, bob, "mon-drift", Level(2), comment="mine"),
        lambda s, row, bob: answer_belief(s, row, bob, "b01", 4),
    ],
)
def test_no_answer_is_written_into_the_audit_log(house: House, act: _Act) -> None:
    with writing(house.engine) as session:
        row, bob = _bob(house, session)
        before = len(audit_page(session, house.mine))
        act(session, row, bob)
        assert len(audit_page(session, house.mine)) == before

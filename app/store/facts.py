"""From rows to the value that is scored: the facts of one assessment, in an order that no accident decides."""

from collections.abc import Sequence
from itertools import starmap
from typing import Any, NamedTuple, Protocol

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.domain.answers import (
    Agreed,
    Answer,
    Assessment,
    Bet,
    Capacity,
    DontKnow,
    Evidence,
    Hands,
    Level,
    NotApplicable,
    ReleasedComment,
    ReportedAction,
    Respondent,
    Voting,
)
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.store.errors import NotFound
from app.store.lookups import answering, assessments, board, people, teams
from app.store.record.versions import agreed_value, evidence_value
from app.store.tables.answering import BeliefRow, ParticipantRow, VoteRow, VotingRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import ReportedActionRow

_History = dict[tuple[str, int], dict[str, Answer]]


class Answered(Protocol):
    """What an answer is read from: a level, a reason why none applies, or neither."""

    @property
    def level(self) -> int | None:
        """0 to 4."""

    @property
    def reason(self) -> str | None:
        """Why the question does not apply."""


class _Vote(NamedTuple):
    """What the facts need of a vote: plain values, since a thousand people's are read beside a live room."""

    question: str
    voting: int
    participant_id: int
    level: int | None
    reason: str | None
    comment: str | None
    released: bool


class _Person(NamedTuple):
    id: int
    respondent: str
    role: str


#: One value for each: the answers of a thousand people are handed from process to process.
_LEVELS = tuple(map(Level, range(5)))
_DONT_KNOW = DontKnow()
_OF_A_VOTE = [getattr(VoteRow, name) for name in _Vote._fields]
_OF_A_PERSON = [getattr(ParticipantRow, name) for name in _Person._fields]


def assessment_facts(
    session: Session, row: AssessmentRow, questionnaire: Questionnaire, *, closing: bool = False
) -> Assessment:
    """The raw form of an assessment as it may be judged now.

    Until it closes, only votings that ended count, and no beliefs (measurement.md 4.10, rule 1); ``closing`` or a
    closed state counts everything. Answers to questions that the questionnaire does not hold are left out. A
    respondent is known by an opaque id, in the order of these ids; those who answered nothing that counts are left
    out. Questions with one voting are in the answers only, those with more have their history too.
    """
    final = closing or row.state in {"closed", "voided"}
    joined = _joined(session, row)
    votes = _votes(session, row, questionnaire, final=final)
    history = _history(votes, joined)
    beliefs = _beliefs(session, row, questionnaire) if final else []
    capacity = row.capacity_people, row.capacity_working_days, row.capacity_share
    return Assessment(
        organization=people.organization_by_key(session, row.organization_id).name,
        team=teams.team_by_key(session, row.team_id).name,
        quarter=Quarter.parse(row.quarter),
        date=row.date,
        variant="pulse" if row.variant == "pulse" else "full",
        purpose=row.purpose,
        scope=tuple(row.scope),
        anonymity="open" if row.anonymity == "open" else "anonymous",
        capacity=None if None in capacity else Capacity(*capacity),  # type: ignore[arg-type]
        target=row.target,
        target_levels=dict(sorted(row.target_levels.items())),
        context=dict(sorted(row.context.items())),
        stable_ids=row.stable_ids,
        respondents=_respondents(joined, history, beliefs),
        agreed=_agreed(session, row, questionnaire),
        hands=_hands(session, row, questionnaire),
        evidence=_evidence(session, row, questionnaire),
        actions=tuple(_action(a) for a in board.reported_actions(session, row.id)),
        votings=_votings(history),
        bets=tuple(Bet(b.question, b.level) for b in board.bets(session, row.id)),
        comments=_comments(votes),
        **_room(session, row, questionnaire),
    )


def answer_of(vote: Answered) -> Answer:
    """The answer that a vote holds."""
    if vote.level is not None:
        return _LEVELS[vote.level]
    return _DONT_KNOW if vote.reason is None else NotApplicable(vote.reason)


def _joined(session: Session, row: AssessmentRow) -> list[_Person]:
    """All who joined, by their opaque id."""
    statement = select(*_OF_A_PERSON).where(ParticipantRow.assessment_id == row.id).order_by(ParticipantRow.respondent)
    return list(starmap(_Person, session.execute(statement)))


def _votes(session: Session, row: AssessmentRow, questionnaire: Questionnaire, *, final: bool) -> list[_Vote]:
    """The votes that count, by question, voting and participant."""
    statement = (
        select(*_OF_A_VOTE)
        .where(VoteRow.assessment_id == row.id)
        .order_by(VoteRow.question, VoteRow.voting, VoteRow.participant_id)
    )
    if not final:
        of_it = VotingRow.assessment_id == VoteRow.assessment_id
        same = and_(of_it, VotingRow.question == VoteRow.question, VotingRow.number == VoteRow.voting)
        statement = statement.join(VotingRow, same).where(VotingRow.ended)
    found = starmap(_Vote, session.execute(statement))
    return [vote for vote in found if vote.question in questionnaire.by_id]


def _history(votes: Sequence[_Vote], joined: Sequence[_Person]) -> _History:
    """Answers by respondent of every voting, numbered from 1 without gaps: a voting without votes was none."""
    names = {p.id: p.respondent for p in joined}
    places: dict[str, list[int]] = {}
    history: _History = {}
    for vote in votes:
        numbers = places.setdefault(vote.question, [])
        if vote.voting not in numbers:
            numbers.append(vote.voting)
        history.setdefault((vote.question, len(numbers)), {})[names[vote.participant_id]] = answer_of(vote)
    return {key: dict(sorted(answers.items())) for key, answers in sorted(history.items())}


def _beliefs(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> list[BeliefRow]:
    known = {belief.id for belief in questionnaire.beliefs}
    statement = select(BeliefRow).where(BeliefRow.assessment_id == row.id).order_by(BeliefRow.belief)
    return [belief for belief in session.scalars(statement) if belief.belief in known]


def _respondents(joined: Sequence[_Person], history: _History, beliefs: Sequence[BeliefRow]) -> tuple[Respondent, ...]:
    last = {question: answers for (question, _), answers in history.items()}
    voted = {name for answers in history.values() for name in answers}
    believed: dict[int, dict[str, int | None]] = {}
    for belief in beliefs:
        believed.setdefault(belief.participant_id, {})[belief.belief] = belief.agree
    return tuple(
        Respondent(
            id=person.respondent,
            role=person.role,
            answers={q: answers[person.respondent] for q, answers in last.items() if person.respondent in answers},
            beliefs=believed.get(person.id, {}),
        )
        for person in sorted(joined, key=lambda p: p.respondent)
        if person.respondent in voted or person.id in believed
    )


def _votings(history: _History) -> tuple[Voting, ...]:
    repeated = {question for question, number in history if number > 1}
    return tuple(Voting(q, number, answers) for (q, number), answers in history.items() if q in repeated)


def _agreed(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> dict[str, Agreed]:
    found = ((a.question, agreed_value(a)) for a in answering.agreed(session, row.id))
    return {q: value for q, value in found if value is not None and q in questionnaire.by_id}


def _evidence(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> dict[str, Evidence]:
    found = answering.evidence(session, row.id)
    return {e.question: evidence_value(e) for e in found if e.question in questionnaire.by_id}


def _hands(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> dict[str, tuple[Hands, ...]]:
    shown: dict[str, tuple[Hands, ...]] = {}
    for hand in answering.hands(session, row.id):
        if hand.question in questionnaire.by_id:
            levels = (hand.counts[0], hand.counts[1], hand.counts[2], hand.counts[3], hand.counts[4])
            value = Hands(hand.role, (*levels, hand.counts[5], hand.counts[6]))
            shown[hand.question] = (*shown.get(hand.question, ()), value)
    return shown


def _action(row: ReportedActionRow) -> ReportedAction:
    return ReportedAction(
        id=row.step,
        status=row.state,  # type: ignore[arg-type]  # a CHECK of the table holds the words
        owner=row.owner,
        started=row.started,
        effort_days=row.effort_days,
        verified_in=Quarter.parse(row.verified_in) if row.verified_in else None,
    )


def _comments(votes: Sequence[_Vote]) -> tuple[ReleasedComment, ...]:
    """In alphabetical order: the order of writing would point at people."""
    released = sorted({(v.question, v.comment) for v in votes if v.released and v.comment})
    return tuple(ReleasedComment(question, text) for question, text in released)


def _seen(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> dict[str, str]:
    """What a room saw of the votes on each question."""
    found: dict[str, set[str]] = {}
    for voting in answering.votings(session, row.id):
        if voting.shown is not None and voting.question in questionnaire.by_id:
            found.setdefault(voting.question, set()).add(voting.shown)
    return {question: whats.pop() if len(whats) == 1 else "both" for question, whats in sorted(found.items())}


def _room(session: Session, row: AssessmentRow, questionnaire: Questionnaire) -> dict[str, Any]:
    """What a room saw, reached, accepted without a talk, found no level for and did not get to; nothing without one."""
    try:
        room = assessments.room_of(session, row.id)
    except NotFound:
        return {}
    settled = {a.question for a in answering.agreed(session, row.id) if agreed_value(a) is not None}
    reached = settled | {v.question for v in answering.votings(session, row.id) if v.ended}
    reached |= {hand.question for hand in answering.hands(session, row.id)}
    known = questionnaire.by_id
    return {
        "seen": _seen(session, row, questionnaire),
        "asked": tuple(sorted(q for q in known if q in reached)),
        "accepted": tuple(sorted(q for q in room.skipped if q in known)),
        "not_agreed": tuple(sorted(q for q in room.not_agreed if q in known and q not in settled)),
        "left_out": tuple(sorted(q for q in known if q not in reached)),
    }

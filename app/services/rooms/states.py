"""What everybody in a room sees, and what is one's own alone; before the reveal there is no level to send."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.domain.answers import Agreed, Anonymity, Answer
from app.domain.ballots import HiddenBallot, RevealedBallot, revealed
from app.domain.consensus import Vote
from app.domain.prompts import Prompt, prompt_for
from app.domain.questionnaire import Questionnaire
from app.services.answering import MyAnswers, my_answers
from app.services.assessments import questionnaire_for
from app.services.settled import settled_sheet
from app.store.facts import answer_of
from app.store.lookups import answering, assessments
from app.store.lookups.rooms import Seat, joined_count, participant_by_key, room_by_key, votes_cast
from app.store.record.versions import agreed_value
from app.store.tables.answering import AgreedRow, ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

Phase: TypeAlias = Literal["lobby", "voting", "revealed", "agreed", "closed"]
_SHOWING = ("revealed", "agreed")


@dataclass(frozen=True, slots=True)
class SharedState:
    """What the whole room may see; the same for everybody.

    ``voting`` 0 where no question is up. ``ballot``: hidden while it is voted on, revealed from then on, None in the
    lobby and in a closed room. ``agreed`` None in phase agreed: the room found no level. ``last_time``: the level of
    the last assessment, from the reveal on. ``expected``: people by role family. ``asked_at``: since when the
    question is up.
    """

    revision: int
    phase: Phase
    question: str | None
    voting: int
    joined: int
    voted: int
    expected: Mapping[str, int]
    ballot: HiddenBallot | RevealedBallot | None
    prompt: Prompt | None
    agreed: Agreed | None
    last_time: int | None
    time_box_minutes: int | None
    opened_at: dt.datetime
    asked_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class MyVote:
    """One's own vote in one voting."""

    question: str
    voting: int
    answer: Answer
    comment: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class MyPart:
    """What one participant may know of themselves: role, the vote in the voting that is up, everything answered."""

    role: str
    vote: MyVote | None
    votes: tuple[MyVote, ...]
    answers: MyAnswers


def shared_state(session: Session, room: RoomRow) -> SharedState:
    """What everybody in the room sees now."""
    room = room_by_key(session, room.id)
    assessment = assessments.assessment_by_key(session, room.assessment_id)
    questionnaire = questionnaire_for(session, assessment)
    ballot = _ballot(session, assessment, room, questionnaire)
    showing = isinstance(ballot, RevealedBallot)
    return SharedState(
        revision=room.revision,
        phase=room.phase,  # type: ignore[arg-type]  # a CHECK of the table holds the words
        question=room.question,
        voting=room.voting if room.question else 0,
        joined=joined_count(session, assessment.id),
        voted=ballot.voted if ballot else 0,
        expected=dict(room.expected),
        ballot=ballot,
        prompt=prompt_for(ballot.distribution, questionnaire.rules) if isinstance(ballot, RevealedBallot) else None,
        agreed=agreed_on(session, assessment, room.question) if showing and room.question else None,
        last_time=_last_time(session, assessment, room.question) if showing and room.question else None,
        time_box_minutes=room.time_box_minutes,
        opened_at=room.opened_at,
        asked_at=room.asked_at,
    )


def state_of_seat(session: Session, seat: Seat) -> SharedState:
    """The shared state of a participant's room."""
    return shared_state(session, room_by_key(session, seat.room_id))


def revision_of_seat(session: Session, seat: Seat) -> tuple[int, MyVote | None]:
    """The revision of a participant's room and their own vote in the voting that is up: the state has changed if not.

    It costs little, for phones that ask whether anything is new.
    """
    room = room_by_key(session, seat.room_id)
    if room.question is None:
        return room.revision, None
    me = participant_by_key(session, seat.participant_id)
    return room.revision, next(
        (v for v in _my_votes(session, me) if (v.question, v.voting) == (room.question, room.voting)), None
    )


def my_part(session: Session, seat: Seat) -> MyPart:
    """What a participant may know of themselves and nobody else may."""
    me = participant_by_key(session, seat.participant_id)
    assessment = assessments.assessment_by_key(session, seat.assessment_id)
    room = room_by_key(session, seat.room_id)
    mine = _my_votes(session, me)
    now = next((v for v in mine if (v.question, v.voting) == (room.question, room.voting)), None)
    return MyPart(me.role, now, mine, my_answers(session, assessment, me))


def rounds_of(
    session: Session, assessment: AssessmentRow, question: str, numbers: Sequence[int]
) -> dict[int, list[Vote]]:
    """The votes of these votings of a question, for counting only; an empty list where nobody voted."""
    rounds: dict[int, list[Vote]] = {number: [] for number in numbers}
    for cast in votes_cast(session, assessment.id, question).get(question, ()):
        if cast.voting in rounds:
            rounds[cast.voting].append(Vote(cast.person, cast.role, cast.answer))
    return {number: votes for number, votes in rounds.items() if votes or number == max(rounds)}


def revealed_ballot(
    session: Session, assessment: AssessmentRow, question: str, questionnaire: Questionnaire
) -> RevealedBallot:
    """The ended votings of a question as the room may see them."""
    ended = {v.number: v.shown for v in answering.votings(session, assessment.id) if v.question == question and v.ended}
    rounds = rounds_of(session, assessment, question, sorted(ended))
    withheld = frozenset(number for number, shown in ended.items() if shown == "level")
    asked = questionnaire.question(question)
    return revealed(asked, rounds, questionnaire, anonymity_of(assessment), withheld=withheld)


def agreed_on(session: Session, assessment: AssessmentRow, question: str) -> Agreed | None:
    """What the room settled on for a question, None for nothing."""
    row = session.get(AgreedRow, (assessment.id, question), populate_existing=True)
    return agreed_value(row) if row else None


def anonymity_of(assessment: AssessmentRow) -> Anonymity:
    """The terms of an assessment."""
    return "open" if assessment.anonymity == "open" else "anonymous"


def _my_votes(session: Session, me: ParticipantRow) -> tuple[MyVote, ...]:
    return tuple(MyVote(v.question, v.voting, answer_of(v), v.comment, v.seq) for v in answering.own_votes(session, me))


def _ballot(
    session: Session, assessment: AssessmentRow, room: RoomRow, questionnaire: Questionnaire
) -> HiddenBallot | RevealedBallot | None:
    if room.question is None:
        return None
    if room.phase == "voting":
        voted = answering.voted_count(session, assessment.id, room.question, room.voting)
        return HiddenBallot(room.question, room.voting, voted)
    return revealed_ballot(session, assessment, room.question, questionnaire) if room.phase in _SHOWING else None


def _last_time(session: Session, assessment: AssessmentRow, question: str) -> int | None:
    """The claimed level of the last assessment that gave the question one, if its wording means the same."""
    now = questionnaire_for(session, assessment).question(question)
    for past in reversed(assessments.closed_before(session, assessment)):
        then = questionnaire_for(session, past)
        facts = settled_sheet(past, then).questions.get(question)
        if facts is not None:
            return facts.level if then.question(question).rev == now.rev else None
    return None

"""What a room is asked many times a minute: seats, where the conversation stands, counts, and votes to be revealed.

A thousand phones ask at once, so these read columns and not rows.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.store.errors import NotFound
from app.store.lookups import one
from app.store.tables.answering import ParticipantRow, VoteRow, VotingRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.records import AuditRow
from app.store.tables.room import DeviceRow, RoomRow
from app.store.tables.teams import PackRow
from app.store.unit_of_work import plainly


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant's place in a room: all that a vote needs to know.

    ``code`` None: the room is closed. ``first_answer``: whether somebody had answered when this was read.
    """

    organization_id: int
    assessment_id: int
    room_id: int
    participant_id: int
    pack_id: int
    variant: str
    context: Mapping[str, str]
    code: str | None
    role: str
    first_answer: bool
    pack_digest: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands while the assessment is held: of the assessment, of its room, and of one participant.

    ``answered``: whether somebody has answered. ``phase``, ``question`` and ``voting`` are the room's. ``votings`` of
    the question that is asked for: whether each has ended, by number. ``voted``: whether this participant has a vote.
    """

    state: str
    answered: bool
    phase: str
    question: str | None
    voting: int
    votings: Mapping[int, bool]
    voted: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote as a count needs it; ``person`` is an inner key and never leaves."""

    voting: int
    person: int
    role: str
    answer: Answer


_SEAT = (
    select(
        ParticipantRow.organization_id,
        ParticipantRow.assessment_id,
        RoomRow.id,
        ParticipantRow.id,
        AssessmentRow.pack_id,
        AssessmentRow.variant,
        AssessmentRow.context,
        RoomRow.code,
        ParticipantRow.role,
        AssessmentRow.first_answer,
        PackRow.digest,
    )
    .join(RoomRow, RoomRow.assessment_id == ParticipantRow.assessment_id)
    .join(AssessmentRow, AssessmentRow.id == ParticipantRow.assessment_id)
    .join(PackRow, PackRow.id == AssessmentRow.pack_id)
)
# Made once: for statements as short as these, making them takes as long as running them.
_FIRST_DEVICE = _SEAT.where(ParticipantRow.token_hash == bindparam("token"))
_HOLD_ALONE = select(AssessmentRow.id).where(AssessmentRow.id == bindparam("assessment")).with_for_update()
_HOLD = _HOLD_ALONE.with_for_update(read=True)
_STANDING = (
    select(
        AssessmentRow.state,
        AssessmentRow.first_answer,
        RoomRow.phase,
        RoomRow.question,
        RoomRow.voting,
        VoteRow.participant_id,
        VotingRow.number,
        VotingRow.ended,
    )
    .join(RoomRow, RoomRow.assessment_id == AssessmentRow.id)
    .outerjoin(
        VoteRow,
        (VoteRow.assessment_id == AssessmentRow.id)
        & (VoteRow.question == bindparam("question"))
        & (VoteRow.voting == bindparam("voting"))
        & (VoteRow.participant_id == bindparam("participant")),
    )
    .outerjoin(
        VotingRow,
        (VotingRow.assessment_id == AssessmentRow.id) & (VotingRow.question == bindparam("question")),
    )
    .where(AssessmentRow.id == bindparam("assessment"))
)


def seat_by_token(session: Session, token_hash: str) -> Seat:
    """The seat of a token, the participant's first device or a further one; raises NotFound."""
    found = plainly(session, _FIRST_DEVICE, {"token": token_hash}).one_or_none()
    if found is None:
        further = _SEAT.join(DeviceRow, DeviceRow.participant_id == ParticipantRow.id)
        found = session.execute(further.where(DeviceRow.token_hash == token_hash)).one_or_none()
    if found is None:
        raise NotFound("participant")
    return _seat(found)


def seat_of(session: Session, participant_id: int) -> Seat:
    """The seat of a participant that was found before; raises NotFound where there is no room."""
    found = session.execute(_SEAT.where(ParticipantRow.id == participant_id)).one_or_none()
    if found is None:
        raise NotFound("room")
    return _seat(found)


def _seat(found: Any) -> Seat:  # noqa: ANN401 - the columns of _SEAT in their order
    return Seat(*found)


def participant_by_key(session: Session, participant_id: int) -> ParticipantRow:
    """By the inner key, taken from a seat; raises NotFound."""
    return one(session, select(ParticipantRow).where(ParticipantRow.id == participant_id), "participant")


def room_by_key(session: Session, room_id: int) -> RoomRow:
    """By the inner key, taken from a seat, as it is now: votes raise the revision past the session; raises NotFound."""
    statement = select(RoomRow).where(RoomRow.id == room_id).execution_options(populate_existing=True)
    return one(session, statement, "room")


def hold_room(session: Session, assessment_id: int) -> RoomRow:
    """The room of an assessment as it is now, held for a move; raises NotFound.

    Its assessment is held first, always: two who wait for each other would wait for ever.
    """
    statement = select(RoomRow).where(RoomRow.assessment_id == assessment_id).with_for_update()
    return one(session, statement.execution_options(populate_existing=True), "room")


def standing(session: Session, seat: Seat, question: str, voting: int, *, alone: bool) -> Standing:
    """Where a question stands for a participant and a voting, with the assessment held as by ``hold_assessment``.

    So no reveal comes between this and the vote. Raises NotFound.
    """
    if session.connection().dialect.name != "sqlite":  # there a unit that writes holds everything
        # By a statement of its own: one that waits for a lock goes on with what it saw of other tables before.
        plainly(session, _HOLD_ALONE if alone else _HOLD, {"assessment": seat.assessment_id})
    whose = {"assessment": seat.assessment_id, "participant": seat.participant_id}
    found = plainly(session, _STANDING, {**whose, "question": question, "voting": voting}).all()
    if not found:
        raise NotFound("room")
    state, answered, phase, asked, number, mine, *_ = found[0]
    votings = {number: ended for *_, number, ended in found if number is not None}
    return Standing(state, answered, phase, asked, number, votings, voted=mine is not None)


def joined_count(session: Session, assessment_id: int) -> int:
    """How many have joined."""
    return _count(
        session, select(func.count()).select_from(ParticipantRow), ParticipantRow.assessment_id == assessment_id
    )


def talk_began(session: Session, organization_id: int, target: str, since: dt.datetime) -> dt.datetime | None:
    """When the first question was put up since a moment, by the log; None: not yet."""
    asked = (AuditRow.target == target, AuditRow.event == "room.asked", AuditRow.at >= since)
    return session.scalar(select(func.min(AuditRow.at)).where(AuditRow.organization_id == organization_id, *asked))


def device_by_link(session: Session, link_hash: str) -> DeviceRow:
    """The link to a further device, used or not; raises NotFound."""
    statement = select(DeviceRow).where(DeviceRow.link_hash == link_hash).with_for_update()
    return one(session, statement.execution_options(populate_existing=True), "link")


def live_links(session: Session, participant_id: int, now: dt.datetime) -> int:
    """How many unused links of a participant are still good."""
    mine = DeviceRow.participant_id == participant_id
    statement = select(func.count()).select_from(DeviceRow).where(DeviceRow.token_hash.is_(None))
    return _count(session, statement.where(DeviceRow.expires_at > now), mine)


def votes_cast(session: Session, assessment_id: int, question: str | None = None) -> dict[str, list[Cast]]:
    """The votes of one question, or of all, by question; in no order that says who came first. To be counted only."""
    statement = (
        select(
            VoteRow.question, VoteRow.voting, VoteRow.participant_id, ParticipantRow.role, VoteRow.kind, VoteRow.level
        )
        .join(ParticipantRow, ParticipantRow.id == VoteRow.participant_id)
        .where(VoteRow.assessment_id == assessment_id)
        .order_by(VoteRow.question, VoteRow.voting, VoteRow.participant_id)
    )
    if question is not None:
        statement = statement.where(VoteRow.question == question)
    found: dict[str, list[Cast]] = {}
    for name, voting, person, role, kind, level in session.execute(statement):
        found.setdefault(name, []).append(Cast(voting, person, role, _answer(kind, level)))
    return found


def _answer(kind: str, level: int | None) -> Answer:
    """Without the reason of N/A: reasons never leave (measurement.md 4.10, rule 6)."""
    if level is not None:
        return Level(level)
    return DontKnow() if kind == "dk" else NotApplicable("")


def _count(session: Session, statement: Select[int], whose: ColumnElement[bool]) -> int:
    return session.scalar(statement.where(whose)) or 0

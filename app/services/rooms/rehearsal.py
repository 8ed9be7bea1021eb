"""A rehearsal: a room of simulated participants, so that a facilitator has led a workshop before the first one.

It takes place in a team that is listed nowhere, in an assessment that can never be closed; so nothing of it is
counted, compared or reported. It is gone when it ends, or the next day when another begins.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from app.domain.answers import Answer, DontKnow, Level
from app.domain.quarter import Quarter
from app.domain.questionnaire import Question, Questionnaire
from app.services.actors import Actor
from app.services.assessments import open_assessment, questionnaire_for, start_assessment
from app.services.errors import NotAllowedHere, NotValid
from app.services.joining import join_as_guest
from app.services.rooms.opening import Opened, open_room
from app.services.rooms.voting import vote
from app.services.settings import Terms, asked_questions
from app.store.columns import new_public_id
from app.store.errors import NotFound
from app.store.lookups import answering, assessments, people, teams
from app.store.lookups.rooms import seat_of
from app.store.record.requests import log
from app.store.record.rooms import raise_revision
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipTeamRow, OrganizationRow
from app.store.tables.room import RoomRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

PEOPLE, FEWEST, MOST = 7, 3, 30
_KEPT_FOR = dt.timedelta(days=1)
_SIMULATED = "simulated-"
_QUARTERS = 4
#: Of four simulated people three answer a question beforehand.
_ANSWERS_BEFOREHAND = 0.75


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal that has begun: its assessment and its open room."""

    assessment: AssessmentRow
    room: Opened
    seed: int


def start_rehearsal(  # noqa: PLR0913 - where, with what and with whom
    session: Session,
    actor: Actor,
    organization: OrganizationRow,
    *,
    questionnaire: str,
    at: dt.datetime,
    seed: int = 0,
    participants: int = PEOPLE,
    time_box_minutes: int = 30,
) -> Rehearsal:
    """Begin a rehearsal with so many simulated participants, who have answered beforehand; the same for a seed.

    Raises NotFound for a questionnaire that is not there, NotValid for fewer than 3 or more than 30.
    """
    if not FEWEST <= participants <= MOST:
        raise NotValid("participants", f"a rehearsal has {FEWEST} to {MOST} simulated participants")
    for old in teams.rehearsals(session, organization.id):
        if old.created_at <= at - _KEPT_FOR:
            session.delete(old)
    # Names are unique in an organization, and this one is read by nobody but the person who rehearses.
    team = TeamRow(organization_id=organization.id, name=f"Rehearsal {new_public_id()}", rehearsal=True, created_at=at)
    session.add(team)
    session.flush()
    _let_in(session, actor, team)
    quarter = Quarter(at.year, (at.month - 1) * _QUARTERS // 12 + 1)
    terms = Terms(purpose="A rehearsal with simulated participants; nothing here counts.", scope=("a model",))
    row = start_assessment(session, actor, team, quarter, questionnaire, at=at, terms=terms)
    open_assessment(session, actor, row, at=at)
    opened = open_room(session, actor, row, time_box_minutes=time_box_minutes, at=at)
    known = questionnaire_for(session, row)
    for place in range(participants):
        role = known.roles[place % len(known.roles)].id
        join_as_guest(session, row, role, on=at.date(), respondent=f"{_SIMULATED}{place:02}")
    raise_revision(session, opened.room.id)
    for question in asked_questions(known, row.variant, row.context):
        _cast(session, row, known, question, 1, seed, share=_ANSWERS_BEFOREHAND)
    session.refresh(opened.room)
    return Rehearsal(row, opened, seed)


def simulate_votes(session: Session, room: RoomRow, *, seed: int = 0) -> int | None:
    """Let every simulated participant vote on what is asked; the revision after it, None where nothing is asked.

    Raises NotAllowedHere outside a rehearsal.
    """
    row = require_rehearsal(session, room)
    session.refresh(room)
    if room.phase != "voting" or room.question is None:
        return None
    known = questionnaire_for(session, row)
    _cast(session, row, known, known.question(room.question), room.voting, seed, share=1)
    session.refresh(room)
    return room.revision


def end_rehearsal(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> None:
    """End a rehearsal: team, assessment, room and votes are gone. Raises NotAllowedHere outside a rehearsal."""
    row = require_rehearsal(session, room)
    team = teams.team_by_key(session, row.team_id)
    log(session, row.organization_id, "rehearsal.ended", at=at, actor_id=actor.user_id, target=row.public_id)
    session.delete(team)
    session.flush()


def require_rehearsal(session: Session, room: RoomRow) -> AssessmentRow:
    """The assessment of a room that rehearses; raises NotAllowedHere for one where people vote."""
    row = assessments.assessment_by_key(session, room.assessment_id)
    if not is_rehearsal(session, row):
        raise NotAllowedHere("participants are simulated in a rehearsal only; here people vote for themselves")
    return row


def is_rehearsal(session: Session, assessment: AssessmentRow) -> bool:
    """Whether an assessment only rehearses; pages say so in large letters."""
    return teams.team_by_key(session, assessment.team_id).rehearsal


def _cast(  # noqa: PLR0913 - who says what depends on all of them
    session: Session,
    row: AssessmentRow,
    questionnaire: Questionnaire,
    question: Question,
    voting: int,
    seed: int,
    *,
    share: float,
) -> None:
    for person in answering.participants(session, row.id):
        name = person.respondent
        if not name.startswith(_SIMULATED) or _chance(seed, name, question.id, "answers") >= share:
            continue
        builder = questionnaire.families_by_role[person.role] == questionnaire.families[0].id
        vote(
            session, seat_of(session, person.id), question.id, voting, _answer(seed, name, question.id, voting, builder)
        )


def _answer(seed: int, name: str, question: str, voting: int, builder: bool) -> Answer:  # noqa: FBT001
    """Near a level of the question; on some questions builders see more than others; a second vote is closer."""
    luck = _chance(seed, name, question, str(voting))
    if voting == 1 and luck > 0.93:
        return DontKnow()
    middle = int(_chance(seed, question) * 4)
    apart = _chance(seed, question, "apart") < 0.3
    lean = (2 if voting == 1 else 1) if apart and builder else (luck > 0.75) - (luck < 0.25)
    return Level(min(4, max(0, middle + lean)))


def _chance(seed: int, *parts: str) -> float:
    """A number from 0 up to 1 that these texts decide."""
    digest = hashlib.sha256("\0".join((str(seed), *parts)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _let_in(session: Session, actor: Actor, team: TeamRow) -> None:
    """A facilitator of given teams facilitates this one too."""
    if actor.user_id is None:
        return
    try:
        member = people.membership(session, team.organization_id, actor.user_id)
    except NotFound:
        return
    if not member.all_teams:
        session.add(MembershipTeamRow(membership_id=member.id, team_id=team.id, organization_id=team.organization_id))
        session.flush()

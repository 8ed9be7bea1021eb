"""Joining: who takes part in an assessment, in which role, and how they are known."""

import datetime as dt
import secrets
from dataclasses import dataclass

from app.domain.questionnaire import NOT_SAID
from app.services.actors import Actor
from app.services.assessments import hold_open, questionnaire_for
from app.services.errors import NotValid, RoleFixed
from app.store.errors import NotFound
from app.store.lookups import answering, people
from app.store.record import add_once
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import UserRow
from app.store.unit_of_work import Session

_ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody's part in an assessment; ``warning`` says when their answers could be recognised."""

    respondent: str
    role: str
    warning: str | None


def join_as_member(session: Session, actor: Actor, assessment: AssessmentRow, role: str, *, on: dt.date) -> Joined:
    """Take part as a signed-in person, in a role; again with another role changes it until the first answer.

    Raises NotValid for a role that the questionnaire does not hold, NotYetOpen, AssessmentFrozen, RoleFixed.
    """
    if actor.user_id is None:
        raise NotValid("role", "only a signed-in person takes part as a member")
    person = people.user_by_key(session, actor.user_id)
    people.membership(session, assessment.organization_id, person.id)
    try:
        mine = answering.participant_of_user(session, assessment.id, person.id)
    except NotFound:
        return _join(session, assessment, role, _id_of(session, assessment, person), user_id=person.id, on=on)
    return change_role(session, assessment, mine, role)


def join_as_guest(
    session: Session,
    assessment: AssessmentRow,
    role: str,
    *,
    on: dt.date,
    token_hash: str | None = None,
    respondent: str | None = None,
) -> Joined:
    """Take part without an account, known by the hash of a token; errors as for members."""
    name = respondent or secrets.token_hex(_ID_BYTES)
    return _join(session, assessment, role, name, token_hash=token_hash, on=on)


def participant_of(session: Session, actor: Actor, assessment: AssessmentRow) -> ParticipantRow:
    """The actor's part in an assessment; raises NotFound before they have joined."""
    return answering.participant_of_user(session, assessment.id, actor.user_id or 0)


def _join(  # noqa: PLR0913 - as join_as_guest
    session: Session,
    assessment: AssessmentRow,
    role: str,
    respondent: str,
    *,
    on: dt.date,
    user_id: int | None = None,
    token_hash: str | None = None,
) -> Joined:
    _check_role(session, assessment, role)
    held = hold_open(session, assessment, alone=False)
    row = ParticipantRow(
        organization_id=held.organization_id,
        assessment_id=held.id,
        user_id=user_id,
        respondent=respondent,
        role=role,
        token_hash=token_hash,
        joined_on=on,
    )
    if not add_once(session, row):
        raise NotValid("respondent", "this participant takes part already")
    return joined_as(session, held, row)


def change_role(session: Session, assessment: AssessmentRow, mine: ParticipantRow, role: str) -> Joined:
    """Take another role; raises RoleFixed after the first answer, NotValid, NotYetOpen, AssessmentFrozen."""
    if role != mine.role:
        _check_role(session, assessment, role)
        hold_open(session, assessment, alone=False)
        if answering.own_votes(session, mine) or answering.own_beliefs(session, mine):
            raise RoleFixed
        mine.role = role
        session.flush()
    return joined_as(session, assessment, mine)


def _id_of(session: Session, assessment: AssessmentRow, person: UserRow) -> str:
    """What a member is called where answers stand one by one: never what leads to the person by another page.

    Open terms compare the same people over quarters, so they keep the id of earlier open assessments of the team, as
    long as those are kept; under anonymous terms an id lasts one assessment.
    """
    known = answering.ids_of_user(session, assessment.team_id, person.id) if assessment.stable_ids else ()
    kept = [name for name in known if name != person.public_id]
    return kept[-1] if kept else secrets.token_hex(_ID_BYTES)


def _check_role(session: Session, assessment: AssessmentRow, role: str) -> None:
    roles = questionnaire_for(session, assessment).families_by_role
    if role != NOT_SAID and role not in roles:
        raise NotValid("role", f"there is no role {role!r}; choose {', '.join(roles)} or {NOT_SAID}")


def joined_as(session: Session, assessment: AssessmentRow, row: ParticipantRow) -> Joined:
    """Somebody's part as it is now, with the warning if they hold their role alone."""
    warning = None
    alone = answering.roles_joined(session, assessment.id).get(row.role) == 1
    if alone and row.role != NOT_SAID and assessment.anonymity == "anonymous":
        names = {r.id: r.name for r in questionnaire_for(session, assessment).roles}
        warning = (
            f"You are the only one here as {names[row.role]}: your answers can be recognized. You may join as "
            '"not said" instead; they then count half and in no family.'
        )
    return Joined(row.respondent, row.role, warning)

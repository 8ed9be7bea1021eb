"""What is forgotten, and when: raw votes some time after the close, a person on request; and what is known of one."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from app.services.actors import OPERATOR, Actor
from app.services.errors import WrongMoment
from app.store.facts import answer_of
from app.store.lookups import assessments, people, personal
from app.store.record.answers import columns_of, purge_answers
from app.store.record.requests import log
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import OrganizationRow, UserRow
from app.store.unit_of_work import Session

FORMAT = "mythmark/person@1"


def purge_votes(session: Session, organization: OrganizationRow, *, now: dt.datetime) -> int:
    """Forget who voted what in assessments closed longer ago than the organization keeps it; how many assessments.

    Results and reports are made of the settled form and stay as they are. An organization may keep votes for good.
    """
    if organization.retention_days is None:
        return 0
    before = now - dt.timedelta(days=organization.retention_days)
    rows = assessments.to_purge(session, organization.id, before)
    for row in rows:
        participants = purge_answers(session, row)
        row.purged_at = now
        session.flush()
        log(
            session,
            organization.id,
            "assessment.votes_purged",
            at=now,
            target=row.public_id,
            detail={"participants": participants},
        )
    return len(rows)


def personal_file(session: Session, user: UserRow) -> bytes:
    """All that is kept about a person as one JSON file; no secrets, and nobody else's answers."""
    homes, everywhere = _homes(session, user), people.organizations(session)
    told = {
        "format": FORMAT,
        "person": _account(user),
        "memberships": [_membership(session, user, organization) for organization in homes],
        "answers": [_participation(session, *pair) for pair in personal.participations(session, user.id)],
        "actions_owned": [line for o in homes for line in _owned(session, user, o)],
        **_ways_in(session, user),
        "invitations": [
            {"organization": o.slug, "role": i.role, "at": i.created_at, "used": i.used_at}
            for o in everywhere
            for i in personal.invitations(session, o.id, user.email)
        ],
        "log": [
            {"organization": o.slug, "at": line.at, "event": line.event, "target": line.target}
            for o in everywhere
            for line in personal.deeds(session, o.id, user.id)
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def delete_person(session: Session, user: UserRow, *, at: dt.datetime, actor: Actor = OPERATOR) -> None:
    """Delete a person with all that hangs on the account; afterwards ``compact`` clears the file.

    Answers stay without any tie to the person, actions lose their owner. Raises WrongMoment for the only owner of an
    organization, who first makes another one.
    """
    homes = _homes(session, user)
    for organization in only_owner_of(session, user):
        raise WrongMoment(f"{organization.name} has no other owner; make somebody else an owner first")
    for organization in homes:
        log(session, organization.id, "person.deleted", at=at, actor_id=actor.user_id, target=user.public_id)
    everywhere = [organization.id for organization in people.organizations(session)]
    for key in everywhere:
        personal.drop_invitations(session, key, user.email)
    known = {organization.id for organization in homes}
    theirs = [key for key in everywhere if key in known or personal.was_there(session, key, user)]
    personal.forget(session, user, theirs, _names(user))


def only_owner_of(session: Session, user: UserRow) -> tuple[OrganizationRow, ...]:
    """The organizations that would be left without an owner."""
    return tuple(
        organization
        for organization in _homes(session, user)
        if people.membership(session, organization.id, user.id).role == "owner"
        and people.owners_count(session, organization.id) == 1
    )


def _account(user: UserRow) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "active": user.active,
        "confirmed_at": user.confirmed_at,
        "made_at": user.create_datetime,
        "second_factor": user.tf_primary_method,
        "single_sign_on": user.oidc_issuer,
    }


def _ways_in(session: Session, user: UserRow) -> dict[str, Any]:
    return {
        "passkeys": [{"name": k.name, "last_used": k.lastuse_datetime} for k in personal.passkeys(session, user.id)],
        "sessions": [
            {"device": s.device, "began": s.created_at, "seen": s.seen_at, "ended": s.ended_at}
            for s in personal.web_sessions(session, user.id)
        ],
        "api_tokens": [
            {"name": t.name, "made": t.created_at, "last_used": t.last_used_on, "ended": t.ended_at}
            for t in personal.api_tokens(session, user.id)
        ],
    }


def _names(user: UserRow) -> list[str]:
    return [name for name in (user.name, user.email) if name]


def _homes(session: Session, user: UserRow) -> Sequence[OrganizationRow]:
    return [organization for organization, _ in people.memberships_of(session, user.id)]


def _owned(session: Session, user: UserRow, organization: OrganizationRow) -> list[dict[str, Any]]:
    """Actions under the person's name; what others wrote on them only of boards that the person works on.

    A name is chosen freely, so it opens no board.
    """
    row = people.membership(session, organization.id, user.id)
    boards = {team.id for team in people.teams_of_member(session, row)} if row.role != "viewer" else set()
    return [
        {
            "organization": organization.slug,
            "action": card.step,
            "state": card.state,
            "due": card.due,
            "note": card.note if row.role == "owner" or card.team_id in boards else None,
        }
        for card in personal.cards_owned(session, organization.id, _names(user))
    ]


def _membership(session: Session, user: UserRow, organization: OrganizationRow) -> dict[str, Any]:
    row = people.membership(session, organization.id, user.id)
    teams = "all" if row.all_teams else [team.name for team in people.teams_of_member(session, row)]
    return {"organization": organization.slug, "role": row.role, "since": row.created_at, "teams": teams}


def _participation(session: Session, participant: ParticipantRow, row: AssessmentRow) -> dict[str, Any]:
    return {
        "assessment": row.public_id,
        "quarter": row.quarter,
        "role": participant.role,
        "joined": participant.joined_on,
        "votes": [
            {"question": vote.question, "voting": vote.voting, **columns_of(answer_of(vote)), "comment": vote.comment}
            for vote in personal.votes(session, participant)
        ],
        "beliefs": {belief.belief: belief.agree for belief in personal.beliefs(session, participant)},
    }


def _plain(value: object) -> str:
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a file")

"""What a team lets others take over: levels its room agreed on, chosen question by question."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.quarter import Quarter
from app.domain.sheet import QuestionFacts
from app.services.actors import Actor
from app.services.assessments import questionnaire_for
from app.services.errors import NotValid, WrongMoment
from app.services.given import given_text
from app.services.settled import settled_sheet
from app.store.lookups import assessments, offers, overview
from app.store.record.offers import drop_offer, keep_offer
from app.store.record.requests import log
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import OfferRow, TeamRow
from app.store.unit_of_work import Session

#: How the note of a level begins that was taken over: its source stands there, where every export prints it.
TAKEN = "Taken over from "


@dataclass(frozen=True, slots=True)
class Shareable:
    """A level that a team agreed on in its last closed full assessment. ``level`` None: ``reason`` says why not."""

    question: str
    level: int | None
    reason: str | None
    note: str | None
    artefacts: int


@dataclass(frozen=True, slots=True)
class Offering:
    """What a team offers now: questions of one closed assessment, with a note for whoever takes them over."""

    assessment: str
    quarter: Quarter
    date: dt.date
    questions: tuple[str, ...]
    note: str | None


def taken_over(note: str | None) -> bool:
    """Whether a level with this note was taken over from another team."""
    return (note or "").startswith(TAKEN)


def can_be_offered(session: Session, team: TeamRow) -> tuple[AssessmentRow, tuple[Shareable, ...]] | None:
    """The last closed full assessment of a team and what its room agreed on there; None before the first."""
    last = overview.last_closed(session, {team.id}).get(team.id)
    if last is None:
        return None
    row = assessments.assessment_by_key(session, last.key)
    facts = settled_sheet(row, questionnaire_for(session, row)).questions
    return row, tuple(
        Shareable(
            one.question, one.level if one.status == "level" else None, one.reason, one.note, len(one.evidence.items)
        )
        for one in facts.values()
        if is_offered(one)
    )


def offer_of(session: Session, team: TeamRow) -> Offering | None:
    """What a team offers now; nothing once the assessment it is from was voided."""
    row = offers.offer(session, team.id)
    if row is None:
        return None
    of = assessments.assessment_by_key(session, row.assessment_id)
    if of.state != "closed":
        return None
    return Offering(of.public_id, Quarter.parse(of.quarter), of.date, tuple(row.questions), row.note)


def offer_levels(
    session: Session,
    actor: Actor,
    team: TeamRow,
    questions: Iterable[str],
    *,
    at: dt.datetime,
    note: str | None = None,
) -> None:
    """Let other teams of the organization take over these levels of the last closed full assessment, and no others.

    Raises WrongMoment before there is one, NotValid for what its room has not agreed on, and for nothing at all.
    """
    found, words = can_be_offered(session, team), given_text(note, "note")
    if found is None:
        raise WrongMoment("there is nothing to offer before the first full assessment is closed")
    of, there = found
    wanted = set(questions)
    if not wanted or not wanted <= {one.question for one in there}:
        raise NotValid("questions", "choose at least one question, of those that your room has agreed on")
    chosen = [one.question for one in there if one.question in wanted]
    keep_offer(
        session,
        OfferRow(
            team_id=team.id,
            organization_id=team.organization_id,
            assessment_id=of.id,
            questions=chosen,
            note=words,
            offered_at=at,
            offered_by=actor.user_id,
        ),
    )
    _log(session, actor, team, "team.levels_offered", at, questions=len(chosen))


def withdraw_offer(session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime) -> None:
    """Offer nothing any more; what was taken over stays where it is, with its source. Again changes nothing."""
    if offers.offer(session, team.id) is not None:
        drop_offer(session, team.id)
        _log(session, actor, team, "team.levels_kept", at)


def is_offered(facts: QuestionFacts) -> bool:
    """What a room settled on; votes are nobody else's, and a level that was itself taken over stays with its source."""
    return facts.origin == "agreed" and not taken_over(facts.note)


def _log(session: Session, actor: Actor, team: TeamRow, event: str, at: dt.datetime, **detail: object) -> None:
    log(session, team.organization_id, event, at=at, actor_id=actor.user_id, target=team.public_id, detail=detail)

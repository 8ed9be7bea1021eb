"""How an assessment ends: what is missing is told, then it is settled once and for all; an owner may void it."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass, replace

from app.domain.answers import Assessment
from app.domain.quarter import Quarter
from app.domain.settle import settle
from app.formats.assessments import canonical_digest
from app.services.actors import OPERATOR, Actor
from app.services.assessments import hold_open, hold_unfinished, questionnaire_for
from app.services.board import mark_checked
from app.services.effort import effort_of
from app.services.errors import WrongMoment
from app.services.settings import asked_questions
from app.services.settled import past_of, settled_columns
from app.services.summaries import refresh_summary
from app.store.errors import NotFound
from app.store.facts import assessment_facts
from app.store.lookups import answering, assessments, board
from app.store.lookups.teams import team_by_key
from app.store.record.requests import log
from app.store.record.rooms import end_room
from app.store.record.versions import agreed_value, report_actions
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

_ARTEFACT_FROM = 3
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """What an assessment still lacks, as far as a facilitator may know it: counts of votes, never levels.

    ``unanswered``: questions without a vote, a show of hands or an agreed level. ``unproven``: agreed at level 3 or
    more without a named artefact. ``few``: anonymous, and too few take part for votes to count.
    """

    unanswered: tuple[str, ...]
    unproven: tuple[str, ...]
    few: bool
    beliefs: bool
    purpose: bool
    capacity: bool

    @property
    def says(self) -> tuple[str, ...]:
        """One sentence for each."""
        unanswered, unproven = len(self.unanswered), len(self.unproven)
        told = (
            (unanswered, f"{_questions(unanswered)} without an answer; they will be unknown."),
            (unproven, f"{_questions(unproven)} agreed at level 3 or more without evidence; level 2 is supported."),
            (self.few, "Fewer than 3 take part: anonymous votes will not count, agreed levels will."),
            (self.beliefs, "Nobody said what they believe; verdicts will rest on practice alone."),
            (self.purpose, "No purpose is written down; it is printed on every report."),
            (self.capacity, "No capacity is stated; there will be no plan by quarters."),
        )
        return tuple(sentence for holds, sentence in told if holds)


def what_is_missing(session: Session, assessment: AssessmentRow, actor: Actor = OPERATOR) -> Missing:
    """What an assessment lacks before it is closed; closing is allowed all the same.

    Whoever answered alone and closes it (``actor``) is not too few: their answers are no secret to themselves.
    """
    questionnaire = questionnaire_for(session, assessment)
    agreed = {row.question: value for row in answering.agreed(session, assessment.id) if (value := agreed_value(row))}
    answered = {
        *answering.answered_counts(session, assessment.id),
        *agreed,
        *(hand.question for hand in answering.hands(session, assessment.id)),
    }
    shown = {row.question for row in answering.evidence(session, assessment.id) if row.grade}
    levels = {name: getattr(value.answer, "level", 0) for name, value in agreed.items()}
    asked = asked_questions(questionnaire, assessment.variant, assessment.context)
    people = answering.participants(session, assessment.id)
    alone = len(people) == 1 and actor.user_id is not None and people[0].user_id == actor.user_id
    full = assessment.variant == "full"
    return Missing(
        unanswered=tuple(q.id for q in asked if q.id not in answered),
        unproven=tuple(q.id for q in asked if levels.get(q.id, 0) >= _ARTEFACT_FROM and q.id not in shown),
        few=assessment.anonymity == "anonymous" and 0 < len(people) < _FEWEST and not alone,
        beliefs=full and not answering.believers_count(session, assessment.id),
        purpose=not assessment.purpose,
        capacity=full and assessment.capacity_people is None,
    )


def close_assessment(
    session: Session, actor: Actor, assessment: AssessmentRow, *, at: dt.datetime, key: bytes
) -> AssessmentRow:
    """Settle an assessment with all votes and beliefs, for good; the row as it is then.

    The board goes in as reported and comes out as checked. ``key`` keys the digest of the answers, which never
    leaves. Its room closes with it. Raises NotYetOpen, AssessmentFrozen, WrongMoment for a rehearsal.
    """
    held = hold_open(session, assessment, alone=True)
    if team_by_key(session, held.team_id).rehearsal:
        raise WrongMoment("a rehearsal is never closed, so that it counts nowhere; end it, and it is gone")
    end_room(session, held.id, at=at)
    # Nobody answered on a day that is still to come: where no day was said, it is the one on which it was closed.
    if held.date == Quarter.parse(held.quarter).last_day:
        held.date = min(held.date, at.date())
    questionnaire = questionnaire_for(session, held)
    if not board.reported_actions(session, held.id):
        # What was dropped is no promise, and of a step that the questionnaire retired nothing can be said.
        kept = [
            card
            for card in board.cards(session, held.team_id)
            if card.pinned is not False and card.step in questionnaire.steps
        ]
        report_actions(session, held, kept)
    facts = assessment_facts(session, held, questionnaire, closing=True)
    if _answered_alone(session, actor, held, facts):
        # One's own answers are no secret to oneself, and nobody else's are in there (measurement.md 4.10).
        held.anonymity = "open"
        facts = replace(facts, anonymity="open")
    ratio = effort_of(session, held.organization_id)
    sheet = settle(facts, questionnaire, past_of(session, held), effort_ratio=ratio)
    for name, value in settled_columns(sheet, questionnaire).items():
        setattr(held, name, value)
    held.input_digest = hmac.new(key, canonical_digest(facts).encode(), hashlib.sha256).hexdigest()
    held.state, held.closed_at = "closed", at
    session.flush()
    mark_checked(session, held, sheet.actions)
    refresh_summary(session, held.organization_id, held.team_id)
    _log(session, actor, held, "closed", at, {"digest": held.settled_digest})
    return held


def void_assessment(session: Session, actor: Actor, assessment: AssessmentRow, reason: str, *, at: dt.datetime) -> None:
    """Declare a closed assessment void: it stays, marked, and its quarter is free again. Raises WrongMoment."""
    held = assessments.hold_assessment(session, assessment.id, alone=True)
    if held.state != "closed":
        raise WrongMoment("only a closed assessment can be voided; discard a draft, close an open one first")
    held.state = "voided"
    session.flush()
    refresh_summary(session, held.organization_id, held.team_id)
    _log(session, actor, held, "voided", at, {"reason": reason[:500]})


def discard_draft(session: Session, actor: Actor, assessment: AssessmentRow, *, at: dt.datetime) -> None:
    """Throw away an assessment that was never opened; raises WrongMoment, AssessmentFrozen."""
    held = hold_unfinished(session, assessment)
    if held.state != "draft":
        raise WrongMoment("the assessment is open, people may have answered; close it instead")
    _log(session, actor, held, "discarded", at, {"quarter": held.quarter, "variant": held.variant})
    session.delete(held)
    session.flush()


def _answered_alone(session: Session, actor: Actor, assessment: AssessmentRow, facts: Assessment) -> bool:
    """Whether all the answers are those of the person who closes."""
    if assessment.anonymity == "open" or len(facts.respondents) != 1 or facts.hands or actor.user_id is None:
        return False
    try:
        mine = answering.participant_of_user(session, assessment.id, actor.user_id)
    except NotFound:
        return False
    return mine.respondent == facts.respondents[0].id


def _questions(count: int) -> str:
    return "1 question is" if count == 1 else f"{count} questions are"


def _log(
    session: Session, actor: Actor, row: AssessmentRow, event: str, at: dt.datetime, detail: dict[str, str | None]
) -> None:
    log(
        session,
        row.organization_id,
        f"assessment.{event}",
        at=at,
        actor_id=actor.user_id,
        target=row.public_id,
        detail=detail,
    )

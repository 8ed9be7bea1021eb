"""Levels that hold for several teams: one offers what it agreed on, as a platform does, and others take it over."""

import datetime as dt
from dataclasses import dataclass

from app.domain.answers import Agreed, Evidence, Level, NotApplicable
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.sheet import QuestionFacts
from app.services.actors import Actor
from app.services.agreeing import agree_level, set_evidence
from app.services.assessments import questionnaire_for
from app.services.errors import WrongMoment
from app.services.given import TEXT_CHARACTERS
from app.services.settings import asked_questions
from app.services.settled import settled_sheet
from app.store.lookups import assessments, overview
from app.store.record.requests import log
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class OfferedLevel:
    """What another team agreed on, for a question that this assessment asks in the same words.

    ``level`` None: it does not apply there, ``reason`` says why.
    """

    question: str
    team: str
    team_id: str
    quarter: Quarter
    level: int | None
    reason: str | None
    note: str | None
    evidence: Evidence

    @property
    def source(self) -> str:
        """``Taken over from Platform, 2026-Q3``: what stands in the note of whoever takes it over."""
        return f"Taken over from {self.team}, {self.quarter}"


def offer_levels(session: Session, actor: Actor, team: TeamRow, *, offered: bool, at: dt.datetime) -> None:
    """Let other teams of the organization take over what this team agreed on, or not any more."""
    if team.offers_answers != offered:
        team.offers_answers = offered
        session.flush()
        event = "team.levels_offered" if offered else "team.levels_kept"
        log(session, team.organization_id, event, at=at, actor_id=actor.user_id, target=team.public_id)


def offered_levels(session: Session, assessment: AssessmentRow) -> tuple[OfferedLevel, ...]:
    """What other teams offer for the questions of this assessment, by question in the order of the pack, then team.

    From the last closed full assessment of each; a question of another revision is another question.
    """
    asked = questionnaire_for(session, assessment)
    wanted = [q.id for q in asked_questions(asked, assessment.variant, assessment.context)]
    found = [
        offer
        for team in overview.offering_teams(session, assessment.organization_id)
        if team.id != assessment.team_id
        for offer in _offers(session, team, asked)
    ]
    return tuple(offer for question in wanted for offer in found if offer.question == question)


def take_over_level(  # noqa: PLR0913 - who takes what from whom on which version, when
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    question: str,
    team: TeamRow,
    *,
    at: dt.datetime,
    version: int | None = None,
) -> int:
    """Agree on what another team offers, with its evidence and the source in the note; the new version.

    Raises WrongMoment when it is not offered, and what ``agree_level`` raises.
    """
    offers = offered_levels(session, assessment)
    offer = next((o for o in offers if o.question == question and o.team_id == team.public_id), None)
    if offer is None:
        raise WrongMoment(f"{team.name} does not offer a level for {question} that fits this assessment")
    note = offer.source if not offer.note else f"{offer.source}: {offer.note}"
    answer = Level(offer.level) if offer.level is not None else NotApplicable(offer.reason or offer.source)
    agreed = Agreed(answer, note[:TEXT_CHARACTERS])
    saved = agree_level(session, actor, assessment, question, agreed, at=at, version=version)
    if offer.evidence.items:
        set_evidence(session, actor, assessment, question, offer.evidence.items, at=at, grade=offer.evidence.grade)
    return saved


def _offers(session: Session, team: TeamRow, asked: Questionnaire) -> list[OfferedLevel]:
    last = overview.last_closed(session, {team.id}).get(team.id)
    if last is None:
        return []
    row = assessments.assessment_by_key(session, last.key)
    theirs = questionnaire_for(session, row)
    sheet = settled_sheet(row, theirs)
    return [
        OfferedLevel(
            question=name,
            team=team.name,
            team_id=team.public_id,
            quarter=sheet.quarter,
            level=facts.level if facts.status == "level" else None,
            reason=facts.reason,
            note=facts.note,
            evidence=facts.evidence,
        )
        for name, facts in sheet.questions.items()
        if _is_offered(facts) and name in asked.by_id and asked.by_id[name].rev == theirs.by_id[name].rev
    ]


def _is_offered(facts: QuestionFacts) -> bool:
    """What a room settled on; votes are nobody else's, and a level that was itself taken over stays with its source."""
    return facts.origin == "agreed" and not (facts.note or "").startswith("Taken over from ")

"""Levels that hold for several teams: what one offers, as a platform does, others take over with its source."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.answers import Agreed, Evidence, EvidenceItem, Level, NotApplicable
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.services.actors import Actor
from app.services.agreeing import MOST_ITEMS, agree_level, agreed_now, evidence_now, set_evidence
from app.services.assessments import questionnaire_for
from app.services.errors import NotValid, WrongMoment
from app.services.given import TEXT_CHARACTERS
from app.services.offering import TAKEN, is_offered, taken_over
from app.services.settings import asked_questions
from app.services.settled import settled_sheet
from app.store.lookups import offers as offers_there
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import OfferRow, TeamRow
from app.store.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class OfferedLevel:
    """What another team agreed on, for a question that this assessment asks in the same words.

    ``level`` None: it does not apply there, ``reason`` says why. ``advice``: what that team says about taking it over.
    """

    question: str
    team: str
    team_id: str
    assessment: str
    quarter: Quarter
    date: dt.date
    level: int | None
    reason: str | None
    note: str | None
    advice: str | None
    evidence: Evidence

    @property
    def source(self) -> str:
        """``Taken over from Platform, 2026-Q3 of 2026-09-30``: what stands in the note of whoever takes it over."""
        return f"{TAKEN}{self.team}, {self.quarter} of {self.date.isoformat()}"


def offered_levels(session: Session, assessment: AssessmentRow) -> tuple[OfferedLevel, ...]:
    """What other teams offer for the questions of this assessment, by question in the order of the pack, then team.

    A question of another revision is another question.
    """
    asked = questionnaire_for(session, assessment)
    wanted = [q.id for q in asked_questions(asked, assessment.variant, assessment.context)]
    found = [
        level
        for offer, team, of in offers_there.offers(session, assessment.organization_id)
        if team.id != assessment.team_id
        for level in _levels(session, offer, team, of, asked)
    ]
    return tuple(level for question in wanted for level in found if level.question == question)


def take_over_levels(
    session: Session, actor: Actor, assessment: AssessmentRow, wanted: Sequence[tuple[str, str]], *, at: dt.datetime
) -> int:
    """Agree on what other teams offer, as (question, public id of the team), all or none; how many it was.

    What shows them is named beside what is named here already, and the source stands in the note. Raises WrongMoment
    when one is not offered or is settled here already, NotValid for one question from two teams, and what
    ``agree_level`` raises.
    """
    if len({question for question, _ in wanted}) < len(wanted):
        raise NotValid("levels", "choose one team a question; two of them cannot both be right")
    offers = {(offer.question, offer.team_id): offer for offer in offered_levels(session, assessment)}
    for question, team_id in wanted:
        offer = offers.get((question, team_id))
        if offer is None:
            raise WrongMoment(f"a level for {question} that fits this assessment is not offered any more")
        agreed, version = agreed_now(session, assessment, question)
        if agreed is not None:
            raise WrongMoment(f"{question} is settled here already; take that back first")
        note = offer.source if not offer.note else f"{offer.source}: {offer.note}"
        answer = Level(offer.level) if offer.level is not None else NotApplicable(offer.reason or offer.source)
        taken = Agreed(answer, note[:TEXT_CHARACTERS])
        agree_level(session, actor, assessment, question, taken, at=at, version=version)
        here, _ = evidence_now(session, assessment, question)
        items = _beside(here.items, offer.evidence.items)
        if items != here.items:
            set_evidence(session, actor, assessment, question, items, at=at)
    return len(wanted)


def give_back_level(
    session: Session, actor: Actor, assessment: AssessmentRow, question: str, *, at: dt.datetime, version: int | None
) -> bool:
    """Take back a level that was taken over, and the artefacts that came with it while they are still offered.

    Whether artefacts stay that came from the other team may be unknown: True says that all of them are gone. Raises
    WrongMoment for a level of one's own, VersionConflict, and what ``agree_level`` raises.
    """
    agreed, _ = agreed_now(session, assessment, question)
    if agreed is None or not taken_over(agreed.note):
        raise WrongMoment("this level was not taken over from another team")
    offers = [one for one in offered_levels(session, assessment) if one.question == question]
    source = next((one for one in offers if (agreed.note or "").startswith(one.source)), None)
    agree_level(session, actor, assessment, question, None, at=at, version=version)
    here, _ = evidence_now(session, assessment, question)
    if source is None:
        return not here.items
    left = tuple(item for item in here.items if item not in source.evidence.items)
    if left != here.items:
        set_evidence(session, actor, assessment, question, left, at=at)
    return True


def _levels(
    session: Session, offer: OfferRow, team: TeamRow, of: AssessmentRow, asked: Questionnaire
) -> list[OfferedLevel]:
    theirs = questionnaire_for(session, of)
    sheet = settled_sheet(of, theirs)
    return [
        OfferedLevel(
            question=name,
            team=team.name,
            team_id=team.public_id,
            assessment=of.public_id,
            quarter=sheet.quarter,
            date=of.date,
            level=facts.level if facts.status == "level" else None,
            reason=facts.reason,
            note=facts.note,
            advice=offer.note,
            evidence=facts.evidence,
        )
        for name, facts in sheet.questions.items()
        if name in offer.questions
        and is_offered(facts)
        and name in asked.by_id
        and asked.by_id[name].rev == theirs.by_id[name].rev
    ]


def _beside(here: tuple[EvidenceItem, ...], theirs: tuple[EvidenceItem, ...]) -> tuple[EvidenceItem, ...]:
    return (*here, *(item for item in theirs if item not in here))[:MOST_ITEMS]

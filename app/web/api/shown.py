"""Rows as the values that the API gives."""

from decimal import Decimal

from app.domain.answers import Agreed as AgreedValue
from app.domain.answers import Evidence as EvidenceValue
from app.domain.answers import Level, NotApplicable
from app.formats.api_given import Action, Agreed, Artefact, Assessment, Capacity, Evidence, Team
from app.services.assessments import questionnaire_for, terms_of
from app.services.teams import team_of
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.tables.teams import TeamRow
from app.web.units import session
from app.web.visit import membership


def shown_team(row: TeamRow) -> Team:
    """A team."""
    return Team(id=row.public_id, name=row.name, archived=row.archived_at is not None)


def shown_assessment(row: AssessmentRow, team: TeamRow | None = None) -> Assessment:
    """An assessment with its settings; ``team`` where it was looked up before."""
    terms = terms_of(row)
    capacity = terms.capacity
    return Assessment(
        id=row.public_id,
        organization=membership().slug,
        team=shown_team(team or team_of(session(), row)),
        quarter=row.quarter,
        variant="pulse" if row.variant == "pulse" else "full",
        questionnaire=questionnaire_for(session(), row).name,
        state=row.state,  # type: ignore[arg-type]  # a CHECK of the table holds the words
        anonymity=terms.anonymity,
        purpose=terms.purpose,
        scope=list(terms.scope),
        capacity=Capacity(
            people=Decimal(capacity.people), working_days=Decimal(capacity.working_days), share=Decimal(capacity.share)
        )
        if capacity
        else None,
        target={"default": terms.target, **terms.target_levels} if terms.target_levels else terms.target,
        context=dict(terms.context),
        date=row.date,
        time_box_minutes=terms.time_box_minutes,
        version=row.version,
        created_at=row.created_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )


def shown_agreed(question: str, value: AgreedValue | None, version: int) -> Agreed:
    """What the room settled on."""
    answer = value.answer if value else None
    return Agreed(
        question=question,
        level=answer.level if isinstance(answer, Level) else None,
        na=answer.reason if isinstance(answer, NotApplicable) else None,
        note=value.note if value else None,
        version=version,
    )


def shown_evidence(question: str, value: EvidenceValue, version: int) -> Evidence:
    """What stands behind a level."""
    items = [Artefact(title=i.title, place=i.place, date=i.date, seen_by=i.seen_by) for i in value.items]
    return Evidence(question=question, grade=value.grade.name, items=items, version=version)  # type: ignore[arg-type]  # E0, E1, E2


def shown_action(row: CardRow) -> Action:
    """An action of the board."""
    return Action(
        id=row.public_id,
        step=row.step,
        status=row.state,  # type: ignore[arg-type]  # a CHECK of the table holds the words
        quarter=row.quarter,
        owner=row.owner,
        started=row.started,
        effort_days=row.effort_days,
        note=row.note,
        verified_in=row.verified_in,
        version=row.version,
    )

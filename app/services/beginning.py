"""How an assessment begins: the quarter and the questionnaire that suggest themselves, and the short way alone."""

import datetime as dt

from app.domain.answers import Variant
from app.domain.quarter import Quarter
from app.services.actors import Actor
from app.services.assessments import list_assessments, open_assessment, questionnaire_for, start_assessment
from app.services.errors import TeamArchived
from app.services.packs import ShelfEntry, shelf_of
from app.services.settings import Terms
from app.store.errors import NotFound
from app.store.lookups import assessments
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session


def quarter_of(day: dt.date) -> Quarter:
    """The calendar quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def suggested_quarter(session: Session, team: TeamRow, today: dt.date, variant: Variant = "full") -> Quarter:
    """This quarter; the next one if the team has an assessment of this variant already."""
    present = quarter_of(today)
    taken = assessments.standing(session, team.id, str(present), variant) is not None
    return present.after(1) if taken else present


def offered(session: Session, organization_id: int) -> tuple[ShelfEntry, ...]:
    """What can be assessed with: published questionnaires by id, the newest version of each first."""
    published = [entry for entry in shelf_of(session, organization_id) if entry.published]
    newest = sorted(published, key=lambda entry: _version(entry.version), reverse=True)
    return tuple(sorted(newest, key=lambda entry: entry.pack))


def suggested_questionnaire(session: Session, team: TeamRow) -> str:
    """The newest version of the questionnaire that the team used last, otherwise of the first; raises NotFound."""
    choice = offered(session, team.organization_id)
    if not choice:
        raise NotFound("questionnaire")
    before = list_assessments(session, team)
    last = questionnaire_for(session, before[-1]).id if before else ""
    return next((entry.name for entry in choice if entry.pack == last), _first(choice).name)


def answer_alone(session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime) -> AssessmentRow:
    """A pulse of this quarter, open at once, for somebody who answers it alone; again gives the same one.

    Raises TeamArchived, AssessmentExists when the pulse of this quarter is closed, NotFound without a questionnaire.
    """
    if team.archived_at is not None:
        raise TeamArchived
    quarter = quarter_of(at.date())
    row = assessments.standing(session, team.id, str(quarter), "pulse")
    if row is None or row.state == "closed":
        name = suggested_questionnaire(session, team)
        terms = Terms(date=at.date())
        row = start_assessment(session, actor, team, quarter, name, at=at, variant="pulse", terms=terms)
    open_assessment(session, actor, row, at=at)
    return row


def _first(choice: tuple[ShelfEntry, ...]) -> ShelfEntry:
    """One that comes with the program, if there is one: an organization's own is chosen on purpose."""
    return next((entry for entry in choice if not entry.own), choice[0])


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else -1 for part in text.split("."))

"""Assessment files out and in: what leaves is the settled form, or the raw one where the terms are open."""

import datetime as dt
from typing import Literal

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire
from app.domain.sheet import Sheet
from app.formats.assessments import Read, read_assessment, write_raw, write_settled
from app.formats.attachment import read_attached_assessment
from app.services.actors import Actor
from app.services.assessments import FINAL, place, questionnaire_for
from app.services.errors import NotAllowedHere, OtherTeam, RawStaysHere, TeamArchived
from app.services.files import GivenFile
from app.services.packs import OrganizationShelf
from app.services.results import sheet_of
from app.services.settled import settled_columns, settled_text
from app.services.summaries import refresh_summary
from app.services.taking_in import take_in_answers
from app.store.facts import assessment_facts
from app.store.lookups import teams
from app.store.record.requests import log
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

Form = Literal["settled", "raw"]


def export_file(session: Session, actor: Actor, assessment: AssessmentRow, form: Form, *, at: dt.datetime) -> bytes:
    """An assessment as a file, written into the audit log; raises RawStaysHere, SettledChanged.

    Of one that is not closed, what may be seen so far.
    """
    questionnaire = questionnaire_for(session, assessment)
    if form == "raw":
        if assessment.anonymity != "open":
            raise RawStaysHere
        data = write_raw(assessment_facts(session, assessment, questionnaire), questionnaire)
    elif assessment.state in FINAL:
        data = settled_text(assessment).encode()
    else:
        data = write_settled(sheet_of(session, assessment), questionnaire)
    _log(session, actor, assessment, "exported", at, form)
    return data


def log_export(session: Session, actor: Actor, assessment: AssessmentRow, form: str, *, at: dt.datetime) -> None:
    """Write into the audit log that a report left in this form."""
    _log(session, actor, assessment, "exported", at, form)


def import_file(
    session: Session, actor: Actor, team: TeamRow, given: GivenFile, *, at: dt.datetime, of_it: bool = False
) -> AssessmentRow:
    """Take in an assessment file, or a report PDF that carries one.

    A settled one is closed as it was published. A raw one is open, with its votings ended, and is closed by whoever
    took it in. ``of_it``: refuse a file that names another team. Raises Problems, NoAttachedAssessment, OtherTeam,
    AssessmentExists, TeamArchived, NotAllowedHere.
    """
    if team.archived_at is not None:
        raise TeamArchived
    shelf = OrganizationShelf(session, team.organization_id)
    read = _read(given, shelf)
    pack_id = shelf.row(read.questionnaire.name).id
    form = _form_of(read)
    if of_it and _plain(form.team) != _plain(team.name):
        raise OtherTeam(form.organization, form.team, team.name)
    if read.sheet is not None:
        row = _settled(session, team, pack_id, read.sheet, read.questionnaire, at)
        _log(session, actor, row, "imported", at, "settled")
        return row
    if read.assessment is None or read.assessment.anonymity != "open":
        raise NotAllowedHere(
            "the file holds answers one by one under anonymous terms; only open ones can be taken in like that. "
            "Give the settled form, or say anonymity: open if everybody agreed to it"
        )
    row = _frame(team, pack_id, read.assessment, at)
    row.state, row.stable_ids = "open", read.assessment.stable_ids
    place(session, row)
    take_in_answers(session, row, read.assessment)
    _log(session, actor, row, "imported", at, "raw")
    return row


def names_in_file(session: Session, organization_id: int, given: GivenFile) -> tuple[str, str]:
    """The organization and the team that a file says it is of; errors as for ``import_file``."""
    form = _form_of(_read(given, OrganizationShelf(session, organization_id)))
    return form.organization, form.team


def attached_packs(session: Session, assessment: AssessmentRow) -> tuple[GivenFile, ...]:
    """The questionnaire of an assessment as a file, if it does not come with the program."""
    pack = teams.pack_by_key(session, assessment.pack_id)
    if pack.organization_id is None:
        return ()
    return (GivenFile(f"{pack.pack}@{pack.version}.yaml", pack.content.encode()),)


def _read(given: GivenFile, shelf: OrganizationShelf) -> Read:
    if given.data.startswith(b"%PDF-"):
        return read_assessment(read_attached_assessment(given.data), f"{given.name} (attachment)", shelf)
    return read_assessment(given.data, given.name, shelf)


def _form_of(read: Read) -> Assessment | Sheet:
    form = read.sheet or read.assessment
    assert form is not None, "a file is read into one of the two forms"  # noqa: S101 - a promise of formats
    return form


def _plain(name: str) -> str:
    """Names that differ in blanks or capitals only are one name."""
    return " ".join(name.split()).casefold()


def _settled(
    session: Session, team: TeamRow, pack_id: int, sheet: Sheet, questionnaire: Questionnaire, at: dt.datetime
) -> AssessmentRow:
    row = _frame(team, pack_id, sheet, at)
    row.state, row.closed_at, row.stable_ids = "closed", at, sheet.stable_ids
    for name, value in settled_columns(sheet, questionnaire).items():
        setattr(row, name, value)
    place(session, row)
    refresh_summary(session, row.organization_id, row.team_id)
    return row


def _frame(team: TeamRow, pack_id: int, of: Assessment | Sheet, at: dt.datetime) -> AssessmentRow:
    capacity = of.capacity
    return AssessmentRow(
        organization_id=team.organization_id,
        team_id=team.id,
        pack_id=pack_id,
        quarter=str(of.quarter),
        variant=of.variant,
        date=of.date,
        anonymity=of.anonymity,
        first_answer=True,
        purpose=of.purpose,
        scope=list(of.scope),
        capacity_people=capacity.people if capacity else None,
        capacity_working_days=capacity.working_days if capacity else None,
        capacity_share=capacity.share if capacity else None,
        target=of.target,
        target_levels=dict(of.target_levels),
        context=dict(of.context),
        created_at=at,
        opened_at=at,
    )


def _log(session: Session, actor: Actor, row: AssessmentRow, event: str, at: dt.datetime, form: str) -> None:
    log(
        session,
        row.organization_id,
        f"assessment.{event}",
        at=at,
        actor_id=actor.user_id,
        target=row.public_id,
        detail={"form": form},
    )

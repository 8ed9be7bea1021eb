"""Assessments: started, set, opened; how one ends is in ``app.services.closing``."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from app.domain.answers import Anonymity, Capacity, Variant
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.services.actors import Actor
from app.services.errors import (
    AnonymityFixed,
    AssessmentExists,
    AssessmentFrozen,
    NotValid,
    NotYetOpen,
    TeamArchived,
    WrongMoment,
)
from app.services.packs import find_pack, questionnaire_by_key, questionnaire_of
from app.services.settings import Terms, columns_of
from app.store.lookups import answering, assessments
from app.store.record import add_once
from app.store.record.requests import log
from app.store.record.versions import save_settings
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

FINAL = ("closed", "voided")


def find_assessment(session: Session, organization_id: int, public_id: str) -> AssessmentRow:
    """An assessment of this organization; raises NotFound, also for one of another organization."""
    return assessments.assessment(session, organization_id, public_id)


def list_assessments(session: Session, team: TeamRow, *, voided: bool = False) -> Sequence[AssessmentRow]:
    """The assessments of a team, oldest quarter first."""
    return assessments.assessments_of_team(session, team.id, voided=voided)


def questionnaire_for(session: Session, assessment: AssessmentRow) -> Questionnaire:
    """The frozen questionnaire of an assessment."""
    return questionnaire_by_key(session, assessment.pack_id)


def start_assessment(  # noqa: PLR0913 - who, whose, when, what with, and on which terms
    session: Session,
    actor: Actor,
    team: TeamRow,
    quarter: Quarter,
    questionnaire: str,
    *,
    at: dt.datetime,
    variant: Variant = "full",
    terms: Terms | None = None,
) -> AssessmentRow:
    """Start an assessment as a draft; ``questionnaire`` is a name on the shelf such as ``mlops@1.0.0``.

    Raises NotFound, NotValid, TeamArchived, NoLiveModel and AssessmentExists.
    """
    if team.archived_at is not None:
        raise TeamArchived
    if variant not in {"full", "pulse"}:
        raise NotValid("variant", "an assessment is full or a pulse")
    pack = find_pack(session, team.organization_id, questionnaire)
    wanted = terms or Terms()
    row = AssessmentRow(
        organization_id=team.organization_id,
        team_id=team.id,
        pack_id=pack.id,
        quarter=str(quarter),
        variant=variant,
        date=wanted.date or quarter.last_day,
        created_at=at,
        **columns_of(wanted, questionnaire_of(pack)),
    )
    place(session, row)
    detail = {"quarter": row.quarter, "variant": variant, "questionnaire": questionnaire}
    _log(session, actor, row, "started", at, **detail)
    return row


def place(session: Session, row: AssessmentRow) -> None:
    """Put an assessment into its quarter; raises AssessmentExists."""
    taken = assessments.standing(session, row.team_id, row.quarter, row.variant)
    if taken is not None or not add_once(session, row):
        raise AssessmentExists(row.quarter, row.variant)


def terms_of(assessment: AssessmentRow) -> Terms:
    """The settings as they are, to be changed with ``dataclasses.replace``."""
    people, days, share = (
        assessment.capacity_people,
        assessment.capacity_working_days,
        assessment.capacity_share,
    )
    whole = isinstance(people, Decimal) and isinstance(days, Decimal) and isinstance(share, Decimal)
    anonymity: Anonymity = "open" if assessment.anonymity == "open" else "anonymous"
    return Terms(
        purpose=assessment.purpose,
        scope=tuple(assessment.scope),
        capacity=Capacity(people, days, share) if whole else None,  # type: ignore[arg-type]  # all three are there
        target=assessment.target,
        target_levels=dict(assessment.target_levels),
        anonymity=anonymity,
        context=dict(assessment.context),
        date=assessment.date,
        time_box_minutes=assessment.time_box_minutes,
    )


def change_settings(
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    terms: Terms,
    *,
    at: dt.datetime,
    version: int | None = None,
) -> int:
    """Change the settings; the new version. Raises AssessmentFrozen, WrongMoment, NotValid, VersionConflict."""
    columns = columns_of(terms, questionnaire_for(session, assessment))
    held = hold_unfinished(session, assessment)
    if columns["anonymity"] != held.anonymity:
        _check_terms(session, actor, held)
    if held.stable_ids is False and columns["anonymity"] == held.anonymity:
        columns["stable_ids"] = False  # an imported assessment said so itself
    columns["date"] = terms.date or Quarter.parse(held.quarter).last_day
    changed = sorted(name for name, value in columns.items() if getattr(held, name) != value)
    saved = save_settings(session, held, columns, expected_version=version)
    if changed:
        _log(session, actor, held, "changed", at, changed=changed)
    return saved


def terms_fixed(session: Session, actor: Actor, assessment: AssessmentRow) -> bool:
    """Whether the anonymity terms stay: somebody answered, or somebody else was promised secrecy at the door."""
    promised = assessment.anonymity == "anonymous" and any(
        one.user_id is None or one.user_id != actor.user_id for one in answering.participants(session, assessment.id)
    )
    return assessment.first_answer or promised


def _check_terms(session: Session, actor: Actor, held: AssessmentRow) -> None:
    if held.first_answer:
        raise AnonymityFixed
    if terms_fixed(session, actor, held):
        raise WrongMoment("somebody has joined under the promise that nobody sees their votes; the terms stay")


def change_anonymity(
    session: Session, actor: Actor, assessment: AssessmentRow, anonymity: Anonymity, *, at: dt.datetime
) -> int:
    """Change the anonymity terms alone; raises WrongMoment once they stay."""
    return change_settings(session, actor, assessment, replace(terms_of(assessment), anonymity=anonymity), at=at)


def open_assessment(session: Session, actor: Actor, assessment: AssessmentRow, *, at: dt.datetime) -> None:
    """Begin to take answers; again changes nothing. Raises AssessmentFrozen."""
    held = hold_unfinished(session, assessment)
    if held.state == "draft":
        held.state, held.opened_at = "open", at
        session.flush()
        _log(session, actor, held, "opened", at)


def hold_unfinished(session: Session, assessment: AssessmentRow) -> AssessmentRow:
    """The assessment, held alone, if it is a draft or open; raises AssessmentFrozen."""
    held = assessments.hold_assessment(session, assessment.id, alone=True)
    if held.state in FINAL:
        raise AssessmentFrozen
    return held


def hold_open(session: Session, assessment: AssessmentRow, *, alone: bool) -> AssessmentRow:
    """The assessment, held, if it takes answers; raises NotYetOpen, AssessmentFrozen."""
    held = assessments.hold_assessment(session, assessment.id, alone=alone)
    if held.state in FINAL:
        raise AssessmentFrozen
    if held.state != "open":
        raise NotYetOpen
    return held


_Event = Literal["started", "changed", "opened"]


def _log(session: Session, actor: Actor, row: AssessmentRow, event: _Event, at: dt.datetime, **detail: object) -> None:
    log(
        session,
        row.organization_id,
        f"assessment.{event}",
        at=at,
        actor_id=actor.user_id,
        target=row.public_id,
        detail=detail,
    )

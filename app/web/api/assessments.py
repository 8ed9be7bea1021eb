"""Assessments: listed, made, read, set, opened, closed."""

from dataclasses import replace
from typing import Any

from flask import Response

from app.domain.answers import Capacity
from app.domain.quarter import Quarter
from app.formats.api_given import Assessment, AssessmentPage
from app.formats.api_taken import AssessmentChange, NewAssessment, PageAsked, Settings
from app.services.assessments import (
    change_settings,
    find_assessment,
    list_assessments,
    open_assessment,
    start_assessment,
    terms_of,
)
from app.services.closing import close_assessment
from app.services.errors import NotValid
from app.services.packs import find_pack
from app.services.settings import Terms
from app.services.teams import find_team
from app.store.errors import NotFound, VersionConflict
from app.store.tables.assessments import AssessmentRow
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.paging import page_asked, page_of
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.api.shown import shown_assessment
from app.web.api.versions import showing, wanted_version
from app.web.units import session
from app.web.visit import acting, digest_key, now, place

#: What is set as it comes; null takes it back to this.
_EMPTY: dict[str, Any] = {"purpose": "", "anonymity": "anonymous", "date": None, "time_box_minutes": None}


@blueprint.get("/teams/<team_id>/assessments")
@allow(Role.VIEWER, within=("team_id",))
@describe(Described(Heading.ASSESSMENTS, {200: AssessmentPage}, query=PageAsked))
def listed_assessments(team_id: str) -> Response:
    """List the assessments of a team, oldest quarter first, without voided ones."""
    after, limit = page_asked()
    team = find_team(session(), place().organization_id, team_id)
    found = list_assessments(session(), team)
    rows, following = page_of(found, lambda row: f"{row.quarter} {row.variant}", after, limit)
    return given(AssessmentPage(items=[shown_assessment(row, team) for row in rows], next=following))


@blueprint.post("/teams/<team_id>/assessments")
@allow(Role.FACILITATOR, within=("team_id",))
@describe(Described(Heading.ASSESSMENTS, {201: Assessment}, takes=NewAssessment, moment=True))
@once
def new_assessment(team_id: str) -> Response:
    """Make an assessment of a team; settings may come along, others can be changed later."""
    body = taken(NewAssessment)
    team = find_team(session(), place().organization_id, team_id)
    try:
        find_pack(session(), team.organization_id, body.questionnaire)
    except NotFound:
        raise NotValid("questionnaire", f"there is no questionnaire {body.questionnaire!r} on the shelf") from None
    quarter, terms = Quarter.parse(body.quarter), _changed(Terms(), body)
    row = start_assessment(
        session(), acting(), team, quarter, body.questionnaire, at=now(), variant=body.variant, terms=terms
    )
    if body.state == "open":
        open_assessment(session(), acting(), row, at=now())
    return given(shown_assessment(row, team), 201, location=f"/assessments/{row.public_id}", version=row.version)


@blueprint.get("/assessments/<assessment_id>")
@allow(Role.VIEWER, within=("assessment_id",))
@describe(Described(Heading.ASSESSMENTS, {200: Assessment}))
def show_assessment(assessment_id: str) -> Response:
    """Show the frame and the settings of an assessment."""
    row = find_assessment(session(), place().organization_id, assessment_id)
    return given(shown_assessment(row), version=row.version)


@blueprint.patch("/assessments/<assessment_id>")
@allow(Role.FACILITATOR, within=("assessment_id",))
@describe(Described(Heading.ASSESSMENTS, {200: Assessment}, takes=AssessmentChange, moment=True, versioned=True))
@once
def change_assessment(assessment_id: str) -> Response:
    """Change settings, open for answers, or close for good."""
    body = taken(AssessmentChange)
    row = find_assessment(session(), place().organization_id, assessment_id)
    version = wanted_version(row.version)
    with showing(lambda: shown_assessment(row)):
        if body.model_fields_set - {"state"}:
            change_settings(session(), acting(), row, _changed(terms_of(row), body), at=now(), version=version)
        elif version not in {None, row.version}:
            raise VersionConflict("assessment", row.version, row)
    if body.state is not None:
        _go_on(row, body.state)
    return given(shown_assessment(row), version=row.version)


def _go_on(row: AssessmentRow, state: str) -> None:
    if state == "open":
        open_assessment(session(), acting(), row, at=now())
    else:
        close_assessment(session(), acting(), row, at=now(), key=digest_key())


def _changed(terms: Terms, body: Settings) -> Terms:
    """The terms with what the body says. Answers about the context are added; an empty one takes one back."""
    changes: dict[str, Any] = {}
    for name in body.model_fields_set & _EMPTY.keys():
        value = getattr(body, name)
        changes[name] = _EMPTY[name] if value is None else value
    if "scope" in body.model_fields_set:
        changes["scope"] = tuple(body.scope or ())
    if "context" in body.model_fields_set:
        changes["context"] = {} if body.context is None else {**terms.context, **body.context}
    if "capacity" in body.model_fields_set:
        got = body.capacity
        changes["capacity"] = Capacity(got.people, got.working_days, got.share) if got else None
    if "target" in body.model_fields_set:
        wanted = {"default": Terms.target} if body.target is None else body.target
        levels = dict(wanted) if isinstance(wanted, dict) else {"default": wanted}
        changes["target"] = levels.pop("default", terms.target)
        changes["target_levels"] = levels
    return replace(terms, **changes)

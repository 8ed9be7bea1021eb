"""``/assessments/<assessment_id>/settings``: changed by whoever saw the last version; the other sees both."""

from typing import cast

from flask import Response

from app.accounts.permissions import Capability
from app.domain.questionnaire import Questionnaire
from app.services.assessments import FINAL, change_settings, questionnaire_for, terms_fixed, terms_of
from app.services.errors import AssessmentFrozen, NoLiveModel, NotValid
from app.services.settings import Terms
from app.store.errors import VersionConflict
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.access import Role, allow
from app.web.assessments.forms import TermsForm, asking, blame, hints_of
from app.web.assessments.pages import Rival, SettingsPage, Told
from app.web.assessments.room import assessment_here, blueprint, kind_of, team_of, title_of, trail_to
from app.web.assessments.terms import capacity_sent, fill, given, offer_levels, shows_only, usable
from app.web.formatting import sentence
from app.web.forms import sent
from app.web.page import render_page, say, see_other, wants_fragment
from app.web.units import session
from app.web.visit import acting, frame, need, now

_FACILITATOR = allow(Role.FACILITATOR, within=("assessment_id",))


@blueprint.get("/assessments/<assessment_id>/settings")
@_FACILITATOR
def settings(assessment_id: str) -> Response:
    """Show the settings as they are."""
    row = _changeable(assessment_id)
    questionnaire, terms = questionnaire_for(session(), row), terms_of(row)
    form = _form(questionnaire)
    fill(form, terms, questionnaire)
    form.version.data = str(row.version)
    return render_page(_page(row, questionnaire, usable(terms.capacity, questionnaire)), form=form)


@blueprint.post("/assessments/<assessment_id>/settings")
@_FACILITATOR
def change(assessment_id: str) -> Response:
    """Save them, unless somebody else has in the meantime: then show both."""
    row = _changeable(assessment_id)
    questionnaire = questionnaire_for(session(), row)
    form = _form(questionnaire)
    good = sent(form)
    text = usable(capacity_sent(form), questionnaire)
    if shows_only():
        for field in form:
            field.errors = []
        return render_page(_page(row, questionnaire, text), form=form, fragment="days" if wants_fragment() else None)
    if not good:
        return render_page(_page(row, questionnaire, text), form=form)
    wanted, seen = given(form, terms_of(row)), form.version.data or ""
    try:
        version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        change_settings(session(), acting(), row, wanted, at=now(), version=version)
    except (NotValid, NoLiveModel) as error:
        blame(form, getattr(error, "field", "ctx-models"), sentence(error))
        status = 422 if isinstance(error, NotValid) else 409
        return render_page(_page(row, questionnaire, text), form=form, status=status)
    except VersionConflict as conflict:
        form.version.data = str(conflict.version)
        rivals = _rivals(terms_of(row), wanted, form, questionnaire)
        return render_page(_page(row, questionnaire, text, rivals), form=form, status=409)
    say("Saved.")
    return see_other(ways.assessment(assessment_id))


def _changeable(assessment_id: str) -> AssessmentRow:
    need(Capability.CHANGE_SETTINGS)
    row = assessment_here(assessment_id)
    if row.state in FINAL:
        raise AssessmentFrozen
    return row


def _form(questionnaire: Questionnaire) -> TermsForm:
    form = cast("TermsForm", asking(TermsForm, questionnaire)())
    offer_levels(form, questionnaire)
    return form


def _rivals(theirs: Terms, yours: Terms, form: TermsForm, questionnaire: Questionnaire) -> tuple[Rival, ...]:
    """Each setting that now stands differently from what was sent, in the words of the form."""
    present = cast("TermsForm", asking(TermsForm, questionnaire)(formdata=None))
    fill(present, theirs, questionnaire)
    mine = cast("TermsForm", asking(TermsForm, questionnaire)(formdata=None))
    fill(mine, yours, questionnaire)
    return tuple(
        Rival(field.label.text, _said(field.data), _said(mine[field.name].data))
        for field in present
        if field.name in form and field.name not in {"version", "csrf_token"} and field.data != mine[field.name].data
    )


def _said(value: object) -> str:
    return str(value) if value not in {None, ""} else "(empty)"


def _page(
    row: AssessmentRow, questionnaire: Questionnaire, text: str, rivals: tuple[Rival, ...] | None = None
) -> SettingsPage:
    here, team = frame("Teams"), team_of(row)
    return SettingsPage(
        title="Settings of the assessment",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team, row),
        action=ways.assessment_settings(row.public_id),
        back=ways.assessment(row.public_id),
        told=Told(hints_of(questionnaire), text, terms_fixed(session(), acting(), row)),
        frame=f"{title_of(row, team)}, {kind_of(row)} with {questionnaire.name}",
        rivals=rivals,
    )

"""A new assessment: of which team, with which terms; or alone, open at once."""

from typing import cast

from flask import Response, request

from app.accounts.permissions import Capability
from app.domain.answers import Variant
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.services.assessments import open_assessment, start_assessment
from app.services.beginning import answer_alone, offered, quarter_of, suggested_quarter, suggested_questionnaire
from app.services.errors import AssessmentExists, NoLiveModel, NotValid, TeamArchived
from app.services.next_quarter import terms_to_begin_with
from app.services.packs import find_pack, questionnaire_of
from app.services.settings import Terms, asked_questions
from app.services.teams import list_teams
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.assessments.forms import NewForm, asking, blame, hints_of
from app.web.assessments.pages import ChooseTeamPage, NewPage, TeamChoice, Told
from app.web.assessments.room import blueprint, team_here, trail_to
from app.web.assessments.terms import capacity_sent, fill, given, offer_levels, shows_only, usable
from app.web.formatting import sentence
from app.web.forms import options, sent
from app.web.page import Link, render_page, say, see_other, wants_fragment
from app.web.units import session
from app.web.visit import acting, frame, may, may_with, need, now, place

_FACILITATOR = allow(Role.FACILITATOR, within=("team_id",))
_QUARTERS = range(1, -8, -1)


@blueprint.get("/organizations/<slug>/assessments/new")
@allow(Role.VIEWER, within=("slug",))
def choose(slug: str) -> Response:
    """Which team? Those that the visitor facilitates."""
    mine = [
        team
        for team in list_teams(session(), place().organization_id)
        if may_with(Capability.CREATE_ASSESSMENTS, team.id)
    ]
    here = frame("Teams")
    return render_page(
        ChooseTeamPage(
            title="Which team is assessed?",
            viewer=here.viewer,
            nav=here.nav,
            trail=(Link("Teams", ways.organization(slug)),),
            teams=tuple(
                TeamChoice(t.name, ways.new_assessment(t.public_id), ways.answer_alone(t.public_id)) for t in mine
            ),
            new_team=ways.new_team(slug) if may(Capability.MAKE_TEAMS) else "",
        )
    )


@blueprint.get("/teams/<team_id>/assessments/new")
@_FACILITATOR
def new(team_id: str) -> Response:
    """Show the form, with what suggests itself."""
    need(Capability.CREATE_ASSESSMENTS)
    team = team_here(team_id)
    if team.archived_at is not None:
        raise TeamArchived
    name = suggested_questionnaire(session(), team)
    questionnaire = questionnaire_of(find_pack(session(), team.organization_id, name))
    form = _form(team, questionnaire)
    terms, known_from = terms_to_begin_with(session(), team, name)
    fill(form, terms, questionnaire)
    form.questionnaire.data = form.shown_for.data = name
    form.quarter.data = str(suggested_quarter(session(), team, now().date()))
    page = _page(team, questionnaire, usable(terms.capacity, questionnaire), known_from=known_from)
    return render_page(page, form=form)


@blueprint.post("/teams/<team_id>/assessments/new")
@_FACILITATOR
def make(team_id: str) -> Response:
    """Start the assessment as a draft, or open at once."""
    need(Capability.CREATE_ASSESSMENTS)
    team = team_here(team_id)
    questionnaire = _chosen(team)
    form = _form(team, questionnaire)
    renewed = form.shown_for.data != questionnaire.name
    if shows_only() or renewed:
        return _shown(form, team, questionnaire, renewed=renewed)
    good, text = sent(form), usable(capacity_sent(form), questionnaire)
    if not good:
        return render_page(_page(team, questionnaire, text), form=form)
    try:
        row = start_assessment(
            session(), acting(), team, Quarter.parse(form.quarter.data), questionnaire.name, at=now(),
            variant=cast("Variant", form.variant.data), terms=given(form, Terms()),
        )  # fmt: skip
    except (NotValid, NoLiveModel, AssessmentExists) as error:
        fields = {NoLiveModel: "ctx-models", AssessmentExists: "quarter"}
        blame(form, getattr(error, "field", fields.get(type(error), "")), sentence(error))
        status = 422 if isinstance(error, NotValid) else 409
        return render_page(_page(team, questionnaire, text), form=form, status=status)
    if "open" in request.form:
        open_assessment(session(), acting(), row, at=now())
        say("The assessment is open: answers are taken from now on.")
    else:
        say("The assessment is prepared as a draft. Nobody can answer before it is opened.")
    return see_other(ways.assessment(row.public_id))


@blueprint.post("/teams/<team_id>/assessments/alone")
@_FACILITATOR
def alone(team_id: str) -> Response:
    """Start the pulse of this quarter, open at once, and lead to the first question; again leads to the same one."""
    need(Capability.CREATE_ASSESSMENTS)
    row = answer_alone(session(), acting(), team_here(team_id), at=now())
    return see_other(ways.answering(row.public_id))


def _chosen(team: TeamRow) -> Questionnaire:
    """The questionnaire that was sent, if it is on the shelf; otherwise the suggested one, so that the form can say."""
    names = {entry.name for entry in offered(session(), team.organization_id)}
    asked = request.form.get("questionnaire", "")
    name = asked if asked in names else suggested_questionnaire(session(), team)
    return questionnaire_of(find_pack(session(), team.organization_id, name))


def _form(team: TeamRow, questionnaire: Questionnaire) -> NewForm:
    form = cast("NewForm", asking(NewForm, questionnaire)())
    offer_levels(form, questionnaire)
    choice = offered(session(), team.organization_id)
    form.questionnaire.choices = options(*((one.name, f"{one.title}, version {one.version}") for one in choice))
    present = quarter_of(now().date())
    quarters = [present.after(step) for step in _QUARTERS]
    form.quarter.choices = options(*((str(one), f"{one.in_words} ({one})") for one in quarters))
    full, pulse = (len(asked_questions(questionnaire, kind, {})) for kind in ("full", "pulse"))
    form.variant.choices = options(
        ("full", f"Full: {full} questions, one workshop of 60 to 90 minutes"),
        ("pulse", f"Pulse: {pulse} questions, about five minutes alone or at most an hour together"),
    )
    return form


def _shown(form: NewForm, team: TeamRow, questionnaire: Questionnaire, *, renewed: bool) -> Response:
    """The form again as it was sent, with what it comes to; nothing is checked and nothing saved."""
    text = usable(capacity_sent(form), questionnaire)
    for field in form:
        field.errors = []
    form.form_errors.clear()
    form.shown_for.data = questionnaire.name
    part = "days" if wants_fragment() else None
    return render_page(_page(team, questionnaire, text, renewed=renewed), form=form, fragment=part)


def _page(
    team: TeamRow, questionnaire: Questionnaire, text: str, *, renewed: bool = False, known_from: Quarter | None = None
) -> NewPage:
    here = frame("Teams")
    return NewPage(
        title="New assessment",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team),
        action=ways.new_assessment(team.public_id),
        back=ways.team(team.public_id),
        told=Told(hints_of(questionnaire), text),
        several=len(offered(session(), team.organization_id)) > 1,
        renewed=renewed,
        known_from=known_from.in_words if known_from else "",
    )

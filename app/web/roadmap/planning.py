"""``/teams/<team_id>/roadmap/plan``: the plan as it would be; only accepting it changes the board."""

from decimal import Decimal

from flask import Response, request

from app.accounts.permissions import Capability
from app.services.assessments import terms_of
from app.services.board_cards import add_action
from app.services.board_plans import AcceptedPlan, Replan, Targets, accept_plan, last_full, plans_of, replan
from app.services.errors import NotThere, NotValid, WrongMoment
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import sentence
from app.web.forms import sent
from app.web.page import render_page, say, see_other, wants_fragment
from app.web.roadmap.drawing import Drawing, digest_of
from app.web.roadmap.forms import AcceptForm, capacity_asked, target_asked
from app.web.roadmap.room import blueprint, team_here
from app.web.units import session
from app.web.visit import acting, need, now

_MEMBER = allow(Role.MEMBER, within=("team_id",))
_MOVED_ON = (
    "The plan has changed since you looked at it: somebody has accepted one, or has pinned or dropped an action. "
    "Nothing was changed. This is the plan as it would be now; look at it and accept it again."
)


@blueprint.get("/teams/<team_id>/roadmap/plan")
@_MEMBER
def plan(team_id: str) -> Response:
    """The plan under these days and targets; for htmx only where it leads, or all of it."""
    need(Capability.WORK_ON_BOARD)
    team = team_here(team_id)
    whole = request.args.get("part") != "projection" or not wants_fragment()
    fragment = "proposal" if whole else "projection"
    drawing, capacity, target = Drawing(team), request.args.get("capacity", ""), request.args.get("target", "")
    try:
        made = _made(team, capacity_asked(capacity), target_asked(target), priced=whole)
    except NotValid as wrong:
        return render_page(drawing.without_plan(capacity, sentence(wrong)), fragment=fragment, status=422)
    return render_page(drawing.page(made, whole=whole), form=AcceptForm(formdata=None), fragment=fragment)


@blueprint.post("/teams/<team_id>/roadmap/accept")
@_MEMBER
def accept(team_id: str) -> Response:
    """Put the plan on the board, if it is still the one that was looked at."""
    need(Capability.WORK_ON_BOARD)
    team, form = team_here(team_id), AcceptForm()
    drawing = Drawing(team)
    if not sent(form):
        return render_page(drawing.page(_made(team, None, None)), form=form)
    try:
        capacity, target = capacity_asked(str(form.capacity.data or "")), target_asked(str(form.target.data or ""))
        made = _made(team, capacity, target)
    except NotValid as wrong:
        return render_page(drawing.without_plan(str(form.capacity.data or ""), sentence(wrong)), status=422)
    newest = next(iter(plans_of(session(), team)), None)
    seen = digest_of(made) == form.digest.data
    if newest is None or form.after.data == newest.id:
        problem = _put_on_board(team, made) if seen else _MOVED_ON
    else:
        problem = "" if seen and _same(newest, made) else _MOVED_ON  # sent twice, or somebody else was faster
    if problem:
        return render_page(drawing.page(made, problem), form=AcceptForm(formdata=None), status=409)
    return see_other(ways.board(team_id))


def _put_on_board(team: TeamRow, made: Replan) -> str:
    """Accept it; why not, if it cannot be."""
    days = Decimal(made.capacity_days)
    try:
        accept_plan(session(), acting(), last_full(session(), team), at=now(), capacity_days=days, targets=made.targets)
    except WrongMoment as late:
        return f"{sentence(late)} Nothing was changed."
    say("The plan is accepted. Its actions are on the board.")
    return ""


def _same(accepted: AcceptedPlan, made: Replan) -> bool:
    one, other = ((plan.quarters, plan.capacity_days, plan.targets, plan.pins, plan.drops) for plan in (accepted, made))
    return one == other


@blueprint.post("/teams/<team_id>/roadmap/add")
@_MEMBER
def add(team_id: str) -> Response:
    """Put a step on the board that the plan does not hold; every plan to come keeps it."""
    need(Capability.WORK_ON_BOARD)
    team, form = team_here(team_id), AcceptForm()
    drawing, step = Drawing(team), request.form.get("step", "")
    if not sent(form) or not step:
        text = "Choose an action to add. Nothing was changed."
        return render_page(drawing.page(_made(team, None, None), text), form=AcceptForm(formdata=None), status=422)
    try:
        add_action(session(), acting(), team, step, at=now())
    except NotThere:
        text = "The questionnaire has no such action. Nothing was changed."
        return render_page(drawing.page(_made(team, None, None), text), form=AcceptForm(formdata=None), status=422)
    say("It is on the board and pinned: every plan to come keeps it in its next quarter.")
    return see_other(ways.plan(team_id))


def _made(team: TeamRow, capacity: Decimal | None, target: int | None, *, priced: bool = True) -> Replan:
    """The plan of these wishes. A target of its own leaves the levels that were set for single questions."""
    targets = None
    if target is not None:
        terms = terms_of(last_full(session(), team))
        targets = Targets(target, dict(terms.target_levels))
    return replan(session(), team, capacity_days=capacity, targets=targets, priced=priced)

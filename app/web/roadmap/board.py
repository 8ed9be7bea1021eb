"""``/teams/<team_id>/roadmap``: the board, a quarter at a time."""

import datetime as dt
from collections.abc import Sequence

from flask import Response, request

from app.accounts.permissions import Capability
from app.services.board import Board, BoardQuarter, Card, board_of
from app.services.board_plans import AcceptedPlan, effort_ratio_of, last_full, plans_of
from app.services.errors import WrongMoment
from app.services.next_quarter import quarter_of
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import day, days, plural
from app.web.page import Link, Page, render_page
from app.web.roadmap.pages import BoardPage, CardLine, EmptyBoardPage, Lane, PlanBar, PlanLine, Projection
from app.web.roadmap.room import blueprint, team_here, trail_to
from app.web.roadmap.words import CHECKED, STATES, card_line, projection, steps_in_words
from app.web.units import session
from app.web.visit import frame, need, now

_LANES = ("planned", "in_progress", "reported_done")


@blueprint.get("/teams/<team_id>/roadmap")
@allow(Role.MEMBER, within=("team_id",))
def show(team_id: str) -> Response:
    """One quarter of the board, or how to come to one; for htmx only its lanes."""
    need(Capability.WORK_ON_BOARD)
    team = team_here(team_id)
    board = board_of(session(), team)
    return render_page(_board(team, board), fragment="lanes") if board.plan else render_page(_empty(team))


def _empty(team: TeamRow) -> Page:
    here = frame("Teams")
    try:
        last_full(session(), team)
    except WrongMoment:
        heading = "The board begins with a full assessment"
        text = "A roadmap is computed from the first full assessment that is closed. Nothing is planned before it."
        action, href = "To the assessments of the team", ways.team(team.public_id)
    else:
        heading = "Accept a plan first"
        text = (
            "A plan is ready: what to do in the next four quarters, with the reason for each action. Look at it, "
            "change the days and the wishes, and accept it; its actions become the cards of this board."
        )
        action, href = "Look at the plan", ways.plan(team.public_id)
    return EmptyBoardPage(
        title="Roadmap", viewer=here.viewer, nav=here.nav, trail=trail_to(team),
        heading=heading, text=text, action=action, href=href,
    )  # fmt: skip


def _board(team: TeamRow, board: Board) -> BoardPage:
    here, today = frame("Teams"), now().date()
    shown = chosen_quarter(board, request.args.get("quarter", ""), today)

    def lines(cards: Sequence[Card]) -> tuple[CardLine, ...]:
        return tuple(card_line(card, today) for card in cards)

    cards = shown.cards if shown else ()
    lanes = [Lane(STATES[state], lines([c for c in cards if c.state == state]), state=state) for state in _LANES]
    checked = [card for card in cards if card.state in CHECKED]
    lanes.append(Lane("Checked", lines(checked), _rate(checked)))
    words = f", {shown.quarter.in_words}" if shown else ""
    return BoardPage(
        title=f"Roadmap{words}",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team),
        subtitle=_subtitle(board, shown),
        quarters=tuple(
            Link(f"{q.quarter} ({len(q.cards)})", f"{ways.board(team.public_id)}?quarter={q.quarter}", q is shown)
            for q in board.quarters
        ),
        lanes=tuple(lanes),
        leadership=lines(board.leadership),
        later=lines(board.later),
        dropped=lines(board.dropped),
        bar=_bar(team, board),
        plans=tuple(_plan_line(plan) for plan in plans_of(session(), team)),
        plan=ways.plan(team.public_id),
        take_out=ways.take_out(team.public_id),
    )


def chosen_quarter(board: Board, asked: str, today: dt.date) -> BoardQuarter | None:
    """The quarter that is asked for, else that of today, else the first with something to do, else the last."""
    wanted = {str(quarter.quarter): quarter for quarter in board.quarters}
    if asked in wanted:
        return wanted[asked]
    present = str(quarter_of(today))
    if present in wanted:
        return wanted[present]
    open_ones = [q for q in board.quarters if any(card.is_open for card in q.cards)]
    return next(iter(open_ones), board.quarters[-1] if board.quarters else None)


def _subtitle(board: Board, shown: BoardQuarter | None) -> str:
    if shown is None:
        return f"{board.team}: no action stands in a quarter"
    told = steps_in_words(len(shown.cards), shown.days, board.capacity_days)
    stage = f", stage {shown.stage_after} at its end" if shown.stage_after is not None else ""
    return f"{board.team}: {told}{stage}"


def _rate(checked: Sequence[Card]) -> str:
    if not checked:
        return "What is reported done is checked at the next assessment."
    good = sum(card.state == "verified" for card in checked)
    return f"{good} of {len(checked)} confirmed. What is reported done now is checked at the next assessment."


def _bar(team: TeamRow, board: Board) -> PlanBar:
    plan = board.plan
    assert plan is not None  # noqa: S101 - the board is not empty
    more = f"As accepted, with {days(plan.capacity_days)} a quarter."
    efforts = effort_ratio_of(session(), team)
    leads = projection(plan.quarters, board.dimensions, more=more, efforts=efforts)
    return plan_bar(team, plan.capacity_days, plan.targets.default, leads)


def plan_bar(team: TeamRow, capacity: int, target: int, leads: Projection) -> PlanBar:
    """What a plan of so many days is asked with."""
    return PlanBar(
        action=ways.plan(team.public_id),
        capacity=str(capacity),
        least=capacity // 5,
        most=max(10, 2 * capacity),
        target=target,
        projection=leads,
    )


def _plan_line(plan: AcceptedPlan) -> PlanLine:
    pinned = f", {plural(len(plan.pins), 'pin', 'pins')}" if plan.pins else ""
    dropped = f", {len(plan.drops)} left out" if plan.drops else ""
    return PlanLine(
        f"Accepted on {day(plan.accepted_at.date())}, from the assessment of {plan.basis}",
        f"{days(plan.capacity_days)} a quarter, target {plan.targets.default}, {plan.points} points{pinned}{dropped}",
    )

"""``/teams/<team_id>/roadmap/take-out``: the board as files, as a calendar address, and as issues on GitHub."""

import re
from typing import cast

from flask import Response, request

from app.accounts.permissions import Capability
from app.services.board import board_of
from app.services.board_exports import (
    BoardForm,
    Opened,
    calendar_of,
    end_feed,
    export_board,
    feeds_of,
    keep_issue_links,
    make_feed,
    open_issues,
    order_issues,
)
from app.services.errors import NotThere
from app.services.teams import find_team
from app.store.tables.teams import TeamRow
from app.trackers.github import GitHub, TrackerRefused
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import day, plural, sentence
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.roadmap.board import chosen_quarter
from app.web.roadmap.forms import FeedForm, IssuesForm
from app.web.roadmap.pages import Candidate, Feed, TakeOutPage
from app.web.roadmap.room import blueprint, team_here, trail_to
from app.web.units import end_unit, note, session
from app.web.visit import acting, frame, need, now, place, site

_MEMBER = allow(Role.MEMBER, within=("team_id",))
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CALENDAR = "text/calendar; charset=utf-8"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@blueprint.get("/teams/<team_id>/roadmap/take-out")
@_MEMBER
def take_out(team_id: str) -> Response:
    """What can be taken out."""
    need(Capability.WORK_ON_BOARD)
    return render_page(_page(team_here(team_id)), form=IssuesForm(formdata=None))


@blueprint.get("/teams/<team_id>/roadmap/board.xlsx")
@_MEMBER
def xlsx(team_id: str) -> Response:
    """The board as a spreadsheet."""
    return _file(team_id, "xlsx", _XLSX, "board.xlsx")


@blueprint.get("/teams/<team_id>/roadmap/board.csv")
@_MEMBER
def csv(team_id: str) -> Response:
    """The board as a table."""
    return _file(team_id, "csv", _CSV, "board.csv")


@blueprint.get("/teams/<team_id>/roadmap/jira.csv")
@_MEMBER
def jira(team_id: str) -> Response:
    """The board as Jira's importer reads it."""
    return _file(team_id, "jira", _CSV, "jira.csv")


def _file(team_id: str, form: str, kind: str, name: str) -> Response:
    """The file; a read that is written into the log, so in a unit of its own."""
    need(Capability.WORK_ON_BOARD)
    who, organization = acting(), place().organization_id
    end_unit()
    with note() as unit:
        team = find_team(unit, organization, team_id)
        content = export_board(unit, who, team, cast("BoardForm", form), at=now())
        plain = _NOT_PLAIN.sub("-", team.name).strip("-") or "team"
    headers = {"Content-Disposition": f'attachment; filename="{plain}-{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)


@blueprint.post("/teams/<team_id>/roadmap/calendar")
@_MEMBER
def make_calendar(team_id: str) -> Response:
    """Make a calendar address and show it this once."""
    need(Capability.WORK_ON_BOARD)
    team, form = team_here(team_id), FeedForm()
    if not sent(form):
        return render_page(_page(team), form=IssuesForm(formdata=None), status=422)
    _, secret = make_feed(session(), acting(), team, at=now())
    return render_page(_page(team, address=f"{site()}/calendar/{secret}.ics"), form=IssuesForm(formdata=None))


@blueprint.post("/teams/<team_id>/roadmap/calendar/<feed_id>/end")
@allow(Role.MEMBER, within=("team_id",), free=("feed_id",))  # looked for among those of the team only
def end_calendar(team_id: str, feed_id: str) -> Response:
    """End a calendar address; again changes nothing."""
    need(Capability.WORK_ON_BOARD)
    team = team_here(team_id)
    if any(name == feed_id for name, _ in feeds_of(session(), team)):
        end_feed(session(), acting(), team, feed_id, at=now())
    say("The address has ended. Calendars that use it get nothing more.")
    return see_other(ways.take_out(team_id))


@blueprint.get("/calendar/<secret>.ics")
@allow(Role.ANYONE)
def calendar(secret: str) -> Response:
    """The dates behind a calendar address; whoever has it may read it, as calendars cannot sign in."""
    if len(secret) > 200 or not secret.isascii():
        raise NotThere("calendar", "")
    content = calendar_of(session(), secret, at=now())
    return Response(content, content_type=_CALENDAR, headers={"Cache-Control": "private, no-store"})


@blueprint.post("/teams/<team_id>/roadmap/issues")
@_MEMBER
def make_issues(team_id: str) -> Response:
    """Make issues of the chosen actions; the token is used now and kept nowhere."""
    need(Capability.WORK_ON_BOARD)
    team, form = team_here(team_id), IssuesForm()
    chosen = request.form.getlist("cards")
    if not sent(form):
        return render_page(_page(team, chosen=chosen), form=form)
    try:
        github = GitHub(str(form.repository.data), str(form.token.data))
    except TrackerRefused as wrong:
        (form.token if "token" in str(wrong) else form.repository).errors = [sentence(wrong)]
        return render_page(_page(team, chosen=chosen), form=form)
    orders = order_issues(session(), team, chosen)
    if not orders:
        form.repository.errors = ["Choose at least one action that has no link yet."]
        return render_page(_page(team, chosen=chosen), form=form)
    who, organization = acting(), place().organization_id
    end_unit()  # GitHub may be slow, and nobody waits for the database meanwhile
    opened = open_issues(orders, github)
    team = find_team(session(), organization, team_id)
    keep_issue_links(session(), who, team, opened, at=now())
    if opened.refused is None:
        say(f"{plural(len(opened.issues), 'issue is', 'issues are')} made; the links are on the cards.")
        return see_other(ways.take_out(team_id))
    return render_page(_stopped(team, opened, len(orders)), form=form, status=409)


def _stopped(team: TeamRow, opened: Opened, asked: int) -> TakeOutPage:
    made = len(opened.issues)
    text = f"{made} of {plural(asked, 'issue', 'issues')} made, then GitHub stopped: {sentence(opened.refused)} "
    text += "The links of those that were made are kept on their cards; the others can be tried again."
    titles = {card.id: card.title for card in board_of(session(), team).cards}
    return _page(team, stopped=text, opened=tuple(Link(titles.get(i.card, i.link), i.link) for i in opened.issues))


def _page(
    team: TeamRow,
    *,
    address: str = "",
    chosen: list[str] | None = None,
    stopped: str = "",
    opened: tuple[Link, ...] = (),
) -> TakeOutPage:
    here, base = frame("Teams"), ways.board(team.public_id)
    return TakeOutPage(
        title="Take the board out",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_to(team, board=True),
        files=(
            (Link("Spreadsheet", f"{base}/board.xlsx"), "Every action with all that is known of it, as XLSX."),
            (Link("Table", f"{base}/board.csv"), "The same as CSV, in UTF-8."),
            (Link("File for Jira", f"{base}/jira.csv"), "What Jira's CSV importer reads: a task for each action."),
        ),
        feeds=tuple(Feed(day(made.date()), f"{base}/calendar/{name}/end") for name, made in feeds_of(session(), team)),
        make_feed=f"{base}/calendar",
        issues=f"{base}/issues",
        candidates=_candidates(team, chosen),
        back=base,
        address=address,
        opened=opened,
        stopped=stopped,
    )


def _candidates(team: TeamRow, chosen: list[str] | None) -> tuple[Candidate, ...]:
    """Open actions without a link; at first those of the present quarter are chosen."""
    board = board_of(session(), team)
    present = chosen_quarter(board, "", now().date())
    mine = {card.id for card in present.cards} if present else set()
    open_ones = {order.card for order in order_issues(session(), team)}
    return tuple(
        Candidate(card.id, card.title, str(card.quarter or ""), card.id in (mine if chosen is None else chosen))
        for card in board.cards
        if card.id in open_ones
    )

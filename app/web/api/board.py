"""The board of a team: its actions, and how far they are."""

from flask import Response

from app.formats.api_given import Action, ActionPage
from app.formats.api_taken import ActionChange, ActionOfBoard, BoardChange, PageAsked
from app.services.board import cards_of, find_card
from app.services.board_cards import Report, report_action
from app.services.errors import NotValid
from app.services.teams import find_team
from app.store.tables.board import CardRow
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.paging import page_asked, page_of
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.api.shown import shown_action
from app.web.api.versions import showing, wanted_version
from app.web.units import session
from app.web.visit import acting, now, place

#: What a change may name, and how the services call it.
_NAMES = {"status": "state", "owner": "owner", "started": "started", "effort_days": "effort_days", "note": "note"}


@blueprint.get("/teams/<team_id>/actions")
@allow(Role.MEMBER, within=("team_id",))
@describe(Described(Heading.BOARD, {200: ActionPage}, query=PageAsked))
def listed_actions(team_id: str) -> Response:
    """List the actions of the team's accepted plan, by step."""
    after, limit = page_asked()
    rows, following = page_of(_cards(team_id), lambda row: row.step, after, limit)
    return given(ActionPage(items=[shown_action(row) for row in rows], next=following))


@blueprint.patch("/teams/<team_id>/actions")
@allow(Role.MEMBER, within=("team_id",))
@describe(Described(Heading.BOARD, {200: ActionPage}, takes=BoardChange, versioned=True, moment=True))
@once
def change_board(team_id: str) -> Response:
    """Change several actions of a board: all of them, or none."""
    body = taken(BoardChange)
    mine = {row.public_id: row for row in _cards(team_id)}
    for number, change in enumerate(body.items):
        if change.id not in mine:
            raise NotValid(f"items[{number}].id", f"the board has no action {change.id!r}")
    for change in body.items:
        _report(mine[change.id], change, change.version)
    changed = [shown_action(mine[name]) for name in dict.fromkeys(one.id for one in body.items)]
    return given(ActionPage(items=changed, next=None))


@blueprint.get("/actions/<action_id>")
@allow(Role.MEMBER, within=("action_id",))
@describe(Described(Heading.BOARD, {200: Action}))
def show_action(action_id: str) -> Response:
    """Show an action."""
    row = find_card(session(), place().organization_id, action_id)
    return given(shown_action(row), version=row.version)


@blueprint.patch("/actions/<action_id>")
@allow(Role.MEMBER, within=("action_id",))
@describe(Described(Heading.BOARD, {200: Action}, takes=ActionChange, moment=True, versioned=True))
@once
def change_action(action_id: str) -> Response:
    """Say how far an action is."""
    body = taken(ActionChange)
    row = find_card(session(), place().organization_id, action_id)
    _report(row, body, wanted_version(row.version))
    return given(shown_action(row), version=row.version)


def _cards(team_id: str) -> list[CardRow]:
    return list(cards_of(session(), find_team(session(), place().organization_id, team_id)))


def _report(row: CardRow, change: ActionChange | ActionOfBoard, version: int | None) -> None:
    """Report what the change names; the rest stays."""
    report = {name: getattr(row, name) for name in _NAMES.values()}
    for name in change.model_fields_set & _NAMES.keys():
        value = getattr(change, name)
        if name != "status" or value is not None:
            report[_NAMES[name]] = value
    with showing(lambda: shown_action(row)):
        report_action(session(), acting(), row, Report(**report), at=now(), version=version)

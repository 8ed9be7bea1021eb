"""The board for other tools: files, a calendar address that can be ended, links that are kept."""

import csv
import datetime as dt
import io
from dataclasses import dataclass, replace

import pytest

from app.domain.questionnaire import Questionnaire
from app.services.board import Board, board_of
from app.services.board_cards import change_card, drop_card, find_card, form_of
from app.services.board_exports import (
    calendar_of,
    end_feed,
    export_board,
    feeds_of,
    keep_issue_links,
    make_feed,
    open_issues,
    order_issues,
)
from app.services.board_plans import accept_plan
from app.store.errors import NotFound
from app.store.record.requests import audit_page
from app.store.tables.reminding import CalendarFeedRow
from app.store.unit_of_work import Session, reading, writing
from app.trackers.github import GitHub, Issue, TrackerRefused
from tests.services.conftest import NOW, House
from tests.services.quarters import closed


def _board(house: House, session: Session, mlops: Questionnaire) -> Board:
    accept_plan(session, house.alice, closed(house, session, mlops), at=NOW)
    return board_of(session, house.team(session))


def _due(house: House, session: Session, board: Board) -> str:
    """The first card is due on 1 December."""
    row = find_card(session, house.mine, board.quarters[0].cards[0].id)
    change_card(session, house.bob, row, replace(form_of(row), due=dt.date(2026, 12, 1), owner="Dora"), at=NOW)
    return row.public_id


def test_a_file_holds_every_card_that_was_not_dropped(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        board = _board(house, session, mlops)
        drop_card(session, house.bob, find_card(session, house.mine, board.quarters[0].cards[0].id), at=NOW)
        team = house.team(session)
        told = export_board(session, house.bob, team, "csv", at=NOW).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(told)))
        assert {row["Action"] for row in rows} == {c.step for c in board.cards} - {board.quarters[0].cards[0].step}
        assert export_board(session, house.bob, team, "xlsx", at=NOW).startswith(b"PK")
        assert export_board(session, house.bob, team, "jira", at=NOW).startswith(b'"Summary"')
        assert export_board(session, house.bob, team, "ics", at=NOW).startswith(b"BEGIN:VCALENDAR")
        assert [line.event for line in audit_page(session, house.mine)].count("board.exported") == 4


def test_a_calendar_address_tells_due_days_and_the_next_assessment(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        card = _due(house, session, _board(house, session, mlops))
        row, secret = make_feed(session, house.alice, house.team(session), at=NOW)
        assert len(secret) >= 43
        assert secret not in row.token_hash
        assert feeds_of(session, house.team(session)) == ((row.public_id, NOW),)
    with reading(house.engine) as session:
        told = calendar_of(session, secret, at=NOW).decode()
    assert f"UID:{card}@mythmark" in told
    assert "DTSTART;VALUE=DATE:20261201" in told
    assert "SUMMARY:Assess: Forecasting" in told
    assert "DTSTART;VALUE=DATE:20261231" in told
    assert "Dora" not in told


def test_an_ended_address_opens_nothing(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _board(house, session, mlops)
        team = house.team(session)
        row, secret = make_feed(session, house.alice, team, at=NOW)
        _, other = make_feed(session, house.alice, team, at=NOW)
        end_feed(session, house.alice, team, row.public_id, at=NOW)
        end_feed(session, house.alice, team, row.public_id, at=NOW)
        for wrong in (secret, "", "x" * 43, row.token_hash):
            with pytest.raises(NotFound):
                calendar_of(session, wrong, at=NOW)
        assert calendar_of(session, other, at=NOW)
        assert len(feeds_of(session, team)) == 1
        assert session.get_one(CalendarFeedRow, row.id).ended_at == NOW


@dataclass
class _Hub:
    """A tracker that takes so many issues."""

    most: int
    made: int = 0

    def make_issue(self, issue: Issue) -> str:
        if self.made == self.most:
            raise TrackerRefused("GitHub was asked too often")
        self.made += 1
        return f"https://github.com/o/r/issues/{self.made}?{issue.title[:1]}"


def test_issues_are_made_once_and_their_links_are_kept(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _board(house, session, mlops)
        team = house.team(session)
        orders = order_issues(session, team)
        some = order_issues(session, team, [orders[0].card])
        assert [order.card for order in some] == [orders[0].card]
        hub: GitHub = _Hub(2)  # type: ignore[assignment]  # plays its one method
        opened = open_issues(orders, hub)
        assert (len(opened.issues), opened.refused) == (2, "GitHub was asked too often")
        keep_issue_links(session, house.alice, team, opened, at=NOW)
        links = {c.id: c.link for c in board_of(session, team).cards if c.link}
        assert links == {issue.card: issue.link for issue in opened.issues}
        assert [order.card for order in order_issues(session, team)] == [order.card for order in orders[2:]]


def test_a_link_that_somebody_set_stays(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        _board(house, session, mlops)
        team = house.team(session)
        hub: GitHub = _Hub(1)  # type: ignore[assignment]  # as above
        opened = open_issues(order_issues(session, team), hub)
        row = find_card(session, house.mine, opened.issues[0].card)
        change_card(session, house.bob, row, replace(form_of(row), link="https://mine.example/1"), at=NOW)
        keep_issue_links(session, house.alice, team, opened, at=NOW)
        assert row.link == "https://mine.example/1"


def test_an_issue_says_why_and_names_nobody(house: House, mlops: Questionnaire) -> None:
    with writing(house.engine) as session:
        card = _due(house, session, _board(house, session, mlops))
        (order,) = order_issues(session, house.team(session), [card])
    assert "**Why:**" in order.issue.body
    assert "Dora" not in order.issue.body

"""The dashboard of many teams: paged, by tag, with what they share and what is due, and never by score."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.services.actors import OPERATOR
from app.services.board_cards import change_card, find_card, form_of
from app.services.closing import close_assessment
from app.services.teams import make_team
from app.store.lookups import people
from app.store.tables.teams import SummaryRow
from app.store.unit_of_work import writing
from tests.web.roadmap.conftest import accepted, closed, first
from tests.web.town import KEY, NOW, Town

__all__ = ["accepted", "closed"]
HERE = "/organizations/example"


def _rows(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def _teams(town: Town, *names: str) -> None:
    with writing(town.engine) as session:
        for name in names:
            make_team(session, OPERATOR, people.organization(session, "example"), name, at=NOW)


def test_many_teams_come_in_pages_by_name(town: Town, closed: str) -> None:
    assert closed
    _teams(town, *(f"Team {number:02d}" for number in range(60)))
    vera = town.browser("vera")
    page = vera.get(HERE).text
    assert _rows(page).count("<tr>") == 50
    assert "1 of 61 teams has closed a full assessment" in page
    assert "Look at what all of these teams share" in page
    after = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    rest = vera.get(after).text
    assert _rows(rest).count("<tr>") == 11
    assert "From the first" in rest
    assert "From the one team that has closed a full assessment." in vera.get(f"{HERE}?common=1").text


def test_a_tag_is_given_in_the_settings_and_picks_teams(town: Town, closed: str) -> None:
    assert closed
    _teams(town, "Baskets")
    alice = town.browser("alice")
    settings = f"/teams/{town.team_id}/settings"
    assert alice.post(settings, {"name": "Forecasting", "tags": "supply, Core"}).status_code == 303
    assert 'value="Core, supply"' in alice.get(settings).text
    page = alice.get(f"{HERE}?tag=supply").text
    assert "Forecasting" in _rows(page)
    assert "Baskets" not in _rows(page)
    assert "Baskets" in _rows(alice.get(HERE).text)
    assert alice.get(f"{HERE}?tag=unknown").status_code == 200


@pytest.mark.parametrize("tags", ["x" * 81, ",".join(map(str, range(21))), "bell\x07"])
def test_tags_that_are_too_many_or_too_long_are_refused(town: Town, tags: str) -> None:
    settings = f"/teams/{town.team_id}/settings"
    assert town.browser("alice").post(settings, {"name": "Other", "tags": tags}).status_code == 422
    assert "Forecasting" in town.browser("alice").get(f"/teams/{town.team_id}").text


def test_teams_with_pulses_only_stand_under_the_dimensions_all_the_same(town: Town) -> None:
    pulse = town.begin(variant="pulse")
    with writing(town.engine) as session:
        close_assessment(session, town.actor("alice"), town.row(session, pulse), at=NOW, key=KEY)
    page = town.browser("vera").get(HERE).text
    assert re.findall(r'<th scope="col">(\w+)</th>', page) == [
        "Team", "Monitoring", "Governance", "Automation", "Collaboration",
    ]  # fmt: skip
    assert 'colspan="4">Only a pulse so far.' in page


def test_a_look_renews_what_an_older_program_kept(town: Town, closed: str) -> None:
    assert closed
    with writing(town.engine) as session:
        mine = SummaryRow.organization_id == town.ours
        session.execute(update(SummaryRow).where(mine).values(program_version="0.0.1"))
    vera = town.browser("vera")
    assert "From 0 of 1 team" in vera.get(HERE).text
    assert "From the one team that has closed a full assessment." in vera.get(HERE).text


def test_of_much_that_is_due_the_first_stand_there(town: Town, closed: str) -> None:
    assert closed
    town.clock.moment = NOW.replace(month=12, day=20)
    with writing(town.engine) as session:
        own = session.scalars(select(SummaryRow).where(SummaryRow.organization_id == town.ours)).one()
        for number in range(13):
            team = make_team(session, OPERATOR, people.organization(session, "example"), f"Team {number:02}", at=NOW)
            values = {c.key: getattr(own, c.key) for c in SummaryRow.__table__.columns if c.key != "team_id"}
            session.add(SummaryRow(team_id=team.id, **values))
    page = town.browser("fay").get(HERE).text
    assert page.count("is due by 2026-12-31") == 12
    assert "And more; it stands on the pages of the teams." in page
    alice = town.browser("alice").get(HERE).text
    assert alice.count("is due by 2026-12-31") == 1, "of her own team only"
    assert "is due by" not in town.browser("olive").get(HERE).text, "every team has a facilitator"


def test_what_is_due_stands_there_for_whom_it_concerns(town: Town, accepted: str) -> None:
    assert accepted
    card = first(town)
    with writing(town.engine) as session:
        row = find_card(session, town.ours, card.id)
        form = form_of(row)
        due = type(form)(state="planned", quarter=form.quarter, owner="Bob", due=NOW.date() + dt.timedelta(days=2))
        change_card(session, OPERATOR, row, due, at=NOW)
    bob = town.browser("bob").get(HERE).text
    assert f'href="/actions/{card.id}"' in bob
    assert f"/actions/{card.id}" not in town.browser("vera").get(HERE).text
    with writing(town.engine) as session:
        change_card(session, OPERATOR, find_card(session, town.ours, card.id), replace(due, owner="Vera"), at=NOW)
    vera = town.browser("vera").get(HERE).text
    assert "is due on 2026-10-02" in vera
    assert f"/actions/{card.id}" not in vera, "she is told, and the board is not hers"
    town.clock.moment = NOW.replace(month=12, day=20)
    assert "the assessment of fourth quarter 2026 is due by 2026-12-31" in town.browser("alice").get(HERE).text

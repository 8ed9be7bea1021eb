"""The plan on the web: a proposal until it is accepted."""

import re

import pytest

from app.services.board_plans import plans_of
from app.services.teams import find_team
from app.store.unit_of_work import reading
from tests.web.roadmap.conftest import again, board, first
from tests.web.town import Town

HTMX = {"HX-Request": "true"}


def _hidden(page: str) -> dict[str, str]:
    """What the form that accepts holds."""
    form = page.split('class="row-btns plan-accept"')[1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def _plans(town: Town) -> int:
    with reading(town.engine) as session:
        return len(plans_of(session, find_team(session, town.ours, town.team_id)))


def test_looking_at_a_plan_changes_nothing(town: Town, closed: str) -> None:
    assert closed
    bob = town.browser("bob")
    page = bob.get(f"/teams/{town.team_id}/roadmap/plan?capacity=30&target=2")
    assert page.status_code == 200
    assert "With 30 days a quarter and target 2" in page.text
    assert board(town).plan is None


def test_htmx_gets_only_what_it_asks_for(town: Town, closed: str) -> None:
    assert closed
    bob, path = town.browser("bob"), f"/teams/{town.team_id}/roadmap/plan"
    part = bob.get(f"{path}?part=projection&capacity=12", headers=HTMX).text
    assert "<html" not in part
    assert "Stage" in part
    assert "plan-accept" not in part
    whole = bob.get(f"{path}?capacity=12", headers=HTMX).text
    assert "plan-accept" in whole
    assert 'id="projection" hx-swap-oob' in whole


@pytest.mark.parametrize("asked", ["capacity=many", "capacity=-3", "capacity=1e9", "capacity=NaN", "target=9"])
def test_days_that_are_no_days_are_refused(town: Town, closed: str, asked: str) -> None:
    assert closed
    answer = town.browser("bob").get(f"/teams/{town.team_id}/roadmap/plan?{asked}")
    assert answer.status_code == 422
    assert 'id="no-plan"' in answer.text


def test_there_is_no_plan_before_an_assessment(town: Town) -> None:
    assert town.browser("bob").get(f"/teams/{town.team_id}/roadmap/plan").status_code == 409


def test_the_ladder_of_the_plan(town: Town, closed: str) -> None:
    assert closed
    base = f"/teams/{town.team_id}/roadmap"
    assert town.browser().get(f"{base}/plan").status_code == 401
    assert town.browser("charlie").get(f"{base}/plan").status_code == 404
    assert town.browser("vera").get(f"{base}/plan").status_code == 403
    for path in ("accept", "add"):
        assert town.browser().post(f"{base}/{path}").status_code == 401
        assert town.browser("charlie").post(f"{base}/{path}").status_code == 404
        assert town.browser("vera").post(f"{base}/{path}").status_code == 403
        assert town.browser("bob").client.get(f"{base}/{path}").status_code == 405


def test_a_plan_that_is_accepted_is_the_board_and_sent_twice_it_is_one(town: Town, closed: str) -> None:
    assert closed
    bob, base = town.browser("bob"), f"/teams/{town.team_id}/roadmap"
    form = _hidden(bob.get(f"{base}/plan?capacity=30&target=2").text)
    assert bob.post(f"{base}/accept", form).status_code == 303
    assert bob.post(f"{base}/accept", form).status_code == 303
    now = board(town)
    assert (now.capacity_days, _plans(town)) == (30, 1)
    assert now.plan is not None
    assert now.plan.targets.default == 2
    assert "Plans that were accepted" in bob.get(base).text


def test_a_plan_that_is_not_the_one_that_was_seen_is_not_accepted(town: Town, accepted: str) -> None:
    bob = town.browser("bob")
    form = _hidden(bob.get(f"{accepted}/plan?capacity=12").text)
    card = first(town)
    assert bob.post(f"/actions/{card.id}/wish", {"kind": "drop", "version": str(card.version)}).status_code == 303
    late = bob.post(f"{accepted}/accept", form)
    assert late.status_code == 409
    assert "The plan has changed since you looked at it" in late.text
    assert _plans(town) == 1


def test_a_dropped_action_leaves_the_plan_with_its_price(town: Town, accepted: str) -> None:
    bob, card = town.browser("bob"), first(town)
    answer = bob.post(f"/actions/{card.id}/wish", {"kind": "drop", "version": str(card.version)})
    assert answer.headers["Location"] == f"{accepted}/plan"
    page = bob.get(f"{accepted}/plan").text
    assert f"{card.title}: left out" in page
    assert re.search(r"What you pinned and left out costs (\d+ points? of the (next quarter|year)|nothing)", page)
    now = again(town, card)
    assert (now.dropped, now.quarter) == (True, None)
    assert bob.post(f"/actions/{card.id}/wish", {"kind": "free", "version": str(now.version)}).status_code == 303
    assert not again(town, card).dropped


def test_a_wish_from_an_old_page_and_an_unknown_wish_are_refused(town: Town, accepted: str) -> None:
    assert accepted
    bob, card = town.browser("bob"), first(town)
    assert bob.post(f"/actions/{card.id}/wish", {"kind": "burn", "version": str(card.version)}).status_code == 422
    assert bob.post(f"/actions/{card.id}/wish", {"kind": "pin", "version": "99"}).status_code == 409
    assert not again(town, card).pinned


def test_what_has_begun_is_not_dropped(town: Town, accepted: str) -> None:
    assert accepted
    bob, card = town.browser("bob"), first(town)
    bob.post(f"/actions/{card.id}/move", {"to": "in_progress", "version": str(card.version)})
    late = bob.post(f"/actions/{card.id}/wish", {"kind": "drop", "version": str(card.version + 1)})
    assert late.status_code == 409
    assert "work on it has begun" in late.text.lower()


def test_an_action_is_added_once(town: Town, accepted: str) -> None:
    bob = town.browser("bob")
    there = {card.step for card in board(town).cards}
    page = bob.get(f"{accepted}/plan").text
    steps = re.findall(r'<option value="([a-z-]+@\d)"', page)
    assert steps
    assert not set(steps) & there
    assert bob.post(f"{accepted}/add", {"step": steps[0]}).status_code == 303
    added = next(card for card in board(town).cards if card.step == steps[0])
    assert (added.pinned, added.why) == (True, "Added by the team")
    assert bob.post(f"{accepted}/add", {"step": steps[0]}).status_code == 409
    assert bob.post(f"{accepted}/add", {"step": ""}).status_code == 422
    assert bob.post(f"{accepted}/add", {"step": "nothing@9"}).status_code == 422

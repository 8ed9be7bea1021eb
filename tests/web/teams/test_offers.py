"""Agreed levels from team to team on the web: offered, taken over with the source, given back, printed."""

import re
from dataclasses import dataclass

import pytest

from app.domain.answers import Agreed, Level
from app.domain.quarter import Quarter
from app.domain.report.compose import compose
from app.services.actors import OPERATOR
from app.services.agreeing import agree_level, agreed_now
from app.services.assessments import open_assessment, start_assessment
from app.services.closing import close_assessment
from app.services.offering import offer_of
from app.services.results import result_of
from app.services.teams import find_team, make_team
from app.store.lookups import people
from app.store.unit_of_work import reading, writing
from tests.web.roadmap.conftest import closed
from tests.web.town import KEY, NOW, PACK, Town

__all__ = ["closed"]
SOURCE = "Taken over from Forecasting, 2026-Q3 of 2026-09-30"


@dataclass
class Shop:
    """Another team of the organization with an open assessment."""

    team: str
    assessment: str

    @property
    def offered(self) -> str:
        return f"/assessments/{self.assessment}/record/from-others"


@pytest.fixture
def shop(town: Town) -> Shop:
    with writing(town.engine) as session:
        team = make_team(session, OPERATOR, people.organization(session, "example"), "Shop", at=NOW)
        row = start_assessment(session, OPERATOR, team, Quarter(2026, 3), PACK, at=NOW)
        open_assessment(session, OPERATOR, row, at=NOW)
        return Shop(team.public_id, row.public_id)


def _offered(town: Town) -> tuple[str, ...]:
    with reading(town.engine) as session:
        standing = offer_of(session, find_team(session, town.ours, town.team_id))
        return standing.questions if standing else ()


def _agreed(town: Town, shop: Shop, question: str) -> Agreed | None:
    with reading(town.engine) as session:
        return agreed_now(session, town.row(session, shop.assessment), question)[0]


@pytest.mark.slow
def test_a_level_goes_from_team_to_team_with_its_source_and_back(town: Town, closed: str, shop: Shop) -> None:
    assert closed
    path = f"/teams/{town.team_id}/offers"
    alice, fay = town.browser("alice"), town.browser("fay")
    assert path in alice.get(f"/teams/{town.team_id}").text
    assert "From the assessment of 2026-Q3" in alice.get(path).text
    assert "No team offers anything" in fay.get(shop.offered).text
    made = alice.post(path, {"questions": ["mon-drift", "aut-versioning"], "note": "For all who deploy with us."})
    assert (made.status_code, made.location) == (303, path)
    assert "You offer 2 levels" in alice.get(path).text

    assert shop.offered in fay.get(f"/assessments/{shop.assessment}/record").text
    page = fay.get(shop.offered).text
    assert "Agreed in the assessment of 2026-Q3, 30 September 2026" in page
    assert "For all who deploy with us." in page
    took = fay.post(shop.offered, {"levels": [f"{town.team_id}/mon-drift", f"{town.team_id}/aut-versioning"]})
    assert took.status_code == 303
    assert _agreed(town, shop, "mon-drift") == Agreed(Level(1), SOURCE)
    assert SOURCE in fay.get(took.location).text
    assert "Settled here already" in fay.get(shop.offered).text
    again = fay.post(shop.offered, {"levels": [f"{town.team_id}/mon-drift"]})
    assert again.status_code == 409

    question = f"/assessments/{shop.assessment}/record/mon-drift"
    assert "Give it back" in fay.get(question).text
    assert fay.post(f"{question}/give-back", {"version": "7"}).status_code == 409
    assert fay.post(f"{question}/give-back", {"version": "1"}).status_code == 303
    assert _agreed(town, shop, "mon-drift") is None
    assert fay.post(f"{question}/give-back", {"version": "2"}).status_code == 409

    assert alice.post(f"{path}/withdraw").status_code == 303
    assert _offered(town) == ()
    assert _agreed(town, shop, "aut-versioning") == Agreed(Level(1), SOURCE), "what was taken stays"
    with writing(town.engine) as session:
        row = close_assessment(session, OPERATOR, town.row(session, shop.assessment), at=NOW, key=KEY)
        assert SOURCE in str(compose(result_of(session, row))), "the report prints the source"


@pytest.mark.parametrize(("chosen", "note"), [([], ""), (["nothing"], ""), (["mon-drift"], "x" * 2001)])
def test_an_offer_that_is_not_valid_is_refused_whole(town: Town, closed: str, chosen: list[str], note: str) -> None:
    assert closed
    answer = town.browser("alice").post(f"/teams/{town.team_id}/offers", {"questions": chosen, "note": note})
    assert answer.status_code == 422
    assert re.search(r"choose at least one|at most 2,000", answer.text, re.IGNORECASE)
    assert _offered(town) == ()


def test_before_an_assessment_is_closed_there_is_nothing_to_offer(town: Town) -> None:
    path, alice = f"/teams/{town.team_id}/offers", town.browser("alice")
    assert "Nothing to offer yet" in alice.get(path).text
    assert path not in alice.get(f"/teams/{town.team_id}").text
    assert alice.post(path, {"questions": ["mon-drift"]}).status_code == 409


def test_what_is_not_offered_is_not_taken(town: Town, shop: Shop) -> None:
    fay = town.browser("fay")
    fay.get(shop.offered)
    assert fay.post(shop.offered, {}).status_code == 422
    assert fay.post(shop.offered, {"levels": ["nothing"]}).status_code == 409
    twice = {"levels": [f"{town.team_id}/mon-drift", "other/mon-drift"]}
    assert fay.post(shop.offered, twice).status_code == 422
    assert _agreed(town, shop, "mon-drift") is None


def test_a_level_of_ones_own_is_not_given_back(town: Town, shop: Shop) -> None:
    with writing(town.engine) as session:
        agree_level(session, OPERATOR, town.row(session, shop.assessment), "mon-drift", Agreed(Level(2)), at=NOW)
    fay, question = town.browser("fay"), f"/assessments/{shop.assessment}/record/mon-drift"
    assert "Give it back" not in fay.get(question).text
    assert fay.post(f"{question}/give-back", {"version": "1"}).status_code == 409
    assert _agreed(town, shop, "mon-drift") == Agreed(Level(2))


def test_only_facilitators_of_the_team_offer_and_take(town: Town, shop: Shop) -> None:
    paths = (f"/teams/{town.team_id}/offers", f"/teams/{town.team_id}/offers/withdraw")
    here = (shop.offered, f"/assessments/{shop.assessment}/record/mon-drift/give-back")
    for path in (*paths, *here):
        assert town.browser().post(path).status_code == 401
        assert town.browser("charlie").post(path).status_code == 404
        assert town.browser("bob").post(path).status_code == 403
        assert town.browser("vera").post(path).status_code == 403
    for path in here:
        assert town.browser("alice").post(path).status_code == 403, "Shop is not her team"
    assert town.browser("alice").client.get(paths[1]).status_code == 405

"""Several teams and several quarters in a real browser: an owner with five teams, a pulse between two full ones."""

import pytest
from playwright.sync_api import Browser, expect

from app.domain.answers import Agreed, Level
from app.services.actors import OPERATOR
from app.services.agreeing import agree_level
from app.services.assessments import open_assessment, questionnaire_for
from app.services.closing import close_assessment
from app.services.exchange import export_file, import_file
from app.services.files import GivenFile
from app.services.results import result_of
from app.services.settings import asked_questions
from app.services.teams import make_team
from app.store.lookups import people
from app.store.unit_of_work import writing
from tests.chromium import AXE
from tests.web.probes import FAINT, FIND, STICKING_OUT
from tests.web.roadmap.conftest import closed
from tests.web.town import KEY, NOW, Town
from tests.web.windows import LOOKS, Watched, sign_in, tab_to

__all__ = ["closed"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEAMS = ("Baskets", "Forecasting", "Pricing", "returns", "Search")


@pytest.fixture
def five(town: Town, closed: str) -> str:
    """The town's team and four more, two of them assessed; the address of the organization."""
    with writing(town.engine) as session:
        organization = people.organization(session, "example")
        data = export_file(session, OPERATOR, town.row(session, closed), "settled", at=NOW)
        for name in TEAMS:
            if name != "Forecasting":
                team = make_team(session, OPERATOR, organization, name, at=NOW)
                if name in {"Baskets", "Search"}:
                    import_file(session, OPERATOR, team, GivenFile("copy.yaml", data), at=NOW)
    return "/organizations/example"


def _close(town: Town, assessment: str, level: int) -> None:
    """Let the room settle on one level everywhere, and close."""
    with writing(town.engine) as session:
        row = town.row(session, assessment)
        if row.state == "draft":
            open_assessment(session, OPERATOR, row, at=town.clock())
        for question in asked_questions(questionnaire_for(session, row), row.variant, row.context):
            agree_level(session, OPERATOR, row, question.id, Agreed(Level(level)), at=town.clock())
        close_assessment(session, OPERATOR, row, at=town.clock(), key=KEY)


def test_an_owner_goes_from_five_teams_to_the_next_quarter_of_one_by_keys(
    town: Town, chromium: Browser, address: str, five: str, closed: str
) -> None:
    pulse = town.begin("2026-Q4", variant="pulse")
    _close(town, pulse, 2)
    town.clock.moment = NOW.replace(year=2027, month=1, day=10)
    with Watched(chromium, address, 1440) as window:
        page = sign_in(town, window, "olive")
        page.goto(f"{address}{five}")
        rows = page.locator("table.team-levels tbody th a")
        assert tuple(rows.all_inner_texts()) == TEAMS, "by name and in no other order"
        expect(page.locator("#common ~ p").first).to_contain_text("From all 3 teams that have closed a full assessment")
        tab_to(page, "Forecasting")
        page.keyboard.press("Enter")
        page.wait_for_url("**/teams/*")
        expect(page.get_by_role("rowheader", name="2026-Q4, pulse")).to_be_visible()
        tab_to(page, "Start 2027-Q1")
        page.keyboard.press("Enter")
        page.wait_for_url("**/assessments/*")
        expect(page.locator("#notices")).to_contain_text("started as a draft")
        begun = page.url.rpartition("/")[2]
        page.goto(f"{address}/assessments/{pulse}")
        expect(page.locator("main")).to_contain_text("Pulse, 12 questions")
        assert window.wrong == []
    _close(town, begun, 3)
    with writing(town.engine) as session:
        change = result_of(session, town.row(session, begun)).sheet.change
        assert change is not None
        assert str(change.previous) == "2026-Q3", "full with full; the pulse between them is no measure of change"


def test_axe_finds_nothing_where_teams_share_levels(
    town: Town, chromium: Browser, address: str, five: str, closed: str
) -> None:
    assert closed
    here = town.begin("2026-Q4")
    offers, record = f"/teams/{town.team_id}/offers", f"/assessments/{here}/record"
    with writing(town.engine) as session:
        organization = people.organization(session, "example")
        team = make_team(session, OPERATOR, organization, "Platform", at=NOW)
        data = export_file(session, OPERATOR, town.row(session, closed), "settled", at=NOW)
        import_file(session, OPERATOR, team, GivenFile("copy.yaml", data), at=NOW)
        theirs = f"/teams/{team.public_id}/offers"
    olive = town.browser("olive")
    olive.get(theirs)
    olive.post(theirs, {"questions": ["mon-drift", "aut-versioning"], "note": "For all."})
    for width, scheme in LOOKS:
        with Watched(chromium, address, width, color_scheme=scheme, bypass_csp=True) as window:
            page = sign_in(town, window, "olive")
            for path in (
                five,
                offers,
                theirs,
                record,
                f"{record}/from-others",
            ):
                page.goto(f"{address}{path}")
                page.evaluate(AXE)
                assert page.evaluate(FIND) == [], (path, width, scheme)
                assert page.evaluate(FAINT) == [], (path, width, scheme)
                assert page.evaluate(STICKING_OUT) == [], (path, width, scheme)

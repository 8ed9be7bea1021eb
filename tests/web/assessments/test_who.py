"""Who may ask for what in the rooms of teams and assessments: one table, one row a route."""

import pytest

from tests.web.town import Town, Visit

PEOPLE = ("olive", "alice", "bob", "vera")
NOT_ADDRESSES = {"slug": "nowhere", "team": "nowhere", "assessment": "nowhere"}
#: Method, address, and who may; everybody else of the organization is refused with 403.
ROUTES = (
    ("GET", "/organizations/{slug}", PEOPLE),
    ("GET", "/organizations/{slug}/teams/new", ("olive",)),
    ("POST", "/organizations/{slug}/teams", ("olive",)),
    ("GET", "/organizations/{slug}/assessments/new", ("olive", "alice")),
    ("GET", "/teams/{team}", PEOPLE),
    ("GET", "/teams/{team}/settings", ("olive", "alice")),
    ("POST", "/teams/{team}/settings", ("olive", "alice")),
    ("GET", "/teams/{team}/archive", ("olive", "alice")),
    ("POST", "/teams/{team}/archive", ("olive", "alice")),
    ("POST", "/teams/{team}/bring-back", ("olive", "alice")),
    ("GET", "/teams/{team}/assessments/new", ("olive", "alice")),
    ("POST", "/teams/{team}/assessments/new", ("olive", "alice")),
    ("POST", "/teams/{team}/assessments/alone", ("olive", "alice")),
    ("GET", "/teams/{team}/assessments/import", ("olive", "alice")),
    ("POST", "/teams/{team}/assessments/import", ("olive", "alice")),
    ("GET", "/assessments/{assessment}", PEOPLE),
    ("POST", "/assessments/{assessment}/open", ("olive", "alice")),
    ("GET", "/assessments/{assessment}/settings", ("olive", "alice")),
    ("POST", "/assessments/{assessment}/settings", ("olive", "alice")),
    ("GET", "/assessments/{assessment}/close", ("olive", "alice")),
    ("POST", "/assessments/{assessment}/close", ("olive", "alice")),
    ("GET", "/assessments/{assessment}/void", ("olive",)),
    ("POST", "/assessments/{assessment}/void", ("olive",)),
    ("GET", "/assessments/{assessment}/discard", ("olive", "alice")),
    ("POST", "/assessments/{assessment}/discard", ("olive", "alice")),
)


def test_every_route_of_the_two_rooms_has_a_row(town: Town) -> None:
    there = {
        (method, rule.rule)
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in {"teams", "assessments"}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    names = {"slug": "<slug>", "team": "<team_id>", "assessment": "<assessment_id>"}
    assert there == {(method, path.format(**names)) for method, path, _ in ROUTES}


@pytest.mark.slow
def test_strangers_people_of_elsewhere_and_small_roles_are_refused_in_this_order(town: Town) -> None:
    one = town.begin()
    browsers = {name: town.browser(name) for name in (*PEOPLE, "charlie")}
    stranger = town.browser()
    stranger.get("/sign-in")
    for method, path, may in ROUTES:
        here = path.format(slug="example", team=town.team_id, assessment=one)
        assert _status(stranger, method, here) == 401, here
        assert _status(browsers["charlie"], method, here) == 404, here
        assert _status(browsers["olive"], method, path.format(**NOT_ADDRESSES)) == 404, here
        for name in PEOPLE:
            if name not in may:
                assert _status(browsers[name], method, here) == 403, (name, here)
            elif method == "GET" and not here.endswith(("/void", "/discard")):
                assert _status(browsers[name], method, here) == 200, (name, here)
    assert town.state(one) == "open"


def test_what_only_writes_is_not_read(town: Town) -> None:
    one, alice = town.begin(), town.browser("alice")
    for here in (f"/assessments/{one}/open", f"/teams/{town.team_id}/assessments/alone"):
        assert alice.get(here).status_code == 405


def _status(browser: Visit, method: str, path: str) -> int:
    return (browser.get(path) if method == "GET" else browser.post(path)).status_code

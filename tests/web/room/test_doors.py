"""The way into a room: who may, what is told before, and what happens to wrong codes and second tries."""

import re

import pytest

from app.services.rooms.opening import room_of_assessment
from app.store.lookups.rooms import joined_count
from app.store.unit_of_work import reading
from tests.web.room.conftest import Workshop
from tests.web.town import Town


def _joined(workshop: Workshop) -> int:
    with reading(workshop.town.engine) as session:
        room = room_of_assessment(session, workshop.town.row(session, workshop.assessment_id))
        return joined_count(session, room.assessment_id)


def test_the_join_page_says_who_asks_what_for_and_on_which_terms(workshop: Workshop) -> None:
    page = workshop.town.browser().get(f"/r/{workshop.code}").text
    for words in ("Forecasting", "Example", "third quarter 2026", "Decide what to build next quarter"):
        assert words in page
    for words in (
        "Nobody sees your votes",
        "Reasons and comments are shown to nobody",
        "Builders",
        "I would rather not",
    ):
        assert words in page


def test_each_card_leads_to_who_sees_what(workshop: Workshop) -> None:
    phone = workshop.phone()
    assert '<a href="/room/mine#sees">Who sees what</a>' in phone.get().text
    mine = phone.get("/room/mine").text.partition('id="sees"')[2]
    assert "Nobody sees your votes" in mine
    assert "Reasons and comments are shown to nobody" in mine


def test_looking_at_the_door_joins_nobody(workshop: Workshop) -> None:
    visit = workshop.town.browser()
    for _ in range(3):
        assert visit.get(f"/r/{workshop.code}").status_code == 200
    assert _joined(workshop) == 0
    assert visit.client.get_cookie("seat") is None


def test_a_code_is_taken_however_it_is_typed(workshop: Workshop) -> None:
    visit = workshop.town.browser()
    answer = visit.get(f"/r?code={workshop.code.lower().replace('-', ' ')}")
    assert (answer.status_code, answer.location) == (303, f"/r/{workshop.code.replace('-', '')}")
    assert visit.get(answer.location).status_code == 200
    assert "Type the code" in visit.get("/r").text
    assert visit.get("/r?code=").status_code == 422


def test_joining_sets_the_seat_and_takes_the_code_out_of_the_address(workshop: Workshop) -> None:
    phone = workshop.phone("platform")
    cookie = phone.visit.client.get_cookie("seat")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert _joined(workshop) == 1
    assert phone.get(f"/r/{workshop.code}").location == "/room"


def test_the_same_device_gets_the_same_seat_also_without_its_cookie(workshop: Workshop) -> None:
    workshop.phone("platform", key="0123456789abcdef")
    workshop.phone("platform", key="0123456789abcdef")
    assert _joined(workshop) == 1


def test_a_device_that_comes_again_with_another_role_keeps_the_one_it_had(workshop: Workshop) -> None:
    workshop.phone("platform", key="0123456789abcdef")
    again = workshop.phone("risk", key="0123456789abcdef")
    assert _joined(workshop) == 1
    assert "You take part as: DevOps / platform engineer" in again.get("/room/mine").text


def test_a_form_sent_twice_joins_once_without_script(workshop: Workshop) -> None:
    visit = workshop.town.browser()
    page = visit.get(f"/r/{workshop.code}").text
    found = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert found is not None
    for _ in range(2):
        assert visit.post(f"/r/{workshop.code}", {"role": "risk", "key": found[1]}).status_code == 303
    assert _joined(workshop) == 1


@pytest.mark.parametrize("data", [{}, {"role": "king"}, {"role": "risk", "key": "short"}])
def test_what_cannot_be_joined_with_is_told_and_nothing_is_written(workshop: Workshop, data: dict[str, str]) -> None:
    visit = workshop.town.browser()
    visit.get(f"/r/{workshop.code}")
    answer = visit.post(f"/r/{workshop.code}", {"key": "0123456789abcdef", **data})
    assert answer.status_code == 422
    assert "to mend before this can be saved" in answer.text
    assert _joined(workshop) == 0


@pytest.mark.slow
def test_wrong_codes_find_a_clear_page_and_are_throttled(workshop: Workshop) -> None:
    visit = workshop.town.browser()
    answer = visit.get("/r/BCDFGHJK")
    assert answer.status_code == 404
    assert "No open room has this code" in answer.text
    assert 'href="/r"' in answer.text
    statuses = [visit.client.get("/r/BCDFGHJK").status_code for _ in range(305)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    # Throttles count wrong codes and never right ones: the whole room shares one address.
    assert visit.get(f"/r/{workshop.code}").status_code == 200
    # Nor do they slow down those who sign in by a link.
    assert visit.post("/start/guess", {}).status_code == 404


def test_a_code_dies_with_its_room(workshop: Workshop) -> None:
    workshop.move("close_room")
    assert workshop.town.browser().get(f"/r/{workshop.code}").status_code == 404
    visit = workshop.town.browser()
    visit.get("/r")
    assert visit.post(f"/r/{workshop.code}", {"csrf_token": "x"}).status_code in {400, 404}


def test_a_form_without_its_protection_is_not_taken(workshop: Workshop) -> None:
    visit = workshop.town.browser()
    answer = visit.client.post(f"/r/{workshop.code}", data={"role": "risk", "key": "0123456789abcdef"})
    assert answer.status_code == 400
    assert _joined(workshop) == 0


def test_a_member_joins_as_themselves_and_goes_on_with_one_click(workshop: Workshop) -> None:
    bob = workshop.town.browser("bob")
    assert "Join as Bob" in bob.get(f"/r/{workshop.code}").text
    assert (
        bob.post(f"/r/{workshop.code}", {"as": "me", "role": "platform", "key": "0123456789abcdef"}).status_code == 303
    )
    assert bob.get("/room").status_code == 200
    bob.client.delete_cookie("seat")
    assert "Go on as Bob" in bob.get(f"/r/{workshop.code}").text
    assert bob.post(f"/r/{workshop.code}", {"as": "me"}).status_code == 303
    assert _joined(workshop) == 1


def test_people_of_elsewhere_and_viewers_are_offered_no_more_than_anybody(workshop: Workshop) -> None:
    for name in ("charlie", "vera"):
        page = workshop.town.browser(name).get(f"/r/{workshop.code}").text
        assert "signed in as" not in page
        visit = workshop.town.browser(name)
        visit.get(f"/r/{workshop.code}")
        data = {"as": "me", "role": "platform", "key": f"0123456789abcdef{name}"}
        assert visit.post(f"/r/{workshop.code}", data).status_code == 303
        cookie = visit.client.get_cookie("seat")
        assert cookie is not None
        assert cookie.value.partition(":")[2]  # a guest like anybody


def test_who_holds_a_role_alone_is_told_and_may_join_as_not_said(workshop: Workshop) -> None:
    phone = workshop.phone("risk")
    assert "Your answers could be recognized" in phone.get().text
    assert phone.post("/room/role", role="not_said").location == "/room"
    assert "Your answers could be recognized" not in phone.get().text
    assert "role not said" in phone.get("/room/mine").text


def test_a_role_is_fixed_with_the_first_answer(workshop: Workshop) -> None:
    phone = workshop.phone("risk")
    assert phone.vote(2).status_code == 204
    assert "Your answers could be recognized" not in phone.get().text
    assert phone.post("/room/role", role="platform").status_code == 409
    assert phone.post("/room/role", role="king").status_code == 422


@pytest.mark.parametrize("cookie", ["", "nonsense", "BCDFGHJK:", "CODE:wrong-token", "CODE:"])
def test_without_a_seat_everything_is_401_with_the_way_to_join(workshop: Workshop, cookie: str) -> None:
    visit = workshop.town.browser()
    if cookie:
        visit.client.set_cookie("seat", cookie.replace("CODE", workshop.code.replace("-", "")))
    reads = ("", "/cards", "/mine", "/state", "/events", "/role", "/elsewhere", "/questions/mon-drift", "/beliefs/b01")
    writes = ("/role", "/elsewhere", "/votes/mon-drift/1", "/beliefs/b01", "/comments/mon-drift")
    answers = [visit.get(f"/room{path}") for path in reads]
    answers += [visit.post(f"/room{path}", {"answer": "2"}) for path in writes]
    for answer in answers:
        assert answer.status_code == 401, answer.request.path
        assert "You are not in a room" in answer.text
        assert 'href="/r"' in answer.text


def test_a_token_of_one_room_opens_no_other(workshop: Workshop, town: Town) -> None:
    phone = workshop.phone()
    other = Workshop(town, town.begin("2026-Q4"), "")
    from_here = phone.visit.client.get_cookie("seat")
    assert from_here is not None
    phone.visit.client.set_cookie("seat", f"BCDFGHJK:{from_here.value.partition(':')[2]}")
    assert phone.get().status_code == 401
    assert other.code == ""


def test_the_wrong_method_is_405(workshop: Workshop) -> None:
    phone = workshop.phone()
    for path in ("/room", "/room/state", "/room/mine", "/room/cards"):
        assert phone.post(path).status_code == 405
    assert phone.get("/room/votes/mon-drift/1").status_code == 405

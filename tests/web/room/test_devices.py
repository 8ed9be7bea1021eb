"""Continue on another device: one seat on two, by a link that is good once and for ten minutes."""

import datetime as dt
import html
import re

import pytest

from tests.web.room.conftest import Phone, Q, Workshop


def _link(phone: Phone) -> str:
    page = phone.post("/room/elsewhere")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    found = re.search(r'class="link"[^>]*>([^<]+)<', page.text)
    assert found is not None
    return html.unescape(found[1])


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3].partition("#")[0]


def test_a_link_takes_the_seat_to_another_device(workshop: Workshop) -> None:
    phone = workshop.phone()
    phone.vote(3)
    link = _link(phone)
    assert link.endswith(f"#{workshop.code.replace('-', '')}"), "for the other device's own store; no server is sent it"
    other = Phone(workshop.town.browser())
    page = other.get(_path(link))
    assert page.status_code == 200
    assert other.visit.client.get_cookie("seat") is None, "looking at it changes nothing"
    assert other.post(_path(link), key="another-device-made").location == "/room"
    assert "Level 3" in other.get("/room/mine").text
    assert other.vote(1).status_code == 204
    assert "Level 1" in phone.get("/room/mine").text


def test_the_same_press_twice_is_good_and_a_second_device_is_not(workshop: Workshop) -> None:
    path = _path(_link(workshop.phone()))
    first, second = Phone(workshop.town.browser()), Phone(workshop.town.browser())
    first.get(path)
    for _ in range(2):
        assert first.post(path, key="another-device-made").status_code == 303
    second.get(path)
    assert second.post(path, key="a-third-device-here").status_code == 409


def test_a_link_is_over_after_ten_minutes(workshop: Workshop) -> None:
    path = _path(_link(workshop.phone()))
    workshop.town.clock.moment += dt.timedelta(minutes=10, seconds=1)
    other = Phone(workshop.town.browser())
    other.get(path)
    assert other.post(path, key="another-device-made").status_code == 409
    assert other.visit.client.get_cookie("seat") is None


@pytest.mark.slow
def test_guessed_links_open_nothing_and_are_throttled(workshop: Workshop) -> None:
    other = Phone(workshop.town.browser())
    assert other.get("/room/on/guess").status_code == 200
    statuses = [other.post("/room/on/guess", key="another-device-made").status_code for _ in range(303)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert other.post("/room/on/guess", key="short").status_code == 422


def test_a_code_is_drawn_only_where_another_device_can_reach_it(workshop: Workshop) -> None:
    phone = workshop.phone()
    page = phone.post("/room/elsewhere").text
    assert 'class="qr"' not in page
    assert "only this machine" in page
    page = phone.visit.client.post(
        "/room/elsewhere", data={"csrf_token": phone.visit.mark}, base_url="http://localhost"
    ).text
    assert 'class="qr"' not in page


def test_more_than_five_unused_links_are_too_many(workshop: Workshop) -> None:
    phone = workshop.phone()
    for _ in range(5):
        _link(phone)
    assert phone.post("/room/elsewhere").status_code == 422
    assert phone.vote(2, Q).status_code == 204

"""Coming in: the same key gives the same seat, codes die with their room, links are good once."""

import datetime as dt
import re

import pytest

from app.services.assessments import open_assessment
from app.services.closing import close_assessment
from app.services.errors import AssessmentFrozen, NotValid, NotYetOpen, RoleFixed
from app.services.rooms import entering
from app.services.rooms.entering import (
    arrive,
    continue_elsewhere,
    find_participant,
    join_room,
    join_room_as_member,
    take_role,
)
from app.services.rooms.errors import LinkNotGood, RoomClosed, RoomFull
from app.services.rooms.opening import close_room, expect, find_room, hand_over, open_room, take_over
from app.store.errors import KeyReused, NotFound
from app.store.lookups.rooms import joined_count
from app.store.unit_of_work import writing
from tests.services.conftest import KEY, NOW, TODAY, House
from tests.services.rooms.conftest import hall

DEVICE, OTHER_DEVICE = "a-device-made-key-1", "a-device-made-key-2"
LATER = NOW + dt.timedelta(minutes=11)


def test_a_room_has_one_code_until_it_closes_and_then_another(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        code = here.opened.code
        assert re.fullmatch(r"[B-DF-HJ-KM-NP-TV-XZ]{4}-[B-DF-HJ-KM-NP-TV-XZ]{4}", code)
        again = open_room(session, house.alice, here.assessment, at=NOW)
        assert (again.code, again.anew, again.revision) == (code, False, 1)
        assert find_room(session, f" {code.lower().replace('-', ' ')} ") is here.opened.room
        close_room(session, house.alice, here.opened.room, at=NOW)
        with pytest.raises(NotFound):
            find_room(session, code)
        anew = open_room(session, house.alice, here.assessment, at=NOW)
        assert anew.room is here.opened.room
        assert anew.code not in {"", code}
        assert anew.revision > again.revision


def test_a_room_opens_for_an_open_assessment_only(house: House) -> None:
    with writing(house.engine) as session:
        row = house.begin(session, opened=False)
        with pytest.raises(NotYetOpen):
            open_room(session, house.alice, row, at=NOW)
        open_assessment(session, house.alice, row, at=NOW)
        with pytest.raises(NotValid, match="5 to 600"):
            open_room(session, house.alice, row, time_box_minutes=4, at=NOW)
        opened = open_room(session, house.alice, row, at=NOW)
        close_assessment(session, house.alice, row, at=NOW, key=KEY)
        session.refresh(opened.room)
        assert (opened.room.phase, opened.room.code) == ("closed", None)
        with pytest.raises(AssessmentFrozen):
            open_room(session, house.alice, row, at=NOW)


def test_the_same_device_key_gives_the_same_participant_and_token(house: House) -> None:
    with writing(house.engine) as session:
        room = hall(house, session).opened.room
        first = join_room(session, room, "platform", key=KEY, idempotency_key=DEVICE, on=TODAY)
        again = join_room(session, room, "platform", key=KEY, idempotency_key=DEVICE, on=TODAY)
        assert (again.seat.participant_id, again.token) == (first.seat.participant_id, first.token)
        assert (first.anew, again.anew, joined_count(session, room.assessment_id)) == (True, False, 1)
        other = join_room(session, room, "platform", key=KEY, idempotency_key=OTHER_DEVICE, on=TODAY)
        elsewhere = join_room(session, room, "platform", key=b"x" * 32, idempotency_key=DEVICE, on=TODAY)
        assert len({first.token, other.token, elsewhere.token}) == 3
        with pytest.raises(KeyReused):
            join_room(session, room, "product", key=KEY, idempotency_key=DEVICE, on=TODAY)
        for short in ("", "x" * 15, "x" * 201):
            with pytest.raises(NotValid, match="16 to 200"):
                join_room(session, room, "platform", key=KEY, idempotency_key=short, on=TODAY)


def test_whoever_holds_a_role_alone_is_told_and_may_say_no_role(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        came = join_room(session, here.opened.room, "risk", key=KEY, idempotency_key=DEVICE, on=TODAY)
        assert came.warning
        assert "not said" in came.warning
        assert take_role(session, came.seat, "not_said").warning is None
        here.seats.append(came.seat)
        here.votes([2])
        with pytest.raises(RoleFixed):
            take_role(session, came.seat, "risk")


def test_a_token_is_good_for_its_room_only(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        there = hall(house, session, quarter="2026-Q4")
        came = join_room(session, here.opened.room, "platform", key=KEY, idempotency_key=DEVICE, on=TODAY)
        assert came.token
        assert find_participant(session, here.opened.code, came.token) == came.seat
        for code, token in ((there.opened.code, came.token), (here.opened.code, "x" * 43)):
            with pytest.raises(NotFound):
                find_participant(session, code, token)
        close_room(session, house.alice, here.opened.room, at=NOW)
        assert find_participant(session, here.opened.code, came.token).code is None
        for late in (DEVICE, OTHER_DEVICE):
            with pytest.raises(RoomClosed):
                join_room(session, here.opened.room, "platform", key=KEY, idempotency_key=late, on=TODAY)


def test_members_join_as_themselves_and_strangers_do_not(house: House) -> None:
    with writing(house.engine) as session:
        room = hall(house, session).opened.room
        first = join_room_as_member(session, house.bob, room, "platform", on=TODAY)
        again = join_room_as_member(session, house.bob, room, "platform", on=TODAY)
        assert first.token is None
        assert (again.seat.participant_id, again.anew) == (first.seat.participant_id, False)
        with pytest.raises(NotFound):
            join_room_as_member(session, house.charlie, room, "platform", on=TODAY)


def test_a_participant_continues_on_another_device_once_and_soon(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        came = join_room(session, here.opened.room, "platform", key=KEY, idempotency_key=DEVICE, on=TODAY)
        link = continue_elsewhere(session, came.seat, at=NOW)
        moved = arrive(session, link, key=KEY, idempotency_key=OTHER_DEVICE, at=NOW)
        assert moved.token
        assert moved.token != came.token
        assert find_participant(session, here.opened.code, moved.token) == came.seat
        # A lost answer repairs itself, another device gets nothing.
        assert arrive(session, link, key=KEY, idempotency_key=OTHER_DEVICE, at=LATER).token == moved.token
        with pytest.raises(LinkNotGood):
            arrive(session, link, key=KEY, idempotency_key="a-third-device-key", at=NOW)
        old = continue_elsewhere(session, came.seat, at=NOW)
        with pytest.raises(LinkNotGood):
            arrive(session, old, key=KEY, idempotency_key="a-third-device-key", at=LATER)
        with pytest.raises(NotFound):
            arrive(session, "x" * 43, key=KEY, idempotency_key="a-third-device-key", at=NOW)
        for _ in range(4):
            continue_elsewhere(session, came.seat, at=NOW)
        with pytest.raises(NotValid, match="several"):
            continue_elsewhere(session, came.seat, at=NOW)
        assert joined_count(session, here.assessment.id) == 1


def test_a_full_room_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "MOST_PARTICIPANTS", 1)
    with writing(house.engine) as session:
        here = hall(house, session, ["platform"])
        with pytest.raises(RoomFull):
            here.enter("platform")


def test_another_facilitator_can_take_over_and_a_stranger_cannot(house: House) -> None:
    with writing(house.engine) as session:
        room = hall(house, session).opened.room
        assert room.facilitator_id == house.alice.user_id
        before = room.revision
        assert take_over(session, house.bob, room, at=NOW) == before + 1
        assert take_over(session, house.bob, room, at=NOW) == before + 1
        assert room.facilitator_id == house.bob.user_id
        hand_over(session, house.bob, room, house.alice.user_id or 0, at=NOW)
        assert room.facilitator_id == house.alice.user_id
        with pytest.raises(NotFound):
            take_over(session, house.charlie, room, at=NOW)
        with pytest.raises(NotFound):
            hand_over(session, house.alice, room, house.charlie.user_id or 0, at=NOW)


def test_the_lobby_shows_who_is_expected_as_numbers(house: House) -> None:
    with writing(house.engine) as session:
        here = hall(house, session)
        expect(session, house.alice, here.opened.room, {"runners": 2, "builders": 3, "deciders": 0}, at=NOW)
        assert here.state.expected == {"builders": 3, "runners": 2}
        for wrong in ({"cooks": 1}, {"builders": -1}):
            with pytest.raises(NotValid):
                expect(session, house.alice, here.opened.room, wrong, at=NOW)

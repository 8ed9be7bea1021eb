"""What streams get to hear, in played time."""

import logging
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.errors import RoomFull, RoomGone, Stopping, TooManyStreams
from app.live.hub import Limits
from app.live.presence import Listener
from tests.live.played import Played, PlayedStream

#: A request as a server without a socket to lend hands it on.
PLAIN = {"SERVER_PROTOCOL": "HTTP/1.1", "REQUEST_METHOD": "GET"}


def test_the_first_change_reaches_everybody_at_once() -> None:
    played = Played()
    streams = [played.join(f"r{number}") for number in range(3)]
    before = played.clock.now()
    revision = played.change()
    played.clock.pass_by(0.0)
    assert [stream.got[-1] for stream in streams] == [(before, revision)] * 3


def test_changes_within_the_gap_come_as_one_event() -> None:
    played = Played()
    stream = played.join()
    stream.got.clear()
    for _ in range(8):
        played.change()
        played.clock.pass_by(0.01)
    played.clock.pass_by(1.0)
    assert stream.revisions == [2, 9]
    assert stream.got[1][0] - stream.got[0][0] == pytest.approx(0.1)


def test_one_snapshot_serves_all_streams() -> None:
    played = Played()
    for number in range(50):
        played.join(f"r{number}")
    played.clock.pass_by(1.0)
    reads = played.room.reads
    played.change()
    played.clock.pass_by(1.0)
    assert played.room.reads == reads + 1


def test_no_room_hears_more_than_ten_events_a_second() -> None:
    played = Played()
    stream = played.join()
    stream.got.clear()
    for _ in range(500):
        played.change()
        played.clock.pass_by(0.01)
    times = [time for time, _ in stream.got]
    assert max(sum(1 for other in times if time <= other < time + 1.0 - 1e-6) for time in times) == 10


def test_a_stream_that_takes_no_whole_frame_is_given_up_and_the_others_go_on() -> None:
    played = Played()
    slow, other = played.join("slow"), played.join("other")
    slow.blocked = True
    revision = played.change()
    played.clock.pass_by(1.0)
    assert slow.was_cut
    assert not other.was_cut
    assert other.revisions[-1] == revision
    assert played.hub.connected(1) == 1
    assert played.hub.figures().evicted == 1


def test_a_stream_that_joins_between_its_snapshot_and_a_change_is_sent_the_change() -> None:
    played = Played()
    opened = played.hub.open(1, Listener("late"), PLAIN)
    assert b"id: 1\n" in next(opened.body)
    played.change()  # nobody listens yet: the hub cannot send it to anybody
    stream = PlayedStream(played.clock, "late")
    played.hub.join(1, stream)
    played.clock.pass_by(0.2)
    assert stream.revisions == [2]


def test_who_connects_sees_a_change_that_was_told_just_before() -> None:
    played = Played()
    played.join()
    played.hub.open(1, Listener("first"), PLAIN)
    played.change()
    assert b"id: 2\n" in next(played.hub.open(1, Listener("second"), PLAIN).body)


def test_a_crowd_that_connects_at_once_reads_the_state_once() -> None:
    played = Played()
    for number in range(200):
        played.hub.open(1, Listener(number), PLAIN)
    assert played.room.reads == 1


def test_a_revision_that_was_sent_is_not_read_again() -> None:
    played = Played()
    stream = played.join()
    played.change()
    played.clock.pass_by(1.0)
    reads = played.room.reads
    played.hub.publish(1, played.room.revision)
    played.clock.pass_by(1.0)
    assert played.room.reads == reads
    assert len(stream.got) == len(set(stream.revisions))


def test_the_same_state_is_not_sent_twice() -> None:
    played = Played()
    stream = played.join()
    stream.got.clear()
    played.hub.publish(1)
    played.clock.pass_by(1.0)
    assert stream.got == []


def test_another_text_of_the_same_revision_is_sent() -> None:
    played = Played()
    stream = played.join()
    stream.got.clear()
    played.room.text = '{"connected": 2}'
    played.hub.publish(1)
    played.clock.pass_by(1.0)
    assert stream.revisions == [1]


def test_an_older_state_never_follows_a_newer_one() -> None:
    played = Played()
    stream = played.join()
    played.room.revision = 9
    played.hub.publish(1)
    played.clock.pass_by(1.0)
    played.room.revision = 4
    played.hub.publish(1)
    played.clock.pass_by(1.0)
    assert stream.revisions[-1] == 9


def test_a_state_that_cannot_be_read_is_read_again_until_it_can(caplog: pytest.LogCaptureFixture) -> None:
    played = Played()
    stream = played.join()
    played.room.fails = OSError("the database is away, says ana@example.org")
    revision = played.change()
    with caplog.at_level(logging.WARNING):
        played.clock.pass_by(3.0)
    assert stream.revisions[-1] != revision
    assert not stream.was_cut
    assert "OSError" in caplog.text
    assert "ana@example.org" not in caplog.text
    played.room.fails = None
    played.clock.pass_by(1.5)
    assert stream.revisions[-1] == revision


def test_the_streams_of_a_room_that_closes_get_its_last_state_and_end() -> None:
    played = Played()
    stream = played.join()
    played.room.last = True
    revision = played.change()
    played.clock.pass_by(0.2)
    assert stream.revisions[-1] == revision
    assert stream.ended


def test_the_streams_of_a_room_that_is_gone_end() -> None:
    played = Played()
    stream = played.join()
    played.room.fails = RoomGone()
    played.hub.publish(1)
    played.clock.pass_by(0.2)
    assert stream.ended


def test_who_opens_a_closed_room_gets_its_state_and_who_has_seen_it_is_told_not_to_come_back() -> None:
    played = Played()
    played.room.last = True
    opened = played.hub.open(1, Listener("r1"), PLAIN)
    assert opened.status == 200
    assert len(list(opened.body)) == 1
    again = played.hub.open(1, Listener("r1"), {**PLAIN, "HTTP_LAST_EVENT_ID": "1"})
    assert again.status == 204
    assert list(again.body) == []


def test_a_silent_room_beats_every_fifteen_seconds() -> None:
    played = Played()
    stream = played.join()
    played.clock.pass_by(61.0)
    assert len(stream.beats) in {3, 4}
    gaps = [later - earlier for earlier, later in pairwise(stream.beats)]
    assert max(gaps) <= 15.3


def test_a_beat_finds_the_stream_that_is_broken() -> None:
    played = Played()
    stream = played.join()
    stream.blocked = True
    played.clock.pass_by(16.0)
    assert stream.was_cut


def test_who_may_no_longer_listen_is_ended_within_five_seconds_and_asked_about_with_all_others_at_once() -> None:
    played = Played()
    streams = [played.join(f"r{number}") for number in range(20)]
    times = len(played.asked)
    while len(played.asked) == times:
        played.clock.pass_by(0.05)
    played.refused.add("r7")  # just after they were asked about
    began = played.clock.now()
    while not streams[7].ended:
        played.clock.pass_by(0.05)
        assert played.clock.now() - began <= 4.5  # the rest is for the asking itself
    assert [stream.listener.who for stream in streams if stream.ended] == ["r7"]
    assert played.asked[-1][1] == {f"r{number}" for number in range(20)}
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(played.asked)]
    assert min(gaps) >= 4.0


def test_everybody_goes_on_while_nobody_can_say_who_may(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    played = Played()
    stream = played.join()

    def broken(*_: object) -> frozenset[object]:
        raise OSError

    monkeypatch.setattr(played.hub, "_allowed", broken)
    with caplog.at_level(logging.WARNING):
        played.clock.pass_by(20.0)
    assert not stream.ended
    assert 2 <= len(caplog.records) <= 20


def test_a_stop_ends_all_streams_and_opens_no_more() -> None:
    played = Played()
    streams = [played.join(f"r{number}") for number in range(3)]
    played.hub.stop()
    assert all(stream.ended for stream in streams)
    with pytest.raises(Stopping):
        played.hub.open(1, Listener("r9"), PLAIN)


def test_a_stop_of_the_process_is_noticed() -> None:
    played = Played()
    stream = played.join()
    alive = [True]
    played.hub.serve_while(lambda: alive[0])
    played.clock.pass_by(1.0)
    assert not stream.ended
    alive[0] = False
    with pytest.raises(Stopping):
        played.hub.open(1, Listener("r9"), PLAIN)
    played.clock.pass_by(0.3)
    assert stream.ended


def test_a_stream_that_joins_during_a_stop_ends() -> None:
    played = Played()
    opened = played.hub.open(1, Listener("r1"), PLAIN)
    next(opened.body)
    played.hub.stop()
    stream = PlayedStream(played.clock)
    played.hub.join(1, stream)
    assert stream.ended
    assert list(opened.body) == []


def test_a_process_takes_no_more_streams_than_it_can_carry() -> None:
    played = Played(Limits(streams=2))
    played.join("r1")
    stream = played.join("r2")
    with pytest.raises(TooManyStreams):
        played.hub.open(1, Listener("r3"), PLAIN)
    stream.blocked = True
    played.change()
    played.clock.pass_by(0.2)
    assert played.hub.open(1, Listener("r3"), PLAIN).status == 200


def test_a_full_room_refuses_participants_and_takes_the_stage() -> None:
    played = Played(Limits(participants=2))
    played.join("r1")
    played.join("r2")
    with pytest.raises(RoomFull):
        played.hub.open(1, Listener("r3"), PLAIN)
    assert played.hub.open(1, Listener("stage", counted=False), PLAIN).status == 200


def test_the_oldest_stream_of_one_listener_ends_when_there_are_too_many() -> None:
    played = Played(Limits(each=2))
    streams = [played.join("r1") for _ in range(3)]
    other = played.join("r2")
    assert [stream.ended for stream in (*streams, other)] == [True, False, False, False]


def test_a_room_nobody_watches_is_forgotten() -> None:
    played = Played()
    stream = played.join()
    stream.blocked = True
    played.change()
    played.clock.pass_by(30.0)
    assert played.hub._rooms == {}
    assert played.hub.figures().evicted == 1


def test_participants_are_counted_once_and_the_stage_never() -> None:
    played = Played()
    first = played.join("r1")
    played.join("r1")
    played.join("r2")
    played.join("stage", counted=False)
    assert played.hub.connected(1) == 2
    first.blocked = True
    played.change()
    played.clock.pass_by(0.2)
    assert played.hub.connected(1) == 2
    assert played.hub.connected(2) == 0


STEPS = st.lists(
    st.one_of(
        st.just("change"),
        st.just("change during a reading"),
        st.just("change elsewhere"),
        st.just("join"),
        st.just("block one"),
        st.just("fail a reading"),
        st.floats(0.0, 0.25),
    ),
    max_size=80,
)


def _take(played: Played, streams: list[PlayedStream], step: str | float) -> None:
    """One step of those."""

    def once() -> None:
        played.room.during = lambda: None
        played.change()

    match step:
        case float():
            played.clock.pass_by(step)
            played.room.fails = None
        case "change":
            played.change()
        case "change during a reading":
            played.room.during = once
            played.hub.publish(1)
        case "change elsewhere":
            played.change()
            played.hub.publish(1, played.room.revision)  # the bus says it again
        case "join":
            streams.append(PlayedStream(played.clock, f"r{len(streams)}"))
            played.hub.join(1, streams[-1])
        case "block one" if streams:
            streams[0].blocked = True
        case "fail a reading":
            played.room.fails = OSError()


@given(STEPS)
def test_whatever_happens_in_which_order_every_stream_ends_with_the_last_state_and_never_goes_back(
    steps: list[str | float],
) -> None:
    played = Played()
    streams: list[PlayedStream] = []
    for step in steps:
        _take(played, streams, step)
    played.room.fails = None
    played.clock.pass_by(3.0)
    for stream in streams:
        assert stream.revisions == sorted(set(stream.revisions))
        assert all(later - earlier >= 0.1 - 1e-9 for (earlier, _), (later, _) in pairwise(stream.got))
        last = stream.revisions[-1:] == [played.room.revision]
        assert last or (stream.blocked and stream.was_cut)

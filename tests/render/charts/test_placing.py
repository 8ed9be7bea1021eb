"""Labels find their places."""

from app.render.charts.placing import Box, Ground, Wanted, place_labels

FRAME = Box(0, 0, 400, 300)
EMPTY = Ground(FRAME, (), ())


def _wanted(x: float, y: float, *, first: bool = False) -> Wanted:
    return Wanted((x, y), 80, 16, first)


def test_a_lone_label_stands_right_of_its_point() -> None:
    (place,) = place_labels([_wanted(100, 100)], EMPTY)
    assert place is not None
    assert place.anchor == "start"
    assert place.box.left > 100


def test_a_label_at_the_right_edge_stands_left() -> None:
    (place,) = place_labels([_wanted(390, 100)], EMPTY)
    assert place is not None
    assert place.anchor == "end"


def test_a_label_keeps_off_what_is_taken_and_leaders_cross_nothing() -> None:
    ground = Ground(FRAME, (Box(110, 80, 400, 120),), ())
    (place,) = place_labels([_wanted(100, 100)], ground)
    assert place is not None
    assert not place.box.meets(ground.taken[0])


def test_a_label_prefers_not_to_cross_a_line() -> None:
    (free,) = place_labels([_wanted(100, 100)], EMPTY)
    (moved,) = place_labels([_wanted(100, 100)], Ground(FRAME, (), (Box(150, 0, 152, 300),)))
    assert free is not None
    assert moved is not None
    assert free.box.left != moved.box.left


def test_twenty_points_on_one_spot_all_get_a_place_of_their_own() -> None:
    places = place_labels([_wanted(200, 150) for _ in range(20)], EMPTY)
    boxes = [place.box for place in places if place is not None]
    assert len(boxes) == 20
    assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])
    assert all(box.within(FRAME) for box in boxes)


def test_without_room_a_label_is_left_out() -> None:
    (place,) = place_labels([Wanted((50, 50), 500, 16, first=False)], EMPTY)
    assert place is None

from app.domain.planning.ground import survey
from app.domain.planning.opening import Opening, open_quarter
from tests.planner.small import Spec, pack, scorecard, sheet

SPECS = (
    Spec("a", 0, gates={1: 2, 2: 3}, in_focus=True),
    Spec("b", 1, needs={2: ("a@1",)}),
    Spec("c", 2, dimension="e", gates={1: 3}),
    Spec("f", 1, dimension="e"),
)


def opening(*drops: str, waits: dict[str, int] | None = None, levels: dict[str, int] | None = None) -> Opening:
    card = scorecard(s.score() for s in SPECS)
    ground = survey(sheet(), card, pack(SPECS), frozenset(drops))
    return open_quarter(ground, levels or ground.levels, waits or {})


def test_candidates_are_the_steps_between_level_and_target_in_order_of_id() -> None:
    assert list(opening("f@3").candidates) == ["a@1", "a@2", "a@3", "b@2", "b@3", "c@3", "f@2"]


def test_reasons_are_gate_floor_or_level_myth_and_waiting() -> None:
    reasons = opening(waits={"b@2": 2}).reasons
    assert reasons["a@1"] == (("gate", 4), ("floor", 2), ("myth", 1))
    assert reasons["a@2"] == reasons["a@1"]
    assert reasons["a@3"] == (("floor", 2), ("myth", 1))
    assert reasons["c@3"] == (("gate", 4), ("level", 1))
    assert reasons["b@2"] == (("floor", 2), ("waiting", 4))


def test_a_gate_step_that_could_be_done_and_was_not_chosen_waits() -> None:
    assert opening().waits_after(frozenset()) == {"a@1": 1, "c@3": 1}
    assert opening(waits={"a@1": 1}).waits_after(frozenset({"c@3"})) == {"a@1": 2}


def test_waiting_points_stay_when_it_is_no_longer_a_gate_step() -> None:
    later = opening(waits={"c@3": 1, "f@2": 1}, levels={"a": 2, "b": 2, "c": 2, "f": 1})
    assert later.reasons["f@2"] == (("level", 1), ("waiting", 2))


def test_at_the_last_stage_there_is_a_point_a_level_and_no_gate() -> None:
    specs = (Spec("a", 4, gates={4: 4}), Spec("b", 3), Spec("c", 4), Spec("f", 4))
    card = scorecard(s.score() for s in specs)
    ground = survey(sheet(target=4), card, pack(specs), frozenset())
    top = open_quarter(ground, ground.levels, {})
    assert (top.stage, top.goal) == (4, None)
    assert top.reasons == {"b@4": (("level", 1),)}
    assert top.bonus_after({"a": 4, "b": 4, "c": 4, "f": 4}) == 0


def test_the_bonus_is_for_the_next_stage_once() -> None:
    start = opening()
    assert start.bonus_after(start.levels_after(["a@1", "a@2"])) == 0
    assert start.bonus_after(start.levels_after(["a@1", "a@2", "c@3"])) == 10
    assert start.bonus_after({"a": 4, "b": 4, "c": 4, "f": 4}) == 10


def test_levels_after_take_the_highest_step_of_each_question() -> None:
    assert opening().levels_after(["a@2", "a@1"]) == {"a": 2, "b": 1, "c": 2, "f": 1}


def test_a_build_step_to_3_is_allowed_from_a_confirmed_level_only() -> None:
    start = opening()
    allowed = {c.id for c in start.candidates.values() if start.is_allowed(c)}
    assert allowed == {"a@1", "a@2", "b@2", "c@3", "f@2"}


def test_needs_that_are_done_are_open_no_more() -> None:
    assert opening().open_needs["b@2"] == ("a@1",)
    assert opening(levels={"a": 1, "b": 1, "c": 2, "f": 1}).open_needs["b@2"] == ()

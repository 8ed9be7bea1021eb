from dataclasses import replace

from app.domain.planning.ground import Ground, survey
from app.domain.questionnaire import MythLink
from tests.planner.small import MYTH, Spec, pack, scorecard, sheet

SPECS = (
    Spec("a", 1, claimed=3, days=(2, 3, 5, 8), needs={2: ("c@1",), 3: ("b@2",), 4: ("c@1", "b@1")}, in_focus=True),
    Spec("b", None, dimension="e", days=(1, 2, 3, 4), needs={1: ("a@1",)}),
    Spec("c", applies=False),
    Spec("f", 2, contested=True),
)


def ground(*drops: str) -> Ground:
    scores = scorecard(s.score() for s in SPECS)
    return survey(sheet(target_levels={"b": 2}), scores, pack(SPECS), frozenset(drops))


def test_unknown_counts_as_0_and_what_does_not_apply_is_left_out() -> None:
    assert ground().levels == {"a": 1, "b": 0, "f": 2}
    assert ground().members == {"d": ("a", "f"), "e": ("b",)}


def test_unknown_and_contested_questions_are_to_be_clarified() -> None:
    assert ground().unclear == ("b", "f")


def test_a_level_that_the_room_claims_is_shown_in_a_day_and_needs_the_step_below_only() -> None:
    candidates = ground().candidates
    assert [(c.id, c.kind, c.days, c.needs) for c in candidates.values() if c.question == "a"] == [
        ("a@2", "show", 1, ("a@1",)),
        ("a@3", "show", 1, ("a@2",)),
        ("a@4", "build", 8, ("a@3", "b@1")),
    ]


def test_the_first_level_shown_needs_nothing() -> None:
    specs = (Spec("a", 0, claimed=2, needs={1: ("b@1",)}), Spec("b"))
    candidates = survey(sheet(), scorecard(s.score() for s in specs), pack(specs), frozenset()).candidates
    assert (candidates["a@1"].kind, candidates["a@1"].needs) == ("show", ())


def test_only_build_steps_to_3_and_4_wait_for_confirmation() -> None:
    waiting = [c.id for c in ground().candidates.values() if c.waits_for_confirmation]
    assert waiting == ["a@4", "b@3", "b@4", "f@3", "f@4"]


def test_dependants_count_every_core_step_that_names_the_step_done_or_not() -> None:
    # b@1 is named by a@4, b@2 by a@3 (which is shown and so does not wait for it), f@3 by nobody.
    counts = {c.id: c.dependants for c in ground().candidates.values()}
    assert (counts["b@1"], counts["b@2"], counts["f@3"]) == (1, 1, 0)


def test_targets_are_the_questions_own_or_the_default() -> None:
    assert ground().targets == {"a": 3, "b": 2, "f": 3}
    assert [c.id for c in ground().candidates.values() if not ground().within_target(c)] == [
        "a@4",
        "b@3",
        "b@4",
        "f@4",
    ]


def test_primary_questions_of_myths_in_focus_are_in_focus() -> None:
    assert ground().focus == (MYTH,)
    assert ground().focus_questions == {"a"}


def test_a_question_against_the_grain_or_of_half_weight_is_no_primary_one() -> None:
    questionnaire = pack(SPECS)
    turned = replace(
        questionnaire.questions[0], myths=(MythLink(MYTH, -1, questionnaire.questions[0].myths[0].weight),)
    )
    questionnaire = replace(questionnaire, questions=(turned, *questionnaire.questions[1:]))
    found = survey(sheet(), scorecard(s.score() for s in SPECS), questionnaire, frozenset())
    assert found.focus_questions == frozenset()


def test_without_myths_nothing_is_in_focus() -> None:
    card = replace(scorecard(s.score() for s in SPECS), myths=None)
    assert survey(sheet(), card, pack(SPECS), frozenset()).focus == ()


def test_a_gate_on_an_inapplicable_question_is_waived() -> None:
    specs = (Spec("a", gates={1: 1, 2: 2}), Spec("b", gates={1: 1}, applies=False))
    found = survey(sheet(), scorecard(s.score() for s in specs), pack(specs), frozenset())
    assert found.gates == {1: {"a": 1}, 2: {"a": 2}, 3: {}, 4: {}}


def test_a_pulse_stands_on_the_asked_questions_only() -> None:
    card = scorecard(s.score() for s in SPECS[:1])
    assert survey(sheet(), card, pack(SPECS), frozenset()).levels == {"a": 1}

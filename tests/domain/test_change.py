"""Measurement 4.9: practice, questions and people, each apart."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Agreed, Assessment, Level, ReportedAction, Respondent
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.settle import Past, settle
from app.domain.sheet import Change
from tests.domain.cast import BLANK, SEEN, agreed_all


def change(now: Assessment, before: Assessment, mlops: Questionnaire, old: Questionnaire | None = None) -> Change:
    pack = old or mlops
    earlier = replace(before, quarter=Quarter(2026, 2), date=dt.date(2026, 6, 30))
    found = settle(now, mlops, [Past(settle(earlier, pack), pack, earlier)]).change
    assert found is not None
    return found


def revised(mlops: Questionnaire, **revs: int) -> Questionnaire:
    wanted = {q.replace("_", "-"): rev for q, rev in revs.items()}
    return replace(mlops, questions=tuple(replace(q, rev=wanted.get(q.id, q.rev)) for q in mlops.questions))


def test_4_9_the_example_tells_a_rise_from_a_changed_questionnaire(mlops: Questionnaire) -> None:
    """Ten questions at 1.4; then one rewritten, one added, and the nine common ones rise from 13 to 16."""
    ten = [q.id for q in mlops.core_of("monitoring")]
    extra = replace(mlops.core_of("governance")[0], id="mon-extra", dimension="monitoring", gates=(), myths=())
    new_pack = revised(mlops, mon_cost=2)
    new_pack = replace(new_pack, questions=(*new_pack.questions, extra))
    before = dict(zip(ten, (2, 2, 2, 2, 1, 1, 1, 1, 1, 1), strict=True))
    after = dict(zip([*ten, "mon-extra"], (2, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0), strict=True))
    old, new = (
        replace(BLANK, agreed={q: Agreed(Level(a)) for q, a in levels.items()}, evidence=dict.fromkeys(levels, SEEN))
        for levels in (before, after)
    )
    found = change(new, old, new_pack, mlops)
    moved = found.dimensions["monitoring"]
    assert moved.official == Fraction(16, 11) - Fraction(14, 10)
    assert moved.like_for_like == Fraction(1, 3)
    assert moved.instrument == moved.official - Fraction(1, 3)
    assert (round(float(moved.official), 4), round(float(moved.instrument), 4)) == (0.0545, -0.2788)
    assert (moved.from_questions, moved.from_answers) == (moved.instrument, 0)
    assert (found.questions_added, found.questions_changed, found.questions_retired) == (
        ("mon-extra",),
        ("mon-cost",),
        (),
    )
    assert (moved.common_share, moved.comparable) == (Fraction(9, 11), True)


LEVELS = st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=40, max_size=40)


@pytest.mark.slow
@given(before=LEVELS, after=LEVELS, changed=st.sets(st.integers(0, 39), max_size=12))
def test_4_9_official_is_like_for_like_plus_instrument_exactly(
    mlops: Questionnaire, before: list[int | None], after: list[int | None], changed: set[int]
) -> None:
    ids = [q.id for q in mlops.core]
    old, new = (
        replace(BLANK, agreed={q: Agreed(Level(a)) for q, a in zip(ids, levels, strict=True) if a is not None})
        for levels in (before, after)
    )
    pack = revised(mlops, **{ids[i].replace("-", "_"): 7 for i in changed})
    for moved in change(new, old, pack, mlops).dimensions.values():
        if moved.instrument is not None:
            assert moved.official is not None
            assert moved.like_for_like is not None
            assert moved.official == moved.like_for_like + moved.instrument
            assert moved.instrument == (moved.from_questions or 0) + (moved.from_answers or 0)


def test_4_14_official_is_null_with_its_reason_and_like_for_like_needs_six(mlops: Questionnaire) -> None:
    base = agreed_all(mlops, 2)
    few = replace(
        base, agreed={q: a for q, a in base.agreed.items() if q in [c.id for c in mlops.core_of("monitoring")][:6]}
    )
    found = change(few, base, mlops).dimensions
    assert (found["monitoring"].official, found["monitoring"].like_for_like) == (None, 0)
    assert found["monitoring"].why is not None
    assert "not published in both" in found["monitoring"].why
    assert (found["governance"].like_for_like, found["governance"].comparable) == (None, False)
    assert "fewer than six" in (found["governance"].why or "")


def team(mlops: Questionnaire, level: int, names: str = "abcdefgh") -> Assessment:
    roles = [r.id for r in mlops.roles]
    people = tuple(
        Respondent(n, roles[i % len(roles)], {q.id: Level(max(0, min(4, level + (i % 3) - 1))) for q in mlops.core})
        for i, n in enumerate(names)
    )
    return replace(BLANK, respondents=people, stable_ids=True, evidence=dict.fromkeys((q.id for q in mlops.core), SEEN))


def test_4_9_a_clear_rise_is_real_and_the_same_people_confirm_it(mlops: Questionnaire) -> None:
    found = change(team(mlops, 3), team(mlops, 1), mlops)
    automation = found.dimensions["automation"]
    assert automation.range90 is not None
    assert (automation.real, automation.range90[0] > 0) == (True, True)
    assert found.same_people is not None
    assert (found.same_people.respondents, found.same_people.dimensions["automation"]) == (8, automation.like_for_like)


def test_4_9_a_swapped_participant_with_the_same_votes_is_no_change(mlops: Questionnaire) -> None:
    found = change(team(mlops, 2, "abcdefgz"), team(mlops, 2), mlops)
    assert {(d.official, d.like_for_like, d.real) for d in found.dimensions.values()} == {(0, 0, False)}
    assert found.same_people is not None
    assert found.same_people.respondents == 7


def test_4_9_few_in_common_and_unstable_ids_say_why(mlops: Questionnaire) -> None:
    strangers = change(team(mlops, 2, "stuvwxyz"), team(mlops, 2), mlops)
    assert (strangers.same_people, strangers.same_people_why) == (None, "fewer than three people answered both")
    unstable = change(replace(team(mlops, 2), stable_ids=False), team(mlops, 1), mlops)
    assert unstable.same_people is None
    assert {d.real for d in unstable.dimensions.values()} == {None}
    assert "stable" in (unstable.dimensions["monitoring"].why or "")


def test_4_9_agreed_and_thinly_answered_assessments_have_no_range(mlops: Questionnaire) -> None:
    agreed = replace(agreed_all(mlops, 2), stable_ids=True, respondents=team(mlops, 2).respondents)
    found = change(agreed, team(mlops, 2), mlops).dimensions["automation"]
    assert (found.range90, found.real) == (None, None)
    assert "agreed in the room" in (found.why or "")
    thin = change(team(mlops, 2, "abc"), team(mlops, 2, "abc"), mlops).dimensions["automation"]
    assert "too few respondents" in (thin.why or "")


def test_4_9_a_rise_that_a_verified_action_explains_is_real(mlops: Questionnaire) -> None:
    base = team(mlops, 2)
    raised = tuple(replace(r, answers=dict(r.answers) | {"aut-testing": Level(4)}) for r in base.respondents)
    done = (ReportedAction("aut-testing@3", "reported_done", started=dt.date(2026, 7, 1)),)
    explained = change(replace(base, respondents=raised, actions=done), base, mlops).dimensions
    assert (explained["automation"].real, explained["monitoring"].real) == (True, False)


def test_4_9_a_dimension_without_common_questions_says_so(mlops: Questionnaire) -> None:
    base = team(mlops, 2)
    kept = tuple(
        replace(r, answers={q: a for q, a in r.answers.items() if not q.startswith("gov-")}) for r in base.respondents
    )
    governance = change(replace(base, respondents=kept), base, mlops).dimensions["governance"]
    assert (governance.common, governance.like_for_like, governance.real) == (0, None, None)


def test_moves_name_the_questions_whose_supported_level_changed(mlops: Questionnaire) -> None:
    found = change(agreed_all(mlops, 2, mon_drift=3), agreed_all(mlops, 2), mlops)
    assert [(m.question, m.before, m.after) for m in found.moves] == [("mon-drift", 2, 3)]


def test_a_settled_predecessor_is_enough_for_the_like_for_like_change(mlops: Questionnaire) -> None:
    before = replace(agreed_all(mlops, 1), quarter=Quarter(2026, 2), date=dt.date(2026, 6, 30))
    found = settle(agreed_all(mlops, 2), mlops, [Past(settle(before, mlops), mlops)])
    assert found.change is not None
    assert {d.official for d in found.change.dimensions.values()} == {Fraction(1)}
    assert [(p.quarter, p.stage, p.breaks) for p in found.history] == [(Quarter(2026, 2), 1, ())]


def test_later_assessments_are_not_compared_with(mlops: Questionnaire) -> None:
    later = replace(agreed_all(mlops, 1), quarter=Quarter(2026, 4), date=dt.date(2026, 12, 31))
    assert settle(agreed_all(mlops, 2), mlops, [Past(settle(later, mlops), mlops)]).change is None

"""Measurement 4.2, 4.3, 4.4 and the counterfactual of 4.14."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Agreed, Assessment, Evidence, EvidenceItem, Grade, Level, NotApplicable
from app.domain.questionnaire import Questionnaire
from app.domain.score import score
from app.domain.scorecard import Counterfactual, Scorecard
from app.domain.settle import settle
from tests.domain.cast import SEEN, agreed_all, answer, voted


def judged(assessment: Assessment, mlops: Questionnaire) -> Scorecard:
    return score(settle(assessment, mlops), mlops)


def test_4_2_levels_are_capped_by_the_evidence(mlops: Questionnaire) -> None:
    claimed = [3, 3, 2, 4, 3, 2, 3, 1, 3, 2]
    grades = [1, 0, 1, 1, 2, 0, 0, 0, 1, 1]
    questions = [q.id for q in mlops.core_of("monitoring")]
    base = replace(
        agreed_all(mlops, 2),
        agreed={q: Agreed(Level(level)) for q, level in zip(questions, claimed, strict=True)},
        evidence={q: Evidence(Grade(g), (EvidenceItem("x"),)) for q, g in zip(questions, grades, strict=True)},
    )
    card = judged(base, mlops)
    assert [card.questions[q].supported for q in questions] == [3, 2, 2, 3, 3, 2, 2, 1, 3, 2]
    monitoring = card.dimensions["monitoring"]
    assert (monitoring.claimed, monitoring.supported) == (Fraction(26, 10), Fraction(23, 10))


@pytest.mark.parametrize(("level", "stage"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)])
def test_4_4_a_uniform_organization_is_at_its_level(mlops: Questionnaire, level: int, stage: int) -> None:
    card = judged(agreed_all(mlops, level), mlops)
    assert card.stage is not None
    assert (card.stage.supported, card.stage.next) == (stage, stage + 1 if stage < 4 else None)
    assert all(d.supported == level for d in card.dimensions.values())


def test_4_4_the_weakest_link_in_pure_form(mlops: Questionnaire, example: Assessment) -> None:
    raised = {
        q: Agreed(a.answer if isinstance(a.answer, NotApplicable) else Level(max(2, a.answer.level)))
        for q, a in example.agreed.items()
    }
    raised |= {"gov-release-approval": Agreed(Level(1)), "mon-cost": Agreed(Level(2))}
    card = judged(replace(example, agreed=raised), mlops)
    assert card.stage is not None
    assert card.stage.supported == 1
    assert [b.of for b in card.stage.blockers] == ["gov-release-approval"]
    assert [d.supported for d in card.dimensions.values()] == [
        Fraction(21, 10),
        Fraction(17, 9),
        Fraction(21, 10),
        2,
    ]
    assert card.counterfactual == Counterfactual("gov-release-approval", 1, 2, 2)


def test_4_4_an_unknown_gate_blocks_and_a_valid_na_waives(mlops: Questionnaire) -> None:
    base = agreed_all(mlops, 3)
    unknown = replace(base, agreed={q: a for q, a in base.agreed.items() if q != "mon-drift"})
    card = judged(unknown, mlops)
    assert card.stage is not None
    assert [(b.of, b.have, b.why) for b in card.stage.blockers] == [("mon-drift", None, "unknown")]
    assert card.counterfactual == Counterfactual("mon-drift", None, 3, 3)
    waived = judged(agreed_all(mlops, 3, gov_fairness="none affected", gov_human_oversight="none affected"), mlops)
    assert waived.stage is not None
    assert waived.stage.supported == 3


def test_4_4_a_contested_gate_blocks_both_stages_and_settling_it_costs_nothing(mlops: Questionnaire) -> None:
    base = agreed_all(mlops, 3)
    votes = voted("mon-drift", [("data_scientist", a) for a in (4, 4, 3, 0, 4, 3, 0)])
    split = replace(votes, agreed={q: a for q, a in base.agreed.items() if q != "mon-drift"}, evidence=base.evidence)
    card = judged(split, mlops)
    assert card.stage is not None
    assert (card.stage.claimed, card.stage.supported) == (2, 2)
    assert [(b.of, b.have, b.why) for b in card.stage.blockers] == [("mon-drift", 3, "contested")]
    assert card.counterfactual == Counterfactual("mon-drift", 3, 3, 3)
    assert [(r.question, r.kind) for r in card.risks] == [("mon-drift", "gate")]
    assert card.agreement.contested == ("mon-drift",)


def test_4_4_a_dimension_that_may_not_be_published_fails_every_floor(mlops: Questionnaire) -> None:
    base = agreed_all(mlops, 3)
    kept = {q: a for q, a in base.agreed.items() if mlops.by_id[q].dimension != "governance"}
    card = judged(replace(base, agreed=kept), mlops)
    governance = card.dimensions["governance"]
    assert (governance.published, governance.supported, governance.low, governance.why) == (
        False,
        None,
        None,
        "not enough answered",
    )
    assert card.stage is not None
    assert ("floor", "governance", None, "not published") in [
        (b.kind, b.of, b.have, b.why) for b in card.stage.blockers
    ]


def test_4_3_too_many_inapplicable_questions_publish_nothing(tiny_na: Questionnaire) -> None:
    first = [q.id for q in tiny_na.core][:4]
    card = judged(agreed_all(tiny_na, 2, **{q.replace("-", "_"): "not here" for q in first}), tiny_na)
    assert [d.why for d in card.dimensions.values()][:1] == ["too many questions do not apply"]


def test_an_organization_without_live_models_assesses_nothing(mlops: Questionnaire) -> None:
    card = judged(replace(agreed_all(mlops, 3), context={"ctx-models": "0"}), mlops)
    assert (card.stage, card.myths, card.questions, card.counterfactual) == (None, None, {}, None)
    assert {d.why for d in card.dimensions.values()} == {"no live model"}


def test_the_overlay_is_reported_on_its_own(mlops: Questionnaire) -> None:
    base = agreed_all(mlops, 2)
    answered = {q.id: Agreed(Level(3)) for q in mlops.questions if not q.is_core}
    off = judged(replace(base, agreed={**base.agreed} | answered), mlops)
    on = judged(replace(base, agreed={**base.agreed} | answered, context={"ctx-generative": "yes"}), mlops)
    assert (off.overlay, off.overlay_mean) == ({}, None)
    assert (len(on.overlay), on.overlay_mean) == (4, 2)
    assert on.dimensions == off.dimensions


ANY: st.SearchStrategy[int | str] = st.sampled_from([0, 1, 2, 3, 4, "dk", "not here"])


@given(data=st.data())
def test_raising_one_level_never_lowers_a_dimension_or_the_stage(mlops: Questionnaire, data: st.DataObject) -> None:
    levels = data.draw(st.lists(st.integers(0, 4), min_size=40, max_size=40))
    base = replace(
        agreed_all(mlops, 0),
        agreed={q.id: Agreed(Level(a)) for q, a in zip(mlops.core, levels, strict=True)},
    )
    chosen = data.draw(st.sampled_from([q for q, a in base.agreed.items() if a.answer != Level(4)]))
    answer_now = base.agreed[chosen].answer
    assert isinstance(answer_now, Level)
    raised = replace(base, agreed={**base.agreed} | {chosen: Agreed(Level(answer_now.level + 1))})
    before, after = judged(base, mlops), judged(raised, mlops)
    assert before.stage is not None
    assert after.stage is not None
    assert after.stage.supported >= before.stage.supported
    for dimension in mlops.dimensions:
        low, high = before.dimensions[dimension.id].supported, after.dimensions[dimension.id].supported
        assert low is not None
        assert high is not None
        assert high >= low


@given(data=st.data())
def test_the_truth_lies_between_the_bounds_and_na_is_neutral(mlops: Questionnaire, data: st.DataObject) -> None:
    plain: list[int | str] = data.draw(st.lists(ANY, min_size=40, max_size=40))
    agreed = {}
    for question, given_answer in zip(mlops.core, plain, strict=True):
        a = answer(given_answer)
        if isinstance(a, Level) or (isinstance(a, NotApplicable) and question.na_allowed):
            agreed[question.id] = Agreed(a)
    base = replace(agreed_all(mlops, 0), agreed=agreed, evidence=dict.fromkeys(agreed, SEEN))
    card = judged(base, mlops)
    filled = {q.id: Agreed(Level(data.draw(st.integers(0, 4)))) for q in mlops.core if q.id not in agreed}
    known = judged(replace(base, agreed=agreed | filled, evidence=dict.fromkeys(agreed | filled, SEEN)), mlops)
    for dimension in card.dimensions.values():
        truth = known.dimensions[dimension.id].supported
        if dimension.published and truth is not None:
            assert dimension.low is not None
            assert dimension.high is not None
            assert 0 <= dimension.low <= truth <= dimension.high <= 4
        applying = [
            s.supported for q in mlops.core_of(dimension.id) if (s := card.questions[q.id]).supported is not None
        ]
        if dimension.supported is not None:
            assert dimension.supported == Fraction(sum(applying), len(applying))

"""Hypothesis strategies for whole results of the small questionnaire: the right kinds, not true judgements."""

from fractions import Fraction

from hypothesis import strategies as st

from app.domain.result import Result
from app.domain.roadmap import (
    Deferred,
    NextStep,
    PlannedAction,
    PlannedQuarter,
    Roadmap,
    StartsAt,
    Unreachable,
)
from app.domain.scorecard import (
    Agreement,
    Blocker,
    Counterfactual,
    DimensionScore,
    MythScore,
    PerceptionGap,
    QuestionScore,
    Risk,
    Scorecard,
    StageScore,
)
from app.domain.sheet import Sheet
from tests.strategies import CORE, DIMENSIONS, MYTHS, SMALL, fractions, levels, maybe, sheets, some, texts

_steps = st.sampled_from(list(SMALL.steps))
_mean, _share = fractions(0, 4), fractions(0, 1)
_days = st.integers(0, 99)


@st.composite
def _dimension(draw: st.DrawFn, name: str, variant: str) -> DimensionScore:
    published = variant == "full" and draw(st.booleans())
    low, claimed, high = sorted(draw(st.tuples(_mean, _mean, _mean)))
    return DimensionScore(
        id=name,
        published=published,
        claimed=claimed if published else None,
        supported=low if published else None,
        low=low if published else None,
        high=high if published else None,
        coverage=draw(_share),
        applicable=10,
        answered=draw(st.integers(0, 10)),
        na_share=draw(_share),
        range90=(low, high) if published and draw(st.booleans()) else None,
        range_why=draw(maybe(texts)),
        pulse=draw(maybe(_mean)) if variant == "pulse" else None,
        why=None if published else draw(maybe(texts)),
    )


@st.composite
def _myth(draw: st.DrawFn, name: str) -> MythScore:
    behaviour, belief = draw(maybe(_share)), draw(maybe(_share))
    return MythScore(
        id=name,
        behaviour=behaviour,
        belief=belief,
        evidence_share=draw(_share),
        verdict=draw(st.sampled_from(["debunked", "lingering", "believed", "not-enough-evidence"])),
        cell=draw(st.sampled_from(["debunked", "in-transition", "behaviour-only", "not-enough-evidence"])),
        rank_gap=None if behaviour is None or belief is None else draw(st.integers(-14, 14)),
        undecided=draw(st.booleans()),
        provisional=draw(maybe(st.booleans())),
        in_focus=draw(st.booleans()),
        questions=tuple(CORE[:3]),
        beliefs=("b01",),
        why=draw(maybe(texts)),
        movement=draw(st.just(()) | st.just((("mon-drift", None, 2),))),
    )


@st.composite
def scorecards(draw: st.DrawFn, sheet: Sheet) -> Scorecard:
    """Judgements of the right kinds about a sheet."""
    scores = {
        name: QuestionScore(facts, facts.level, None if facts.level is None else draw(st.integers(0, facts.level)))
        for name, facts in sheet.questions.items()
    }
    gate = st.builds(
        Blocker,
        st.just("gate"),
        st.sampled_from(CORE),
        maybe(levels.map(Fraction)),
        st.just(Fraction(2)),
        st.just("below"),
    )
    floor = st.builds(
        Blocker,
        st.just("floor"),
        st.sampled_from(DIMENSIONS),
        maybe(_mean),
        st.just(Fraction(7, 4)),
        st.just("not published"),
    )
    stage = st.builds(
        StageScore,
        levels,
        levels,
        maybe(st.integers(1, 4)),
        st.lists(gate | floor, max_size=3).map(tuple),
        maybe(_share),
        maybe(texts),
    )
    gap = st.builds(PerceptionGap, st.sampled_from(CORE), some(["builders", "others"], _mean))
    agreement = st.builds(
        Agreement,
        st.just(("mon-drift",)),
        st.lists(gap, max_size=1).map(tuple),
        st.fixed_dictionaries({d: maybe(fractions(-1, 1)) for d in DIMENSIONS}),
        some(DIMENSIONS, texts),
        maybe(fractions(1, 5)),
    )
    full = sheet.variant == "full"
    return Scorecard(
        questions={name: score for name, score in scores.items() if name in CORE},
        overlay={name: score for name, score in scores.items() if name not in CORE},
        overlay_mean=draw(maybe(_mean)),
        dimensions={d: draw(_dimension(d, sheet.variant)) for d in DIMENSIONS},
        stage=draw(stage) if full else draw(maybe(stage)),
        myths={m: draw(_myth(m)) for m in MYTHS} if full or draw(st.booleans()) else None,
        agreement=draw(agreement),
        counterfactual=draw(maybe(st.builds(Counterfactual, st.sampled_from(CORE), maybe(levels), levels, levels))),
        strengths=tuple(CORE[:2]),
        risks=(Risk("mon-drift", "gate"),),
        confirmation_rate=draw(maybe(_share)),
    )


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """A plan of the right kinds."""
    action = st.builds(
        PlannedAction,
        _steps,
        st.sampled_from(["build", "show"]),
        texts,
        _days,
        _days,
        st.just((("gate", 4), ("floor", 2))),
        st.just(("mon-drift@1",)),
        st.just(()),
        st.sampled_from(["team", "leadership"]),
        st.booleans(),
        st.booleans(),
    )
    quarter = st.builds(
        PlannedQuarter,
        st.integers(1, 4),
        levels,
        levels,
        _days,
        _days,
        st.lists(action, max_size=3).map(tuple),
        st.fixed_dictionaries({d: maybe(_mean) for d in DIMENSIONS}),
    )
    return Roadmap(
        capacity_days=draw(maybe(_days)),
        target=draw(st.integers(1, 4)),
        target_levels=draw(some(CORE, st.integers(1, 4))),
        starts_at=draw(maybe(st.builds(StartsAt, levels, texts))),
        focus=("too-expensive",),
        clarify_first=("mon-cost",),
        quarters=tuple(draw(st.lists(quarter, max_size=2))),
        deferred=tuple(draw(st.lists(st.builds(Deferred, _steps, texts), max_size=2))),
        beyond_target=("mon-drift@4",),
        unreachable=tuple(draw(st.lists(st.just(Unreachable(3, "mon-drift", 2, 3)), max_size=1))),
        least_days_to_next_stage=draw(maybe(_days)),
        points_at_80_percent=draw(maybe(_days)),
        points_at_120_percent=draw(maybe(_days)),
        next_steps=tuple(draw(st.lists(st.builds(NextStep, _steps, texts, _days), max_size=1))),
    )


@st.composite
def results(draw: st.DrawFn) -> Result:
    """A whole result, full or pulse."""
    sheet = draw(sheets(whole=False))
    return Result(SMALL, sheet, draw(scorecards(sheet)), draw(roadmaps()), "a" * 64)

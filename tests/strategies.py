"""Hypothesis strategies for the values of the domain, all of the small questionnaire."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from app.domain.answers import (
    Agreed,
    Anonymity,
    Answer,
    Assessment,
    Bet,
    Capacity,
    DontKnow,
    Evidence,
    EvidenceItem,
    Grade,
    Hands,
    Level,
    NotApplicable,
    ReleasedComment,
    ReportedAction,
    Respondent,
    Variant,
    Voting,
)
from app.domain.quarter import Quarter
from app.domain.sheet import (
    Ballot,
    BeliefFacts,
    Change,
    CheckedAction,
    CheckedBet,
    DimensionChange,
    LastFull,
    LevelMove,
    PastAssessment,
    PastMyth,
    QuestionFacts,
    Ranges,
    SamePeople,
    Sheet,
    Status,
)
from tests.small_questionnaire import small_questionnaire

SMALL = small_questionnaire()
CORE = [q.id for q in SMALL.core]
QUESTIONS = list(SMALL.by_id)
NA = {q.id for q in SMALL.questions if q.na_allowed}
MYTHS = list(SMALL.myths_by_id)
DIMENSIONS = [d.id for d in SMALL.dimensions]

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=9).map(lambda s: f"x{s}") | st.sampled_from(
    [
        "=1+1",
        "- x",
        "yes",
        "null",
        "3-10",
        "2026-01-01",
        "7/12",
        "0x1F",
        "1e3",
        "a: b",
        "a #b",
        "\x07",
        "a\nb",
        "ends ",
        "a\u2028b",
        "a\x85b",
        "\ufeffa",
        "\U0001f600",
        "'",
        '"',
        "\\",
        "{}",
        "[x",
        "~",
        "@x",
        "`",
        "%",
        "é" * 200,
    ]
)
texts = names
levels = st.integers(0, 4)
quarters = st.builds(Quarter, st.integers(2020, 2030), st.integers(1, 4))
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
decimals = st.decimals(Decimal("0.001"), 1, places=3)


def fractions(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Exact numbers: thirds and twelfths, short decimals, and what a float left behind."""
    return st.one_of(
        st.fractions(low, high, max_denominator=1000),
        st.floats(low, high, allow_nan=False).map(Fraction),
        st.decimals(low, high, places=4).map(Fraction),
    )


def some(of: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping from some of the ids."""
    return st.dictionaries(st.sampled_from(of), values, max_size=2)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or None."""
    return st.none() | values


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    """Evidence whose grade its items allow."""
    item = st.builds(EvidenceItem, names, maybe(names), maybe(days), maybe(names))
    items = tuple(draw(st.lists(item, max_size=2)))
    best = Grade.E2 if any(i.seen_by for i in items) else Grade.E1 if items else Grade.E0
    return Evidence(draw(st.sampled_from([g for g in Grade if g <= best])), items)


def answers(question: str) -> st.SearchStrategy[Answer]:
    """An answer that the question allows."""
    said = levels.map(Level) | st.just(DontKnow())
    return said | st.builds(NotApplicable, texts) if SMALL.by_id[question].na_allowed else said


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An open assessment as a file may hold it."""
    ids = draw(st.lists(names, unique=True, max_size=4))
    roles = [r.id for r in SMALL.roles] + ["not_said"]
    given = {q: answers(q) for q in QUESTIONS}
    votes = {q: {i: draw(given[q]) for i in ids} for q in draw(st.sets(st.sampled_from(CORE), max_size=2))}
    votings = tuple(Voting(q, 1, v) for q, v in sorted(votes.items()))
    people = []
    for one in ids:
        rest = {q: draw(given[q]) for q in draw(st.sets(st.sampled_from(QUESTIONS), max_size=4)) if q not in votes}
        cast = {q: v[one] for q, v in votes.items()}
        beliefs = draw(some([b.id for b in SMALL.beliefs], maybe(st.integers(1, 5))))
        people.append(Respondent(one, draw(st.sampled_from(roles)), rest | cast, beliefs))
    counts = st.tuples(*[st.integers(0, 9)] * 6, st.just(0))
    shown = st.lists(st.builds(Hands, st.sampled_from(roles), counts), max_size=2, unique_by=lambda h: h.role)
    hands = shown.map(lambda one: tuple(sorted(one, key=lambda h: roles.index(h.role))))
    action = st.builds(
        ReportedAction,
        st.sampled_from(list(SMALL.steps)),
        st.sampled_from(["planned", "reported_done", "verified"]),
        maybe(names),
        maybe(days),
        maybe(decimals),
        maybe(quarters),
    )
    return Assessment(
        organization=draw(names),
        team=draw(names),
        quarter=draw(quarters),
        date=draw(days),
        variant=draw(st.sampled_from(["full", "pulse"])),
        purpose=draw(st.just("") | texts),
        scope=tuple(draw(st.lists(names, max_size=3))),
        capacity=draw(maybe(st.builds(Capacity, decimals, decimals, decimals))),
        target=draw(st.integers(1, 4)),
        target_levels=draw(some(CORE, st.integers(1, 4))),
        context=draw(contexts),
        stable_ids=draw(st.booleans()),
        respondents=tuple(people),
        agreed={
            q: Agreed(
                draw(levels.map(Level) | st.builds(NotApplicable, texts) if q in NA else levels.map(Level)),
                draw(maybe(texts)),
            )
            for q in draw(st.sets(st.sampled_from(QUESTIONS), max_size=3))
        },
        hands=draw(some(CORE, hands)),
        evidence=draw(some(CORE, evidence())),
        actions=tuple(draw(st.lists(action, max_size=2, unique_by=lambda a: a.id))),
        votings=votings,
        bets=tuple(
            draw(st.lists(st.builds(Bet, st.sampled_from(CORE), levels), max_size=2, unique_by=lambda b: b.question))
        ),
        comments=tuple(draw(st.lists(st.builds(ReleasedComment, st.sampled_from(CORE), texts), max_size=2))),
    )


contexts = st.fixed_dictionaries(
    {},
    optional={
        "ctx-models": st.sampled_from(["0", "1-2", "3-10"]),
        "ctx-team": st.integers(0, 999).map(str),
        "ctx-generative": st.sampled_from(["yes", "no"]),
        "ctx-rules": texts,
    },
)


@st.composite
def question_facts(draw: st.DrawFn, *, anonymous: bool) -> QuestionFacts:
    """What may be published about one question."""
    status = draw(st.sampled_from(get_args(Status)))
    origins: dict[str, list[Any]] = {"level": ["agreed", "votes", "hands"], "unknown": [None, "votes", "hands"]}
    origin = draw(st.sampled_from(origins.get(status, ["agreed", "context"])))
    bucket = draw(st.sampled_from(["0", "3-4", "5+", "fewer than 3"] if anonymous else ["0", "1", "2", "3-4", "5+"]))
    many = bucket == "5+"
    counts = st.tuples(*[st.integers(1, 9)] * 7)
    ballots = draw(st.lists(st.builds(lambda c, m: (c, m), maybe(counts), maybe(st.integers(0, 8))), max_size=2))
    ad = st.integers(0, 20).map(lambda n: Fraction(n, 10)) if anonymous else fractions(0, 2)
    family = some(["builders", "runners", "deciders", "others"], st.integers(0, 8).map(lambda n: Fraction(n, 2)))
    return QuestionFacts(
        question="",
        status=status,
        level=draw(levels) if status == "level" else None,
        origin=origin,
        reason=draw(maybe(texts)),
        note=draw(maybe(texts)),
        respondents=bucket,
        ad=draw(maybe(ad)) if many or not anonymous else None,
        rwg=None if anonymous else draw(maybe(fractions(-3, 1))),
        contested=status == "level" and origin != "agreed" and draw(st.booleans()),
        votes_apart=origin == "agreed" and draw(st.booleans()),
        differs_from_votes=draw(st.booleans()),
        single_source=draw(st.booleans()),
        visibility_gap=draw(st.booleans()),
        families=draw(family) if many or not anonymous else {},
        ballots=tuple(Ballot(n, c, None if m is None else Fraction(m, 2)) for n, (c, m) in enumerate(ballots, 1)),
        comments=tuple(draw(st.lists(texts, max_size=2))),
        weights=None if anonymous else draw(maybe(st.tuples(*[fractions(0, 3)] * 5))),
        evidence=draw(evidence()),
    )


def ranges() -> st.SearchStrategy[Ranges]:
    """Ranges with reasons."""
    pair = st.tuples(fractions(0, 4), fractions(0, 4)).map(lambda p: (min(p), max(p)))
    return st.builds(
        Ranges,
        some(DIMENSIONS, maybe(pair)),
        maybe(fractions(0, 1)),
        maybe(st.lists(st.sampled_from(MYTHS), unique=True).map(tuple)),
        some(DIMENSIONS, maybe(fractions(-1, 1))),
        some(["stability", "monitoring", "alpha.monitoring"], texts),
    )


def changes() -> st.SearchStrategy[Change]:
    """What changed."""
    move, share = fractions(-4, 4), fractions(0, 1)
    pair = st.tuples(move, move).map(lambda p: (min(p), max(p)))
    mean = fractions(0, 4)
    one = st.builds(
        DimensionChange,
        *[maybe(move)] * 5,
        maybe(mean),
        maybe(mean),
        st.integers(0, 40),
        share,
        st.booleans(),
        maybe(st.booleans()),
        maybe(pair),
        maybe(texts),
    )
    ids = st.lists(names, max_size=2).map(tuple)
    moves = st.lists(
        st.builds(LevelMove, st.sampled_from(CORE), levels, levels), max_size=2, unique_by=lambda m: m.question
    )
    same = st.builds(SamePeople, st.integers(3, 30), some(DIMENSIONS, maybe(move)))
    return st.builds(
        Change,
        quarters,
        st.booleans(),
        some(DIMENSIONS, one),
        moves.map(tuple),
        ids,
        ids,
        ids,
        maybe(same),
        maybe(texts),
    )


@st.composite
def sheets(draw: st.DrawFn, *, whole: bool = True) -> Sheet:
    """A sheet as a settled file may hold it: every core question (``whole``), or those of the pulse."""
    anonymity = draw(st.sampled_from(get_args(Anonymity)))
    variant: Variant = "full" if whole else draw(st.sampled_from(get_args(Variant)))
    asked = list(SMALL.pulse) if variant == "pulse" else CORE
    asked = asked + (["gen-prompts"] if draw(st.booleans()) else [])
    facts = draw(st.lists(question_facts(anonymous=anonymity == "anonymous"), min_size=1, max_size=3))
    opinions = some([b.id for b in SMALL.beliefs], st.tuples(*[st.integers(0, 9)] * 5))
    belief = st.tuples(maybe(fractions(0, 1)), maybe(texts), st.booleans())
    past_myth = st.builds(
        PastMyth, st.sampled_from(["debunked", "believed"]), maybe(fractions(0, 1)), maybe(fractions(0, 1))
    )
    past = st.builds(
        PastAssessment,
        quarters,
        st.sampled_from(["full", "pulse"]),
        some(DIMENSIONS, maybe(fractions(0, 4))),
        maybe(levels),
        st.lists(st.sampled_from(DIMENSIONS), unique=True).map(tuple),
    )
    action = st.builds(
        CheckedAction,
        st.sampled_from(list(SMALL.steps)),
        st.sampled_from(["planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed"]),
        maybe(texts),
        maybe(names),
        maybe(days),
        maybe(fractions(0, 99)),
        maybe(quarters),
    )
    last = st.builds(
        LastFull, quarters, levels, levels, maybe(fractions(0, 1)), some(CORE, levels), some(MYTHS, past_myth)
    )
    bet = st.builds(Bet, st.sampled_from(CORE), levels)
    checked = st.builds(CheckedBet, st.sampled_from(CORE), levels, maybe(st.booleans()))
    reached = st.lists(st.sampled_from(asked), unique=True, max_size=3)
    return Sheet(
        organization=draw(names),
        team=draw(names),
        quarter=draw(quarters),
        date=draw(days),
        variant=variant,
        purpose=draw(st.just("") | texts),
        scope=tuple(draw(st.lists(names, max_size=3))),
        anonymity=anonymity,
        stable_ids=anonymity == "open" and draw(st.booleans()),
        capacity=draw(maybe(st.builds(Capacity, decimals, decimals, decimals))),
        target=draw(st.integers(1, 4)),
        target_levels=draw(some(CORE, st.integers(1, 4))),
        context=draw(contexts),
        no_live_model=False,
        overlays=("generative",) if "gen-prompts" in asked else (),
        respondents=draw(st.sampled_from(["8", "3-4", "5+", "fewer than 3"])),
        roles=draw(maybe(st.integers(0, 6))),
        questions={q: replace(facts[n % len(facts)], question=q) for n, q in enumerate(asked)},
        beliefs={
            m: BeliefFacts(m, *draw(belief), counts={} if anonymity == "anonymous" else draw(opinions)) for m in MYTHS
        },
        response_style=draw(maybe(fractions(1, 5))),
        ranges=draw(ranges()),
        actions=tuple(draw(st.lists(action, max_size=2, unique_by=lambda a: a.id))),
        bets_made=tuple(draw(st.lists(bet, max_size=2, unique_by=lambda b: b.question))),
        bets_checked=tuple(draw(st.lists(checked, max_size=2, unique_by=lambda b: b.question))),
        change=draw(maybe(changes())),
        history=tuple(draw(st.lists(past, max_size=2))),
        last_full=draw(maybe(last)),
        asked=tuple(draw(reached)),
        accepted=tuple(draw(reached)),
        left_out=tuple(draw(reached)),
        not_agreed=tuple(draw(reached)),
    )

"""Any sheet that the settling of an assessment could publish, for hypothesis."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from app.domain.answers import ActionStatus, Bet
from app.domain.quarter import Quarter
from app.domain.sheet import (
    Ballot,
    Change,
    CheckedAction,
    CheckedBet,
    DimensionChange,
    LastFull,
    LevelMove,
    PastAssessment,
    PastMyth,
    SamePeople,
    Sheet,
)
from tests.domain.report.factory import DIMENSIONS, IDS, QUESTIONNAIRE, beliefs, facts, sheet

_levels = st.one_of(st.none(), st.just("na"), st.integers(0, 4))
_counts = st.one_of(st.just(()), st.tuples(*[st.integers(0, 3)] * 5))
_few = st.integers(0, 4)
_shift = st.fractions(-4, 4, max_denominator=9)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A full assessment or a pulse, open or anonymous, first or later, voted or agreed."""
    variant = draw(st.sampled_from(["full", "full", "pulse"]))
    asked = IDS if variant == "full" else QUESTIONNAIRE.pulse
    questions = {q: facts(q, draw(_levels), draw(st.integers(0, 2)), draw(_counts)) for q in asked}
    anonymity = draw(st.sampled_from(["open", "anonymous"]))
    if anonymity == "anonymous":
        questions = {q: replace(f, weights=None) for q, f in questions.items()}
    made = sheet(
        questions=questions,
        variant=variant,
        anonymity=anonymity,
        beliefs=beliefs({b.id: draw(st.tuples(_few, _few, _few, _few, _few)) for b in QUESTIONNAIRE.beliefs}),
        respondents=draw(st.sampled_from(["0", "1", "2", "3-4", "5+", "8", "fewer than 3"])),
        roles=draw(st.one_of(st.none(), st.integers(1, 6))),
        no_live_model=draw(st.sampled_from([False] * 9 + [True])),
    )
    if made.no_live_model:
        made = replace(made, questions={q: facts(q, None) for q in asked})
    if draw(st.booleans()):
        made = _in_a_workshop(draw, made)
    return _later(draw, made) if draw(st.booleans()) else made


def _in_a_workshop(draw: st.DrawFn, made: Sheet) -> Sheet:
    """The same with a fate for each question, some voted on again, some of their votes withheld."""
    fates = {q: draw(st.sampled_from(["asked", "accepted", "not agreed", "left out"])) for q in made.questions}
    questions = dict(made.questions)
    for name, found in made.questions.items():
        if draw(st.booleans()) and found.ballots:
            withheld = Ballot(2, None, None)
            again = replace(found.ballots[0], number=2) if draw(st.booleans()) else withheld
            questions[name] = replace(found, ballots=(*found.ballots, again))
    return replace(
        made,
        questions=questions,
        asked=tuple(q for q, fate in fates.items() if fate in {"asked", "not agreed"}),
        accepted=tuple(q for q, fate in fates.items() if fate == "accepted"),
        not_agreed=tuple(q for q, fate in fates.items() if fate == "not agreed"),
        left_out=tuple(q for q, fate in fates.items() if fate == "left out"),
    )


def _later(draw: st.DrawFn, made: Sheet) -> Sheet:
    """The same as a second assessment."""
    before = Quarter(2026, 2)
    statuses: st.SearchStrategy[ActionStatus] = st.sampled_from(
        ["planned", "in_progress", "reported_done", "verified", "not_confirmed", "regressed"]
    )
    ids = draw(st.lists(st.sampled_from(sorted(QUESTIONNAIRE.steps)), unique=True, max_size=3))
    moves = tuple(LevelMove(q, draw(_few), draw(_few)) for q in draw(st.lists(st.sampled_from(IDS), unique=True)))
    people = SamePeople(draw(st.integers(3, 9)), {d: draw(_shift) for d in DIMENSIONS})
    same = draw(st.booleans())
    change = Change(
        previous=before,
        comparable=True,
        dimensions={d: _changed(draw) for d in DIMENSIONS},
        moves=moves,
        questions_added=tuple(draw(st.lists(st.sampled_from(IDS), unique=True, max_size=2))),
        questions_retired=(),
        questions_changed=(),
        same_people=people if same else None,
        same_people_why=None if same else "the ids are not stable",
    )
    means = st.one_of(st.none(), st.fractions(0, 4, max_denominator=9))
    past = PastAssessment(
        before, "full", {d: draw(means) for d in DIMENSIONS}, 1, tuple(draw(st.sets(st.sampled_from(DIMENSIONS))))
    )
    return replace(
        made,
        change=change,
        history=(past,),
        actions=tuple(CheckedAction(i, draw(statuses), None, None, None, Fraction(3, 2), None) for i in ids),
        bets_made=(Bet("mon-1", 3),),
        bets_checked=(CheckedBet("gov-1", 2, draw(st.sampled_from([True, False, None]))),),
        last_full=LastFull(
            before, 1, 1, None, {"mon-1": 2, "gov-1": 1},
            {m.id: PastMyth("said-not-done", Fraction(1, 4), Fraction(3, 4)) for m in QUESTIONNAIRE.myths},
        ),
    )  # fmt: skip


def _changed(draw: st.DrawFn) -> DimensionChange:
    before, moved, questions, answers = (
        draw(st.fractions(0, 4, max_denominator=9)),
        draw(_shift),
        draw(_shift),
        draw(_shift),
    )
    known, published = draw(st.booleans()), draw(st.booleans())
    instrument = questions + answers if published else None
    return DimensionChange(
        official=moved + questions + answers if known and published else None,
        like_for_like=moved if known else None,
        instrument=instrument if known else None,
        from_questions=questions if known and published else None,
        from_answers=answers if known and published else None,
        before=before if known else None,
        after=before + moved if known else None,
        common=4 if known else 1,
        common_share=Fraction(1),
        comparable=known and draw(st.booleans()),
        real=draw(st.sampled_from([True, False, None])),
        range90=None,
        why=None if known else "too few questions in common",
    )

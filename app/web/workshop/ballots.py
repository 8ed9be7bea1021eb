"""The question that is up, and what a reveal shows of it."""

from fractions import Fraction

from app.domain.answers import Agreed, Level
from app.domain.ballots import TOO_FEW_TO_SHOW, Distribution, RevealedBallot
from app.domain.consensus import SPREAD_ANSWERS_MIN, average_deviation
from app.domain.questionnaire import Question, Questionnaire
from app.services.rooms.states import SharedState
from app.web.formatting import days, level, plural
from app.web.workshop.chart import Bars, draw, figure
from app.web.workshop.values import Anchor, Asked, FamilyMark, Line, Settled, Shown

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
OTHERS = "others"
_BAR = 90
_SHAPES = 3


def ordinal(number: int) -> str:
    """``first vote``, and from the sixth on ``vote 6``."""
    return f"{_ORDINALS[number - 1]} vote" if number <= len(_ORDINALS) else f"vote {number}"


def asked_part(state: SharedState, questionnaire: Questionnaire, lines: tuple[Line, ...]) -> Asked | None:
    """The question that is up; None where none is."""
    if state.question is None:
        return None
    question = questionnaire.question(state.question)
    gates = tuple(f"gate of stage {gate.stage}" for gate in question.gates[:1])
    dimension = next(one.name for one in questionnaire.dimensions if one.id == question.dimension)
    place = next((n for n, line in enumerate(lines, 1) if line.current), None)
    return Asked(
        id=question.id,
        name=question.capability,
        voting=state.voting,
        over=" \u00b7 ".join((dimension, *gates, ordinal(state.voting))),
        place=f"question {place} of {len(lines)}" if place else "",
        text=question.text,
        note=question.answer_note,
        anchors=_anchors(question, state),
        na_allowed=question.na_allowed,
        evidence=question.evidence,
    )


def shown_part(state: SharedState, questionnaire: Questionnaire) -> Shown | None:
    """What the reveal shows; None before it."""
    ballot = state.ballot
    if not isinstance(ballot, RevealedBallot) or state.question is None or state.prompt is None:
        return None
    lead, _, prompt = state.prompt.says.partition(". ")
    return Shown(
        facts=_facts(ballot, state.joined),
        why=None if ballot.why == TOO_FEW_TO_SHOW else ballot.why,  # the prompt beside it says so
        families=_families(ballot.distribution, questionnaire),
        shift=_shift(ballot),
        lead=f"{lead}." if prompt else "",
        prompt=prompt or lead,
        last_time=state.last_time,
        further=_further(questionnaire.question(state.question), state),
    )


def settled_part(state: SharedState) -> Settled | None:
    """How the question that is up was settled; None while it is not."""
    if state.phase != "agreed":
        return None
    if state.agreed is None:
        return Settled(None, "No level was agreed. The votes stand, and the report says so.", None)
    answer = state.agreed.answer
    if isinstance(answer, Level):
        return Settled(answer.level, f"Agreed at level {answer.level}.", state.agreed.note)
    return Settled(None, f"Agreed that it does not apply: {answer.reason}", state.agreed.note)


def ended_words(agreed: Agreed) -> str:
    """How a question was settled, for a list."""
    return f"level {agreed.answer.level}" if isinstance(agreed.answer, Level) else "does not apply"


def bars_of(state: SharedState, questionnaire: Questionnaire, *, tight: bool) -> Bars | None:
    """The bars of the wall, lower where the words are long; None where nothing may be shown."""
    ballot = state.ballot
    if not isinstance(ballot, RevealedBallot) or ballot.distribution is None:
        return None
    return draw(ballot.distribution, _medians(ballot.distribution, questionnaire), tight=tight)


def _anchors(question: Question, state: SharedState) -> tuple[Anchor, ...]:
    shown = state.ballot.distribution if isinstance(state.ballot, RevealedBallot) else None
    settled = settled_part(state)
    most = max(1, *shown.levels) if shown else 1
    return tuple(
        Anchor(
            number,
            words,
            shown.levels[number] if shown else None,
            round(shown.levels[number] / most * _BAR) if shown else 0,
            settled is not None and settled.level == number,
        )
        for number, words in enumerate(question.anchors)
    )


def _facts(ballot: RevealedBallot, joined: int) -> tuple[tuple[str, str], ...]:
    facts = [("voted", f"{ballot.voted} of {joined}")]
    shown = ballot.distribution
    if shown is None:
        return tuple(facts)
    if shown.median is not None:
        facts.append(("median", figure(shown.median)))
    values = [number for number, votes in enumerate(shown.levels) for _ in range(votes)]
    apart = average_deviation(values) if len(values) >= SPREAD_ANSWERS_MIN else None
    if apart is not None:
        facts.append(("average distance", level(apart)))
    aside = (("do not know", shown.dk), ("does not apply", shown.na))
    return (*facts, *((words, str(count)) for words, count in aside if count))


def _shift(ballot: RevealedBallot) -> tuple[str, ...]:
    """One line a voting, where there was more than one."""
    if not ballot.earlier:
        return ()
    rounds = [(one.number, one.voted, one.distribution) for one in ballot.earlier]
    return tuple(_round(*one) for one in (*rounds, (ballot.voting, ballot.voted, ballot.distribution)))


def _round(number: int, voted: int, shown: Distribution | None) -> str:
    name = ordinal(number)
    name = f"{name[0].upper()}{name[1:]}"
    if shown is None or shown.median is None:
        return f"{name}: {voted} voted"
    counts = ", ".join(f"{votes} at {place}" for place, votes in enumerate(shown.levels) if votes)
    return f"{name}: median {figure(shown.median)} ({counts})"


def _medians(shown: Distribution, questionnaire: Questionnaire) -> list[tuple[str, Fraction, int]]:
    """Families that are shown in the order of the pack, small ones together at the end."""
    known = [(one.id, one.name, min(place, _SHAPES)) for place, one in enumerate(questionnaire.families)]
    known.append((OTHERS, "Others", _SHAPES))
    return [(name, shown.families[key], place) for key, name, place in known if key in shown.families]


def _families(shown: Distribution | None, questionnaire: Questionnaire) -> tuple[FamilyMark, ...]:
    found = _medians(shown, questionnaire) if shown else []
    return tuple(FamilyMark(name, figure(median), place) for name, median, place in found)


def _further(question: Question, state: SharedState) -> tuple[str, str, int] | None:
    """What the next level takes, from the level agreed or else the median: title, what to do, level."""
    reached: int | None = None
    if state.agreed and isinstance(state.agreed.answer, Level):
        reached = state.agreed.answer.level
    elif isinstance(state.ballot, RevealedBallot) and state.ballot.distribution and state.ballot.distribution.median:
        reached = int(state.ballot.distribution.median)
    step = next((one for one in question.steps if reached is not None and one.to_level == reached + 1), None)
    return (step.title, f"{step.what} About {days(step.days)}.", step.to_level) if step else None


def voted_words(voted: int, joined: int) -> str:
    """``12 of 18 have voted``."""
    return f"{voted} of {plural(joined, 'person', 'people')} {'has' if voted == 1 else 'have'} voted"

"""The facilitator's agenda: what the room should talk about, and what it may skip as agreed (measurement.md 4.13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.domain.consensus import Vote, average_deviation, counts, levels
from app.domain.questionnaire import Question, Questionnaire
from app.domain.scorecard import Scorecard

MINUTES = 5
MINUTES_UNANIMOUS_GATE = 3
#: Open actions of the last assessment come first; they are looked at, not discussed.
MINUTES_AN_ACTION = 2
SPREAD_FROM = 5
_GATE = Fraction(2)
_BELIEVED_PRIMARY = Fraction(3, 2)
_MANY_DO_NOT_KNOW = Fraction(1, 3)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One question with its place. ``spread`` None: fewer than five levels, so nothing is said of it."""

    question: str
    score: Fraction
    minutes: int
    spread: Literal["wide", "narrow"] | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What fits the time box in order, and what does not: ``skipped`` is offered as agreed, never taken as agreed."""

    actions: tuple[str, ...]
    actions_minutes: int
    items: tuple[AgendaItem, ...]
    skipped: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What the votes given beforehand say of one question: AD from five levels on, and whether many do not know."""

    ad: Fraction | None = None
    many_unknown: bool = False


NOTHING = Beforehand()


def beforehand(votes: Sequence[Vote]) -> Beforehand:
    """What an agenda needs to know of the votes on one question."""
    values = levels(votes)
    ad = average_deviation(values) if len(values) >= SPREAD_FROM else None
    many = bool(votes) and Fraction(counts(votes)[5], len(votes)) > _MANY_DO_NOT_KNOW
    return Beforehand(ad, many)


def make_agenda(
    votes: Mapping[str, Sequence[Vote]],
    card: Scorecard,
    open_actions: Sequence[str],
    time_box_minutes: int,
    questionnaire: Questionnaire,
) -> Agenda:
    """Order the asked questions by need and fill the time box; ``votes`` are those given beforehand."""
    items = weigh({q: beforehand(given) for q, given in votes.items()}, card, questionnaire)
    return fill(items, open_actions, time_box_minutes)


def weigh(said: Mapping[str, Beforehand], card: Scorecard, questionnaire: Questionnaire) -> list[AgendaItem]:
    """The asked questions that apply, the most needed first."""
    asked = [questionnaire.by_id[qid] for qid, score in card.questions.items() if score.applies]
    items = [_item(q, said.get(q.id, NOTHING), card, questionnaire) for q in asked]
    return sorted(items, key=lambda item: (-item.score, item.question))


def fill(items: Sequence[AgendaItem], open_actions: Sequence[str], time_box_minutes: int) -> Agenda:
    """Fill the time box: open actions, then items in their order as they fit."""
    actions_minutes = min(MINUTES_AN_ACTION * len(open_actions), time_box_minutes)
    left = time_box_minutes - actions_minutes
    fitting: list[AgendaItem] = []
    skipped: list[AgendaItem] = []
    for item in items:
        fits = item.minutes <= left
        (fitting if fits else skipped).append(item)
        left -= item.minutes if fits else 0
    return Agenda(tuple(sorted(open_actions)), actions_minutes, tuple(fitting), tuple(skipped))


def _item(question: Question, said: Beforehand, card: Scorecard, questionnaire: Questionnaire) -> AgendaItem:
    gate = card.stage is not None and card.stage.next is not None and question.gate_level(card.stage.next) is not None
    believed = any(
        link.is_primary and card.myths is not None and card.myths[link.myth].cell == "believed"
        for link in question.myths
    )
    weight = _GATE if gate else _BELIEVED_PRIMARY if believed else Fraction(1)
    score = (Fraction(1) if said.ad is None else said.ad) * weight + said.many_unknown
    unanimous = gate and said.ad == 0
    spread: Literal["wide", "narrow"] | None = None
    if said.ad is not None:
        spread = "wide" if said.ad > questionnaire.rules.ad_max else "narrow"
    return AgendaItem(question.id, score, MINUTES_UNANIMOUS_GATE if unanimous else MINUTES, spread)

"""Steps as they are shown: consecutive steps of one question in a quarter are one card, named evidence is one line."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.report import wording as w
from app.domain.report.pages import ActionCard
from app.domain.report.reading import Reading
from app.domain.roadmap import PlannedAction, PlannedQuarter

_STEP_ID = re.compile(r"[a-z0-9][a-z0-9_-]*@[0-4]")


@dataclass(frozen=True, slots=True)
class Card:
    """What one row of the plan shows: the steps of one question, or all ``show`` steps of the quarter."""

    actions: tuple[PlannedAction, ...]

    @property
    def shows(self) -> bool:
        """Whether it names evidence for claims, and builds nothing."""
        return self.actions[0].kind == "show"

    @property
    def days(self) -> int:
        """Person-days of all its steps."""
        return sum(a.days for a in self.actions)

    @property
    def is_gate(self) -> bool:
        """Whether a step goes through a gate of the next stage."""
        return any(reason == "gate" for a in self.actions for reason, _ in a.reasons)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its steps."""
        return tuple(a.id for a in self.actions)


def cards(quarter: PlannedQuarter) -> tuple[Card, ...]:
    """The cards of a quarter, each where its first step stands in the order of work."""
    grouped: dict[str, list[PlannedAction]] = {}
    for action in quarter.actions:
        key = "" if action.kind == "show" else action.id.partition("@")[0]
        grouped.setdefault(key, []).append(action)
    return tuple(Card(tuple(sorted(group, key=_place) if key else group)) for key, group in grouped.items())


def _place(action: PlannedAction) -> int:
    return int(action.id.partition("@")[2])


def builds(quarter: PlannedQuarter) -> int:
    """How many of the quarter's steps count against the limit of steps."""
    return sum(a.kind == "build" for a in quarter.actions)


def steps_of(quarter: PlannedQuarter) -> str:
    """``twelve steps``; with the claims to show beside them."""
    shown = len(quarter.actions) - builds(quarter)
    built = builds(quarter)
    parts = [w.counted(built, "step")] if built or not shown else []
    if shown:
        parts.append(f"evidence for {w.counted(shown, 'claim')}")
    return w.listed(parts)


def title(reading: Reading, card: Card) -> str:
    """The name of a card: of its last step, with the capability where the title alone could mean another."""
    if card.shows:
        return f"Name evidence for {w.counted(len(card.actions), 'claim')}"
    return reading.step_name(card.actions[-1].id)


def span(reading: Reading, card: Card) -> str:
    """The capability; for several steps also ``from 0 to 2``."""
    if card.shows:
        return "One day a claim"
    name = reading.capability(card.actions[0].id.partition("@")[0])
    if len(card.actions) == 1:
        return name
    return f"{name}, from {_place(card.actions[0]) - 1} to {_place(card.actions[-1])}"


def in_words(reading: Reading, text: str) -> str:
    """The text with every step id replaced by the step's title in quotation marks."""
    steps = reading.questionnaire.steps
    return _STEP_ID.sub(lambda m: w.quoted(reading.step_name(m[0])) if m[0] in steps else m[0], text)


def action_card(reading: Reading, quarter: PlannedQuarter, card: Card) -> ActionCard:
    """One card with what to do, why, what it needs and what it unlocks."""
    return ActionCard(
        ids=card.ids,
        title=title(reading, card),
        days=w.days(card.days),
        gate=card.is_gate,
        what=_what(reading, card),
        facts=_facts(reading, quarter, card),
    )


def _what(reading: Reading, card: Card) -> tuple[str, ...]:
    if card.shows:
        return tuple(_show_line(reading, a) for a in card.actions)
    lines = []
    for action in card.actions:
        lead = f"To level {_place(action)}: {action.title}. " if len(card.actions) > 1 else ""
        lines.append(f"{lead}{w.sentence(reading.step(action.id).what)}")
    return tuple(lines)


def _show_line(reading: Reading, action: PlannedAction) -> str:
    question = reading.questionnaire.question(reading.step(action.id).question)
    name = f"{question.capability}, level {_place(action)}"
    return f"{name}: {'; '.join(question.evidence)}." if question.evidence else f"{name}."


def _facts(reading: Reading, quarter: PlannedQuarter, card: Card) -> tuple[tuple[str, str], ...]:
    facts = []
    if not card.shows:
        facts.append(("Capability", span(reading, card)))
    facts += [("Why", _why(reading, quarter, card)), ("Needs", _needs(reading, quarter, card))]
    unlocks = [u for a in card.actions for u in a.unlocks if u not in card.ids]
    if unlocks:
        facts.append(("Unlocks", "; ".join(reading.step_name(u) for u in dict.fromkeys(unlocks))))
    myths = _myths(reading, card)
    if myths:
        facts.append(("Myths", "; ".join(myths)))
    if any(a.clarify for a in card.actions):
        facts.append(("First", "Settle where you stand (half a day): the level is not known or contested"))
    if all(a.quick_win for a in card.actions):
        facts.append(("Quick win", "Little effort, and nothing has to come first"))
    leadership = any(a.backlog == "leadership" for a in card.actions)
    facts.append(("Owner", "to be named by leadership" if leadership else "to be named"))
    return tuple(facts)


def _why(reading: Reading, quarter: PlannedQuarter, card: Card) -> str:
    """The reasons in words, and what they add up to."""
    sums: dict[str, int] = {}
    for action in card.actions:
        for reason, points in action.reasons:
            sums[reason] = sums.get(reason, 0) + points
    names = {reading.questionnaire.question(reading.step(a.id).question).dimension for a in card.actions}
    where = tuple(reading.within(n) for n in sorted(names))
    return why_in_words(frozenset(sums), where, quarter.stage_before + 1, sum(a.points for a in card.actions))


def why_in_words(reasons: Collection[str], dimensions: Sequence[str], stage: int, points: int) -> str:
    """``Gate of stage 2, monitoring is below the floor: 7 points``; dimensions as they stand within a sentence."""
    where = w.listed(dimensions) or "its dimension"
    words = {
        "gate": f"gate of stage {stage}",
        "floor": f"{where} {w.agree(len(dimensions), 'is', 'are')} below the floor",
        "level": f"one level more in {where}",
        "myth": "works on a myth in focus",
        "waiting": "had to wait in an earlier quarter",
    }
    text = ", ".join(words[reason] for reason in words if reason in reasons)
    return f"{w.capital(text)}: {w.figures(points, 'point')}" if text else w.figures(points, "point")


def _needs(reading: Reading, quarter: PlannedQuarter, card: Card) -> str:
    """Needs that the plan itself fulfils; whatever is done already is not named."""
    where = {a.id: q.number for q in reading.roadmap.quarters for a in q.actions}
    named = []
    for need in dict.fromkeys(n for a in card.actions for n in a.needs):
        if need in where and need not in card.ids:
            when = "" if where[need] == quarter.number else f" ({reading.quarter(where[need])})"
            named.append(f"{reading.step_name(need)}{when}")
    return "; ".join(named) or "nothing open"


def _myths(reading: Reading, card: Card) -> list[str]:
    questions = {a.id.partition("@")[0] for a in card.actions}
    found = []
    for myth in reading.questionnaire.myths:
        primary = {q.id for q, link in reading.questionnaire.links_to(myth.id) if link.is_primary}
        if myth.id in reading.roadmap.focus and primary & questions:
            found.append(myth.name)
    return found

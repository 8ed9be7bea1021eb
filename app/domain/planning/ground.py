"""What stays fixed while a plan is made: where every question stands, what is claimed, aimed at and in focus."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from app.domain.effort import scaled_days
from app.domain.questionnaire import LEVELS, Questionnaire, Step
from app.domain.roadmap import Kind
from app.domain.scorecard import Scorecard
from app.domain.sheet import Sheet

#: Level by question, applicable core questions only; unknown is 0 (measurement.md 5.0, rule 1).
Levels: TypeAlias = Mapping[str, int]

#: What it takes to show a level that the room already claims, whatever building it would take (rule 2).
SHOW_DAYS = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A step as the plan sees it. ``needs`` are the applicable steps it waits for, the step below first.

    ``dependants`` counts the core steps that name it as a prerequisite, done or not, applicable or not.
    """

    step: Step
    kind: Kind
    days: int
    needs: tuple[str, ...]
    dependants: int

    @property
    def id(self) -> str:
        """The id of its step."""
        return self.step.id

    @property
    def question(self) -> str:
        """The question it raises."""
        return self.step.question

    @property
    def level(self) -> int:
        """The level it leads to."""
        return self.step.to_level

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether the level below must be confirmed at the quarter's start (rule 5): ``build`` to level 3 or 4."""
        return self.kind == "build" and self.level >= LEVELS[-2]


@dataclass(frozen=True)
class Ground:
    """The start of a plan. ``claimed`` holds the claimed level where there is one; ``unclear`` keeps pack order."""

    questionnaire: Questionnaire
    levels: Levels
    claimed: Levels
    targets: Levels
    focus: tuple[str, ...]
    unclear: tuple[str, ...]
    drops: frozenset[str]
    effort_ratio: Fraction | None = None

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The applicable questions of each dimension, in the order of the pack."""
        return {
            dimension.id: tuple(q.id for q in self.questionnaire.core_of(dimension.id) if q.id in self.levels)
            for dimension in self.questionnaire.dimensions
        }

    @cached_property
    def gates(self) -> dict[int, dict[str, int]]:
        """The gates of each stage on applicable questions: an inapplicable question waives its gate."""
        stages = range(1, len(self.questionnaire.rules.floors) + 1)
        return {s: {q: m for q, m in self.questionnaire.gates(s) if q in self.levels} for s in stages}

    @cached_property
    def focus_questions(self) -> frozenset[str]:
        """The primary questions of the myths in focus (rule 3)."""
        links = (link for myth in self.focus for link in self.questionnaire.links_to(myth))
        return frozenset(question.id for question, link in links if link.is_primary)

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """Every step above today's level of an applicable question, by id in sorted order; targets not yet heeded."""
        core = self.questionnaire.core
        named = Counter(p for question in core for step in question.steps for p in step.prerequisites)
        steps = (step for question in core if question.id in self.levels for step in question.steps)
        open_steps = sorted((s for s in steps if s.to_level > self.levels[s.question]), key=lambda s: s.id)
        return {step.id: self._candidate(step, named[step.id]) for step in open_steps}

    def _candidate(self, step: Step, dependants: int) -> Candidate:
        if step.to_level <= self.claimed.get(step.question, 0):
            below = step.needs[:1] if step.to_level > 1 else ()
            return Candidate(step, "show", SHOW_DAYS, below, dependants)
        needs = tuple(need for need in step.needs if self.questionnaire.steps[need].question in self.levels)
        return Candidate(step, "build", scaled_days(step.days, self.effort_ratio), needs, dependants)

    def within_target(self, candidate: Candidate) -> bool:
        """Whether the target of its question lets it be planned."""
        return candidate.level <= self.targets[candidate.question]


def survey(sheet: Sheet, scorecard: Scorecard, questionnaire: Questionnaire, drops: frozenset[str]) -> Ground:
    """Find the ground that a plan starts from. ``drops`` are steps that shall never be planned.

    In a pulse only the asked questions are on the scorecard, and only they are on the ground.
    """
    scores = {q.id: scorecard.questions[q.id] for q in questionnaire.core if q.id in scorecard.questions}
    applicable = [qid for qid, score in scores.items() if score.applies]
    return Ground(
        questionnaire=questionnaire,
        levels={qid: scores[qid].supported or 0 for qid in applicable},
        claimed={qid: level for qid in applicable if (level := scores[qid].claimed) is not None},
        targets={qid: sheet.target_levels.get(qid, sheet.target) for qid in applicable},
        focus=tuple(myth.id for myth in (scorecard.myths or {}).values() if myth.in_focus),
        unclear=tuple(qid for qid in applicable if scores[qid].facts.contested or scores[qid].supported is None),
        drops=drops,
        effort_ratio=sheet.effort_ratio,
    )

"""What one quarter can choose from, what each choice is worth, and what waits: the problem that the solver is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from app.domain.planning.ground import Candidate, Ground, Levels
from app.domain.planning.stages import Goal, next_goal
from app.domain.questionnaire import MAX_LEVEL
from app.domain.roadmap import Reason

#: Quarters that a step has waited as an open gate step, by id.
Waits: TypeAlias = Mapping[str, int]


@dataclass(frozen=True)
class Opening:
    """One quarter before anything is chosen. ``candidates`` by id in sorted order, within targets, none dropped."""

    ground: Ground
    levels: Levels
    waits: Waits
    goal: Goal | None
    candidates: dict[str, Candidate]

    @property
    def stage(self) -> int:
        """The stage at the quarter's start."""
        return MAX_LEVEL if self.goal is None else self.goal.stage - 1

    @cached_property
    def reasons(self) -> dict[str, tuple[tuple[Reason, int], ...]]:
        """Why each candidate earns its points (rule 3), in the order of the rule."""
        return {c.id: tuple(self._reasons(c)) for c in self.candidates.values()}

    @cached_property
    def points(self) -> dict[str, int]:
        """The points of each candidate."""
        return {cid: sum(points for _, points in reasons) for cid, reasons in self.reasons.items()}

    @cached_property
    def open_needs(self) -> dict[str, tuple[str, ...]]:
        """What each candidate needs that is not done at the quarter's start."""
        return {c.id: tuple(n for n in c.needs if not self.is_done(n)) for c in self.candidates.values()}

    def is_done(self, step_id: str) -> bool:
        """Whether a step of an applicable question is done at the quarter's start."""
        step = self.ground.questionnaire.steps[step_id]
        return self.levels[step.question] >= step.to_level

    def is_gate_step(self, candidate: Candidate) -> bool:
        """Whether it leads towards an open gate of the next stage."""
        return self.goal is not None and candidate.level <= self.goal.gates.get(candidate.question, 0)

    def is_allowed(self, candidate: Candidate) -> bool:
        """Rule 5: a ``build`` step to level 3 or 4 only from a level confirmed at the quarter's start."""
        return not candidate.waits_for_confirmation or self.levels[candidate.question] >= candidate.level - 1

    def _reasons(self, candidate: Candidate) -> Iterable[tuple[Reason, int]]:
        rules = self.ground.questionnaire.rules
        if self.is_gate_step(candidate):
            yield "gate", rules.points_gate
        dimension = self.ground.questionnaire.by_id[candidate.question].dimension
        if self.goal is not None and dimension in self.goal.short:
            yield "floor", rules.points_floor
        else:
            yield "level", rules.points_level
        if candidate.question in self.ground.focus_questions:
            yield "myth", rules.points_myth
        if waited := self.waits.get(candidate.id, 0):
            yield "waiting", rules.points_waiting * waited

    def levels_after(self, chosen: Iterable[str]) -> dict[str, int]:
        """The levels when every chosen step is done."""
        levels = dict(self.levels)
        for cid in chosen:
            candidate = self.candidates[cid]
            levels[candidate.question] = max(levels[candidate.question], candidate.level)
        return levels

    def waits_after(self, chosen: frozenset[str]) -> dict[str, int]:
        """Who has waited once more: gate steps that could have been done and were not chosen.

        Rule 5 says nothing more here: what it needs is done, so the level below is confirmed.
        """
        waits = dict(self.waits)
        for candidate in self.candidates.values():
            if candidate.id not in chosen and self.is_gate_step(candidate) and not self.open_needs[candidate.id]:
                waits[candidate.id] = waits.get(candidate.id, 0) + 1
        return waits

    def bonus_after(self, levels: Levels) -> int:
        """The points for reaching the next stage with these levels."""
        goal = next_goal(self.ground, levels)
        reached = self.goal is not None and (goal is None or goal.stage > self.goal.stage)
        return self.ground.questionnaire.rules.points_stage if reached else 0


def open_quarter(ground: Ground, levels: Levels, waits: Waits) -> Opening:
    """What can be chosen from these levels, with these waits."""
    candidates = {
        cid: c
        for cid, c in ground.candidates.items()
        if c.level > levels[c.question] and ground.within_target(c) and cid not in ground.drops
    }
    return Opening(ground, levels, waits, next_goal(ground, levels), candidates)

"""What the plan leaves out, and why: deferred steps, steps above the target, stages that a target closes off."""

from app.domain.planning.ground import Candidate, Ground
from app.domain.planning.opening import Opening
from app.domain.questionnaire import LEVELS, step_id
from app.domain.roadmap import Deferred, StartsAt, Unreachable
from app.domain.scorecard import StageScore


def deferred_after(opening: Opening, chosen: frozenset[str]) -> tuple[Deferred, ...]:
    """Every candidate that found no place, judged at the end of the last quarter with what that quarter chose.

    Dropped steps are listed as dropped. Order: by id.
    """
    ground, levels = opening.ground, opening.levels_after(chosen)
    left = (c for c in ground.candidates.values() if c.level > levels[c.question] and ground.within_target(c))
    return tuple(Deferred(c.id, _why(opening, chosen, c)) for c in left)


def _why(opening: Opening, chosen: frozenset[str], candidate: Candidate) -> str:
    if candidate.id in opening.ground.drops:
        return "dropped"
    rules = opening.ground.questionnaire.rules
    if waits := [need for need in opening.open_needs[candidate.id] if need not in chosen]:
        return "waits for " + ", ".join(_named(opening.ground, need) for need in waits)
    if not opening.is_allowed(candidate):
        return "level below not yet confirmed"
    builds = sum(opening.candidates[cid].kind == "build" for cid in chosen)
    if candidate.kind == "build" and builds == rules.actions_per_quarter_max:
        return "beyond twelve actions"
    return "beyond capacity"


def _named(ground: Ground, need: str) -> str:
    if need in ground.drops:
        return f"{need} (dropped)"
    return need if ground.within_target(ground.candidates[need]) else f"{need} (beyond target)"


def beyond_target(ground: Ground) -> tuple[str, ...]:
    """The steps above the target, in the order of the pack."""
    steps = (step_id(q, level) for q in ground.levels for level in LEVELS)
    return tuple(sid for sid in steps if sid in ground.candidates and not ground.within_target(ground.candidates[sid]))


def unreachable(ground: Ground) -> tuple[Unreachable, ...]:
    """The stages that a target closes off, by stage, then question."""
    return tuple(
        Unreachable(stage=stage, question=question, target=target, need=need)
        for stage, gates in ground.gates.items()
        for question, need in gates.items()
        if need > max(target := ground.targets[question], ground.levels[question])
    )


def starts_at(stage: int, score: StageScore) -> StartsAt:
    """The stage the plan starts from, and in words why it may differ from the stage of the assessment."""
    if stage == score.supported:
        return StartsAt(stage, "the plan starts from the stage of the assessment")
    why = f"the assessment shows stage {score.supported}; the plan counts unknown answers as level 0, takes contested"
    why += " levels as settled and needs no minimum of answers in a dimension"
    return StartsAt(stage, why)

"""The fewest person-days that reach a stage, whatever the capacity."""

from app.domain.planning.ground import Ground
from app.domain.planning.stages import goal_of
from app.domain.questionnaire import step_id
from app.planner.program import Program, Row


def least_days(ground: Ground, stage: int) -> int | None:
    """The fewest person-days of any set closed under needs that reaches the stage (measurement.md 5.0, rule 7).

    Levels up to 4; no rules of capacity, count, targets, drops or confirmation. None where a dimension has no
    applicable question, so that no set reaches the stage. Raises PlanNotProven.
    """
    goals = [goal for s in range(1, stage + 1) if not (goal := goal_of(ground, ground.levels, s)).is_met]
    if not goals:
        return 0
    if any(goal.hopeless for goal in goals):
        return None
    column = {cid: number for number, cid in enumerate(ground.candidates)}
    rows = [
        Row({column[cid]: 1, column[need]: -1}, high=0)
        for cid, candidate in ground.candidates.items()
        for need in candidate.needs
        if need in column
    ]
    for goal in goals:
        rows += (Row({column[step_id(question, level)]: 1}, low=1) for question, level in goal.gates.items())
        for dimension, missing in goal.short.items():
            members = set(ground.members[dimension])
            raising = [column[cid] for cid, c in ground.candidates.items() if c.question in members]
            rows.append(Row(dict.fromkeys(raising, 1), low=missing))
    days = {column[cid]: c.days for cid, c in ground.candidates.items()}
    return Program(len(column), rows).least(days)

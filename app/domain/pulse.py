"""What a pulse of twelve questions may say: never a stage of its own, never a verdict (measurement.md 4.12)."""

from collections.abc import Mapping

from app.domain.myths import behaviour
from app.domain.questionnaire import Questionnaire
from app.domain.scorecard import VERDICT_OF, MythScore, QuestionScore, StageScore
from app.domain.sheet import LastFull, PastMyth, Sheet
from app.domain.stages import LAST_STAGE

NOT_IN_A_PULSE = "a pulse restates no stage"


def pulse_stage(core: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire) -> StageScore | None:
    """The stage of the last full assessment, with the asked gates that have fallen below their minimum since."""
    last = sheet.last_full
    if last is None:
        return None
    return StageScore(
        claimed=last.claimed,
        supported=last.supported,
        next=last.supported + 1 if last.supported < LAST_STAGE else None,
        blockers=(),
        stability=None,
        stability_why=NOT_IN_A_PULSE,
        withdrawn=_fallen_gates(core, last, questionnaire),
    )


def _fallen_gates(core: Mapping[str, QuestionScore], last: LastFull, questionnaire: Questionnaire) -> tuple[str, ...]:
    needed: dict[str, int] = {}
    for stage in range(1, last.supported + 1):
        for qid, level in questionnaire.gates(stage):
            needed[qid] = max(level, needed.get(qid, 0))
    return tuple(
        qid
        for qid, level in sorted(needed.items())
        if (score := core.get(qid)) is not None and score.supported is not None and score.supported < level
    )


def pulse_myths(
    core: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire
) -> dict[str, MythScore] | None:
    """The last full assessment's cells with the movement of the asked questions; None if there is none."""
    last = sheet.last_full
    if last is None:
        return None
    return {
        m.id: _repeated(m.id, past, core, last, questionnaire)
        for m in questionnaire.myths
        if (past := last.myths.get(m.id))
    }


def _repeated(
    myth: str, past: PastMyth, core: Mapping[str, QuestionScore], last: LastFull, questionnaire: Questionnaire
) -> MythScore:
    asked = [q.id for q, _ in questionnaire.links_to(myth) if q.id in core]
    levels = {qid: core[qid].supported for qid in asked}
    debunked = past.behaviour is not None and past.behaviour >= questionnaire.rules.debunked_from
    return MythScore(
        id=myth,
        behaviour=past.behaviour,
        belief=past.belief,
        evidence_share=behaviour(myth, levels, questionnaire).evidence_share,
        verdict=VERDICT_OF.get(past.cell, "debunked" if debunked else "lingering"),
        cell=past.cell,
        rank_gap=None,
        undecided=False,
        provisional=None,
        in_focus=False,
        questions=tuple(asked),
        beliefs=(),
        why=f"of the full assessment {last.quarter}",
        movement=tuple((qid, last.levels.get(qid), core[qid].supported) for qid in asked),
    )

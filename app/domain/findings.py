"""The short lists a report names: strengths, risks, perception gaps, the confirmation rate (measurement.md 4.13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.scorecard import PerceptionGap, QuestionScore, Risk, StageScore
from app.domain.sheet import CheckedAction

STRENGTH_FROM = 3
LIST_LENGTH = 3


def strengths(core: Mapping[str, QuestionScore], questionnaire: Questionnaire) -> tuple[str, ...]:
    """Up to three questions supported at 3 or more: gates first, then level, then id."""
    strong = {qid: s.supported for qid, s in core.items() if s.supported is not None and s.supported >= STRENGTH_FROM}
    ordered = sorted(strong, key=lambda qid: (not questionnaire.by_id[qid].gates, -strong[qid], qid))
    return tuple(ordered[:LIST_LENGTH])


def risks(
    core: Mapping[str, QuestionScore], stage: StageScore | None, questionnaire: Questionnaire
) -> tuple[Risk, ...]:
    """Up to three: open gates of the next stage by gap, then contested questions, then visibility gaps on gates."""
    gates = [b for b in (stage.blockers if stage else ()) if b.kind == "gate"]
    gates.sort(key=lambda b: (-(b.need - (b.have or 0)), b.of))
    named = [Risk(b.of, "gate") for b in gates]
    named += [Risk(qid, "contested") for qid, s in core.items() if s.facts.contested]
    named += [
        Risk(qid, "visibility") for qid, s in core.items() if s.facts.visibility_gap and questionnaire.by_id[qid].gates
    ]
    first = {risk.question: risk for risk in reversed(named)}
    return tuple(risk for risk in named if first[risk.question] is risk)[:LIST_LENGTH]


def perception_gaps(core: Mapping[str, QuestionScore], questionnaire: Questionnaire) -> tuple[PerceptionGap, ...]:
    """Questions that the shown families see two or more levels apart."""
    wide = questionnaire.rules.family_gap
    return tuple(
        PerceptionGap(qid, dict(s.facts.families))
        for qid, s in core.items()
        if s.facts.families and max(s.facts.families.values()) - min(s.facts.families.values()) >= wide
    )


def confirmation_rate(actions: Sequence[CheckedAction], quarter: Quarter) -> Fraction | None:
    """Verified over reported done, of those judged in this quarter; None when nothing was reported done."""
    judged = [
        a for a in actions if a.status == "not_confirmed" or (a.status == "verified" and a.verified_in == quarter)
    ]
    return Fraction(sum(a.status == "verified" for a in judged), len(judged)) if judged else None

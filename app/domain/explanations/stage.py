"""The stage with its gates and floors, explained (measurement.md 4.4)."""

from fractions import Fraction

from app.domain.explain import Explanation, Term
from app.domain.explanations.levels import mean_of
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.scorecard import Blocker, StageScore

_WHY = {
    "below": "is below what the gate asks for",
    "unknown": "is not known, so the gate is not shown to hold",
    "contested": "is contested: votes lie too far apart to open a gate",
}


def explain_stage(result: Result) -> tuple[Explanation, ...]:
    """The stage itself (a rule, no formula), then how far each open gate and each missed floor is from its need."""
    stage = result.scorecard.stage
    if stage is None:
        return ()
    found = [
        Explanation(
            "stage.supported", f"Stage {stage.supported}", Fraction(stage.supported), "", (), _rule(stage), "4.4"
        ),
    ]
    found += [_gate(result, b) if b.kind == "gate" else _floor(result, b) for b in stage.blockers]
    if stage.stability is not None:
        found.append(
            Explanation(
                "stage.stability",
                f"The stage is the same in {w.percent(stage.stability)} of 100 resamplings",
                stage.stability,
                "",
                (),
                (
                    (
                        "The respondents are weighted anew at random, 2,000 times with a fixed seed; the share "
                        "of those "
                        "with the same stage is printed."
                    ),
                    "It cannot be computed by hand; the same input gives the same share.",
                ),
                "4.6",
            )
        )
    return tuple(found)


def _rule(stage: StageScore) -> tuple[str, ...]:
    rule = "The stage is the highest one whose gates and floors all hold, together with those of every stage below it."
    if stage.next is None:
        return (rule, "Nothing is open: it is the highest stage.")
    gates = sum(b.kind == "gate" for b in stage.blockers)
    floors = len(stage.blockers) - gates
    said = f"For stage {stage.next}, {w.counted(gates, 'gate')} and {w.counted(floors, 'floor')} are not met."
    return (rule, said) if stage.blockers else (rule,)


def _gate(result: Result, blocker: Blocker) -> Explanation:
    question = result.questionnaire.by_id.get(blocker.of)
    name = question.capability if question else blocker.of
    need = Term("level needed", blocker.need)
    key, why = f"stage.gate.{blocker.of}", (f"The level {_WHY.get(blocker.why, 'is not shown')}.",)
    if blocker.have is None:
        return Explanation(key, f"{name}: level not known", None, "", (need,), why, "4.4")
    short = blocker.need - blocker.have
    title = f"{name}: level {w.rounded(blocker.have, 0)} of {w.rounded(blocker.need, 0)}"
    arithmetic = f"{w.exact(blocker.need)} - {w.exact(blocker.have)}"
    return Explanation(key, title, short, arithmetic, (need, Term("supported level", blocker.have)), why, "4.4")


def _floor(result: Result, blocker: Blocker) -> Explanation:
    name = next((d.name for d in result.questionnaire.dimensions if d.id == blocker.of), blocker.of)
    need = Term("mean needed", blocker.need)
    key = f"stage.floor.{blocker.of}"
    if blocker.have is None:
        why = ("Too few of its questions are answered to publish a mean, so the floor is not met.",)
        return Explanation(key, f"{name}: not published", None, "", (need,), why, "4.4")
    levels = [
        score.supported
        for question in result.questionnaire.core_of(blocker.of)
        if (score := result.scorecard.questions.get(question.id)) and score.supported is not None
    ]
    return Explanation(
        key=key,
        title=f"{name}: {w.floor_level(blocker.have)} of {w.floor_level(blocker.need)}",
        value=blocker.need - blocker.have,
        arithmetic=f"{w.exact(blocker.need)} - {mean_of(levels)}",
        terms=(need, Term("supported mean", blocker.have)),
        text=("What is missing to the floor: the floor less the mean of the supported levels.",),
        rule="4.4",
    )

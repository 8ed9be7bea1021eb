"""The stage as the sponsor reads it: the numeral, the ladder, what blocks the next stage, and what would change it."""

from app.domain.report import wording as w
from app.domain.report.figures import LadderChart, LadderStep
from app.domain.report.pages import BlockerRow, StageBlock
from app.domain.report.reading import Reading
from app.domain.scorecard import Blocker, StageScore


def headline(reading: Reading) -> str:
    """The first sentence of the sponsor's page."""
    if reading.sheet.no_live_model:
        return "No model is live yet, so there is nothing to measure"
    stage = reading.stage
    if stage is None or reading.is_pulse:
        return _pulse_headline(reading, stage)
    if stage.next is None:
        return f"Every gate and every floor holds: you are at stage {stage.supported}, the highest"
    if not reading.levels:
        return "Nothing is known yet: no question has a level"
    things, one = _blocking(reading)
    verb = "keeps" if one else "keep"
    return (
        f"{w.capital(things)} {verb} you at stage {stage.supported}"
        if things
        else f"You are at stage {stage.supported}"
    )


def _pulse_headline(reading: Reading, stage: StageScore | None) -> str:
    if stage is None:
        return f"A pulse of {w.counted(len(reading.scored), 'question')} shows what moved, not a stage"
    if stage.withdrawn:
        fallen = len(stage.withdrawn)
        return (
            f"{w.capital(w.counted(fallen, 'gate'))} {w.agree(fallen, 'has', 'have')} fallen: stage "
            f"{stage.supported} is in doubt"
        )
    return f"No gate that this pulse asked about has fallen: stage {stage.supported} stands as last measured"


def _blocking(reading: Reading) -> tuple[str, bool]:
    """What blocks, as a list, and whether it is one single thing."""
    thin = sum(b.why == "below" for b in reading.floors)
    unseen = len(reading.floors) - thin
    parts = []
    if reading.gates:
        parts.append(w.counted(len(reading.gates), "open gate"))
    if thin:
        parts.append(w.counted(thin, "thin dimension"))
    if unseen:
        few = w.counted(unseen, "dimension")
        parts.append(f"{few} with too few answers")
    return w.listed(parts), len(reading.gates) + thin + unseen == 1


def block(reading: Reading) -> StageBlock:
    """The stage block; without a number where there is no stage to tell."""
    stage = reading.stage
    if stage is None:
        return StageBlock(None, "", _unstaged(reading), None, "", "", (), (), ())
    notes = [
        *_pulse_notes(reading, stage),
        *_evidence_note(stage),
        *_what_if(reading, stage),
        *_stability(reading, stage),
    ]
    title = (
        ""
        if stage.next is None or reading.is_pulse
        else f"What blocks stage {stage.next}, {reading.stage_name(stage.next)}"
    )
    return StageBlock(
        number=stage.supported,
        name=reading.stage_name(stage.supported),
        say=_say(reading, stage),
        ladder=_ladder(reading, stage),
        ladder_alt=_ladder_alt(reading, stage),
        blockers_title=title,
        blockers=() if reading.is_pulse else tuple(_row(reading, b) for b in stage.blockers),
        notes=tuple(notes),
        why=reading.why("stage.*"),
    )


def _unstaged(reading: Reading) -> str:
    if reading.sheet.no_live_model:
        return (
            "Every question asks how live models are run, so none was scored. That is a good moment "
            "to start: an owner, "
            "an entry in a list and a way back are small when the first model goes live. Come back "
            "when it does."
        )
    return f"{pulse_limits(reading)} A stage is told by a full assessment; this team has none yet."


def pulse_limits(reading: Reading) -> str:
    """What a pulse can and cannot say."""
    asked, whole = len(reading.scored), len(reading.questionnaire.core)
    return (
        f"A pulse asks {w.number(asked)} of {whole} questions. It can show whether these moved, and whether a gate has "
        "fallen. It cannot tell a dimension, raise a stage or pass a new verdict on a myth."
    )


def _say(reading: Reading, stage: StageScore) -> str:
    if reading.is_pulse:
        return pulse_limits(reading)
    return next((s.summary for s in reading.questionnaire.stages if s.number == stage.supported), "")


def _ladder(reading: Reading, stage: StageScore) -> LadderChart:
    steps = []
    for each in sorted(reading.questionnaire.stages, key=lambda s: -s.number):
        label = f"{each.number} {each.name}"
        if each.number == stage.supported:
            steps.append(LadderStep(label, "current"))
        elif each.number < stage.supported:
            steps.append(LadderStep(label, "reached"))
        elif each.number == stage.next and not reading.is_pulse:
            steps.append(LadderStep(f"{label}, next", "next"))
        else:
            steps.append(LadderStep(label, "later"))
    return LadderChart(tuple(steps))


def _ladder_alt(reading: Reading, stage: StageScore) -> str:
    stages = sorted(reading.questionnaire.stages, key=lambda s: s.number)
    first, last = stages[0], stages[-1]
    text = (
        f"Stage {stage.supported}, {reading.stage_name(stage.supported)}, of {w.number(len(stages))} stages from "
        f"{first.number} {first.name} to {last.number} {last.name}."
    )
    if stage.next is None or reading.is_pulse:
        return text
    return f"{text} Next: {stage.next}, {reading.stage_name(stage.next)}."


def _row(reading: Reading, blocker: Blocker) -> BlockerRow:
    if blocker.kind == "floor":
        text = (
            "not published"
            if blocker.have is None
            else f"{w.floor_level(blocker.have)} of {w.floor_level(blocker.need)}"
        )
        return BlockerRow(f"{reading.dimension(blocker.of)} as a whole", text, None, None)
    need = int(blocker.need)
    label = reading.capability(blocker.of)
    if blocker.have is None:
        return BlockerRow(label, f"not known, needs {need}", None, need)
    have = int(blocker.have)
    extra = ", contested" if blocker.why == "contested" else ""
    return BlockerRow(label, f"{have} of {need}{extra}", have, need)


def _pulse_notes(reading: Reading, stage: StageScore) -> list[str]:
    if not reading.is_pulse:
        return []
    last = reading.sheet.last_full
    notes = [f"The stage was measured in the full assessment of {last.quarter}."] if last else []
    if stage.withdrawn:
        names = w.listed(reading.capability(q) for q in stage.withdrawn)
        notes.append(f"Fallen below the level that the stage asks for: {names}. A full assessment will settle it.")
    return notes


def _evidence_note(stage: StageScore) -> list[str]:
    if stage.claimed <= stage.supported:
        return []
    return [f"By what you claim it would be stage {stage.claimed}; what is missing is evidence for it."]


def _what_if(reading: Reading, stage: StageScore) -> list[str]:
    """The one answer that would change the stage, or that there is none."""
    if stage.next is None or reading.is_pulse or not reading.levels:
        return []
    single = reading.card.counterfactual
    if single is not None:
        name = reading.capability(single.question)
        if single.from_level == single.to_level:
            return [
                (
                    f"One answer would change this: settling {name} at level {single.to_level} makes it stage "
                    f"{single.stage}."
                )
            ]
        from_level = "not known" if single.from_level is None else single.from_level
        return [
            (
                f"One answer would change this: {name} at level {single.to_level} (now {from_level}) makes it "
                f"stage {single.stage}."
            )
        ]
    least = reading.roadmap.least_days_to_next_stage
    effort = f"; the least effort to stage {stage.next} is {w.days(least)}" if least is not None else ""
    return [f"No single answer would raise the stage{effort}."]


def _stability(reading: Reading, stage: StageScore) -> list[str]:
    if reading.is_pulse or not reading.levels:
        return []
    if stage.stability is not None:
        return [f"In {w.percent(stage.stability)} of 100 resamplings of the respondents the stage is the same."]
    why = (stage.stability_why or "").rstrip(".")
    return [f"How firm the stage is cannot be told: {why}."] if why else []

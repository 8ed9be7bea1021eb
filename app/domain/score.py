"""From the published facts of one assessment to every judgement on it (measurement.md 4.11)."""

from collections.abc import Mapping
from fractions import Fraction

from app.domain.dimensions import capped, score_dimension
from app.domain.exact import mean
from app.domain.findings import confirmation_rate, perception_gaps, risks, strengths
from app.domain.myths import judge_myths
from app.domain.pulse import pulse_myths, pulse_stage
from app.domain.questionnaire import Questionnaire
from app.domain.scorecard import Agreement, MythScore, QuestionScore, Scorecard, StageScore
from app.domain.sheet import Sheet
from app.domain.stages import LAST_STAGE, blockers, claimed_position, counterfactual, stage_of, supported_position


def score(sheet: Sheet, questionnaire: Questionnaire) -> Scorecard:
    """Judge an assessment; the same facts always give the same judgement."""
    scores = {qid: capped(facts, questionnaire.rules) for qid, facts in sheet.questions.items()}
    core = {q.id: scores[q.id] for q in questionnaire.core if q.id in scores}
    overlay = {q.id: scores[q.id] for q in questionnaire.questions if not q.is_core and q.id in scores}
    known = [s.supported for s in overlay.values() if s.supported is not None]
    stage = _stage(core, sheet, questionnaire)
    full = sheet.variant == "full" and not sheet.no_live_model
    return Scorecard(
        questions=core,
        overlay=overlay,
        overlay_mean=mean(known),
        dimensions={d.id: score_dimension(d.id, core, sheet, questionnaire) for d in questionnaire.dimensions},
        stage=stage,
        myths=_myths(core, sheet, questionnaire),
        agreement=Agreement(
            contested=tuple(qid for qid, s in core.items() if s.facts.contested),
            perception_gaps=perception_gaps(core, questionnaire),
            alpha=dict(sheet.ranges.alpha),
            alpha_why={
                d.id: why for d in questionnaire.dimensions if (why := sheet.ranges.reasons.get(f"alpha.{d.id}"))
            },
            response_style=sheet.response_style,
        ),
        counterfactual=counterfactual(core, questionnaire) if full else None,
        strengths=strengths(core, questionnaire),
        risks=risks(core, stage, questionnaire),
        confirmation_rate=confirmation_rate(sheet.actions, sheet.quarter),
    )


def _stage(core: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire) -> StageScore | None:
    if sheet.variant == "pulse":
        return pulse_stage(core, sheet, questionnaire)
    if sheet.no_live_model:
        return None
    position = supported_position(core, questionnaire)
    supported = stage_of(position, questionnaire)
    following = supported + 1 if supported < LAST_STAGE else None
    return StageScore(
        claimed=stage_of(claimed_position(core, questionnaire), questionnaire),
        supported=supported,
        next=following,
        blockers=blockers(position, following, questionnaire) if following else (),
        stability=sheet.ranges.stability,
        stability_why=sheet.ranges.reasons.get("stability"),
    )


def _myths(
    core: Mapping[str, QuestionScore], sheet: Sheet, questionnaire: Questionnaire
) -> dict[str, MythScore] | None:
    if sheet.variant == "pulse":
        return pulse_myths(core, sheet, questionnaire)
    return None if sheet.no_live_model else judge_myths(core, sheet, questionnaire)


def supported_means(card: Scorecard) -> dict[str, Fraction | None]:
    """The published supported level of each dimension; of a pulse, the mean of its asked questions."""
    return {d.id: d.supported if d.published else d.pulse for d in card.dimensions.values()}

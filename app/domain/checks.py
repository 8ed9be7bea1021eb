"""What was promised last time, checked: actions reported done and bets (measurement.md 5.6)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.domain.answers import Level, ReportedAction
from app.domain.consensus import Vote, average_deviation, levels
from app.domain.questionnaire import Questionnaire, Step
from app.domain.scorecard import QuestionScore
from app.domain.sheet import CheckedAction, CheckedBet, Sheet
from app.domain.votings import Panel

ARTEFACT_FROM = 3
SEEN_FROM = 4
ANSWERS_AT_TARGET = 2


def check_actions(
    panel: Panel,
    votes: Mapping[str, Sequence[Vote]],
    scores: Mapping[str, QuestionScore],
    earlier: Sequence[Sheet],
    questionnaire: Questionnaire,
) -> tuple[CheckedAction, ...]:
    """Every action of the previous plan with what became of it, and earlier verified ones that have fallen back."""
    known = {a.id: a for a in panel.assessment.actions}
    for sheet in earlier:
        for past in sheet.actions:
            if past.status == "verified" and past.id not in known and past.id in questionnaire.steps:
                known[past.id] = ReportedAction(past.id, "verified", past.owner, past.started, None, past.verified_in)
    checked = [_check(action, panel, votes, scores, questionnaire) for action in known.values()]
    reported = {a.id for a in panel.assessment.actions}
    return tuple(sorted((a for a in checked if a.id in reported or a.status == "regressed"), key=lambda a: a.id))


def _check(
    action: ReportedAction,
    panel: Panel,
    votes: Mapping[str, Sequence[Vote]],
    scores: Mapping[str, QuestionScore],
    questionnaire: Questionnaire,
) -> CheckedAction:
    step = questionnaire.steps[action.id]
    score = scores.get(step.question)
    status, why, verified_in = action.status, None, action.verified_in
    if action.status == "verified":
        if score is not None and score.applies and score.supported is not None and score.supported < step.to_level:
            when = f" in {verified_in}" if verified_in else ""
            status, why = "regressed", f"verified{when} at level {step.to_level}, now supported at {score.supported}"
    elif action.status == "reported_done":
        why = _doubt(action, step, panel, votes.get(step.question, ()), score, questionnaire)
        status = "not_confirmed" if why else "verified"
        verified_in = None if why else panel.assessment.quarter
    elif action.status in {"not_confirmed", "regressed"}:
        status = "planned"  # back among the candidates until it is reported done again
    effort = None if action.effort_days is None else Fraction(action.effort_days)
    return CheckedAction(action.id, status, why, action.owner, action.started, effort, verified_in)


def _doubt(
    action: ReportedAction,
    step: Step,
    panel: Panel,
    votes: Sequence[Vote],
    score: QuestionScore | None,
    questionnaire: Questionnaire,
) -> str | None:
    """The first of the four conditions that does not hold, in words; None when all hold."""
    if score is None:
        return "its question was not asked this time"
    if score.supported is None:
        return "its question no longer applies" if not score.applies else "nobody could give its level"
    if score.supported < step.to_level:
        return f"supported at level {score.supported}, not {step.to_level}"
    agreed = score.facts.origin == "agreed"
    spread = average_deviation(levels(votes))
    if spread is not None and spread > questionnaire.rules.ad_max:
        return "the answers lie too far apart"
    return _artefact_doubt(action, step, score) or _second_voice_doubt(action, step, panel, votes, agreed=agreed)


def _artefact_doubt(action: ReportedAction, step: Step, score: QuestionScore) -> str | None:
    if step.to_level < ARTEFACT_FROM:
        return None
    items = [
        item
        for item in score.facts.evidence.items
        if item.date is not None and (action.started is None or item.date > action.started)
    ]
    if step.to_level >= SEEN_FROM:
        items = [item for item in items if item.seen_by]
    if items:
        return None
    seen = " that a second person saw" if step.to_level >= SEEN_FROM else ""
    return f"no record{seen} is dated after the start of the action"


def _second_voice_doubt(
    action: ReportedAction, step: Step, panel: Panel, votes: Sequence[Vote], *, agreed: bool
) -> str | None:
    """Rule (d); who answered is known only where respondent ids are stable (4.10, rule 5)."""
    at_target = [v.person for v in votes if isinstance(v.answer, Level) and v.answer.level >= step.to_level]
    if not panel.assessment.stable_ids:
        enough = agreed or len(at_target) >= ANSWERS_AT_TARGET
        return None if enough else "fewer than two answers are at its level, and the room agreed none"
    if agreed and not levels(votes):
        return None
    others = [person for person in at_target if panel.people[person][:2] != (0, action.owner)]
    return None if others else "nobody but its owner gives this level"


def check_bets(previous: Sheet | None, scores: Mapping[str, QuestionScore]) -> tuple[CheckedBet, ...]:
    """The bets of the previous assessment against today's supported levels."""
    if previous is None:
        return ()
    return tuple(_checked(bet.question, bet.level, scores.get(bet.question)) for bet in previous.bets_made)


def _checked(question: str, level: int, score: QuestionScore | None) -> CheckedBet:
    supported = None if score is None else score.supported
    return CheckedBet(question, level, None if supported is None else supported >= level)

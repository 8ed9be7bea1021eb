"""What an assessment file holds and no report will show: overlays that are off, questions that a pulse does not ask."""

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire


def unreported(assessment: Assessment, questionnaire: Questionnaire) -> tuple[str, ...]:
    """One warning for each reason, naming the questions."""
    given = _given(assessment)
    on = _overlays_on(assessment, questionnaire)
    off = [q.id for q in questionnaire.questions if q.overlay is not None and q.overlay not in on and q.id in given]
    warnings = []
    if off:
        switches = sorted(
            f"{c.id}: {choice.value}"
            for c in questionnaire.context
            for choice in c.choices
            if choice.overlay is not None
        )
        how = f" Write {' or '.join(switches)} under context to report them." if switches else ""
        warnings.append(f"Not reported, because the overlay is not switched on: {', '.join(off)}.{how}")
    if assessment.variant == "pulse":
        asked = set(questionnaire.pulse) | set(off)
        rest = [q.id for q in questionnaire.questions if q.id in given and q.id not in asked]
        if rest:
            warnings.append(f"Not reported, because a pulse does not ask them: {', '.join(rest)}.")
    return tuple(warnings)


def _given(assessment: Assessment) -> set[str]:
    answered = {question for person in assessment.respondents for question in person.answers}
    voted = {voting.question for voting in assessment.votings}
    return answered | voted | set(assessment.agreed) | set(assessment.hands) | set(assessment.evidence)


def _overlays_on(assessment: Assessment, questionnaire: Questionnaire) -> set[str]:
    return {
        choice.overlay
        for asked in questionnaire.context
        for choice in asked.choices
        if choice.overlay is not None and assessment.context.get(asked.id) == choice.value
    }

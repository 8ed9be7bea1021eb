"""One assessment read question by question, before it is compared with anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.answers import Assessment
from app.domain.consensus import Vote, consensus
from app.domain.facts import belief_facts, question_facts, response_style
from app.domain.questionnaire import NOT_SAID, ContextChoice, Question, Questionnaire
from app.domain.sheet import QuestionFacts, Sheet
from app.domain.uncertainty import NO_RANGES
from app.domain.votings import Panel, votings_of


@dataclass(frozen=True)
class Reading:
    """The facts of an assessment with the votes behind them. ``votes``: the counting voting of each question."""

    sheet: Sheet
    panel: Panel
    votes: Mapping[str, Sequence[Vote]]


def read_answers(assessment: Assessment, questionnaire: Questionnaire) -> Reading:
    """Settle every asked question on its own; ranges, checks and comparisons come later."""
    panel = Panel(assessment)
    effects = [
        choice
        for question in questionnaire.context
        for choice in question.choices
        if assessment.context.get(question.id) == choice.value
    ]
    inapplicable = {qid for choice in effects for qid in choice.not_applicable}
    facts: dict[str, QuestionFacts] = {}
    votes: dict[str, Sequence[Vote]] = {}
    for question in _asked(assessment, questionnaire, effects):
        votings = votings_of(question, panel, questionnaire)
        facts[question.id] = question_facts(
            question, votings, panel, questionnaire, inapplicable=question.id in inapplicable
        )
        if votings.counting is not None:
            votes[question.id] = votings.counting.votes
    sheet = _sheet(panel, questionnaire, effects, facts)
    return Reading(_with_workshop(sheet, assessment, votes, questionnaire), panel, votes)


def _with_workshop(
    sheet: Sheet, assessment: Assessment, votes: Mapping[str, Sequence[Vote]], questionnaire: Questionnaire
) -> Sheet:
    """The sheet with what became of each question in a workshop.

    Narrow was what the votes were when the agenda looked at them; one or two may have come since (4.10, rule 5). Where
    all of them are apart, "accepted" beside them would tell how these few voted, so it is not said. Nor is it where the
    level was settled anew afterwards.
    """
    accepted = tuple(
        q
        for q, f in sheet.questions.items()
        if q in assessment.accepted
        and q in votes
        and not f.votes_apart
        and f.level == consensus(votes[q], questionnaire.question(q), questionnaire.rules)
    )
    told = [q for q, f in sheet.questions.items() if f.origin != "context"]
    return replace(
        sheet,
        asked=tuple(q for q in told if q in assessment.asked and q not in accepted),
        accepted=accepted,
        not_agreed=tuple(q for q in told if q in assessment.not_agreed),
        left_out=tuple(q for q in told if q in assessment.left_out),
    )


def _asked(
    assessment: Assessment, questionnaire: Questionnaire, effects: Sequence[ContextChoice]
) -> Iterator[Question]:
    """The questions of this assessment: none without a live model, twelve in a pulse, overlays where switched on."""
    if any(choice.ends_assessment for choice in effects):
        return
    overlays = {choice.overlay for choice in effects}
    for question in questionnaire.questions:
        in_variant = assessment.variant == "full" or question.id in questionnaire.pulse
        if in_variant and (question.is_core or question.overlay in overlays):
            yield question


def _sheet(
    panel: Panel,
    questionnaire: Questionnaire,
    effects: Sequence[ContextChoice],
    facts: dict[str, QuestionFacts],
) -> Sheet:
    """The head of the assessment, the facts, and nothing yet that needs a comparison."""
    assessment = panel.assessment
    return Sheet(
        organization=assessment.organization,
        team=assessment.team,
        quarter=assessment.quarter,
        date=assessment.date,
        variant=assessment.variant,
        purpose=assessment.purpose,
        scope=assessment.scope,
        anonymity=assessment.anonymity,
        stable_ids=assessment.stable_ids,
        capacity=assessment.capacity,
        target=assessment.target,
        target_levels=dict(sorted(assessment.target_levels.items())),
        context=dict(sorted(assessment.context.items())),
        no_live_model=any(choice.ends_assessment for choice in effects),
        overlays=tuple(choice.overlay for choice in effects if choice.overlay),
        respondents=str(len(panel.people)),
        roles=_roles(panel),
        questions=facts,
        beliefs={m.id: belief_facts(m.id, assessment, questionnaire) for m in questionnaire.myths},
        response_style=response_style(assessment, questionnaire),
        ranges=NO_RANGES,
        actions=(),
        bets_made=tuple(sorted(assessment.bets, key=lambda bet: bet.question)),
        bets_checked=(),
        change=None,
        history=(),
        last_full=None,
    )


def _roles(panel: Panel) -> int | None:
    """In how many roles; not said where the terms promise not to count by role."""
    if panel.assessment.anonymity == "anonymous":
        return None
    roles = {r.role for r in panel.assessment.respondents} | {role for kind, role, _ in panel.people if kind}
    return len(roles - {NOT_SAID})

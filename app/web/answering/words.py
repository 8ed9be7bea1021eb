"""What participants are told: the terms, the families, what stands behind a question."""

import re

from app.domain.questionnaire import Question, Questionnaire
from app.store.tables.assessments import AssessmentRow
from app.web.answering.pages import Background, FamilyLine, Term
from app.web.formatting import listed

FIXED = "The votes of this question have been shown or settled, so answers to it stay as they are."
CLOSED = "The assessment is closed, so answers stay as they are."
CHANGEABLE = "You can change it until the votes are shown"

_ANONYMOUS = (
    Term(
        "Nobody sees your answers",
        "Not your team, not the facilitator, not an owner of the organization. While people answer, others see how "
        "many have answered and nothing else.",
    ),
    Term(
        "What is shown later is about the group",
        "When the votes on a question are shown, everybody sees how they spread, from three answers on. Numbers that "
        "could point to one person are left out. What people believe is counted when the assessment is closed.",
    ),
    Term(
        "Your words are yours",
        "Reasons and comments are shown to nobody. A comment that you release is printed without name or role, and "
        "only where at least five people answered.",
    ),
)
_OPEN = (
    Term(
        "The terms of this assessment are open",
        "Small groups are not protected: levels, counts and medians are shown however few answered.",
    ),
    Term(
        "Answers can be taken out one by one",
        "An owner of the organization can export them under an id without a name, which is the same every quarter; "
        "who knows the team may recognize you.",
    ),
    Term(
        "Comments are printed only if you release them",
        "Then they stand in the report without name or role.",
    ),
)


def terms(assessment: AssessmentRow, host: str) -> tuple[Term, ...]:
    """What happens with the answers, in plain words (measurement.md 4.10, rule 9)."""
    told = _OPEN if assessment.anonymity == "open" else _ANONYMOUS
    last = Term(
        "Where it is kept",
        f"On the server {host}, with the day you joined and no time of any answer. Whoever looks after that server "
        "could read its database; nobody can through Mythmark.",
    )
    return (*told, last)


def families(questionnaire: Questionnaire) -> tuple[FamilyLine, ...]:
    """The families with their roles."""
    return tuple(
        FamilyLine(family.name, listed(tuple(role.name for role in questionnaire.roles if role.family == family.id)))
        for family in questionnaire.families
    )


def background(question: Question, questionnaire: Questionnaire) -> Background:
    """What helps to answer a question without leading to an answer."""
    said = " ".join((question.text, *question.anchors)).lower()
    titles = {reference.id: reference.title for reference in questionnaire.references}
    return Background(
        about=f"{question.capability}: {question.ladder}.",
        rule=questionnaire.answer_rule,
        note=question.answer_note,
        excepted=question.na_condition,
        shown=question.evidence,
        words=tuple(
            (term, meaning)
            for term, meaning in questionnaire.glossary
            if re.search(rf"\b{re.escape(term.lower())}s?\b", said)
        ),
        aligned=tuple(f"{titles.get(c.reference, c.reference)}: {c.locator}" for c in question.citations),
    )

"""What participants are told in words: the terms, the help with a question, what they answered."""

import re

from app.domain.answers import Answer, DontKnow, Level
from app.domain.questionnaire import NOT_SAID, Question, Questionnaire
from app.store.tables.assessments import AssessmentRow
from app.web.answer_forms import AGREEING
from app.web.room.pages import Background, FamilyChoice, RoleChoice, Term

CHANGEABLE = "You can change it until the reveal"
HINT = "Pick the highest line that is wholly true today."
BELIEF_HINT = "Say what you think, not what is usually said."

_ANONYMOUS = (
    Term("No account, no name", "You choose a role and nothing else. Your address and your browser are not kept."),
    Term(
        "Nobody sees your votes",
        "Not your team, not the facilitator, not the organization. Until the cards are opened others see how many "
        "have voted; then how the votes spread, from three on, and never who gave which.",
    ),
    Term(
        "Your words are yours",
        "Reasons and comments are shown to nobody. A comment that you release is printed without your role, and only "
        "where at least five people answered.",
    ),
)
_OPEN = (
    Term("No account, no name", "You choose a role and nothing else. Your address and your browser are not kept."),
    Term(
        "The terms are open",
        "Small groups are not protected: counts are shown however few voted, and an owner of the organization can "
        "export answers one by one, without names. Who knows the team may recognize you.",
    ),
    Term("Comments are printed only if you release them", "Then they stand in the report without your role."),
)


def terms(assessment: AssessmentRow, host: str) -> tuple[Term, ...]:
    """What happens with the answers, in plain words (measurement.md 4.10)."""
    told = _OPEN if assessment.anonymity == "open" else _ANONYMOUS
    last = Term(
        "Where it is kept",
        f"On the server {host}. Whoever looks after that server could read its database; nobody can through Mythmark.",
    )
    return (*told, last)


def families(questionnaire: Questionnaire) -> tuple[FamilyChoice, ...]:
    """The roles by family; the ids of their controls as a form numbers them."""
    choices = [(role.family, RoleChoice(role.id, role.name, f"role-{n}")) for n, role in enumerate(questionnaire.roles)]
    return tuple(
        FamilyChoice(family.name, f"family-{family.id}", tuple(one for of, one in choices if of == family.id))
        for family in questionnaire.families
    )


def role_name(role: str, questionnaire: Questionnaire) -> str:
    """A role in words."""
    return {one.id: one.name for one in questionnaire.roles}.get(role, "role not said" if role == NOT_SAID else role)


def background(question: Question, questionnaire: Questionnaire) -> Background:
    """What helps to answer."""
    said = " ".join((question.text, *question.anchors)).lower()
    return Background(
        rule=questionnaire.answer_rule,
        note=question.answer_note,
        excepted=question.na_condition,
        words=tuple(
            (term, meaning)
            for term, meaning in questionnaire.glossary
            if re.search(rf"\b{re.escape(term.lower())}s?\b", said)
        ),
    )


def answer_words(answer: Answer, question: Question) -> str:
    """An own answer in words."""
    if isinstance(answer, Level):
        return f"Level {answer.level}: {question.anchors[answer.level]}"
    return "I do not know" if isinstance(answer, DontKnow) else f"Does not apply: {answer.reason}"


def agree_words(agree: int | None) -> str:
    """A belief's answer in words."""
    return "No opinion" if agree is None else AGREEING[agree - 1]

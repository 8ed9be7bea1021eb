"""The ids that an assessment file may use: those of its questionnaire, or any when the questionnaire is not known."""

from dataclasses import dataclass
from typing import Self

from app.domain.questionnaire import NOT_SAID, ContextQuestion, Questionnaire
from app.domain.sheet import OTHERS


@dataclass(frozen=True)
class Vocabulary:
    """Known ids by kind; None: nothing can be checked, because the questionnaire is not known."""

    questions: tuple[str, ...] | None = None
    beliefs: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    families: tuple[str, ...] | None = None
    steps: tuple[str, ...] | None = None
    context: tuple[ContextQuestion, ...] | None = None
    myths: tuple[str, ...] | None = None
    dimensions: tuple[str, ...] | None = None
    overlays: tuple[str, ...] | None = None
    never_na: frozenset[str] = frozenset()

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> Self:
        """The ids of a questionnaire, in its order."""
        return cls(
            questions=tuple(questionnaire.by_id),
            beliefs=tuple(b.id for b in questionnaire.beliefs),
            roles=(*(r.id for r in questionnaire.roles), NOT_SAID),
            families=(*(f.id for f in questionnaire.families), OTHERS),
            steps=tuple(questionnaire.steps),
            context=questionnaire.context,
            myths=tuple(questionnaire.myths_by_id),
            dimensions=tuple(d.id for d in questionnaire.dimensions),
            overlays=tuple(dict.fromkeys(q.overlay for q in questionnaire.questions if q.overlay is not None)),
            never_na=frozenset(q.id for q in questionnaire.questions if not q.na_allowed),
        )

"""What a new version of a questionnaire changes, as somebody needs to know who assesses with it."""

from dataclasses import dataclass

from app.domain.questionnaire import Belief, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class PackChanges:
    """Ids of questions and beliefs. ``changed``: another rev, so levels cannot be compared; ``wording``: the same rev.

    ``scoring``: whether the numbers that decide (weights, floors, caps) differ.
    """

    added: tuple[str, ...]
    retired: tuple[str, ...]
    changed: tuple[str, ...]
    wording: tuple[str, ...]
    scoring: bool

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.retired or self.changed or self.wording or self.scoring)


def pack_changes(old: Questionnaire, new: Questionnaire) -> PackChanges:
    """The differences between two versions, in the order of the newer (retired: of the older)."""
    before, after = _parts(old), _parts(new)
    both = [name for name in after if name in before]
    return PackChanges(
        added=tuple(name for name in after if name not in before),
        retired=tuple(name for name in before if name not in after),
        changed=tuple(name for name in both if before[name].rev != after[name].rev),
        wording=tuple(name for name in both if before[name].rev == after[name].rev and before[name] != after[name]),
        scoring=old.rules != new.rules,
    )


def _parts(questionnaire: Questionnaire) -> dict[str, Question | Belief]:
    questions: dict[str, Question | Belief] = {q.id: q for q in questionnaire.questions}
    return questions | {b.id: b for b in questionnaire.beliefs}

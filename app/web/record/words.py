"""What is recorded, in words; and as rows that are set side by side when two people recorded it."""

from collections.abc import Callable

from app.domain.answers import Agreed, EvidenceItem, Hands, Level
from app.domain.questionnaire import Question
from app.web.formatting import day, listed
from app.web.record.forms import ANSWERS


def agreed_words(agreed: Agreed | None) -> str | None:
    """What was settled on, in words."""
    if agreed is None:
        return None
    if isinstance(agreed.answer, Level):
        return f"Level {agreed.answer.level}"
    return f"Does not apply: {agreed.answer.reason}"


def gates_words(question: Question) -> tuple[str, ...]:
    """Which stages wait for a question, in words; nothing when none does."""
    stages = tuple(str(gate.stage) for gate in question.gates)
    return (f"gate of stage {listed(stages)}",) if stages else ()


def item_words(item: EvidenceItem) -> str:
    """An artefact in one line."""
    parts = (item.place, day(item.date) if item.date else None, f"seen by {item.seen_by}" if item.seen_by else None)
    more = ", ".join(filter(None, parts))
    return f"{item.title} ({more})" if more else item.title


def agreed_rows(agreed: Agreed | None) -> tuple[tuple[str, str], ...]:
    """What was settled on, to be set side by side."""
    words = agreed_words(agreed) or "Nothing is agreed; it was taken back"
    return ("Agreed", words), ("Note", (agreed.note if agreed else None) or "none")


def item_rows(items: tuple[EvidenceItem, ...]) -> tuple[tuple[str, str], ...]:
    """Artefacts, to be set side by side."""
    rows = tuple((f"Artefact {number}", item_words(item)) for number, item in enumerate(items, 1))
    return rows or (("Artefacts", "none"),)


def hands_rows(role: Callable[[str], str], shown: tuple[Hands, ...]) -> tuple[tuple[str, str], ...]:
    """A show of hands, to be set side by side."""
    rows = tuple(
        (role(h.role), listed(tuple(f"{n} {words}" for n, words in zip(h.counts, ANSWERS, strict=True) if n)))
        for h in shown
        if any(h.counts)
    )
    return rows or (("Hands", "none"),)

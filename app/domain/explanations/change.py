"""The change of each dimension since the previous assessment, in its parts, explained (measurement.md 4.9)."""

from app.domain.explain import Explanation, Term
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.sheet import DimensionChange


def explain_change(result: Result) -> tuple[Explanation, ...]:
    """Like-for-like, the instrument effect in its two parts, and the official change, per dimension."""
    change = result.sheet.change
    if change is None:
        return ()
    found: list[Explanation] = []
    for dimension in result.questionnaire.dimensions:
        part = change.dimensions.get(dimension.id)
        if part is not None:
            found += _parts(f"change.{dimension.id}", dimension.name, part)
    return tuple(found)


def _parts(key: str, name: str, part: DimensionChange) -> list[Explanation]:
    found: list[Explanation] = []
    same, after, before = part.like_for_like, part.after, part.before
    if same is not None and after is not None and before is not None:
        found.append(
            Explanation(
                f"{key}.like_for_like",
                f"{name}, same questions: {w.signed(same)}",
                same,
                f"{w.exact(after)} - {w.exact(before)}",
                (Term("mean now", after), Term("mean before", before)),
                (f"Over {w.counted(part.common, 'question')} unchanged and answered in both quarters.",),
                "4.9",
            )
        )
    questions, answers, instrument = part.from_questions, part.from_answers, part.instrument
    if instrument is not None and questions is not None and answers is not None:
        found.append(
            Explanation(
                f"{key}.instrument",
                f"{name}, from the questionnaire and who answered what: {w.signed(instrument)}",
                instrument,
                f"{w.exact(questions)} + {w.exact(answers)}",
                (Term("questions changed", questions), Term("answered in one quarter only", answers)),
                ("What moved the mean although no common answer moved.",),
                "4.9",
            )
        )
    if part.official is not None and same is not None and instrument is not None:
        found.append(
            Explanation(
                f"{key}.official",
                f"{name}, as published: {w.signed(part.official)}",
                part.official,
                f"{w.exact(same)} + {w.exact(instrument)}",
                (Term("same questions", same), Term("instrument", instrument)),
                ("The two parts add up exactly to the change of the published mean.",),
                "4.9",
            )
        )
    return found

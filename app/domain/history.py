"""Earlier assessments of the team, as the trend and a pulse need them."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.questionnaire import Questionnaire
from app.domain.score import score, supported_means
from app.domain.sheet import LastFull, PastAssessment, PastMyth, Sheet


def history(earlier: Sequence[tuple[Sheet, Questionnaire]], questionnaire: Questionnaire) -> tuple[PastAssessment, ...]:
    """Every earlier assessment as published then, oldest first, with the breaks where questions changed after it."""
    packs = [pack for _, pack in earlier] + [questionnaire]
    return tuple(_past(sheet, pack, following) for (sheet, pack), following in zip(earlier, packs[1:], strict=True))


def full_ones(past: Sequence[PastAssessment]) -> tuple[PastAssessment, ...]:
    """The full assessments of a history, oldest first: the mean of a pulse's few questions is no level of a dimension.

    What changed between a pulse and the one after it changed after the full one before.
    """
    found: list[PastAssessment] = []
    for one in sorted(past, key=lambda p: (p.quarter, p.variant == "pulse")):
        if one.variant == "full":
            found.append(one)
        elif found:
            found[-1] = replace(found[-1], breaks=tuple(dict.fromkeys((*found[-1].breaks, *one.breaks))))
    return tuple(found)


def _past(sheet: Sheet, pack: Questionnaire, following: Questionnaire) -> PastAssessment:
    card = score(sheet, pack)
    return PastAssessment(
        quarter=sheet.quarter,
        variant=sheet.variant,
        dimensions=supported_means(card),
        stage=card.stage.supported if card.stage else None,
        breaks=tuple(d.id for d in following.dimensions if _revs(pack, d.id) != _revs(following, d.id)),
    )


def _revs(questionnaire: Questionnaire, dimension: str) -> dict[str, int]:
    return {q.id: q.rev for q in questionnaire.core_of(dimension)}


def last_full(earlier: Sequence[tuple[Sheet, Questionnaire]]) -> LastFull | None:
    """The last full assessment that had a stage; None if there is none."""
    for sheet, pack in reversed(earlier):
        card = score(sheet, pack)
        if sheet.variant == "full" and card.stage is not None:
            return LastFull(
                quarter=sheet.quarter,
                claimed=card.stage.claimed,
                supported=card.stage.supported,
                stability=card.stage.stability,
                levels={q: s.supported for q, s in card.questions.items() if s.supported is not None},
                myths={m: PastMyth(s.cell, s.behaviour, s.belief) for m, s in (card.myths or {}).items()},
            )
    return None

"""The parts of a result file about answers: questions, overlay, dimensions, agreement, myths."""

from typing import Any

from app.domain.answers import EvidenceItem
from app.domain.result import Result
from app.domain.scorecard import DimensionScore, MythScore, QuestionScore
from app.domain.sheet import Ballot, Sheet
from app.formats.numbers import figure, given, reasons, span, with_why

_FEW_FOR_SPREAD = "fewer than 3 gave a level"
_HIDDEN_SPREAD = "the spread of an anonymous assessment is published from 5 levels on"
_HIDDEN_RWG = "r_wg of an anonymous assessment is not published"


def question(score: QuestionScore, sheet: Sheet) -> dict[str, Any]:
    """``questions.<id>``."""
    facts = score.facts
    return {
        "status": facts.status,
        "claimed": score.claimed,
        "supported": score.supported,
        "evidence": facts.evidence.grade.name,
        "from": facts.origin,
        "why": _why(score, sheet),
        "respondents": facts.respondents,
        "ad": figure(facts.ad),
        "rwg": figure(facts.rwg),
        "contested": facts.contested,
        "votes_apart": facts.votes_apart,
        "differs_from_votes": facts.differs_from_votes,
        "single_source": facts.single_source,
        "visibility_gap": facts.visibility_gap,
        "families": {name: {"median": figure(facts.families[name])} for name in sorted(facts.families)},
        **given(note=facts.note, reason=facts.reason),
        "votings": [_ballot(one) for one in facts.ballots],
        "comments": list(facts.comments),
        "items": [_item(item) for item in facts.evidence.items],
    }


def _why(score: QuestionScore, sheet: Sheet) -> str | None:
    facts, anonymous = score.facts, sheet.anonymity == "anonymous"
    no_level = {"na": "not applicable", "unknown": "nobody gave a level"}.get(facts.status, "no level")
    return reasons(
        (facts.reason or no_level) if score.claimed is None or facts.origin is None else None,
        (_HIDDEN_SPREAD if anonymous else _FEW_FOR_SPREAD) if facts.ad is None else None,
        (_HIDDEN_RWG if anonymous else _FEW_FOR_SPREAD) if facts.rwg is None else None,
    )


def _ballot(ballot: Ballot) -> dict[str, Any]:
    return {
        "voting": ballot.number,
        "counts": None if ballot.counts is None else list(ballot.counts),
        "median": figure(ballot.median),
        "why": "too few answers" if ballot.counts is None or ballot.median is None else None,
    }


def _item(item: EvidenceItem) -> dict[str, Any]:
    date = None if item.date is None else item.date.isoformat()
    return given(title=item.title, place=item.place, date=date, seen_by=item.seen_by)


def overlay(result: Result) -> dict[str, Any] | None:
    """``overlay``: null unless one is switched on."""
    card, sheet = result.scorecard, result.sheet
    if not sheet.overlays and not card.overlay:
        return None
    return {
        "questions": {name: question(score, sheet) for name, score in card.overlay.items()},
        "mean": figure(card.overlay_mean),
        "why": "no question of the overlay has a level" if card.overlay_mean is None else None,
    }


def dimension(score: DimensionScore) -> dict[str, Any]:
    """``dimensions.<id>``."""
    return {
        "published": score.published,
        "claimed": figure(score.claimed),
        "supported": figure(score.supported),
        "low": figure(score.low),
        "high": figure(score.high),
        "coverage": figure(score.coverage),
        "applicable": score.applicable,
        "answered": score.answered,
        "na_share": figure(score.na_share),
        "range90": span(score.range90),
        **given(pulse=figure(score.pulse)),
        "why": reasons(
            (score.why or "not enough answered") if score.supported is None else None,
            (score.range_why or score.why or "no range") if score.range90 is None else None,
        ),
    }


def myth(score: MythScore, sheet: Sheet) -> dict[str, Any]:
    """``myths.<id>``."""
    belief = sheet.beliefs.get(score.id)
    why_belief = (belief.reason if belief is not None else None) or "too few opinions"
    why_range = sheet.ranges.reasons.get("stability") or "too few respondents for a range"
    return {
        "behaviour": figure(score.behaviour),
        "belief": figure(score.belief),
        "evidence_share": figure(score.evidence_share),
        "verdict": score.verdict,
        "cell": score.cell,
        "rank_gap": score.rank_gap,
        "undecided": score.undecided,
        "provisional": score.provisional,
        "questions": list(score.questions),
        "beliefs": list(score.beliefs),
        "in_focus": score.in_focus,
        "movement": [
            with_why({"question": q, "before": before, "now": now}, "unknown") for q, before, now in score.movement
        ],
        "why": reasons(
            score.why,
            "no question that tests it has a level" if score.behaviour is None else None,
            why_belief if score.belief is None else None,
            "a rank needs both numbers" if score.rank_gap is None else None,
            why_range if score.provisional is None else None,
        ),
    }


def agreement(result: Result) -> dict[str, Any]:
    """``agreement``."""
    found = result.scorecard.agreement
    alpha: dict[str, Any] = {name: figure(value) for name, value in found.alpha.items()}
    missing = [f"{name}: {found.alpha_why.get(name, 'too few raters')}" for name, v in found.alpha.items() if v is None]
    return {
        "contested": list(found.contested),
        "perception_gaps": [
            {"question": gap.question, "families": {name: figure(gap.families[name]) for name in sorted(gap.families)}}
            for gap in found.perception_gaps
        ],
        "alpha": alpha | ({"why": reasons(*missing)} if missing else {}),
        "response_style": figure(found.response_style),
        "why": "the mean answer is published from 5 respondents on" if found.response_style is None else None,
    }

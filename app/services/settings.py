"""The settings of an assessment as people give them, checked against its questionnaire."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.domain.answers import Anonymity, Capacity
from app.domain.questionnaire import ContextChoice, ContextQuestion, Question, Questionnaire
from app.services.errors import NoLiveModel, NotValid
from app.services.given import NAME_CHARACTERS, given_name, given_text

MOST_SCOPE = 1000
_LARGE = 1_000_000
_COUNT = re.compile(r"(?a:\d{1,9})")


@dataclass(frozen=True)
class Terms:
    """What can be set. ``date`` None: the last day of the quarter. ``target_levels`` overrides ``target``."""

    purpose: str = ""
    scope: tuple[str, ...] = ()
    capacity: Capacity | None = None
    target: int = 3
    target_levels: Mapping[str, int] = field(default_factory=dict)
    anonymity: Anonymity = "anonymous"
    context: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    time_box_minutes: int | None = None


def columns_of(terms: Terms, questionnaire: Questionnaire) -> dict[str, Any]:
    """The columns of an assessment's row that hold the terms; raises NotValid, NoLiveModel."""
    if terms.anonymity not in {"anonymous", "open"}:
        raise NotValid("anonymity", "the terms are anonymous or open")
    if len(terms.scope) > MOST_SCOPE:
        raise NotValid("scope", f"name at most {MOST_SCOPE:,} models")
    if terms.time_box_minutes is not None and not 5 <= terms.time_box_minutes <= 600:
        raise NotValid("time_box_minutes", "a time box is 5 to 600 minutes")
    capacity = _capacity(terms.capacity)
    return {
        "purpose": given_text(terms.purpose, "purpose") or "",
        "scope": [given_name(model, "scope") for model in terms.scope],
        "target": _target(terms.target, "target"),
        "target_levels": {_known(q, questionnaire): _target(n, q) for q, n in sorted(terms.target_levels.items())},
        "anonymity": terms.anonymity,
        # Who takes part signs in, so the same id is the same person; anonymous terms promise not to use that.
        "stable_ids": terms.anonymity == "open",
        "context": _context(terms.context, questionnaire),
        "time_box_minutes": terms.time_box_minutes,
        "capacity_people": capacity.people if capacity else None,
        "capacity_working_days": capacity.working_days if capacity else None,
        "capacity_share": capacity.share if capacity else None,
    }


def choices_of(context: Mapping[str, str], questionnaire: Questionnaire) -> tuple[ContextChoice, ...]:
    """The choices that the context answers made."""
    return tuple(c for asked in questionnaire.context for c in asked.choices if context.get(asked.id) == c.value)


def asked_questions(questionnaire: Questionnaire, variant: str, context: Mapping[str, str]) -> tuple[Question, ...]:
    """What an assessment asks, in the order of the pack: its variant, overlays switched on, less what cannot apply."""
    made = choices_of(context, questionnaire)
    out = {question for choice in made for question in choice.not_applicable}
    overlays = {choice.overlay for choice in made}
    return tuple(
        q
        for q in questionnaire.questions
        if (variant == "full" or q.id in questionnaire.pulse)
        and (q.is_core or q.overlay in overlays)
        and q.id not in out
    )


def _context(context: Mapping[str, str], questionnaire: Questionnaire) -> dict[str, str]:
    asked = {c.id: c for c in questionnaire.context}
    for name in context:
        if name not in asked:
            raise NotValid("context", f"there is no context question {name!r}")
    answered = {name: _chosen(asked[name], context[name]) for name in sorted(context) if context[name].strip()}
    if any(choice.ends_assessment for choice in choices_of(answered, questionnaire)):
        raise NoLiveModel
    return answered


def _chosen(asked: ContextQuestion, value: str) -> str:
    value = value.strip()
    values = [choice.value for choice in asked.choices]
    if values and value not in values:
        raise NotValid(asked.id, f"{value[:NAME_CHARACTERS]!r} is not one of the answers; choose {', '.join(values)}")
    if asked.kind == "number" and not values and not _COUNT.fullmatch(value):
        raise NotValid(asked.id, "write a whole number in figures, such as 8")
    return given_text(value, asked.id) or ""


def _capacity(capacity: Capacity | None) -> Capacity | None:
    if capacity is None:
        return None
    parts = (
        ("people", capacity.people, _LARGE),
        ("working_days", capacity.working_days, _LARGE),
        ("share", capacity.share, 1),
    )
    for name, value, most in parts:
        if not value.is_finite() or not Decimal(0) < value <= most:
            raise NotValid(f"capacity.{name}", f"write a number above 0 and at most {most:,}")
    return capacity


def _target(level: int, name: str) -> int:
    if not 1 <= level <= 4:
        raise NotValid(name, "a target level is 1 to 4")
    return level


def _known(question: str, questionnaire: Questionnaire) -> str:
    if question not in questionnaire.by_id:
        raise NotValid("target", f"there is no question {question!r}")
    return question

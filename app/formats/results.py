"""The result file, ``mythmark/result@1``: everything published about one assessment as JSON.

Its schema stands beside it (``result.schema.json``). Numbers are rounded half-even to 4 decimals of their exact value.
A value that may not be published, or that there is none of, is null and has a ``why`` beside it.
"""

import json
from pathlib import Path
from typing import Any

from app import __version__
from app.domain.result import Result
from app.formats.numbers import ordered, reasons
from app.formats.result_answers import agreement, dimension, myth, overlay, question
from app.formats.result_course import change, counterfactual, history, last_plan, roadmap, stage
from app.formats.result_workshop import workshop

FORMAT = "mythmark/result@1"
#: What a result file looks like, in JSON Schema.
RESULT_SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("result.schema.json").read_text(encoding="utf-8"))


def result_json(result: Result) -> bytes:
    """The result as UTF-8 JSON with a newline at its end; the same bytes for the same result.

    Keys stand in the order of the promise, questions, dimensions and myths in that of the questionnaire.
    """
    return (json.dumps(result_data(result), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def result_data(result: Result) -> dict[str, Any]:
    """The result as plain data."""
    sheet, card, asked = result.sheet, result.scorecard, result.questionnaire
    order = [d.id for d in asked.dimensions]
    dimensions = ordered(card.dimensions, order)
    myths = None
    if card.myths is not None:
        myths = {name: myth(score, sheet) for name, score in ordered(card.myths, asked.myths_by_id).items()}
    plan = last_plan(result)
    no_full = "there is no full assessment before this pulse" if sheet.variant == "pulse" else "nothing was assessed"
    return {
        "format": FORMAT,
        "program_version": __version__,
        "input_digest": result.input_digest,
        "questionnaire": {"id": asked.id, "version": asked.version, "digest": asked.digest},
        "assessment": _assessment(result),
        "variant": sheet.variant,
        "questions": {name: question(score, sheet) for name, score in ordered(card.questions, asked.by_id).items()},
        "dimensions": {name: dimension(score) for name, score in dimensions.items()},
        "stage": None if card.stage is None else stage(card.stage),
        "overlay": overlay(result),
        "myths": myths,
        "agreement": agreement(result),
        "workshop": workshop(sheet),
        "change": change(sheet.change, order),
        "history": history(sheet.history, order),
        "roadmap": roadmap(result.roadmap, sheet.variant),
        **plan,
        "counterfactual": counterfactual(card.counterfactual),
        "strengths": list(card.strengths),
        "risks": [{"question": risk.question, "kind": risk.kind} for risk in card.risks],
        "why": reasons(
            no_full if card.stage is None or myths is None else None,
            "no action was reported as done" if plan["confirmation_rate"] is None else None,
        ),
    }


def _assessment(result: Result) -> dict[str, Any]:
    sheet = result.sheet
    return {
        "organization": sheet.organization,
        "team": sheet.team,
        "quarter": str(sheet.quarter),
        "purpose": sheet.purpose,
        "date": sheet.date.isoformat(),
        "anonymity": sheet.anonymity,
        "scope": list(sheet.scope),
        "respondents": sheet.respondents,
        "no_live_model": sheet.no_live_model,
        "context": {c.id: sheet.context[c.id] for c in result.questionnaire.context if c.id in sheet.context},
    }

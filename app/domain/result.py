"""The whole result of one assessment as one frozen value, shared by page, PDF, JSON and spreadsheet."""

from dataclasses import dataclass

from app.domain.questionnaire import Questionnaire
from app.domain.roadmap import Roadmap
from app.domain.scorecard import Scorecard
from app.domain.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Result:
    """Facts, judgements and plan. ``input_digest`` is the SHA-256 of the canonical input."""

    questionnaire: Questionnaire
    sheet: Sheet
    scorecard: Scorecard
    roadmap: Roadmap
    input_digest: str

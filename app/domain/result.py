"""The whole result of one assessment as one frozen value; what the page, the PDF, the JSON and the spreadsheet share."""

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

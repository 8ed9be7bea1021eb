"""The JSON Schema of the assessment file, made from the shapes that read and write it.

``assessment.schema.json`` beside this module is this value written down, for editors and other programs. It describes
the file as YAML 1.2 or JSON gives it; what depends on the questionnaire (which ids there are, where N/A is allowed) and
what one part says about another is checked by reading only.
"""

from typing import Any

from app.formats.raw_form import raw_form
from app.formats.settled_form import settled_form
from app.formats.vocabulary import Vocabulary


def assessment_schema() -> dict[str, Any]:
    """Draft 2020-12, for both forms."""
    words = Vocabulary()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mythmark/assessment@1",
        "description": "An assessment of one team in one quarter: raw (respondents one by one) or settled (published).",
        "if": {"type": "object", "required": ["settled"]},
        "then": settled_form(words, "", None).schema,
        "else": raw_form(words, "").schema,
    }

"""The part of a result file about the workshop: questions talked about, accepted, not settled, left out."""

from typing import Any

from app.domain.sheet import Sheet


def workshop(sheet: Sheet) -> dict[str, Any]:
    """``workshop``: ids of questions; all lists are empty where no workshop was held.

    ``voted_again``: those whose votings say what a further vote changed.
    """
    return {
        "asked": list(sheet.asked),
        "accepted": list(sheet.accepted),
        "not_agreed": list(sheet.not_agreed),
        "left_out": list(sheet.left_out),
        "voted_again": [name for name, facts in sheet.questions.items() if len(facts.ballots) > 1],
    }

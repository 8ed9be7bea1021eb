"""What a workshop leaves in the spreadsheet: a word beside each question, and every voting that may be shown."""

from app.domain.result import Result
from app.domain.sheet import Sheet
from app.formats.workbook import Block, Column

_VOTINGS = (
    Column("Capability", width=26),
    Column("Question", width=40),
    Column("Vote", "whole"),
    *(Column(title, "whole") for title in ("Level 0", "Level 1", "Level 2", "Level 3", "Level 4")),
    Column("Not known", "whole"),
    Column("Not applicable", "whole"),
    Column("Median", "level"),
    Column("Note"),
)


def workshop_word(question: str, sheet: Sheet) -> str:
    """What became of a question in the workshop; empty where none was held."""
    found = (
        ("no agreement", sheet.not_agreed),
        ("accepted as agreed", sheet.accepted),
        ("talked about", sheet.asked),
        ("left out", sheet.left_out),
    )
    held = sheet.asked or sheet.accepted or sheet.not_agreed
    return next((word for word, questions in found if held and question in questions), "")


def voted_again_block(result: Result) -> tuple[Block, ...]:
    """All votings of the questions that were voted on more than once; no block where there are none."""
    rows = tuple(
        (
            result.questionnaire.question(facts.question).capability,
            facts.question,
            ballot.number,
            *(ballot.counts or (None,) * 7),
            ballot.median,
            "" if ballot.counts else "may not be shown",
        )
        for facts in result.sheet.questions.values()
        if len(facts.ballots) > 1
        for ballot in facts.ballots
    )
    return (Block("Questions voted on more than once", _VOTINGS, rows),) if rows else ()

"""What can be wrong, in the words of the domain.

MythmarkError
├── NotAQuarter           a text that names no calendar quarter
├── UnknownQuestion       an id that the questionnaire does not hold
├── UnknownQuestionnaire  a name that the shelf does not hold (app.formats.shelf)
├── Problems              what is wrong with a file, all of it, each with its place (app.formats.problems)
├── PinNotPossible        a step that cannot be in the first quarter
└── PlanNotProven         the solver stopped before it could prove the optimum
"""


class MythmarkError(Exception):
    """Anything the program refuses; the text is fit to be shown to a person."""


class NotAQuarter(MythmarkError):
    """The text names no calendar quarter such as 2026-Q3."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a quarter; write a year and a quarter, such as 2026-Q3")


class UnknownQuestion(MythmarkError):
    """The questionnaire holds no question of this id."""

    def __init__(self, question_id: str) -> None:
        super().__init__(f"the questionnaire has no question {question_id!r}")


class PinNotPossible(MythmarkError):
    """A step was pinned to the first quarter and cannot be there; the text names it and says why."""


class PlanNotProven(MythmarkError):
    """The solver stopped before it could prove that no better plan exists."""

"""Pages that more than one room shows."""

from dataclasses import dataclass

from app.web.page import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(Page):
    """A question before something final; ``title`` is the question. Sending it posts to ``action``."""

    text: str
    yes: str
    action: str
    back: str
    no: str = "Keep it as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyDashboardPage(Page):
    """The overview before the first assessment is closed. ``start`` and ``sample`` are addresses; none: no button.

    ``going`` leads to what is under way, ``teams`` to the teams that are there.
    """

    start: str | None
    sample: str | None
    going: tuple[Link, ...] = ()
    teams: tuple[Link, ...] = ()

"""The pages around a report as values."""

from dataclasses import dataclass

from markupsafe import Markup

from app.web.page import Page


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: what it is, in one line what for."""

    label: str
    href: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """A report, with a place in it for the downloads: ``bare`` is the PDF without data inside, ``more`` the others."""

    before: Markup
    after: Markup
    pdf: str
    bare: str
    more: tuple[Download, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyReportPage(Page):
    """What will be here once the assessment is open; ``assessment`` is where that is done."""

    assessment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingPage(Page):
    """A report that is being made: ``state`` is line, drawing, ready or failed.

    ``address`` is what is asked for, ``is_file`` whether that is saved and not shown, ``back`` where to go meanwhile,
    ``before`` how many are made first, ``problem`` what went wrong.
    """

    state: str
    address: str
    is_file: bool
    back: str
    before: int = 0
    problem: str = ""

    @property
    def seen(self) -> str:
        """What the reader has been told: the same again is not sent."""
        return f"{self.state}-{self.before}"

    @property
    def poll(self) -> str:
        """The address that says whether something has changed."""
        return f"{self.address}{'&' if '?' in self.address else '?'}seen={self.seen}"

"""The sample pages as values."""

from dataclasses import dataclass

from app.domain.explain import Explanation
from app.web.page import Link, Page, Viewer

NAV = tuple(
    Link(label, "/styleguide" if label == "Overview" else "#main", current=label == "Overview")
    for label in ("Overview", "Assessments", "Roadmap", "Questionnaires", "Members")
)
VIEWER = Viewer(
    name="Alice Example", organization="Example Retail", links=(Link("Your profile", "#main"),), sign_out="/theme"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleguidePage(Page):
    """The page of all parts."""

    title: str = "All parts"
    viewer: Viewer | None = VIEWER
    nav: tuple[Link, ...] = NAV
    colours: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str, tuple[float | None, ...], str | None], ...]
    progress: tuple[tuple[str, int, int], ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePage(Page):
    """One question on a phone. ``waiting``: answers that are not sent yet."""

    title: str = "Question 7 of 18"
    done: int = 7
    of: int = 18
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WallPage(Page):
    """A question on the projector while people vote."""

    title: str = "Question 3 of 9"
    question: str
    anchors: tuple[str, ...]
    voted: int
    joined: int

"""One's own answers as values. No page of this room holds a score, or an answer of anybody else."""

from dataclasses import dataclass, field
from typing import Literal

from app.web.answering.forms import AnswerForm
from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Saved:
    """What the line at the foot says; ``state``: saved, waiting or empty."""

    words: str
    small: str = ""
    state: Literal["saved", "waiting", "empty"] = "saved"


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family of roles in words."""

    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to know before the first answer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question or belief in a list; ``state``: answered, open or fixed."""

    text: str
    href: str
    state: Literal["answered", "open", "fixed"]
    asked: bool = True


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension with how far one is; ``of`` counts what one is asked, ``extra`` what one answered beyond."""

    name: str
    href: str
    done: int
    of: int
    extra: int
    lines: tuple[QuestionLine, ...] = ()
    current: bool = False


@dataclass(frozen=True, slots=True)
class Background:
    """What is folded away below a question."""

    about: str
    rule: str
    note: str | None
    excepted: str | None
    shown: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNowPage(Page):
    """Answers are not taken: the assessment is a draft, or closed. ``report``: where its report is."""

    says: str
    todo: str
    report: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage(Page):
    """Choose a role, and read the terms."""

    action: str
    families: tuple[FamilyLine, ...]
    terms: tuple[Term, ...]
    asked: str
    facilitator: bool
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """Where one is, and what comes next. ``following`` None: all that one was asked is answered."""

    lead: str
    role: str
    warning: str | None
    role_action: str | None
    following: Link | None
    started: bool
    beliefs: tuple[QuestionLine, ...]
    beliefs_done: int
    dimensions: tuple[DimensionLine, ...]
    optional: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfManyPage(Page):
    """What a belief and a question have in common: where it is, what is before and after it, and how it is saved."""

    action: str
    overview: str
    place: str
    done: int
    of: int
    previous: str | None
    following: str
    fixed: str = ""
    saved: Saved = field(default_factory=lambda: Saved("Not answered yet", state="empty"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefPage(OneOfManyPage):
    """One belief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(OneOfManyPage):
    """One question. ``release``: where a comment is released when all else is fixed."""

    na_allowed: bool
    background: Background
    comment: str | None = None
    released: bool = False
    release: str | None = None
    dimensions: tuple[DimensionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question on the page of its dimension."""

    id: str
    action: str
    form: AnswerForm
    asked: bool
    fixed: str
    na_allowed: bool
    background: Background


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionPage(Page):
    """All questions of a dimension."""

    overview: str
    dimensions: tuple[DimensionLine, ...]
    parts: tuple[QuestionPart, ...]
    saved: Saved

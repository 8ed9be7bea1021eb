"""The teams of an organization as values."""

from dataclasses import dataclass
from fractions import Fraction

from app.web.page import Link, Page


@dataclass(frozen=True, slots=True)
class Going:
    """Something under way, with the step that makes sense now."""

    words: str
    small: str
    action: str
    href: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team as a row: supported means of its last closed full assessment, or ``note`` when there is none.

    A level of None stands for "not enough answered". ``now`` is what is under way.
    """

    name: str
    href: str
    small: str
    levels: tuple[Fraction | None, ...]
    note: str
    report: str
    now: tuple[Link, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due for the visitor. ``href`` empty: the page where it is done is not theirs."""

    says: str
    day: str
    href: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What several teams have in common, and how many; ``small`` says more."""

    name: str
    count: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class InCommon:
    """What teams have in common; ``says`` from how many of them."""

    says: str
    blockers: tuple[Shared, ...]
    myths: tuple[Shared, ...]
    actions: tuple[Shared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardPage(Page):
    """The teams of an organization, in alphabetical order and in no other. ``common`` None: asked for apart."""

    subtitle: str
    coverage: str
    tags: tuple[Link, ...]
    further: str
    first: str
    due: tuple[Due, ...]
    more_due: bool
    common: InCommon | None
    ask_common: str
    more_going: str
    dimensions: tuple[str, ...]
    teams: tuple[TeamLine, ...]
    waiting: tuple[Going, ...]
    going: tuple[Going, ...]
    reports: tuple[Link, ...]
    archived: tuple[Link, ...]
    all_archived: bool
    new_team: str
    new_assessment: str


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment in the list of its team."""

    title: str
    href: str
    state: str
    icon: str | None
    when: str
    stage: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NextOne:
    """The next assessment, to be started in one click. ``changes``: what its questionnaire changes, by kind.

    ``standing`` leads to one that is not closed yet; then nothing is started.
    """

    title: str
    quarter: str
    start: str
    settings: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    actions: tuple[tuple[Link, str], ...]
    bets: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage(Page):
    """A team and its assessments, newest quarter first. Addresses are empty where the visitor may not."""

    archived: bool
    assessments: tuple[AssessmentLine, ...]
    board: str
    settings: str
    new_assessment: str
    take_in: str
    alone: str
    rehearsal: str
    offers: str
    next: NextOne | None = None


@dataclass(frozen=True, slots=True)
class Offerable:
    """A level that the room agreed on, and whether others may take it over."""

    id: str
    name: str
    level: str
    small: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """The levels of one dimension."""

    name: str
    levels: tuple[Offerable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersPage(Page):
    """What a team lets others take over. ``standing`` says what is offered now; ``wrong`` what has to be mended."""

    source: str
    groups: tuple[OfferGroup, ...]
    standing: str
    withdraw: str
    action: str
    back: str
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeamPage(Page):
    """The form of a new team, which may be followed by its first assessment."""

    action: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSettingsPage(Page):
    """A team's name, and its way into the archive and back."""

    action: str
    back: str
    archived: bool
    archive: str
    bring_back: str

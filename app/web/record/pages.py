"""What is recorded as values: levels of the room, never of a person."""

from dataclasses import dataclass

from app.web.page import Link, Page
from app.web.record.forms import AgreedForm, EvidenceForm, HandsForm


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One question of the list. ``missing``: what it lacks, in words."""

    text: str
    href: str
    gate: bool
    agreed: str | None
    note: str | None
    facts: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordDimension:
    """The questions of a dimension; ``settled`` of ``of`` have an agreed answer."""

    name: str
    settled: int
    of: int
    lines: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """Every question with what is recorded. ``alone``: how many of one's own answers could be taken over."""

    lead: str
    settled: int
    of: int
    only_open: bool
    everything: str
    taking: bool
    why_not: str
    dimensions: tuple[RecordDimension, ...]
    missing: tuple[str, ...]
    alone: int
    take_over: str
    offered: str
    others: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one place: what is saved, and what was sent and is not."""

    title: str
    text: str
    theirs: tuple[tuple[str, str], ...]
    mine: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One voting as it may be shown: how many gave each answer."""

    name: str
    counts: tuple[int, ...]
    median: str


@dataclass(frozen=True, slots=True)
class Votes:
    """What may be seen of the votes. ``says`` in words; the rest is empty until they are shown."""

    says: str
    answers: tuple[str, ...] = ()
    ballots: tuple[BallotLine, ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """What stands behind the level. ``asked``: it is claimed so high that an artefact is asked for."""

    action: str
    form: EvidenceForm
    grade: str
    explained: str
    hints: tuple[str, ...]
    asked: bool
    items: tuple[str, ...]
    share: str
    others: tuple[tuple[str, str, str], ...]
    clash: Clash | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class HandsPart:
    """The show of hands. ``rows``: those that are recorded, for whoever cannot change them."""

    action: str
    form: HandsForm
    total: int
    rows: tuple[tuple[str, ...], ...]
    clash: Clash | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A level that another team offers. ``settled``: what this room has settled on already, and then keeps."""

    key: str
    name: str
    level: str
    anchor: str
    note: str
    evidence: str
    settled: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OfferingTeam:
    """A team that offers something, and where it is from."""

    name: str
    source: str
    report: str
    advice: str
    levels: tuple[Offered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersPage(Page):
    """What other teams offer for the questions of an assessment. ``wrong``: what has to be mended."""

    lead: str
    taking: bool
    why_not: str
    teams: tuple[OfferingTeam, ...]
    action: str
    back: str
    wrong: str


@dataclass(frozen=True, slots=True)
class AgreedPart:
    """What the room settled on; ``version`` goes with taking it back. ``give_back``: it is from another team."""

    action: str
    take_back: str
    give_back: str
    form: AgreedForm
    words: str | None
    note: str | None
    version: int
    clash: Clash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Page):
    """One question: agreed level, votes, evidence, hands. ``taking`` whether anything can be recorded now."""

    over: str
    question: str
    taking: bool
    why_not: str
    agreed: AgreedPart
    votes: Votes
    evidence: EvidencePart
    hands: HandsPart
    before: Link | None
    after: Link | None
    next_open: Link | None

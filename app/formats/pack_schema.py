"""The shape of a pack: which keys there are, of which kind, and within which limits."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

FORMAT = "mythmark/questionnaire@1"

#: Texts longer than these do not fit where they are shown.
TEXT_MAX = 600
TITLE_MAX = 60
LABEL_MAX = 120
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _no_hidden_signs(text: str) -> str:
    if _HIDDEN.search(text):
        message = "holds a line break or an invisible sign; write it as one line of visible text"
        raise PydanticCustomError("hidden_sign", message)
    return text


def _exact(value: object) -> object:
    return Fraction(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value


def _text(limit: int) -> object:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=limit)


Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
StepId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}@[1-4]$")]
Text: TypeAlias = Annotated[str, _text(TEXT_MAX), AfterValidator(_no_hidden_signs)]
Label: TypeAlias = Annotated[str, _text(LABEL_MAX), AfterValidator(_no_hidden_signs)]
Title: TypeAlias = Annotated[str, _text(TITLE_MAX), AfterValidator(_no_hidden_signs)]
Url: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=400)]
Version: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$")]
Exact: TypeAlias = Annotated[Fraction, BeforeValidator(_exact)]
Share: TypeAlias = Annotated[Exact, Field(ge=0, le=1)]
Level: TypeAlias = Annotated[int, Field(ge=0, le=4)]
Points: TypeAlias = Annotated[int, Field(ge=0, le=100)]
Stage: TypeAlias = Literal["1", "2", "3", "4"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Term(_Part):
    """A word of the glossary."""

    term: Label
    meaning: Text


class Entry(_Part):
    """A dimension or a role family."""

    id: Id
    name: Label


class RoleEntry(Entry):
    """A role."""

    family: Id


class StageEntry(_Part):
    """A stage of the organization."""

    stage: Annotated[int, Field(ge=0, le=4)]
    name: Label
    summary: Text


class RoleWeights(_Part):
    """Omega of measurement.md 4.1."""

    best: Annotated[Exact, Field(gt=0, le=1)]
    other: Annotated[Exact, Field(gt=0, le=1)]


class EvidenceCaps(_Part):
    """The highest supported level by grade of evidence (4.2)."""

    E0: Level
    E1: Level
    E2: Level


class Publication(_Part):
    """When a dimension is published (4.3)."""

    coverage_min: Share
    questions_min: Annotated[int, Field(ge=1, le=200)]
    na_share_max: Share


class Agreement(_Part):
    """When answers agree (4.5)."""

    ad_max: Annotated[Exact, Field(ge=0, le=4)]
    rwg_null_variance: Annotated[Exact, Field(gt=0, le=4)]
    family_gap: Annotated[int, Field(ge=1, le=4)]


class MythRules(_Part):
    """The cut points of the verdicts (4.7)."""

    weight_share_min: Share
    positive_min: Annotated[int, Field(ge=1, le=20)]
    respondents_min: Annotated[int, Field(ge=1, le=100)]
    debunked_from: Share
    believed_below: Share
    belief_split: Share
    provisional_below: Share


class Anonymity(_Part):
    """The smallest groups that are shown (4.10); a pack may ask for more than the product, never for less."""

    k_behaviour: Annotated[int, Field(ge=3, le=100)]
    k_belief: Annotated[int, Field(ge=5, le=100)]


class RangeRules(_Part):
    """The resampling (4.6)."""

    replicates: Annotated[int, Field(ge=100, le=10_000)]
    low: Share
    high: Share
    respondents_min: Annotated[int, Field(ge=2, le=100)]


class ChangeRules(_Part):
    """When two assessments are comparable (4.9)."""

    common_share_min: Share


class PointRules(_Part):
    """What an action is worth in the plan (5.3)."""

    gate: Points
    floor: Points
    level: Points
    myth: Points
    waiting: Points
    stage: Points


class QuickWin(_Part):
    """What counts as a quick win (5.5)."""

    days_max: Annotated[int, Field(ge=1, le=100)]
    points_min: Points


class RoadmapRules(_Part):
    """The plan (5)."""

    points: PointRules
    actions_per_quarter_max: Annotated[int, Field(ge=1, le=50)]
    capacity_reserve: Annotated[Exact, Field(gt=0, le=1)]
    quick_win: QuickWin


class Scoring(_Part):
    """Every number that scoring and planning rest on; all are stated, none has a default."""

    role_weights: RoleWeights
    evidence_caps: EvidenceCaps
    floors: dict[Stage, Annotated[Exact, Field(gt=0, le=4)]]
    publication: Publication
    agreement: Agreement
    myths: MythRules
    anonymity: Anonymity
    ranges: RangeRules
    change: ChangeRules
    roadmap: RoadmapRules


class Choice(_Part):
    """One answer to a context question."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    label: Label
    not_applicable: list[Id] = Field(default=[])
    overlay: Id | None = None
    ends_assessment: bool = False


class ContextEntry(_Part):
    """A question about the organization."""

    id: Id
    text: Text
    kind: Literal["choice", "number", "text"]
    choices: list[Choice] = Field(default=[])


class ReferenceEntry(_Part):
    """A work that questions align to."""

    id: Id
    title: Text
    url: Url
    verification: Text


class SourceEntry(_Part):
    """A document in which myths were found."""

    id: Id
    kind: Text
    stance: Text


class ClaimEntry(_Part):
    """One documented claim."""

    id: Id
    source: Id
    number: Label
    claim: Text
    reality: Text
    canonical: Annotated[list[Id], Field(min_length=1)]
    primary: Id


class MythEntry(_Part):
    """A myth."""

    id: Id
    name: Label
    short: Annotated[str, _text(40), AfterValidator(_no_hidden_signs)]
    statement: Text
    reality: Text
    dimensions: Annotated[list[Id], Field(min_length=1)]
    covers: list[Id]
    symptoms: Annotated[list[Text], Field(min_length=1)]
    cost_risk: Text
    neutral_treatment: Text


class BeliefEntry(_Part):
    """A statement of belief."""

    id: Id
    rev: Annotated[int, Field(ge=1, le=1000)]
    myth: Id
    keyed: Literal["myth", "reality"]
    text: Text


class CitationEntry(_Part):
    """A place in a reference."""

    reference: Id
    locator: Label


class StepEntry(_Part):
    """The step of a question to one level."""

    id: StepId
    title: Title
    what: Text
    days: Annotated[int, Field(ge=1, le=250)]
    prerequisites: list[StepId] = Field(default=[])
    benefit: Text
    who: Literal["team", "leadership"]


class Anchors(_Part):
    """The five statements of a ladder, by level."""

    level_0: Text = Field(alias="0")
    level_1: Text = Field(alias="1")
    level_2: Text = Field(alias="2")
    level_3: Text = Field(alias="3")
    level_4: Text = Field(alias="4")


class QuestionEntry(_Part):
    """A question with its ladder and its steps."""

    id: Id
    rev: Annotated[int, Field(ge=1, le=1000)]
    overlay: Id | None = None
    dimension: Id
    capability: Label
    text: Text
    ladder: Label
    answer_note: Text | None = None
    na_condition: Text | None = None
    anchors: Anchors
    evidence: Annotated[list[Label], Field(min_length=1)]
    myths: dict[Id, Annotated[Exact, Field(ge=-1, le=1)]]
    best_roles: Annotated[list[Id], Field(min_length=1)]
    citations: list[CitationEntry]
    gates: dict[str, int] = Field(default={})
    steps: list[StepEntry]


class Pack(_Part):
    """A whole pack."""

    format: Literal["mythmark/questionnaire@1"]
    id: Id
    version: Version
    title: Label
    answer_rule: Text
    glossary: list[Term]
    dimensions: Annotated[list[Entry], Field(min_length=1, max_length=12)]
    families: Annotated[list[Entry], Field(min_length=1, max_length=12)]
    roles: Annotated[list[RoleEntry], Field(min_length=1, max_length=40)]
    level_names: Annotated[list[Label], Field(min_length=5, max_length=5)]
    stages: list[StageEntry]
    scoring: Scoring
    context: list[ContextEntry]
    references: list[ReferenceEntry]
    sources: list[SourceEntry]
    claims: list[ClaimEntry]
    myths: list[MythEntry]
    beliefs: list[BeliefEntry]
    pulse: list[Id]
    questions: Annotated[list[QuestionEntry], Field(min_length=1)]

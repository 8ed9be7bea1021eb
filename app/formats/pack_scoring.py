"""The kinds of values a pack holds, and the block of numbers that scoring and planning rest on."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

#: Texts longer than these do not fit where they are shown.
TEXT_MAX = 600
TITLE_MAX = 60
LABEL_MAX = 120
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def no_hidden_signs(written: str) -> str:
    """A text of one line without invisible signs."""
    if _HIDDEN.search(written):
        message = "holds a line break or an invisible sign; write it as one line of visible text"
        raise PydanticCustomError("hidden_sign", message)
    return written


def _exact(value: object) -> object:
    return Fraction(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value


def text(limit: int) -> StringConstraints:
    """A text that is not empty and not longer than the limit."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=limit)


Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
StepId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}@[1-4]$")]
Text: TypeAlias = Annotated[str, text(TEXT_MAX), AfterValidator(no_hidden_signs)]
Label: TypeAlias = Annotated[str, text(LABEL_MAX), AfterValidator(no_hidden_signs)]
Title: TypeAlias = Annotated[str, text(TITLE_MAX), AfterValidator(no_hidden_signs)]
Url: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=400)]
Version: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$")]
Exact: TypeAlias = Annotated[Fraction, BeforeValidator(_exact)]
Share: TypeAlias = Annotated[Exact, Field(ge=0, le=1)]
Level: TypeAlias = Annotated[int, Field(ge=0, le=4)]
Points: TypeAlias = Annotated[int, Field(ge=0, le=100)]
Stage: TypeAlias = Literal["1", "2", "3", "4"]


class Part(BaseModel):
    """A mapping with known keys only, each of exactly the kind that is written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class RoleWeights(Part):
    """Omega of measurement.md 4.1."""

    best: Annotated[Exact, Field(gt=0, le=1)]
    other: Annotated[Exact, Field(gt=0, le=1)]


class EvidenceCaps(Part):
    """The highest supported level by grade of evidence (4.2)."""

    E0: Level
    E1: Level
    E2: Level


class Publication(Part):
    """When a dimension is published (4.3)."""

    coverage_min: Share
    questions_min: Annotated[int, Field(ge=1, le=200)]
    na_share_max: Share


class Agreement(Part):
    """When answers agree (4.5)."""

    ad_max: Annotated[Exact, Field(ge=0, le=4)]
    rwg_null_variance: Annotated[Exact, Field(gt=0, le=4)]
    family_gap: Annotated[int, Field(ge=1, le=4)]


class MythRules(Part):
    """The cut points of the verdicts (4.7)."""

    weight_share_min: Share
    positive_min: Annotated[int, Field(ge=1, le=20)]
    respondents_min: Annotated[int, Field(ge=1, le=100)]
    debunked_from: Share
    believed_below: Share
    belief_split: Share
    provisional_below: Share


class Anonymity(Part):
    """The smallest groups that are shown (4.10); a pack may ask for more than the product, never for less."""

    k_behaviour: Annotated[int, Field(ge=3, le=100)]
    k_belief: Annotated[int, Field(ge=5, le=100)]


class RangeRules(Part):
    """The resampling (4.6)."""

    replicates: Annotated[int, Field(ge=100, le=10_000)]
    low: Share
    high: Share
    respondents_min: Annotated[int, Field(ge=2, le=100)]


class ChangeRules(Part):
    """When two assessments are comparable (4.9)."""

    common_share_min: Share


class PointRules(Part):
    """What an action is worth in the plan (5.3)."""

    gate: Points
    floor: Points
    level: Points
    myth: Points
    waiting: Points
    stage: Points


class QuickWin(Part):
    """What counts as a quick win (5.5)."""

    days_max: Annotated[int, Field(ge=1, le=100)]
    points_min: Points


class RoadmapRules(Part):
    """The plan (5)."""

    points: PointRules
    actions_per_quarter_max: Annotated[int, Field(ge=1, le=50)]
    capacity_reserve: Annotated[Exact, Field(gt=0, le=1)]
    quick_win: QuickWin


class Scoring(Part):
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

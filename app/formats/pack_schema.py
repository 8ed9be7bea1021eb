"""The shape of a pack: which keys there are, of which kind, and within which limits."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.formats.pack_scoring import (
    Exact,
    Id,
    Label,
    Part,
    Scoring,
    StepId,
    Text,
    Title,
    Url,
    Version,
    no_hidden_signs,
    text,
)


class Term(Part):
    """A word of the glossary."""

    term: Label
    meaning: Text


class Entry(Part):
    """A dimension or a role family."""

    id: Id
    name: Label


class RoleEntry(Entry):
    """A role."""

    family: Id


class StageEntry(Part):
    """A stage of the organization."""

    stage: Annotated[int, Field(ge=0, le=4)]
    name: Label
    summary: Text


class Choice(Part):
    """One answer to a context question."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    label: Label
    not_applicable: list[Id] = Field(default=[])
    overlay: Id | None = None
    ends_assessment: bool = False


class ContextEntry(Part):
    """A question about the organization."""

    id: Id
    text: Text
    kind: Literal["choice", "number", "text"]
    choices: list[Choice] = Field(default=[])


class ReferenceEntry(Part):
    """A work that questions align to."""

    id: Id
    title: Text
    url: Url
    verification: Text


class SourceEntry(Part):
    """A document in which myths were found."""

    id: Id
    kind: Text
    stance: Text


class ClaimEntry(Part):
    """One documented claim."""

    id: Id
    source: Id
    number: Label
    claim: Text
    reality: Text
    canonical: Annotated[list[Id], Field(min_length=1)]
    primary: Id


class MythEntry(Part):
    """A myth."""

    id: Id
    name: Label
    short: Annotated[str, text(40), AfterValidator(no_hidden_signs)]
    statement: Text
    reality: Text
    dimensions: Annotated[list[Id], Field(min_length=1)]
    covers: list[Id]
    symptoms: Annotated[list[Text], Field(min_length=1)]
    cost_risk: Text
    neutral_treatment: Text


class BeliefEntry(Part):
    """A statement of belief."""

    id: Id
    rev: Annotated[int, Field(ge=1, le=1000)]
    myth: Id
    keyed: Literal["myth", "reality"]
    text: Text


class CitationEntry(Part):
    """A place in a reference."""

    reference: Id
    locator: Label


class StepEntry(Part):
    """The step of a question to one level."""

    id: StepId
    title: Title
    what: Text
    days: Annotated[int, Field(ge=1, le=250)]
    prerequisites: list[StepId] = Field(default=[])
    benefit: Text
    who: Literal["team", "leadership"]


class Anchors(Part):
    """The five statements of a ladder, by level."""

    level_0: Text = Field(alias="0")
    level_1: Text = Field(alias="1")
    level_2: Text = Field(alias="2")
    level_3: Text = Field(alias="3")
    level_4: Text = Field(alias="4")


class QuestionEntry(Part):
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


class Pack(Part):
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

"""The questionnaire as one frozen value: questions, gates, myths, beliefs, steps and the rules of scoring.

A pack on the shelf is read into this by ``app.formats.packs``. Numbers that decide something are exact
(``Fraction``), so that no result depends on a machine.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from app.domain.errors import UnknownQuestion

Keying: TypeAlias = Literal["myth", "reality"]
Backlog: TypeAlias = Literal["team", "leadership"]

#: The role of somebody who would be recognised by any other answer: half weight, no family (measurement.md 4.10).
NOT_SAID = "not_said"
MAX_LEVEL = 4
LEVELS = range(MAX_LEVEL + 1)


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with an id and a name: a dimension, a role family."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role a participant can have; the family is shown, the role never."""

    id: str
    name: str
    family: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the whole organization, 0 to 4, with one sentence on what it means to be there."""

    number: int
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Gate:
    """A stage that asks for at least this level of the question."""

    stage: int
    min_level: int


@dataclass(frozen=True, slots=True)
class MythLink:
    """How a question tests a myth: polarity +1 or -1, and a weight."""

    myth: str
    polarity: int
    weight: Fraction

    @property
    def is_primary(self) -> bool:
        """Whether this question is a primary one of the myth (polarity +, weight 1)."""
        return self.polarity > 0 and self.weight == 1


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a reference."""

    reference: str
    locator: str


@dataclass(frozen=True, slots=True)
class Step:
    """One action: bring a question from one level to the next. ``days`` are person-days."""

    id: str
    question: str
    to_level: int
    title: str
    what: str
    days: int
    prerequisites: tuple[str, ...]
    benefit: str
    who: Backlog

    @property
    def needs(self) -> tuple[str, ...]:
        """Everything that must be done before: the step below, then the listed prerequisites."""
        below = (step_id(self.question, self.to_level - 1),) if self.to_level > 1 else ()
        return below + tuple(p for p in self.prerequisites if p not in below)


def step_id(question: str, level: int) -> str:
    """The id of the step that brings a question to a level, such as ``mon-drift@2``."""
    return f"{question}@{level}"


@dataclass(frozen=True, slots=True)
class Question:
    """One capability with one ladder of five anchors. ``overlay`` is None for core questions."""

    id: str
    rev: int
    overlay: str | None
    dimension: str
    capability: str
    text: str
    ladder: str
    anchors: tuple[str, str, str, str, str]
    evidence: tuple[str, ...]
    myths: tuple[MythLink, ...]
    best_roles: tuple[str, ...]
    citations: tuple[Citation, ...]
    gates: tuple[Gate, ...]
    na_allowed: bool
    na_condition: str | None
    answer_note: str | None
    steps: tuple[Step, ...]

    @property
    def is_core(self) -> bool:
        """Whether it enters dimensions, gates, myths and the plan."""
        return self.overlay is None

    def gate_level(self, stage: int) -> int | None:
        """The level a stage asks of this question, or None."""
        return next((g.min_level for g in self.gates if g.stage == stage), None)


@dataclass(frozen=True, slots=True)
class Belief:
    """A statement answered on five points; keyed to the myth or to the documented reality."""

    id: str
    rev: int
    myth: str
    keyed: Keying
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim documented in a source, in our words, with what the source says against it."""

    id: str
    source: str
    number: str
    claim: str
    reality: str
    canonical: tuple[str, ...]
    primary: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document in which myths were found, and the stance to allow for."""

    id: str
    kind: str
    stance: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that questions align to, and how far it was verified."""

    id: str
    title: str
    url: str
    verification: str


@dataclass(frozen=True, slots=True)
class Myth:
    """A documented myth. ``short`` labels it in charts."""

    id: str
    name: str
    short: str
    statement: str
    reality: str
    dimensions: tuple[str, ...]
    covers: tuple[str, ...]
    symptoms: tuple[str, ...]
    cost_risk: str
    neutral_treatment: str


@dataclass(frozen=True, slots=True)
class ContextChoice:
    """One answer to a context question; it may make questions inapplicable or switch an overlay on."""

    value: str
    label: str
    not_applicable: tuple[str, ...] = ()
    overlay: str | None = None
    ends_assessment: bool = False


@dataclass(frozen=True, slots=True)
class ContextQuestion:
    """A question about the organization that is not scored. No choices: a number or free text."""

    id: str
    text: str
    kind: Literal["choice", "number", "text"]
    choices: tuple[ContextChoice, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of measurement.md sections 4 and 5, as the pack states them."""

    best_role_weight: Fraction
    other_role_weight: Fraction
    evidence_caps: tuple[int, int, int]
    floors: tuple[Fraction, Fraction, Fraction, Fraction]
    coverage_min: Fraction
    questions_min: int
    na_share_max: Fraction
    ad_max: Fraction
    rwg_null_variance: Fraction
    family_gap: int
    myth_weight_share_min: Fraction
    myth_positive_min: int
    belief_respondents_min: int
    debunked_from: Fraction
    believed_below: Fraction
    belief_split: Fraction
    provisional_below: Fraction
    k_behaviour: int
    k_belief: int
    replicates: int
    range_low: Fraction
    range_high: Fraction
    bootstrap_respondents_min: int
    common_share_min: Fraction
    points_gate: int
    points_floor: int
    points_level: int
    points_myth: int
    points_waiting: int
    points_stage: int
    actions_per_quarter_max: int
    capacity_reserve: Fraction
    quick_win_days_max: int
    quick_win_points_min: int


@dataclass(frozen=True)
class Questionnaire:
    """One published version of one questionnaire. ``digest`` is the SHA-256 of its canonical content."""

    id: str
    version: str
    digest: str
    title: str
    answer_rule: str
    glossary: tuple[tuple[str, str], ...]
    dimensions: tuple[Named, ...]
    families: tuple[Named, ...]
    roles: tuple[Role, ...]
    level_names: tuple[str, str, str, str, str]
    stages: tuple[Stage, ...]
    rules: Rules
    context: tuple[ContextQuestion, ...]
    references: tuple[Reference, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    myths: tuple[Myth, ...]
    beliefs: tuple[Belief, ...]
    pulse: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """``mlops@1.0.0``: what an assessment file calls it."""
        return f"{self.id}@{self.version}"

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Questions by id, in the order of the pack."""
        return {q.id: q for q in self.questions}

    @cached_property
    def core(self) -> tuple[Question, ...]:
        """The questions that are scored, in the order of the pack."""
        return tuple(q for q in self.questions if q.is_core)

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step of every question, by id."""
        return {s.id: s for q in self.questions for s in q.steps}

    @cached_property
    def families_by_role(self) -> dict[str, str]:
        """The family of each role; NOT_SAID has none."""
        return {r.id: r.family for r in self.roles}

    @cached_property
    def myths_by_id(self) -> dict[str, Myth]:
        """Myths by id, in the order of the pack."""
        return {m.id: m for m in self.myths}

    def question(self, question_id: str) -> Question:
        """One question; raises UnknownQuestion."""
        try:
            return self.by_id[question_id]
        except KeyError:
            raise UnknownQuestion(question_id) from None

    def core_of(self, dimension: str) -> tuple[Question, ...]:
        """The core questions of a dimension, in the order of the pack."""
        return tuple(q for q in self.core if q.dimension == dimension)

    def gates(self, stage: int) -> tuple[tuple[str, int], ...]:
        """The gates of a stage: question id and minimum level, by id."""
        return self._gates.get(stage, ())

    @cached_property
    def _gates(self) -> dict[int, tuple[tuple[str, int], ...]]:
        found: dict[int, list[tuple[str, int]]] = {}
        for question in self.core:
            for gate in question.gates:
                found.setdefault(gate.stage, []).append((question.id, gate.min_level))
        return {stage: tuple(sorted(gates)) for stage, gates in found.items()}

    def links_to(self, myth: str) -> tuple[tuple[Question, MythLink], ...]:
        """The core questions that test a myth, in the order of the pack."""
        return tuple((q, link) for q in self.core for link in q.myths if link.myth == myth)

    def beliefs_about(self, myth: str) -> tuple[Belief, ...]:
        """The belief items of a myth."""
        return tuple(b for b in self.beliefs if b.myth == myth)

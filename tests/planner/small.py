"""Small questionnaires and the sheets and scorecards that go with them, for tests of the plan."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from app.domain.answers import Capacity
from app.domain.questionnaire import Gate, Myth, MythLink, Named, Question, Questionnaire, Rules, Step, step_id
from app.domain.scorecard import Agreement, MythScore, QuestionScore, Scorecard, StageScore
from app.domain.sheet import QuestionFacts, Sheet, Status
from tests import small_questionnaire
from tests.small_questionnaire import BARE_SHEET

F = Fraction
#: A dimension needs as many questions as in the shipped questionnaire before it is published.
RULES = replace(small_questionnaire.RULES, questions_min=6)
MYTH = "the-myth"


@dataclass(frozen=True)
class Spec:
    """A question as a test states it. ``level`` None: unknown; ``claimed`` None: as supported."""

    id: str
    level: int | None = 0
    claimed: int | None = None
    dimension: str = "d"
    days: tuple[int, int, int, int] = (1, 1, 1, 1)
    needs: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    gates: Mapping[int, int] = field(default_factory=dict)
    in_focus: bool = False
    applies: bool = True
    contested: bool = False

    def question(self) -> Question:
        """It as a question of a pack."""
        steps = tuple(
            Step(step_id(self.id, to), self.id, to, f"Raise {self.id}", "", days, self.needs.get(to, ()), "", "team")
            for to, days in enumerate(self.days, 1)
        )
        return Question(
            id=self.id,
            rev=1,
            overlay=None,
            dimension=self.dimension,
            capability=self.id,
            text="",
            ladder="",
            anchors=("", "", "", "", ""),
            evidence=(),
            myths=(MythLink(MYTH, 1, F(1)),) if self.in_focus else (MythLink(MYTH, 1, F(1, 2)),),
            best_roles=(),
            citations=(),
            gates=tuple(Gate(stage, level) for stage, level in self.gates.items()),
            na_allowed=True,
            na_condition=None,
            answer_note=None,
            steps=steps,
        )

    def score(self) -> QuestionScore:
        """It as a line of a scorecard."""
        status: Status = "na" if not self.applies else "unknown" if self.level is None else "level"
        known = self.level if self.applies else None
        claimed = known if self.claimed is None else self.claimed
        return score(self.id, status, claimed, known, contested=self.contested)


def score(
    question: str, status: Status, claimed: int | None, supported: int | None, *, contested: bool = False
) -> QuestionScore:
    """One line of a scorecard."""
    facts = QuestionFacts(
        question=question,
        status=status,
        level=claimed,
        origin=None,
        reason=None,
        note=None,
        respondents="5+",
        ad=None,
        rwg=None,
        contested=contested,
        votes_apart=False,
        differs_from_votes=False,
        single_source=False,
        visibility_gap=False,
        families={},
        ballots=(),
        comments=(),
    )
    return QuestionScore(facts, claimed, supported)


def pack(specs: Iterable[Spec], rules: Rules = RULES, dimensions: Iterable[str] | None = None) -> Questionnaire:
    """A questionnaire of these questions; dimensions in the order in which they come up."""
    specs = tuple(specs)
    names = tuple(dict.fromkeys(s.dimension for s in specs)) if dimensions is None else tuple(dimensions)
    return Questionnaire(
        id="small",
        version="1.0.0",
        digest="",
        title="Small",
        answer_rule="",
        glossary=(),
        dimensions=tuple(Named(d, d) for d in names),
        families=(),
        roles=(),
        level_names=("", "", "", "", ""),
        stages=(),
        rules=rules,
        context=(),
        references=(),
        sources=(),
        claims=(),
        myths=(Myth(MYTH, MYTH, MYTH, "", "", (), (), (), "", ""),),
        beliefs=(),
        pulse=(),
        questions=tuple(s.question() for s in specs),
    )


def sheet(days: str | None = "38", target: int = 3, target_levels: Mapping[str, int] | None = None) -> Sheet:
    """A full assessment that can use so many days a quarter."""
    return replace(
        BARE_SHEET,
        capacity=None if days is None else Capacity(Decimal(days), Decimal(5), Decimal("0.25")),
        target=target,
        target_levels=dict(target_levels or {}),
    )


def pulse_of(full: Sheet) -> Sheet:
    """The same as a pulse."""
    return replace(full, variant="pulse")


def scorecard(scores: Iterable[QuestionScore], focus: Collection[str] = (MYTH,), stage: int = 0) -> Scorecard:
    """A scorecard that holds what a plan reads: questions, the stage, and the myths in focus."""
    return Scorecard(
        questions={s.facts.question: s for s in scores},
        overlay={},
        overlay_mean=None,
        dimensions={},
        stage=StageScore(stage, stage, stage + 1, (), None, None),
        myths={m: _in_focus(m) for m in focus},
        agreement=Agreement((), (), {}, {}, None),
        counterfactual=None,
        strengths=(),
        risks=(),
        confirmation_rate=None,
    )


def _in_focus(myth: str) -> MythScore:
    return MythScore(
        id=myth,
        behaviour=F(0),
        belief=F(0),
        evidence_share=F(1),
        verdict="believed",
        cell="believed",
        rank_gap=None,
        undecided=False,
        provisional=None,
        in_focus=True,
        questions=(),
        beliefs=(),
        why=None,
    )

"""A questionnaire of twelve core questions, small enough to see through, with everything that a large one has.

``RULES`` and ``BARE_SHEET`` are what the other small questionnaires of the tests start from.
"""

import datetime as dt
from fractions import Fraction

from app.domain.quarter import Quarter
from app.domain.questionnaire import (
    Belief,
    Citation,
    Claim,
    ContextChoice,
    ContextQuestion,
    Gate,
    Myth,
    MythLink,
    Named,
    Question,
    Questionnaire,
    Reference,
    Role,
    Rules,
    Source,
    Stage,
    Step,
    step_id,
)
from app.domain.sheet import Ranges, Sheet

_DIMENSIONS = (("monitoring", "mon"), ("governance", "gov"), ("automation", "aut"), ("collaboration", "col"))
_NAMES = ("drift", "cost", "record")

RULES = Rules(
    best_role_weight=Fraction(1),
    other_role_weight=Fraction(1, 2),
    evidence_caps=(2, 3, 4),
    floors=(Fraction(3, 4), Fraction(7, 4), Fraction(11, 4), Fraction(7, 2)),
    coverage_min=Fraction(7, 10),
    questions_min=2,
    na_share_max=Fraction(3, 10),
    ad_max=Fraction(4, 5),
    rwg_null_variance=Fraction(2),
    family_gap=2,
    myth_weight_share_min=Fraction(3, 5),
    myth_positive_min=2,
    belief_respondents_min=3,
    debunked_from=Fraction(5, 8),
    believed_below=Fraction(3, 8),
    belief_split=Fraction(1, 2),
    provisional_below=Fraction(4, 5),
    k_behaviour=3,
    k_belief=5,
    replicates=2000,
    range_low=Fraction(5, 100),
    range_high=Fraction(95, 100),
    bootstrap_respondents_min=5,
    common_share_min=Fraction(7, 10),
    points_gate=4,
    points_floor=2,
    points_level=1,
    points_myth=1,
    points_waiting=2,
    points_stage=10,
    actions_per_quarter_max=12,
    capacity_reserve=Fraction(4, 5),
    quick_win_days_max=3,
    quick_win_points_min=3,
)
#: A full assessment in which nothing was asked yet.
BARE_SHEET = Sheet(
    organization="Small",
    team="Team",
    quarter=Quarter(2026, 3),
    date=dt.date(2026, 9, 30),
    variant="full",
    purpose="",
    scope=(),
    anonymity="open",
    stable_ids=False,
    capacity=None,
    target=3,
    target_levels={},
    context={},
    no_live_model=False,
    overlays=(),
    respondents="5+",
    roles=None,
    questions={},
    beliefs={},
    response_style=None,
    ranges=Ranges({}, None, None, {}, {}),
    actions=(),
    bets_made=(),
    bets_checked=(),
    change=None,
    history=(),
    last_full=None,
)


def _question(id_: str, dimension: str, overlay: str | None = None) -> Question:
    name = id_.split("-", 1)[1]
    return Question(
        id=id_,
        rev=1,
        overlay=overlay,
        dimension=dimension,
        capability=f"Capability {name}",
        text=f"How far does {name} go?",
        ladder="from nothing to proof",
        anchors=("Nothing.", "Something.", "Most.", "All.", "Proven."),
        evidence=("a record",),
        myths=(MythLink("too-expensive", 1, Fraction(1)), MythLink("it-is-easy", -1, Fraction(1, 2))),
        best_roles=("platform", "ml_engineer"),
        citations=(Citation("ml-test-score", "Monitor 6"),),
        gates=(Gate(1, 1),) if name == "drift" else (),
        na_allowed=name == "cost",
        na_condition="everything is bought in" if name == "cost" else None,
        answer_note=None,
        steps=tuple(
            Step(step_id(id_, n), id_, n, f"Bring {name} to {n}", "Do it.", n, (), "Better.", "team")
            for n in range(1, 5)
        ),
    )


def small_questionnaire() -> Questionnaire:
    """Four dimensions of three questions, an overlay of two, three myths, four beliefs."""
    core = tuple(_question(f"{short}-{name}", dimension) for dimension, short in _DIMENSIONS for name in _NAMES)
    overlay = tuple(_question(f"gen-{name}", "governance", "generative") for name in ("prompts", "answers"))
    return Questionnaire(
        id="small",
        version="1.0.0",
        digest="0" * 64,
        title="A small questionnaire",
        answer_rule="The highest statement that is wholly true.",
        glossary=(("live model", "a model whose outputs are used"),),
        dimensions=tuple(Named(d, d.capitalize()) for d, _ in _DIMENSIONS),
        families=(Named("builders", "Builders"), Named("runners", "Runners"), Named("deciders", "Deciders")),
        roles=(
            Role("data_scientist", "Data scientist", "builders"),
            Role("ml_engineer", "ML engineer", "builders"),
            Role("platform", "Platform engineer", "runners"),
            Role("risk", "Risk", "deciders"),
        ),
        level_names=("Absent", "Started", "Used", "Held", "Proven"),
        stages=tuple(Stage(n, f"Stage {n}", "What it means.") for n in range(5)),
        rules=RULES,
        context=(
            ContextQuestion(
                "ctx-models",
                "How many models are live?",
                "choice",
                (
                    ContextChoice("0", "None", ends_assessment=True),
                    ContextChoice("1-2", "1-2"),
                    ContextChoice("3-10", "3-10"),
                ),
            ),
            ContextQuestion("ctx-team", "How many people?", "number", ()),
            ContextQuestion(
                "ctx-generative",
                "Is a generative model live?",
                "choice",
                (ContextChoice("yes", "Yes", overlay="generative"), ContextChoice("no", "No")),
            ),
            ContextQuestion("ctx-rules", "Which rules apply?", "text", ()),
        ),
        references=(Reference("ml-test-score", "The ML Test Score", "https://example.org/", "read"),),
        sources=(Source("s1", "page", "sells tools"),),
        claims=(Claim("c1", "s1", "1", "It costs too much.", "It does not.", ("too-expensive",), "too-expensive"),),
        myths=tuple(
            Myth(
                m,
                m.replace("-", " "),
                m,
                "A statement.",
                "A reality.",
                ("monitoring",),
                ("c1",),
                ("sign",),
                "cost",
                "fair",
            )
            for m in ("too-expensive", "it-is-easy", "uptime-is-health")
        ),
        beliefs=(
            Belief("b01", 1, "too-expensive", "myth", "It costs too much."),
            Belief("b02", 1, "it-is-easy", "reality", "It is hard."),
            Belief("b03", 1, "uptime-is-health", "myth", "Up is healthy."),
            Belief("b04", 1, "uptime-is-health", "reality", "Up is not healthy."),
        ),
        pulse=("mon-drift", "gov-drift", "aut-drift", "col-drift"),
        questions=core + overlay,
    )


class OneShelf:
    """A shelf that holds the small questionnaire only."""

    def __init__(self) -> None:
        self.one = small_questionnaire()

    def names(self) -> tuple[str, ...]:
        """The one name."""
        return (self.one.name,)

    def get(self, name: str) -> Questionnaire:
        """The one."""
        assert name == self.one.name
        return self.one

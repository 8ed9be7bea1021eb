"""A small questionnaire and results on it, made by hand: two lines a situation."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.domain.answers import Capacity, Evidence, EvidenceItem, Grade
from app.domain.questionnaire import (
    Belief,
    Citation,
    Claim,
    Gate,
    Myth,
    MythLink,
    Named,
    Question,
    Questionnaire,
    Reference,
    Role,
    Source,
    Stage,
    Step,
    step_id,
)
from app.domain.result import Result
from app.domain.roadmap import PlannedAction, PlannedQuarter, Roadmap, StartsAt
from app.domain.score import score
from app.domain.sheet import NO_EVIDENCE, Ballot, BeliefFacts, QuestionFacts, Ranges, Sheet
from tests.small_questionnaire import BARE_SHEET, RULES

DIMENSIONS = ("monitoring", "governance", "automation")
PER_DIMENSION = 4
HALF = Fraction(1, 2)


def _question(dimension: str, place: int) -> Question:
    name = f"{dimension[:3]}-{place}"
    gates = tuple(Gate(stage, stage) for stage in (1, 2, 3, 4)) if place == 1 else ()
    minus = dimension == "automation" and place == 4
    links = {
        "monitoring": (MythLink("alone", 1, Fraction(1)), MythLink("forever", 1, Fraction(1, 3))),
        "governance": (MythLink("forever", 1, Fraction(1)),),
        "automation": (MythLink("alone", -1 if minus else 1, HALF),),
    }[dimension]
    steps = tuple(
        Step(
            id=step_id(name, to),
            question=name,
            to_level=to,
            title=f"Bring {name} to {to}",
            what=f"Do what {to} asks",
            days=to,
            prerequisites=(step_id("gov-1", to),) if name != "gov-1" and to > 1 else (),
            benefit=f"It is at {to}",
            who="leadership" if to == 3 else "team",
        )
        for to in (1, 2, 3, 4)
    )
    return Question(
        id=name,
        rev=1,
        overlay=None,
        dimension=dimension,
        capability=f"{dimension.capitalize()} part {place}",
        text=f"How is part {place} done?",
        ladder="how far",
        anchors=("It is not done.", "Somebody does it.", "Half is done.", "The same for all.", "The same, and proven."),
        evidence=("a record",),
        myths=links,
        best_roles=("maker",),
        citations=(Citation("ref", f"part {place}"),),
        gates=gates,
        na_allowed=True,
        na_condition=None,
        answer_note=None,
        steps=steps,
    )


def _myth(name: str, statement: str) -> Myth:
    return Myth(name, name.capitalize(), name, statement, "It is not so.", (), ("c1",), (), "Cost.", "Fair.")


QUESTIONNAIRE = Questionnaire(
    id="small",
    version="1.0.0",
    digest="d" * 64,
    title="A small questionnaire",
    answer_rule="The highest that is true.",
    glossary=(),
    dimensions=tuple(Named(d, d.capitalize()) for d in DIMENSIONS),
    families=(Named("builders", "Builders"), Named("runners", "Runners"), Named("deciders", "Deciders")),
    roles=(Role("maker", "Maker", "builders"), Role("keeper", "Keeper", "runners")),
    level_names=("absent", "improvised", "defined", "managed", "proven"),
    stages=tuple(Stage(n, f"Stage name {n}", f"You are at {n}.") for n in range(5)),
    rules=RULES,
    context=(),
    references=(Reference("ref", "A work", "https://example.org", "verified"),),
    sources=(Source("s1", "article", "sells something"),),
    claims=(Claim("c1", "s1", "Myth 1", "One can do it alone.", "One cannot.", ("alone",), "alone"),),
    myths=(_myth("alone", "One can do it alone."), _myth("forever", "It lasts for ever.")),
    beliefs=(
        Belief("b1", 1, "alone", "myth", "I can do it alone."),
        Belief("b2", 1, "forever", "reality", "It needs care."),
        Belief("b3", 1, "forever", "myth", "It lasts."),
    ),
    pulse=("mon-1", "gov-1", "aut-1"),
    questions=tuple(_question(d, n) for d in DIMENSIONS for n in range(1, PER_DIMENSION + 1)),
)
IDS = tuple(q.id for q in QUESTIONNAIRE.questions)
Given = int | str | None


def facts(question: str, given: Given, grade: int = 0, counts: tuple[int, ...] = ()) -> QuestionFacts:
    """A level (agreed, or voted where counts of the levels are given), ``"na"``, or None for unknown."""
    items = (EvidenceItem("Record", "wiki", dt.date(2026, 7, 1), "Kim" if grade == 2 else None),) if grade else ()
    level = given if isinstance(given, int) else None
    base = QuestionFacts(
        question=question,
        status="level" if level is not None else "na" if given == "na" else "unknown",
        level=level,
        origin="agreed" if given is not None else None,
        reason=None if level is not None else "bought in" if given == "na" else "no answers",
        note=None,
        respondents="0",
        ad=None,
        rwg=None,
        contested=False,
        votes_apart=False,
        differs_from_votes=False,
        single_source=False,
        visibility_gap=False,
        families={},
        ballots=(),
        comments=(),
        evidence=Evidence(Grade(grade), items) if grade else NO_EVIDENCE,
    )
    return _voted(base, counts) if sum(counts) else base


def _voted(base: QuestionFacts, counts: tuple[int, ...]) -> QuestionFacts:
    votes = [level for level, count in enumerate(counts) for _ in range(count)]
    median = Fraction(votes[(len(votes) - 1) // 2] + votes[len(votes) // 2], 2)
    ad = sum((abs(v - median) for v in votes), Fraction(0)) / len(votes)
    return replace(
        base,
        status="level",
        level=votes[(len(votes) - 1) // 2],
        origin="votes",
        reason=None,
        respondents="5+" if len(votes) > 4 else "3-4" if len(votes) > 2 else str(len(votes)),
        ad=ad if len(votes) > 2 else None,
        contested=len(votes) > 2 and ad > RULES.ad_max,
        single_source=len(votes) == 1,
        ballots=(Ballot(1, (counts[0], counts[1], counts[2], counts[3], counts[4], 0, 0), median),),
        weights=(
            Fraction(counts[0], 3), Fraction(counts[1], 3), Fraction(counts[2], 3), Fraction(counts[3], 3),
            Fraction(counts[4], 3),
        ),
    )  # fmt: skip


def beliefs(counts: Mapping[str, tuple[int, int, int, int, int]] | None = None) -> dict[str, BeliefFacts]:
    """S of each myth from how often each item was answered 1 to 5."""
    found = {}
    for myth in QUESTIONNAIRE.myths:
        items = QUESTIONNAIRE.beliefs_about(myth.id)
        given = {b.id: (counts or {}).get(b.id, (0, 0, 0, 0, 0)) for b in items}
        against = [
            Fraction(5 - value if item.keyed == "myth" else value - 1, 4)
            for item in items
            for value, count in enumerate(given[item.id], start=1)
            for _ in range(count)
        ]
        index = sum(against, Fraction(0)) / len(against) if len(against) >= 3 else None
        reason = None if index is not None else "too few opinions"
        undecided = index is not None and Fraction(2, 5) <= index <= Fraction(3, 5)
        found[myth.id] = BeliefFacts(myth.id, index, reason, undecided, given if index is not None else {})
    return found


NO_RANGES = Ranges(
    dimensions=dict.fromkeys(DIMENSIONS),
    stability=None,
    provisional=None,
    alpha=dict.fromkeys(DIMENSIONS),
    reasons=dict.fromkeys((*DIMENSIONS, "stability", "provisional"), "levels were agreed in the room"),
)


def sheet(levels: Mapping[str, Given] | int = 1, grade: int = 0, **changes: object) -> Sheet:
    """A sheet on which the room agreed these levels; ``changes`` replace its fields."""
    given = dict.fromkeys(IDS, levels) if isinstance(levels, int) else levels
    made = replace(
        BARE_SHEET,
        organization="Example Retail",
        team="Demand forecasting",
        purpose="Decide what to build next.",
        scope=("forecast",),
        capacity=Capacity(Decimal(2), Decimal(60), Decimal("0.10")),
        respondents="0",
        questions={q: facts(q, given.get(q), grade) for q in IDS},
        beliefs=beliefs(),
        ranges=NO_RANGES,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def roadmap(of: Sheet, days: int | None = 9, *, shown: int = 0) -> Roadmap:
    """A plausible plan, not a best one: two steps of one question, then one of each other, as the days allow."""
    card = score(of, QUESTIONNAIRE)
    stage = card.stage.supported if card.stage else 0
    quarters = []
    if days is not None and of.variant == "full" and not of.no_live_model:
        steps = ["mon-1@1", "mon-1@2", "gov-2@1", "aut-3@3"]
        kinds = ["build"] * 4
        steps += [f"gov-{n}@3" for n in range(1, shown + 1)]
        kinds += ["show"] * shown
        actions = tuple(
            _action(step, kind, first=n == 0) for n, (step, kind) in enumerate(zip(steps, kinds, strict=True))
        )
        points = sum(a.points for a in actions) + RULES.points_stage * (stage < 4)
        used = sum(a.days for a in actions)
        means = dict.fromkeys(DIMENSIONS, Fraction(3, 2))
        quarters = [
            PlannedQuarter(1, stage, min(stage + 1, 4), points, used, actions, dict(means)),
            PlannedQuarter(2, min(stage + 1, 4), min(stage + 1, 4), 0, 0, (), dict(means)),
        ]
    return Roadmap(
        capacity_days=days,
        target=of.target,
        target_levels={},
        starts_at=StartsAt(stage, "") if quarters else None,
        focus=("alone",),
        clarify_first=tuple(q for q in IDS if of.questions.get(q) and of.questions[q].status == "unknown"),
        quarters=tuple(quarters),
        deferred=(),
        beyond_target=("gov-1@4",),
        unreachable=(),
        least_days_to_next_stage=7,
        points_at_80_percent=10 if quarters else None,
        points_at_120_percent=20 if quarters else None,
    )


def _action(step: str, kind: str, *, first: bool) -> PlannedAction:
    known = QUESTIONNAIRE.steps[step]
    shows = kind == "show"
    return PlannedAction(
        id=step,
        kind="show" if shows else "build",
        title=known.title,
        days=1 if shows else known.days,
        points=6 if first else 1,
        reasons=(("gate", 4), ("floor", 2)) if first else (("level", 1),),
        needs=known.needs,
        unlocks=("gov-2@2",) if first else (),
        backlog=known.who,
        clarify=first,
        quick_win=first,
    )


def result(of: Sheet | None = None, plan: Roadmap | None = None) -> Result:
    """A whole result; the judgements are those of the scoring core."""
    of = of or sheet()
    return Result(QUESTIONNAIRE, of, score(of, QUESTIONNAIRE), plan or roadmap(of), "a" * 64)

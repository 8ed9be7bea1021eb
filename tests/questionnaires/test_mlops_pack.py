"""The shipped questionnaire: nothing wrong with it, and every count as designed."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.questionnaire import Questionnaire
from app.formats.packs import load_questionnaire

FOLDER = Path(__file__).resolve().parents[2] / "questionnaires"
LEADERSHIP = {
    "col-capacity@3",
    "col-ownership@3",
    "col-self-service@3",
    "col-skills@2",
    "col-skills@3",
    "col-skills@4",
    "col-success-criteria@3",
    "gov-periodic-review@3",
    "gov-risk-tiering@2",
    "gov-risk-tiering@3",
    "gov-risk-tiering@4",
}
TRAINED = {"aut-feature-consistency", "aut-retraining", "aut-training-pipeline"}
AFFECTING = {"gov-fairness", "gov-human-oversight"}
GATES = {
    1: "aut-versioning 1, col-ownership 1, gov-inventory 1, mon-service-health 1",
    2: "aut-rollback 2, aut-training-pipeline 2, aut-versioning 2, col-ownership 2, col-success-criteria 2, "
    "gov-data-rights 1, gov-inventory 2, gov-release-approval 2, mon-model-quality 2, mon-prediction-logging 2, "
    "mon-service-health 2",
    3: "aut-rollback 3, aut-rollout 3, aut-training-pipeline 3, aut-validation-gate 3, aut-versioning 3, col-oncall 3, "
    "col-ownership 3, gov-data-rights 2, gov-fairness 2, gov-human-oversight 2, gov-inventory 3, gov-lineage 3, "
    "gov-release-approval 3, gov-risk-tiering 3, gov-security 2, mon-alert-response 3, mon-drift 3, "
    "mon-model-quality 3, mon-prediction-logging 3",
    4: "aut-retraining 3, col-incident-review 3, col-process-improvement 3, gov-human-oversight 3, "
    "gov-periodic-review 3, mon-business-outcome 3",
}


@pytest.fixture(scope="module")
def pack() -> Questionnaire:
    return load_questionnaire((FOLDER / "mlops.v1.yaml").read_bytes(), "mlops.v1.yaml")


def texts(pack: Questionnaire) -> list[str]:
    found = [pack.title, pack.answer_rule]
    for question in pack.questions:
        found += [question.text, question.capability, question.ladder, *question.anchors, *question.evidence]
        found += [part for step in question.steps for part in (step.title, step.what, step.benefit)]
        found += [part for part in (question.answer_note, question.na_condition) if part]
    found += [part for m in pack.myths for part in (m.name, m.short, m.statement, m.reality, m.neutral_treatment)]
    found += [part for c in pack.claims for part in (c.claim, c.reality)]
    return found + [b.text for b in pack.beliefs] + [part for s in pack.sources for part in (s.kind, s.stance)]


def test_its_name_is_mlops_1_0_0(pack: Questionnaire) -> None:
    assert pack.name == "mlops@1.0.0"
    assert re.fullmatch("[0-9a-f]{64}", pack.digest)


def test_it_holds_what_was_designed(pack: Questionnaire) -> None:
    assert [len(pack.core_of(d.id)) for d in pack.dimensions] == [10, 10, 10, 10]
    assert [q.dimension for q in pack.questions if q.overlay == "generative"] == [d.id for d in pack.dimensions]
    counts = (len(pack.myths), len(pack.claims), len(pack.sources), len(pack.beliefs), len(pack.references))
    assert counts == (15, 32, 5, 16, 18)
    assert (len(pack.steps), len(pack.pulse), len(pack.context), len(pack.roles)) == (176, 12, 8, 6)
    assert {q.rev for q in pack.questions} | {b.rev for b in pack.beliefs} == {1}
    assert sum(b.keyed == "myth" for b in pack.beliefs) == 8
    assert all(pack.beliefs_about(myth.id) for myth in pack.myths)


def test_efforts_are_those_of_the_blueprint(pack: Questionnaire) -> None:
    totals = {
        d.id: [sum(q.steps[level].days for q in pack.core_of(d.id)) for level in range(4)] for d in pack.dimensions
    }
    assert totals == {
        "monitoring": [18, 44, 86, 66],
        "governance": [12, 41, 62, 67],
        "automation": [16, 46, 105, 73],
        "collaboration": [10, 30, 53, 45],
    }
    assert sum(map(sum, totals.values())) == 774


def test_core_steps_and_their_prerequisites_are_those_of_the_blueprint(pack: Questionnaire) -> None:
    core = [step for question in pack.core for step in question.steps]
    needed = [need for step in core for need in step.prerequisites]
    assert (len(core), len(needed), sum(step.days <= 3 for step in core)) == (160, 156, 67)
    dependants = {name: needed.count(name) for name in set(needed)}
    assert dependants["gov-inventory@1"] == 9
    assert dependants["aut-versioning@1"] == 8
    assert {n for n, c in dependants.items() if c == 6} == {
        "col-ownership@2",
        "gov-inventory@2",
        "mon-prediction-logging@3",
    }
    assert max(dependants.values()) == 9
    assert not any(need.startswith("gen-") for need in needed)


def test_the_longest_chain_of_core_steps_is_as_documented(pack: Questionnaire) -> None:
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max((of(need) for need in pack.steps[name].needs), default=0)
        return depth[name]

    assert max(of(step.id) for question in pack.core for step in question.steps) == 6


@pytest.mark.parametrize("stage", [1, 2, 3, 4])
def test_gates_are_those_of_the_blueprint(pack: Questionnaire, stage: int) -> None:
    assert ", ".join(f"{question} {level}" for question, level in pack.gates(stage)) == GATES[stage]


def test_myth_weights_are_those_of_the_blueprint(pack: Questionnaire) -> None:
    totals = {m.id: sum(link.weight * link.polarity for _, link in pack.links_to(m.id)) for m in pack.myths}
    negative = {(question.id, link.myth) for question in pack.questions for link in question.myths if link.polarity < 0}
    assert negative == {
        ("mon-service-health", "uptime-is-health"),
        ("aut-rollout", "automation-is-everything"),
        ("aut-retraining", "automation-is-everything"),
    }
    assert totals["uptime-is-health"] == Fraction(7, 2)
    assert totals["too-expensive"] == 4
    assert totals["fix-is-a-code-change"] == 6
    assert sum(len(q.myths) for q in pack.core) == 127
    assert all(link.weight in (Fraction(1, 2), 1) for q in pack.questions for link in q.myths)


def test_roles_are_best_placed_as_designed(pack: Questionnaire) -> None:
    placed = {role.id: sum(role.id in q.best_roles for q in pack.core) for role in pack.roles}
    expected = {"data_scientist": 21, "ml_engineer": 26, "data_engineer": 9, "platform": 13, "product": 18, "risk": 11}
    assert placed == expected


def test_the_leadership_backlog_is_the_documented_one(pack: Questionnaire) -> None:
    assert {step.id for step in pack.steps.values() if step.who == "leadership"} == LEADERSHIP


def test_context_answers_have_the_documented_effects(pack: Questionnaire) -> None:
    effects = {(q.id, c.value): c for q in pack.context for c in q.choices}
    assert set(effects["ctx-people-effect", "no"].not_applicable) == AFFECTING
    assert set(effects["ctx-inhouse", "none"].not_applicable) == TRAINED
    assert effects["ctx-generative", "yes"].overlay == "generative"
    assert effects["ctx-models", "0"].ends_assessment
    with_effect = {k for k, c in effects.items() if c.not_applicable or c.overlay or c.ends_assessment}
    assert len(with_effect) == 4
    assert {q.id for q in pack.questions if q.na_allowed} == AFFECTING | TRAINED
    assert all(q.na_condition for q in pack.questions if q.na_allowed)


def test_the_rules_are_those_of_the_specification(pack: Questionnaire) -> None:
    rules = pack.rules
    assert rules.floors == (Fraction(3, 4), Fraction(7, 4), Fraction(11, 4), Fraction(7, 2))
    assert rules.evidence_caps == (2, 3, 4)
    assert (rules.coverage_min, rules.questions_min, rules.na_share_max) == (Fraction(7, 10), 6, Fraction(3, 10))
    assert (rules.debunked_from, rules.believed_below, rules.ad_max) == (Fraction(5, 8), Fraction(3, 8), Fraction(4, 5))
    points = (rules.points_gate, rules.points_floor, rules.points_level, rules.points_myth, rules.points_waiting)
    assert (*points, rules.points_stage) == (4, 2, 1, 1, 2, 10)
    assert (rules.actions_per_quarter_max, rules.capacity_reserve) == (12, Fraction(4, 5))


def test_step_titles_are_short_and_never_the_same(pack: Questionnaire) -> None:
    titles = [step.title.casefold() for step in pack.steps.values()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 45


def test_higher_anchors_hold_the_lower_ones(pack: Questionnaire) -> None:
    assert [q.id for q in pack.questions if not q.anchors[4].startswith("The same, and ")] == []


def test_every_text_ends_and_shouts_as_prose_does(pack: Questionnaire) -> None:
    for text in texts(pack):
        assert "!" not in text
        assert "  " not in text
        assert re.search(r"\b(organis|recognis|penalis)", text) is None, text
    assert [q.id for q in pack.questions if not q.text.endswith("?")] == []
    assert [(q.id, a) for q in pack.questions for a in q.anchors if not re.search(r"[.)]$", a)] == []


def test_no_source_document_is_named_by_its_file(pack: Questionnaire) -> None:
    assert [text for text in texts(pack) if re.search(r"\.txt|\b00[0-4]\b", text)] == []
    assert {s.id for s in pack.sources} == {"s000", "s001", "s002", "s003", "s004"}


def test_no_step_recommends_the_myth_it_cures(pack: Questionnaire) -> None:
    assert "not its author alone" in pack.steps["col-oncall@1"].what
    assert "twice" not in pack.question("aut-feature-consistency").anchors[2]
    assert "level 2" not in (pack.question("col-incident-review").answer_note or "")


def test_every_pack_in_the_folder_and_the_examples_is_clean() -> None:
    found = sorted([*FOLDER.glob("*.v[0-9]*.yaml"), *FOLDER.glob("examples/*.v*.yaml")])
    names = [load_questionnaire(path.read_bytes(), path.name).name for path in found]
    assert names == ["tiny@1.0.0", "mlops@1.0.0"]


def test_the_readme_explains_every_key() -> None:
    from_schema = set(
        re.findall(r"^    (\w+):", (FOLDER.parent / "app/formats/pack_schema.py").read_text("utf-8"), re.MULTILINE)
    )
    from_schema |= set(
        re.findall(r"^    (\w+):", (FOLDER.parent / "app/formats/pack_scoring.py").read_text("utf-8"), re.MULTILINE)
    )
    explained = set(re.findall(r"`(\w+)`", (FOLDER / "README.md").read_text("utf-8")))
    assert {key for key in from_schema if not key.startswith("level_") or key == "level_names"} - explained == set()

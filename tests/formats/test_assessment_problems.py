"""Every kind of problem in an assessment file is found, with its line and what to write instead."""

import json
import time
from decimal import Decimal

import pytest

from app.domain.answers import Capacity, DontKnow, Grade, Level, NotApplicable
from app.domain.quarter import Quarter
from app.formats.assessments import Read, read_assessment
from app.formats.problems import Problem, Problems
from tests.small_questionnaire import OneShelf

SHELF = OneShelf()
HEAD = """format: mythmark/assessment@1
organization: Example Retail
team: Demand
quarter: 2026-Q3
questionnaire: small@1.0.0
"""
ONE = "respondents:\n  - {id: r1, role: platform, "


def _read(body: str, head: str = HEAD) -> Read:
    return read_assessment((head + body).encode(), "a.yaml", SHELF)


def _problems(body: str, head: str = HEAD) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as found:
        _read(body, head)
    return found.value.items


@pytest.mark.parametrize(
    ("body", "line", "path", "says"),
    [
        ("colour: red", 6, "colour", "unknown key"),
        ("purpos: x", 6, "purpos", "did you mean 'purpose'"),
        ("variant: half", 6, "variant", "not one of full, pulse"),
        ("date: 2026-02-30", 6, "date", "there is no day"),
        ("date: soon", 6, "date", "such as 2026-09-30"),
        ("anonymity: secret", 6, "anonymity", "not one of anonymous, open"),
        ("scope: one", 6, "scope", "must be a list"),
        ("purpose: [a]", 6, "purpose", "must be the purpose"),
        ("target: 0", 6, "target", "from 1 to 4"),
        ("target: 5", 6, "target", "from 1 to 4"),
        ("target: {default: 3, mon-drift: 0}", 6, "target.mon-drift", "from 1 to 4"),
        ("target: {default: 3, mon-drft: 2}", 6, "target.mon-drft", "did you mean 'mon-drift'"),
        ("target: 2.5", 6, "target", "not a whole number"),
        ("capacity: {people: 0, working_days: 60, share: 0.1}", 6, "capacity.people", "more than 0"),
        ("capacity: {people: -8, working_days: 60, share: 0.1}", 6, "capacity.people", "more than 0"),
        ("capacity: {people: 8, working_days: 60, share: 1.01}", 6, "capacity.share", "at most 1"),
        ("capacity: {people: 8, working_days: 60, share: '0,10'}", 6, "capacity.share", "write a point: 0.10"),
        ("capacity: {people: 8, working_days: 60, share: 10 %}", 6, "capacity.share", "decimal: 0.1"),
        ("capacity: {people: 8, working_days: 60, share: .inf}", 6, "capacity.share", "in figures"),
        ("capacity: {people: 8, working_days: 60, share: 1e-30}", 6, "capacity.share", "more than 20 figures"),
        ("capacity: {people: true, working_days: 60, share: 0.1}", 6, "capacity.people", "not a number"),
        ("capacity: {people: 8, share: 0.1}", 6, "capacity", "'working_days' is missing"),
        ("context: {ctx-models: 4}", 6, "context.ctx-models", "write one of 0, 1-2, 3-10"),
        ("context: {ctx-team: many}", 6, "context.ctx-team", "write figures"),
        ("context: {ctx-tem: 8}", 6, "context.ctx-tem", "did you mean 'ctx-team'"),
        ("context: {ctx-team: [8]}", 6, "context.ctx-team", "single value"),
        ("respondent_ids: same", 6, "respondent_ids", "not one of stable"),
        ("anonymity: anonymous\nrespondent_ids: stable", 7, "respondent_ids", "only an open assessment"),
        ("respondents: {r1: x}", 6, "respondents", "must be a list"),
        ("respondents:\n  - {id: r1, role: platfrm}", 7, "respondents[r1].role", "did you mean 'platform'"),
        ("respondents:\n  - {role: platform}", 7, "respondents[0]", "'id' is missing"),
        (ONE + "}\n  - {id: r1, role: risk}", 8, "respondents[r1]", "is there already, as number 1"),
        (ONE + "anwers: {}}", 7, "respondents[r1].anwers", "did you mean 'answers'"),
        (ONE + "answers: {mon-drift: 5}}", 7, "respondents[r1].answers.mon-drift", "from 0 to 4"),
        (ONE + "answers: {mon-drift: -1}}", 7, "respondents[r1].answers.mon-drift", "from 0 to 4"),
        (ONE + "answers: {mon-drift: 2.0}}", 7, "respondents[r1].answers.mon-drift", "2.0 is not a whole number"),
        (ONE + "answers: {mon-drift: '3'}}", 7, "respondents[r1].answers.mon-drift", "without quotes"),
        (ONE + "answers: {mon-drift: true}}", 7, "respondents[r1].answers.mon-drift", "yes is not a number"),
        (ONE + "answers: {mon-drift: yes}}", 7, "respondents[r1].answers.mon-drift", "'yes' is not an answer"),
        (ONE + "answers: {mon-drift: na}}", 7, "respondents[r1].answers.mon-drift", "written {na: reason}"),
        (ONE + "answers: {mon-drift: [3]}}", 7, "respondents[r1].answers.mon-drift", "a list is not a number"),
        (ONE + "answers: {mon-drift: {na: x}}}", 7, "respondents[r1].answers.mon-drift.na", "always applies"),
        (ONE + "answers: {mon-cost: {na: ''}}}", 7, "respondents[r1].answers.mon-cost.na", "write a reason"),
        (ONE + "answers: {mon-cost: {na: null}}}", 7, "respondents[r1].answers.mon-cost.na", "must be a reason"),
        (ONE + "answers: {mon-cost: {}}}", 7, "respondents[r1].answers.mon-cost", "'na' is missing"),
        (ONE + "answers: {mon-dirft: 3}}", 7, "respondents[r1].answers.mon-dirft", "did you mean 'mon-drift'"),
        (ONE + "beliefs: {b99: 3}}", 7, "respondents[r1].beliefs.b99", "no belief 'b99'"),
        (ONE + "beliefs: {b01: 0}}", 7, "respondents[r1].beliefs.b01", "from 1 to 5"),
        (ONE + "beliefs: {b01: dk}}", 7, "respondents[r1].beliefs.b01", "is not a number"),
        ("agreed:\n  mon-cost: {level: 2, na: x}", 7, "agreed.mon-cost", "both level and na"),
        ("agreed:\n  mon-cost: {note: x}", 7, "agreed.mon-cost", "neither level nor na"),
        ("agreed:\n  mon-drift: {na: x}", 7, "agreed.mon-drift.na", "always applies"),
        ("agreed:\n  mon-drift: {level: dk}", 7, "agreed.mon-drift.level", "from 0 to 4"),
        ("agreed:\n  mon-drift: 2", 7, "agreed.mon-drift", "must be a mapping with level, na, note"),
        ("agreed:\n  mon-drift: {level: 2, by: r1}", 7, "agreed.mon-drift.by", "unknown key"),
        ("hands:\n  mon-drift: {platform: [1, 2, 3]}", 7, "hands.mon-drift.platform", "this is 3 counts"),
        ("hands:\n  mon-drift: {platform: [1, 0, 0, -1, 0, 0, 0]}", 7, "hands.mon-drift.platform[3]", "from 0 to 5000"),
        ("hands:\n  mon-drift: {boss: [1, 0, 0, 0, 0, 0, 0]}", 7, "hands.mon-drift.boss", "no role 'boss'"),
        ("hands:\n  mon-drift: {platform: [1, 0, 0, 0, 0, 0, 2]}", 7, "hands.mon-drift.platform", "always applies"),
        ("evidence:\n  mon-drift: {grade: E1}", 7, "evidence.mon-drift.grade", "needs at least one item"),
        ("evidence:\n  mon-drift: {grade: E2, items: [{title: x}]}", 7, "evidence.mon-drift.grade", "add seen_by"),
        ("evidence:\n  mon-drift: {grade: E3}", 7, "evidence.mon-drift.grade", "not one of E0, E1, E2"),
        ("evidence:\n  mon-drift: {items: [{place: x}]}", 7, "evidence.mon-drift.items[0]", "'title' is missing"),
        ("actions:\n  - {id: mon-drift@5, status: planned}", 7, "actions[mon-drift@5].id", "no action 'mon-drift@5'"),
        ("actions:\n  - {id: mon-drift@2, status: done}", 7, "actions[mon-drift@2].status", "not one of planned"),
        (
            "actions:\n  - {id: mon-drift@2, status: planned, effort_days: -1}",
            7,
            "actions[mon-drift@2].effort_days",
            "0 or more",
        ),
        (
            "actions:\n  - {id: mon-drift@2, status: planned}\n  - {id: mon-drift@2, status: verified}",
            8,
            "actions[mon-drift@2]",
            "is there already",
        ),
        ("bets: [{question: mon-drift, level: 7}]", 6, "bets[0].level", "from 0 to 4"),
        ("comments: [{question: mon-drift}]", 6, "comments[0]", "'text' is missing"),
        (
            "votings:\n  - {question: mon-drift, voting: 2, votes: {}}",
            7,
            "votings[0].voting",
            "voting 1 of mon-drift is missing",
        ),
        ("votings:\n  - {question: mon-drift, voting: 0, votes: {}}", 7, "votings[0].voting", "from 1 to"),
        (
            "votings:\n  - {question: mon-drift, voting: 1, votes: {r9: 2}}",
            7,
            "votings[0].votes.r9",
            "no respondent has the id 'r9'",
        ),
        (
            ONE + "answers: {mon-drift: 4}}\nvotings:\n  - {question: mon-drift, voting: 1, votes: {r1: 3}}",
            7,
            "respondents[r1].answers.mon-drift",
            "voting 1 of mon-drift says 3",
        ),
        (
            ONE + "}\nvotings:\n  - {question: mon-drift, voting: 1, votes: {r1: {na: x}}}",
            9,
            "votings[0].votes.r1.na",
            "always applies",
        ),
    ],
)
def test_a_problem_is_found_at_its_line_with_what_to_write(body: str, line: int, path: str, says: str) -> None:
    found = _problems(body)
    assert [(p.line, p.path) for p in found] == [(line, path)]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "says"),
    [
        ("quarter: 2026-Q3", "quarter: 2026-Q5", 4, "quarter", "such as 2026-Q3"),
        ("quarter: 2026-Q3", "quarter: 2026", 4, "quarter", "such as 2026-Q3"),
        ("team: Demand", "team: ''", 3, "team", "must not be empty"),
        ("team: Demand", "team: 7", 3, "team", "put it in quotes"),
        ("team: Demand\n", "", 1, "", "'team' is missing"),
        ("small@1.0.0", "smal@1.0.0", 5, "questionnaire", "did you mean 'small@1.0.0'"),
        ("assessment@1", "assessment@2", 1, "format", "write mythmark/assessment@1"),
        ("format: mythmark/assessment@1\n", "", 1, "", "'format' is missing"),
    ],
)
def test_a_problem_of_the_head_is_found(old: str, new: str, line: int, path: str, says: str) -> None:
    found = _problems("", HEAD.replace(old, new))
    assert [(p.line, p.path) for p in found] == [(line, path)]
    assert says in found[0].message


def test_all_problems_are_told_in_one_run() -> None:
    body = ONE + "answers: {mon-drift: 9, foo: 1}}\ntarget: 7\nevidence: {mon-drift: {grade: E1}}\ncolour: red\n"
    assert [p.line for p in _problems(body)] == [7, 7, 8, 9, 10]


def test_a_file_in_words_is_read_as_it_is_meant() -> None:
    body = """capacity: {people: 8, working_days: '60', share: 0.10}
context: {ctx-team: 8, ctx-generative: no, ctx-rules: null}
respondents:
  - {id: 1, role: not_said, answers: {mon-drift: dk, mon-cost: {na: bought in}, gov-drift: null}, beliefs: {b01: null}}
  - {id: r2, role: risk, answers: null}
votings:
  - {question: aut-drift, voting: 2, votes: {1: dk, r2: 2}}
  - {question: aut-drift, voting: 1, votes: {1: 4}}
evidence: {mon-drift: {items: [{title: x, seen_by: r2}]}, gov-drift: {items: [{title: x}]}, aut-drift: {}}
"""
    made = _read(body).assessment
    assert made is not None
    assert made.capacity == Capacity(Decimal(8), Decimal(60), Decimal("0.10"))
    assert made.context == {"ctx-team": "8", "ctx-generative": "no"}
    assert str(made.date) == "2026-09-30"
    assert made.quarter == Quarter(2026, 3)
    first = {
        "mon-drift": DontKnow(),
        "mon-cost": NotApplicable("bought in"),
        "gov-drift": DontKnow(),
        "aut-drift": DontKnow(),
    }
    assert made.respondents[0].answers == first
    assert made.respondents[0].beliefs == {"b01": None}
    assert made.respondents[1].answers == {"aut-drift": Level(2)}
    assert [made.evidence[q].grade for q in ("mon-drift", "gov-drift", "aut-drift")] == [Grade.E2, Grade.E1, Grade.E0]


def test_a_voting_without_a_level_leaves_the_one_before_it_to_count() -> None:
    first, second = (f"  - {{question: mon-drift, voting: {n}, votes: {{r1: {v}}}}}\n" for n, v in ((1, 3), (2, "dk")))
    votes = f"votings:\n{first}{second}"
    made = _read(ONE + "answers: {mon-drift: 3}}\n" + votes).assessment
    assert made is not None
    assert made.respondents[0].answers == {"mon-drift": Level(3)}


def test_what_will_not_be_reported_is_warned_about() -> None:
    answers = ONE + "answers: {gen-prompts: 2, mon-drift: 1, mon-cost: 2}}\n"
    (overlay,) = _read(answers).warnings
    assert "gen-prompts" in overlay
    assert "ctx-generative: yes" in overlay
    assert _read(answers + "context: {ctx-generative: yes}").warnings == ()
    (pulse,) = _read(answers + "variant: pulse\ncontext: {ctx-generative: true}").warnings
    assert "mon-cost" in pulse
    assert "mon-drift" not in pulse


SETTLED = """anonymity: {terms}
settled:
  respondents: 5+
  questions:
    mon-drift: {facts}
"""


@pytest.mark.parametrize(
    ("terms", "facts", "path", "says"),
    [
        ("open", "{status: level, respondents: '3-4', from: votes}", ".level", "there is none"),
        ("open", "{status: level, level: 5, respondents: '3-4', from: votes}", ".level", "from 0 to 4"),
        ("open", "{status: unknown, level: 2, respondents: '3-4'}", ".level", "so there is no level"),
        ("open", "{status: level, level: 2, respondents: '3-4'}", ".from", "comes from agreed, votes or hands"),
        (
            "open",
            "{status: level, level: 2, respondents: '3-4', from: agreed, contested: yes}",
            ".contested",
            "not agreed",
        ),
        ("open", "{status: level, level: 2, respondents: 4, from: agreed}", ".respondents", "not one of"),
        (
            "open",
            "{status: level, level: 2, respondents: fewer than 3, from: agreed}",
            ".respondents",
            "write '0', '1' or '2'",
        ),
        ("open", "{status: level, level: 2, respondents: 5+, from: votes, ad: 2.1}", ".ad", "between 0 and 2"),
        ("open", "{status: level, level: 2, respondents: 5+, from: votes, ad: 7/0}", ".ad", "is not a number"),
        (
            "open",
            "{status: level, level: 2, respondents: 5+, from: votes, families: {boss: {median: 1}}}",
            ".families.boss",
            "no family",
        ),
        ("anonymous", "{status: level, level: 2, respondents: 5+, from: votes, rwg: 0.5}", ".rwg", "not published"),
        ("anonymous", "{status: level, level: 2, respondents: 5+, from: votes, ad: 0.55}", ".ad", "one decimal"),
        ("anonymous", "{status: level, level: 2, respondents: 3-4, from: votes, ad: 0.5}", ".ad", "from 5 answers"),
        ("anonymous", "{status: level, level: 2, respondents: '2', from: agreed}", ".respondents", "fewer than 3"),
        (
            "anonymous",
            "{status: level, level: 2, respondents: 3-4, from: votes, families: {others: {median: 1}}}",
            ".families",
            "from 6 answers",
        ),
        (
            "anonymous",
            "{status: level, level: 2, respondents: 3-4, from: votes, votings: [{voting: 1, counts: [2,0,0,0,0,9,0]}]}",
            ".votings[0]",
            "fewer than 3 levels",
        ),
    ],
)
def test_a_settled_file_with_impossible_values_is_refused(terms: str, facts: str, path: str, says: str) -> None:
    found = _problems(SETTLED.format(terms=terms, facts=facts))
    mine = [p for p in found if "is missing; write {status" not in p.message]
    assert [(p.line, p.path) for p in mine] == [(10, f"settled.questions.mon-drift{path}")]
    assert says in mine[0].message


def test_a_settled_file_needs_every_question_and_no_person() -> None:
    found = _problems(SETTLED.format(terms="open", facts="{status: unknown, respondents: '0'}") + "respondents: []\n")
    assert len([p for p in found if "is missing; write {status" in p.message]) == 11
    (person,) = (p.message for p in found if p.path == "respondents")
    assert person.startswith("a settled file holds no respondents; what counts is under settled")


HOSTILE = [
    b"",
    b"\xff\xfe" + HEAD.encode("utf-16-le"),
    HEAD.encode("latin-1") + b"purpose: caf\xe9",
    b"a: &a [x]\nb: [*a, *a, *a]",
    b"a: &a [*a]",
    b"[" * 100_000,
    b"{" * 100_000,
    b'{"a":' * 100_000,
    b"- " * 50_000,
    b"a: 1\na: 2",
    b'{"format": "mythmark/assessment@1", "format": 1}',
    b"!!python/object/apply:os.system [id]",
    b"- !!binary aGVsbG8=",
    b"%TAG ! tag:x,2000:\n--- a",
    b"a: 1\n---\nb: 2",
    b"just a text",
    b"[1, 2, 3]",
    b"null",
    b"\x00\x01\x02",
    b'a: "\\ud800"',
    b'{"format": "mythmark/assessment@1", "organization": "\\ud800"}',
    b"x: " + b"9" * 10_000,
    b"x: 0x" + b"F" * 10_000,
    b"x: 1e999999999",
    b'{"x": 1e999999999}',
    b'{"x": NaN}',
    b"? [a, b]\n: c",
    b"? {a: b}\n: c",
    b"a" * (5 * 1024 * 1024 + 1),
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    HEAD.encode() + b"respondents: [" + b"{}," * 5001 + b"]",
    HEAD.encode() + b"respondents: [[[[[[]]]]]]",
    HEAD.encode() + b"votings: [{question: [a], voting: {b: c}, votes: [d]}, 3, null]\nrespondents: [{id: [x]}, 3]",
    HEAD.encode() + b"settled: [1]",
    HEAD.encode() + b"settled: {questions: [1], ranges: 3, change: {previous: []}}",
    HEAD.encode()
    + b"settled: {respondents: 5, questions: {mon-drift: {status: []}}}\nevidence: {mon-drift: {items: 3}}",
    HEAD.encode() + b"settled: {respondents: 5, questions: 3}\nevidence: {mon-drift: {items: []}}",
    json.dumps({"format": {"a": []}, "settled": None}).encode(),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_file_is_refused_soon_and_in_words(number: int) -> None:
    started = time.perf_counter()
    with pytest.raises(Problems) as found:
        read_assessment(HOSTILE[number], "a.yaml", SHELF)
    assert 1 <= len(found.value.items) <= 300
    assert all(p.message and p.line >= 1 for p in found.value.items)
    assert time.perf_counter() - started < 5

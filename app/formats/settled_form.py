"""The settled form of an assessment file: what was published of an assessment, and nothing that was not.

Scoring it again gives the published result, because it holds everything that a Sheet holds. It has no respondents and
no votes by person. An anonymous one that says more than measurement.md 4.10 allows is refused.
"""

from typing import Any

from app.domain.questionnaire import Questionnaire
from app.domain.sheet import NO_EVIDENCE, BeliefFacts, QuestionFacts, Ranges, Sheet
from app.formats.answer_shapes import MOST_PEOPLE, MOST_QUESTIONS, evidence
from app.formats.head_shapes import Target, head
from app.formats.past_shapes import MOST_PAST, change, checked_action, checked_bet, last_full, pair, past_assessment
from app.formats.scalars import NAME, TEXT, exact, flag, known, label, text, whole
from app.formats.settled_question import check_anonymous, question_facts
from app.formats.shapes import Field, Node, Shape, exactly, optional, record, rows, table
from app.formats.vocabulary import Vocabulary

_NOT_HERE = "a settled file holds no {}; what counts is under settled, and votes by person stay where they were given"
_RAW_ONLY = ("respondents", "votings", "agreed", "hands", "actions", "comments")
_MOST_ROLES = 100
_MOST_RATIO = 100_000
_NO_RANGES = Ranges({}, None, None, {}, {})


def settled_form(words: Vocabulary, questionnaire: str, asked: Questionnaire | None) -> Shape[Sheet]:
    """The whole settled form. ``asked``: a full assessment must hold every core question of it, a pulse its pulse."""

    def check(values: dict[str, Any], node: Node) -> None:
        settled = values.get("settled", {})
        _check_whole(values, settled, node)
        if asked is not None and settled and not settled["no_live_model"]:
            given = node.data["settled"].get("questions")
            pulse = values.get("variant") == "pulse"
            for name in asked.pulse if pulse else (q.id for q in asked.core):
                if name not in (given if isinstance(given, dict) else {}):
                    node.note(f"{name} is missing; write {{status: unknown, respondents: '0'}}", "settled", "questions")

    return record(
        _sheet,
        *head(words, questionnaire, anonymity="anonymous", bets="bets_made"),
        Field("evidence", "evidence", evidence(words), default={}, get=_evidence_of),
        Field("settled", "settled", _settled(words), required=True, get=lambda sheet: sheet),
        check=check,
        elsewhere={key: _NOT_HERE.format(key) for key in _RAW_ONLY},
    )


def _settled(words: Vocabulary) -> Shape[dict[str, Any]]:
    questions = table(known(words.questions, "question"), question_facts(words), MOST_QUESTIONS)
    return record(
        dict,
        Field("respondents", "respondents", label("how many answered"), required=True),
        Field("roles", "roles", optional(whole(0, _MOST_ROLES, "a count of roles"))),
        Field("no_live_model", "no_live_model", flag(), default=False),
        Field("overlays", "overlays", rows(known(words.overlays, "overlay"), _MOST_ROLES), default=()),
        Field("questions", "questions", questions, default={}, always=True),
        Field("myths", "beliefs", table(known(words.myths, "myth"), _belief(words), MOST_QUESTIONS), default={}),
        Field("response_style", "response_style", optional(exact(1, 5, "the mean answer"))),
        Field("ranges", "ranges", _ranges(words), default=_NO_RANGES),
        Field("actions", "actions", rows(checked_action(words), 4 * MOST_QUESTIONS, lambda a: a.id, "action"), ()),
        Field("bets", "bets_checked", rows(checked_bet(words), MOST_QUESTIONS, lambda b: b.question, "bet on"), ()),
        Field("change", "change", optional(change())),
        Field("history", "history", rows(past_assessment(), MOST_PAST), default=()),
        Field("last_full", "last_full", optional(last_full())),
        Field("asked", "asked", rows(known(words.questions, "question"), MOST_QUESTIONS), default=()),
        Field("accepted", "accepted", rows(known(words.questions, "question"), MOST_QUESTIONS), default=()),
        Field("not_agreed", "not_agreed", rows(known(words.questions, "question"), MOST_QUESTIONS), default=()),
        Field("left_out", "left_out", rows(known(words.questions, "question"), MOST_QUESTIONS), default=()),
        Field("effort_ratio", "effort_ratio", optional(exact(0, _MOST_RATIO, "a ratio of efforts"))),
    )


def _belief(words: Vocabulary) -> Shape[Any]:
    tally = whole(0, MOST_PEOPLE, "a count")
    return record(
        dict,
        Field("belief", "index", optional(exact(0, 1, "a belief index")), always=True),
        Field("why", "reason", optional(text(TEXT, what="the reason"))),
        Field("undecided", "undecided", flag(), default=False),
        Field(
            "opinions",
            "counts",
            table(known(words.beliefs, "belief"), exactly(5, tally, "how often each of 1 to 5"), MOST_QUESTIONS),
            default={},
        ),
    )


def _ranges(words: Vocabulary) -> Shape[Ranges]:
    dimension = known(words.dimensions, "dimension")
    return record(
        Ranges,
        Field("dimensions", "dimensions", table(dimension, optional(pair(0, 4, "a mean of levels")), 100), default={}),
        Field("stability", "stability", optional(exact(0, 1, "a share")), always=True),
        Field("provisional", "provisional", optional(rows(known(words.myths, "myth"), MOST_QUESTIONS)), always=True),
        Field("alpha", "alpha", table(dimension, optional(exact(-2, 1, "alpha")), 100), default={}),
        Field("why", "reasons", table(text(NAME), text(TEXT, what="the reason"), MOST_QUESTIONS), default={}),
    )


def _evidence_of(sheet: Sheet) -> dict[str, Any]:
    return {name: facts.evidence for name, facts in sheet.questions.items() if facts.evidence != NO_EVIDENCE}


def _sheet(settled: dict[str, Any], evidence: dict[str, Any], target: Target, **rest: Any) -> Sheet:  # noqa: ANN401
    del rest["format"], rest["questionnaire"]
    date = rest.pop("date") or rest["quarter"].last_day
    questions = {
        name: QuestionFacts(question=name, evidence=evidence.get(name, NO_EVIDENCE), **facts)
        for name, facts in settled.pop("questions").items()
    }
    beliefs = {name: BeliefFacts(myth=name, **facts) for name, facts in settled.pop("beliefs").items()}
    return Sheet(
        date=date,
        target=target.default,
        target_levels=target.by_question,
        questions=questions,
        beliefs=beliefs,
        **settled,
        **rest,
    )


def _check_whole(values: dict[str, Any], settled: dict[str, Any], node: Node) -> None:
    if values.get("stable_ids") and values.get("anonymity") == "anonymous":
        node.note("only an open assessment can say that ids are stable; leave it out", "respondent_ids")
    questions = settled.get("questions", {})
    for myth, said in settled.get("beliefs", {}).items() if values.get("anonymity") == "anonymous" else ():
        if said["counts"]:
            node.note("opinions of an anonymous assessment are not counted; leave them out", "settled", "myths", myth)
    for name in values.get("evidence", {}) if settled else ():
        if name not in (node.data["settled"].get("questions") or {}):
            node.note(f"{name} is not among the settled questions; leave its evidence out", "evidence", name)
    for name, facts in questions.items():
        at = Node(None, (*node.path, "settled", "questions", name), node.notes)
        if values.get("anonymity") == "anonymous":
            check_anonymous(name, facts, at)
        elif facts["respondents"] == "fewer than 3":
            at.note("an open assessment says how many: write '0', '1' or '2'", "respondents")

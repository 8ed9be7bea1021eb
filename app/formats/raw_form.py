"""The raw form of an assessment file: respondents one by one, as somebody wrote them down who collected the answers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args

from app.domain.answers import (
    ActionStatus,
    Answer,
    Assessment,
    Level,
    ReleasedComment,
    ReportedAction,
    Respondent,
    Voting,
)
from app.formats.answer_shapes import (
    MOST_PEOPLE,
    MOST_QUESTIONS,
    agreed,
    answer,
    answers,
    evidence,
    hands,
    refuse_na,
)
from app.formats.head_shapes import Target, head
from app.formats.scalars import TEXT, amount, day, known, label, one_of, quarter, text, whole
from app.formats.shapes import Field, Node, Shape, optional, record, rows, said, table
from app.formats.vocabulary import Vocabulary

MOST_VOTINGS = 2000
_MOST_DAYS = 100_000


def raw_form(words: Vocabulary, questionnaire: str) -> Shape[Assessment]:
    """The whole raw form. ``questionnaire`` is the name that is written."""
    return record(
        _assessment,
        *head(words, questionnaire, anonymity="open", bets="bets"),
        Field("respondents", "respondents", rows(_respondent(words), MOST_PEOPLE, lambda r: r.id, "respondent"), ()),
        Field("agreed", "agreed", agreed(words), default={}),
        Field("hands", "hands", hands(words), default={}),
        Field("evidence", "evidence", evidence(words), default={}),
        Field("actions", "actions", rows(_action(words), MOST_QUESTIONS * 4, lambda a: a.id, "action"), default=()),
        Field("votings", "votings", rows(_voting(words), MOST_VOTINGS, _voting_name, "voting"), default=()),
        Field("comments", "comments", rows(_comment(words), MOST_PEOPLE), default=()),
        check=_check,
    )


def _assessment(format: str, questionnaire: str, target: Target, **rest: Any) -> Assessment:  # noqa: A002, ARG001, ANN401
    date = rest.pop("date") or rest["quarter"].last_day
    made = Assessment(date=date, target=target.default, target_levels=target.by_question, **rest)
    return replace(made, respondents=tuple(_with_votes(r, made.votings) for r in made.respondents))


def _respondent(words: Vocabulary) -> Shape[Respondent]:
    agreement = optional(whole(1, 5, "how far the respondent agrees,"))
    return record(
        Respondent,
        Field("id", "id", label("the respondent's id"), required=True),
        Field("role", "role", known(words.roles, "role"), required=True),
        Field("answers", "answers", answers(words), default={}),
        Field("beliefs", "beliefs", table(known(words.beliefs, "belief"), agreement, MOST_QUESTIONS), default={}),
    )


def _action(words: Vocabulary) -> Shape[ReportedAction]:
    return record(
        ReportedAction,
        Field("id", "id", known(words.steps, "action"), required=True),
        Field("status", "status", one_of(*get_args(ActionStatus)), required=True),
        Field("owner", "owner", optional(label("the owner"))),
        Field("started", "started", optional(day())),
        Field("effort_days", "effort_days", optional(amount(_MOST_DAYS, zero=True, what="the effort in days"))),
        Field("verified_in", "verified_in", optional(quarter())),
    )


def _voting(words: Vocabulary) -> Shape[Voting]:
    def check(values: dict[str, Any], node: Node) -> None:
        for person, vote in values.get("votes", {}).items():
            refuse_na(words, values.get("question"), vote, Node(None, (*node.path, "votes", person), node.notes))

    return record(
        Voting,
        Field("question", "question", known(words.questions, "question"), required=True),
        Field("voting", "number", whole(1, MOST_QUESTIONS, "the number of the voting"), required=True),
        Field("votes", "votes", table(label("a respondent's id"), answer(), MOST_PEOPLE), required=True),
        check=check,
    )


def _voting_name(voting: Voting) -> str:
    return f"{voting.question}, voting {voting.number}"


def _comment(words: Vocabulary) -> Shape[ReleasedComment]:
    return record(
        ReleasedComment,
        Field("question", "question", known(words.questions, "question"), required=True),
        Field("text", "text", text(TEXT, what="the comment"), required=True),
    )


def _check(values: dict[str, Any], node: Node) -> None:
    if values.get("stable_ids") and values.get("anonymity") == "anonymous":
        node.note("only an open assessment can say that ids are stable; leave it out", "respondent_ids")
    listed = node.data.get("respondents")
    people = [r.get("id") for r in listed if isinstance(r, dict)] if isinstance(listed, list) else []
    _check_votings(values.get("votings", ()), values.get("respondents", ()), {_name(p) for p in people}, node)


def counting(votings: Iterable[Voting]) -> dict[str, Voting]:
    """The voting that counts, by question: the last with a level, else the last (measurement.md 4.14)."""
    found: dict[str, Voting] = {}
    for voting in sorted(votings, key=lambda v: v.number):
        if voting.question not in found or any(isinstance(v, Level) for v in voting.votes.values()):
            found[voting.question] = voting
    return found


def _with_votes(person: Respondent, votings: tuple[Voting, ...]) -> Respondent:
    """The respondent with the votes of the voting that counts, where the file gives no answer of its own."""
    cast = {q: v.votes[person.id] for q, v in counting(votings).items() if person.id in v.votes}
    return replace(person, answers={**cast, **person.answers}) if cast else person


def _check_votings(votings: tuple[Voting, ...], people: tuple[Respondent, ...], ids: set[str], node: Node) -> None:
    rows_of = _voting_rows(node)
    # From the rows as they are: a voting that could not be read is there all the same.
    numbers = {v.question: {n for q, n in rows_of if q == v.question} for v in votings}
    for voting in votings:
        at = rows_of[voting.question, str(voting.number)]
        for person in voting.votes:
            if person not in ids:
                node.note(f"no respondent has the id {said(person)}", "votings", at, "votes", person)
    highest = {v.question: v.number for v in sorted(votings, key=lambda v: v.number)}
    for question, top in highest.items():
        gap = next((n for n in range(1, top) if str(n) not in numbers[question]), None)
        if gap is not None:
            at = rows_of[question, str(top)]
            node.note(f"voting {gap} of {question} is missing; votings are numbered 1, 2, 3", "votings", at, "voting")
    last = counting(votings)
    for index, one in _places(people, node):
        for question, given in one.answers.items():
            voted = last[question].votes.get(one.id) if question in last else None
            if voted is not None and voted != given:
                which = f"voting {last[question].number} of {question}"
                message = f"{_shown(given)}, but {which} says {_shown(voted)}; write the same, or leave the answer out"
                node.note(message, "respondents", index, "answers", question)


def _places(people: tuple[Respondent, ...], node: Node) -> Iterable[tuple[int, Respondent]]:
    by_id = {p.id: p for p in people}
    listed = node.data.get("respondents")
    for index, row in enumerate(listed if isinstance(listed, list) else ()):
        name = _name(row.get("id")) if isinstance(row, dict) else ""
        if name in by_id:
            yield index, by_id.pop(name)


def _voting_rows(node: Node) -> dict[tuple[str, str], int]:
    """Where in the list a voting stands, the first of that question and number."""
    listed = node.data.get("votings")
    found: dict[tuple[str, str], int] = {}
    for index, row in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(row, dict):
            found.setdefault((_name(row.get("question")), _name(row.get("voting"))), index)
    return found


def _name(data: object) -> str:
    return data if isinstance(data, str) else said(data)


def _shown(value: Answer) -> str:
    return str(value.level) if isinstance(value, Level) else str(answer().write(value))

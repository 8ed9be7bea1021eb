"""Small assessments for the tests: respondents, votes and evidence in one line each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.domain.answers import (
    Agreed,
    Anonymity,
    Answer,
    Assessment,
    Capacity,
    DontKnow,
    Evidence,
    EvidenceItem,
    Grade,
    Level,
    NotApplicable,
    Respondent,
)
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.domain.result import Result
from app.domain.score import score
from app.domain.settle import Past, settle
from app.planner.plan import plan

DK = DontKnow()
SEEN = Evidence(Grade.E2, (EvidenceItem("record", "wiki", dt.date(2026, 8, 1), "somebody else"),))
BLANK = Assessment(
    organization="Example Retail",
    team="Demand forecasting",
    quarter=Quarter(2026, 3),
    date=dt.date(2026, 9, 30),
    capacity=Capacity(Decimal(8), Decimal(60), Decimal("0.10")),
)


def answer(plain: int | str | None) -> Answer:
    """A level, "dk", or the reason why it does not apply."""
    if plain is None or plain == "dk":
        return DK
    return Level(plain) if isinstance(plain, int) else NotApplicable(plain)


def person(name: str, role: str, **answers: int | str | None) -> Respondent:
    """A respondent; underscores in question ids stand for hyphens."""
    return Respondent(name, role, {q.replace("_", "-"): answer(a) for q, a in answers.items()})


def voted(question: str, votes: Sequence[tuple[str, int | str | None]], anonymity: Anonymity = "open") -> Assessment:
    """An assessment in which one question was answered by these (role, answer) pairs."""
    people = tuple(Respondent(f"r{i:03}", role, {question: answer(a)}) for i, (role, a) in enumerate(votes))
    return replace(BLANK, respondents=people, anonymity=anonymity)


def agreed_all(questionnaire: Questionnaire, level: int, **others: int | str) -> Assessment:
    """Every core question agreed at one level with evidence seen, but for the others named."""
    levels: Mapping[str, int | str] = {q.replace("_", "-"): a for q, a in others.items()}
    settled = {q.id: Agreed(_settled(levels.get(q.id, level))) for q in questionnaire.core}
    return replace(BLANK, agreed=settled, evidence=dict.fromkeys(settled, SEEN))


def _settled(plain: int | str) -> Level | NotApplicable:
    return Level(plain) if isinstance(plain, int) else NotApplicable(plain)


def before(base: Assessment, quarter: int = 2) -> Assessment:
    """The same, in an earlier quarter."""
    return replace(base, quarter=Quarter(2026, quarter), date=dt.date(2026, 3 * quarter, 28))


def judged(now: Assessment, questionnaire: Questionnaire, past: Sequence[Assessment] = ()) -> Result:
    """Score and plan, with the earlier quarters settled in order."""
    history: list[Past] = []
    for one in sorted(past, key=lambda p: p.quarter):
        history.append(Past(settle(one, questionnaire, history), questionnaire, one))
    sheet = settle(now, questionnaire, history)
    card = score(sheet, questionnaire)
    return Result(questionnaire, sheet, card, plan(sheet, card, questionnaire), "0" * 64)

"""The result as a spreadsheet: summary, answers, myths, actions and method, a sheet each.

Words come from the report, numbers from the result, as numbers that can be computed with.
"""

from collections.abc import Sequence
from fractions import Fraction

from app.domain.report.pages import Report
from app.domain.result import Result
from app.domain.scorecard import QuestionScore
from app.formats.numbers import reasons
from app.formats.spreadsheet_workshop import voted_again_block, workshop_word
from app.formats.workbook import As, Block, Cell, Column, Page, draw_workbook


def result_xlsx(report: Report, result: Result) -> bytes:
    """The five sheets as XLSX; the same bytes for the same report and result."""
    pages = (
        _summary(report, result),
        _answers(report, result),
        _myths(report, result),
        _actions(report, result),
        _method(report, result),
    )
    return draw_workbook(pages, report.title, report.subject, result.sheet.date)


def _lead(report: Report) -> str:
    return f"{report.organization} · {report.team} · {report.quarter}"


def _summary(report: Report, result: Result) -> Page:
    block, card = report.sponsor.stage, result.scorecard
    stage: list[tuple[Cell, ...]] = [("Stage", None if card.stage is None else card.stage.supported, block.say)]
    if card.stage is not None:
        stage.append(("Stage as claimed", card.stage.claimed, ""))
        stage.append(("Share of panels with this stage", As(card.stage.stability, "share"), card.stage.stability_why))
    cover = report.cover
    named = (("Purpose", cover.purpose), ("Answered by", cover.answered_by), ("Questionnaire", cover.questionnaire))
    stage += [(name, None, text) for name, text in named if text]
    facts = Block("", (Column("What", width=30), Column("Number", "whole"), Column("In words", width=48)), tuple(stage))
    names = {d.id: d.name for d in result.questionnaire.dimensions}
    levels = tuple(Column(title, "level") for title in ("Claimed", "Low", "High", "Range from", "Range to", "Pulse"))
    dimensions = Block(
        "Dimensions, 0 to 4",
        (
            Column("Dimension", width=30),
            Column("Supported", "level"),
            Column("Note", width=48),
            *levels,
            Column("Answered", "share"),
        ),
        tuple(
            (
                names.get(name, name),
                one.supported,
                reasons(one.why, None if one.range90 else one.range_why),
                one.claimed,
                one.low,
                one.high,
                *(one.range90 or (None, None)),
                one.pulse,
                one.coverage,
            )
            for name, one in card.dimensions.items()
        ),
    )
    blockers = Block(
        block.blockers_title or "What blocks the next stage",
        (Column("Blocker"), Column("Have", "whole"), Column("In words"), Column("Need", "whole")),
        tuple((row.label, row.have, row.text, row.need) for row in block.blockers),
    )
    points = tuple(
        Block(title, (Column(title), Column(""), Column("In words")), tuple((p.title, None, p.text) for p in found))
        for title, found in (
            ("Strengths", report.sponsor.strengths),
            ("Risks", report.sponsor.risks),
            ("For leadership", report.sponsor.leadership),
        )
        if found
    )
    return Page("Summary", report.sponsor.headline, _lead(report), (facts, dimensions, blockers, *points))


_ANSWERS = (
    Column("Question", width=26),
    Column("Capability", width=40),
    Column("Dimension", width=16),
    Column("Status", width=10),
    Column("Supported", "whole", 11),
    Column("Claimed", "whole", 10),
    Column("Evidence", width=10),
    Column("From", width=10),
    Column("Gave a level", width=14),
    Column("AD", "level", 8),
    Column("Contested", width=11),
    Column("Votes apart", width=12),
    Column("Single source", width=14),
    Column("Visibility gap", width=14),
    Column("Workshop", width=20),
    Column("Note", width=48),
)


def _answers(report: Report, result: Result) -> Page:
    names = {d.id: d.name for d in result.questionnaire.dimensions}
    blocks = [Block("", _ANSWERS, tuple(_answer(s, result, names) for s in result.scorecard.questions.values()))]
    if result.scorecard.overlay:
        rows = tuple(_answer(s, result, names) for s in result.scorecard.overlay.values())
        title = "Reported apart" if report.stand.overlay is None else report.stand.overlay.name
        blocks.append(Block(title, _ANSWERS, rows))
    return Page("Answers", report.stand.headline, _lead(report), (*blocks, *voted_again_block(result)))


def _answer(score: QuestionScore, result: Result, names: dict[str, str]) -> tuple[Cell, ...]:
    facts = score.facts
    question = result.questionnaire.question(facts.question)
    return (
        facts.question,
        question.capability,
        names.get(question.dimension, question.dimension),
        {"level": "level", "unknown": "unknown", "na": "not applicable"}[facts.status],
        score.supported,
        score.claimed,
        facts.evidence.grade.name,
        facts.origin,
        facts.respondents,
        facts.ad,
        facts.contested,
        facts.votes_apart,
        facts.single_source,
        facts.visibility_gap,
        workshop_word(facts.question, result.sheet),
        reasons(facts.note, facts.reason),
    )


def _myths(report: Report, result: Result) -> Page:
    columns = (
        Column("Myth", width=30),
        Column("Verdict", width=22),
        Column("Practice against it", "share", 12),
        Column("Not agreed with", "share", 12),
        Column("Evidence", "share"),
        Column("Rank gap", "whole"),
        Column("Undecided"),
        Column("Provisional"),
        Column("Claim", width=44),
        Column("Documented reality", width=44),
        Column("In words", width=44),
        Column("Note", width=30),
    )
    cards = {card.id: card for card in report.myths.cards}
    rows: list[tuple[Cell, ...]] = []
    for name, one in (result.scorecard.myths or {}).items():
        card, known = cards.get(name), result.questionnaire.myths_by_id.get(name)
        numbers: tuple[Cell, ...] = (one.behaviour, one.belief, one.evidence_share, one.rank_gap)
        words = (one.cell, "", "", "") if card is None else (card.cell_name, card.claim, card.reality, card.sentence)
        flags = (one.undecided, bool(one.provisional))
        rows.append((known.name if known else name, words[0], *numbers, *flags, *words[1:], one.why))
    return Page("Myths", report.myths.headline, report.myths.lead or _lead(report), (Block("", columns, tuple(rows)),))


_STEPS = (
    Column("Action", width=28),
    Column("What", width=48),
    Column("Quarter", "whole", 10),
    Column("Kind", width=8),
    Column("Person-days", "whole", 12),
    Column("Points", "whole", 9),
    Column("Because of", width=26),
    Column("Needs", width=30),
    Column("Unlocks", width=30),
    Column("Backlog", width=12),
    Column("Quick win", width=11),
)


def _actions(report: Report, result: Result) -> Page:
    plan, titles = result.roadmap, {name: step.title for name, step in result.questionnaire.steps.items()}
    planned = tuple(
        (
            action.id,
            action.title,
            quarter.number,
            action.kind,
            action.days,
            action.points,
            ", ".join(f"{reason} {points}" for reason, points in action.reasons),
            ", ".join(action.needs),
            ", ".join(action.unlocks),
            action.backlog,
            action.quick_win,
        )
        for quarter in plan.quarters
        for action in quarter.actions
    )
    blocks = [Block("", _STEPS, planned)]
    blocks += _list("Next steps", "Person-days", [(step.id, step.title, step.days) for step in plan.next_steps])
    blocks += _list("Deferred", "", [(one.id, f"{titles.get(one.id, '')}: {one.why}", None) for one in plan.deferred])
    checked = [(one.id, _checked(one.status, one.why), one.effort_days) for one in result.sheet.actions]
    blocks += _list("The last plan, checked", "Person-days spent", checked)
    return Page("Actions", report.roadmap.headline, report.roadmap.lead or _lead(report), tuple(blocks))


def _checked(status: str, why: str | None) -> str:
    return status.replace("_", " ") + (f": {why}" if why else "")


def _list(heading: str, number: str, rows: Sequence[tuple[str, str, int | Fraction | None]]) -> list[Block]:
    columns = (Column("Action"), Column("What"), Column(number, "level" if "spent" in number else "whole"))
    return [Block(heading, columns, tuple(rows))] if rows else []


def _method(report: Report, result: Result) -> Page:
    three = (Column("What", width=36), Column("In words", width=100), Column("Rule", width=12))
    appendix, asked = report.appendix, result.questionnaire
    texts: list[tuple[Cell, ...]] = [(part.title, part.text, part.rule) for part in appendix.method]
    texts += [("Limit", limit, "") for limit in appendix.limits]
    origin = (*appendix.provenance, ("Questionnaire digest", asked.digest), ("Input digest", result.input_digest))
    blocks = (
        Block("", three, tuple(texts)),
        Block("Where it comes from", three[:2], tuple(dict.fromkeys(origin))),
        Block("References", three[:2], tuple((r.title, f"{r.url} {r.verification}") for r in appendix.references)),
    )
    return Page("Method", "How the numbers are made", _lead(report), blocks)

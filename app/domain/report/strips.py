"""The vote distributions: one row a question, at most twelve rows a figure, widest spread first."""

from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.figures import FamilyMark, Strip, StripChart
from app.domain.report.pages import Figure, KeyEntry, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import QuestionScore
from app.domain.sheet import OTHERS, Ballot

_ROWS = 12
_TO_COMPARE = 2


def last_ballot(score: QuestionScore) -> Ballot | None:
    """The last voting whose counts may be shown and that more than one person took part in."""
    return next((b for b in reversed(score.facts.ballots) if b.counts and sum(b.counts) >= _TO_COMPARE), None)


def strips(reading: Reading) -> tuple[Figure, ...]:
    """Distributions in figures of at most twelve rows, widest spread first."""
    voted = [(q, s, b) for q, s in reading.scored if (b := last_ballot(s))]
    voted.sort(key=lambda item: (item[1].facts.ad is None, -(item[1].facts.ad or 0)))
    chunks = [voted[n : n + _ROWS] for n in range(0, len(voted), _ROWS)]
    return tuple(_strip_figure(reading, n, chunk, len(chunks)) for n, chunk in enumerate(chunks, start=1))


def _strip_figure(
    reading: Reading, place: int, rows: list[tuple[Question, QuestionScore, Ballot]], chunks: int
) -> Figure:
    strips = tuple(_strip(reading, q, s, b) for q, s, b in rows)
    said = _strip_finding(rows) if place == 1 else _further(rows)
    part = f" Part {place} of {chunks}, widest spread first." if chunks > 1 else ""
    told = " ".join(f"{strip.name}: {told_counts(strip)}." for strip in strips)
    return Figure(
        id=f"votes-{place}",
        finding=said,
        sub=f"Votes by level; the line is the median.{part}",
        alt=f"{said}. {told}",
        chart=StripChart(strips),
        key=strip_key(reading, strips),
        numbers=_strip_numbers(rows),
        why=reading.why(*(f"questions.{q.id}.ad" for q, _, _ in rows)),
    )


def _strip(reading: Reading, question: Question, score: QuestionScore, ballot: Ballot) -> Strip:
    counts = ballot.counts or (0,) * 7
    order = {f.id: n for n, f in enumerate(reading.questionnaire.families)}
    families = sorted(score.facts.families.items(), key=lambda item: order.get(item[0], len(order)))
    return Strip(
        name=question.capability,
        counts=(counts[0], counts[1], counts[2], counts[3], counts[4]),
        dk=counts[5],
        na=counts[6],
        median=None if ballot.median is None else float(ballot.median),
        families=tuple(FamilyMark(key, reading.family(key), float(median)) for key, median in families),
        agreed=score.facts.level if score.facts.origin == "agreed" else None,
        contested=score.facts.contested,
        note=_strip_note(score),
    )


def _strip_note(score: QuestionScore) -> str:
    if score.facts.contested:
        return "contested"
    if score.facts.origin == "agreed":
        return "agreed, votes were apart" if score.facts.votes_apart else "agreed"
    return ""


def _strip_finding(rows: list[tuple[Question, QuestionScore, Ballot]]) -> str:
    contested = sum(s.facts.contested for _, s, _ in rows)
    question, score, _ = rows[0]
    if score.facts.ad is None:
        return f"How the votes fell on {w.counted(len(rows), 'question')}"
    if not score.facts.ad:
        return (
            "Everybody gave the same level"
            if len(rows) == 1
            else f"On {w.counted(len(rows), 'question')} everybody gave the same level"
        )
    split = (
        f"{question.capability} splits you {'most' if len(rows) > 1 else 'here'}: votes lie "
        f"{w.level(score.facts.ad)} from the median on average"
    )
    # Of these only: contested questions stand in other parts too, and some whose votes may not be shown in none.
    return f"{split}; {w.number(contested)} of these questions are contested" if contested > 1 else split


def _further(rows: list[tuple[Question, QuestionScore, Ballot]]) -> str:
    """The finding over a later part: how wide its widest spread is."""
    more, widest = w.counted(len(rows), "more question"), rows[0][1].facts.ad
    if widest is None:
        return f"How the votes fell on {more}"
    contested = sum(s.facts.contested for _, s, _ in rows)
    if contested:
        return f"{w.capital(w.of(contested, len(rows)))} more questions {w.agree(contested, 'is', 'are')} contested"
    if not widest:
        return f"On {more} everybody gave the same level"
    return f"On {more} votes lie {w.level(widest)} levels from the median or less"


def told_counts(strip: Strip) -> str:
    """The votes of a row in words."""
    parts = [f"{w.figures(count, 'vote')} for {level}" for level, count in enumerate(strip.counts) if count]
    parts += [f"{strip.dk} did not know"] * bool(strip.dk) + [f"{strip.na} found it not applicable"] * bool(strip.na)
    return w.listed(parts) or "no vote"


def strip_key(reading: Reading, strips: tuple[Strip, ...]) -> tuple[KeyEntry, ...]:
    """What the marks in these rows mean."""
    present = {mark.family for strip in strips for mark in strip.families}
    key = [KeyEntry("median", "median of all votes")]
    for family, mark in (
        ("builders", "builders"),
        ("runners", "runners"),
        ("deciders", "deciders"),
        (OTHERS, "others"),
    ):
        if family in present:
            key.append(KeyEntry(mark, f"median of {reading.family(family)}"))  # type: ignore[arg-type]
    if any(strip.agreed is not None for strip in strips):
        key.append(KeyEntry("agreed", "level that the room agreed on"))
    if any(strip.contested for strip in strips):
        key.append(KeyEntry("contested", "contested"))
    return tuple(key)


def _strip_numbers(rows: list[tuple[Question, QuestionScore, Ballot]]) -> Table:
    body = tuple(
        (
            q.capability,
            *(str(count) for count in (b.counts or ())),
            w.level(b.median) if b.median is not None else "not shown",
            w.level(s.facts.ad) if s.facts.ad is not None else "not shown",
        )
        for q, s, b in rows
    )
    header = ("Question", "0", "1", "2", "3", "4", "Not known", "Not applicable", "Median", "Apart on average")
    return Table("Votes by level", header, body, (False, *(True,) * 9))

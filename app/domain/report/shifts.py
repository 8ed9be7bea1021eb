"""What a second vote changed: first and last voting of a question side by side, and the shift in words."""

from fractions import Fraction

from app.domain.consensus import average_deviation
from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.figures import Strip, StripChart
from app.domain.report.pages import Figure, Table
from app.domain.report.reading import Reading
from app.domain.report.strips import strip_key, told_counts
from app.domain.scorecard import QuestionScore
from app.domain.sheet import Ballot

#: Two rows a question.
_QUESTIONS = 6
_BOTH = 2


def voted_again(reading: Reading) -> list[tuple[Question, QuestionScore, Ballot, Ballot]]:
    """The questions that were voted on more than once, with their first and last voting."""
    scored = ((q, s, s.facts.ballots) for q, s in reading.scored)
    return [(q, s, ballots[0], ballots[-1]) for q, s, ballots in scored if len(ballots) > 1]


def both_votings(reading: Reading) -> tuple[Figure, ...]:
    """Both votings of the questions of which both may be shown, at most six a figure."""
    shown = [found for found in voted_again(reading) if found[2].counts and found[3].counts]
    chunks = [shown[n : n + _QUESTIONS] for n in range(0, len(shown), _QUESTIONS)]
    return tuple(_figure(reading, n, chunk, len(chunks)) for n, chunk in enumerate(chunks, start=1))


def shifts(reading: Reading) -> Table | None:
    """What each further vote changed, in words; medians that may not be shown are said to be so."""
    rows = tuple(
        (q.capability, _median(first), _median(last), _agreed(s), _moved(first, last))
        for q, s, first, last in voted_again(reading)
    )
    if not rows:
        return None
    header = ("Question", "Median of the first vote", "Median of the last vote", "Agreed level", "What changed")
    return Table("What the talk between two votes changed", header, rows, (False, True, True, True, False))


def _figure(
    reading: Reading, place: int, rows: list[tuple[Question, QuestionScore, Ballot, Ballot]], chunks: int
) -> Figure:
    strips = tuple(strip for q, s, first, last in rows for strip in _pair(q, s, first, last))
    said = _finding(rows)
    part = f" Part {place} of {chunks}." if chunks > 1 else ""
    told = " ".join(f"{strip.name}, {strip.note}: {told_counts(strip)}." for strip in strips)
    return Figure(
        id=f"votings-{place}",
        finding=said,
        sub=f"First and last vote on the same question; the line is the median.{part}",
        alt=f"{said}. {told}",
        chart=StripChart(strips),
        key=strip_key(reading, strips),
        numbers=_numbers(rows),
        why=(),
    )


def _pair(question: Question, score: QuestionScore, first: Ballot, last: Ballot) -> tuple[Strip, Strip]:
    agreed = score.facts.level if score.facts.origin == "agreed" else None
    settled = f", then agreed on {agreed}" if agreed is not None else ""
    return (
        _strip(question.capability, first, "first vote", None),
        _strip(question.capability, last, f"{_which(last)} vote{settled}", agreed),
    )


def _strip(name: str, ballot: Ballot, note: str, agreed: int | None) -> Strip:
    counts = ballot.counts or (0,) * 7
    return Strip(
        name=name,
        counts=(counts[0], counts[1], counts[2], counts[3], counts[4]),
        dk=counts[5],
        na=counts[6],
        median=None if ballot.median is None else float(ballot.median),
        families=(),
        agreed=agreed,
        contested=False,
        note=note,
    )


def _numbers(rows: list[tuple[Question, QuestionScore, Ballot, Ballot]]) -> Table:
    body = tuple(
        (q.capability, _which(ballot), *map(str, ballot.counts or ()), _median(ballot))
        for q, _, *both in rows
        for ballot in both
    )
    header = ("Question", "Vote", "0", "1", "2", "3", "4", "Not known", "Not applicable", "Median")
    return Table("First and last vote by level", header, body, (False, False, *(True,) * 8))


def _which(ballot: Ballot) -> str:
    return w.ordinal(ballot.number)


def _finding(rows: list[tuple[Question, QuestionScore, Ballot, Ballot]]) -> str:
    closer = sum(_apart(last) < _apart(first) for _, _, first, last in rows)
    if not closer:
        return f"The talk brought votes no closer on {w.counted(len(rows), 'question')}"
    if len(rows) == 1:
        return "The talk brought votes closer together"
    told = w.of(closer, len(rows)) if closer < len(rows) else "both" if closer == _BOTH else f"all {w.number(closer)}"
    return f"The talk brought votes closer together on {told} questions"


def _apart(ballot: Ballot) -> Fraction:
    """How far the votes of a voting lie from their median on average; 0 without levels."""
    votes = [level for level, count in enumerate((ballot.counts or ())[:5]) for _ in range(count)]
    return average_deviation(votes) or Fraction(0)


def _median(ballot: Ballot) -> str:
    return "not shown" if ballot.median is None else w.level(ballot.median)


def _agreed(score: QuestionScore) -> str:
    agreed = score.facts.origin == "agreed" and score.facts.level is not None
    return str(score.facts.level) if agreed else "none"


def _moved(first: Ballot, last: Ballot) -> str:
    if not first.counts or not last.counts:
        missing = "One of the two votes" if first.counts or last.counts else "Both votes"
        return f"{missing} may not be shown."
    before, after = _apart(first), _apart(last)
    if not after and before:
        spread = "in the end everybody gave the same level"
    elif after < before:
        spread = "votes came closer together"
    elif after > before:
        spread = "votes moved further apart"
    else:
        spread = "votes lie as they lay before" if first.median == last.median else "votes moved together"
    if first.median is None or last.median is None or first.median == last.median:
        return w.sentence(spread)
    direction = "up" if last.median > first.median else "down"
    return f"The median moved {direction}; {spread}."

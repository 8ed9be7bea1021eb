"""Where we disagree: how the votes spread, what is contested, what role families see, what a second vote changed."""

from fractions import Fraction

from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.figures import FamilyMark, Strip, StripChart
from app.domain.report.pages import Disagreement, Figure, KeyEntry, Point, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import QuestionScore
from app.domain.sheet import OTHERS, Ballot

_ROWS = 12
_DEPENDABLE = Fraction(4, 5)
_TENTATIVE = Fraction(667, 1000)
_FAMILY_MARKS = {"builders", "runners", "deciders", OTHERS}


def disagreement(reading: Reading) -> Disagreement:
    """The section on disagreement; its lead says so kindly when there was nothing to vote on."""
    return Disagreement(
        headline=headline(reading),
        lead=_lead(reading),
        strips=_strips(reading),
        contested=tuple(_contested(reading, q, s) for q, s in reading.scored if s.facts.contested),
        gaps=_gaps(reading),
        visibility=tuple(_visibility(q, s) for q, s in reading.scored if s.facts.visibility_gap),
        shifts=_shifts(reading),
        released=tuple(Point(q.capability, w.quoted(text)) for q, s in reading.scored for text in s.facts.comments),
        reliability=_reliability(reading),
        why=reading.why("agreement.*", *(f"questions.{q.id}.ad" for q, _ in reading.scored)),
        apart=tuple(_apart(reading, q, s) for q, s in reading.scored if _was_apart(s)),
    )


def _was_apart(score: QuestionScore) -> bool:
    return score.facts.origin == "agreed" and (score.facts.votes_apart or score.facts.differs_from_votes)


def last_ballot(score: QuestionScore) -> Ballot | None:
    """The last voting whose counts may be shown."""
    return next((b for b in reversed(score.facts.ballots) if b.counts), None)


def headline(reading: Reading) -> str:
    """The finding over the section."""
    contested = sum(s.facts.contested for _, s in reading.scored)
    gaps = len(reading.card.agreement.perception_gaps)
    apart = sum(s.facts.votes_apart and s.facts.origin == "agreed" for _, s in reading.scored)
    if contested:
        return f"{w.capital(w.counted(contested, 'question'))} {w.agree(contested, 'is', 'are')} contested"
    if gaps:
        return f"Role families see {w.counted(gaps, 'question')} two levels apart or more"
    if apart:
        return f"You came together on {w.counted(apart, 'question')} where votes were apart"
    if any(last_ballot(s) for _, s in reading.scored):
        return "No question is contested"
    if any(s.facts.origin == "agreed" for _, s in reading.scored):
        return "You agreed on every level together" if _all_agreed(reading) else "There were no votes to compare"
    return "There is no disagreement to show yet"


def _all_agreed(reading: Reading) -> bool:
    known = [s for _, s in reading.scored if s.supported is not None]
    return bool(known) and all(s.facts.origin == "agreed" for s in known)


def _lead(reading: Reading) -> str:
    if reading.sheet.no_live_model or not reading.levels:
        return "Once people vote, this section shows where they see things differently, never who."
    if any(last_ballot(s) for _, s in reading.scored):
        limit = w.level(reading.questionnaire.rules.ad_max)
        return (
            "People who see the same work differently are a finding, not a fault. A question without an agreed level is "
            f"contested when votes lie more than {limit} level from their median on average."
        )
    if _all_agreed(reading):
        return (
            "Every level was settled in conversation, so there are no votes to lay side by side. That is a good way to work; "
            "a secret vote before the talk would also show what nobody likes to say first."
        )
    return "Too few votes were given to show how they spread without showing whose they are."


def _strips(reading: Reading) -> tuple[Figure, ...]:
    """Distributions in figures of at most twelve rows, widest spread first."""
    voted = [(q, s, b) for q, s in reading.scored if (b := last_ballot(s))]
    voted.sort(key=lambda item: (item[1].facts.ad is None, -(item[1].facts.ad or 0)))
    chunks = [voted[n : n + _ROWS] for n in range(0, len(voted), _ROWS)]
    return tuple(_strip_figure(reading, n, chunk, len(chunks)) for n, chunk in enumerate(chunks, start=1))


def _strip_figure(reading: Reading, place: int, rows: list[tuple[Question, QuestionScore, Ballot]], chunks: int) -> Figure:
    strips = tuple(_strip(reading, q, s, b) for q, s, b in rows)
    said = _strip_finding(rows)
    part = f" Part {place} of {chunks}, widest spread first." if chunks > 1 else ""
    told = " ".join(f"{strip.name}: {_counts(strip)}." for strip in strips)
    return Figure(
        id=f"votes-{place}",
        finding=said,
        sub=f"Votes by level; the line is the median.{part}",
        alt=f"{said}. {told}",
        chart=StripChart(strips),
        key=_strip_key(reading, strips),
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
    )


def _strip_finding(rows: list[tuple[Question, QuestionScore, Ballot]]) -> str:
    contested = sum(s.facts.contested for _, s, _ in rows)
    question, score, _ = rows[0]
    if score.facts.ad is None:
        return f"How the votes fell on {w.counted(len(rows), 'question')}"
    if not score.facts.ad:
        return "Everybody gave the same level" if len(rows) == 1 else f"On {w.counted(len(rows), 'question')} everybody gave the same level"
    split = f"{question.capability} splits you {'most' if len(rows) > 1 else 'here'}: votes lie {w.level(score.facts.ad)} from the median on average"
    return f"{split}; {w.number(contested)} {w.agree(contested, 'question is', 'questions are')} contested" if contested > 1 else split


def _counts(strip: Strip) -> str:
    parts = [f"{w.figures(count, 'vote')} for {level}" for level, count in enumerate(strip.counts) if count]
    parts += [f"{strip.dk} did not know"] * bool(strip.dk) + [f"{strip.na} found it not applicable"] * bool(strip.na)
    return w.listed(parts) or "no vote"


def _strip_key(reading: Reading, strips: tuple[Strip, ...]) -> tuple[KeyEntry, ...]:
    present = {mark.family for strip in strips for mark in strip.families}
    key = [KeyEntry("median", "median of all votes")]
    for family, mark in (("builders", "builders"), ("runners", "runners"), ("deciders", "deciders"), (OTHERS, "others")):
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


def _contested(reading: Reading, question: Question, score: QuestionScore) -> Point:
    ad = score.facts.ad
    distance = f"Votes lie {w.level(ad)} levels from their median on average" if ad is not None else "Votes lie far apart"
    level = f"; level {score.supported} counts for now" if score.supported is not None else ""
    gate = " and opens no gate" if question.gates and score.supported is not None else ""
    return Point(question.capability, f"{distance}{level}{gate}. Fifteen minutes of talk can settle it.")


def _gaps(reading: Reading) -> tuple[Point, ...]:
    points = []
    for gap in reading.card.agreement.perception_gaps:
        seen = sorted(gap.families.items(), key=lambda item: (-item[1], item[0]))
        text = ", ".join(f"{reading.family(family)} see level {w.level(median)}" for family, median in seen)
        points.append(Point(reading.capability(gap.question), f"{w.capital(text)} (medians)."))
    return tuple(points)


def _visibility(question: Question, score: QuestionScore) -> Point:
    level = f" The level that counts is {score.supported}." if score.supported is not None else ""
    return Point(question.capability, f"More than a third of those best placed to know answered that they do not know.{level}")


def _apart(reading: Reading, question: Question, score: QuestionScore) -> Point:
    facts = score.facts
    said = [f"The room agreed on level {facts.level}." if facts.level is not None else "The room agreed that it does not apply."]
    if facts.differs_from_votes and facts.votes_level is not None:
        said.append(f"The votes alone would give level {facts.votes_level}.")
    if facts.votes_apart:
        apart = f" ({w.level(facts.ad)} from the median on average)" if facts.ad is not None else ""
        said.append(f"The votes were apart{apart}.")
    return Point(question.capability, " ".join(said))


def _shifts(reading: Reading) -> Table | None:
    """First and last voting side by side, for every question that was voted on twice."""
    rows = []
    for question, score in reading.scored:
        shown = [b for b in score.facts.ballots if b.counts]
        if len(shown) > 1:
            medians = tuple(w.level(b.median) if b.median is not None else "not shown" for b in (shown[0], shown[-1]))
            agreed = str(score.facts.level) if score.facts.origin == "agreed" and score.facts.level is not None else "no"
            rows.append((question.capability, *medians, agreed))
    if not rows:
        return None
    header = ("Question", "Median of the first vote", "Median of the last vote", "Agreed level")
    return Table("What the talk between two votes changed", header, tuple(rows), (False, True, True, True))


def _reliability(reading: Reading) -> Table | None:
    """Krippendorff's alpha by dimension with its reading; None where nobody voted."""
    agreement = reading.card.agreement
    rows = []
    for dimension in reading.questionnaire.dimensions:
        alpha = agreement.alpha.get(dimension.id)
        if alpha is not None:
            rows.append((dimension.name, w.rounded(alpha, 2), _reading(alpha)))
        elif why := agreement.alpha_why.get(dimension.id):
            rows.append((dimension.name, "none", w.capital(why.rstrip("."))))
    if not any(row[1] != "none" for row in rows):
        return None
    header = ("Dimension", "Alpha", "Reading")
    return Table("How dependable the answers of a dimension are together (Krippendorff's alpha)", header, tuple(rows), (False, True, False))


def _reading(alpha: Fraction) -> str:
    if alpha >= _DEPENDABLE:
        return "Dependable"
    return "Tentative" if alpha >= _TENTATIVE else "Talk before relying on it; it is low when all is at one level, too"

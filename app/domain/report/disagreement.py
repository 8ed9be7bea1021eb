"""Where we disagree: how the votes spread, what is contested, what role families see, what a second vote changed."""

from fractions import Fraction

from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.pages import Disagreement, Point, Table
from app.domain.report.reading import Reading
from app.domain.report.shifts import both_votings, shifts
from app.domain.report.strips import last_ballot, strips
from app.domain.report.workshop import workshop
from app.domain.scorecard import QuestionScore

_DEPENDABLE = Fraction(4, 5)
_TENTATIVE = Fraction(667, 1000)


def disagreement(reading: Reading) -> Disagreement:
    """The section on disagreement; its lead says so kindly when there was nothing to vote on."""
    return Disagreement(
        headline=headline(reading),
        lead=_lead(reading),
        strips=strips(reading),
        contested=tuple(_contested(q, s) for q, s in reading.scored if s.facts.contested),
        gaps=_gaps(reading),
        visibility=tuple(_visibility(q, s) for q, s in reading.scored if s.facts.visibility_gap),
        shifts=shifts(reading),
        released=tuple(Point(q.capability, text) for q, s in reading.scored for text in s.facts.comments),
        reliability=_reliability(reading),
        why=reading.why("agreement.*", *(f"questions.{q.id}.ad" for q, _ in reading.scored)),
        apart=tuple(_apart(q, s) for q, s in reading.scored if _was_apart(s)),
        votings=both_votings(reading),
        workshop=workshop(reading),
    )


def _was_apart(score: QuestionScore) -> bool:
    return score.facts.origin == "agreed" and (score.facts.votes_apart or score.facts.differs_from_votes)


def headline(reading: Reading) -> str:  # noqa: PLR0911 -- each return is one finding
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
    if _alone(reading):
        return "One person answered, so there is nothing to compare"
    if any(s.facts.origin == "agreed" for _, s in reading.scored):
        return "You agreed on every level together" if _all_agreed(reading) else "There were no votes to compare"
    return "There is no disagreement to show yet"


def _alone(reading: Reading) -> bool:
    """Whether one single person gave all the levels."""
    known = [s.facts for _, s in reading.scored if s.supported is not None]
    return bool(known) and all(f.origin in ("votes", "hands") and f.respondents == "1" for f in known)


def _all_agreed(reading: Reading) -> bool:
    known = [s for _, s in reading.scored if s.supported is not None]
    return bool(known) and all(s.facts.origin == "agreed" for s in known)


def _lead(reading: Reading) -> str:
    if reading.sheet.no_live_model or not reading.levels:
        return "Once people vote, this section shows where they see things differently, never who."
    if any(last_ballot(s) for _, s in reading.scored):
        limit = w.level(reading.questionnaire.rules.ad_max)
        return (
            "People who see the same work differently are a finding, not a fault. A question without "
            "an agreed level is "
            f"contested when votes lie more than {limit} level from their median on average."
        )
    if _all_agreed(reading):
        return (
            "Every level was settled in conversation, so there are no votes to lay side by side. "
            "That is a good way to work; "
            "a secret vote before the talk would also show what nobody likes to say first."
        )
    if _alone(reading):
        return (
            "Ask a second person, from another role: what they see differently is worth more than a "
            "second opinion on the level."
        )
    return "Too few votes were given to show how they spread without showing whose they are."


def _contested(question: Question, score: QuestionScore) -> Point:
    ad = score.facts.ad
    distance = (
        f"Votes lie {w.level(ad)} levels from their median on average" if ad is not None else "Votes lie far apart"
    )
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
    return Point(
        question.capability, f"More than a third of those best placed to know answered that they do not know.{level}"
    )


def _apart(question: Question, score: QuestionScore) -> Point:
    facts = score.facts
    said = [
        f"The room agreed on level {facts.level}."
        if facts.level is not None
        else "The room agreed that it does not apply."
    ]
    if facts.differs_from_votes:
        said.append("The votes alone would give a level that is two away or more.")
    if facts.votes_apart:
        apart = f" ({w.level(facts.ad)} from the median on average)" if facts.ad is not None else ""
        said.append(f"The votes were apart{apart}.")
    return Point(question.capability, " ".join(said))


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
    return Table(
        "How dependable a dimension's answers are (Krippendorff's alpha)",
        header,
        tuple(rows),
        (False, True, False),
    )


def _reading(alpha: Fraction) -> str:
    if alpha >= _DEPENDABLE:
        return "Dependable"
    return "Tentative" if alpha >= _TENTATIVE else "Talk before relying on it; it is low when all is at one level, too"

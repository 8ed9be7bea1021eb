"""How far votes lie apart, and what the check of actions gave, explained (measurement.md 4.5, 5.6)."""

from fractions import Fraction

from app.domain.explain import Explanation, Term
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.sheet import QuestionFacts


def explain_agreement(result: Result) -> tuple[Explanation, ...]:
    """AD of each question that has one, the mean answer to all beliefs, and the confirmation rate."""
    found: list[Explanation] = []
    for question in result.questionnaire.core:
        score = result.scorecard.questions.get(question.id)
        if score and score.facts.ad is not None:
            found.append(_deviation(result, question.capability, score.facts))
    style = result.scorecard.agreement.response_style
    if style is not None:
        text = ("The mean of all raw opinions, 1 to 5. The statements are balanced, so it should be near 3.",)
        title = f"Mean answer to the beliefs: {w.floor_level(style)}"
        found.append(Explanation("agreement.response_style", title, style, "", (), text, "4.8"))
    return (*found, *_confirmation(result))


def _deviation(result: Result, name: str, facts: QuestionFacts) -> Explanation:
    value = facts.ad or Fraction(0)
    ballot = next((b for b in reversed(facts.ballots) if b.counts and b.median is not None), None)
    text = ["The mean distance of the votes from their median, in levels."]
    arithmetic, terms = "", tuple[Term, ...]()
    if result.sheet.anonymity == "anonymous":
        text.append("The votes are anonymous, so the explanation starts at this number.")
        text.append(w.answers(facts.respondents))
    elif ballot and ballot.counts and ballot.median is not None:
        votes = [(n, count) for n, count in enumerate(ballot.counts[:5]) if count]
        parts = (f"{count} * {w.exact(abs(n - ballot.median))}" for n, count in votes)
        arithmetic = f"({' + '.join(parts)}) / {sum(count for _, count in votes)}"
        terms = tuple(Term(f"votes for level {n}", Fraction(n), Fraction(count)) for n, count in votes)
        text.append(f"The median is {w.level(ballot.median)}.")
    limit = result.questionnaire.rules.ad_max
    text.append(f"Above {w.level(limit)} a question without an agreed level is contested.")
    title = f"{name}: votes {w.level(value)} apart"
    return Explanation(f"questions.{facts.question}.ad", title, value, arithmetic, terms, tuple(text), "4.5")


def _confirmation(result: Result) -> tuple[Explanation, ...]:
    rate = result.scorecard.confirmation_rate
    if rate is None:
        return ()
    verified = sum(a.status == "verified" for a in result.sheet.actions)
    missed = sum(a.status == "not_confirmed" for a in result.sheet.actions)
    fits = verified + missed > 0 and Fraction(verified, verified + missed) == rate
    return (
        Explanation(
            key="confirmation_rate",
            title=f"{w.percent(rate)} of 100 reported actions confirmed",
            value=rate,
            arithmetic=f"{verified} / {verified + missed}" if fits else f"{rate.numerator} / {rate.denominator}",
            terms=(Term("verified", Fraction(verified)), Term("not confirmed", Fraction(missed))),
            text=("Verified actions, divided by the actions that were reported done.",),
            rule="5.6",
        ),
    )

"""One card a myth: the claim, the verdict in words, what stands behind it, and where the claim was found."""

from fractions import Fraction

from app.domain.explanations.myths import gain, known_links
from app.domain.questionnaire import MAX_LEVEL, Myth
from app.domain.report import wording as w
from app.domain.report.figures import SayDo
from app.domain.report.pages import MythCard, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import MythScore
from app.domain.sheet import Cell

CELL_NAMES: dict[Cell, str] = {
    "said-not-done": "Said, not done",
    "believed": "Believed",
    "contested": "Contested",
    "in-transition": "In transition",
    "done-not-believed": "Done, not believed",
    "behaviour-only": "By practice alone",
    "debunked": "Debunked",
    "not-enough-evidence": "Not enough evidence",
}
_FEW_QUESTIONS = 5
_WEAKEST = 3
_CLEAR = Fraction(3, 5)
#: What the catalogue asks to be said beside a verdict, so that the report itself takes no side of a sale.
_FAIR = {
    "same-as-devops": "Good delivery of software is the base here; no question rewards doing without it.",
    "governance-is-optional": "Collecting evidence can be automated; answering for a model cannot.",
    "guarantees-success": "This report is no exception: a high level is not a forecast of results.",
    "needs-separate-team": (
        "A dedicated team scores as any other: what counts is who can do what, not the organization chart."
    ),
    "only-at-scale": "Level 4 everywhere is not the aim of a small team; targets follow the harm a use can do.",
    "too-expensive": "A recorded decision against an investment is a legitimate result.",
    "it-is-easy": "Build, buy or mix are all fine where the capability can be shown.",
    "too-risky-to-run": "Declining one use after an assessment is sound judgement and no sign of this belief.",
}


def myth_card(reading: Reading, myth: Myth, score: MythScore) -> MythCard:
    """The card of one myth."""
    say, do = score.belief, score.behaviour
    return MythCard(
        id=myth.id,
        name=myth.name,
        cell=score.cell,
        cell_name=cell_name(score),
        claim=myth.statement,
        reality=myth.reality,
        say_do=SayDo(None if say is None else float(say * 100), None if do is None else float(do * 100)),
        say_do_alt=_say_do_alt(score),
        sentence=_sentence(reading, score),
        notes=_notes(reading, myth, score),
        questions=_movement(reading, score) if reading.is_pulse else _questions(reading, score),
        beliefs=_beliefs(reading, myth),
        sources=_sources(reading, myth),
        why=reading.why(f"myths.{myth.id}.*"),
    )


def cell_name(score: MythScore) -> str:
    """The verdict in words; by practice alone it says which one."""
    if score.cell == "behaviour-only":
        return "Debunked by practice alone" if score.verdict == "debunked" else "Lingering by practice alone"
    return CELL_NAMES[score.cell]


def _say_do_alt(score: MythScore) -> str:
    say = "too few opinions to show" if score.belief is None else f"{w.percent(score.belief)} of 100"
    do = "too few answers to show" if score.behaviour is None else f"{w.percent(score.behaviour)} of 100"
    return f"In words against the myth: {say}. In practice against it: {do}."


def _against(value: Fraction | None) -> str:
    return f"{w.percent(value)} of 100" if value is not None else "not shown"


def _sentence(reading: Reading, score: MythScore) -> str:
    """What the verdict means, with both numbers, and where practice is weakest."""
    rules = reading.questionnaire.rules
    say, do = _against(score.belief), _against(score.behaviour)
    if score.cell == "not-enough-evidence":
        needed = (
            f"{w.percent(rules.myth_weight_share_min)} of 100 by weight and "
            f"{w.counted(rules.myth_positive_min, 'question')}"
        )
        return (
            "Too little of what tests this claim is answered for a verdict: "
            f"{w.percent(score.evidence_share)} of 100 by "
            f"weight. A verdict takes {needed} that speak against it."
        )
    if score.cell == "behaviour-only":
        seen = f"practice stands at {do} against the claim"
        verdict = (
            "which is enough to call it debunked"
            if score.verdict == "debunked"
            else "which is not enough to call it debunked"
        )
        return f"Too few opinions were given, so practice alone speaks: {seen}, {verdict}."
    said = {
        "said-not-done": (
            f"You do not agree with the claim ({say} against it in words), yet practice hardly speaks against it: {do}."
        ),
        "believed": (
            f"On the whole you agree with the claim ({say} against it in words), and practice hardly "
            f"speaks against it either: {do}."
        ),
        "contested": (
            f"On the whole you agree with the claim ({say} against it in words), while practice "
            f"already speaks against it in part ({do})."
        ),
        "in-transition": (
            f"You do not agree with the claim ({say} against it in words), and practice is halfway to "
            f"showing it ({do})."
        ),
        "done-not-believed": (
            f"You work against the claim ({do} in practice), although on the whole you agree with it "
            f"({say} against it in words)."
        ),
        "debunked": f"You do not agree with the claim ({say} against it in words), and practice shows it ({do}).",
    }[score.cell]
    if score.belief == reading.questionnaire.rules.belief_split:
        said = said.replace("You do not agree with the claim", "You neither agree nor disagree with the claim")
    return f"{said} {_weakest(reading, score)}".strip()


def _weakest(reading: Reading, score: MythScore) -> str:
    """The questions that hold practice back most, by weight and level."""
    if score.cell == "debunked" or reading.is_pulse:
        return ""
    missing = [
        (link.weight - gain(link, level), q.capability, level)
        for q, link, level in known_links(reading.result, score.id)
        if link.polarity > 0 and level <= 1
    ]
    missing.sort(key=lambda item: -item[0])
    if not missing:
        return ""
    return f"Most is missing in {w.listed(f'{name} (level {level})' for _, name, level in missing[:_WEAKEST])}."


def _notes(reading: Reading, myth: Myth, score: MythScore) -> tuple[str, ...]:
    links = reading.questionnaire.links_to(myth.id)
    notes = []
    if reading.is_pulse and reading.sheet.last_full:
        notes.append(
            f"Verdict of the last full assessment, {reading.sheet.last_full.quarter}; a pulse passes no new one."
        )
    if score.undecided:
        notes.append("In words this is undecided: opinions lie near the middle, or fewer than half gave one.")
    if score.provisional:
        low = w.percent(reading.questionnaire.rules.provisional_below)
        notes.append(f"Provisional: fewer than {low} of 100 resamplings of the respondents give the same verdict.")
    if score.belief is not None and len(reading.questionnaire.beliefs_about(myth.id)) == 1:
        notes.append("The words come from one statement only.")
    if len(links) <= _FEW_QUESTIONS:
        notes.append(f"The verdict rests on {w.counted(len(links), 'question')} only.")
    minus = [q.capability for q, link in links if link.polarity < 0]
    if minus:
        most = sum((gain(link, MAX_LEVEL) for _, link in links), Fraction(0)) / sum(
            (link.weight for _, link in links), Fraction(0)
        )
        notes.append(
            f"{w.capital(w.listed(minus))} {w.agree(len(minus), 'counts', 'count')} with a minus: "
            "done well and alone, "
            f"{w.agree(len(minus), 'it is', 'they are')} what somebody who believes the claim would "
            "show. It is no reproach: "
            f"with level 4 everywhere practice still reaches {w.percent(most)} of 100."
        )
    if fair := _FAIR.get(myth.id):
        notes.append(fair)
    return tuple(notes)


def _questions(reading: Reading, score: MythScore) -> Table:
    links = reading.questionnaire.links_to(score.id)
    known = {q.id: level for q, _, level in known_links(reading.result, score.id)}
    rows = []
    for question, link in links:
        weight = w.exact(link.weight)
        sign = "+" if link.polarity > 0 else w.MINUS
        level = known.get(question.id)
        asked = reading.card.questions.get(question.id)
        missing = "does not apply" if asked and not asked.applies else "not known"
        adds = w.rounded(gain(link, level), 3) if level is not None else "left out"
        rows.append((question.capability, missing if level is None else str(level), f"{sign}{weight}", adds))
    weights = sum((link.weight for q, link in links if q.id in known), Fraction(0))
    footer: tuple[str, ...] = ()
    if score.behaviour is not None and weights:
        footer = (f"Sum, divided by the weights {w.exact(weights)}", "", "", w.rounded(score.behaviour, 3))
    caption = f"{w.capital(w.counted(len(links), 'question'))} behind it"
    return Table(caption, ("Question", "Level", "Weight", "Adds"), tuple(rows), (False, True, True, True), footer)


def _movement(reading: Reading, score: MythScore) -> Table:
    rows = tuple(
        (
            reading.capability(q),
            "not known" if before is None else str(before),
            "not known" if now is None else str(now),
        )
        for q, before, now in score.movement
    )
    asked = w.counted(len(rows), "question")
    return Table(
        f"{w.capital(asked)} of this myth asked in the pulse", ("Question", "Before", "Now"), rows, (False, True, True)
    )


def _beliefs(reading: Reading, myth: Myth) -> tuple[str, ...]:
    side = {"myth": "agreeing goes with the claim", "reality": "agreeing goes against the claim"}
    return tuple(f"{w.quoted(b.text)} ({side[b.keyed]})" for b in reading.questionnaire.beliefs_about(myth.id))


def _sources(reading: Reading, myth: Myth) -> tuple[str, ...]:
    claims = {c.id: c for c in reading.questionnaire.claims}
    letters = reading.source_letters
    found = [c for claim_id in myth.covers if (c := claims.get(claim_id)) and c.source in letters]
    return tuple(f"{letters[c.source]}: {c.number}" for c in found)

"""The myths: the 2x2 of words and practice, then the cards, ordered by verdict and rank gap."""

from collections import Counter

from app.domain.questionnaire import Myth
from app.domain.report import wording as w
from app.domain.report.figures import MythPlane, MythPoint
from app.domain.report.mythcards import CELL_NAMES, cell_name, myth_card
from app.domain.report.pages import Figure, Myths, Table
from app.domain.report.reading import Reading
from app.domain.scorecard import MythScore
from app.domain.sheet import Cell

_ORDER: tuple[Cell, ...] = tuple(CELL_NAMES)


def myths(reading: Reading) -> Myths:
    """The section on the myths; no cards where no verdict was ever passed."""
    scores = ordered(reading)
    if not scores:
        return Myths(headline(reading), _lead(reading), None, ())
    return Myths(
        headline=headline(reading),
        lead=_lead(reading),
        plane=_plane(reading, scores),
        cards=tuple(myth_card(reading, myth, score) for myth, score in scores),
    )


def ordered(reading: Reading) -> list[tuple[Myth, MythScore]]:
    """Verdict first, then the largest rank gap, then the id."""
    found = [(reading.questionnaire.myths_by_id[key], s) for key, s in (reading.card.myths or {}).items()]
    return sorted(
        found,
        key=lambda pair: (_ORDER.index(pair[1].cell), pair[1].rank_gap is None, -(pair[1].rank_gap or 0), pair[1].id),
    )


def headline(reading: Reading) -> str:  # noqa: PLR0911 -- each return is one finding
    """The finding over all verdicts."""
    if reading.sheet.no_live_model:
        return "Verdicts on myths follow the first live model"
    if not reading.card.myths:
        return "No verdict yet: a pulse passes none" if reading.is_pulse else "This questionnaire is about no myth"
    tally = Counter(s.cell for s in reading.card.myths.values())
    total = sum(tally.values())
    if tally["not-enough-evidence"] == total:
        return "Too few answers for a verdict on any myth"
    debunked = sum(s.verdict == "debunked" for s in reading.card.myths.values())
    if debunked == total:
        return "The one myth is debunked" if total == 1 else f"All {w.number(total)} myths are debunked"
    if tally["said-not-done"]:
        return _said_not_done(reading)
    if count := tally["believed"]:
        return f"{w.capital(w.counted(count, 'myth'))} {w.agree(count, 'is', 'are')} still believed and lived by"
    lingering = sum(s.verdict == "lingering" for s in reading.card.myths.values())
    if not debunked:
        return (
            f"{w.capital(w.counted(lingering, 'myth'))} {w.agree(lingering, 'lingers', 'linger')}; none is debunked yet"
        )
    ending = f"; {w.number(lingering)} {w.agree(lingering, 'lingers', 'linger')}" if lingering else ""
    return f"{w.capital(w.counted(debunked, 'myth'))} {w.agree(debunked, 'is', 'are')} debunked{ending}"


def _said_not_done(reading: Reading) -> str:
    """Myths that practice does not speak against although words do; where words are undecided, apart."""
    open_minded = [s.undecided for s in (reading.card.myths or {}).values() if s.cell == "said-not-done"]
    undecided = sum(open_minded)
    against = len(open_minded) - undecided
    if not against:
        return f"You still live by {w.counted(undecided, 'myth')} on which your words are undecided"
    more = f"; on {w.number(undecided)} more your words are undecided" if undecided else ""
    return f"You do not agree with {w.counted(against, 'myth')} that you still live by{more}"


def _lead(reading: Reading) -> str:
    if reading.sheet.no_live_model:
        return "A verdict compares what you think with how live models are run. There is none to run yet."
    if not reading.card.myths:
        if reading.is_pulse:
            return (
                "Verdicts come from a full assessment. After the first one, a pulse shows which of its questions moved."
            )
        return "It asks how models are run and names no claim about it, so there is nothing to pass a verdict on."
    text = (
        "Each myth is a claim that is documented in print. A verdict compares what people think "
        "of it with what the room "
        "says is done; practice has the last word. The myths share questions: read them as "
        "fifteen views, not as fifteen "
        "measurements."
    ).replace("fifteen", w.number(len(reading.card.myths)))
    return f"{text} {_repeats(reading)}".strip()


def _repeats(reading: Reading) -> str:
    last = reading.sheet.last_full
    return (
        f"These are the verdicts of {last.quarter}; a pulse adds how its questions moved."
        if reading.is_pulse and last
        else ""
    )


def _finding(scores: list[tuple[Myth, MythScore]]) -> str:
    """The cells with their counts, and whether anything is debunked."""
    words: dict[Cell, str] = {
        "said-not-done": "said, not done",
        "believed": "believed",
        "contested": "contested",
        "in-transition": "in transition",
        "done-not-believed": "done, not believed",
        "behaviour-only": "judged by practice alone",
        "debunked": "debunked",
        "not-enough-evidence": "without enough evidence",
    }
    tally = Counter(score.cell for _, score in scores)
    present = [cell for cell in _ORDER if tally[cell] and cell != "debunked"]
    debunked = sum(score.verdict == "debunked" for _, score in scores)
    lead = (
        f"{w.capital(w.counted(debunked, 'myth'))} {w.agree(debunked, 'is', 'are')} debunked"
        if debunked
        else "No myth is debunked yet"
    )
    rest = [
        f"{w.number(tally[cell])} {w.agree(tally[cell], 'is', 'are') if not n else ''} {words[cell]}"
        for n, cell in enumerate(present)
    ]
    return f"{lead}; {'; '.join(' '.join(part.split()) for part in rest)}" if rest else lead


def _plane(reading: Reading, scores: list[tuple[Myth, MythScore]]) -> Figure | None:
    rules = reading.questionnaire.rules
    placed = [(myth, score) for myth, score in scores if score.behaviour is not None]
    if not placed:
        return None
    said = _finding(scores)
    focus = sum(score.in_focus for _, score in placed)
    sub = ["Each point is a myth: to the right what you do speaks against it, upwards what you think of it does."]
    if focus:
        sub.append(f"In bold: the {w.number(focus) if focus > 1 else 'one'} that the plan works on.")
    if len(placed) < len(scores):
        sub.append(f"{w.capital(w.counted(len(scores) - len(placed), 'myth'))} without a number cannot be placed.")
    return Figure(
        id="myths",
        finding=said,
        sub=" ".join(sub),
        alt=f"{said}. {_alt(scores)}",
        chart=MythPlane(
            points=tuple(
                MythPoint(
                    myth.short,
                    float(s.behaviour * 100),
                    None if s.belief is None else float(s.belief * 100),
                    s.cell,
                    s.in_focus,
                )
                for myth, s in placed
                if s.behaviour is not None
            ),
            say_split=float(rules.belief_split * 100),
            do_low=float(rules.believed_below * 100),
            do_high=float(rules.debunked_from * 100),
        ),
        key=(),
        numbers=_numbers(scores),
        why=reading.why("myths.*"),
        why_title="How the cells are cut",
    )


def _alt(scores: list[tuple[Myth, MythScore]]) -> str:
    parts = []
    for cell in _ORDER:
        names = [f"{m.short} ({_hundred(s)})" for m, s in scores if s.cell == cell]
        if names:
            parts.append(f"{CELL_NAMES[cell]}: {w.listed(names)}.")
    return " ".join(parts)


def _hundred(score: MythScore) -> str:
    say = "no opinions" if score.belief is None else f"words {w.percent(score.belief)}"
    do = "no practice" if score.behaviour is None else f"practice {w.percent(score.behaviour)}"
    return f"{say}, {do}"


def _numbers(scores: list[tuple[Myth, MythScore]]) -> Table:
    rows = tuple(
        (
            myth.name,
            w.percent(s.belief) if s.belief is not None else "too few opinions",
            w.percent(s.behaviour) if s.behaviour is not None else "too few answers",
            cell_name(s),
            w.signed(s.rank_gap, 0) if s.rank_gap is not None else "none",
        )
        for myth, s in scores
    )
    header = ("Myth", "Words against it", "Practice against it", "Verdict", "Rank gap")
    return Table("Myths, 0 to 100", header, rows, (False, True, True, False, True))

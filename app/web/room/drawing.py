"""The page of a participant as the room stands now."""

from fractions import Fraction
from typing import Any

from app.domain.answers import Agreed, DontKnow, Level, NotApplicable
from app.domain.ballots import Distribution, RevealedBallot, Round
from app.domain.questionnaire import Belief, Question
from app.domain.sheet import OTHERS
from app.services.joining import joined_as
from app.services.rooms.states import MyPart, SharedState, state_of_seat
from app.web.formatting import level, plural
from app.web.room import words
from app.web.room.cards import beforehand, belief_card, part_of, question_card, vote_of
from app.web.room.forms import BeliefForm, VoteForm
from app.web.room.pages import Card, FamilyMark, Line, Reveal, RoomPage, Saved, Settled, Waiting
from app.web.room.seats import Seated
from app.web.units import session

#: Families have a mark of their own up to this place; the rest shares one.
_SHAPES = 3
OPEN = Saved("Cards are open", "Votes on this question have ended", "open")
NOTHING_YET = Saved("Not answered yet", "Choose a line", "empty")
KEPT = Saved("Saved", words.CHANGEABLE)
_UNSAVED = Saved("Not saved", "Mend what is named above", "empty")
ALL_KEPT = Saved("Saved", "All you answered is kept")

_DONE = Waiting(
    "That is all for now. Thank you.",
    "Wait for the room: when a question is put up, it appears here by itself.",
)
_OVER = Waiting(
    "Thank you. The room is closed.",
    "What you answered is kept. Results are drawn up when the assessment is closed; whoever invited you has them then.",
)


def room_page(here: Seated, *, problem: str = "") -> RoomPage:
    """What this participant sees now; ``problem`` is what went wrong just before."""
    state, part = state_of_seat(session(), here.seat), part_of(here)
    more: dict[str, Any] = {"problem": problem, "warning": _warning(here, part)}
    if state.phase == "voting" and state.question:
        return _voting(here, state, part, more)
    if state.phase in {"revealed", "agreed"} and isinstance(state.ballot, RevealedBallot):
        return _revealed(here, state, state.ballot, part, more)
    if state.phase == "closed":
        return _page(here, state, title="The room is closed", say=_OVER.title, saved=ALL_KEPT, waiting=_OVER, **more)
    cards, _ = beforehand(here, part)
    if not cards:
        return _page(here, state, title="Waiting for the room", say=_DONE.title, saved=ALL_KEPT, waiting=_DONE, **more)
    return card_page(here, state, cards[0], **more)


def card_page(here: Seated, state: SharedState, card: Card, *, follow: bool = True, **more: Any) -> RoomPage:  # noqa: ANN401 - fields of the page
    """One card by itself; with ``follow`` off the page stays when the room moves, and says so."""
    where = f"{card.done + 1} of {card.of}" if card.of else ""
    title = f"{'Belief' if card.kind == 'belief' else 'Question'} {where}".strip()
    saved = more.pop("saved", KEPT if _is_answered(card) else NOTHING_YET)
    return _page(here, state, title=title, say="", top=where, saved=saved, card=card, follow=follow, **more)


def _is_answered(card: Card) -> bool:
    return bool(card.form["agree" if card.kind == "belief" else "answer"].data)


def _page(here: Seated, state: SharedState, **fields: Any) -> RoomPage:  # noqa: ANN401 - fields of the page
    fields.setdefault("top", "")
    return RoomPage(
        phase=state.phase, question=state.question or "", voting=state.voting, mark=here.mark, **fields
    )  # fmt: skip


def _warning(here: Seated, part: MyPart) -> str:
    """That one could be recognized, as long as something can be done about it."""
    if part.votes or part.answers.beliefs:
        return ""
    return joined_as(session(), here.assessment, here.me).warning or ""


def _voting(here: Seated, state: SharedState, part: MyPart, more: dict[str, Any]) -> RoomPage:
    question = here.questionnaire.question(state.question or "")
    card = question_card(here, question, part, voting=state.voting, button="Vote")
    return _page(
        here,
        state,
        title="Vote again" if state.voting > 1 else "Vote",
        say=f"{'Vote again' if state.voting > 1 else 'The room votes'}: {question.text}",
        top=voted_words(state.voted, state.joined),
        saved=KEPT if part.vote else Saved("Not voted yet", "Choose a line", "empty"),
        card=card,
        **more,
    )


def sent_vote(here: Seated, question: Question, voting: int, form: VoteForm) -> RoomPage:
    """The page of a vote that could not be taken as it was sent."""
    state, part = state_of_seat(session(), here.seat), part_of(here)
    up = state.phase == "voting" and (state.question, state.voting) == (question.id, voting)
    card = question_card(here, question, part, voting=voting, button="Vote" if up else "Next", form=form)
    return card_page(here, state, card, saved=_UNSAVED, follow=up)


def sent_belief(here: Seated, belief: Belief, form: BeliefForm) -> RoomPage:
    """The page of a belief that could not be taken as it was sent."""
    card = belief_card(belief, part_of(here), form=form)
    return card_page(here, state_of_seat(session(), here.seat), card, saved=_UNSAVED, follow=False)


def voted_words(voted: int, joined: int) -> str:
    """How many have voted, and nothing else."""
    return f"{voted} of {joined} have voted"


def _revealed(here: Seated, state: SharedState, ballot: RevealedBallot, part: MyPart, more: dict[str, Any]) -> RoomPage:
    question = here.questionnaire.question(ballot.question)
    reveal = _reveal(here, state, ballot, part, question)
    settled = reveal.settled
    return _page(
        here,
        state,
        title="Settled" if settled else "Cards are open",
        say=f"{settled.title}. {settled.text}" if settled else f"Cards are open. {reveal.prompt}",
        top=f"{plural(ballot.voted, 'vote', 'votes')}",
        saved=OPEN,
        reveal=reveal,
        **more,
    )


def _reveal(here: Seated, state: SharedState, ballot: RevealedBallot, part: MyPart, question: Question) -> Reveal:
    shown, mine = ballot.distribution, vote_of(part, ballot.question, ballot.voting)
    own = mine.answer if mine else None
    lines = tuple(
        Line(number, anchor, shown.levels[number] if shown else None, own == Level(number))
        for number, anchor in enumerate(question.anchors)
    )
    return Reveal(
        text=question.text,
        lines=lines,
        voted=ballot.voted,
        most=max(shown.levels) if shown else 0,
        shown=shown is not None,
        aside=(
            ("I do not know", shown.dk if shown else 0, isinstance(own, DontKnow)),
            ("Does not apply to us", shown.na if shown else 0, isinstance(own, NotApplicable)),
        ),
        median=_median(shown.median) if shown and shown.median is not None else "",
        families=_families(here, shown),
        why=_sentence(ballot.why or ""),
        prompt=state.prompt.says if state.prompt and state.phase == "revealed" else "",
        last_time="" if state.last_time is None else str(state.last_time),
        earlier=tuple(filter(None, map(_round, ballot.earlier))),
        settled=_settled(state, question) if state.phase == "agreed" else None,
    )


def _median(value: Fraction) -> str:
    """``2`` or ``2.5``, as on the wall."""
    return str(value.numerator) if value.denominator == 1 else level(value)


def _families(here: Seated, shown: Distribution | None) -> tuple[FamilyMark, ...]:
    if shown is None:
        return ()
    known = [(one.id, one.name, min(place, _SHAPES)) for place, one in enumerate(here.questionnaire.families)]
    known.append((OTHERS, "Others", _SHAPES))
    there = [(shown.families[key], name, place) for key, name, place in known if key in shown.families]
    return tuple(FamilyMark(name, _median(median), place) for median, name, place in there)


def _round(earlier: Round) -> str:
    """An earlier vote in one line."""
    shown = earlier.distribution
    if shown is None:
        return f"Vote {earlier.number}: {plural(earlier.voted, 'vote', 'votes')}"
    told = [f"level {number}: {count}" for number, count in enumerate(shown.levels) if count]
    told += [f"{name}: {count}" for name, count in (("do not know", shown.dk), ("does not apply", shown.na)) if count]
    return f"Vote {earlier.number}: {', '.join(told)}"


def _settled(state: SharedState, question: Question) -> Settled:
    agreed: Agreed | None = state.agreed
    if agreed is None:
        return Settled("The room did not agree", "That is recorded; it is a finding too.", "")
    if isinstance(agreed.answer, Level):
        number = agreed.answer.level
        return Settled(f"The room settled on level {number}", question.anchors[number], agreed.note or "")
    return Settled("The room settled: does not apply", getattr(agreed.answer, "reason", ""), agreed.note or "")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""

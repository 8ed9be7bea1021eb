"""The facilitator's moves on one question: ask, reveal, vote again, agree or not, and take the last one back.

Each holds the room, fits a phase (WrongPhase otherwise), raises the revision by one and gives the state after it.
Every move raises NotThere, RoomClosed, NotYetOpen and AssessmentFrozen where they apply.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.domain.answers import Agreed, Level, NotApplicable
from app.domain.ballots import Seen, distribution
from app.domain.consensus import Vote
from app.domain.disclosure import singles_out
from app.services.actors import Actor
from app.services.agreeing import agree_level
from app.services.rooms.errors import NothingToUndo, WrongPhase
from app.services.rooms.holding import Held, done, hold_for, require_asked
from app.services.rooms.last_plan import SAID_DONE, take_back
from app.services.rooms.states import SharedState, agreed_on, anonymity_of, rounds_of, shared_state
from app.store.lookups import answering
from app.store.record.answers import columns_of, end_votings, open_voting
from app.store.record.rooms import forget_voting, mark_shown
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

_MOST_VOTINGS = 100


def ask(session: Session, actor: Actor, room: RoomRow, question: str, *, at: dt.datetime) -> SharedState:
    """Put a question up. What was answered beforehand is its first voting; one that was revealed shows again.

    Asking what is being voted on already changes nothing.
    """
    held = hold_for(session, room)
    require_asked(held, question)
    mine = held.room
    if (mine.phase, mine.question) == ("voting", question):
        return shared_state(session, mine)
    undo = {"before": held.before, "skipped": list(mine.skipped)}
    votings = {v.number: v for v in answering.votings(session, held.assessment.id) if v.question == question}
    running = [number for number, voting in votings.items() if not voting.ended]
    if votings and not running:
        settled = agreed_on(session, held.assessment, question) is not None or question in mine.not_agreed
        mine.phase, mine.voting = ("agreed" if settled else "revealed"), max(votings)
        show(session, held, question)
    else:
        mine.phase, mine.voting = "voting", max(running, default=1)
        open_voting(session, held.assessment, question, mine.voting)
    mine.question, mine.asked_at = question, at
    mine.skipped = [skipped for skipped in mine.skipped if skipped != question]
    return done(session, actor, held, "asked", at=at, undo=undo)


def reveal(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> SharedState:
    """End the voting, also when somebody is missing, and show what may be shown. It cannot be taken back."""
    held = hold_for(session, room, "voting", instead="ask a question first, or vote again on this one")
    show(session, held, _question(held))
    held.room.phase = "revealed"
    return done(session, actor, held, "revealed", at=at)


def vote_again(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> SharedState:
    """Open a second (third, ...) secret voting of the revealed question; the one before is kept beside it."""
    held = hold_for(session, room, "revealed", instead="a question is voted on again after its reveal")
    question = _question(held)
    votings = [v for v in answering.votings(session, held.assessment.id) if v.question == question]
    if any(v.shown in {"level", "both"} for v in votings):
        raise WrongPhase("the question was accepted as agreed from its votes; settle on a level by talking")
    number = max((v.number for v in votings), default=0) + 1
    if number > _MOST_VOTINGS:
        raise WrongPhase("the question was voted on often enough; agree, or say that you do not")
    undo = {"before": held.before, "voting": number}
    open_voting(session, held.assessment, question, number)
    held.room.phase, held.room.voting, held.room.asked_at = "voting", number, at
    return done(session, actor, held, "asked_again", at=at, undo=undo)


def agree(
    session: Session,
    actor: Actor,
    room: RoomRow,
    answer: Level | NotApplicable,
    *,
    note: str | None = None,
    at: dt.datetime,
) -> SharedState:
    """Record the level the room agrees on, or why the question does not apply; again corrects it.

    Raises NotAnAnswer, NotValid for a note that is too long.
    """
    held = hold_for(session, room, "revealed", "agreed", instead="reveal the votes before you agree")
    question, mine = _question(held), held.room
    undo = _agreeing(session, held, question)
    undo["version"] = agree_level(session, actor, held.assessment, question, Agreed(answer, note), at=at)
    mine.phase = "agreed"
    mine.not_agreed = [q for q in mine.not_agreed if q != question]
    return done(session, actor, held, "agreed", at=at, undo=undo)


def not_agreed(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> SharedState:
    """Record that the room found no level: a result of its own. The votes stand, and the report says so."""
    held = hold_for(session, room, "revealed", "agreed", instead="reveal the votes before you settle")
    question, mine = _question(held), held.room
    undo = _agreeing(session, held, question)
    if undo["agreed"] is not None:
        undo["version"] = agree_level(session, actor, held.assessment, question, None, at=at)
    mine.phase = "agreed"
    mine.not_agreed = sorted({*mine.not_agreed, question})
    return done(session, actor, held, "not_agreed", at=at, undo=undo)


def undo(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> SharedState:
    """Take the last move back, where nothing is lost by it; once. Raises NothingToUndo with the reason."""
    held = hold_for(session, room)
    last = held.room.undoable
    if not last:
        raise NothingToUndo("the last move cannot be taken back; what was shown was shown. Ask a question anew instead")
    mine = held.room
    if last["move"] == "asked_again":
        _unask(session, held, last["voting"])
    if last["move"] in {"agreed", "not_agreed"}:
        _unagree(session, actor, held, last, at)
    if last["move"] == SAID_DONE:
        take_back(session, actor, held, last, at=at)
    if "agenda" in last:
        mine.agenda = last["agenda"]
    if "skipped" in last:
        mine.skipped = last["skipped"]
    before = last.get("before", held.before)
    mine.phase, mine.question, mine.voting = before["phase"], before["question"], before["voting"]
    mine.asked_at = dt.datetime.fromisoformat(before["asked_at"]) if before["asked_at"] else None
    return done(session, actor, held, "undone", at=at, detail={"move": last["move"]})


def show(session: Session, held: Held, question: str) -> None:
    """End every voting of a question, and keep which of them the room may see.

    What ended with no reveal, as by a level agreed on at a desk, has told its level if that was taken back: its counts
    are shown only where both tell nobody's vote apart.
    """
    before = {v.number: v for v in answering.votings(session, held.assessment.id) if v.question == question}
    unseen = {number: voting.ended for number, voting in before.items() if voting.shown is None}
    last = end_votings(session, held.assessment, question)
    rounds = rounds_of(session, held.assessment, question, range(1, last + 1))
    seen = {
        number: _seen(held, question, votes, level_told=unseen.get(number, False))
        for number, votes in rounds.items()
        if number in unseen or number not in before
    }
    mark_shown(session, held.assessment.id, question, seen)


def _seen(held: Held, question: str, votes: Sequence[Vote], *, level_told: bool) -> Seen | None:
    asked, terms = held.questionnaire.question(question), anonymity_of(held.assessment)
    if distribution(votes, asked, held.questionnaire, terms) is None:
        return None
    hide = level_told and terms == "anonymous"
    apart = hide and singles_out(votes, asked, held.questionnaire, families=False)
    return "level" if apart else "counts"


def _question(held: Held) -> str:
    if held.room.question is None:
        raise WrongPhase("no question is up yet; ask one first")
    return held.room.question


def _agreeing(session: Session, held: Held, question: str) -> dict[str, Any]:
    """How things were before the room settled."""
    value = agreed_on(session, held.assessment, question)
    plain = None if value is None else {**columns_of(value.answer), "note": value.note}
    return {"before": held.before, "agreed": plain, "not_agreed": list(held.room.not_agreed), "version": None}


def _unask(session: Session, held: Held, number: int) -> None:
    question = _question(held)
    if answering.voted_count(session, held.assessment.id, question, number):
        raise NothingToUndo("somebody has voted anew, and that vote would be lost; reveal instead")
    forget_voting(session, held.assessment.id, question, number)


def _unagree(session: Session, actor: Actor, held: Held, last: dict[str, Any], at: dt.datetime) -> None:
    """Put back what was agreed before; raises VersionConflict when somebody has changed it since."""
    held.room.not_agreed = last["not_agreed"]
    if last["version"] is None:
        return
    was = last["agreed"]
    value = None
    if was is not None:
        answer = Level(was["level"]) if was["level"] is not None else NotApplicable(was["reason"])
        value = Agreed(answer, was["note"])
    agree_level(session, actor, held.assessment, _question(held), value, at=at, version=last["version"])

"""Accept as agreed what the votes agree on anyway: one move for many questions, which reveals them."""

import datetime as dt
from collections.abc import Sequence

from app.domain.answers import Agreed, Level
from app.domain.consensus import Vote, consensus, says_not_applicable
from app.domain.disclosure import singles_out
from app.domain.privacy import voting_counts
from app.services.actors import Actor
from app.services.agreeing import agree_level
from app.services.errors import NotValid
from app.services.rooms.agenda import look_anew, spread_of
from app.services.rooms.errors import WrongPhase
from app.services.rooms.holding import Held, done, hold_for, require_asked
from app.services.rooms.states import SharedState, rounds_of
from app.store.lookups import answering
from app.store.record.answers import end_votings
from app.store.record.rooms import mark_shown
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session


def accept_as_agreed(
    session: Session, actor: Actor, room: RoomRow, questions: Sequence[str], *, at: dt.datetime
) -> SharedState:
    """Accept these questions at the level their votes give; all or none. It reveals them and cannot be taken back.

    Only what the agenda calls narrow can be accepted. Raises WrongPhase naming the first that cannot, NotThere,
    NotValid, RoomClosed.
    """
    held = hold_for(session, room)
    mine = held.room
    if not questions or len(set(questions)) < len(questions):
        raise NotValid("questions", "name at least one question, and each once")
    look_anew(session, held.assessment, mine)
    for question in questions:  # all of them first: a refusal of one must not say what the votes on another give
        _check(session, held, question)
    for question in questions:
        _accept(session, actor, held, question, at)
    mine.skipped = sorted({*mine.skipped, *questions})
    return done(session, actor, held, "accepted", at=at, detail={"questions": sorted(questions)})


def _check(session: Session, held: Held, question: str) -> None:
    require_asked(held, question)
    if question == held.room.question and held.room.phase == "voting":
        raise WrongPhase(f"{question} is being voted on; reveal it instead")
    if any(v.ended for v in answering.votings(session, held.assessment.id) if v.question == question):
        raise WrongPhase(f"{question} is revealed or settled already; ask it again to settle a level")
    if spread_of(held.room, question, held.questionnaire) != "narrow":
        raise WrongPhase(f"the votes on {question} are too few or too far apart to be accepted; talk about it")


def _accept(session: Session, actor: Actor, held: Held, question: str, at: dt.datetime) -> None:
    end_votings(session, held.assessment, question)
    votes = rounds_of(session, held.assessment, question, [1])[1]
    level = _level(held, question, votes)
    mark_shown(session, held.assessment.id, question, {1: _shown(held, question, votes)})
    agree_level(session, actor, held.assessment, question, Agreed(Level(level)), at=at)


def _level(held: Held, question: str, votes: Sequence[Vote]) -> int:
    asked, rules = held.questionnaire.question(question), held.questionnaire.rules
    level = consensus(votes, asked, rules)
    counted = held.assessment.anonymity == "open" or voting_counts(votes, asked, rules)
    if level is None or not counted or says_not_applicable(votes, asked, rules):
        raise WrongPhase(f"the votes on {question} give no level that can be accepted; talk about it")
    return level


def _shown(held: Held, question: str, votes: Sequence[Vote]) -> str:
    """The level of the votes is told here, so counts come along only where both together tell nobody's vote apart."""
    if held.assessment.anonymity == "open":
        return "both"
    asked = held.questionnaire.question(question)
    apart = singles_out(votes, asked, held.questionnaire, families=False)
    return "level" if apart else "both"

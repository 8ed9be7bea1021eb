"""The state of a room and one's own part as plain values: what a stream sends and an answer holds."""

from typing import Any

from app.domain.answers import Agreed, Answer, DontKnow, Level
from app.domain.ballots import Distribution, RevealedBallot
from app.services.rooms.states import MyPart, MyVote, SharedState


def state_json(state: SharedState, *, connected: int | None = None) -> dict[str, Any]:
    """The shared state. The same keys in every phase; nothing in it is anybody's own."""
    ballot = state.ballot if isinstance(state.ballot, RevealedBallot) else None
    return {
        "revision": state.revision,
        "phase": state.phase,
        "question": state.question,
        "voting": state.voting,
        "joined": state.joined,
        "voted": state.voted,
        "expected": dict(state.expected),
        "connected": connected,
        "distribution": distribution_json(ballot.distribution) if ballot else None,
        "why": ballot.why if ballot else None,
        "earlier": [
            {"voting": r.number, "voted": r.voted, "distribution": distribution_json(r.distribution), "why": r.why}
            for r in (ballot.earlier if ballot else ())
        ],
        "prompt": {"pattern": state.prompt.pattern, "says": state.prompt.says} if state.prompt else None,
        "agreed": agreed_json(state.agreed),
        "last_time": state.last_time,
        "time_box_minutes": state.time_box_minutes,
        "opened_at": state.opened_at.isoformat(),
        "asked_at": state.asked_at.isoformat() if state.asked_at else None,
    }


def distribution_json(shown: Distribution | None) -> dict[str, Any] | None:
    """Counts by level as text keys, medians as numbers."""
    if shown is None:
        return None
    return {
        "levels": {str(level): count for level, count in enumerate(shown.levels)},
        "dk": shown.dk,
        "na": shown.na,
        "median": None if shown.median is None else float(shown.median),
        "families": {name: {"median": float(median)} for name, median in shown.families.items()},
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer's body: level, dk or na."""
    if isinstance(answer, Level):
        return {"level": answer.level}
    return {"dk": True} if isinstance(answer, DontKnow) else {"na": answer.reason}


def agreed_json(agreed: Agreed | None) -> dict[str, Any] | None:
    """What was settled on: a level or a reason, and a note."""
    return None if agreed is None else {**answer_json(agreed.answer), "note": agreed.note}


def my_vote_json(vote: MyVote | None) -> dict[str, Any] | None:
    """One's own vote, for oneself only."""
    return None if vote is None else {**answer_json(vote.answer), "comment": vote.comment, "seq": vote.seq}


def mine_json(part: MyPart) -> dict[str, Any]:
    """What one has answered: ``GET /rooms/{code}/mine``."""
    return {
        "role": part.role,
        "votes": [
            {"question": v.question, "voting": v.voting, **answer_json(v.answer), "comment": v.comment, "seq": v.seq}
            for v in part.votes
        ],
        "beliefs": {name: {"agree": agree} for name, agree in part.answers.beliefs.items()},
    }

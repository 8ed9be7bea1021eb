"""What a room should talk about in its time box, what it may accept as agreed, and what it will not get to.

An agenda that followed every vote would show what the last one was. So what it knows of a question's votes is frozen,
and looked at anew only when at least three more have answered (measurement.md 4.10, rules 5 and 8).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from app.domain.agenda import NOTHING, SPREAD_FROM, AgendaItem, Beforehand, beforehand, fill, weigh
from app.domain.consensus import Vote
from app.domain.questionnaire import Questionnaire
from app.domain.score import score
from app.domain.scorecard import Scorecard
from app.services.actors import Actor
from app.services.assessments import questionnaire_for
from app.services.errors import NotThere, NotValid
from app.services.results import sheet_of
from app.services.rooms.holding import done, hold_for
from app.services.rooms.last_plan import open_actions
from app.services.rooms.states import SharedState
from app.services.settings import asked_questions
from app.services.settled import settled_sheet
from app.store.errors import NotFound
from app.store.lookups import answering, assessments
from app.store.lookups.rooms import votes_cast
from app.store.record.versions import agreed_value
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.unit_of_work import Session

#: Where nobody said how long the room has: a pulse has twelve questions of about five minutes.
_MINUTES: Mapping[str, int] = {"full": 75, "pulse": 60}
#: How many more must have answered before the votes on a question are looked at anew.
_STEP = 3
Standing: TypeAlias = Literal["open", "revealed", "agreed", "not agreed", "accepted"]


@dataclass(frozen=True, slots=True)
class Place:
    """A question on the agenda. ``spread`` None: nothing is said of it yet."""

    question: str
    minutes: int
    spread: Literal["wide", "narrow"] | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class RoomAgenda:
    """The agenda of a room. ``actions``: open steps of the last plan, looked at first.

    ``offered``: narrow ones that do not fit, which can be accepted as agreed; ``left_out``: the rest of what does not
    fit; ``accepted``: what was accepted. ``by_hand``: the order is the facilitator's.
    """

    time_box_minutes: int
    actions: tuple[str, ...]
    actions_minutes: int
    items: tuple[Place, ...]
    offered: tuple[Place, ...]
    left_out: tuple[Place, ...]
    accepted: tuple[str, ...]
    by_hand: bool


def agenda_of(session: Session, assessment: AssessmentRow) -> RoomAgenda:
    """The agenda as it stands: the same until it is refreshed or reordered, whoever votes meanwhile."""
    try:
        room = assessments.room_of(session, assessment.id)
    except NotFound:
        room = RoomRow(agenda=[], skipped=[], beforehand={}, not_agreed=[], time_box_minutes=None)
    minutes = room.time_box_minutes or minutes_for(assessment)
    items = weigh(_known(room.beforehand), _card(session, assessment), questionnaire_for(session, assessment))
    made = fill(_by_hand(items, room.agenda), [one.step for one in open_actions(session, assessment)], minutes)
    fitting, skipped = made.items, made.skipped
    if room.agenda:  # what was put in order by hand is the agenda, also where it is too long
        fitting = tuple(item for item in (*fitting, *skipped) if item.question in room.agenda)
        fitting = tuple(sorted(fitting, key=lambda item: room.agenda.index(item.question)))
        skipped = tuple(item for item in items if item.question not in room.agenda)
    standing = standings(session, assessment, room)
    rest = _places(skipped, standing)
    return RoomAgenda(
        time_box_minutes=minutes,
        actions=made.actions,
        actions_minutes=made.actions_minutes,
        items=_places(fitting, standing),
        offered=tuple(p for p in rest if p.spread == "narrow" and p.standing == "open"),
        left_out=tuple(p for p in rest if p.spread != "narrow" and p.standing == "open"),
        accepted=tuple(room.skipped),
        by_hand=bool(room.agenda),
    )


def minutes_for(assessment: AssessmentRow) -> int:
    """How long a room of this assessment has where it was not opened with another time box."""
    return assessment.time_box_minutes or _MINUTES[assessment.variant]


def refresh_agenda(session: Session, actor: Actor, room: RoomRow, *, at: dt.datetime) -> RoomAgenda:
    """Look at the votes given beforehand anew, as far as no single one can be told from it. Raises RoomClosed."""
    held = hold_for(session, room)
    if look_anew(session, held.assessment, held.room):
        done(session, actor, held, "agenda", at=at, undo=held.room.undoable)
    return agenda_of(session, held.assessment)


def reorder(session: Session, actor: Actor, room: RoomRow, questions: Sequence[str], *, at: dt.datetime) -> SharedState:
    """Set the agenda by hand: these questions in this order; none: as computed. Raises NotThere, NotValid."""
    held = hold_for(session, room)
    asked = {q.id for q in asked_questions(held.questionnaire, held.assessment.variant, held.assessment.context)}
    for question in questions:
        if question not in asked:
            raise NotThere("question", question)
    if len(set(questions)) < len(questions):
        raise NotValid("questions", "name every question once")
    undo = {"before": held.before, "agenda": list(held.room.agenda)}
    held.room.agenda = list(questions)
    return done(session, actor, held, "reordered", at=at, undo=undo, detail={"questions": len(questions)})


def look_anew(session: Session, assessment: AssessmentRow, room: RoomRow) -> bool:
    """Freeze what the votes say where enough have come; whether anything changed. The room is held."""
    kept: dict[str, Any] = dict(room.beforehand)
    settled = {v.question for v in answering.votings(session, assessment.id) if v.ended}
    for question, casts in votes_cast(session, assessment.id).items():
        votes = [Vote(c.person, c.role, c.answer) for c in casts if c.voting == 1]
        before = kept.get(question, {}).get("votes", 0)
        fresh = len(votes) >= SPREAD_FROM and len(votes) - before >= _STEP
        if question not in settled and (fresh or (assessment.anonymity == "open" and len(votes) != before)):
            found = beforehand(votes)
            kept[question] = {"votes": len(votes), "ad": _text(found.ad), "unknown": found.many_unknown}
    changed = kept != room.beforehand
    room.beforehand = kept
    return changed


def spread_of(room: RoomRow, question: str, questionnaire: Questionnaire) -> Literal["wide", "narrow"] | None:
    """What the frozen votes say of a question."""
    ad = _known(room.beforehand).get(question, NOTHING).ad
    return None if ad is None else "wide" if ad > questionnaire.rules.ad_max else "narrow"


def _known(kept: Mapping[str, Any]) -> dict[str, Beforehand]:
    return {
        question: Beforehand(None if one["ad"] is None else Fraction(one["ad"]), one["unknown"])
        for question, one in kept.items()
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _card(session: Session, assessment: AssessmentRow) -> Scorecard:
    """The card of the open assessment, with stage and myths of the last full one: what is open cannot judge yet."""
    questionnaire = questionnaire_for(session, assessment)
    card = score(sheet_of(session, assessment), questionnaire)
    if assessment.variant == "pulse":
        return card
    for past in reversed(assessments.closed_before(session, assessment)):
        if past.variant == "full":
            then = questionnaire_for(session, past)
            judged = score(settled_sheet(past, then), then)
            myths = card.myths and {name: (judged.myths or {}).get(name, myth) for name, myth in card.myths.items()}
            return replace(card, stage=judged.stage or card.stage, myths=myths)
    return card


def _by_hand(items: Iterable[AgendaItem], order: Sequence[str]) -> list[AgendaItem]:
    return sorted(items, key=lambda item: order.index(item.question) if item.question in order else len(order))


def standings(session: Session, assessment: AssessmentRow, room: RoomRow) -> dict[str, Standing]:
    """How far the room came with each question that it looked at, also where it is on no agenda any more."""
    found: dict[str, Standing] = {v.question: "revealed" for v in answering.votings(session, assessment.id) if v.ended}
    found |= dict.fromkeys(room.not_agreed, "not agreed")
    found |= {a.question: "agreed" for a in answering.agreed(session, assessment.id) if agreed_value(a) is not None}
    return found | dict.fromkeys(room.skipped, "accepted")


def _places(items: Iterable[AgendaItem], standing: Mapping[str, Standing]) -> tuple[Place, ...]:
    return tuple(Place(i.question, i.minutes, i.spread, standing.get(i.question, "open")) for i in items)

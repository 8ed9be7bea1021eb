"""The agenda as the facilitator's page shows it."""

import datetime as dt

from app.domain.questionnaire import Question, Questionnaire
from app.services.rooms.agenda import Place, RoomAgenda
from app.services.rooms.last_plan import open_actions, open_bets
from app.services.settings import asked_questions
from app.services.teams import team_of
from app.store.lookups.rooms import talk_began
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.web import ways
from app.web.units import session
from app.web.visit import now
from app.web.workshop.values import AgendaPart, Line, OpenStep, Timer

#: A talk that began longer ago was another day's.
_A_MEETING = dt.timedelta(hours=12)
_SPREAD = {"wide": "far apart", "narrow": "close", None: ""}


def agenda_part(
    found: RoomAgenda, room: RoomRow, assessment: AssessmentRow, questionnaire: Questionnaire, levels: dict[str, str]
) -> AgendaPart:
    """The agenda in words. ``levels``: how settled questions ended, by id."""

    def line(place: Place) -> Line:
        pending = place.standing == "open"
        ended = levels.get(place.question, "" if place.standing == "agreed" else place.standing)
        return Line(
            place.question,
            questionnaire.question(place.question).capability,
            place.minutes,
            f"{place.minutes} min" if pending else ended,
            pending,
            not pending and place.standing != "revealed",
            place.question == room.question,
            _SPREAD[place.spread],
        )

    lines = tuple(map(line, found.items))
    planned = found.actions_minutes + sum(place.minutes for place in found.items)
    return AgendaPart(
        timer=Timer(found.time_box_minutes, planned, _left(room, assessment, found.time_box_minutes)),
        actions=_actions(assessment, questionnaire),
        bets=_bets(assessment, questionnaire, levels),
        board=ways.board(team_of(session(), assessment).public_id),
        actions_minutes=found.actions_minutes,
        lines=lines,
        offered=tuple(map(line, found.offered)),
        left_out=tuple(map(line, found.left_out)),
        accepted=tuple(questionnaire.question(name).capability for name in found.accepted),
        by_hand=found.by_hand,
        everything=_everything(asked_here(assessment, questionnaire), questionnaire),
        following=_following(lines),
    )


def _actions(assessment: AssessmentRow, questionnaire: Questionnaire) -> tuple[OpenStep, ...]:
    steps = questionnaire.steps
    return tuple(
        OpenStep(
            one.id,
            steps[one.step].title if one.step in steps else one.step,
            one.owner or "",
            one.said_done,
            ways.action(one.id),
        )
        for one in open_actions(session(), assessment)
    )


def _bets(
    assessment: AssessmentRow, questionnaire: Questionnaire, levels: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """What was bet on. The level that was bet stands here once the room has settled its own: it would lead the vote."""
    return tuple(
        (
            questionnaire.question(bet.question).capability,
            f"bet on level {bet.level}, now {levels[bet.question]}" if bet.question in levels else "not settled yet",
        )
        for bet in open_bets(session(), assessment)
        if bet.question in questionnaire.by_id
    )


def asked_here(assessment: AssessmentRow, questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Every question of the assessment, in the order of the questionnaire."""
    return asked_questions(questionnaire, assessment.variant, assessment.context)


def _everything(
    asked: tuple[Question, ...], questionnaire: Questionnaire
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple(
        (dimension.name, tuple((q.id, q.capability) for q in asked if q.dimension == dimension.id))
        for dimension in questionnaire.dimensions
        if any(q.dimension == dimension.id for q in asked)
    )


def _following(lines: tuple[Line, ...]) -> Line | None:
    """The next one that was not looked at, after the one that is up; then from the top."""
    here = next((n for n, line in enumerate(lines) if line.current), -1)
    waiting = [line for line in (*lines[here + 1 :], *lines[: max(0, here)]) if line.pending and not line.current]
    return waiting[0] if waiting else None


def _left(room: RoomRow, assessment: AssessmentRow, minutes: int) -> int | None:
    """Seconds until the time box is over: it runs from the first question, since a room may be open for days."""
    began = talk_began(session(), room.organization_id, assessment.public_id, now() - _A_MEETING)
    if began is None:
        return None
    return minutes * 60 - int((now() - began).total_seconds())

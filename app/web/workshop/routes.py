"""The pages of the workshop: the room, its end, the wall, paper, and the live stream."""

from flask import Response, request

from app.services.assessments import questionnaire_for
from app.services.rooms.agenda import agenda_of, minutes_for, standings
from app.services.teams import team_of
from app.store.errors import NotFound
from app.store.lookups import assessments, board
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.web import ways
from app.web.page import Link, render_page
from app.web.stage import stage_listener, stream
from app.web.units import session
from app.web.visit import frame
from app.web.workshop.agenda_part import asked_here
from app.web.workshop.blueprint import AT, RUNS, assessment_here, blueprint, room_here
from app.web.workshop.drawing import Stage, trail_of, where_of
from app.web.workshop.forms import BetsForm, OpeningForm, bets_form
from app.web.workshop.joining import joining_of
from app.web.workshop.pages import EndingPage, OpeningPage, Sheet, SheetsPage

TALLY = "tally"


@blueprint.get(AT)
@RUNS
def show(assessment_id: str) -> Response:
    """The room as its facilitator sees it, or what comes before and after it."""
    row = assessment_here(assessment_id)
    room = _room(row)
    if row.state != "open" or room is None or room.phase == "closed":
        return opening(row, room, OpeningForm(formdata=None, minutes=_minutes(row, room)))
    part = TALLY if request.args.get("part") == TALLY else "room"
    return render_page(Stage(row, room).workshop(), fragment=part)


@blueprint.get(f"{AT}/events")
@RUNS
def events(assessment_id: str) -> Response:
    """The live stream for the facilitator's view and the wall."""
    room = room_here(assessment_id)
    return stream(room.id, stage_listener())


@blueprint.get(f"{AT}/wall")
@RUNS
def wall(assessment_id: str) -> Response:
    """What the projector shows."""
    row = assessment_here(assessment_id)
    return render_page(Stage(row, room_here(assessment_id)).wall())


@blueprint.get(f"{AT}/close")
@RUNS
def ask_to_close(assessment_id: str) -> Response:
    """Before the room closes: bets, and what was left."""
    row = assessment_here(assessment_id)
    room_here(assessment_id)
    made = [(bet.question, bet.level) for bet in board.bets(session(), row.id)]
    choices = [(q.id, q.capability) for q in asked_here(row, questionnaire_for(session(), row))]
    return render_page(ending(row), form=bets_form(choices, made))


@blueprint.get(f"{AT}/sheets")
@RUNS
def sheets(assessment_id: str) -> Response:
    """Question sheets to be printed: every question, or those on the agenda."""
    row = assessment_here(assessment_id)
    questionnaire, room, here = questionnaire_for(session(), row), _room(row), frame("Teams")
    only = request.args.get("only") == "agenda"
    wanted = [item.question for item in agenda_of(session(), row).items] if only else None
    asked = [q for q in asked_here(row, questionnaire) if wanted is None or q.id in wanted]
    asked.sort(key=lambda q: wanted.index(q.id) if wanted else 0)
    names = {dimension.id: dimension.name for dimension in questionnaire.dimensions}
    team = team_of(session(), row)
    where = where_of(row, team)
    page = SheetsPage(
        title=f"Question sheets: {where.name}",
        viewer=here.viewer,
        nav=here.nav,
        trail=(*trail_of(where, team), Link("Workshop", where.base)),
        where=where,
        rule=questionnaire.answer_rule,
        roles=tuple(role.name for role in questionnaire.roles),
        joining=joining_of(room) if room and room.code else None,
        sheets=tuple(
            Sheet(
                number=number,
                dimension=names[q.dimension],
                name=q.capability,
                text=q.text,
                note=q.answer_note,
                anchors=q.anchors,
                na=(q.na_condition or "Does not apply") if q.na_allowed else None,
            )
            for number, q in enumerate(asked, 1)
        ),
        only=only,
        record=ways.record(assessment_id),
    )
    return render_page(page)


def opening(row: AssessmentRow, room: RoomRow | None, form: OpeningForm) -> Response:
    """The page before the room is open, or after it was closed."""
    here, team = frame("Teams"), team_of(session(), row)
    where = where_of(row, team)
    page = OpeningPage(
        title="Workshop",
        viewer=here.viewer,
        nav=here.nav,
        trail=trail_of(where, team),
        where=where,
        state=row.state,
        again=room is not None,
        questions=len(asked_here(row, questionnaire_for(session(), row))),
        team_rehearsal=None if team.rehearsal else ways.rehearsal(team.public_id),
    )
    return render_page(page, form=form)


def ending(row: AssessmentRow) -> EndingPage:
    """The page of bets and of what was left."""
    here, team, room = frame("Teams"), team_of(session(), row), _room(row)
    questionnaire, where, found = questionnaire_for(session(), row), where_of(row, team), agenda_of(session(), row)

    def names(questions: list[str]) -> tuple[str, ...]:
        return tuple(questionnaire.question(question).capability for question in questions)

    waiting = [*found.items, *found.offered, *found.left_out]
    reached = standings(session(), row, room) if room else {}
    return EndingPage(
        title="Close the workshop",
        viewer=here.viewer,
        nav=here.nav,
        trail=(*trail_of(where, team), Link("Workshop", where.base)),
        where=where,
        not_agreed=names(list(room.not_agreed) if room else []),
        revealed=names([q.id for q in asked_here(row, questionnaire) if reached.get(q.id) == "revealed"]),
        accepted=names(list(found.accepted)),
        left=names([place.question for place in waiting if place.standing == "open"]),
        open=room is not None and room.phase != "closed",
        finish=ways.assessment_step(row.public_id, "close"),
    )


def bets_sent(row: AssessmentRow) -> BetsForm:
    """The bets as they were sent."""
    return BetsForm().about([(q.id, q.capability) for q in asked_here(row, questionnaire_for(session(), row))])


def _room(row: AssessmentRow) -> RoomRow | None:
    try:
        return assessments.room_of(session(), row.id)
    except NotFound:
        return None


def _minutes(row: AssessmentRow, room: RoomRow | None) -> int:
    return (room.time_box_minutes if room else None) or minutes_for(row)

"""``/assessments/<assessment_id>``: where it stands, what is missing, what comes next."""

from flask import Response

from app.accounts.permissions import Capability
from app.domain.quarter import Quarter
from app.domain.questionnaire import Question, Questionnaire
from app.services.assessments import open_assessment, questionnaire_for, terms_of
from app.services.closing import Missing, what_is_missing
from app.services.progress import Part, answered_by_anybody, answered_by_me, asked_in, parts_of
from app.store.errors import NotFound
from app.store.lookups import answering, assessments
from app.store.tables.assessments import AssessmentRow
from app.web import ways
from app.web.access import Role, allow
from app.web.assessments import ending
from app.web.assessments.pages import AssessmentPage, Ending, Stop, Way
from app.web.assessments.room import assessment_here, blueprint, kind_of, team_of, title_of, trail_to
from app.web.assessments.terms import usable
from app.web.formatting import day
from app.web.page import Link, render_page, say, see_other
from app.web.units import session
from app.web.visit import acting, frame, may, need, now, visitor

_ORDER = ("draft", "open", "closed")


@blueprint.get("/assessments/<assessment_id>")
@allow(Role.VIEWER, within=("assessment_id",))
def show(assessment_id: str) -> Response:
    """Where the assessment stands."""
    row, here = assessment_here(assessment_id), frame("Teams")
    team, questionnaire = team_of(row), questionnaire_for(session(), row)
    asked = asked_in(session(), row)
    missing = what_is_missing(session(), row, acting()) if row.state == "open" and may(Capability.CLOSE) else None
    return render_page(
        AssessmentPage(
            title=title_of(row, team),
            viewer=here.viewer,
            nav=here.nav,
            trail=trail_to(team),
            subtitle=_subtitle(row, len(asked), questionnaire),
            lead=_lead(row),
            stops=_stops(row),
            void=row.state == "voided",
            open_action=_step(row, "open") if row.state == "draft" and may(Capability.RUN_ROOM) else "",
            primary=_primary(row),
            ways=_ways(row, team.public_id),
            mine=_mine(row, asked, questionnaire),
            room=None if missing is None else _room(row, asked, questionnaire),
            joined=len(answering.participants(session(), row.id)) if missing else 0,
            missing=missing.says if missing else (),
            settings=_settings(row, questionnaire),
            endings=_endings(row, missing),
        )
    )


@blueprint.post("/assessments/<assessment_id>/open")
@allow(Role.FACILITATOR, within=("assessment_id",))
def begin(assessment_id: str) -> Response:
    """Begin to take answers."""
    need(Capability.RUN_ROOM)
    open_assessment(session(), acting(), assessment_here(assessment_id), at=now())
    say("The assessment is open: answers are taken from now on.")
    return see_other(ways.assessment(assessment_id))


def _step(row: AssessmentRow, step: str) -> str:
    return ways.assessment_step(row.public_id, step)


def _subtitle(row: AssessmentRow, asked: int, questionnaire: Questionnaire) -> str:
    return f"{kind_of(row).capitalize()}, {asked} questions, {questionnaire.title} {questionnaire.version}"


def _lead(row: AssessmentRow) -> str:
    if row.state == "closed":
        return "It is closed, and what is closed never changes. The report says what was found."
    if row.state == "voided":
        return "An owner declared it void: it is kept and marked, and counts nowhere. Its quarter is free again."
    if row.state == "open":
        return _lead_of_open(row)
    if may(Capability.RUN_ROOM):
        return "It is being prepared. Look at the settings, then open it: answers are taken from then on."
    return "It is being prepared. A facilitator opens it; from then on it can be answered."


def _lead_of_open(row: AssessmentRow) -> str:
    if not may(Capability.ANSWER):
        return "It is open. Its report appears here when it is closed."
    if _ended(row):
        return "Every voting has ended and nobody answers any more. What is left is the record, and to close it."
    return "It is open. Answers are secret until a question is revealed; nobody sees a result before that."


def _ended(row: AssessmentRow) -> bool:
    """Whether what was asked is over, as in an assessment that came in as a file."""
    votings = answering.votings(session(), row.id)
    return bool(votings) and all(voting.ended for voting in votings) and _answered_are_ended(row)


def _answered_are_ended(row: AssessmentRow) -> bool:
    ended = {voting.question for voting in answering.votings(session(), row.id)}
    return set(answering.answered_counts(session(), row.id)) <= ended


def _stops(row: AssessmentRow) -> tuple[Stop, ...]:
    present = _ORDER.index("closed" if row.state == "voided" else row.state)
    told = (
        ("Prepared", f"made {day(row.created_at.date())}"),
        ("Open", f"since {day(row.opened_at.date())}" if row.opened_at else "answers are taken"),
        ("Closed", f"on {day(row.closed_at.date())}" if row.closed_at else "final, with its report"),
    )
    places = ("past", "now", "later")
    return tuple(
        Stop(name, words, places[1 + (index > present) - (index < present)]) for index, (name, words) in enumerate(told)
    )


def _primary(row: AssessmentRow) -> Link | None:
    if row.state in {"closed", "voided"}:
        return Link("Read the report", ways.report(row.public_id))
    if row.state != "open" or not may(Capability.ANSWER):
        return None
    if _ended(row):
        return Link("Go on to the record", ways.record(row.public_id)) if may(Capability.AGREE) else None
    return Link("Answer", ways.answering(row.public_id))


def _ways(row: AssessmentRow, team_id: str) -> tuple[Way, ...]:
    found = []
    if row.state == "open" and may(Capability.RUN_ROOM):
        if not _ended(row):
            found.append(
                Way("Run the workshop", ways.workshop(row.public_id), "A code for the phones, the agenda, the reveal.")
            )
        found.append(
            Way(
                "Record what was agreed",
                ways.record(row.public_id),
                "Agreed levels, evidence, and shows of hands where phones are not wanted.",
            )
        )
    if row.state == "closed":
        if may(Capability.WORK_ON_BOARD) and row.variant == "full":
            found.append(Way("Open the roadmap", ways.board(team_id), "What follows from it, as a board."))
        if may(Capability.VOID):
            found.append(Way("Declare it void", _step(row, "void"), "If it should not count. It is kept and marked."))
    if row.state in {"draft", "open"} and may(Capability.CHANGE_SETTINGS):
        link = ways.assessment_settings(row.public_id)
        found.append(Way("Change the settings", link, "Purpose, models, capacity, target, terms."))
    return tuple(found)


def _mine(
    row: AssessmentRow, asked: tuple[Question, ...], questionnaire: Questionnaire
) -> tuple[tuple[str, int, int], ...] | None:
    if row.state != "open" or not may(Capability.ANSWER):
        return None
    answered = answered_by_me(session(), row, visitor().user_id)
    if not answered and _ended(row):
        return None
    return _lines(parts_of(questionnaire, asked, answered))


def _room(
    row: AssessmentRow, asked: tuple[Question, ...], questionnaire: Questionnaire
) -> tuple[tuple[str, int, int], ...]:
    return _lines(parts_of(questionnaire, asked, answered_by_anybody(session(), row)))


def _lines(parts: tuple[Part, ...]) -> tuple[tuple[str, int, int], ...]:
    return tuple((part.name, part.answered, part.asked) for part in parts)


def _settings(row: AssessmentRow, questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    terms = terms_of(row)
    chosen = {(one.id, choice.value): choice.label for one in questionnaire.context for choice in one.choices}
    named = {one.id: one.text for one in questionnaire.context}
    told = [
        ("Purpose and audience", row.purpose or "Not written down yet; it is printed on every export."),
        ("Quarter", Quarter.parse(row.quarter).in_words),
        ("Questionnaire", questionnaire.name),
        ("Terms", _TERMS[terms.anonymity]),
        ("Live models", ", ".join(row.scope) or "Not named"),
        ("Capacity", usable(terms.capacity, questionnaire) if terms.capacity else "Not stated; no plan by quarters."),
        ("Target", f"Level {row.target}: {questionnaire.level_names[row.target]}"),
    ]
    minutes = _minutes(row)
    if minutes is not None:
        told.append(("Time box", f"{minutes} minutes"))
    told += [(named[name], chosen.get((name, value), value)) for name, value in row.context.items() if name in named]
    return tuple(told)


def _minutes(row: AssessmentRow) -> int | None:
    """What the room had, otherwise what was planned for it; None where nobody said."""
    try:
        return assessments.room_of(session(), row.id).time_box_minutes or row.time_box_minutes
    except NotFound:
        return row.time_box_minutes


def _endings(row: AssessmentRow, missing: Missing | None) -> tuple[Ending, ...]:
    found = []
    if missing is not None:
        found.append(ending.close_ending(row, missing))
    if row.state == "draft" and may(Capability.CHANGE_SETTINGS):
        found.append(ending.discard_ending(row))
    return tuple(found)


_TERMS = {
    "anonymous": "Anonymous: nobody can be worked out from what is shown or exported.",
    "open": "Open: answers may be exported one by one.",
}

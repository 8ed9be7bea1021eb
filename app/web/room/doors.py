"""``/r``: the way in by a code. Looking at it joins nobody."""

import secrets

from flask import Response, request

from app.accounts.gate import present_actor
from app.accounts.permissions import Capability, may
from app.domain.quarter import Quarter
from app.domain.questionnaire import NOT_SAID
from app.services.actors import Actor
from app.services.assessments import questionnaire_for
from app.services.joining import participant_of
from app.services.rooms.entering import Entered, find_participant, join_room, join_room_as_member, take_role, token_for
from app.services.rooms.opening import plain_code, shown_code
from app.store.errors import KeyReused, NotFound
from app.store.lookups import assessments, people, teams
from app.store.lookups.rooms import Seat
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.web.access import NotSignedIn, Role, allow
from app.web.forms import sent
from app.web.page import render_page, say, see_other
from app.web.room import words
from app.web.room.blueprint import SEATED, blueprint
from app.web.room.forms import CodeForm, JoinForm, RoleForm
from app.web.room.pages import CodePage, JoinPage, RolePage
from app.web.room.seats import ROOM, my_seat, room_of_code, seated, sit_down
from app.web.units import session
from app.web.visit import digest_key, now, site


@blueprint.get("/r")
@allow(Role.ANYONE)
def type_code() -> Response:
    """Ask for the code; a form that reads, so that it works before there is any cookie."""
    form = CodeForm(request.args) if "code" in request.args else CodeForm(formdata=None)
    if "code" in request.args and form.code.validate(form):
        return see_other(f"/r/{plain_code(str(form.code.data))}")
    return render_page(CodePage(mine=_is_in()), form=form)


@blueprint.get("/r/<code>")
@allow(Role.ANYONE)
def look_in(code: str) -> Response:
    """What this is and on which terms; who sits in the room already goes straight on."""
    room = room_of_code(code)
    if _seat_in(room) is not None:
        return see_other(ROOM)
    form = JoinForm(formdata=None, key=secrets.token_hex(16))
    return render_page(_join_page(room), form=_offered(room, form))


@blueprint.post("/r/<code>")
@allow(Role.ANYONE)
def join(code: str) -> Response:
    """Come in: as oneself when signed in and asked for, otherwise known by a key that the device made."""
    room = room_of_code(code)
    form = _offered(room, JoinForm())
    member = _member(room) if request.form.get("as") == "me" else None
    known = _known(room, member)
    if member is not None and known:
        return sit_down(join_room_as_member(session(), member, room, known, on=now().date()), code)
    if not sent(form):
        return render_page(_join_page(room), form=form)
    role = str(form.role.data)
    if member is not None:
        return sit_down(join_room_as_member(session(), member, room, role, on=now().date()), code)
    return sit_down(_enter(room, code, role, str(form.key.data)), code)


@blueprint.get("/room/role")
@SEATED
def ask_role() -> Response:
    """Another role, as long as nothing was answered in this one."""
    here = seated()
    form = RoleForm(formdata=None, role=here.seat.role)
    form.offer(here.questionnaire)
    return render_page(RolePage(title="Your role", families=words.families(here.questionnaire)), form=form)


@blueprint.post("/room/role")
@SEATED
def change_role() -> Response:
    """Take another role, such as "not said" after the warning."""
    here, form = seated(), RoleForm()
    form.offer(here.questionnaire)
    if not sent(form):
        return render_page(RolePage(title="Your role", families=words.families(here.questionnaire)), form=form)
    joined = take_role(session(), here.seat, str(form.role.data))
    if joined.role == NOT_SAID:
        say("You take part without a role now.")
    return see_other(ROOM)


def _enter(room: RoomRow, code: str, role: str, key: str) -> Entered:
    """Join by the device's key; who comes again with another role keeps the one they had."""
    try:
        return join_room(session(), room, role, key=digest_key(), idempotency_key=key, on=now().date())
    except KeyReused:
        assessment = assessments.assessment_by_key(session(), room.assessment_id)
        seat = find_participant(session(), code, token_for(digest_key(), assessment, key))
        name = words.role_name(seat.role, questionnaire_for(session(), assessment))
        say(f"You have been here before, as {name}. That stays; it can be changed until the first answer.", "note")
        return join_room(session(), room, seat.role, key=digest_key(), idempotency_key=key, on=now().date())


def _is_in() -> bool:
    try:
        my_seat()
    except NotSignedIn:
        return False
    return True


def _seat_in(room: RoomRow) -> Seat | None:
    """The seat of this browser in this room, by its cookie alone: being signed in is not yet taking part."""
    try:
        seat = my_seat()
    except NotSignedIn:
        return None
    return seat if seat.room_id == room.id else None


def _offered(room: RoomRow, form: JoinForm) -> JoinForm:
    form.offer(questionnaire_for(session(), assessments.assessment_by_key(session(), room.assessment_id)))
    return form


def _member(room: RoomRow) -> Actor | None:
    """Who is signed in and may answer for this team."""
    actor = present_actor()
    if actor is None:
        return None
    team = assessments.assessment_by_key(session(), room.assessment_id).team_id
    good = may(actor, Capability.ANSWER, room.organization_id, team)
    return Actor(actor.user_id, actor.name) if good else None


def _known(room: RoomRow, member: Actor | None) -> str:
    """The role in which a member takes part already, or nothing."""
    if member is None:
        return ""
    assessment = assessments.assessment_by_key(session(), room.assessment_id)
    try:
        return participant_of(session(), member, assessment).role
    except NotFound:
        return ""


def _join_page(room: RoomRow) -> JoinPage:
    row: AssessmentRow = assessments.assessment_by_key(session(), room.assessment_id)
    questionnaire = questionnaire_for(session(), row)
    member = _member(room)
    known = _known(room, member)
    return JoinPage(
        title="Join the room",
        code=shown_code(room.code or ""),
        action=f"/r/{room.code}",
        organization=people.organization_by_key(session(), row.organization_id).name,
        team=teams.team_by_key(session(), row.team_id).name,
        when=Quarter.parse(row.quarter).in_words,
        purpose=row.purpose,
        variant=row.variant,
        terms=words.terms(row, site().partition("//")[2]),
        families=words.families(questionnaire),
        member=member.name if member else "",
        known=words.role_name(known, questionnaire) if known else "",
    )

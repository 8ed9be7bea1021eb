"""The blueprint of the workshop, who may use it, and the room that a request is about."""

from flask import Blueprint

from app.services.assessments import find_assessment
from app.services.rooms.errors import NoRoomYet
from app.services.rooms.opening import room_of_assessment
from app.store.errors import NotFound
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.web.access import Role, allow
from app.web.units import session
from app.web.visit import place

blueprint = Blueprint("workshop", __name__)
AT = "/assessments/<assessment_id>/workshop"
#: Whoever may run the room of this team (app/accounts/permissions.py).
RUNS = allow(Role.FACILITATOR, within=("assessment_id",))


def assessment_here(assessment_id: str) -> AssessmentRow:
    """The assessment of this request; raises NotFound."""
    return find_assessment(session(), place().organization_id, assessment_id)


def room_here(assessment_id: str) -> RoomRow:
    """The room of this request, open or closed; raises NoRoomYet before it was opened."""
    try:
        return room_of_assessment(session(), assessment_here(assessment_id))
    except NotFound:
        raise NoRoomYet from None

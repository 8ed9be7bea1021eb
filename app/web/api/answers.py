"""One's own answers: nobody's but the caller's."""

from flask import Response

from app.domain.answers import Answer, DontKnow, Level, NotApplicable
from app.domain.questionnaire import NOT_SAID
from app.formats.api_given import Part
from app.formats.api_taken import AnswerTaken, BeliefTaken, DontKnowTaken, LevelTaken, NotApplicableTaken, RoleTaken
from app.services.answering import answer_belief, asked_question, checked_answer
from app.services.assessments import find_assessment, questionnaire_for
from app.services.errors import NotValid
from app.services.given import given_text
from app.services.joining import Joined, participant_of
from app.services.rooms.beside import answer_at_desk, join_at_desk
from app.store.errors import NotFound
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.web.access import Role, allow
from app.web.api.bodies import given, taken
from app.web.api.once import once
from app.web.api.room import Described, Heading, blueprint, describe
from app.web.stage import tell
from app.web.units import session
from app.web.visit import acting, now, place


@blueprint.put("/assessments/<assessment_id>/answers/<question>")
@allow(Role.MEMBER, within=("assessment_id", "question"))
@describe(Described(Heading.ANSWERS, {204: None}, takes=AnswerTaken, moment=True))
@once
def put_answer(assessment_id: str, question: str) -> Response:
    """Answer a question for oneself; the first answer joins."""
    body = taken(AnswerTaken).root
    row = find_assessment(session(), place().organization_id, assessment_id)
    said = checked_answer(asked_question(row, question, questionnaire_for(session(), row)), _said(body))
    comment = given_text(body.comment, "comment")
    mine = _participant(row, body.role)
    kept = answer_at_desk(session(), row, mine, question, said, comment=comment, seq=body.seq)
    tell(session(), kept.room_id, kept.revision)
    return Response(status=204)


@blueprint.put("/assessments/<assessment_id>/beliefs/<belief>")
@allow(Role.MEMBER, within=("assessment_id", "belief"))
@describe(Described(Heading.ANSWERS, {204: None}, takes=BeliefTaken, moment=True))
@once
def put_belief(assessment_id: str, belief: str) -> Response:
    """Say how far one agrees with a statement; the first answer joins."""
    body = taken(BeliefTaken)
    row = find_assessment(session(), place().organization_id, assessment_id)
    answer_belief(session(), row, _participant(row, body.role), belief, body.agree, seq=body.seq)
    return Response(status=204)


@blueprint.put("/assessments/<assessment_id>/role")
@allow(Role.MEMBER, within=("assessment_id",))
@describe(Described(Heading.ANSWERS, {200: Part}, takes=RoleTaken, moment=True))
@once
def put_role(assessment_id: str) -> Response:
    """Take part in a role of the questionnaire, or as not_said; it can be changed until the first answer."""
    body = taken(RoleTaken)
    row = find_assessment(session(), place().organization_id, assessment_id)
    joined = _join(row, body.role)
    return given(Part(role=joined.role, warning=joined.warning))


def _said(body: LevelTaken | DontKnowTaken | NotApplicableTaken) -> Answer:
    if isinstance(body, LevelTaken):
        return Level(body.level)
    return DontKnow() if isinstance(body, DontKnowTaken) else NotApplicable(body.na)


def _participant(row: AssessmentRow, role: str | None) -> ParticipantRow:
    """The caller's part; joined now unless they have before."""
    if role is None:
        try:
            return participant_of(session(), acting(), row)
        except NotFound:
            role = NOT_SAID
    try:
        _join(row, role)
    except NotValid as error:
        if error.field != "respondent":
            raise  # what is left is a twin of this request that was faster: the part is there
    return participant_of(session(), acting(), row)


def _join(row: AssessmentRow, role: str) -> Joined:
    joined, beside = join_at_desk(session(), acting(), row, role, on=now().date())
    tell(session(), beside.room_id, beside.revision)
    return joined

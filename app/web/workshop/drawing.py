"""The pages of the workshop out of what the services know."""

from dataclasses import dataclass
from functools import cached_property

from app.accounts.actor import actor_of
from app.accounts.permissions import Capability
from app.accounts.permissions import may as may_there
from app.domain.questionnaire import NOT_SAID, Questionnaire
from app.services.agreeing import evidence_now
from app.services.assessments import questionnaire_for
from app.services.joining import participant_of
from app.services.rooms.agenda import RoomAgenda, agenda_of
from app.services.rooms.states import SharedState
from app.services.teams import team_of
from app.store.errors import NotFound
from app.store.lookups import answering, people
from app.store.record.versions import agreed_value
from app.store.tables.assessments import AssessmentRow
from app.store.tables.room import RoomRow
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.forms import Form
from app.web.page import Link
from app.web.stage import hub, present_state
from app.web.units import session
from app.web.visit import acting, frame, place
from app.web.workshop import ballots
from app.web.workshop.agenda_part import agenda_part
from app.web.workshop.forms import ArtefactForm, agree_form, expect_form
from app.web.workshop.joining import joining_of
from app.web.workshop.pages import WallPage, WorkshopPage
from app.web.workshop.values import AgendaPart, Asked, EvidencePart, FamilyLine, Leading, RoomPart, Seat, Where

#: From this level on a claim counts as 2 without something to show.
CLAIM = 3
_UNDO = {
    "asked": "Take the question back",
    "asked_again": "Take the new vote back",
    "agreed": "Take the agreement back",
    "not_agreed": "Take it back",
    "reordered": "Take the new order back",
    "said_done": "Take back that it is done",
}


@dataclass
class Stage:
    """An assessment with its room, read once."""

    assessment: AssessmentRow
    room: RoomRow

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the assessment."""
        return questionnaire_for(session(), self.assessment)

    @cached_property
    def team(self) -> TeamRow:
        """The team; of a rehearsal one that is listed nowhere."""
        return team_of(session(), self.assessment)

    @cached_property
    def state(self) -> SharedState:
        """What the whole room may see now."""
        return present_state(self.room)[0]

    @cached_property
    def planned(self) -> RoomAgenda:
        """The agenda as it stands."""
        return agenda_of(session(), self.assessment)

    @cached_property
    def agenda(self) -> AgendaPart:
        """The agenda in words."""
        ended = {row.question: agreed_value(row) for row in answering.agreed(session(), self.assessment.id)}
        words = {question: ballots.ended_words(value) for question, value in ended.items() if value is not None}
        return agenda_part(self.planned, self.room, self.assessment, self.questionnaire, words)

    def workshop(self, **forms: Form) -> WorkshopPage:
        """The facilitator's page; ``forms`` (agreeing, artefact, expecting) are shown again with what is wrong."""
        where = where_of(self.assessment, self.team)
        here = frame("Teams")
        return WorkshopPage(
            title=f"Workshop: {where.name}",
            viewer=here.viewer,
            nav=here.nav,
            trail=trail_of(where, self.team),
            where=where,
            room=self._room(forms),
        )

    def wall(self) -> WallPage:
        """What the room sees."""
        where, state = where_of(self.assessment, self.team), self.state
        asked = ballots.asked_part(state, self.questionnaire, self.agenda.lines)
        return WallPage(
            title=asked.name if asked else where.name,
            where=where,
            revision=state.revision,
            phase=state.phase,
            joined=state.joined,
            voted=state.voted,
            expected=sum(state.expected.values()),
            joining=joining_of(self.room) if self.room.code else None,
            asked=asked,
            shown=ballots.shown_part(state, self.questionnaire),
            settled=ballots.settled_part(state),
            bars=ballots.bars_of(state, self.questionnaire, tight=asked is not None and asked.long),
        )

    def _room(self, forms: dict[str, Form]) -> RoomPart:
        state, agenda = self.state, self.agenda
        asked = ballots.asked_part(state, self.questionnaire, agenda.lines)
        shown = ballots.shown_part(state, self.questionnaire)
        families, unsaid = self._families()
        expected = {line.id: line.expected for line in families}
        agreeing = None
        if shown and asked:
            question = self.questionnaire.question(asked.id)
            agreeing = forms.get("agreeing") or agree_form(question, asked.voting, state.agreed)
        return RoomPart(
            revision=state.revision,
            phase=state.phase,
            joined=state.joined,
            voted=state.voted,
            connected=hub().connected(self.room.id),
            says=_says(state, asked),
            joining=joining_of(self.room),
            families=families,
            unsaid=unsaid,
            expecting=forms.get("expecting") or expect_form(self.questionnaire.families, expected),
            agenda=agenda,
            asked=asked,
            shown=shown,
            settled=ballots.settled_part(state),
            agreeing=agreeing,
            evidence=self._evidence(asked, forms.get("artefact")) if shown and asked else None,
            leading=self._leading(),
            seat=self._seat(),
            undo=_UNDO.get(self.room.undoable["move"], "Take it back") if self.room.undoable else None,
        )

    def _families(self) -> tuple[tuple[FamilyLine, ...], int]:
        """Joined and expected by family, and how many did not say their role; a role alone is never shown."""
        by_role = answering.roles_joined(session(), self.assessment.id)
        family_of = self.questionnaire.families_by_role
        joined = {family.id: 0 for family in self.questionnaire.families}
        for role, number in by_role.items():
            if role in family_of:
                joined[family_of[role]] += number
        lines = tuple(
            FamilyLine(family.id, family.name, joined[family.id], int(self.room.expected.get(family.id, 0)))
            for family in self.questionnaire.families
        )
        return lines, by_role.get(NOT_SAID, 0)

    def _evidence(self, asked: Asked, form: Form | None) -> EvidencePart:
        found, _ = evidence_now(session(), self.assessment, asked.id)
        settled = ballots.settled_part(self.state)
        median = next((figure for words, figure in self._facts() if words == "median"), "0")
        claim = settled.level if settled else float(median)
        return EvidencePart(
            wanted=claim is not None and claim >= CLAIM,
            items=tuple(", ".join(filter(None, (item.title, item.place))) for item in found.items),
            form=form or ArtefactForm(formdata=None, question=asked.id),
            more=f"{ways.record(self.assessment.public_id)}/{asked.id}",
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        shown = ballots.shown_part(self.state, self.questionnaire)
        return shown.facts if shown else ()

    def _leading(self) -> Leading:
        leads = self.room.facilitator_id
        name = "Nobody"
        if leads is not None:
            user = people.user_by_key(session(), leads)
            name = user.name or user.email
        others = tuple(
            (user.public_id, user.name or user.email)
            for user, row in people.members(session(), place().organization_id)
            if user.id != leads and row.role in {"facilitator", "owner"} and may_run(user.id)
        )
        return Leading(name, leads == acting().user_id, others)

    def _seat(self) -> Seat:
        roles = {role.id: role.name for role in self.questionnaire.roles} | {NOT_SAID: "Not said"}
        try:
            mine = participant_of(session(), acting(), self.assessment)
        except NotFound:
            return Seat(None, tuple(roles.items()))
        return Seat(roles[mine.role], ())


def may_run(user_id: int) -> bool:
    """Whether a person may run the room of this request."""
    here = place()
    return may_there(actor_of(session(), user_id), Capability.RUN_ROOM, here.organization_id, here.team_id)


def where_of(assessment: AssessmentRow, team: TeamRow) -> Where:
    """Of what this is the workshop."""
    name = "Rehearsal" if team.rehearsal else f"{team.name}, {assessment.quarter}"
    return Where(assessment.public_id, name, ways.workshop(assessment.public_id), team.rehearsal)


def trail_of(where: Where, team: TeamRow) -> tuple[Link, ...]:
    """The way here; a rehearsal belongs nowhere."""
    if where.rehearsal:
        return ()
    return (Link(team.name, ways.team(team.public_id)), Link(where.name, ways.assessment(where.id)))


def _says(state: SharedState, asked: Asked | None) -> str:
    """What has just changed, in a sentence; counts are left out, since a voice that counts hides everything else."""
    if asked is None:
        return "The room is open."
    settled = ballots.settled_part(state)
    if settled:
        return f"{asked.name}: {settled.words}"
    if state.phase == "voting":
        everybody = state.joined > 0 and state.voted >= state.joined
        return f"{asked.name}: {'everybody has voted' if everybody else 'voting is open'}."
    return f"{asked.name}: the votes are revealed."

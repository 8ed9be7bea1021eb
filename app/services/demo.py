"""The sample organization: several teams and four quarters of history, played through the services people use."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from app.domain.answers import Agreed, Bet, Capacity, EvidenceItem, Level, NotApplicable
from app.domain.quarter import Quarter
from app.domain.questionnaire import Question, Questionnaire
from app.services.actors import OPERATOR
from app.services.agreeing import agree_level, make_bets, set_evidence
from app.services.answering import answer_belief, answer_question, release_my_comment
from app.services.assessments import open_assessment, questionnaire_for, start_assessment
from app.services.board_cards import Report, report_action
from app.services.board_plans import accept_plan
from app.services.closing import close_assessment
from app.services.demo_quarter import OLDER, live_on_the_board, place_older_pack, set_the_scene
from app.services.demo_story import NAME, QUARTERS, QUESTIONNAIRE, SLUG, TEAMS, TeamStory, chance
from app.services.demo_workshop import hold_workshop
from app.services.joining import join_as_guest
from app.services.organizations import make_organization
from app.services.packs import place_shipped
from app.services.settings import Terms, asked_questions
from app.services.teams import make_team
from app.store.errors import NotFound
from app.store.lookups import answering, board, people
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Engine, Session, writing

#: Votes on these show how far people are apart; the rest the room accepts as the facilitator reads it.
_VOTED = 10
_SIX_WEEKS = dt.timedelta(weeks=6)
_AT_HOUR = dt.time(15, tzinfo=dt.UTC)


@dataclass
class _Practice:
    """How a team works as its quarters go by: levels by question, and actions said to be done but not kept up."""

    levels: dict[str, int]


def make_demo(engine: Engine, key: bytes) -> bool:
    """Add the sample organization, whole or not at all; False when it is there already. ``key`` as for closing."""
    with writing(engine) as session:
        try:
            people.organization(session, SLUG)
        except NotFound:
            pass
        else:
            return False
        began = _moment(QUARTERS[0].after(-1))
        place_shipped(session, at=began)
        organization = make_organization(session, OPERATOR, SLUG, NAME, at=began, is_demo=True)
        place_older_pack(session, organization, at=began)
        cast = [(story, make_team(session, OPERATOR, organization, story.name, at=began)) for story in TEAMS]
        practices = [_Practice({}) for _ in cast]
        for number in range(len(QUARTERS)):  # as time goes by: what one team learns about efforts is for all
            for (story, team), practice in zip(cast, practices, strict=True):
                _play(session, team, story, practice, number, key)
        for story, team in cast:
            set_the_scene(session, team, at=began)
            if story.plans:
                live_on_the_board(session, team, QUARTERS[-1].after(1), at=_moment(QUARTERS[-1]) + _SIX_WEEKS)
    return True


def _play(session: Session, team: TeamRow, story: TeamStory, practice: _Practice, number: int, key: bytes) -> None:
    """One quarter of one team."""
    quarter, variant = QUARTERS[number], story.variants[number]
    if variant is None:
        return
    at = _moment(quarter)
    terms = Terms(
        purpose=story.purpose,
        scope=story.scope,
        capacity=Capacity(Decimal(len(story.roles)), Decimal(60), Decimal(story.share)),
        anonymity=story.anonymity,
        context=story.context,
        time_box_minutes=75,
    )
    row = start_assessment(
        session,
        OPERATOR,
        team,
        quarter,
        OLDER if number < story.older else QUESTIONNAIRE,
        at=_before(at, 12),
        variant=variant,
        terms=terms,
    )
    open_assessment(session, OPERATOR, row, at=_before(at, 10))
    questionnaire = questionnaire_for(session, row)
    _work(session, team, story, practice, questionnaire, quarter)
    _grow(story, practice, questionnaire, number)
    last = quarter == QUARTERS[-1]
    _answer(session, row, story, practice, questionnaire)
    held = last and story.workshop
    done = hold_workshop(session, row, questionnaire, story.contested, at=at) if held else frozenset()
    _settle(session, row, story, practice, questionnaire, done, at=at)
    if last and story.last_is_open:
        return
    close_assessment(session, OPERATOR, row, at=at, key=key)
    if story.plans and variant == "full":
        accept_plan(session, OPERATOR, row, at=at)


def _work(
    session: Session,
    team: TeamRow,
    story: TeamStory,
    practice: _Practice,
    questionnaire: Questionnaire,
    quarter: Quarter,
) -> None:
    """What became of the actions planned for this quarter: most are kept up, some are only said to be done."""
    roles = {role.id: role.name for role in questionnaire.roles}
    for card in board.cards(session, team.id):
        begun = card.state == "in_progress"
        if card.step not in questionnaire.steps or card.pinned is False:
            continue
        if not begun and (card.quarter != str(quarter) or card.state != "planned"):
            continue
        step = questionnaire.steps[card.step]
        luck = chance(story.name, card.step, quarter) * (0.7 if begun else 1)
        state = "reported_done" if luck < 0.62 else "in_progress" if luck < 0.8 else "planned"
        if state == "planned":
            continue
        if luck < 0.5:
            practice.levels[step.question] = max(practice.levels[step.question], step.to_level)
        owner = roles[questionnaire.question(step.question).best_roles[0]]
        effort = Decimal(step.days) + (Decimal("0.5") if luck < 0.3 else Decimal(1))
        started = card.started or _first_day(quarter) + dt.timedelta(days=7)
        report = Report(state, owner, started, effort if state == "reported_done" else None)
        report_action(session, OPERATOR, card, report, at=_before(_moment(quarter), 5))


def _grow(story: TeamStory, practice: _Practice, questionnaire: Questionnaire, number: int) -> None:
    """Levels as the habits of the team make them; what was reached by an action stays."""
    for question in questionnaire.questions:
        mean = story.start.get(question.dimension, 0.5) + story.pace * number
        gate = 0.35 if question.gate_level(1) is not None or question.gate_level(2) is not None else 0.0
        wanted = int(mean + gate + 1.3 * (chance(story.name, question.id) - 0.35))
        here = practice.levels.get(question.id, 0)
        practice.levels[question.id] = min(4, max(here, wanted, 0)) if number else min(3, max(wanted, 0))


def _answer(
    session: Session, row: AssessmentRow, story: TeamStory, practice: _Practice, questionnaire: Questionnaire
) -> None:
    """Everybody joins, says what they believe, and answers."""
    asked = asked_questions(questionnaire, row.variant, row.context)
    voted = sorted(asked, key=lambda q: (q.id not in story.contested, chance(story.name, "voted", q.id)))[:_VOTED]
    for place, role in enumerate(story.roles, 1):
        name = f"r{place}"
        join_as_guest(session, row, role, on=row.date - dt.timedelta(days=7), respondent=name)
    for person in answering.participants(session, row.id):
        if row.variant == "full":
            for belief in questionnaire.beliefs:
                answer_belief(session, row, person, belief.id, _opinion(story, person, belief.keyed, belief.id, row))
        if story.last_is_open and row.quarter == str(QUARTERS[-1]) and person.respondent == "r6":
            continue
        for question in voted:
            _vote(session, row, story, practice, questionnaire, person, question)


def _vote(  # noqa: PLR0913, PLR0917 - one answer depends on all of them
    session: Session,
    row: AssessmentRow,
    story: TeamStory,
    practice: _Practice,
    questionnaire: Questionnaire,
    person: ParticipantRow,
    question: Question,
) -> None:
    luck = chance(story.name, person.respondent, question.id, row.quarter)
    lean = (luck > 0.8) - (luck < 0.2)
    level = practice.levels[question.id]
    if question.id in story.contested:
        builders = questionnaire.families_by_role[person.role] == "builders"
        level, lean = (max(level, 3), 0) if builders else (0, int(luck > 0.6))
    comment = None
    if question.id in story.contested and person.respondent == "r4":
        comment = "It works in office hours; at night nobody would notice."
    answer = Level(min(4, max(0, level + lean)))
    answer_question(session, row, person, question.id, answer, comment=comment)
    if comment is not None:
        release_my_comment(session, row, person, question.id, released=True)


def _settle(  # noqa: PLR0913 - what is settled depends on all of them
    session: Session,
    row: AssessmentRow,
    story: TeamStory,
    practice: _Practice,
    questionnaire: Questionnaire,
    done: frozenset[str],
    *,
    at: dt.datetime,
) -> None:
    """What is not ``done`` is settled, evidence named, bets made; of what is still open only the first third."""
    asked = asked_questions(questionnaire, row.variant, row.context)
    unfinished = story.last_is_open and row.quarter == str(QUARTERS[-1])
    for question in asked[: len(asked) // 3] if unfinished else asked:
        if question.id in story.contested or question.id in done:
            continue
        level = practice.levels[question.id]
        agreed = Agreed(Level(level), story.notes.get(question.id))
        if question.id == "aut-retraining" and story.name == "Search":
            agreed = Agreed(NotApplicable("the supplier trains the model"))
        agree_level(session, OPERATOR, row, question.id, agreed, at=at)
        if level >= 3 and chance(story.name, "shown", question.id) < 0.75:
            items = [_artefact(question, row, seen=level == 4 or chance(story.name, "seen", question.id) < 0.3)]
            set_evidence(session, OPERATOR, row, question.id, items, at=at)
    if row.variant == "full":
        low = sorted((q for q in asked if q.is_core), key=lambda q: (practice.levels[q.id], q.id))[:2]
        make_bets(session, OPERATOR, row, [Bet(q.id, practice.levels[q.id] + 1) for q in low], at=at)


def _artefact(question: Question, row: AssessmentRow, *, seen: bool) -> EvidenceItem:
    title = question.evidence[0] if question.evidence else question.capability
    shown = title if len(title) <= 120 else f"{title[:117]}..."
    date = row.date - dt.timedelta(days=14)
    return EvidenceItem(shown, "team wiki", date, "somebody of the platform team" if seen else None)


def _opinion(story: TeamStory, person: ParticipantRow, keyed: str, belief: str, row: AssessmentRow) -> int | None:
    """Early on, many agree with the myths; with the quarters fewer do."""
    luck = chance(story.name, person.respondent, belief)
    if luck > 0.95:
        return None
    doubt = 0.5 * QUARTERS.index(Quarter.parse(row.quarter))
    agree = 3.6 - doubt * story.pace * 4 + 2.2 * (luck - 0.5) + 1.2 * (chance(story.name, belief) - 0.5)
    kept = min(5, max(1, round(agree)))
    return kept if keyed == "myth" else 6 - kept


def _first_day(quarter: Quarter) -> dt.date:
    return quarter.after(-1).last_day + dt.timedelta(days=1)


def _moment(quarter: Quarter) -> dt.datetime:
    return dt.datetime.combine(quarter.last_day, _AT_HOUR)


def _before(at: dt.datetime, days: int) -> dt.datetime:
    return at - dt.timedelta(days=days)

"""What the facilitator records for the room: agreed levels, evidence, shows of hands, bets."""

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.answers import Agreed, Bet, DontKnow, Evidence, EvidenceItem, Grade, Hands
from app.domain.questionnaire import NOT_SAID
from app.services.actors import Actor
from app.services.answering import asked_question, checked_answer
from app.services.assessments import hold_open, questionnaire_for
from app.services.errors import NotAnAnswer, NotThere, NotValid
from app.services.given import given_name, given_text
from app.store.errors import VersionConflict
from app.store.lookups import answering
from app.store.record.answers import end_votings, save_bets, save_hands
from app.store.record.requests import log
from app.store.record.versions import agreed_value, evidence_value, save_agreed, save_evidence
from app.store.tables.assessments import AssessmentRow
from app.store.unit_of_work import Session

MOST_ITEMS = 20
MOST_HANDS = 5000


def agree_level(  # noqa: PLR0913 - who settles what on which version, when
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    question: str,
    agreed: Agreed | None,
    *,
    at: dt.datetime,
    version: int | None = None,
) -> int:
    """Record what the room settled on, or take it back (None); the new version.

    It ends every voting of the question. Raises NotThere, NotAnAnswer, VersionConflict, NotYetOpen, AssessmentFrozen.
    """
    # What is not valid is so at any moment: it is told before whether this is one.
    asked = asked_question(assessment, question, questionnaire_for(session, assessment))
    kept = None
    if agreed is not None:
        answer = checked_answer(asked, agreed.answer)
        if isinstance(answer, DontKnow):
            raise NotAnAnswer(question, "the room settles on a level, or on why the question does not apply")
        kept = Agreed(answer, given_text(agreed.note, "note"))
    held = hold_open(session, assessment, alone=True)
    saved = save_agreed(session, held, question, kept, expected_version=version)
    if kept is not None:
        end_votings(session, held, question)
    _log(session, actor, held, "agreed" if kept else "agreed_taken_back", question, at)
    return saved


def set_evidence(  # noqa: PLR0913 - as agree_level
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    question: str,
    items: Sequence[EvidenceItem],
    *,
    at: dt.datetime,
    grade: Grade | None = None,
    version: int | None = None,
) -> int:
    """Record what stands behind a level; the new version. Without a grade the items give it. Errors as above."""
    asked_question(assessment, question, questionnaire_for(session, assessment))
    if len(items) > MOST_ITEMS:
        raise NotValid("items", f"name at most {MOST_ITEMS} artefacts")
    kept = tuple(_item(item) for item in items)
    evidence = Evidence(_grade(grade, kept), kept)
    held = hold_open(session, assessment, alone=True)
    saved = save_evidence(session, held, question, evidence, expected_version=version)
    _log(session, actor, held, "evidence", question, at)
    return saved


def agreed_now(session: Session, assessment: AssessmentRow, question: str) -> tuple[Agreed | None, int]:
    """What the room settled on, and its version; 0 before anything was recorded."""
    row = answering.agreed_on(session, assessment.id, question)
    return (None, 0) if row is None else (agreed_value(row), row.version)


def evidence_now(session: Session, assessment: AssessmentRow, question: str) -> tuple[Evidence, int]:
    """What stands behind a level, and its version; 0 before anything was recorded."""
    row = answering.evidence_of(session, assessment.id, question)
    return (Evidence(Grade.E0, ()), 0) if row is None else (evidence_value(row), row.version)


def enter_hands(  # noqa: PLR0913 - as agree_level
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    question: str,
    shown: Sequence[Hands],
    *,
    at: dt.datetime,
    seen: Sequence[Hands] | None = None,
) -> None:
    """Record a public show of hands by role; it replaces an earlier one.

    ``seen`` is what the editor saw before, None for whatever is there; hands carry no version of their own.
    Raises NotThere, NotValid, VersionConflict (with the hands as they are now).
    """
    held = hold_open(session, assessment, alone=True)
    questionnaire = questionnaire_for(session, held)
    asked = asked_question(held, question, questionnaire)
    for hand in shown:
        if hand.role != NOT_SAID and hand.role not in questionnaire.families_by_role:
            raise NotValid("role", f"there is no role {hand.role!r}")
        if any(not 0 <= count <= MOST_HANDS for count in hand.counts):
            raise NotValid("counts", f"a count is 0 to {MOST_HANDS:,}")
        if hand.counts[6] and not asked.na_allowed:
            raise NotValid("counts", f"{question} applies to everybody")
    if len({hand.role for hand in shown}) < len(shown):
        raise NotValid("role", "every role once")
    present = hands_of(session, held, question)
    if seen is not None and _by_role(seen) != present:
        raise VersionConflict("show of hands", 0, present)
    save_hands(session, held, question, [hand for hand in shown if any(hand.counts)])
    if any(any(hand.counts) for hand in shown):
        held.first_answer = True
        session.flush()
    _log(session, actor, held, "hands", question, at)


def hands_of(session: Session, assessment: AssessmentRow, question: str) -> tuple[Hands, ...]:
    """The show of hands on a question, by role."""
    rows = answering.hands(session, assessment.id)
    found = (Hands(row.role, tuple(row.counts)) for row in rows if row.question == question)  # type: ignore[arg-type]
    return _by_role(found)


def share_artefact(
    session: Session,
    actor: Actor,
    assessment: AssessmentRow,
    item: EvidenceItem,
    questions: Sequence[str],
    *,
    at: dt.datetime,
) -> int:
    """Name an artefact for further questions beside what is named there; for how many it is new.

    Raises NotThere, NotValid; nothing is written then.
    """
    held = hold_open(session, assessment, alone=True)
    shared = _item(item)
    named = {row.question: evidence_value(row).items for row in answering.evidence(session, held.id)}
    new = [question for question in questions if shared not in named.get(question, ())]
    for question in new:
        set_evidence(session, actor, held, question, (*named.get(question, ()), shared), at=at)
    return len(new)


def make_bets(
    session: Session, actor: Actor, assessment: AssessmentRow, bets: Sequence[Bet], *, at: dt.datetime
) -> None:
    """Record which levels the room expects next time; they replace earlier ones. Raises NotThere, NotValid."""
    held = hold_open(session, assessment, alone=True)
    known = questionnaire_for(session, held).by_id
    for bet in bets:
        if bet.question not in known:
            raise NotThere("question", bet.question)
        if bet.level not in range(5):
            raise NotValid("level", "a level is 0 to 4")
    if len({bet.question for bet in bets}) < len(bets):
        raise NotValid("bets", "one bet a question")
    save_bets(session, held, bets)
    _log(session, actor, held, "bets", ", ".join(sorted(bet.question for bet in bets)), at)


def _by_role(shown: Iterable[Hands]) -> tuple[Hands, ...]:
    return tuple(sorted((hand for hand in shown if any(hand.counts)), key=lambda hand: hand.role))


def _item(item: EvidenceItem) -> EvidenceItem:
    place = given_text(item.place, "place")
    seen_by = given_text(item.seen_by, "seen_by")
    return EvidenceItem(given_name(item.title, "title"), place, item.date, seen_by)


def _grade(grade: Grade | None, items: Sequence[EvidenceItem]) -> Grade:
    follows = Grade.E0 if not items else Grade.E2 if any(item.seen_by for item in items) else Grade.E1
    if grade is None:
        return follows
    if grade > follows:
        raise NotValid(
            "grade",
            "E1 needs an artefact; name one" if follows is Grade.E0 else "E2 needs somebody else who saw it; say who",
        )
    return grade


def _log(session: Session, actor: Actor, row: AssessmentRow, what: str, question: str, at: dt.datetime) -> None:
    log(
        session,
        row.organization_id,
        f"assessment.{what}",
        at=at,
        actor_id=actor.user_id,
        target=row.public_id,
        detail={"question": question},
    )

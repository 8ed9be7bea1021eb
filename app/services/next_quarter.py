"""The next assessment of a team: suggested, started in one move, and what to look at first."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.answers import Bet, Variant
from app.domain.quarter import Quarter
from app.domain.questionnaire import Questionnaire
from app.services.actors import Actor
from app.services.assessments import questionnaire_for, start_assessment, terms_of
from app.services.board import Card, board_of
from app.services.errors import WrongMoment
from app.services.pack_changes import PackChanges, pack_changes
from app.services.packs import OrganizationShelf, find_pack, questionnaire_of
from app.services.results import sheet_of
from app.services.settings import Terms
from app.store.lookups import assessments
from app.store.lookups import teams as team_lookups
from app.store.tables.assessments import AssessmentRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Session

_FIRST_PACK = "mlops"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Suggestion:
    """What the next assessment would be. ``changes``: what its questionnaire changes; None for the first one.

    ``terms`` are those of the last full assessment (purpose, scope, capacity, targets, context, anonymity, time box);
    levels are never inherited. ``standing``: the public id of an assessment that is at it already.
    """

    quarter: Quarter
    variant: Variant
    questionnaire: str
    terms: Terms
    previous: Quarter | None
    changes: PackChanges | None
    standing: str | None


@dataclass(frozen=True)
class FirstThings:
    """What a room looks at before any question: actions that are open or said to be done, and last time's bets."""

    actions: tuple[Card, ...]
    bets: tuple[Bet, ...]
    of: Quarter | None


def suggest_next(session: Session, team: TeamRow, *, today: dt.date, variant: Variant = "full") -> Suggestion:
    """The quarter of today, or the one after the last assessment of this variant where that is later."""
    rows = assessments.assessments_of_team(session, team.id)
    same = [row for row in rows if row.variant == variant]
    quarter = quarter_of(today)
    if same and same[-1].state not in {"draft", "open"}:
        quarter = max(quarter, Quarter.parse(same[-1].quarter).after(1))
    last = _last(rows)
    name = newest_version(session, team.organization_id, _pack_of(session, last))
    changes = None
    if last is not None:
        newest = questionnaire_of(find_pack(session, team.organization_id, name))
        changes = pack_changes(questionnaire_for(session, last), newest)
    unfinished = next((row.public_id for row in reversed(same) if row.state in {"draft", "open"}), None)
    return Suggestion(
        quarter=quarter,
        variant=variant,
        questionnaire=name,
        terms=_inherited(last, session, team.organization_id, name),
        previous=Quarter.parse(last.quarter) if last else None,
        changes=changes,
        standing=unfinished,
    )


def terms_to_begin_with(session: Session, team: TeamRow, questionnaire: str) -> tuple[Terms, Quarter | None]:
    """What a new assessment by this questionnaire begins with, and the quarter it is from: the last closed one.

    The last full one where there is any, otherwise the last pulse; without either the terms are empty, and of no one.
    """
    last = _last(assessments.assessments_of_team(session, team.id))
    terms = _inherited(last, session, team.organization_id, questionnaire)
    return terms, Quarter.parse(last.quarter) if last is not None else None


def start_next_quarter(
    session: Session, actor: Actor, team: TeamRow, *, at: dt.datetime, variant: Variant = "full"
) -> AssessmentRow:
    """Start the suggested assessment as a draft: settings inherited, answers never.

    Raises WrongMoment while one is unfinished, TeamArchived, NoLiveModel, AssessmentExists.
    """
    found = suggest_next(session, team, today=at.date(), variant=variant)
    if found.standing is not None:
        raise WrongMoment("the last assessment is not closed yet; continue that one")
    return start_assessment(
        session, actor, team, found.quarter, found.questionnaire, at=at, variant=variant, terms=found.terms
    )


def what_the_pack_changed(session: Session, assessment: AssessmentRow) -> PackChanges | None:
    """What its questionnaire changes against the team's last closed full assessment before it; None for the first."""
    before = [row for row in assessments.closed_before(session, assessment) if row.variant == "full"]
    if not before:
        return None
    return pack_changes(questionnaire_for(session, before[-1]), questionnaire_for(session, assessment))


def first_things(session: Session, assessment: AssessmentRow) -> FirstThings:
    """The open actions and the bets that an assessment begins with (measurement.md 4.13: open actions first)."""
    team = team_lookups.team_by_key(session, assessment.team_id)
    before = [row for row in assessments.closed_before(session, assessment) if row.variant == "full"]
    return _things(session, team, Quarter.parse(assessment.quarter), before[-1] if before else None)


def things_to_review(session: Session, team: TeamRow, quarter: Quarter) -> FirstThings:
    """The same for an assessment that is not made yet."""
    rows = [row for row in assessments.assessments_of_team(session, team.id) if Quarter.parse(row.quarter) < quarter]
    closed = [row for row in rows if row.state == "closed" and row.variant == "full"]
    return _things(session, team, quarter, closed[-1] if closed else None)


def _things(session: Session, team: TeamRow, quarter: Quarter, last: AssessmentRow | None) -> FirstThings:
    cards = [card for card in board_of(session, team).cards if _is_due(card, quarter)]
    bets = sheet_of(session, last).bets_made if last is not None else ()
    told = sorted(cards, key=lambda card: (_TURN.index(card.state), card.quarter or Quarter(9999, 4), card.step))
    return FirstThings(tuple(told), tuple(bets), Quarter.parse(last.quarter) if last else None)


def newest_version(session: Session, organization_id: int, pack: str) -> str:
    """The newest published version of a questionnaire on an organization's shelf, such as ``mlops@1.0.0``."""
    names = [name for name in OrganizationShelf(session, organization_id).names() if name.partition("@")[0] == pack]
    if not names:
        raise WrongMoment(f"there is no published version of the questionnaire {pack!r}; publish one first")
    return max(names, key=version_key)


def version_key(name: str) -> tuple[tuple[int, ...], bool, str]:
    """Orders versions as people count: 1.10.0 after 1.9.0, and a preliminary 2.0.0-rc1 before 2.0.0."""
    version = name.partition("@")[2]
    release, dash, _ = version.partition("-")
    return tuple(int(part) for part in _NUMBER.findall(release)), not dash, version


def quarter_of(day: dt.date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


#: In this order they are talked about: what is said to be done is checked first.
_TURN = ("reported_done", "in_progress", "not_confirmed", "regressed", "planned")


def _is_due(card: Card, quarter: Quarter) -> bool:
    if not card.is_open:
        return False
    return card.state != "planned" or (card.quarter is not None and card.quarter <= quarter)


def _last(rows: Sequence[AssessmentRow]) -> AssessmentRow | None:
    closed = [row for row in rows if row.state == "closed"]
    full = [row for row in closed if row.variant == "full"]
    return full[-1] if full else closed[-1] if closed else None


def _pack_of(session: Session, last: AssessmentRow | None) -> str:
    return questionnaire_for(session, last).id if last is not None else _FIRST_PACK


def _inherited(last: AssessmentRow | None, session: Session, organization_id: int, name: str) -> Terms:
    """The terms of the last assessment, less what the questionnaire does not hold any more."""
    if last is None:
        return Terms()
    asked: Questionnaire = questionnaire_of(find_pack(session, organization_id, name))
    terms = terms_of(last)
    choices = {c.id: {choice.value for choice in c.choices} for c in asked.context}
    return replace(
        terms,
        date=None,
        target_levels={q: level for q, level in terms.target_levels.items() if q in asked.by_id},
        context={
            c: value for c, value in terms.context.items() if c in choices and (not choices[c] or value in choices[c])
        },
    )

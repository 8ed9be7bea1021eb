"""What is due for one person in one organization: as much as a page shows, whatever the number of teams."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from app.services.next_quarter import quarter_of
from app.services.packs import questionnaire_by_key
from app.services.reminders import ACTION_DAYS, ASSESSMENT_DAYS, action_words, assessment_words
from app.store.lookups import assessments, people, reminding, teams
from app.store.tables.board import CardRow
from app.store.tables.people import OrganizationRow
from app.store.unit_of_work import Session

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class DueThing:
    """One thing that is due. ``target``: the public id of its team or its action; ``team``: the team's inner key."""

    kind: Literal["assessment", "action"]
    team: int
    target: str
    due: dt.date
    says: str


@dataclass(frozen=True, slots=True)
class DueThings:
    """What is due first, by day and line; ``more``: there is more than is shown."""

    first: tuple[DueThing, ...]
    more: bool


def due_for(session: Session, organization: OrganizationRow, user_id: int, now: dt.datetime, *, most: int) -> DueThings:
    """What is due for one person, told already or not: as in the letters that remind of it, at most so many things."""
    found = [
        *_assessments(session, organization, user_id, now, most + 1),
        *_actions(session, organization, user_id, now),
    ]
    found.sort(key=lambda one: (one.due, one.says, one.target))
    return DueThings(tuple(found[:most]), len(found) > most)


def _assessments(
    session: Session, organization: OrganizationRow, user_id: int, now: dt.datetime, most: int
) -> list[DueThing]:
    """Teams that this person leads and that have not begun the assessment of a quarter that ends soon."""
    present = quarter_of(now.date())
    if (present.last_day - now.date()).days > ASSESSMENT_DAYS:
        return []
    led = reminding.led_by(organization.id, people.membership(session, organization.id, user_id))
    rows = reminding.teams_due(session, organization.id, led, str(present), most)
    return [
        DueThing("assessment", team.id, team.public_id, present.last_day, assessment_words(team.name, present))
        for team in rows
    ]


def _actions(session: Session, organization: OrganizationRow, user_id: int, now: dt.datetime) -> list[DueThing]:
    """Actions that are this person's, and those of the teams they lead that are nobody's of the organization."""
    user = people.user_by_key(session, user_id)
    mine = {name.lower() for name in (user.name, user.email) if name}
    led = reminding.led_by(organization.id, people.membership(session, organization.id, user_id))
    until = now.date() + dt.timedelta(days=ACTION_DAYS)
    cards = reminding.cards_due_for(session, organization.id, until, led, mine, _LOOKED_AT)
    others = _others(session, organization, cards, mine)
    kept = [card for card in cards if card.due is not None and (card.owner or "").lower() not in others]
    names = teams.names_of(session, {card.team_id for card in kept})
    packs = assessments.newest_packs(session, names)
    found = []
    for card in kept:
        steps = questionnaire_by_key(session, packs[card.team_id]).steps if card.team_id in packs else {}
        title = steps[card.step].title if card.step in steps else card.step
        due = card.due or until
        words = action_words(names[card.team_id], title, due, now.date())
        found.append(DueThing("action", card.team_id, card.public_id, due, words))
    return found


def _others(
    session: Session, organization: OrganizationRow, cards: Sequence[CardRow], mine: Collection[str]
) -> set[str]:
    """Which owners are other people of the organization: what is theirs is told to them alone."""
    owners = {card.owner.lower() for card in cards if card.owner} - set(mine)
    known = people.people_named(session, organization.id, owners) if owners else []
    return {name.lower() for user in known for name in (user.name, user.email) if name}

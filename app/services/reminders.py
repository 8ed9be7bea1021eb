"""Reminders of due assessments and due actions: gathered, sent once each, one letter a person."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from app.domain.quarter import Quarter
from app.services.next_quarter import quarter_of
from app.services.packs import questionnaire_by_key
from app.store.lookups import assessments, overview, people, reminding, teams
from app.store.revision import require_current
from app.store.tables.people import OrganizationRow
from app.store.tables.reminding import ReminderRow
from app.store.tables.teams import TeamRow
from app.store.unit_of_work import Engine, Session, reading, writing

#: So many days before it is due, somebody hears of it.
ASSESSMENT_DAYS = 14
ACTION_DAYS = 3
#: For so long the store remembers that it went out.
_REMEMBERED = dt.timedelta(days=400)


class Mailer(Protocol):
    """Something that delivers a letter, or raises OSError."""

    def deliver(self, recipient: str, subject: str, text: str) -> None:
        """Deliver a letter now."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due, for one person. ``says`` is the line of the letter; ``team`` an inner key."""

    organization_id: int
    team: int
    user_id: int
    recipient: str
    kind: Literal["assessment", "action"]
    target: str
    due: dt.date
    says: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went out with how many reminders, and how many letters could not be delivered."""

    letters: int
    reminders: int
    failed: int


def due_reminders(session: Session, now: dt.datetime) -> tuple[Reminder, ...]:
    """What is due and was not yet told, for everybody in every organization but the sample; by person, day and line.

    An assessment is for the facilitators of its team (the owners where there is none), an action for its owner when
    that is the name or the address of a member, else for the facilitators.
    """
    found: list[Reminder] = []
    for organization in people.organizations(session):
        if not organization.is_demo:
            told = reminding.reminded(session, organization.id, now - _REMEMBERED)
            due = [*_assessments(session, organization, now), *_actions(session, organization, now)]
            found += [r for r in due if (r.user_id, r.kind, r.target, r.due) not in told]
    return tuple(sorted(found, key=lambda r: (r.recipient, r.due, r.says, r.target)))


def send_reminders(engine: Engine, mailer: Mailer, *, now: dt.datetime, address: str) -> Sent:
    """Send each person one letter with what is due; ``address`` is where Mythmark is reached.

    A letter that was delivered is kept as sent at once, so a second run, also after a crash, sends only the rest.
    Raises WrongSchema.
    """
    require_current(engine)
    with reading(engine) as session:
        due = due_reminders(session, now)
    letters: dict[tuple[int, str], list[Reminder]] = {}
    for reminder in due:
        letters.setdefault((reminder.user_id, reminder.recipient), []).append(reminder)
    sent = told = failed = 0
    for (_, recipient), reminders in letters.items():
        subject, text = letter_of(reminders, address)
        try:
            mailer.deliver(recipient, subject, text)
        except OSError:
            failed += 1
            continue
        with writing(engine) as session:
            session.add_all(_sent(reminder, now) for reminder in reminders)
        sent, told = sent + 1, told + len(reminders)
    return Sent(sent, told, failed)


def letter_of(reminders: Sequence[Reminder], address: str) -> tuple[str, str]:
    """Subject and text of one person's letter."""
    count = len(reminders)
    subject = f"Mythmark: {count} things are due" if count > 1 else "Mythmark: one thing is due"
    lines = "\n".join(f"- {reminder.says}" for reminder in reminders)
    return subject, f"Hello,\n\n{lines}\n\nOpen Mythmark: {address}\n\nYou hear of each of these once.\n"


def assessment_words(team: str, quarter: Quarter) -> str:
    """That the assessment of a quarter is due, in one line."""
    return f"{team}: the assessment of {quarter.in_words} is due by {quarter.last_day.isoformat()}"


def action_words(team: str, title: str, due: dt.date, today: dt.date) -> str:
    """That an action is due, or was, in one line."""
    when = "was due on" if due < today else "is due on"
    return f"{team}: \u201c{title}\u201d {when} {due.isoformat()}"


def _sent(reminder: Reminder, now: dt.datetime) -> ReminderRow:
    return ReminderRow(
        user_id=reminder.user_id,
        kind=reminder.kind,
        target=reminder.target,
        due=reminder.due,
        organization_id=reminder.organization_id,
        sent_at=now,
    )


def _assessments(session: Session, organization: OrganizationRow, now: dt.datetime) -> Iterable[Reminder]:
    """Teams that were assessed before and have not begun the assessment of a quarter that ends soon."""
    if (quarter_of(now.date()).last_day - now.date()).days > ASSESSMENT_DAYS:
        return  # no team is due before the present quarter ends
    rows = teams.teams(session, organization.id)
    last = overview.last_closed(session, [team.id for team in rows])
    begun = overview.under_way(session, [team.id for team in rows])
    leaders = _leaders(session, organization, rows)
    for team in rows:
        if team.id not in last or team.id in begun:
            continue
        quarter = max(Quarter.parse(last[team.id].quarter).after(1), quarter_of(now.date()))
        if (quarter.last_day - now.date()).days > ASSESSMENT_DAYS:
            continue
        says = assessment_words(team.name, quarter)
        for user_id, email in leaders[team.id]:
            target = f"{team.public_id} {quarter}"
            yield Reminder(organization.id, team.id, user_id, email, "assessment", target, quarter.last_day, says)


def _actions(session: Session, organization: OrganizationRow, now: dt.datetime) -> Iterable[Reminder]:
    cards = reminding.cards_due(session, organization.id, now.date() + dt.timedelta(days=ACTION_DAYS))
    if not cards:
        return
    rows = {team.id: team for team in teams.teams(session, organization.id)}
    leaders = _leaders(session, organization, list(rows.values()))
    members = {
        name.casefold(): (user.id, user.email)
        for user, _ in people.members(session, organization.id)
        for name in (user.name, user.email)
        if name
    }
    packs = assessments.newest_packs(session, {card.team_id for card in cards})
    for card in cards:
        if card.team_id not in rows or card.due is None:
            continue
        steps = questionnaire_by_key(session, packs[card.team_id]).steps if card.team_id in packs else {}
        title = steps[card.step].title if card.step in steps else card.step
        says = action_words(rows[card.team_id].name, title, card.due, now.date())
        owner = members.get((card.owner or "").casefold())
        for user_id, email in [owner] if owner else leaders[card.team_id]:
            yield Reminder(organization.id, card.team_id, user_id, email, "action", card.public_id, card.due, says)


def _leaders(
    session: Session, organization: OrganizationRow, rows: Sequence[TeamRow]
) -> Mapping[int, list[tuple[int, str]]]:
    """The facilitators of each team by inner key and address; the owners where a team has none."""
    found: dict[int, list[tuple[int, str]]] = {team.id: [] for team in rows}
    owners = []
    for user, membership in people.members(session, organization.id):
        if not user.active:
            continue
        if membership.role == "owner":
            owners.append((user.id, user.email))
        elif membership.role == "facilitator":
            mine = found if membership.all_teams else {t.id for t in people.teams_of_member(session, membership)}
            for team_id in set(mine) & set(found):
                found[team_id].append((user.id, user.email))
    return {team: leaders or owners for team, leaders in found.items()}

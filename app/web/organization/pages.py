"""An organization's settings and log as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage(Page):
    """Settings of the organization; ``slug`` is its name in addresses."""

    slug: str
    action: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that was done: when, by whom, what, to what."""

    at: dt.datetime
    who: str
    what: str
    target: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage(Page):
    """The log, newest first; ``newer`` and ``older`` are addresses or none."""

    lines: tuple[LogLine, ...]
    newer: str | None
    older: str | None


#: What was done, in words; an event without a row is shown by its own name.
EVENTS: Mapping[str, str] = {
    "action.reported": "Reported an action",
    "assessment.agreed": "Recorded an agreed level",
    "assessment.agreed_taken_back": "Took an agreed level back",
    "assessment.bets": "Recorded bets",
    "assessment.changed": "Changed the settings of an assessment",
    "assessment.closed": "Closed an assessment",
    "assessment.discarded": "Threw a draft away",
    "assessment.evidence": "Recorded evidence",
    "assessment.exported": "Exported an assessment",
    "assessment.hands": "Recorded a show of hands",
    "assessment.imported": "Imported an assessment",
    "assessment.opened": "Opened an assessment",
    "assessment.started": "Started an assessment",
    "assessment.voided": "Declared an assessment void",
    "member.changed": "Changed a person's role or teams",
    "member.invitation_withdrawn": "Withdrew an invitation",
    "member.invited": "Invited somebody",
    "member.joined": "Joined",
    "member.removed": "Removed a person",
    "organization.changed": "Changed the organization's settings",
    "organization.made": "Made the organization",
    "plan.accepted": "Accepted a plan",
    "questionnaire.published": "Published a questionnaire",
    "questionnaire.uploaded": "Uploaded a questionnaire",
    "questionnaire.withdrawn": "Withdrew a draft questionnaire",
    "rehearsal.ended": "Ended a rehearsal",
    "room.accepted": "Accepted questions as agreed",
    "room.agenda": "Brought the agenda of a room up to date",
    "room.agreed": "Agreed on a level in a room",
    "room.asked": "Put a question up in a room",
    "room.asked_again": "Let a room vote again",
    "room.closed": "Closed a room",
    "room.expects": "Said how many people a room expects",
    "room.handed_over": "Handed a room over",
    "room.not_agreed": "Recorded that a room did not agree",
    "room.opened": "Opened a room",
    "room.reordered": "Changed the order of an agenda",
    "room.revealed": "Revealed the votes in a room",
    "room.said_done": "Said in a room that an action is done",
    "room.taken_over": "Took a room over",
    "room.time_box": "Changed the time box of a room",
    "room.undone": "Took a move in a room back",
    "sign_in.passkey_added": "Added a passkey",
    "sign_in.passkey_removed": "Removed a passkey",
    "sign_in.password_changed": "Set a password",
    "sign_in.recovery_codes_made": "Made recovery codes",
    "sign_in.reset_link_made": "Made a link for a new password",
    "sign_in.second_factor_removed": "Removed a second factor",
    "sign_in.second_factor_set": "Set a second factor",
    "sign_in.single_sign_on_linked": "Signed in through the provider for the first time",
    "sign_in.start_link_made": "Made a one-time link",
    "sign_in.start_link_used": "Signed in by a one-time link",
    "sign_in.token_ended": "Ended an API token",
    "sign_in.token_made": "Made an API token",
    "team.archived": "Archived a team",
    "team.brought_back": "Brought a team back",
    "team.made": "Made a team",
    "team.renamed": "Renamed a team",
}

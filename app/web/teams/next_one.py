"""``/teams/<team_id>/assessments/next``: the next assessment in one click, and what it will be."""

from flask import Response

from app.accounts.permissions import Capability
from app.domain.questionnaire import Questionnaire
from app.services.assessments import questionnaire_for
from app.services.board_plans import last_full
from app.services.errors import WrongMoment
from app.services.next_quarter import Suggestion, start_next_quarter, suggest_next, things_to_review
from app.services.packs import find_pack, questionnaire_of
from app.services.teams import find_team
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import plural, sentence
from app.web.page import Link, say, see_other
from app.web.teams.pages import NextOne
from app.web.teams.room import blueprint
from app.web.units import session
from app.web.visit import acting, need, now, place

_STATES = {"reported_done": "reported done", "in_progress": "in progress", "not_confirmed": "not confirmed"}


@blueprint.post("/teams/<team_id>/assessments/next")
@allow(Role.FACILITATOR, within=("team_id",))
def start_next(team_id: str) -> Response:
    """Start it as a draft; one that is not closed yet is continued instead."""
    need(Capability.CREATE_ASSESSMENTS)
    team = find_team(session(), place().organization_id, team_id)
    found = suggest_next(session(), team, today=now().date())
    if found.standing is not None:
        say("It is started already; go on with it here.", "note")
        return see_other(ways.assessment(found.standing))
    row = start_next_quarter(session(), acting(), team, at=now())
    say("It is started as a draft, with the settings of last time. Open it when they are right.")
    return see_other(ways.assessment(row.public_id))


def next_of(team: TeamRow) -> NextOne | None:
    """What the next assessment of a team will be; None before its first full one is closed."""
    try:
        last = last_full(session(), team)
        found = suggest_next(session(), team, today=now().date())
    except WrongMoment:
        return None
    before, first = questionnaire_for(session(), last), things_to_review(session(), team, found.quarter)
    asked = questionnaire_of(find_pack(session(), team.organization_id, found.questionnaire))
    return NextOne(
        title=f"Next: {found.quarter.in_words}",
        quarter=str(found.quarter),
        start=f"{ways.team(team.public_id)}/assessments/next",
        settings=_settings(found, asked),
        changes=_changes(found, before, asked),
        actions=tuple(
            (
                Link(card.title, ways.action(card.id)),
                ", ".join(filter(None, (_STATES.get(card.state, card.state), card.owner or "", card.capability))),
            )
            for card in first.actions
        ),
        bets=tuple(f"{_name(bet.question, before)} will be at level {bet.level}" for bet in first.bets),
        standing=ways.assessment(found.standing) if found.standing else "",
    )


def _settings(found: Suggestion, asked: Questionnaire) -> tuple[tuple[str, str], ...]:
    terms = found.terms
    told = [
        ("Questionnaire", f"{asked.name}, the newest published version"),
        ("Settings", f"as in {found.previous.in_words}" if found.previous else "to be filled in"),
        ("Purpose", terms.purpose),
        ("Target", f"level {terms.target}"),
        ("Models", plural(len(terms.scope), "model in scope", "models in scope") if terms.scope else ""),
    ]
    return tuple((name, words) for name, words in told if words)


def _changes(found: Suggestion, before: Questionnaire, asked: Questionnaire) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is added and changed in the words of the new version, what is retired in those of the old one."""
    changes = found.changes
    if changes is None or not changes.any:
        return ()
    told = [
        ("Added", tuple(_name(one, asked) for one in changes.added)),
        ("Retired", tuple(_name(one, before) for one in changes.retired)),
        ("Asks another thing", tuple(_name(one, asked) for one in changes.changed)),
        ("Other words", tuple(_name(one, asked) for one in changes.wording)),
        ("Scoring", ("numbers that decide have changed",) if changes.scoring else ()),
    ]
    return tuple((kind, names) for kind, names in told if names)


def _name(one: str, asked: Questionnaire) -> str:
    question = asked.by_id.get(one)
    if question is not None:
        return question.capability
    belief = next((belief for belief in asked.beliefs if belief.id == one), None)
    return sentence(belief.text).removesuffix(".") if belief is not None else one

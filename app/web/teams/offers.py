"""``/teams/<team_id>/offers``: which of its agreed levels a team lets other teams take over."""

from collections.abc import Collection

from flask import Response, request

from app.accounts.permissions import Capability
from app.domain.questionnaire import Questionnaire
from app.services.assessments import questionnaire_for
from app.services.errors import NotValid
from app.services.offering import Offering, Shareable, can_be_offered, offer_levels, offer_of, withdraw_offer
from app.services.teams import find_team
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import day, plural, sentence
from app.web.forms import sent
from app.web.page import Link, Page, render_page, say, see_other
from app.web.teams.forms import OfferForm
from app.web.teams.pages import Offerable, OfferGroup, OffersPage
from app.web.teams.room import blueprint
from app.web.units import session
from app.web.visit import acting, frame, membership, need, now, place

_FACILITATOR = allow(Role.FACILITATOR, within=("team_id",))


@blueprint.get("/teams/<team_id>/offers")
@_FACILITATOR
def offers(team_id: str) -> Response:
    """What can be offered, with what is offered now."""
    need(Capability.CHANGE_SETTINGS)
    team = _team(team_id)
    standing = offer_of(session(), team)
    form = OfferForm(formdata=None, note=standing.note if standing else "")
    return render_page(_page(team, standing.questions if standing else ()), form=form)


@blueprint.post("/teams/<team_id>/offers")
@_FACILITATOR
def offer(team_id: str) -> Response:
    """Offer what is ticked, and nothing else."""
    need(Capability.CHANGE_SETTINGS)
    team, form, chosen = _team(team_id), OfferForm(), request.form.getlist("questions")
    if not sent(form):
        return render_page(_page(team, chosen), form=form)
    try:
        offer_levels(session(), acting(), team, chosen, note=form.note.data, at=now())
    except NotValid as wrong:
        if wrong.field == "note":
            form.note.errors = [sentence(wrong)]
            return render_page(_page(team, chosen), form=form)
        return render_page(_page(team, chosen, sentence(wrong)), form=form, status=422)
    say(f"{plural(len(set(chosen)), 'level is', 'levels are')} offered to the other teams.")
    return see_other(ways.offers(team_id))


@blueprint.post("/teams/<team_id>/offers/withdraw")
@_FACILITATOR
def withdraw(team_id: str) -> Response:
    """Offer nothing any more."""
    need(Capability.CHANGE_SETTINGS)
    withdraw_offer(session(), acting(), _team(team_id), at=now())
    say("Nothing is offered any more. What other teams have taken over stays with them, with its source.")
    return see_other(ways.offers(team_id))


def _team(team_id: str) -> TeamRow:
    return find_team(session(), place().organization_id, team_id)


def _page(team: TeamRow, chosen: Collection[str], wrong: str = "") -> Page:
    here, base = frame("Teams"), ways.offers(team.public_id)
    found, standing = can_be_offered(session(), team), offer_of(session(), team)
    groups: tuple[OfferGroup, ...] = ()
    source = ""
    if found is not None:
        row, there = found
        source = f"From the assessment of {row.quarter}, {day(row.date)}"
        groups = _groups(questionnaire_for(session(), row), there, chosen)
    return OffersPage(
        title="Levels for other teams",
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("Teams", ways.organization(membership().slug)), Link(team.name, ways.team(team.public_id))),
        source=source,
        groups=groups,
        standing=_standing(standing),
        withdraw=f"{base}/withdraw" if standing else "",
        action=base,
        back=ways.team(team.public_id),
        wrong=wrong,
    )


def _standing(offer: Offering | None) -> str:
    if offer is None:
        return ""
    count = plural(len(offer.questions), "level", "levels")
    return f"You offer {count} from the assessment of {offer.quarter}, {day(offer.date)}."


def _groups(asked: Questionnaire, there: tuple[Shareable, ...], chosen: Collection[str]) -> tuple[OfferGroup, ...]:
    levels: dict[str, list[Offerable]] = {one.id: [] for one in asked.dimensions}
    for one in there:
        question = asked.question(one.question)
        artefacts = plural(one.artefacts, "artefact", "artefacts") if one.artefacts else ""
        levels[question.dimension].append(
            Offerable(
                id=one.question,
                name=question.capability,
                level=f"level {one.level}" if one.level is not None else "does not apply",
                small=(one.note or "", artefacts),
                chosen=one.question in chosen,
            )
        )
    return tuple(OfferGroup(d.name, tuple(levels[d.id])) for d in asked.dimensions if levels[d.id])

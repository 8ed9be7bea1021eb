"""``/assessments/<assessment_id>/record/from-others``: levels that other teams offer, taken over with their source."""

from flask import Response, request

from app.accounts.permissions import Capability
from app.domain.answers import Agreed
from app.services.errors import NotValid
from app.services.sharing import OfferedLevel, give_back_level, offered_levels, take_over_levels
from app.store.errors import VersionConflict
from app.web import ways
from app.web.access import Role, allow
from app.web.formatting import day, plural, sentence
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.record.drawing import Recording
from app.web.record.forms import AgreedForm, TakingForm
from app.web.record.pages import Clash, Offered, OfferingTeam, OthersPage
from app.web.record.routes import blueprint
from app.web.record.words import agreed_rows, agreed_words
from app.web.units import session
from app.web.visit import acting, frame, need, now

_HERE = allow(Role.FACILITATOR, within=("assessment_id",))


@blueprint.get("/from-others")
@_HERE
def others(assessment_id: str) -> Response:
    """What other teams offer for the questions of this assessment."""
    need(Capability.AGREE)
    return render_page(_page(Recording(assessment_id)), form=TakingForm(formdata=None))


@blueprint.post("/from-others")
@_HERE
def take_from_others(assessment_id: str) -> Response:
    """Take over what is ticked, all or none of it."""
    need(Capability.AGREE)
    recording, form = Recording(assessment_id), TakingForm()
    chosen = request.form.getlist("levels")
    if not sent(form):
        return render_page(_page(recording, chosen), form=form, status=422)
    wanted = [(question, team) for team, _, question in (one.partition("/") for one in dict.fromkeys(chosen))]
    if not wanted:
        return render_page(
            _page(recording, chosen, "Tick at least one level. Nothing was changed."), form=form, status=422
        )
    try:
        count = take_over_levels(session(), acting(), recording.here.row, wanted, at=now())
    except NotValid as wrong:
        return render_page(_page(recording, chosen, f"{sentence(wrong)} Nothing was changed."), form=form, status=422)
    say(f"{plural(count, 'level is', 'levels are')} taken over. The source stands in the note of each.")
    return see_other(recording.base)


@blueprint.post("/<question>/give-back")
@allow(Role.FACILITATOR, within=("assessment_id",), free=("question",))
def give_back(assessment_id: str, question: str) -> Response:
    """Take a level back that was taken over, with what came with it."""
    need(Capability.AGREE)
    recording, form = Recording(assessment_id), AgreedForm()
    one = recording.one(question)
    try:
        clean = give_back_level(session(), acting(), recording.here.row, question, at=now(), version=form.made_from)
    except VersionConflict as faster:
        present = faster.present if isinstance(faster.present, Agreed) else None
        text = "Somebody else has recorded this meanwhile. Look at what they recorded; it was not given back."
        clash = Clash("This was not given back", text, agreed_rows(present), (("Agreed", "Given back"),))
        again = Recording(assessment_id)
        part = again.agreed_part(again.one(question), clash=clash)
        return render_page(again.question_page(question, agreed=part), status=409)
    words = "Its artefacts went with it." if clean else "Look at its evidence: some of it may be the other team's."
    say(f"It is open again. It was: {agreed_rows(one.agreed)[0][1]}. {words}")
    return see_other(f"{recording.base}/{question}")


def _page(recording: Recording, chosen: list[str] | None = None, wrong: str = "") -> OthersPage:
    told = frame()
    offers = offered_levels(session(), recording.here.row) if recording.taking else ()
    return OthersPage(
        title="Levels of other teams",
        viewer=told.viewer,
        nav=told.nav,
        trail=(*recording.here.trail, Link("The record", recording.base)),
        lead=recording.here.name,
        taking=recording.taking,
        why_not=recording.why_not,
        teams=_teams(recording, offers, chosen or []),
        action=f"{recording.base}/from-others",
        back=recording.base,
        wrong=wrong,
    )


def _teams(recording: Recording, offers: tuple[OfferedLevel, ...], chosen: list[str]) -> tuple[OfferingTeam, ...]:
    by_team: dict[str, list[OfferedLevel]] = {}
    for offer in sorted(offers, key=lambda one: (one.team.casefold(), one.team)):
        by_team.setdefault(offer.team_id, []).append(offer)
    return tuple(
        OfferingTeam(
            name=mine[0].team,
            source=f"Agreed in the assessment of {mine[0].quarter}, {day(mine[0].date)}",
            report=ways.report(mine[0].assessment),
            advice=mine[0].advice or "",
            levels=tuple(_level(recording, offer, chosen) for offer in mine),
        )
        for mine in by_team.values()
    )


def _level(recording: Recording, offer: OfferedLevel, chosen: list[str]) -> Offered:
    here, key = recording.one(offer.question), f"{offer.team_id}/{offer.question}"
    count = len(offer.evidence.items)
    shown = f"{plural(count, 'artefact', 'artefacts')} ({offer.evidence.grade.name})" if count else "no artefact named"
    anchor = here.question.anchors[offer.level] if offer.level is not None else offer.reason or ""
    return Offered(
        key=key,
        name=here.question.capability,
        level=f"level {offer.level}" if offer.level is not None else "does not apply",
        anchor=anchor,
        note=offer.note or "",
        evidence=shown,
        settled=agreed_words(here.agreed) or "",
        href=f"{recording.base}/{offer.question}",
        chosen=key in chosen,
    )

"""The pages before the first answer: a role and the terms, or why nobody can answer now."""

from flask import request

from app.accounts.permissions import Capability
from app.web import ways
from app.web.answering import words
from app.web.answering.pages import NotNowPage, RolePage
from app.web.assessed import Assessed
from app.web.formatting import plural
from app.web.visit import frame, may


def role_page(here: Assessed, *, joined: bool) -> RolePage:
    """Choose a role."""
    told = frame()
    beliefs = len(here.questionnaire.beliefs) if here.row.variant == "full" else 0
    first = f"{plural(beliefs, 'short statement', 'short statements')} to agree with or not, then " if beliefs else ""
    return RolePage(
        title="Before you answer",
        viewer=told.viewer,
        nav=told.nav,
        trail=here.trail,
        action=f"{ways.answering(here.id)}/role",
        families=words.families(here.questionnaire),
        terms=words.terms(here.row, request.host),
        asked=f"{first}at most 15 questions that your role can answer best. You can stop and come back at any time.",
        facilitator=may(Capability.AGREE),
        joined=joined,
    )


def not_now_page(here: Assessed) -> NotNowPage:
    """Why nobody can begin to answer now."""
    told, draft = frame(), here.row.state == "draft"
    return NotNowPage(
        title="Answers are not taken yet" if draft else "This assessment is closed",
        viewer=told.viewer,
        nav=told.nav,
        trail=here.trail,
        says=f"{here.name}: it is being prepared." if draft else f"{here.name}: what is closed never changes.",
        todo="Come back when a facilitator has opened it." if draft else "Its report can be read.",
        report=None if draft else ways.report(here.id),
    )

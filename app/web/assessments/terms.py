"""Between the form and the settings of an assessment: what is offered, what was given, what it comes to."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

from flask import request

from app.domain.answers import Anonymity, Capacity
from app.domain.planning.capacity import usable_days, whole_days
from app.domain.questionnaire import Questionnaire
from app.services.settings import Terms
from app.web.assessments.fields import plain
from app.web.assessments.forms import TermsForm
from app.web.formatting import days
from app.web.forms import options

_HUNDRED = Decimal(100)


def offer_levels(form: TermsForm, questionnaire: Questionnaire) -> None:
    """Offer the target levels with their names."""
    named = enumerate(questionnaire.level_names)
    form.target.choices = options(*((str(level), f"{level}: {name}") for level, name in named if level))


def fill(form: TermsForm, terms: Terms, questionnaire: Questionnaire) -> None:
    """Write settings into an empty form."""
    offer_levels(form, questionnaire)
    form.purpose.data, form.anonymity.data = terms.purpose, terms.anonymity
    form.time_box.data, form.date.data = terms.time_box_minutes, terms.date
    form.scope.data, form.target.data = "\n".join(terms.scope), str(terms.target)
    if terms.capacity is not None:
        form.people.data = plain(terms.capacity.people)
        form.working_days.data = plain(terms.capacity.working_days)
        form.share.data = plain(terms.capacity.share * _HUNDRED)
    for field in form.asked:
        field.data = terms.context.get(field.name.removeprefix("context-"), "")


def given(form: TermsForm, before: Terms) -> Terms:
    """The settings as sent; what the form does not hold stays as before."""
    anonymity = form.anonymity.data or before.anonymity
    return replace(
        before,
        purpose=form.purpose.data or "",
        anonymity=cast("Anonymity", anonymity),
        time_box_minutes=form.time_box.data,
        date=form.date.data,
        scope=tuple(line.strip() for line in (form.scope.data or "").splitlines() if line.strip()),
        capacity=_capacity(form),
        target=int(form.target.data),
        context={**_unasked(form, before), **form.context},
    )


def usable(capacity: Capacity | None, questionnaire: Questionnaire) -> str:
    """What a capacity comes to, as a sentence that can be computed again by hand."""
    if capacity is None:
        return (
            "Fill in all three numbers to see how many days a plan can use. Without them there is no plan by quarters."
        )
    rules = questionnaire.rules
    stated = capacity.people * capacity.working_days * capacity.share
    kept = whole_days(usable_days(capacity, rules))
    return (
        f"{plain(capacity.people)} people, {plain(capacity.working_days)} working days and "
        f"{plain(capacity.share * _HUNDRED)} % of them are {plain(stated.normalize())} days. Four fifths of that are "
        f"planned, since work takes longer than expected: {days(kept)} a quarter."
        if rules.capacity_reserve * 5 == 4
        else f"A plan can use {days(kept)} a quarter."
    )


def capacity_sent(form: TermsForm) -> Capacity | None:
    """The capacity in a form that is not complete yet; None while one of the numbers cannot be read."""
    form.validate()
    good = not (form.people.errors or form.working_days.errors or form.share.errors)
    return _capacity(form) if good else None


def shows_only() -> bool:
    """Whether the form was sent to see what it comes to, not to save anything."""
    return "show" in request.form


def _capacity(form: TermsForm) -> Capacity | None:
    people, working_days, share = form.people.number, form.working_days.number, form.share.number
    if people is None or working_days is None or share is None:
        return None
    return Capacity(people, working_days, share / _HUNDRED)


def _unasked(form: TermsForm, before: Terms) -> dict[str, str]:
    """Context answers that the page does not ask, such as one that a file brought in."""
    asked = {field.name.removeprefix("context-") for field in form.asked}
    return {name: value for name, value in before.context.items() if name not in asked}

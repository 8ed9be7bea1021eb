"""A plan as it would be, drawn as a page."""

import hashlib
import json
from dataclasses import replace
from functools import cached_property

from app.domain.roadmap import PlannedAction
from app.services.assessments import questionnaire_for
from app.services.board import Card, board_of
from app.services.board_plan_values import content_of
from app.services.board_plans import Replan, effort_ratio_of, last_full, newest_plan
from app.services.board_told import why_of
from app.store.tables.teams import TeamRow
from app.web import ways
from app.web.formatting import days, plural
from app.web.roadmap.board import plan_bar
from app.web.roadmap.pages import PlanBar, PlanPage, Projection, Proposal, Wanted, WantedQuarter, Wish
from app.web.roadmap.room import trail_to
from app.web.roadmap.words import about_of, leads_to, projection
from app.web.units import session
from app.web.visit import frame

_MOST_WAITING = 60


def digest_of(plan: Replan) -> str:
    """Tells one proposal from another."""
    return hashlib.sha256(json.dumps(content_of(plan), sort_keys=True).encode()).hexdigest()[:32]


class Drawing:
    """The plan page of one team."""

    def __init__(self, team: TeamRow) -> None:
        self.team = team
        self.asked = questionnaire_for(session(), last_full(session(), team))
        self.plan = newest_plan(session(), team)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The cards of the board by step; where a plan leads needs none of them."""
        return {card.step: card for card in board_of(session(), self.team).cards}

    def page(self, made: Replan, changed: str = "", *, whole: bool = True) -> PlanPage:
        """The page; ``changed``: what to say of something that was not carried out. Not ``whole``: where it leads."""
        leads = projection(
            made.quarters,
            {d.id: d.name for d in self.asked.dimensions},
            more=self._compared(made),
            price=_price(made),
            efforts=effort_ratio_of(session(), self.team),
            look="" if whole else f"{ways.plan(self.team.public_id)}?{_asking(made)}",
        )
        bar = plan_bar(self.team, made.capacity_days, made.targets.default, leads)
        return self._page(
            bar, self._proposal(made) if whole else None, f"From the assessment of {made.basis.in_words}", changed
        )

    def without_plan(self, capacity: str, problem: str) -> PlanPage:
        """The page when what was asked for is not valid."""
        leads = Projection("", "", (), (), (), problem=problem)
        known, target = (self.plan.capacity_days, self.plan.targets.default) if self.plan else (0, 3)
        bar = replace(plan_bar(self.team, known, target, leads), capacity=capacity)
        return self._page(bar, None, "", "")

    def _page(self, bar: PlanBar, proposal: Proposal | None, subtitle: str, changed: str) -> PlanPage:
        here, base = frame("Teams"), ways.board(self.team.public_id)
        return PlanPage(
            title="The plan as it would be",
            viewer=here.viewer,
            nav=here.nav,
            trail=trail_to(self.team, board=True),
            subtitle=subtitle,
            bar=bar,
            proposal=proposal,
            accept=f"{base}/accept",
            add=f"{base}/add",
            steps=self._steps() if proposal else (),
            board=base,
            changed=changed,
        )

    def _compared(self, made: Replan) -> str:
        told = f"With {days(made.capacity_days)} a quarter and target {made.targets.default}: {made.points} points."
        plan = self.plan
        if plan is None:
            return told
        return f"{told} As accepted, with {days(plan.capacity_days)}: {_lower(leads_to(plan.quarters))}, {plan.points}."

    def _proposal(self, made: Replan) -> Proposal:
        plan = self.plan
        stands = plan is not None and (plan.quarters, plan.capacity_days) == (made.quarters, made.capacity_days)
        return Proposal(
            quarters=tuple(
                WantedQuarter(
                    str(when),
                    f"{days(quarter.days)} of {made.capacity_days}, {plural(quarter.points, 'point', 'points')}, "
                    f"stage {quarter.stage_after} at its end",
                    tuple(self._wanted(action, quarter.stage_before + 1) for action in quarter.actions),
                )
                for when, quarter in made.quarters
            ),
            wishes=self._wishes(made),
            waiting=tuple((self._title(d.id), d.why) for d in made.deferred[:_MOST_WAITING]),
            capacity=str(made.capacity_days),
            target=str(made.targets.default),
            digest=digest_of(made),
            after=plan.id if plan else "",
            stands=stands,
            refused=bool(made.refused),
        )

    def _wanted(self, action: PlannedAction, stage: int) -> Wanted:
        card, question = self.cards.get(action.id), self.asked.by_id.get(action.id.rpartition("@")[0])
        notes = [f"now in {card.quarter}" if card and card.quarter else "", "quick win" if action.quick_win else ""]
        notes += ["evidence first" if action.clarify else "", "leadership" if action.backlog == "leadership" else ""]
        return Wanted(
            step=action.id,
            title=action.title,
            about=about_of(question.capability if question else action.id, action.id),
            why=why_of(action, stage, question, self.asked),
            days=days(action.days),
            points=action.points,
            note=", ".join(filter(None, notes)),
            wish=f"{ways.action(card.id)}/wish" if card else "",
            version=card.version if card else 0,
            pinned=card.pinned if card else False,
        )

    def _wishes(self, made: Replan) -> tuple[Wish, ...]:
        why = {pin.step: pin.why for pin in made.refused}
        return tuple(
            Wish(card.title, "pinned" if card.pinned else "left out", why.get(step, ""), f"{ways.action(card.id)}/wish",
                 card.version)
            for step, card in sorted(self.cards.items())
            if card.dropped or step in made.pins
        )  # fmt: skip

    def _title(self, step: str) -> str:
        known = self.asked.steps.get(step)
        return f"{known.title} ({step})" if known else step

    def _steps(self) -> tuple[tuple[str, str], ...]:
        """What can be added: everything that is not on the board."""
        found = []
        for name, step in self.asked.steps.items():
            if name not in self.cards or self.cards[name].dropped:
                question = self.asked.by_id[step.question]
                found.append((name, f"{about_of(question.capability, name)}: {step.title}, {days(step.days)}"))
        return tuple(sorted(found, key=lambda one: one[1]))


def _price(made: Replan) -> str:
    if made.price is None or made.price_of_year is None or not (made.pins or made.drops):
        return ""
    parts = [(made.price, "the next quarter"), (made.price_of_year, "the year")]
    told = [f"{plural(points, 'point', 'points')} of {span}" for points, span in parts if points > 0]
    return f"What you pinned and left out costs {' and '.join(told) or 'nothing'}."


def _asking(made: Replan) -> str:
    return f"capacity={made.capacity_days}&target={made.targets.default}"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"

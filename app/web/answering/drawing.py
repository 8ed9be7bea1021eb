"""The pages of this room, made from what the services say of one participant."""

from collections.abc import Sequence
from typing import Literal

from flask import request

from app.domain.questionnaire import Question
from app.services.answering import MyAnswers, asked_question, my_answers
from app.services.asking import Asking, next_questions
from app.services.errors import NotThere
from app.services.joining import joined_as
from app.services.settings import asked_questions
from app.store.tables.answering import ParticipantRow
from app.web import ways
from app.web.answering import words
from app.web.answering.forms import filled
from app.web.answering.pages import (
    BeliefPage,
    DimensionLine,
    DimensionPage,
    OverviewPage,
    QuestionLine,
    QuestionPage,
    QuestionPart,
    Saved,
)
from app.web.assessed import Assessed
from app.web.formatting import plural
from app.web.page import Link
from app.web.units import session
from app.web.visit import frame


class Answering:
    """One participant in one assessment: what they are asked, what they answered, and the pages of it."""

    def __init__(self, here: Assessed, me: ParticipantRow) -> None:
        """Look everything up once."""
        self.here, self.me = here, me
        self.asking: Asking = next_questions(session(), here.row, me)
        self.mine: MyAnswers = my_answers(session(), here.row, me)
        self.base = ways.answering(here.id)
        self.final = here.row.state in {"closed", "voided"}

    def question(self, name: str) -> Question:
        """A question of this assessment; raises NotThere."""
        return asked_question(self.here.row, name, self.here.questionnaire)

    def overview(self) -> OverviewPage:
        """Where one is."""
        part, told = joined_as(session(), self.here.row, self.me), frame()
        roles = {role.id: role.name for role in self.here.questionnaire.roles}
        started = bool(self.mine.questions or self.mine.beliefs)
        return OverviewPage(
            title="Your answers",
            viewer=told.viewer,
            nav=told.nav,
            trail=self.here.trail,
            lead=self.here.name,
            role=roles.get(self.me.role, "role not said"),
            warning=None if started else part.warning,
            role_action=None if started else f"{self.base}/role",
            following=self._link(self.asking.following),
            started=started,
            beliefs=tuple(self._belief_line(name) for name in self.asking.beliefs),
            beliefs_done=self.asking.beliefs_answered,
            dimensions=self.dimensions(),
            optional=sum(q not in self.mine.questions and q not in self.mine.fixed for q in self.asking.optional),
            terms=words.terms(self.here.row, request.host),
        )

    def question_page(self, question: Question, saved: Saved | None = None) -> QuestionPage:
        """One question, with what was answered before."""
        own, told = self.mine.questions.get(question.id), frame()
        order = self.asking.asked if question.id in self.asking.asked else self.asking.optional
        before, after = _around(question.id, order)
        previous = f"{self.base}/questions/{before}" if before else None
        if before is None and question.id in self.asking.asked and self.asking.beliefs:
            previous = f"{self.base}/beliefs/{self.asking.beliefs[-1]}"
        fixed = self.fixed(question.id)
        done, of = self.count()
        return QuestionPage(
            title=question.capability,
            viewer=told.viewer,
            action=f"{self.base}/questions/{question.id}",
            overview=self.base,
            place=self._place(question),
            done=done,
            of=of,
            previous=previous,
            following=f"{self.base}/questions/{after}" if after else self.base,
            fixed=fixed,
            saved=saved or _standing(answered=own is not None, fixed=bool(fixed)),
            na_allowed=question.na_allowed,
            background=words.background(question, self.here.questionnaire),
            comment=own.comment if own else None,
            released=bool(own and own.released),
            release=f"{self.base}/questions/{question.id}/release" if fixed and not self.final else None,
            dimensions=self.dimensions(question.dimension),
        )

    def belief_page(self, belief: str, saved: Saved | None = None) -> BeliefPage:
        """One belief; raises NotThere."""
        if belief not in self.asking.beliefs:
            raise NotThere("belief", belief)
        told = frame()
        before, after = _around(belief, self.asking.beliefs)
        first = f"{self.base}/questions/{self.asking.asked[0]}" if self.asking.asked else self.base
        done, of = self.count()
        number = self.asking.beliefs.index(belief) + 1
        return BeliefPage(
            title=f"Belief {number} of {len(self.asking.beliefs)}",
            viewer=told.viewer,
            action=f"{self.base}/beliefs/{belief}",
            overview=self.base,
            place=f"Belief {number} of {len(self.asking.beliefs)}",
            done=done,
            of=of,
            previous=f"{self.base}/beliefs/{before}" if before else None,
            following=f"{self.base}/beliefs/{after}" if after else first,
            fixed=words.CLOSED if self.final else "",
            saved=saved or _standing(answered=belief in self.mine.beliefs, fixed=self.final),
        )

    def dimension_page(self, dimension: str) -> DimensionPage:
        """All questions of a dimension; raises NotThere."""
        named = {one.id: one.name for one in self.here.questionnaire.dimensions}
        there = [q for q in self._there() if q.dimension == dimension]
        if dimension not in named or not there:
            raise NotThere("dimension", dimension)
        told = frame()
        parts = tuple(
            QuestionPart(
                id=question.id,
                action=f"{self.base}/questions/{question.id}",
                form=filled(question, self.mine.questions.get(question.id), apart=True),
                asked=question.id in self.asking.asked,
                fixed=self.fixed(question.id),
                na_allowed=question.na_allowed,
                background=words.background(question, self.here.questionnaire),
            )
            for question in there
        )
        answered = sum(q.id in self.mine.questions for q in there)
        return DimensionPage(
            title=named[dimension],
            viewer=told.viewer,
            nav=told.nav,
            trail=(*self.here.trail, Link("Your answers", self.base)),
            overview=self.base,
            dimensions=self.dimensions(dimension),
            parts=parts,
            saved=Saved(f"{answered} of {plural(len(there), 'question', 'questions')} answered", state="saved"),
        )

    def dimensions(self, current: str = "") -> tuple[DimensionLine, ...]:
        """How far one is in each dimension that is asked about."""
        there = self._there()
        return tuple(
            DimensionLine(
                one.name, f"{self.base}/dimensions/{one.dimension}", one.answered, one.asked, one.extra,
                tuple(self._question_line(q) for q in there if q.dimension == one.dimension),
                current=one.dimension == current,
            )
            for one in self.asking.progress
            if any(q.dimension == one.dimension for q in there)
        )  # fmt: skip

    def fixed(self, question: str) -> str:
        """Why an answer can no longer be given or changed, or nothing."""
        return words.CLOSED if self.final else words.FIXED if question in self.mine.fixed else ""

    def count(self) -> tuple[int, int]:
        """How much of what one was asked is answered, and of how much."""
        answered = sum(q in self.mine.questions for q in self.asking.asked)
        return self.asking.beliefs_answered + answered, max(1, len(self.asking.beliefs) + len(self.asking.asked))

    def _there(self) -> tuple[Question, ...]:
        return asked_questions(self.here.questionnaire, self.here.row.variant, self.here.row.context)

    def _place(self, question: Question) -> str:
        named = {one.id: one.name for one in self.here.questionnaire.dimensions}
        asked = [q for q in self.asking.asked if self.here.questionnaire.by_id[q].dimension == question.dimension]
        if question.id not in asked:
            return f"{named[question.dimension]}, optional"
        return f"{named[question.dimension]}, {asked.index(question.id) + 1} of {len(asked)}"

    def _link(self, following: tuple[str, str] | None) -> Link | None:
        if following is None:
            return None
        kind, name = following
        return Link("Go on" if self.mine.questions or self.mine.beliefs else "Begin", f"{self.base}/{kind}s/{name}")

    def _question_line(self, question: Question) -> QuestionLine:
        state = _state(answered=question.id in self.mine.questions, fixed=bool(self.fixed(question.id)))
        href = f"{self.base}/questions/{question.id}"
        return QuestionLine(question.capability, href, state, question.id in self.asking.asked)

    def _belief_line(self, belief: str) -> QuestionLine:
        said = {one.id: one.text for one in self.here.questionnaire.beliefs}[belief]
        state = _state(answered=belief in self.mine.beliefs, fixed=self.final)
        return QuestionLine(said, f"{self.base}/beliefs/{belief}", state)


def _state(*, answered: bool, fixed: bool) -> Literal["answered", "open", "fixed"]:
    return "answered" if answered else "fixed" if fixed else "open"


def _around(one: str, order: Sequence[str]) -> tuple[str | None, str | None]:
    """What comes before and after in an order."""
    place = order.index(one) if one in order else -1
    before = order[place - 1] if place > 0 else None
    return before, order[place + 1] if 0 <= place < len(order) - 1 else None


def _standing(*, answered: bool, fixed: bool) -> Saved:
    """What the foot says before anything is done."""
    if fixed:
        return Saved("Saved and fixed" if answered else "Not answered", state="saved" if answered else "empty")
    return Saved("Saved", words.CHANGEABLE) if answered else Saved("Not answered yet", state="empty")

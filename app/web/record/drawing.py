"""The pages of this room, made from what is recorded."""

from dataclasses import replace

from app.domain.answers import Grade
from app.domain.questionnaire import NOT_SAID, Named
from app.domain.sheet import OTHERS, QuestionFacts
from app.services.alone import alone_in, answers_to_take_over
from app.services.closing import what_is_missing
from app.services.errors import NotThere
from app.services.offering import taken_over
from app.services.recorded import ARTEFACT_FROM, Recorded, published_votes, what_is_recorded
from app.services.sharing import offered_levels
from app.web import ways
from app.web.assessed import Assessed, assessed
from app.web.formatting import level, listed, plural
from app.web.page import Link
from app.web.record.forms import ANSWERS, AgreedForm, EvidenceForm, HandsForm, agreed_form, evidence_form, hands_form
from app.web.record.pages import (
    AgreedPart,
    BallotLine,
    Clash,
    EvidencePart,
    HandsPart,
    ListPage,
    QuestionPage,
    RecordDimension,
    RecordLine,
    Votes,
)
from app.web.record.words import agreed_words, gates_words, item_words
from app.web.units import session
from app.web.visit import acting, frame

_GRADES = {
    Grade.E0: ("Nothing is named", "Without a named artefact the level counts as 2 at most."),
    Grade.E1: ("An artefact is named", "It counts up to level 3; for level 4 a second person has to have seen one."),
    Grade.E2: ("An artefact was seen by a second person", "The level counts in full."),
}


class Recording:
    """An assessment with everything that is recorded of it."""

    def __init__(self, assessment_id: str) -> None:
        """Look it up; raises NotFound."""
        self.here: Assessed = assessed(assessment_id)
        self.all = what_is_recorded(session(), self.here.row)
        self.base = ways.record(self.here.id)

    @property
    def taking(self) -> bool:
        """Whether anything can be recorded now."""
        return self.here.row.state == "open"

    @property
    def why_not(self) -> str:
        """Why nothing can be recorded, in words; nothing while it can."""
        told = {"draft": "The assessment is being prepared; open it, then record.", "open": ""}
        return told.get(self.here.row.state, "The assessment is closed: what is recorded stays as it is.")

    def one(self, question: str) -> Recorded:
        """What is recorded of a question; raises NotThere."""
        if question not in self.all:
            raise NotThere("question", question)
        return self.all[question]

    def list_page(self, *, only_open: bool) -> ListPage:
        """Every question."""
        told = frame()
        alone = alone_in(session(), acting(), self.here.row) if self.taking else None
        dimensions = tuple(self._dimension(one.id, one.name, only_open=only_open) for one in self._dimensions())
        return ListPage(
            title="The record",
            viewer=told.viewer,
            nav=told.nav,
            trail=self.here.trail,
            lead=self.here.name,
            settled=sum(one.agreed is not None for one in self.all.values()),
            of=len(self.all),
            only_open=only_open,
            everything=self.base,
            taking=self.taking,
            why_not=self.why_not,
            dimensions=tuple(one for one in dimensions if one.lines),
            missing=what_is_missing(session(), self.here.row, acting()).says if self.taking else (),
            alone=len(answers_to_take_over(session(), self.here.row, alone)) if alone else 0,
            take_over=f"{self.base}/take-over",
            offered=self._offered() if self.taking else "",
            others=f"{self.base}/from-others",
        )

    def question_page(self, name: str, **parts: object) -> QuestionPage:
        """One question; ``parts`` replace those of the page, as after a refusal."""
        recorded, told = self.one(name), frame()
        order = list(self.all)
        place = order.index(name)
        open_ones = [q for q in (*order[place + 1 :], *order[:place]) if self.all[q].agreed is None]
        dimension = next(one.name for one in self._dimensions() if one.id == recorded.question.dimension)
        page = QuestionPage(
            title=recorded.question.capability,
            viewer=told.viewer,
            nav=told.nav,
            trail=(*self.here.trail, Link("The record", self.base)),
            over=" \u00b7 ".join((dimension, *gates_words(recorded.question))),
            question=recorded.question.text,
            taking=self.taking,
            why_not=self.why_not,
            agreed=self.agreed_part(recorded),
            votes=self.votes(recorded),
            evidence=self.evidence_part(recorded),
            hands=self.hands_part(recorded),
            before=self._link(order[place - 1]) if place else None,
            after=self._link(order[place + 1]) if place + 1 < len(order) else None,
            next_open=self._link(open_ones[0]) if open_ones and self.taking else None,
        )
        return replace(page, **parts)  # type: ignore[arg-type]

    def agreed_part(self, one: Recorded, form: AgreedForm | None = None, clash: Clash | None = None) -> AgreedPart:
        """The agreed level."""
        return AgreedPart(
            action=f"{self.base}/{one.question.id}/agreed",
            take_back=f"{self.base}/{one.question.id}/take-back",
            give_back=f"{self.base}/{one.question.id}/give-back" if one.agreed and taken_over(one.agreed.note) else "",
            form=form or agreed_form(one.question, one.agreed, one.agreed_version),
            words=agreed_words(one.agreed),
            note=one.agreed.note if one.agreed else None,
            version=one.agreed_version,
            clash=clash,
        )

    def evidence_part(
        self, one: Recorded, form: EvidenceForm | None = None, clash: Clash | None = None, said: str = ""
    ) -> EvidencePart:
        """The artefacts."""
        title, explained = _GRADES[one.evidence.grade]
        return EvidencePart(
            action=f"{self.base}/{one.question.id}/evidence",
            form=form or evidence_form(one.evidence.items, one.evidence_version),
            grade=f"{one.evidence.grade.name}: {title}",
            explained=explained,
            hints=one.question.evidence,
            asked=one.level is not None and one.level >= ARTEFACT_FROM,
            items=tuple(item_words(item) for item in one.evidence.items),
            share=f"{self.base}/{one.question.id}/share",
            others=self._others(one),
            clash=clash,
            said=said,
        )

    def hands_part(
        self, one: Recorded, form: HandsForm | None = None, clash: Clash | None = None, said: str = ""
    ) -> HandsPart:
        """The show of hands."""
        return HandsPart(
            action=f"{self.base}/{one.question.id}/hands",
            form=form or hands_form(one.question, self.here.questionnaire, one.hands),
            total=sum(sum(hand.counts) for hand in one.hands),
            rows=tuple((self.role(hand.role), *map(str, hand.counts)) for hand in one.hands),
            clash=clash,
            said=said,
        )

    def votes(self, one: Recorded) -> Votes:
        """A count while people vote; afterwards what the terms allow."""
        count = f"{plural(one.answered, 'person has', 'people have')} answered."
        if not one.ended:
            return Votes(f"{count} The votes are shown when they are revealed in the workshop or a level is agreed.")
        facts = published_votes(session(), self.here.row).get(one.question.id)
        if facts is None or not any(ballot.counts for ballot in facts.ballots):
            words = f"{count} That is too few for votes to be shown." if one.answered else "Nobody voted."
            return Votes(words, comments=facts.comments if facts else ())
        return self._shown(facts)

    def role(self, name: str) -> str:
        """A role in words."""
        named = {role.id: role.name for role in self.here.questionnaire.roles}
        return "Role not said" if name == NOT_SAID else named.get(name, name)

    def _shown(self, facts: QuestionFacts) -> Votes:
        names = {one.id: one.name for one in self.here.questionnaire.families} | {OTHERS: "Others together"}
        ballots = tuple(
            BallotLine(f"Vote {ballot.number}", ballot.counts, level(ballot.median))
            for ballot in facts.ballots
            if ballot.counts is not None
        )
        findings = []
        if facts.ad is not None:
            findings.append(f"On average {level(facts.ad)} levels from the middle.")
        if facts.contested or facts.votes_apart:
            findings.append("The votes are far apart.")
        if facts.differs_from_votes:
            findings.append("The agreed level differs from the votes by two levels or more; the report says so.")
        if facts.visibility_gap:
            findings.append("More than a third of those who are best placed do not know.")
        families = tuple((names.get(name, name), level(median)) for name, median in facts.families.items())
        return Votes("What the room said", ANSWERS, ballots, families, tuple(findings), facts.comments)

    def _offered(self) -> str:
        """How much other teams offer for what is open here, in words; nothing when they do not."""
        offers = [one for one in offered_levels(session(), self.here.row) if self.all[one.question].agreed is None]
        names = listed(tuple(sorted({one.team for one in offers}, key=str.casefold)))
        count = len({one.question for one in offers})
        return f"{names} can lend {plural(count, 'level', 'levels')} for what is open here." if offers else ""

    def _dimensions(self) -> tuple[Named, ...]:
        return self.here.questionnaire.dimensions

    def _dimension(self, dimension: str, name: str, *, only_open: bool) -> RecordDimension:
        mine = [one for one in self.all.values() if one.question.dimension == dimension]
        lines = tuple(self._line(one) for one in mine)
        shown = tuple(line for line in lines if line.missing or not only_open)
        return RecordDimension(name, sum(one.agreed is not None for one in mine), len(mine), shown)

    def _line(self, one: Recorded) -> RecordLine:
        hands = sum(sum(hand.counts) for hand in one.hands)
        facts = [plural(one.answered, "answer", "answers")]
        if hands:
            facts.append(plural(hands, "hand shown", "hands shown"))
        if one.evidence.items:
            facts.append(f"{one.evidence.grade.name}, {plural(len(one.evidence.items), 'artefact', 'artefacts')}")
        missing = [] if one.agreed else ["no agreed level"]
        if one.wants_artefact:
            missing.append("no evidence yet")
        return RecordLine(
            text=one.question.text,
            href=f"{self.base}/{one.question.id}",
            gate=bool(one.question.gates),
            agreed=agreed_words(one.agreed),
            note=one.agreed.note if one.agreed else None,
            facts=tuple(facts),
            missing=tuple(missing),
        )

    def _others(self, one: Recorded) -> tuple[tuple[str, str, str], ...]:
        """The other questions, those first whose claim lacks an artefact."""
        others = [other for other in self.all.values() if other is not one]
        others.sort(key=lambda other: not other.wants_artefact)
        return tuple(
            (
                other.question.id,
                other.question.capability,
                f"agreed at level {other.level}, no evidence yet" if other.wants_artefact else "",
            )
            for other in others
        )

    def _link(self, question: str) -> Link:
        return Link(self.all[question].question.capability, f"{self.base}/{question}")

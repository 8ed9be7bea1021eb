"""One result, read many times: the names and small facts that every part of the report looks up."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.domain.explain import Explanation
from app.domain.explanations import explain
from app.domain.questionnaire import Question, Questionnaire, Step
from app.domain.report import wording as w
from app.domain.result import Result
from app.domain.roadmap import Roadmap
from app.domain.scorecard import Blocker, DimensionScore, QuestionScore, Scorecard, StageScore
from app.domain.sheet import OTHERS, Sheet


@dataclass(frozen=True)
class Reading:
    """A result with its names. Everything here is derived, nothing is judged."""

    result: Result

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that was answered."""
        return self.result.questionnaire

    @property
    def sheet(self) -> Sheet:
        """The published facts."""
        return self.result.sheet

    @property
    def card(self) -> Scorecard:
        """The judgements."""
        return self.result.scorecard

    @property
    def roadmap(self) -> Roadmap:
        """The plan."""
        return self.result.roadmap

    @cached_property
    def source_letters(self) -> dict[str, str]:
        """A letter for each source of myths, by which pages refer to it; the appendix says what it stands for."""
        return {source.id: chr(ord("A") + n) for n, source in enumerate(self.questionnaire.sources)}

    @property
    def is_pulse(self) -> bool:
        """Whether only the pulse questions were asked."""
        return self.sheet.variant == "pulse"

    @cached_property
    def explanations(self) -> tuple[tuple[str, tuple[Explanation, ...]], ...]:
        """Every number explained, in named groups."""
        return explain(self.result)

    @cached_property
    def _by_key(self) -> dict[str, Explanation]:
        return {e.key: e for _, group in self.explanations for e in group}

    def why(self, *keys: str) -> tuple[Explanation, ...]:
        """The explanations of these keys, as far as there are any; a key ending in ``*`` takes all that begin so."""
        found: list[Explanation] = []
        for key in keys:
            if key.endswith("*"):
                found += [e for k, e in self._by_key.items() if k.startswith(key[:-1])]
            elif key in self._by_key:
                found.append(self._by_key[key])
        return tuple(found)

    @cached_property
    def scored(self) -> tuple[tuple[Question, QuestionScore], ...]:
        """The core questions that were asked, in the order of the pack."""
        return tuple((q, self.card.questions[q.id]) for q in self.questionnaire.core if q.id in self.card.questions)

    @cached_property
    def levels(self) -> dict[str, int]:
        """The supported level of every question that has one."""
        return {q.id: s.supported for q, s in self.scored if s.supported is not None}

    @cached_property
    def published(self) -> dict[str, Fraction]:
        """The supported level of every published dimension, in the order of the pack."""
        found = ((d.id, self.dimension_score(d.id)) for d in self.questionnaire.dimensions)
        return {key: s.supported for key, s in found if s.supported is not None}

    @property
    def stage(self) -> StageScore | None:
        """The stage, or None."""
        return self.card.stage

    @property
    def gates(self) -> tuple[Blocker, ...]:
        """The open gates of the next stage."""
        return tuple(b for b in (self.stage.blockers if self.stage else ()) if b.kind == "gate")

    @property
    def floors(self) -> tuple[Blocker, ...]:
        """The missed floors of the next stage."""
        return tuple(b for b in (self.stage.blockers if self.stage else ()) if b.kind == "floor")

    def dimension(self, dimension_id: str) -> str:
        """The name of a dimension, as it begins a sentence."""
        return next((d.name for d in self.questionnaire.dimensions if d.id == dimension_id), dimension_id)

    def within(self, dimension_id: str) -> str:
        """The name of a dimension, as it stands within a sentence."""
        return w.within(self.dimension(dimension_id))

    def dimension_score(self, dimension_id: str) -> DimensionScore:
        """The score of a dimension of the questionnaire; its levels are None where it is not published."""
        return self.card.dimensions[dimension_id]

    def capability(self, question_id: str) -> str:
        """The name of a question's capability."""
        question = self.questionnaire.by_id.get(question_id)
        return question.capability if question else question_id

    def statement(self, question_id: str, level: int) -> str:
        """The statement that holds at a level; one that begins with *The same* is read after the one below."""
        anchors = self.questionnaire.question(question_id).anchors
        parts = [w.sentence(anchors[level])]
        while level > 0 and parts[0].startswith("The same"):
            level -= 1
            parts.insert(0, w.sentence(anchors[level]))
        return " ".join(parts)

    def gist(self, question_id: str, level: int) -> str:
        """What a level adds, short: the statement without its reference to the one below."""
        anchor = self.questionnaire.question(question_id).anchors[level]
        for lead, rest in (("The same, and ", ""), ("The same for ", "For ")):
            if anchor.startswith(lead):
                return w.sentence(f"{rest}{anchor.removeprefix(lead)}")
        return self.statement(question_id, level)

    def stage_name(self, number: int) -> str:
        """``Repeatable`` for 2."""
        return next((s.name for s in self.questionnaire.stages if s.number == number), "")

    def family(self, family_id: str) -> str:
        """The name of a role family within a sentence."""
        if family_id == OTHERS:
            return "the other families together"
        return next((f.name for f in self.questionnaire.families if f.id == family_id), family_id).lower()

    def step(self, step_id: str) -> Step:
        """A step of the questionnaire by its id."""
        return self.questionnaire.steps[step_id]

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(s.title for s in self.questionnaire.steps.values())

    def only_shows(self, step_id: str) -> bool:
        """Whether a step's level is claimed already, so that only its evidence is missing."""
        step = self.step(step_id)
        score = self.card.questions.get(step.question)
        if score is None or score.claimed is None or score.supported is None:
            return False
        return score.claimed >= step.to_level > score.supported

    def step_name(self, step_id: str) -> str:
        """A step's title; with its capability where several share the title; *name evidence* where that is all."""
        step = self.step(step_id)
        name = step.title if self._titles[step.title] == 1 else f"{step.title} ({self.capability(step.question)})"
        return f"Name evidence: {name}" if self.only_shows(step_id) else name

    def target(self, question_id: str) -> int:
        """The level that the team aims at for a question."""
        return self.roadmap.target_levels.get(question_id, self.roadmap.target)

    def quarter(self, number: int) -> str:
        """The calendar quarter of the plan's quarter 1, 2, ..."""
        return str(self.sheet.quarter.after(number))

    def capabilities(self, question_ids: tuple[str, ...], most: int = 4) -> str:
        """Names of capabilities as a list, cut after so many."""
        return w.shortened((self.capability(q) for q in question_ids), most)

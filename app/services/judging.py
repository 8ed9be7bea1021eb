"""Judging an assessment from everything that it is judged from; knows no database, so that any process can do it."""

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire
from app.domain.result import Result
from app.domain.score import score
from app.domain.settle import Past, settle
from app.domain.sheet import Sheet
from app.domain.uncertainty import until_closed
from app.domain.votings import before_the_close
from app.formats.assessments import canonical_digest
from app.planner.plan import plan
from app.services.keeping import Kept

_results: Kept[Result] = Kept(128)


@dataclass(frozen=True, slots=True)
class Settled:
    """A closed assessment: what was published of it."""

    questionnaire: Questionnaire
    sheet: Sheet

    def settle(self) -> Sheet:
        """What was published."""
        return self.sheet


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An open assessment: what may be seen of it so far, and what it is compared with.

    ``effort_ratio``: what the organization's verified actions took against their estimates, from ten of them on.
    """

    questionnaire: Questionnaire
    facts: Assessment
    past: tuple[Past, ...]
    effort_ratio: Fraction | None

    def settle(self) -> Sheet:
        """What may be seen of it as it stands; takes seconds where a thousand have answered."""
        facts = before_the_close(self.facts, self.questionnaire)
        sheet = settle(facts, self.questionnaire, self.past, effort_ratio=self.effort_ratio)
        return sheet if self.facts.anonymity == "open" else replace(sheet, ranges=until_closed(sheet.ranges))

    def digest(self) -> str:
        """Tells two states of it apart without settling either."""
        past = [(one.sheet, one.assessment, one.questionnaire.digest) for one in self.past]
        # By what is written of them: their pickles would differ where two equal words are one object or two.
        stated = repr((self.questionnaire.digest, self.facts, past, self.effort_ratio))
        return hashlib.blake2b(stated.encode(), digest_size=16).hexdigest()


def judge(sheet: Sheet, questionnaire: Questionnaire) -> Result:
    """Score and plan what was settled; ``input_digest`` is that of the settled facts. Kept by it."""
    digest = canonical_digest(sheet)

    def make() -> Result:
        card = score(sheet, questionnaire)
        return Result(questionnaire, sheet, card, plan(sheet, card, questionnaire), digest)

    return _results.get((digest, questionnaire.digest), make)

"""What to ask a room after a reveal, chosen from the pattern of the votes; counts decide, and no role is named."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from app.domain.ballots import Distribution
from app.domain.consensus import SPREAD_ANSWERS_MIN, average_deviation
from app.domain.questionnaire import Rules

Pattern: TypeAlias = Literal["unseen", "not-known", "families-apart", "split", "all-low", "agree", "near"]
_MANY_DO_NOT_KNOW = Fraction(1, 3)
_LOW = 1

_SAYS: dict[Pattern, str] = {
    "unseen": "Too few votes to show. Talk about what is really done, then settle on a level.",
    "not-known": "Many do not know. Who would have to be asked, and where could everybody look it up?",
    "families-apart": "People with different work see this differently. What does each of them see day to day?",
    "split": "Votes are far apart. Would somebody who voted high, and somebody who voted low, like to say why?",
    "all-low": "All votes are low. What has kept this from happening, and would it matter next quarter?",
    "agree": "You agree. Is there something to show for it, or somebody who sees an exception?",
    "near": "Votes are close. Would somebody who voted high, and somebody who voted low, like to say why?",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A pattern by name, and one sentence or two for the room."""

    pattern: Pattern
    says: str


def prompt_for(shown: Distribution | None, rules: Rules) -> Prompt:
    """The prompt of a revealed voting; None: it may not be shown, and the prompt says nothing of the votes either."""
    pattern = "unseen" if shown is None else _pattern(shown, rules)
    return Prompt(pattern, _SAYS[pattern])


def _pattern(shown: Distribution, rules: Rules) -> Pattern:
    given = [level for level, count in enumerate(shown.levels) for _ in range(count)]
    if Fraction(shown.dk) > _MANY_DO_NOT_KNOW * (len(given) + shown.dk):
        return "not-known"
    medians = shown.families.values()
    if medians and max(medians) - min(medians) >= rules.family_gap:
        return "families-apart"
    apart = average_deviation(given) if len(given) >= SPREAD_ANSWERS_MIN else None
    if apart is not None and apart > rules.ad_max:
        return "split"
    if given and max(given) <= _LOW:
        return "all-low"
    return "agree" if len(set(given)) <= 1 else "near"

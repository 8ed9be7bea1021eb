"""Why this number? Each explanation prints inputs from which the number can be computed again by hand."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Term:
    """One printed input: what it is, its value, and its weight where one is used."""

    label: str
    value: Fraction | None
    weight: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number with its arithmetic.

    ``arithmetic`` is a formula over printed figures only: numbers, + - * / and brackets, or ``lower median`` /
    ``midpoint median`` of the terms by weight, or empty when the rule is not a formula. ``rule`` is the section of
    the specification. ``key`` names the number, such as ``dimensions.governance.supported``.
    """

    key: str
    title: str
    value: Fraction | None
    arithmetic: str
    terms: tuple[Term, ...]
    text: tuple[str, ...]
    rule: str

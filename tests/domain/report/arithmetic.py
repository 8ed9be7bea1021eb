"""Computes a printed formula by hand, so to speak: exact fractions, nothing but + - * / and brackets."""

import re
from fractions import Fraction

from app.domain.explain import Explanation

_TOKEN = re.compile(r"\s*(\d+\.\d+|\d+|[-+*/()])")


def value_of(explanation: Explanation) -> Fraction:
    """The value that the printed inputs give."""
    if explanation.arithmetic in ("lower median", "midpoint median"):
        return _median(explanation)
    found = _TOKEN.findall(explanation.arithmetic)
    assert "".join(found) == explanation.arithmetic.replace(" ", ""), explanation.arithmetic
    value, rest = _sum(found)
    assert not rest, explanation.arithmetic
    return value


def _median(explanation: Explanation) -> Fraction:
    terms = sorted((t.value or Fraction(0), t.weight or Fraction(1)) for t in explanation.terms)
    half = sum((weight for _, weight in terms), Fraction(0)) / 2
    reached = Fraction(0)
    for place, (value, weight) in enumerate(terms):
        reached += weight
        if reached == half and explanation.arithmetic == "midpoint median":
            return (value + terms[place + 1][0]) / 2
        if reached >= half:
            return value
    raise AssertionError(explanation.key)


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in "+-":
        sign, (term, tokens) = tokens[0], _product(tokens[1:])
        value = value + term if sign == "+" else value - term
    return value, tokens


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _atom(tokens)
    while tokens and tokens[0] in "*/":
        sign, (factor, tokens) = tokens[0], _atom(tokens[1:])
        value = value * factor if sign == "*" else value / factor
    return value, tokens


def _atom(tokens: list[str]) -> tuple[Fraction, list[str]]:
    if tokens[0] != "(":
        return Fraction(tokens[0]), tokens[1:]
    value, tokens = _sum(tokens[1:])
    assert tokens[0] == ")"
    return value, tokens[1:]

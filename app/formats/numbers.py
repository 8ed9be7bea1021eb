"""How exact numbers become figures in what is handed out, and how a missing one gives its reason."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

DECIMALS = 4


def figure(value: Fraction | int | None) -> float | int | None:
    """The number, rounded half-even to 4 decimals from its exact value; whole numbers as whole numbers."""
    if value is None:
        return None
    rounded = round(Fraction(value), DECIMALS)
    return int(rounded) if rounded.denominator == 1 else float(rounded)


def span(value: tuple[Fraction, Fraction] | None) -> list[float | int | None] | None:
    """[low, high]."""
    return None if value is None else [figure(value[0]), figure(value[1])]


def reasons(*parts: str | None) -> str | None:
    """Each reason once, joined by semicolons; None where there is none."""
    given: Iterable[str] = dict.fromkeys(part for part in parts if part)
    return "; ".join(given) or None


def with_why(values: dict[str, Any], *parts: str | None, key: str = "why") -> dict[str, Any]:
    """The same with its ``why``: a text when something in it is null, else null."""
    missing = any(value is None for value in values.values())
    return values | {key: (reasons(*parts) or "not given") if missing else None}

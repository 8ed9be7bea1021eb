"""How exact numbers become figures in what is handed out, in which order, and how a missing one gives its reason."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")
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
    kept: Iterable[str] = dict.fromkeys(part for part in parts if part)
    return "; ".join(kept) or None


def given(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - plain JSON
    """Only what there is: for keys that are left out rather than null."""
    return {key: value for key, value in values.items() if value is not None}


def with_why(values: dict[str, Any], *parts: str | None) -> dict[str, Any]:
    """The same with its ``why``: a text when something in it is null, else null."""
    missing = any(value is None for value in values.values())
    return values | {"why": (reasons(*parts) or "not given") if missing else None}


def ordered(values: Mapping[str, T], ids: Iterable[str]) -> dict[str, T]:
    """In the order of the ids; what is not among them comes last, by name."""
    places = {name: place for place, name in enumerate(ids)}
    return {name: values[name] for name in sorted(values, key=lambda n: (places.get(n, len(places)), n))}

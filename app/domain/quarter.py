"""A calendar quarter, such as 2026-Q3."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from app.domain.errors import NotAQuarter

_PATTERN = re.compile(r"(?a:([12]\d{3})-Q([1-4]))")
_ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One quarter of one year; ordered by time."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-Q3``; raises NotAQuarter."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise NotAQuarter(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def in_words(self) -> str:
        """``third quarter 2026``."""
        return f"{_ORDINALS[self.number - 1]} quarter {self.year}"

    @property
    def last_day(self) -> dt.date:
        """The last day of the quarter."""
        following = self.after(1)
        return dt.date(following.year, 3 * following.number - 2, 1) - dt.timedelta(days=1)

    def after(self, quarters: int) -> "Quarter":
        """The quarter so many quarters later."""
        index = self.year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

"""Dates that are known to the day, the month or the year, or not at all."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


_SHAPES = {
    Precision.DAY: re.compile(r"\d{4}-\d{2}-\d{2}"),
    Precision.MONTH: re.compile(r"\d{4}-\d{2}"),
    Precision.YEAR: re.compile(r"\d{4}"),
}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An ISO date cut to its precision: `2014`, `2014-03`, `2014-03-09`, or empty when unknown."""

    text: str = ""

    def __post_init__(self) -> None:
        if self.text:
            self.earliest()

    @classmethod
    def parse(cls, text: str, precision: str = "") -> Self:
        """Return the date of a field, cut to `precision` where one is given.

        Raises ValueError with a readable reason where the text is no date or is coarser than `precision`.
        """
        text = text.strip()
        found = cls(text)
        if not precision.strip():
            return found
        wanted = Precision(precision.strip().lower())
        if wanted is Precision.UNKNOWN:
            return cls("")
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[wanted]
        if len(text) < length:
            raise ValueError(f"“{text}” is not given to the {wanted}")
        return cls(text[:length])

    @property
    def precision(self) -> Precision:
        """How exactly this date is known."""
        for precision, shape in _SHAPES.items():
            if shape.fullmatch(self.text):
                return precision
        return Precision.UNKNOWN

    @property
    def year(self) -> int | None:
        """The year, or None when unknown."""
        return int(self.text[:4]) if self.text else None

    def earliest(self) -> date | None:
        """Return the first day it can be, or None when unknown."""
        if not self.text:
            return None
        if self.precision is Precision.UNKNOWN:
            raise ValueError(f"“{self.text}” is not a date; write 2014-03-09, 2014-03 or 2014")
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValueError(f"“{self.text}” is not a date in the calendar") from error

    def __str__(self) -> str:
        return self.text

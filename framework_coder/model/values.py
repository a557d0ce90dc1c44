"""Coded values as they are written (`aim=improve access!most important`), checked, and told apart by kind."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from framework_coder.errors import BadInputError
from framework_coder.model.claims import CodedValue
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design, FieldKind


class ValueKind(StrEnum):
    """What a coded value is, so that it can be counted, summed up or put on a time line."""

    CATEGORY = "category"
    NUMBER = "number"
    DATE = "date"


class CodedValueError(BadInputError):
    """A coded value that is not written as it should be."""

    def __init__(self, text: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The value “{text}” {reason}.")


_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
_DECLARED = {FieldKind.NUMBER: ValueKind.NUMBER, FieldKind.DATE: ValueKind.DATE}
FORM = "is not of the form name=value or name=value!rank"


def parse_value(text: str, design: Design | None = None) -> CodedValue:
    """Return the coded value that `name=value` or `name=value!rank` says; raises CodedValueError."""
    name, equals, rest = text.partition("=")
    value, _, rank = rest.partition("!")
    if not (equals and name.strip() and value.strip()):
        raise CodedValueError(text, FORM)
    return check_value(CodedValue(name.strip(), value.strip(), rank.strip()), design)


def write_value(value: CodedValue) -> str:
    """Return a coded value as `parse_value` reads it."""
    return f"{value.name}={value.text}" + (f"!{value.rank}" if value.rank else "")


def check_value(value: CodedValue, design: Design | None = None) -> CodedValue:
    """Return the value; raises CodedValueError where it could not be written, or is not what it looks like.

    A name that is a site field of the design takes values of that field's kind only.
    """
    text = write_value(value)
    if not (value.name.strip() and value.text.strip()):
        raise CodedValueError(text, FORM)
    if any(sign in value.name for sign in "=!;") or any(sign in f"{value.text}{value.rank}" for sign in "!;"):
        raise CodedValueError(text, "has one of the signs = ! ; in a part where it means something else")
    kind = kind_of(value, design)
    if kind is ValueKind.DATE:
        try:
            PartialDate(value.text)
        except ValueError as error:
            raise CodedValueError(text, f"is no date: {error}") from error
    if kind is ValueKind.NUMBER and not _is_number(value.text):
        raise CodedValueError(text, "is no number in plain notation, as in 1200 or 3.5")
    return value


def check_values(values: Iterable[CodedValue | str], design: Design | None = None) -> tuple[CodedValue, ...]:
    """Return values given as such or as text; raises CodedValueError, also where one stands twice."""
    found: list[CodedValue] = []
    for given in values:
        value = parse_value(given, design) if isinstance(given, str) else check_value(given, design)
        if any((value.name, value.text) == (other.name, other.text) for other in found):
            raise CodedValueError(write_value(value), "stands twice; keep one of the two")
        found.append(value)
    return tuple(found)


def kind_of(value: CodedValue, design: Design | None = None) -> ValueKind:
    """Return what a coded value is.

    A site field of the same name decides where the design has one. Else `2014-03` and `2014-03-09` are dates,
    four digits from 1800 to 2099 are a year, other plain numbers are numbers, and the rest are categories.
    """
    for site_field in design.site_fields if design else ():
        if site_field.id == value.name:
            return _DECLARED.get(site_field.kind, ValueKind.CATEGORY)
    if _DATE.fullmatch(value.text) or _YEAR.fullmatch(value.text):
        return ValueKind.DATE
    return ValueKind.NUMBER if _is_number(value.text) else ValueKind.CATEGORY


def _is_number(text: str) -> bool:
    if not _NUMBER.fullmatch(text):
        return False
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False

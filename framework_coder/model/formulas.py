"""Text that a spreadsheet would take for a formula, made safe and back again (for CSV)."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the start of a cell."""

_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")


def guard(value: str) -> str:
    """Return a CSV field that no spreadsheet takes for a formula: an apostrophe goes before it.

    A plain negative number is a number to a spreadsheet and stays as it is.
    """
    is_risky = value.lstrip("'").startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_risky else value


def unguard(value: str) -> str:
    """Return the field as it was before `guard`."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA_STARTS) else value

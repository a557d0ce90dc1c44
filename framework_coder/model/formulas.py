"""Text that a spreadsheet would take for a formula, made safe and back again (for CSV)."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the start of a cell."""


def guard(value: str) -> str:
    """Return a CSV field that no spreadsheet takes for a formula: an apostrophe stands before its start."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA_STARTS) else value


def unguard(value: str) -> str:
    """Return the field as it was before `guard`."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA_STARTS) else value

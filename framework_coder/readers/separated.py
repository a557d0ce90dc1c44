"""Read separated values (.csv, .tsv) as a sheet, whatever the separator and the encoding."""

import csv
from io import StringIO
from pathlib import Path

from framework_coder.model.sources import ReadWarning
from framework_coder.readers.encodings import decode
from framework_coder.readers.refusals import DamagedFileError, OversizedFileError
from framework_coder.readers.sheets import MOST_CELLS, Row, Sheet

_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 50
_LONGEST_FIELD = 10_000_000


def open_separated(path: Path, content: bytes) -> tuple[list[Sheet], list[ReadWarning]]:
    """Return the one sheet of a file of separated values; raises `UnreadableFileError`."""
    decoded = decode(content)
    text = decoded.text.replace("\x00", "")
    named = text[:6].lower().startswith("sep=")
    separator = text[4:5] if named else _find_separator(text)
    if named:
        text = text.partition("\n")[2]
    sheet = Sheet("")
    cells = 0
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        for number, fields in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
            filled = sum(1 for item in fields if item.strip())
            cells += filled
            if cells > MOST_CELLS:
                raise OversizedFileError(path, f"it has more than {MOST_CELLS:,} filled cells")
            if filled:
                sheet.rows.append(Row(number, fields))
    except (csv.Error, TypeError) as error:
        raise DamagedFileError(path, "its rows can not be told apart") from error
    return [sheet] if sheet.rows else [], list(decoded.warnings)


def _find_separator(text: str) -> str:
    """Return the separator that gives most of the first rows the same number of fields, a comma in doubt."""
    best, most = ",", 0
    sample = "\n".join(text[:100_000].splitlines()[:_SAMPLE_LINES])
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(StringIO(sample), delimiter=separator) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = widths.count(usual) * min(usual, 5) if usual > 1 else 0
        if score > most:
            best, most = separator, score
    return best

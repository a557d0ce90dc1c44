"""HTML, piece by piece; every text that comes from a study goes through `text`."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from framework_coder.model.legend import LEGEND, State
from framework_coder.reports.tables import Table, in_words

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def text(value: object) -> str:
    """Return a value as text that no browser takes for markup, in elements and quoted attributes alike."""
    return escape(str(value), quote=True).replace("\x00", "\N{REPLACEMENT CHARACTER}")


def chip(state: State) -> str:
    """Return a state's letter on its colour and pattern, with its label for those who do not see it."""
    look = LEGEND[state]
    label = f'<span class="sr">{text(look.label)}</span>'
    return f'<span class="chip s-{state}"><span aria-hidden="true">{text(look.letter)}</span>{label}</span>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table; heads and caption are texts, the cells of rows are HTML."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll" role="region" aria-label="{text(caption)}" tabindex="0"><table class="list">'
        f'<caption class="sr">{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def draw_table(shown: Table, names: Sequence[str], ids: str = "") -> str:
    """Return columns of a table of the study; `ids` begins the ids of rows, ended by their first field."""
    places = [shown.names.index(name) for name in names]
    heads = [shown.columns[place].title for place in places]
    rows = []
    for row in shown.rows:
        cells = [_whole(text(in_words(shown.names[place], row[place]))) for place in places]
        if ids:
            cells[0] = f'<span id="{ids}{cells[0]}">{cells[0]}</span>'
        rows.append(cells)
    return table(heads, rows, shown.title)


def _whole(cell: str) -> str:
    """Return a date so that it is not broken at its hyphens; anything else as it is."""
    return f'<span class="date">{cell}</span>' if _DATE.fullmatch(cell) else cell


def terms(rows: Iterable[tuple[str, str]]) -> str:
    """Return a list of terms (texts) and their meanings (texts)."""
    return f"<dl>{''.join(f'<dt>{text(term)}</dt><dd>{text(meaning)}</dd>' for term, meaning in rows)}</dl>"

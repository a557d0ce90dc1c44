"""The parts of a text as HTML: one text node a block, everything of the source escaped.

Written by hand and not by a template: a long source has thousands of blocks.
"""

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from framework_coder.web.laying_out import Part, Row, Shown, Table

DEEPEST = 4
"""Headings below this level look alike."""


def write_parts(parts: Iterable[Part]) -> Markup:
    """Return the sections of a text, each with its margin."""
    return Markup("\n".join(map(_write_part, parts)))  # noqa: S704 - words and names are escaped below


def _write_part(part: Part) -> str:
    inside = "".join(map(_write_item, part.items))
    return f'<section class="part"><div class="words">{inside}</div><div class="margin"></div></section>'


def _write_item(item: int | Shown | Table) -> str:
    if isinstance(item, int):
        return f'<div class="page-mark" data-page="{item}"></div>'
    return _write_table(item) if isinstance(item, Table) else _write_block(item, "p")


def _write_block(block: Shown, tag: str) -> str:
    looks, more = f"block k-{block.kind}", ""
    if block.kind == "heading":
        looks += f" h{min(block.level, DEEPEST)}"
        more += f' role="heading" aria-level="{min(block.level + 1, 6)}"'
    if block.speaker:
        more += f' data-speaker="{escape(block.speaker)}"'
    return (
        f'<{tag} class="{looks}" data-block="{block.number}" data-place="{escape(block.place)}"{more}>'
        f"{escape(block.words, quote=False)}</{tag}>"
    )


def _write_table(table: Table) -> str:
    columns = "".join(f'<col class="w{width}">' for width in table.widths)
    rows = "".join(_write_row(row, table.columns) for row in table.rows)
    return f'<table class="cells"><colgroup>{columns}</colgroup><tbody>{rows}</tbody></table>'


def _write_row(row: Row, columns: Iterable[int]) -> str:
    cells = ("".join(_write_block(each, "div") for each in row.cells.get(column, ())) for column in columns)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

"""Writes PDF reports: one or two columns, ruled tables, running heads, page numbers, hyphenated line ends."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

from masters import FOOTNOTE, Line, SourceMaster, plain

SOFT_HYPHEN = "\u00ad"
BREAKS = re.compile(
    r"(?<=\w{4})(?=(?:tion|ment|ness|tive|ther|ture|sion|ance|ence|(?<!h)ing|tions|ments|pists|tioner|tioners|tially)\b)"
    r"|(?<=\w{2})(?<=([bdgmnprt]))(?=\1\w{3})"
)


def write_pdf(path: Path, source: SourceMaster) -> None:
    """Write one PDF; `style: columns` sets it in two columns with hyphenation, `style: report` in one."""
    columns = 2 if source.fields.get("style") == "columns" else 1
    template = BaseDocTemplate(
        str(path),
        pagesize=A4,
        invariant=1,
        title=source.fields["title"],
        author=source.fields.get("authors", ""),
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=24 * mm,
        bottomMargin=22 * mm,
    )
    template.addPageTemplates(PageTemplate("all", _frames(template, columns), onPage=_margins(source)))
    width = template.width if columns == 1 else (template.width - 8 * mm) / 2
    template.build(_story(source.lines, _styles(columns), width))


def _frames(template: Any, columns: int) -> list[Frame]:
    gap = 8 * mm
    width = (template.width - gap * (columns - 1)) / columns
    return [
        Frame(
            template.leftMargin + number * (width + gap),
            template.bottomMargin,
            width,
            template.height,
            leftPadding=0,
            rightPadding=0,
        )
        for number in range(columns)
    ]


def _margins(source: SourceMaster) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(20 * mm, A4[1] - 15 * mm, source.fields.get("banner", source.fields["title"]))
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"Page {document.page}")
        canvas.drawString(20 * mm, 12 * mm, source.fields.get("footer", ""))
        canvas.restoreState()

    return draw


def _styles(columns: int) -> dict[str, ParagraphStyle]:
    size = 9.5 if columns == 2 else 11
    body = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=size,
        leading=size * 1.28,
        spaceAfter=6,
        alignment=TA_JUSTIFY if columns == 2 else 0,
        embeddedHyphenation=1 if columns == 2 else 0,
    )
    return {
        "paragraph": body,
        "item": ParagraphStyle("item", body, leftIndent=12, bulletIndent=2),
        "cell": ParagraphStyle(
            "cell", body, fontName="Helvetica", fontSize=8.5, leading=10.5, alignment=0, spaceAfter=0
        ),
        "heading1": ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=17, leading=21, spaceAfter=10),
        "heading2": ParagraphStyle(
            "h2", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=5
        ),
        "heading3": ParagraphStyle(
            "h3", fontName="Helvetica-Oblique", fontSize=10.5, leading=13, spaceBefore=5, spaceAfter=3
        ),
    }


def _story(lines: list[Line], styles: dict[str, ParagraphStyle], width: float) -> list[Any]:
    story: list[Any] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        if kind == "row":
            story += [_table(list(group), styles, width), Spacer(1, 8)]
        else:
            story += [_flowable(line, styles) for line in group]
    return story


def _flowable(line: Line, styles: dict[str, ParagraphStyle]) -> Paragraph:
    if line.kind == "heading":
        return Paragraph(_inline(line.text), styles[f"heading{line.level}"])
    if line.kind == "item":
        return Paragraph(_hyphenated(_inline(line.text), styles["item"]), styles["item"], bulletText="•")
    return Paragraph(_hyphenated(_inline(line.text), styles["paragraph"]), styles["paragraph"])


def _inline(text: str) -> str:
    bold = re.sub(r"\*\*(.+?)\*\*", "\x01\\1\x02", FOOTNOTE.sub("", text))
    return escape(plain(bold)).replace("\x01", "<b>").replace("\x02", "</b>")


def _hyphenated(text: str, style: ParagraphStyle) -> str:
    """Return the text with places where long words may break, in styles that break them."""
    if not style.embeddedHyphenation:
        return text
    return re.sub(r"\b[a-z]{8,}\b", lambda word: BREAKS.sub(SOFT_HYPHEN, word[0]), text)


def _table(lines: list[Line], styles: dict[str, ParagraphStyle], width: float) -> Table:
    rows = [[Paragraph(_inline(cell), styles["cell"]) for cell in line.cells] for line in lines]
    first = 0.4 if len(rows[0]) > 2 else 0.5
    widths = [width * first] + [width * (1 - first) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)
    ruled = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
    ]
    return Table(
        rows, colWidths=widths, repeatRows=1, style=TableStyle([*ruled, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )

"""WordprocessingML, piece by piece: runs, paragraphs, tables, footnotes, bookmarks and links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from framework_coder.model.legend import LEGEND, State
from framework_coder.reports.word_styles import badge_style

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""

CENTIMETRE = 567
"""Twentieths of a point."""

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 17.0, 25.7
"""Centimetres between the margins of an A4 page."""

_BREAKS = re.compile(r"(\t|\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the contents list it."""

    level: int
    text: str
    anchor: str


class WordWriter:
    """Gathers the body, footnotes and bookmarks of one document.

    `place` says what is being written; `replaced` has the places where XML cannot hold a character.
    """

    def __init__(self) -> None:
        self.body: list[str] = []
        self.footnotes: list[str] = []
        self.headings: list[Heading] = []
        self.place = ""
        self.replaced: dict[str, None] = {}
        self.pictures: list[bytes] = []
        self._bookmarks = 0
        self._sections = 0
        self._is_landscape = False
        self._contents_at: int | None = None

    def add(self, *pieces: str) -> None:
        """Append paragraphs and tables to the body."""
        self.body.extend(pieces)

    def run(self, text: str, style: str = "") -> str:
        """Return text as runs; tabs and line ends stay what they are."""
        clean = self._clean(text)
        look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
        pieces = (_draw_piece(piece) for piece in _BREAKS.split(clean) if piece)
        return f"<w:r>{look}{''.join(pieces)}</w:r>" if clean else ""

    def badge(self, state: State, *, with_label: bool = False) -> str:
        """Return a state's letter on its colour, and its label beside it."""
        look = LEGEND[state]
        label = self.run(f" {look.label}", "Status") if with_label else ""
        return self.run(f"\u00a0{look.letter}\u00a0", badge_style(state)) + label

    def link(self, text: str, anchor: str, style: str = "Hyperlink") -> str:
        """Return text that leads to a bookmark of this document."""
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{self.run(text, style)}</w:hyperlink>'

    def bookmark(self, anchor: str, content: str) -> str:
        """Return content that links can lead to; an anchor is letters, digits and _, 40 at most."""
        self._bookmarks += 1
        number = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
        )

    def footnote(self, content: str) -> str:
        """Keep a footnote; return the reference to it."""
        self.footnotes.append(content)
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>'
        )

    def picture(self, png: bytes, size: tuple[float, float], title: str, description: str) -> str:
        """Keep a picture; return the run that shows it at a size (width, height) in centimetres.

        `description` is read out to those who do not see it.
        """
        self.pictures.append(png)
        number = len(self.pictures)
        width, height = (round(side * _EMU) for side in size)
        about = f'id="{number}" name={self.quote(title)} descr={self.quote(description)}'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" '
            f'distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr {about}/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture_id(number)}"/><a:stretch><a:fillRect/>'
            '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def paragraph(self, *runs: str, style: str = "", keep_next: bool = False, properties: str = "") -> str:
        """Return a paragraph; `properties` are further ones, after the style and keep-with-next."""
        look = f'<w:pStyle w:val="{style}"/>' if style else ""
        keep = "<w:keepNext/>" if keep_next else ""
        inner = f"{look}{keep}{properties}"
        return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{''.join(runs)}</w:p>"

    def heading(self, text: str, level: int, anchor: str = "", *, on_new_page: bool = False) -> str:
        """Return a heading, which the contents will list."""
        anchor = anchor or f"heading_{len(self.headings) + 1}"
        self.headings.append(Heading(level, text, anchor))
        return self.paragraph(
            self.bookmark(anchor, self.run(text)),
            style=f"Heading{level}",
            properties="<w:pageBreakBefore/>" if on_new_page else "",
        )

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        title: str,
        description: str = "",
    ) -> str:
        """Return a table whose header row repeats on every page, and whose rows stay whole.

        `heads` are texts; a cell of `rows` is one or more paragraphs. `widths` are centimetres; `title` and
        `description` are read out to those who do not see it.
        """
        head = [self.paragraph(self.run(text), style="TableHead", keep_next=True) for text in heads]
        lines = [_draw_row(head, widths, is_head=True)] if any(heads) else []
        lines += [_draw_row(cells, widths) for cells in rows]
        return self._close_table(lines, widths, title, description)

    def grid(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        head_height: float,
        title: str,
        description: str,
    ) -> str:
        """Return a table of marks: its heads, all but the first, are turned upright; heads are paragraphs."""
        lines = [_draw_row(heads, widths, is_head=True, height=head_height)]
        lines += [_draw_row(cells, widths) for cells in rows]
        return self._close_table(lines, widths, title, description, margin=_NARROW)

    def _close_table(
        self, lines: list[str], widths: Sequence[float], title: str, description: str, margin: str = ""
    ) -> str:
        columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
        about = f"<w:tblCaption w:val={self.quote(title)}/>"
        about += f"<w:tblDescription w:val={self.quote(description)}/>" if description else ""
        start = _open_table(
            sum(widths), margin, about, has_head="<w:tblHeader/>" in lines[0] if lines else False
        )
        body = "".join(lines) or _draw_row([self.paragraph() for _ in widths], widths)
        return f"{start}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>{self.paragraph(style='AfterTable')}"

    def quote(self, text: str) -> str:
        """Return text as the quoted value of an attribute."""
        return quoteattr(self._clean(text), {"\n": " ", "\r": " ", "\t": " "})

    def escape(self, text: str) -> str:
        """Return text as the content of an element."""
        return escape(self._clean(text))

    def _clean(self, text: str) -> str:
        clean, count = UNPRINTABLE.subn("\ufffd", text)
        if count:
            self.replaced[self.place] = None
        return clean

    def mark_contents(self) -> None:
        """Let the contents stand here once all headings are known."""
        self._contents_at = len(self.body)

    def turn(self, *, is_landscape: bool) -> None:
        """Go on on a new page, upright or landscape."""
        if is_landscape != self._is_landscape:
            self.add(f"<w:p><w:pPr>{self._end_section()}</w:pPr></w:p>")
            self._is_landscape = is_landscape

    def finish(self) -> str:
        """Return the body with its contents and its last section."""
        pieces = list(self.body)
        if self._contents_at is not None:
            pieces[self._contents_at : self._contents_at] = self._list_contents()
        return "".join(pieces) + self._end_section()

    def _end_section(self) -> str:
        self._sections += 1
        return _draw_section(is_landscape=self._is_landscape, has_title=self._sections == 1)

    def _list_contents(self) -> list[str]:
        listed = [heading for heading in self.headings if heading.level <= 2]  # noqa: PLR2004 - as the field says
        lines = []
        for number, heading in enumerate(listed):
            start = _START_CONTENTS if number == 0 else ""
            end = _END_FIELD if number == len(listed) - 1 else ""
            entry = self.link(heading.text, heading.anchor)
            lines.append(self.paragraph(start, entry, end, style=f"TOC{heading.level}"))
        return lines


def picture_id(number: int) -> str:
    """Return the id of the relation that leads from the body to a picture."""
    return f"rIdPicture{number}"


_EMU = 360_000
"""English metric units in a centimetre."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def _draw_piece(piece: str) -> str:
    if piece == "\t":
        return "<w:tab/>"
    if piece in {"\n", "\r", "\r\n"}:
        return "<w:br/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


_START_CONTENTS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _twips(centimetres: float) -> int:
    return round(centimetres * CENTIMETRE)


_NARROW = '<w:tblCellMar><w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/></w:tblCellMar>'


def _open_table(width: float, margin: str, about: str, *, has_head: bool) -> str:
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Framework"/>'
        f'<w:tblW w:w="{_twips(width)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margin}'
        f'<w:tblLook w:val="{"0620" if has_head else "0600"}" w:firstRow="{int(has_head)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{about}</w:tblPr>"
    )


def _draw_row(
    cells: Sequence[str],
    widths: Sequence[float],
    *,
    is_head: bool = False,
    height: float = 0,
) -> str:
    """Return a row, which no page break parts.

    A head repeats on each page; with a height (centimetres) all cells but the first turn.
    """
    properties = "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{_twips(height)}" w:hRule="exact"/>' if height else ""
    properties += "<w:tblHeader/>" if is_head else ""
    turned = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        f"{turned if height and number else ''}</w:tcPr>{cell}</w:tc>"
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{drawn}</w:tr>"


def _draw_section(*, is_landscape: bool, has_title: bool) -> str:
    """Return the properties of an A4 section; its title page, if it has one, goes without the header."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if is_landscape else 'w:w="11906" w:h="16838"'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{"<w:titlePg/>" if has_title else ""}</w:sectPr>'
    )

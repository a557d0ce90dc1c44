"""Writes Word documents: headings, lists, tables, footnotes, comments, tracked changes, tick boxes."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from masters import Line, SourceMaster, plain
from questions import wording

STAMP = datetime(2016, 1, 4, 9, 0, tzinfo=UTC)
PIECES = re.compile(r"(\^\[[^\]]*\]|~~.*?~~|\+\+.*?\+\+|\*\*.+?\*\*)")
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def write_word(path: Path, source: SourceMaster) -> None:
    """Write one Word document; a questionnaire becomes a table of question and answer."""
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    _set_properties(document, source)
    notes: list[str] = []
    if source.key == "Q":
        _write_answers(document, source)
    else:
        _write_lines(document, source.lines, notes)
    if banner := source.fields.get("banner"):
        document.sections[0].header.paragraphs[0].text = banner
    if footer := source.fields.get("footer"):
        document.sections[0].footer.paragraphs[0].text = footer
    if notes:
        _add_footnotes(document, notes)
    document.save(str(path))


def _set_properties(document: Any, source: SourceMaster) -> None:
    properties = document.core_properties
    properties.title = source.fields["title"]
    properties.author = source.fields.get("authors", "") or "Study team"
    properties.created = properties.modified = STAMP.replace(tzinfo=None)
    properties.comments = ""


def _write_answers(document: Any, source: SourceMaster) -> None:
    document.add_heading(source.fields["title"], 0)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Question", "Answer"
    for line in source.lines:
        cells = table.add_row().cells
        cells[0].text = wording(source.fields.get("style", "first"), line.cells[0])
        cells[1].text = plain(line.text)


def _write_lines(document: Any, lines: list[Line], notes: list[str]) -> None:
    table, paragraph = None, None
    for line in lines:
        if line.kind != "row":
            table = None
        if line.kind == "row":
            table = _add_row(document, table, line)
        elif line.kind == "comment":
            author, text = line.text.split(": ", 1)
            _add_comment(document, paragraph, author, text)
        else:
            paragraph = _add_paragraph(document, line, notes)


def _add_row(document: Any, table: Any, line: Line) -> Any:
    is_first = table is None
    if is_first:
        table = document.add_table(rows=0, cols=len(line.cells), style="Table Grid")
    for cell, text in zip(table.add_row().cells, line.cells, strict=True):
        run = cell.paragraphs[0].add_run(plain(text))
        run.bold = is_first or None
    return table


def _add_paragraph(document: Any, line: Line, notes: list[str]) -> Any:
    if line.kind == "heading":
        return document.add_heading(plain(line.text), line.level - 1)
    style = {"item": "List Bullet"}.get(line.kind, "Normal")
    paragraph = document.add_paragraph(style=style)
    if line.kind in {"ticked", "unticked"}:
        paragraph._p.append(_tick_box(is_ticked=line.kind == "ticked"))
        paragraph.add_run(" ")
    text = re.sub(r"\{\w+\|([^{}]*)\}", r"\1", line.text)
    for piece in PIECES.split(text):
        _add_piece(paragraph, piece, notes)
    return paragraph


def _add_piece(paragraph: Any, piece: str, notes: list[str]) -> None:
    if piece.startswith("^["):
        notes.append(piece[2:-1])
        paragraph._p.append(
            _run(
                f'<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(notes)}"/>'
            )
        )
    elif piece.startswith("~~"):
        paragraph._p.append(
            _change("del", f'<w:delText xml:space="preserve">{escape(piece[2:-2])}</w:delText>')
        )
    elif piece.startswith("++"):
        paragraph._p.append(_change("ins", f'<w:t xml:space="preserve">{escape(piece[2:-2])}</w:t>'))
    elif piece.startswith("**"):
        paragraph.add_run(piece[2:-2]).bold = True
    elif piece:
        paragraph.add_run(piece)


def _run(inner: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>")


def _change(tag: str, inner: str) -> Any:
    when = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ")
    signed = f'w:id="9{len(inner)}" w:author="J. Reeve" w:date="{when}"'
    return parse_xml(f"<w:{tag} {nsdecls('w')} {signed}><w:r>{inner}</w:r></w:{tag}>")


def _tick_box(*, is_ticked: bool) -> Any:
    return parse_xml(
        f'<w:sdt {nsdecls("w")} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{'☒' if is_ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _add_comment(document: Any, paragraph: Any, author: str, text: str) -> None:
    initials = "".join(word[0] for word in author.split())
    comment = document.add_comment(paragraph.runs, text=text, author=author, initials=initials)
    comment._comment_elm.set(qn("w:date"), STAMP.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _add_footnotes(document: Any, notes: list[str]) -> None:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    bodies = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    xml = f"{head}<w:footnotes {nsdecls('w')}>{separators}{bodies}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

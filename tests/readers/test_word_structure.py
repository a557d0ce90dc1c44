"""Word documents as blocks: headings, lists, tables, notes, headers, comments, embedded and strict files."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from readers.word_builders import NAMES, OFFICE, codes, docx, p, read_content, root, run, table, texts, zipped

from framework_coder.model.sources import BlockKind, Comment

STYLES = root(
    "w:styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="House"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>',
)
STYLE_LINK = ("s", "styles", "styles.xml")
NUMBERED = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>'
NUMBERING = root(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>',
)


@pytest.mark.parametrize(
    ("paragraph", "kind", "level"),
    [
        (p("x"), BlockKind.PARAGRAPH, 0),
        (p("x", style="berschrift1"), BlockKind.HEADING, 1),
        (p("x", style="House"), BlockKind.HEADING, 2),
        (p("x", style="Own"), BlockKind.HEADING, 2),
        (p("x", style="Loop"), BlockKind.PARAGRAPH, 0),
        (p("x", style="Unknown"), BlockKind.PARAGRAPH, 0),
        (p("x", properties='<w:outlineLvl w:val="2"/>'), BlockKind.HEADING, 3),
        (p("x", style="House", properties='<w:outlineLvl w:val="9"/>'), BlockKind.PARAGRAPH, 0),
        (p("x", style="Cap"), BlockKind.CAPTION, 0),
        (p("x", style="T1"), BlockKind.NAVIGATION, 0),
        (p("x", style="LB"), BlockKind.LIST_ITEM, 1),
        (p("x", properties=NUMBERED), BlockKind.LIST_ITEM, 2),
        (p("x", style="LB", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'), BlockKind.PARAGRAPH, 0),
    ],
)
def test_a_paragraphs_style_gives_its_kind_and_level(
    tmp_path: Path, paragraph: str, kind: BlockKind, level: int
) -> None:
    (block,) = read_content(tmp_path, docx(paragraph, {"styles.xml": STYLES}, [STYLE_LINK])).blocks
    assert (block.kind, block.level) == (kind, level)


def test_numbers_that_word_draws_are_reported_as_left_out(tmp_path: Path) -> None:
    links = [STYLE_LINK, ("n", "numbering", "numbering.xml")]
    parts = {"styles.xml": STYLES, "numbering.xml": NUMBERING}
    source = read_content(tmp_path, docx(p("one", properties=NUMBERED) + p("two", style="LB"), parts, links))
    assert codes(source) == {"automatic_numbers": 1}


def test_a_block_knows_the_headings_above_it_and_its_number(tmp_path: Path) -> None:
    body = (
        p("Part", style="berschrift1")
        + p("Section", style="House")
        + p("Text")
        + p("Part two", style="berschrift1")
        + p("More")
    )
    blocks = read_content(tmp_path, docx(body, {"styles.xml": STYLES}, [STYLE_LINK])).blocks
    assert [block.locator.headings for block in blocks] == [
        (),
        ("Part",),
        ("Part", "Section"),
        (),
        ("Part two",),
    ]
    assert [block.locator.paragraph for block in blocks] == [1, 2, 3, 4, 5]


def test_table_cells_stand_in_document_order_with_row_and_column(tmp_path: Path) -> None:
    source = read_content(tmp_path, docx(p("Before") + table(["a", "b"], ["c", "d"]) + p("After")))
    assert texts(source) == ["Before", "a", "b", "c", "d", "After"]
    cells = [block.locator for block in source.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [(cell.table, cell.row, cell.column) for cell in cells] == [
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 1),
        (1, 2, 2),
    ]


def test_merged_cells_are_read_once_and_keep_the_columns_after_them(tmp_path: Path) -> None:
    document = python_docx.Document()
    grid = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            grid.cell(row, column).text = f"{row}{column}"
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "wide"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "tall"
    held = BytesIO()
    document.save(held)
    source = read_content(tmp_path, held.getvalue())
    assert texts(source) == ["wide", "02", "tall", "11", "12", "21", "22"]
    assert [block.locator.column for block in source.blocks] == [1, 3, 1, 2, 3, 2, 3]


def test_a_nested_table_is_read_once_in_its_place(tmp_path: Path) -> None:
    cell = "<w:tc>" + p("above") + table(["in1", "in2"]) + p("below") + "</w:tc>"
    source = read_content(tmp_path, docx(table([cell, "right"], ["x", "y"])))
    assert texts(source) == ["above", "in1", "in2", "below", "right", "x", "y"]
    assert [block.locator.table for block in source.blocks] == [1, 2, 2, 1, 1, 1, 1]


def test_a_table_of_one_cell_is_a_frame_around_ordinary_text(tmp_path: Path) -> None:
    cell = "<w:tc>" + p("Title", style="berschrift1") + p("Text") + "</w:tc>"
    source = read_content(tmp_path, docx(table([cell]), {"styles.xml": STYLES}, [STYLE_LINK]))
    assert [block.kind for block in source.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_cell_of_several_paragraphs_is_one_block(tmp_path: Path) -> None:
    source = read_content(tmp_path, docx(table(["<w:tc>" + p("one") + p("") + p("two") + "</w:tc>", "b"])))
    assert texts(source) == ["one\ntwo", "b"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Who pays?", "The practice."], ["When did it open?", "In 2004."]],
        [["Question", "Answer"], ["Who pays", "The practice."], ["Opened", "In 2004."]],
        [["1", "Who pays?", "The practice."], ["2", "When did it open?", "In 2004."]],
        [["No.", "Question", "Answer"], ["1", "Who pays", "The practice."], ["2", "Opened", "In 2004."]],
    ],
)
def test_a_table_of_questions_and_answers_is_a_questionnaire(tmp_path: Path, rows: list[list[str]]) -> None:
    source = read_content(tmp_path, docx(p("Survey") + table(*rows)))
    assert texts(source, BlockKind.ANSWER) == ["The practice.", "In 2004."]
    for block in source.blocks:
        if block.kind is BlockKind.ANSWER:
            assert block.answers is not None
            question = source.blocks[block.answers]
            assert question.kind is BlockKind.QUESTION
            assert question.locator.row == block.locator.row


@pytest.mark.parametrize(
    "rows",
    [
        [["Year", "Patients"], ["2004", "120"], ["2005", "140"]],
        [["Fee", "£12"], ["Sessions", "six"], ["Why so few?", "Money"]],
        [["What is it?", "Who gives it?"], ["How long?", "How dear?"]],
        [["1. Apologies", "None"], ["2. Minutes", "Agreed"], ["3. Any other business", "None"]],
    ],
)
def test_any_other_table_is_not_taken_for_a_questionnaire(tmp_path: Path, rows: list[list[str]]) -> None:
    source = read_content(tmp_path, docx(table(*rows)))
    assert {block.kind for block in source.blocks} == {BlockKind.TABLE_CELL}


def test_a_question_that_nobody_answered_has_no_answer(tmp_path: Path) -> None:
    source = read_content(tmp_path, docx(table(["Who pays?", ""], ["Since when?", "2004"])))
    assert [(block.kind, block.answers) for block in source.blocks] == [
        (BlockKind.QUESTION, None),
        (BlockKind.QUESTION, None),
        (BlockKind.ANSWER, 1),
    ]


def test_a_prompt_in_a_cell_that_nobody_filled_in_is_not_an_answer(tmp_path: Path) -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc>"
        + p("Click here")
        + "</w:tc></w:sdtContent></w:sdt>"
    )
    rows = f"<w:tbl><w:tr><w:tc>{p('Who pays?')}</w:tc>{control}</w:tr></w:tbl>"
    source = read_content(tmp_path, docx(rows))
    assert texts(source) == ["Who pays?"]
    assert codes(source) == {"placeholders": 1}


def test_notes_follow_the_paragraph_that_refers_to_them_or_close_the_document(tmp_path: Path) -> None:
    note = '<w:{0}note w:type="separator" w:id="-1">{1}</w:{0}note><w:{0}note w:id="2">{2}</w:{0}note>'
    parts = {
        "footnotes.xml": root("w:footnotes", note.format("foot", p("---"), p("See the audit."))),
        "endnotes.xml": root("w:endnotes", note.format("end", p("---"), p("Thanks to all."))),
    }
    links = [("f", "footnotes", "footnotes.xml"), ("e", "endnotes", "endnotes.xml")]
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>'
    source = read_content(tmp_path, docx(p("It works", *marks, " well.") + p("Next."), parts, links))
    assert texts(source) == ["It works well.", "See the audit.", "Next.", "Thanks to all."]
    kinds = [block.kind for block in source.blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE, BlockKind.PARAGRAPH, BlockKind.ENDNOTE]


def test_headers_and_footers_are_read_once_and_marked(tmp_path: Path) -> None:
    parts = {
        "header1.xml": root("w:hdr", p("North Clinic")),
        "header2.xml": root("w:hdr", p("North Clinic")),
        "footer1.xml": root("w:ftr", table(["Draft", "Page 1"])),
    }
    links = [
        ("h1", "header", "header1.xml"),
        ("h2", "header", "header2.xml"),
        ("f1", "footer", "footer1.xml"),
    ]
    section = '<w:sectPr><w:headerReference r:id="{}"/><w:footerReference r:id="f1"/></w:sectPr>'
    body = p("One", properties=section.format("h1")) + p("Two") + section.format("h2")
    source = read_content(tmp_path, docx(body, parts, links))
    assert texts(source) == ["North Clinic", "One", "Two", "Draft", "Page 1"]
    assert texts(source, BlockKind.HEADER) == ["North Clinic"]
    assert texts(source, BlockKind.FOOTER) == ["Draft", "Page 1"]
    assert [block.locator.paragraph for block in source.blocks] == [None, 1, 2, None, None]


def test_a_comment_stands_apart_on_the_words_it_is_about(tmp_path: Path) -> None:
    written = (
        '<w:comment w:id="1" w:author="HW" w:date="2015-03-02T10:00:00Z">' + p("Check this.") + "</w:comment>"
    )
    parts = {"comments.xml": root("w:comments", written)}
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    body = p("First.") + p(
        "  The ca", start, "f\u0065\u0301 pays", end, '<w:r><w:commentReference w:id="1"/></w:r>', "."
    )
    source = read_content(tmp_path, docx(body, parts, [("c", "comments", "comments.xml")]))
    (comment,) = source.comments
    assert source.text[comment.start : comment.end] == "fé pays"
    assert comment == Comment(comment.start, comment.end, "HW", "Check this.", "2015-03-02")
    assert "Check" not in source.text


def test_a_comment_whose_range_ends_between_paragraphs_is_on_the_words_inside(tmp_path: Path) -> None:
    parts = {
        "comments.xml": root("w:comments", '<w:comment w:id="1" w:author="HW">' + p("Ask.") + "</w:comment>")
    }
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    cell = f"<w:tc>{start}{p('The practice')}{p('pays')}{end}</w:tc>"
    body = p("Before") + table([cell, "No"], ["A", "B"])
    source = read_content(tmp_path, docx(body, parts, [("c", "comments", "comments.xml")]))
    (comment,) = source.comments
    assert source.text[comment.start : comment.end] == "The practice\npays"


def test_a_cell_whose_deletion_was_tracked_is_left_out_and_counted(tmp_path: Path) -> None:
    gone = f'<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{p("Gone")}</w:tc>'
    source = read_content(tmp_path, docx(table([gone, "Kept"], ["A", "B"])))
    assert texts(source) == ["Kept", "A", "B"]
    assert codes(source) == {"tracked_changes": 1}


def test_a_note_whose_mark_was_deleted_goes_with_it(tmp_path: Path) -> None:
    parts = {"footnotes.xml": root("w:footnotes", f'<w:footnote w:id="2">{p("Gone.")}</w:footnote>')}
    body = p("Kept", '<w:del w:id="1"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>')
    source = read_content(tmp_path, docx(body, parts, [("f", "footnotes", "footnotes.xml")]))
    assert texts(source) == ["Kept"]
    assert codes(source) == {"tracked_changes": 1}


def test_an_embedded_page_is_read_in_its_place_and_an_unread_one_is_reported(tmp_path: Path) -> None:
    parts = {
        "a.html": "<html><body><p>From a page</p></body></html>",
        "b.rtf": "{\\rtf1 x}",
        "c.docx": docx(p("Inner")),
    }
    links = [("a", "aFChunk", "a.html"), ("b", "aFChunk", "b.rtf"), ("c", "aFChunk", "c.docx")]
    chunks = "".join(f'<w:altChunk r:id="{name}"/>' for name in "abc")
    source = read_content(tmp_path, docx(p("Before") + chunks + p("After"), parts, links))
    assert texts(source) == ["Before", "From a page", "Inner", "After"]
    assert codes(source) == {"embedded_documents": 1}


def test_a_strict_file_reads_like_any_other(tmp_path: Path) -> None:
    plain = docx(p("Title", style="House") + table(["a", "b"]), {"styles.xml": STYLES}, [STYLE_LINK])
    with ZipFile(BytesIO(plain)) as container:
        parts = {name: container.read(name).decode() for name in container.namelist()}
    strict = {
        name: part.replace(NAMES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, part in parts.items()
    }
    assert strict != parts
    source = read_content(tmp_path, zipped(strict))
    assert (source.blocks[0].kind, source.blocks[0].level) == (BlockKind.HEADING, 2)
    assert texts(source) == ["Title", "a", "b"]


def test_properties_become_metadata(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_paragraph("Text")
    document.core_properties.title = "Annual report"
    document.core_properties.author = "A. Shah; B. Lee"
    document.core_properties.keywords = "yoga"
    held = BytesIO()
    document.save(held)
    metadata = read_content(tmp_path, held.getvalue()).metadata
    assert (metadata.title, metadata.authors) == ("Annual report", ("A. Shah", "B. Lee"))
    assert metadata.created.count("-") == 2
    assert metadata.other["keywords"] == "yoga"


def test_words_of_a_diagram_are_read(tmp_path: Path) -> None:
    drawing = '<w:r><w:drawing><dgm:relIds r:dm="d"/></w:drawing></w:r>'
    parts = {"diagrams/data1.xml": root("dgm:dataModel", "<a:p><a:r><a:t>Refer</a:t></a:r></a:p>")}
    parts = {f"word/{name}": part for name, part in parts.items()}
    source = read_content(
        tmp_path, docx(p("Path", drawing), parts, [("d", "diagramData", "diagrams/data1.xml")])
    )
    assert texts(source, BlockKind.TEXT_BOX) == ["Refer"]


def test_a_ticked_box_that_stands_alone_is_a_paragraph(tmp_path: Path) -> None:
    box = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    assert texts(read_content(tmp_path, docx(box + p(run("☒")) + "</w:sdtContent></w:sdt>"))) == ["☒"]


def test_turns_of_a_transcript_are_told_by_their_speakers(tmp_path: Path) -> None:
    body = (
        p("Meeting, 3 May")
        + p("HW: Why?")
        + p("JB: ", "Because.")
        + p("HW: And?")
        + p("JB: So.")
        + p("JB left.")
    )
    source = read_content(tmp_path, docx(body + table(["JB: a", "HW: b"])))
    assert [block.locator.speaker for block in source.blocks] == ["", "HW", "JB", "HW", "JB", "", "", ""]
    assert texts(source, BlockKind.TURN) == ["HW: Why?", "JB: Because.", "HW: And?", "JB: So."]

"""The text of Word paragraphs: what stands in it, what does not, and what is reported."""

from pathlib import Path

import pytest
from readers.word_builders import codes, docx, p, read_content, root, run, texts

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import BlockKind
from framework_coder.readers import word_inline

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("North ") + run("Clinic"), "North Clinic"),
        (run("one") + "<w:r><w:br/></w:r>" + run("two"), "one\ntwo"),
        (run("one") + "<w:r><w:tab/></w:r>" + run("two"), "one two"),
        (run("co") + "<w:r><w:noBreakHyphen/></w:r>" + run("op"), "co-op"),
        (run("Dr\u00a0Shah"), "Dr Shah"),
        (run("cafe\u0301"), "café"),
        (run("naïve 日本 👩‍⚕️ שלום"), "naïve 日本 👩‍⚕️ שלום"),
        ('<w:hyperlink r:id="x">' + run("a link") + "</w:hyperlink>" + run(" here"), "a link here"),
        ("<w:smartTag>" + run("Leeds") + "</w:smartTag>", "Leeds"),
        ("<w:ins>" + run("new") + "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "new"),
        ("<w:moveFrom>" + run("moved") + "</w:moveFrom>" + run("stays"), "stays"),
        ("<w:moveTo>" + run("moved") + "</w:moveTo>", "moved"),
        ('<w:fldSimple w:instr="PAGE">' + run("4") + "</w:fldSimple>", "4"),
        (
            FIELD.format("begin")
            + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
            + FIELD.format("begin")
            + FIELD.format("separate")
            + run("inner")
            + FIELD.format("end")
            + FIELD.format("separate")
            + run("result")
            + FIELD.format("end")
            + run(" after"),
            "result after",
        ),
        (FIELD.format("begin") + "<w:r><w:instrText>BROKEN</w:instrText></w:r>", ""),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" yes"), "✓ yes"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>" + run("seen"), "seen"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>', "seen"),
        (SDT.format("", run("chosen")), "chosen"),
        (
            SDT.format('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("☒")) + run(" Yes"),
            "☒ Yes",
        ),
        (
            SDT.format('<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', run("☐")) + run(" No"),
            "☐ No",
        ),
        (SDT.format("<w:showingPlcHdr/>", run("Click here to enter text")) + run("x"), "x"),
        ("<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>+b</m:t></m:r></m:oMath>", "a+b"),
        (
            f"<w:r><w:ruby><w:rt>{run('かん')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>",
            "漢 (かん)",
        ),
    ],
)
def test_a_paragraph_reads_as_a_person_sees_it(tmp_path: Path, inner: str, expected: str) -> None:
    source = read_content(tmp_path, docx(p(inner) + p("end")))
    assert texts(source) == ([expected, "end"] if expected else ["end"])


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>',
            "Yes",
        ),
        ('<w:ddList><w:result w:val="7"/><w:listEntry w:val="No"/></w:ddList>', ""),
    ],
)
def test_an_old_style_form_field_gives_its_value(tmp_path: Path, form: str, expected: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    field = begin + "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>" + FIELD.format("end")
    assert texts(read_content(tmp_path, docx(p("Ill: ", field)))) == [f"Ill: {expected}".strip()]


def test_a_form_text_field_gives_what_was_typed(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
        + FIELD.format("separate")
        + run("Leeds")
        + FIELD.format("end")
    )
    assert texts(read_content(tmp_path, docx(p(field)))) == ["Leeds"]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next(tmp_path: Path) -> None:
    first = p("It opened ", properties="<w:rPr><w:del/></w:rPr>")
    assert texts(read_content(tmp_path, docx(first + p("in 2004.")))) == ["It opened in 2004."]


def test_a_large_first_letter_belongs_to_its_word(tmp_path: Path) -> None:
    first = p("T", properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(read_content(tmp_path, docx(first + p("he clinic opened.")))) == ["The clinic opened."]


def test_a_text_box_that_the_file_holds_twice_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + p("Opening hours") + "</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read_content(tmp_path, docx(p("Before ", twice, "after") + p("Next")))
    assert texts(source) == ["Before after", "Opening hours", "Next"]
    assert texts(source, BlockKind.TEXT_BOX) == ["Opening hours"]


def test_an_old_text_box_inside_a_drawing_of_both_forms_is_read_once(tmp_path: Path) -> None:
    inner = "<w:txbxContent>" + p("Inner") + "</w:txbxContent>"
    outer = (
        "<w:txbxContent>"
        + p("Outer", f"<w:r><w:pict><v:textbox>{inner}</v:textbox></w:pict></w:r>")
        + "</w:txbxContent>"
    )
    body = p("Body", f"<w:r><w:pict><v:textbox>{outer}</v:textbox></w:pict></w:r>")
    assert texts(read_content(tmp_path, docx(body))) == ["Body", "Outer", "Inner"]


def test_what_the_text_does_not_show_is_reported_with_its_count(tmp_path: Path) -> None:
    body = (
        p("<w:ins><w:r><w:t>a</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>")
        + p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>", "<w:r><w:drawing><c:chart/></w:drawing></w:r>")
        + p("<w:r><w:object><v:imagedata/></w:object></w:r>", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
        + p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>four</w:t></w:r>")
        + p('<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>', "so\u00adft")
    )
    links = [("r1", "image", "http://example.org/x.png"), ("r2", "hyperlink", "http://example.org")]
    source = read_content(tmp_path, docx(body, {"vbaProject.bin": "x"}, links))
    assert codes(source) == {
        "tracked_changes": 2,
        "pictures": 1,
        "charts": 1,
        "embedded_objects": 1,
        "equations": 1,
        "hidden_text": 4,
        "symbols": 1,
        "soft_hyphens": 1,
        "macros": 1,
        "external_references": 1,
    }


def test_a_document_of_paragraphs_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_inline, "MOST_PARAGRAPHS", 3)
    with pytest.raises(UnreadableFileError, match="more paragraphs and cells than"):
        read_content(tmp_path, docx(p("") * 4))


def test_hidden_by_a_character_style_is_hidden(tmp_path: Path) -> None:
    styles = root(
        "w:styles",
        '<w:style w:styleId="Secret" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Deep" w:type="character"><w:basedOn w:val="Secret"/></w:style>',
    )
    body = p('<w:r><w:rPr><w:rStyle w:val="Deep"/></w:rPr><w:t>hidden</w:t></w:r>', "seen")
    source = read_content(tmp_path, docx(body, {"styles.xml": styles}, [("s", "styles", "styles.xml")]))
    assert texts(source) == ["seen"]

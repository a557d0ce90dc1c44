"""Which reader gets a file, by its content first; and what is refused, in one clear sentence."""

import hashlib
import os
import socket
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.invariants import assert_well_formed
from readers.pdf_builders import PROSE, draw, lines, wrap
from readers.word_builders import codes, docx, p, read_content, root, table, texts, zipped

from framework_coder.errors import UnreadableFileError
from framework_coder.readers import SUFFIXES, assembly, read, read_all, reading

if TYPE_CHECKING:
    from framework_coder.model.sources import SourceText

READ_HERE = sorted(suffix for suffix, name in SUFFIXES.items() if name != "pdf")


def ole(*streams: str) -> bytes:
    """Return what begins like an old office file with streams of these names."""
    names = "".join(f"{stream}\0" for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + names.encode("utf-16-le")


def sheet() -> bytes:
    """Return a small workbook."""
    book = openpyxl.Workbook()
    book.active.append(["Who pays?", "The practice"])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


VALID = {
    ".docx": docx(
        p("One") + table(["Who pays?", "All"], ["Since when?", "2004"]), {"styles.xml": root("w:styles", "")}
    ),
    ".xlsx": sheet(),
    ".html": b"<!DOCTYPE html><html><title>T</title><body><p>One</p><table><tr><td>x</table></body></html>",
    ".mhtml": b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html\r\n\r\n<html><body>x</body></html>\r\n--b--\r\n",
    ".md": b"---\ntitle: T\n---\n# One\n\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>x</div>\n",
    ".csv": b'Question,Answer\n"Who pays?","All, mostly"\n',
    ".txt": "Interviewer: Why?\r\nJB: Café.\r\n".encode("utf-16"),
}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.doc",
            ole("WordDocument"),
            r"a\.doc is an old Word document .*save it as \.docx",
        ),
        ("a.docx", ole("WordDocument"), r"old Word document .*save it as \.docx"),
        ("a.docx", ole("EncryptedPackage"), r"a\.docx is protected by a password"),
        ("a.xlsx", ole("EncryptedPackage"), r"a\.xlsx is protected by a password"),
        ("a.msg", ole("__substg1.0_"), "Outlook message"),
        ("a.doc", ole("Book Title", "WordDocument"), "old Word document"),
        ("a.doc", ole("Workbook", "WordDocument"), "old Word document"),
        ("a.xls", ole("Workbook", "WordDocument"), r"a\.xls is damaged \(its sheets"),
        ("a.rtf", b"{\\rtf1 x}", r"rich text file .*\.docx"),
        ("a.docx", b"{\\rtf1 x}", r"rich text file .*\.docx"),
        (
            "a.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            r"OpenDocument text .*save it as \.docx",
        ),
        ("a.eml", b"From: x\nSubject: y\n\nText", r"e-mail .*\.pdf"),
        ("a.pptx", zipped({"ppt/slides/slide1.xml": "<x/>"}), r"presentation.*\.pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "an image.*text recognition"),
        ("a.jpg", b"\xff\xd8\xff\xe0....", "an image"),
        ("a.mp3", b"ID3....", "recording.*transcript"),
        ("a.zip", zipped({"a.txt": "x"}), "archive.*unpack"),
        ("a.txt", bytes(range(256)) * 10, "a binary file of an unknown type"),
        ("a.docx", zipped({"word/other.xml": "x"}), "damaged"),
        ("a.docx", zipped({"word/document.xml": "<w:document"}), "damaged.*not well-formed"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<x"}), "damaged"),
        ("a.txt", b"", "it is empty"),
        ("a.docx", b"  \n ", "it is empty"),
    ],
)
def test_a_file_that_is_not_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(UnreadableFileError, match=f"(?s){sentence}"):
        read_content(tmp_path, content, name)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("page.txt", b"<!DOCTYPE html><html><body><p>One</p></body></html>", "webpage"),
        ("page.docx", b"<html><body><p>One</p></body></html>", "webpage"),
        ("report.html", docx(p("One")), "word"),
        ("report.txt", docx(p("One")), "word"),
        ("sheet.csv", sheet(), "spreadsheet"),
        ("notes.docx", b"One", "plain text"),
        ("notes.log", b"One", "plain text"),
        ("notes", b"One", "plain text"),
    ],
)
def test_a_mislabelled_file_is_read_as_what_it_is_with_a_warning(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    source = read_content(tmp_path, content, name)
    assert source.blocks
    assert source.warnings[0].code == "mislabelled"
    assert expected in source.warnings[0].message


def test_suffixes_are_told_in_any_case_and_a_right_one_gives_no_warning(tmp_path: Path) -> None:
    assert codes(read_content(tmp_path, docx(p("One")), "A.DOCX")) == {}
    assert codes(read_content(tmp_path, b"# One", "A.MD")) == {}


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    for suffix, content in VALID.items():
        assert read_content(tmp_path, content, f"a{suffix}").sha256 == hashlib.sha256(content).hexdigest()


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One")
    assert read(str(tmp_path / "a.txt")).text == "One"


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(UnreadableFileError, match="no such file"):
        read(tmp_path / "missing.txt")


def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One")

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFileError, match="may not open it"):
        read(tmp_path / "a.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(reading.MOST_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="200,000,001 bytes and the limit is 200,000,000"):
        read(tmp_path / "big.txt")


def test_a_file_of_more_blocks_than_fit_in_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "MOST_BLOCKS", 3)
    with pytest.raises(UnreadableFileError, match="more paragraphs and cells than"):
        read_content(tmp_path, b"One\n\nTwo\n\nThree\n\nFour", "a.txt")


def bomb() -> bytes:
    """Return a Word file of 100 MB of the same paragraph, packed into 100 kB."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as container:
        container.writestr("word/document.xml", root("w:document", "<w:p/>" * 16_000_000))
    return held.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bomb(), "like a zip bomb"),
        (zipped({"word/document.xml": ENTITIES + root("w:document", "&b;").split("?>")[1]}), "entities"),
        (
            zipped(
                {"word/document.xml": (ENTITIES + root("w:document", "&b;").split("?>")[1]).encode("utf-16")}
            ),
            "entities",
        ),
        (zipped({f"word/{number}.xml": "x" for number in range(10_001)}), "10,000 parts"),
        (docx("<w:customXml>" * 5000 + "</w:customXml>" * 5000), "damaged"),
    ],
    ids=["bomb", "entities", "entities in two-byte characters", "parts", "nesting"],
)
def test_a_hostile_office_file_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        read_content(tmp_path, content)


def test_names_in_a_container_never_become_paths(tmp_path: Path) -> None:
    parts = {"../../evil.html": b"<p>outside</p>", "/etc/passwd": b"x"}
    links = [("a", "aFChunk", "../../../../../etc/passwd"), ("b", "aFChunk", "/etc/hostname")]
    chunks = '<w:altChunk r:id="a"/><w:altChunk r:id="b"/>'
    source = read_content(tmp_path, docx(p("One") + chunks, parts, links))
    assert source.text == "One"
    assert codes(source)["embedded_documents"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["source.docx"]


def must_read_or_refuse(folder: Path, content: bytes, suffix: str) -> None:
    """Read content under a suffix; anything but a source or a refusal is a failure."""
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    parts: tuple[SourceText, ...] = ()
    with suppress(UnreadableFileError):
        parts = read_all(path)
    for source in parts:
        assert_well_formed(source)


@pytest.mark.parametrize(
    ("suffix", "content"), [*VALID.items(), (".pdf", draw(lines(wrap(PROSE)), lines(wrap(PROSE))))]
)
def test_a_file_read_twice_gives_the_same_and_nothing_is_fetched_or_left_open(
    tmp_path: Path, suffix: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader asked for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    once = read_all(path)
    for source in once:
        assert_well_formed(source)
    assert read_all(path) == once
    held = {Path(item.path) for item in psutil.Process().open_files()}
    assert path.resolve() not in held


@pytest.mark.parametrize("suffix", sorted(VALID))
def test_a_file_cut_short_anywhere_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    content = VALID[suffix]
    step = max(1, min(50, len(content) // 60))
    for end in range(0, len(content), step):
        must_read_or_refuse(tmp_path, content[:end], suffix)


@pytest.mark.parametrize("suffix", sorted(VALID))
def test_a_file_with_damaged_bytes_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    content = VALID[suffix]
    for at in range(0, len(content), max(1, len(content) // 60)):
        must_read_or_refuse(tmp_path, content[:at] + b"\xff<\x00" + content[at + 3 :], suffix)


@pytest.mark.parametrize("suffix", [*READ_HERE, "", ".xyz"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.one_of(st.binary(min_size=1), st.text(min_size=1).map(lambda text: text.encode())))
def test_any_bytes_are_read_or_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    must_read_or_refuse(tmp_path, content, suffix)


def test_importing_the_readers_loads_no_parser() -> None:
    code = (
        "import sys, framework_coder.readers;"
        "print([name for name in ('lxml', 'selectolax', 'python_calamine', 'markdown_it', 'pypdfium2',"
        " 'charset_normalizer') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx(p(""))),
        ("a.html", b"<html><body><script>x</script></body></html>"),
        ("a.md", b"---\ntitle: x\n---\n"),
        ("a.txt", "\u200b".encode()),
    ],
)
def test_a_file_without_text_is_never_a_silent_success(tmp_path: Path, name: str, content: bytes) -> None:
    source = read_content(tmp_path, content, name)
    assert not source.blocks
    assert source.warnings[0].code == "no_text"


@pytest.mark.parametrize("content", ["[" * 30_000, "*a_ " * 30_000])
def test_markdown_made_to_exhaust_a_parser_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableFileError, match="unsafe"):
        read_content(tmp_path, content, "a.md")


def test_a_table_in_every_valid_file_is_read(tmp_path: Path) -> None:
    assert "All" in texts(read_content(tmp_path, VALID[".docx"]))
    assert "d" in texts(read_content(tmp_path, VALID[".md"], "a.md"))

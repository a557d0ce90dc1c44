"""Quirks 6 and 14 to 20, and hostile containers: each opens, or ends in one sentence."""

import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import builders
import pytest
from exchange.refi.qdpx import (
    ANNA,
    SOURCE,
    codes,
    coding,
    element,
    g,
    losses,
    pack,
    project,
    quotes,
    read,
    read_file,
    selection,
    source,
    sources,
    text_of,
    users,
)

from framework_coder.errors import FrameworkCoderError
from framework_coder.exchange.refi import container

TEXT = "Alpha beta"
MARKED = selection(300, 0, 5, coding(400))
PLAIN = (users(ANNA), codes(), sources(source(SOURCE, MARKED)))


@pytest.mark.parametrize(
    "head", ["", "\ufeff", '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n']
)
def test_quirk_6_the_project_file_opens_with_or_without_byte_order_mark(tmp_path: Path, head: str) -> None:
    xml = project(*PLAIN, head=head).replace("><", ">\r\n<")
    assert quotes(read_file(pack(tmp_path / "a.qdpx", xml, {text_of(SOURCE): TEXT}))) == ["Alpha"]


def test_quirk_6_utf_16_opens_too(tmp_path: Path) -> None:
    xml = project(*PLAIN, head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16")
    assert quotes(read_file(pack(tmp_path / "a.qdpx", xml, {text_of(SOURCE): TEXT}))) == ["Alpha"]


@pytest.mark.parametrize("inner", ["project.qde", "Project.qde", "Trial.QDE", "My study.qde"])
def test_quirk_14_the_project_file_may_have_any_name(tmp_path: Path, inner: str) -> None:
    path = pack(tmp_path / "a.qdpx", project(*PLAIN), {text_of(SOURCE): TEXT}, inner=inner)
    assert quotes(read_file(path)) == ["Alpha"]


@pytest.mark.parametrize("folder", ["sources/", "Sources/", "SOURCES/", "sources\\", "./sources/", ""])
def test_quirk_15_the_folder_of_sources_may_be_written_in_any_way(tmp_path: Path, folder: str) -> None:
    path = pack(tmp_path / "a.qdpx", project(*PLAIN), {text_of(SOURCE): TEXT}, folder=folder)
    assert quotes(read_file(path)) == ["Alpha"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "a.txt"),
        ("internal://a.txt", "a.txt"),
        ("internal:///a.txt", "a.txt"),
        ("INTERNAL://A.TXT", "a.txt"),
        ("internal://a.txt", "A.TXT"),
        ("internal://my%20text.txt", "my text.txt"),
        ("internal://100%.txt", "100%.txt"),
        ("internal://a%20b.txt", "a%20b.txt"),
        ("sources/a.txt", "a.txt"),
        ("internal://sources\\a.txt", "a.txt"),
    ],
)
def test_quirk_16_paths_are_resolved_however_they_are_written(tmp_path: Path, path: str, name: str) -> None:
    parts = (users(ANNA), codes(), sources(source(SOURCE, MARKED, path=path)))
    assert quotes(read(tmp_path, *parts, texts={name: TEXT})) == ["Alpha"]


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("is_first", [True, False])
def test_quirk_17_all_shapes_of_zip_open(tmp_path: Path, *, method: int, is_first: bool) -> None:
    path = tmp_path / "a.qdpx"
    with path.open("wb") as file, ZipFile(_Stream(file), "w", method) as archive:
        if is_first:
            archive.writestr("project.qde", project(*PLAIN))
        archive.writestr("sources/", "")
        archive.writestr("sources/.root", "")
        dos = ZipInfo(f"sources/{text_of(SOURCE)}")
        dos.create_system, dos.compress_type = 0, method
        archive.writestr(dos, TEXT)
        if not is_first:
            archive.writestr("project.qde", project(*PLAIN))
    assert quotes(read_file(path)) == ["Alpha"]


class _Stream:
    """A file that cannot be gone back in, so that sizes follow the entries."""

    def __init__(self, file: object) -> None:
        self.write, self.flush = file.write, file.flush  # type: ignore[attr-defined]


def _truncate(path: Path) -> None:
    pack(path, project(*PLAIN), {text_of(SOURCE): TEXT * 1000})
    path.write_bytes(path.read_bytes()[:400])


def _damage(path: Path) -> None:
    pack(path, project(*PLAIN))
    content = bytearray(path.read_bytes())
    start = 30 + struct.unpack("<H", content[26:28])[0]
    content[start + 20 : start + 40] = b"\xff" * 20
    path.write_bytes(bytes(content))


def _with_head(head: str, *parts: str) -> bytes:
    return project(*parts, head=head).encode()


OUTSIDE = ("../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a\\..\\..\\evil.txt")
NAMES = '<!DOCTYPE P [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE P [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
SAY = "<Description>&x;</Description>"
MAKE: dict[str, Callable[[Path], object]] = {
    "truncated": _truncate,
    "not a zip": lambda path: path.write_bytes(b"just words"),
    "empty": lambda path: path.write_bytes(b""),
    "bare qde": lambda path: path.write_text(project(*PLAIN), encoding="utf-8"),
    "bare qdc": lambda path: path.write_text(codes(), encoding="utf-8"),
    "no project": lambda path: pack(path, "x", inner="readme.txt"),
    "project in a folder": lambda path: pack(path, project(*PLAIN), inner="study/project.qde"),
    "two projects": lambda path: pack(path, project(*PLAIN), {"other.qde": "x"}, folder=""),
    "damaged entry": _damage,
    "bomb": lambda path: pack(path, project(*PLAIN), {text_of(SOURCE): b"\0" * (container.SMALL + 1)}),
    "doctype": lambda path: pack(path, _with_head('<?xml version="1.0"?><!-- a --><!DOCTYPE Project>')),
    "entity": lambda path: pack(path, _with_head(NAMES, SAY)),
    "laughs": lambda path: pack(path, _with_head(LAUGHS, SAY).decode().encode("utf-16")),
    "undeclared entity": lambda path: pack(path, project(SAY)),
    "cut xml": lambda path: pack(path, project(*PLAIN)[:-20]),
    "not utf-8": lambda path: pack(path, project(*PLAIN).encode() + b"<!-- \xff -->"),
    "odd encoding": lambda path: pack(path, _with_head('<?xml version="1.0" encoding="utf-7"?>')),
    "other root": lambda path: pack(path, "<html/>"),
    "deep": lambda path: pack(path, "<a>" * 5_000 + "</a>" * 5_000),
}


def _pack_outside(name: str) -> Callable[[Path], object]:
    return lambda path: pack(path, project(*PLAIN), {name: "x"}, folder="")


MAKE |= {name: _pack_outside(name) for name in OUTSIDE}

HOSTILE = {
    "truncated": "damaged or incomplete ZIP",
    "not a zip": "is a ZIP file",
    "empty": "is a ZIP file",
    "bare qde": "the project file alone",
    "bare qdc": "it is a codebook; import it with --as qdc",
    "no project": "no project file .project.qde., but readme.txt",
    "project in a folder": "no project file",
    "two projects": r"2 project files \(project.qde, other.qde\)",
    "damaged entry": "project.qde in it is damaged",
    "../evil.txt": "points outside",
    "/etc/evil.txt": "points outside",
    "C:\\evil.txt": "points outside",
    "a\\..\\..\\evil.txt": "points outside",
    "bomb": "would expand to more than 250 times",
    "doctype": "declares a document type",
    "entity": "declares a document type",
    "laughs": "declares a document type",
    "undeclared entity": "not well-formed",
    "cut xml": "not well-formed",
    "not utf-8": "are not UTF-8",
    "odd encoding": "encoded as utf-7",
    "other root": "its root is html, where Project is expected",
    "deep": "not well-formed",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_quirk_18_a_hostile_or_broken_container_ends_in_one_sentence_and_an_unchanged_project(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "study.qdpx"
    MAKE[kind](path)
    with builders.project(tmp_path) as opened:
        before = opened.log(limit=1)
        with pytest.raises(FrameworkCoderError, match=HOSTILE[kind]) as caught:
            opened.exchange.import_(path, kind="refi")
        assert opened.log(limit=1) == before
    said = str(caught.value)
    assert path.name in said
    assert said.endswith(".")
    assert "\n" not in said
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MOST_ENTRIES", "more than 1 files"), ("LARGEST_TOTAL", "expand"), ("LARGEST_ENTRY", "larger than")],
)
def test_quirk_18_limits_stop_before_anything_is_expanded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    path = pack(tmp_path / "a.qdpx", project(*PLAIN), {text_of(SOURCE): TEXT})
    monkeypatch.setattr(container, limit, 1)
    monkeypatch.setattr(ZipFile, "read", None)
    with pytest.raises(container.BadContainerError, match=words):
        container.Container(path)


def test_quirk_19_a_text_given_as_rich_text_is_the_text_and_not_a_document(tmp_path: Path) -> None:
    given = element("TextSource", MARKED, guid=g(SOURCE), name="A", richTextPath="internal://a.txt")
    bundle = read(tmp_path, users(ANNA), codes(), sources(given), texts={"a.txt": TEXT})
    assert quotes(bundle) == ["Alpha"]
    assert bundle.sources[0].file_name == "A.txt"


@pytest.mark.parametrize("path", ["relative:///x.pdf", "absolute:///Users/anna/x.pdf", "internal://gone.pdf"])
def test_quirk_20_missing_media_are_a_warning_and_the_text_comes_in(tmp_path: Path, path: str) -> None:
    text = element("Representation", MARKED, guid=g(202), plainTextPath="internal://a.txt")
    pdf = element("PDFSource", text, guid=g(SOURCE), name="Report", path=path)
    bundle = read(tmp_path, users(ANNA), codes(), sources(pdf), texts={"a.txt": TEXT})
    assert quotes(bundle) == ["Alpha"]
    assert bundle.sources[0].original() == TEXT.encode()
    assert "files: 1 of originals are not in the file" in losses(bundle)

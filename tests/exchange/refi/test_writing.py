"""What is written: valid, the same bytes each time, and nothing that other tools stumble over."""

import re
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from exchange.refi.bundles import TEXT, a_bundle, source
from exchange.refi.qdpx import read_file
from exchange.refi.studies import compare
from lxml import etree

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import (
    Bundle,
    BundledCoding,
    BundledMemo,
    BundledSite,
    BundledTarget,
)
from framework_coder.exchange.formats import FORMATS
from framework_coder.exchange.refi import xml as refi_xml
from framework_coder.exchange.refi.wording import describe, read_rules
from framework_coder.exchange.refi.writing import InvalidExportError
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.design import Design, FieldKind, SiteField

NASTY = "R&D <x> \"q\" 'a'\n\tb\x01\ufffe"


def write(tmp_path: Path, bundle: Bundle, **options: object) -> Path:
    path = tmp_path / "study.qdpx"
    path.unlink(missing_ok=True)
    FORMATS["refi"].write(bundle, path, options)
    return path


def qde(path: Path) -> str:
    with ZipFile(path) as archive:
        return archive.read("project.qde").decode()


def is_valid(content: bytes, schema: str) -> bool:
    rules = files("framework_coder.exchange.refi").joinpath(schema).read_bytes()
    return bool(etree.XMLSchema(etree.fromstring(rules)).validate(etree.fromstring(content)))


@pytest.mark.parametrize("dialect", ["", "standard", "nvivo", "crlf", "atlas"])
@pytest.mark.parametrize("has_note", [True, False])
def test_every_export_is_valid_and_gives_the_same_bytes_again(
    tmp_path: Path, dialect: str, *, has_note: bool
) -> None:
    options = {"dialect": dialect, "framework_note": has_note}
    first = write(tmp_path, a_bundle(), **options).read_bytes()
    assert is_valid(qde(tmp_path / "study.qdpx").encode(), "Project.xsd")
    assert write(tmp_path, a_bundle(), **options).read_bytes() == first


@pytest.mark.parametrize("dialect", ["", "nvivo", "crlf", "atlas"])
def test_a_bundle_comes_back_as_it_went_out(tmp_path: Path, dialect: str) -> None:
    sent = a_bundle()
    found = compare(_keyed(read_file(write(tmp_path, sent, dialect=dialect))))
    expected = compare(a_bundle())
    assert {kind: found[kind] for kind in expected if kind not in {"memos", "sources"}} == {
        kind: expected[kind] for kind in expected if kind not in {"memos", "sources"}
    }
    assert len(found["memos"]) == len(expected["memos"])


def _keyed(bundle: Bundle) -> Bundle:
    """Return the bundle with codes for keys of sites and references for keys of sources, as a project has."""
    codes = {site.key: site.code for site in bundle.sites}
    refs = {source.key: source.ref for source in bundle.sources}
    return replace_all(bundle, codes, refs)


def replace_all(bundle: Bundle, codes: dict[str, str], refs: dict[str, str]) -> Bundle:
    bundle.codings = [replace(c, source=refs[c.source], site=codes[c.site]) for c in bundle.codings]
    bundle.claims = [replace(c, site=codes[c.site]) for c in bundle.claims]
    return bundle


def test_an_export_that_would_be_invalid_raises_before_there_is_a_project_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = refi_xml.Violation("Code", 1, "is wrong")
    monkeypatch.setattr("framework_coder.exchange.refi.writing.find_violations", lambda *_: iter([bad]))
    with pytest.raises(InvalidExportError, match="is wrong"):
        write(tmp_path, a_bundle())
    with ZipFile(tmp_path / "study.qdpx") as archive:
        assert "project.qde" not in archive.namelist()


def test_an_export_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builders

    with builders.project(tmp_path) as own:
        builders.read(own, "Words.")

        def fail(*_: object) -> object:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("framework_coder.exchange.refi.writing.write_notes", fail)
        before = sorted(tmp_path.iterdir())
        with pytest.raises(BadInputError, match="No space left on device"):
            own.exchange.export(tmp_path / "study.qdpx")
        assert sorted(tmp_path.iterdir()) == before


def test_the_container_is_as_the_standard_says(tmp_path: Path) -> None:
    with ZipFile(write(tmp_path, a_bundle())) as archive:
        infos = archive.infolist()
    assert [i.filename for i in infos if "/" not in i.filename] == ["project.qde"]
    guid = "[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}"
    for info in infos:
        assert info.compress_type == ZIP_DEFLATED
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert re.fullmatch(rf"project\.qde|sources/{guid}\.(txt|pdf|docx)", info.filename)


def test_the_xml_is_plain_utf_8_with_one_namespace_and_no_empty_wrappers(tmp_path: Path) -> None:
    xml = qde(write(tmp_path, a_bundle()))
    assert xml.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" ')
    assert xml.count("xmlns") == 1
    assert "&#" not in xml.replace("&#10;", "")
    assert not re.search(r"<(Users|Codes|CodeBook|Cases|Sources|Notes|Links|Sets|Variables)\s*/>", xml)
    bare = qde(write(tmp_path, Bundle(name="Empty"), framework_note=False))
    assert is_valid(bare.encode(), "Project.xsd")
    assert bare.count("<") == 2


def test_values_have_the_narrowest_type_that_all_of_them_are_of(tmp_path: Path) -> None:
    kinds = {
        "beds": FieldKind.NUMBER,
        "rate": FieldKind.NUMBER,
        "odd": FieldKind.NUMBER,
        "at": FieldKind.DATE,
        "open": FieldKind.BOOLEAN,
    }
    bundle = a_bundle()
    bundle.design = Design(
        "A", site_fields=tuple(SiteField(name, name, kind) for name, kind in kinds.items())
    )
    bundle.sites = [
        BundledSite(
            "S1",
            "North",
            "S1",
            {"beds": "12", "rate": "1.5", "odd": "1", "open": "true", "at": "2020-01-02T03:04:05Z"},
        ),
        BundledSite("S2", "South", "S2", {"beds": "3", "rate": "2", "odd": "few", "note": "3"}),
    ]
    root = etree.fromstring(qde(write(tmp_path, bundle)).encode())
    types = {each.get("name"): each.get("typeOfVariable") for each in root.iter("{*}Variable")}
    assert {name: types[name] for name in (*kinds, "note")} == {
        "beds": "Integer", "rate": "Float", "odd": "Text", "at": "DateTime", "open": "Boolean",
        "note": "Text",
    }  # fmt: skip
    assert [each.text for each in root.iterfind(".//{*}Case//{*}IntegerValue")] == ["12", "3"]


def test_no_path_of_this_machine_is_in_the_archive(tmp_path: Path) -> None:
    bundle = a_bundle()
    bundle.sources = [replace(bundle.sources[0], path="documents/D1.txt")]
    path = write(tmp_path, bundle)
    with ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"basePath" not in everything
    assert b"currentPath" not in everything
    assert str(tmp_path).encode() not in everything


def test_only_a_real_document_is_rich_text_and_a_pdf_has_its_text_beside_it(tmp_path: Path) -> None:
    root = etree.fromstring(qde(write(tmp_path, a_bundle())).encode())
    rich = [each.get("richTextPath") for each in root.iter("{*}TextSource")]
    assert [bool(path) for path in rich] == [False, False, True]
    assert all(path.endswith(".docx") for path in rich if path)
    (pdf,) = root.iter("{*}PDFSource")
    assert pdf[0].tag.endswith("Representation")
    assert pdf.get("path").endswith(".pdf")


@pytest.mark.parametrize(
    ("dialect", "positions", "ends"),
    [("", (4, 5), b"\n"), ("nvivo", (4, 6), b"\n"), ("crlf", (4, 5), b"\r\n"), ("atlas", (4, 5), b"\r\n")],
)
def test_positions_and_line_ends_are_those_of_the_dialect(
    tmp_path: Path, dialect: str, positions: tuple[int, int], ends: bytes
) -> None:
    path = write(tmp_path, a_bundle(), dialect=dialect)
    root = etree.fromstring(qde(path).encode())
    spans = {
        each.get("name"): (int(each.get("startPosition")), int(each.get("endPosition")))
        for each in root.iter("{*}PlainTextSelection")
    }
    assert spans["\U0001f600"] == positions
    shift = {"": 0, "nvivo": 1, "crlf": 1, "atlas": 0}[dialect]
    assert spans["room"][0] == TEXT.index("room") + shift
    text = next(each for each in root.iter("{*}TextSource")).get("plainTextPath").removeprefix("internal://")
    with ZipFile(path) as archive:
        content = archive.read(f"sources/{text}")
    assert content == TEXT.replace("\n", ends.decode()).encode()


def test_a_selection_is_named_by_its_text_in_one_line_and_one_that_was_cut_says_so(tmp_path: Path) -> None:
    text = f"Short\nand sweet. {'Long words go on ' * 9}"
    bundle = a_bundle()
    bundle.sources = [source("D1", text)]
    spans = ((0, 16), (17, len(text) - 1))
    bundle.codings = [BundledCoding(str(a), "D1", "money", a, b, text[a:b], "S1") for a, b in spans]
    bundle.claims, bundle.findings, bundle.memos = [], [], []
    path = write(tmp_path, bundle)
    root = etree.fromstring(qde(path).encode())
    names = [each.get("name") for each in root.iter("{*}PlainTextSelection")]
    assert names == ["Short and sweet.", "Long words go on Long words go on Long words go on Long wor…"]
    assert [each.quote for each in read_file(path).codings] == [text[a:b] for a, b in spans]


def test_an_unknown_dialect_is_refused_and_emoji_are_warned_of(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="--dialect word: say standard, nvivo, crlf, atlas"):
        write(tmp_path, a_bundle(), dialect="word")
    bundle = a_bundle()
    write(tmp_path, bundle)
    assert any("4 texts have characters" in line and "--dialect nvivo" in line for line in bundle.choices)


def test_guids_are_unique_upper_case_and_no_reference_dangles(tmp_path: Path) -> None:
    bundle = a_bundle()
    bundle.guids = {
        ("theme", "money"): "{aaaaaaaa-0000-4000-8000-00000000abcd}",
        ("selection", "1"): "b" * 8 + "-0000-4000-8000-00000000abcd",
    }
    root = etree.fromstring(qde(write(tmp_path, bundle)).encode())
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(guid == guid.upper() for guid in guids)
    assert {"AAAAAAAA-0000-4000-8000-00000000ABCD", "BBBBBBBB-0000-4000-8000-00000000ABCD"} <= set(guids)
    named = ("targetGUID", "originGUID", "creatingUser")
    referred = {each.get(name) for each in root.iter() for name in named if each.get(name)}
    assert referred <= set(guids)


def test_signs_that_xml_forbids_are_told_and_positions_still_fit(tmp_path: Path) -> None:
    text = "A\x01 b\ufffe\x0b room \U0001f600."
    start = text.index("room")
    bundle = a_bundle()
    bundle.name = bundle.sites[0] and NASTY
    bundle.codebook = Codebook((Theme("space.room", NASTY, definition=NASTY),))
    bundle.sites = [BundledSite("S1", NASTY, "S1", {"tier": NASTY})]
    bundle.sources = [replace(source("D1", text), title=NASTY)]
    bundle.codings = [BundledCoding("1", "D1", "space.room", start, start + 4, "room", "S1", NASTY, "x")]
    bundle.claims, bundle.findings = [], []
    bundle.memos = [BundledMemo("1", NASTY, NASTY, NASTY)]
    path = write(tmp_path, bundle)
    assert is_valid(qde(path).encode(), "Project.xsd")
    back = read_file(path)
    assert [(c.quote, c.start) for c in back.codings] == [("room", start)]
    assert back.sources[0].load().text == "A  b   room \U0001f600."
    said = {loss.sentence: loss.count for loss in bundle.losses}
    assert said["that XML forbids became spaces in texts; positions fit"] == 3
    assert said["that XML forbids were taken out of names and notes"] > 5


def test_what_stays_behind_is_told(tmp_path: Path) -> None:
    bundle = a_bundle()
    bundle.codebook = bundle.codebook.retire("money")
    bundle.plan = [("S1", "document", 2, "")]
    write(tmp_path, bundle, framework_note=False)
    told = {loss.kind: (loss.count, loss.sentence) for loss in bundle.losses}
    assert told["codings"] == (1, "are proposed or rejected, not accepted, and stayed behind")
    assert told["plan"] == (1, "stayed behind without the framework note")
    assert told["themes"] == (1, "are retired here and look like any other code in other tools")


def test_rules_are_labelled_text_that_is_read_back() -> None:
    theme = Theme(
        "a",
        "A",
        definition="One.\n\nTwo.",
        include="Include: this",
        exclude="x\nExample: no",
        example="e",
        question="q?",
    )
    assert read_rules(describe(theme), Theme("a", "A")) == theme
    assert read_rules("Just words: here.", Theme("a", "A")).definition == "Just words: here."
    assert read_rules("Before.\nInclude: x", Theme("a", "A")) == Theme(
        "a", "A", definition="Before.", include="x"
    )


def test_a_codebook_goes_out_as_qdc_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "book.qdc"
    bundle = a_bundle()
    FORMATS["qdc"].write(bundle, path, {})
    content = path.read_bytes()
    assert is_valid(content, "Codebook.xsd")
    assert b'<MemberCode guid="' in content
    assert content.count(b"isCodable=") == 3
    assert any("memos: 1" in f"{loss.kind}: {loss.count}" for loss in bundle.losses)
    back = read_file(path)
    assert [(t.id, t.label, t.parent, t.include) for t in back.codebook] == [
        ("space", "Space", None, "All.\nExclude: no"),
        ("space.room", "Room", "space", ""),
        ("money", "Money", None, ""),
    ]
    assert [(memo.title, memo.text, memo.targets) for memo in back.memos] == [
        ("Theme", "T", [BundledTarget(theme="space")]),
        ("A::B", "A group.", [BundledTarget(theme="money")]),
    ]


def test_an_empty_codebook_is_refused_as_qdc(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="The codebook is empty"):
        FORMATS["qdc"].write(Bundle(), tmp_path / "book.qdc", {})
    assert not (tmp_path / "book.qdc").exists()


def test_the_packaged_schemas_are_those_of_the_standard_with_their_notice() -> None:
    known = {
        "Project.xsd": "a2cc1ffb4ab1c07c51d6c78e69f2c9968458a9f0ad3b317ddde27f1e86f15a15",
        "Codebook.xsd": "62a941a02df90991fd9e18bd97c571b88e3c493a722ef1e45a7247f787849c75",
    }
    folder = files("framework_coder.exchange.refi")
    for name, expected in known.items():
        content = folder.joinpath(name).read_bytes()
        assert sha256(content).hexdigest() == expected
        assert b"This specification is licensed under the MIT license." in content
    assert "Copyright 2019 REFI" in folder.joinpath("NOTICE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"sites":{', '"sites":[1],"others":{'),
        ('"claims":{', '"claims":{"x":{},'),
        ('"methods":[', '"methods":3,"others":['),
        ('"blocks":[[0,', '"blocks":[[900,'),
        ('"schema":"framework-coder/matrix/1"', '"schema":"framework-coder/matrix/9"'),
        ('"coverage":[', '"coverage":[1,'),
        ('"segments":"', '"segments":"AAAA'),
    ],
)
def test_a_damaged_framework_note_is_left_out_and_told(tmp_path: Path, old: str, new: str) -> None:
    path, changed = write(tmp_path, a_bundle()), tmp_path / "changed.qdpx"
    with ZipFile(path) as archive, ZipFile(changed, "w") as other:
        for name in archive.namelist():
            content = archive.read(name).decode("utf-8", "surrogateescape")
            if content.startswith('{"schema"'):
                content = content.replace(old, new, 1)
            other.writestr(name, content.encode("utf-8", "surrogateescape"))
    back = read_file(changed)
    assert [c.quote for c in back.codings] == ["room", "room", "\U0001f600"]
    assert [claim.summary for claim in back.claims] == ["It is small."]
    assert any(loss.kind == "framework note" for loss in back.losses)

"""Quirks 21 to 33: identities, coders, codes, order, namespaces and colours as tools write them."""

from pathlib import Path
from typing import Any

import pytest
from exchange.refi.qdpx import (
    ANNA,
    BASE,
    BEN,
    CODE,
    MARKED,
    SOURCE,
    SPACE,
    TEXT,
    TEXTS,
    case,
    code,
    codes,
    coding,
    element,
    g,
    losses,
    note,
    pack,
    project,
    quotes,
    read,
    read_file,
    selection,
    source,
    sources,
    study,
    text_of,
    told,
    users,
    value,
)

from framework_coder.errors import BadInputError
from framework_coder.exchange.refi.wording import read_colour


def test_a_codebook_of_taguette_gets_the_levels_that_its_project_has(tmp_path: Path) -> None:
    names = ("money/fees", "money", "a\\b", "place/room", "place/yard")
    tags = element("Codes", *(code(110 + number, name) for number, name in enumerate(names)))
    xml = element("CodeBook", tags, "<Sets/>", origin="Taguette 1.5.2")
    (tmp_path / "a.qdc").write_text(xml, encoding="utf-8")
    bundle = read_file(tmp_path / "a.qdc")
    assert [(t.id, t.label, t.parent) for t in bundle.codebook] == [
        ("money", "money", None),
        ("money.fees", "fees", "money"),
        ("a_b", "a\\b", None),
        ("place", "place", None),
        ("place.room", "room", "place"),
        ("place.yard", "yard", "place"),
    ]
    assert bundle.guids["theme", "money.fees"] == g(110)
    assert "split into levels at “/”" in told(bundle)


@pytest.mark.parametrize("write", [str.upper, str.lower, lambda guid: f"{{{guid.lower()}}}"])
def test_quirk_21_guids_are_compared_without_case_and_braces(tmp_path: Path, write: Any) -> None:
    xml = project(*BASE, sources(source(SOURCE, MARKED)))
    for number in (CODE, ANNA):
        head, found, tail = xml.rpartition(g(number))
        xml = f"{head}{write(found)}{tail}"
    bundle = read_file(pack(tmp_path / "a.qdpx", xml, TEXTS))
    assert [(each.theme, each.coder) for each in bundle.codings] == [("space", "Anna")]


def test_quirk_22_guids_that_are_no_uuid_work(tmp_path: Path) -> None:
    xml = project(*BASE, sources(source(SOURCE, MARKED))).replace(
        g(CODE), "61626364-6566-6768-696A-6B6C6D6E6F70"
    )
    assert quotes(read_file(pack(tmp_path / "a.qdpx", xml, TEXTS))) == ["Alpha"]


def test_quirk_23_an_area_and_a_passage_of_one_guid_are_one_selection(tmp_path: Path) -> None:
    corners = {"page": 0, "firstX": 1, "firstY": 2, "secondX": 3, "secondY": 4}
    twin = element("PDFSelection", coding(400), guid=g(300), **corners)
    other = element("PDFSelection", coding(401), guid=g(301), **corners)
    text = element("Representation", MARKED, guid=g(202), plainTextPath="internal://a.txt")
    pdf = element("PDFSource", twin, other, text, guid=g(SOURCE), name="Report", path="internal://a.pdf")
    bundle = read(tmp_path, *BASE, sources(pdf), texts={"a.txt": TEXT, "a.pdf": b"%PDF-"})
    assert quotes(bundle) == ["Alpha"]
    assert [memo.text for memo in bundle.memos if memo.kind == "area"] == [
        "Area: page 0, firstX 1, firstY 2, secondX 3, secondY 4.\nCodes: Space."
    ]
    assert "codings: 1 are on areas of pages" in losses(bundle)


def test_quirk_24_a_re_export_with_fresh_guids_is_the_same_study(tmp_path: Path) -> None:
    import builders

    xml = project(*BASE, sources(source(SOURCE, MARKED)), element("Notes", note(500, "Idea", "Words")))
    with builders.project(tmp_path, sites=()) as opened:
        opened.exchange.import_(pack(tmp_path / "a.qdpx", xml, TEXTS))
        fresh = xml.replace("ABCD", "EF01")
        again = opened.exchange.import_(
            pack(tmp_path / "b.qdpx", fresh, {text_of(SOURCE).replace("ABCD", "EF01"): TEXT})
        )
        assert not again.new
        assert again.known["coding"] == again.known["memo"] == 1
        assert opened.check() == []


def test_quirk_25_codings_of_coders_that_are_not_declared_are_kept(tmp_path: Path) -> None:
    on = (
        selection(300, 0, 5, coding(400, by=77)),
        selection(301, 6, 10, coding(401, by=78)),
        selection(302, 11, 16, coding(402, by=None)),
        selection(303, 11, 16, coding(403, by=None), creatingUser=g(BEN)),
    )
    bundle = study(tmp_path, on=on)
    names = ["Unknown coder 1", "Unknown coder 2", "Unknown coder", "Ben"]
    assert [each.coder for each in bundle.codings] == names
    assert "2 coders that the file does not name" in told(bundle)


def test_quirk_26_nothing_that_may_be_missing_stops_the_reading(tmp_path: Path) -> None:
    bare_code = "<Code/>"
    marked = element(
        "PlainTextSelection", element("Coding", element("CodeRef")), startPosition=0, endPosition=5
    )
    texts = element("TextSource", f"<PlainTextContent>{TEXT}</PlainTextContent>", marked)
    xml = project(
        element("Users", "<User/>"),
        codes(bare_code, bare_code),
        element("Cases", "<Case/>"),
        sources(texts, texts),
        element("Notes", "<Note/>"),
        element("Links", "<Link/>"),
        element("Sets", "<Set/>"),
        name=None,
        origin=None,
    ).replace(' name="A study" origin="Another tool"', "")
    bundle = read_file(pack(tmp_path / "a.qdpx", xml))
    assert [theme.label for theme in bundle.codebook] == ["Unnamed code", "Unnamed code", "Unknown code 1"]
    assert quotes(bundle) == ["Alpha", "Alpha"]
    for counted in (
        "2 codes without a name",
        "2 codes without a colour",
        "2 codes that do not say whether they are codable",
        "2 sources without a name",
        "2 sources without a GUID",
        "2 codings without a date",
        "1 cases without a name",
    ):
        assert f"Settled by default: {counted}." in told(bundle)


def test_quirk_26_dates_without_time_zone_are_read(tmp_path: Path) -> None:
    dated = coding(400, creationDateTime="2019-09-25T10:11:12")
    assert study(tmp_path, on=(selection(300, 0, 5, dated),)).codings[0].made_on == "2019-09-25"


def test_quirk_27_codes_of_one_name_are_told_apart_by_path_and_guid(tmp_path: Path) -> None:
    tree = codes(
        code(110, "Choice", code(111, "Choice"), code(112, "Choice"), code(113, "Cost")),
        code(114, "Choice"),
        code(115, "Time", code(116, "Cost")),
    )
    on = [selection(300 + n, 0, 5, coding(400 + n, n)) for n in range(110, 117)]
    bundle = read(tmp_path, users(ANNA), tree, sources(source(SOURCE, *on)), texts=TEXTS)
    assert len({each.theme for each in bundle.codings}) == 7
    paths = [bundle.codebook.path(each.theme) for each in bundle.codings]
    assert paths[1:3] == ["Choice › Choice"] * 2
    assert {paths[3], paths[6]} == {"Choice › Cost", "Time › Cost"}


def test_quirk_27_trees_of_any_depth_survive(tmp_path: Path) -> None:
    tree = ""
    for depth in range(9, 0, -1):
        tree = code(120 + depth, f"Level {depth}", tree)
    bundle = read(tmp_path, codes(tree))
    assert [bundle.codebook.depth(theme.id) for theme in bundle.codebook] == list(range(9))


def test_quirk_28_headers_keep_their_codes_and_a_wrapper_goes_on_request_only(tmp_path: Path) -> None:
    tree = codes(code(110, "Nodes", code(111, "Barriers", code(112, "Money"), codable="0"), codable="false"))
    kept = read(tmp_path, tree)
    assert [theme.label for theme in kept.codebook] == ["Nodes", "Barriers", "Money"]
    assert "drop-wrapper=yes leaves it out" in told(kept)
    dropped = read(tmp_path, tree, drop_wrapper=True)
    assert [dropped.codebook.path(theme.id) for theme in dropped.codebook] == ["Barriers", "Barriers › Money"]


def test_quirk_28_a_header_called_nodes_below_another_code_is_no_wrapper(tmp_path: Path) -> None:
    inner = code(111, "Nodes", code(112, "Lymph"), codable="0")
    book = read(tmp_path, codes(code(110, "Body", inner)), drop_wrapper=True).codebook
    assert [book.path(theme.id) for theme in book] == ["Body", "Body › Nodes", "Body › Nodes › Lymph"]


@pytest.mark.parametrize(
    "space", [SPACE, "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:project:0:10", None]
)
def test_quirk_29_any_namespace_or_none_gives_the_same_study(tmp_path: Path, space: str | None) -> None:
    xml = project(*BASE, sources(source(SOURCE, MARKED)), space=space)
    bundle = read_file(pack(tmp_path / "a.qdpx", xml, TEXTS))
    assert quotes(bundle) == ["Alpha"]
    assert ("Namespaces:" in told(bundle)) == (space != SPACE)


def test_quirk_29_two_namespaces_in_one_file_and_prefixes_are_read(tmp_path: Path) -> None:
    xml = project(*BASE, sources(source(SOURCE, MARKED)))
    xml = xml.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">')
    prefixed = xml.replace("<Users>", '<q:Users xmlns:q="urn:other">').replace("</Users>", "</q:Users>")
    bundle = read_file(pack(tmp_path / "a.qdpx", prefixed, TEXTS))
    assert quotes(bundle) == ["Alpha"]
    assert "urn:QDA-XML:codebook:1.0, urn:other" in told(bundle) or "urn:other" in told(bundle)


def test_quirk_30_a_file_against_the_schema_comes_in_with_each_violation_told_and_strict_refuses(
    tmp_path: Path,
) -> None:
    parts = (
        *BASE,
        sources(source(SOURCE, MARKED)),
        "\n<Sets/>",
        element("Cases", case(600, "North", of=[SOURCE])),
    )
    path = pack(tmp_path / "a.qdpx", project(*parts), TEXTS)
    bundle = read_file(path)
    assert quotes(bundle) == ["Alpha"]
    assert [site.name for site in bundle.sites] == ["North"]
    assert "Against the schema: line 2, Sets:" in told(bundle)
    with pytest.raises(BadInputError, match=r"breaks the schema of the standard in . places .line 2, Sets"):
        read_file(path, strict=True)


def test_quirk_31_children_in_any_order_are_read(tmp_path: Path) -> None:
    variables = element("Variables", element("Variable", guid=g(700), name="tier", typeOfVariable="Text"))
    odd = element(
        "Case",
        element("SourceRef", targetGUID=g(SOURCE)),
        value(700, "TextValue", "first"),
        guid=g(600),
        name="N",
    )
    bundle = study(tmp_path, variables, element("Cases", odd))
    assert bundle.sites[0].attributes == {"tier": "first"}


def test_quirk_32_signs_that_xml_needs_are_read_as_they_were_meant(tmp_path: Path) -> None:
    bundle = read(tmp_path, codes(code(110, "R&D <new> \"x\" 'y'")))
    assert bundle.codebook.themes[0].label == "R&D <new> \"x\" 'y'"


@pytest.mark.parametrize(
    ("given", "colour"),
    [
        ("", ""),
        ("#abc", "#aabbcc"),
        ("#1A2b3C", "#1a2b3c"),
        ("#FF1A2B3C", "#1a2b3c"),
        ("rgb(26, 43, 60)", "#1a2b3c"),
        ("rgba(26,43,60,0.5)", "#1a2b3c"),
        ("rgb(26 43 60 / 50%)", "#1a2b3c"),
        ("1715004", "#1a2b3c"),
        ("-15062212", "#1a2b3c"),
        ("A=255, R=26, G=43, B=60", "#1a2b3c"),
        ("rgb(300,0,0)", None),
        ("teal", None),
        ("#12", None),
    ],
)
def test_quirk_33_colours_are_read_in_every_shape(tmp_path: Path, given: str, colour: str | None) -> None:
    assert read_colour(given) == colour
    bundle = read(tmp_path, codes(code(110, "A", color=given)))
    assert bundle.codebook.themes[0].colour == (colour or "")
    assert ("colours: 1" in losses(bundle)) == (colour is None)

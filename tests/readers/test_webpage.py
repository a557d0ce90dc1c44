"""Web pages: main text in order, what frames it marked apart, scripts never, encodings told."""

from pathlib import Path

import pytest
from readers.word_builders import codes, read_content, texts

from framework_coder.errors import UnreadableFileError
from framework_coder.model.sources import BlockKind, SourceText


def page(tmp_path: Path, body: str, head: str = "") -> SourceText:
    """Return a page with this body as read."""
    head = f"<head><meta charset='utf-8'>{head}</head>"
    content = f"<!DOCTYPE html><html lang='en-GB'>{head}<body>{body}</body></html>"
    return read_content(tmp_path, content, "page.html")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>W<b>or</b>d</p>", ["Word"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One<br>Two</p>", ["One\nTwo"]),
        ("<p>a\n   b\t c</p>", ["a b c"]),
        ("<p>Fish &amp; chips&nbsp;caf&eacute; &#163;12</p>", ["Fish & chips café £12"]),
        ("<pre>a\n   b</pre>", ["a\n   b"]),
        ("<p><a>Home</a><a>About</a></p>", ["Home About"]),
        ("<script>var x</script><style>p{}</style><template>t</template><p>seen</p><!-- no -->", ["seen"]),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>", ["one", "two", "deep"]),
        ("<dl><dt>Fee</dt><dd>£12</dd></dl>", ["Fee", "£12"]),
        ("<textarea>Typed</textarea><input value='Leeds'><input type=hidden value=no>", ["Typed", "Leeds"]),
        ("<select><option>A<option selected>B</select>", ["B"]),
        (
            "<label><input type=checkbox checked>Yes</label> <label><input type=radio>No</label>",
            ["☒ Yes ☐ No"],
        ),
        ("<p>x <svg><text>drawn</text></svg>y</p>", ["x y"]),
        ("<p>Phone<svg></svg>0113<img src=a alt=''>or call</p>", ["Phone 0113 or call"]),
        ("<table><tr><td>Name: <input value=Lee></td><td>b</td></tr></table>", ["Name: Lee", "b"]),
        ("<table><tr><td><p>one</p><p>two</p></td><td>b</td></tr></table>", ["one\ntwo", "b"]),
    ],
)
def test_text_reads_as_a_browser_shows_it(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert texts(page(tmp_path, body)) == expected


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<nav><p>X</p></nav>", BlockKind.NAVIGATION),
        ("<header><p>X</p></header>", BlockKind.HEADER),
        ("<footer><p>X</p></footer>", BlockKind.FOOTER),
        ("<aside>X</aside>", BlockKind.NAVIGATION),
        ("<div role='navigation'>X</div>", BlockKind.NAVIGATION),
        ("<div role='contentinfo'>X</div>", BlockKind.FOOTER),
        ("<div class='cookie-notice'>X</div>", BlockKind.NAVIGATION),
        ("<div id='site-footer'>X</div>", BlockKind.FOOTER),
        ("<div class='wide breadcrumbs'>X</div>", BlockKind.NAVIGATION),
        ("<div style='display: none'>X</div>", BlockKind.NAVIGATION),
        ("<p hidden>X</p>", BlockKind.NAVIGATION),
        ("<button>X</button>", BlockKind.NAVIGATION),
        ("<div class='menus-we-cook'>X</div>", BlockKind.PARAGRAPH),
        ("<article><header><p>X</p></header></article>", BlockKind.PARAGRAPH),
        ("<main><footer><p>X</p></footer></main>", BlockKind.PARAGRAPH),
    ],
)
def test_what_frames_the_main_text_is_kept_and_marked(tmp_path: Path, part: str, kind: BlockKind) -> None:
    source = page(tmp_path, f"<p>{'Long main text. ' * 5}</p>{part}<p>After</p>")
    assert [block.kind for block in source.blocks] == [BlockKind.PARAGRAPH, kind, BlockKind.PARAGRAPH]


def test_a_list_of_short_links_is_navigation_unless_it_is_in_the_main_text(tmp_path: Path) -> None:
    links = "<ul>" + "".join(f"<li><a>{name}</a></li>" for name in ("Home", "About", "News")) + "</ul>"
    source = page(tmp_path, f"{links}<main><p>Text</p>{links}</main>")
    kinds = [block.kind for block in source.blocks]
    assert kinds == [BlockKind.NAVIGATION] * 3 + [BlockKind.PARAGRAPH] + [BlockKind.LIST_ITEM] * 3


def test_an_element_named_like_a_frame_that_holds_most_of_the_page_is_main_text(tmp_path: Path) -> None:
    source = page(tmp_path, "<div class='sidebar'><p>The whole of the story is here.</p></div><p>End</p>")
    assert {block.kind for block in source.blocks} == {BlockKind.PARAGRAPH}


def test_headings_give_paths_and_lists_give_levels(tmp_path: Path) -> None:
    source = page(tmp_path, "<h1>A</h1><h3>B</h3><p>x</p><ul><li>one<ol><li>two</ol></ul><h2>C</h2>")
    assert [block.level for block in source.blocks] == [1, 3, 0, 1, 2, 2]
    assert source.blocks[2].locator.headings == ("A", "B")
    assert source.blocks[5].locator.headings == ("A",)


def test_a_heading_in_the_header_of_the_page_is_still_a_heading(tmp_path: Path) -> None:
    source = page(tmp_path, "<header><h1>North Clinic</h1></header><p>x</p>")
    assert [block.kind for block in source.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_cells_know_their_row_and_column_past_merged_ones(tmp_path: Path) -> None:
    source = page(
        tmp_path,
        "<table><caption>Fees</caption><tr><th colspan=2>wide</th><th>c</th></tr>"
        "<tr><td rowspan=2>tall</td><td>b</td><td>c</td></tr><tr><td>b2</td><td>c2</td></tr></table>",
    )
    assert [source.blocks[0].kind, texts(source)[0]] == [BlockKind.CAPTION, "Fees"]
    cells = {text: block.locator for text, block in zip(texts(source), source.blocks, strict=True)}
    assert [(cells[name].row, cells[name].column) for name in ("wide", "c", "tall", "b", "b2", "c2")] == [
        (1, 1),
        (2, 3),
        (2, 1),
        (2, 2),
        (3, 2),
        (3, 3),
    ]


def test_a_table_that_only_lays_out_the_page_is_not_a_table(tmp_path: Path) -> None:
    source = page(
        tmp_path, "<table><tr><td><h1>T</h1><p>x</p></td><td><table><tr><td>in</td></tr></table></td></table>"
    )
    assert [block.kind for block in source.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_CELL,
    ]


def test_words_for_pictures_are_captions_and_the_rest_is_reported(tmp_path: Path) -> None:
    source = page(
        tmp_path,
        "<p>Before <img alt='A yoga class'> after</p><img><iframe></iframe><noscript>On!</noscript>"
        "<select><option>A<option>B</select><p hidden>more</p>",
    )
    assert texts(source, BlockKind.CAPTION) == ["A yoga class"]
    assert codes(source) == {"embedded": 1, "hidden_text": 1, "options": 1, "pictures": 2, "scriptless": 1}


@pytest.mark.parametrize(
    ("content", "warned"),
    [
        ("<meta charset=utf-8><p>café £</p>".encode(), None),
        ("<p>café £</p>".encode(), None),
        ("<meta charset=iso-8859-1><p>café £</p>".encode("cp1252"), "encoding_guessed"),
        ("<p>a plain page with one café £</p>".encode("cp1252"), "encoding_guessed"),
        ("<meta charset=iso-8859-1><p>café £</p>".encode(), "encoding_differs"),
        ("<meta charset=utf-8><p>a mislabelled café £</p>".encode("cp1252"), "encoding_guessed"),
        ("<p>café £</p>".encode("utf-16"), None),
        ("<meta charset=koi8-r><p>кафе café £</p>".replace("café £", "").encode("koi8-r"), None),
    ],
)
def test_an_encoding_is_told_by_mark_content_and_declaration(
    tmp_path: Path, content: bytes, warned: str | None
) -> None:
    source = read_content(tmp_path, content, "page.html")
    assert "café £" in source.text or "кафе" in source.text
    if warned == "encoding_guessed" and b"iso-8859-1" in content:
        warned = None
    assert set(codes(source)) == ({warned} if warned else set())


def test_the_head_becomes_metadata(tmp_path: Path) -> None:
    metadata = page(
        tmp_path,
        "<p>x</p>",
        "<title> North\n Clinic </title><link rel=canonical href='http://north.example/'>"
        "<meta name=author content='A. Shah'>"
        "<meta property='article:published_time' content='2014-03-09T10:00'>",
    ).metadata
    assert (metadata.title, metadata.authors, metadata.created) == (
        "North Clinic",
        ("A. Shah",),
        "2014-03-09",
    )
    assert (metadata.url, metadata.language) == ("http://north.example/", "en-GB")


def test_the_address_that_a_browser_saved_the_page_from_is_kept(tmp_path: Path) -> None:
    content = "<!-- saved from url=(0021)http://north.example/ --><html><body><p>x</p></body></html>"
    assert read_content(tmp_path, content, "page.htm").metadata.url == "http://north.example/"


@pytest.mark.parametrize(
    "content", ["<div>" * 200_000, "<b><i>" * 5000 + "<p>x" * 20_000, "<table>" * 50_000]
)
def test_elements_nested_to_exhaust_a_parser_are_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableFileError, match="deep inside each other"):
        read_content(tmp_path, "<html>" + content, "page.html")


def test_an_element_of_endless_attributes_is_refused(tmp_path: Path) -> None:
    content = "<html><p " + " ".join(f"a{number}" for number in range(50_000)) + ">x"
    with pytest.raises(UnreadableFileError, match="attributes"):
        read_content(tmp_path, content, "page.html")


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    content = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>caf=C3=A9</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    assert texts(read_content(tmp_path, content, "page.mhtml")) == ["café"]


def test_a_page_of_frames_shows_no_code_and_says_that_they_were_left_out(tmp_path: Path) -> None:
    frames = "<frameset><frame src=a.html><noframes><body><p>Old browser</p></body></noframes></frameset>"
    source = read_content(tmp_path, f"<html><head><title>T</title></head>{frames}</html>", "page.html")
    assert source.text == ""
    assert codes(source) == {"no_text": 1, "embedded": 1, "scriptless": 1}

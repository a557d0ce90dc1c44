"""Pages of PDFs over the wire: words with their spans, pictures that are kept, refusals in a sentence."""

from pathlib import Path

import pytest
from readers.pdf_builders import PROSE, draw, lines, wrap
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from sqlalchemy import text as sql
from web.conftest import Interface


@pytest.fixture
def ref(interface: Interface, tmp_path: Path) -> str:
    """Add a PDF of two pages to the project, and return its ref."""
    path = tmp_path / "paper <i>.pdf"
    path.write_bytes(draw(lines(wrap(PROSE)), lines(["A second page."])))
    interface.project.sources.ingest(path, site="S01", method="document", workers=0)
    return interface.project.sources.list()[-1].ref


def test_pages_are_told_with_their_size_and_where_their_text_begins(interface: Interface, ref: str) -> None:
    told = interface.browser.get(f"/api/sources/{ref}/pages").json()
    text = interface.project.sources.text(ref)
    assert [(page["number"], round(page["width"]), round(page["height"])) for page in told["pages"]] == [
        (1, 595, 842), (2, 595, 842),
    ]  # fmt: skip
    assert [text.text[page["start"] :][:10] for page in told["pages"]] == ["The servic", "A second p"]
    assert text.sha256.startswith(told["file"])


def test_each_word_of_a_page_is_told_by_its_span_and_box(interface: Interface, ref: str) -> None:
    told = interface.browser.get(f"/api/sources/{ref}/pages/2/words").json()
    text = interface.project.sources.text(ref).text
    (line,) = told["lines"]
    assert (told["missing"], told["is_same_text"]) == (0, True)
    assert [text[start:end] for start, end, *_ in line] == ["A", "second", "page."]
    assert all(0 < x0 < x1 < 595 and 0 < top < bottom < 842 for _, _, x0, top, x1, bottom in line)


def test_a_picture_is_kept_for_good_under_the_hash_of_its_file_and_asked_for_again_elsewhere(
    interface: Interface, ref: str
) -> None:
    address = f"/api/sources/{ref}/pages/1.png?scale=0.5"
    loose = interface.browser.get(address)
    assert loose.content.startswith(b"\x89PNG")
    assert (loose.headers["content-type"], loose.headers["cache-control"]) == (
        "image/png", "private, no-cache",
    )  # fmt: skip
    again = interface.browser.get(address, headers={"If-None-Match": loose.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    file = interface.browser.get(f"/api/sources/{ref}/pages").json()["file"]
    assert "immutable" in interface.browser.get(f"{address}&file={file}").headers["cache-control"]
    assert "immutable" not in interface.browser.get(f"{address}&file=other").headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("Z99/pages", 404, "Z99"),
        ("Z99/pages/1.png", 404, "Z99"),
        ("D01/pages", 422, "D01 is not a PDF, so it has no pages to show; read its text."),
        ("D01/pages/1.png", 422, "D01 is not a PDF"),
        ("D01/pages/1/words", 422, "D01 is not a PDF"),
        ("{ref}/pages/3.png", 422, "There is no page 3: the file has pages 1 to 2."),
        ("{ref}/pages/0.png", 422, "There is no page 0: the file has pages 1 to 2."),
        ("{ref}/pages/3/words", 422, "There is no page 3: the file has pages 1 to 2."),
        ("{ref}/pages/1.png?scale=7", 422, "A scale of 7 is out of range"),
        ("{ref}/pages/1.png?scale=-1", 422, "A scale of -1 is out of range"),
        ("{ref}/pages/1.png?scale=nan", 422, "A scale of nan is out of range"),
        ("{ref}/pages/1.png?scale=1e999", 422, "A scale of inf is out of range"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(
    interface: Interface, ref: str, path: str, status: int, told: str
) -> None:
    answer = interface.browser.get(f"/api/sources/{path.format(ref=ref)}")
    assert answer.status_code == status
    assert told in answer.json()["sentence"]


def test_a_damaged_original_is_refused_in_a_sentence(interface: Interface, ref: str) -> None:
    with interface.project._session.engine.begin() as connection:
        connection.execute(sql("UPDATE files SET content = :junk"), {"junk": b"%PDF-1.7 junk"})
    for path in ("pages/1/words", "pages/1.png"):
        answer = interface.browser.get(f"/api/sources/{ref}/{path}")
        assert answer.status_code == 422
        assert "is damaged" in answer.json()["sentence"]


@pytest.mark.parametrize(
    ("content", "told"),
    [("locked", "has a password, which the project does not keep"), ("", "not in this project")],
)
def test_a_locked_or_missing_original_is_told_with_what_to_do(
    interface: Interface, ref: str, content: str, told: str
) -> None:
    file = draw(lines(["Secret."]), encrypt="open sesame") if content else b""
    with interface.project._session.engine.begin() as connection:
        connection.execute(sql("UPDATE files SET content = :content"), {"content": file})
    for path in ("pages/1/words", "pages/1.png"):
        answer = interface.browser.get(f"/api/sources/{ref}/{path}")
        assert answer.status_code == 422
        assert told in answer.json()["sentence"]
        assert f"as a newer version of {ref}" in answer.json()["sentence"]


def test_the_switch_says_why_a_source_has_no_pages(interface: Interface, ref: str) -> None:
    def views(source: str) -> list[tuple[str, str | None]]:
        page = HTMLParser(interface.browser.get(f"/sources/{source}").text)
        return [(each.text(), each.attributes.get("title")) for each in page.css("#views button")]

    why = "Only PDFs have pages to show; this source was imported from a file of another kind."
    assert views("D01") == [("Text", None), ("Page", why), ("Side by side", why)]
    assert views(ref) == [("Text", None), ("Page", None), ("Side by side", None)]


def test_pages_are_for_those_who_were_let_in(stranger: Interface) -> None:
    assert stranger.browser.get("/api/sources/D01/pages").status_code == 401
    assert stranger.browser.get("/api/sources/D01/pages/1.png").status_code == 401

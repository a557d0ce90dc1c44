"""Every quote of the example study stands in its source, as authored and as the readers give it."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from documents.example_tables import AUTHORING, STUDY, keyed, listed, rows

from framework_coder.model.sources import SourceText, block_at
from framework_coder.readers import ReadOptions, read_all

TEXT_FILES = {".csv", ".html", ".txt", ".md", ".yaml"}
HYPHEN_AT_LINE_END = "[\ufffe\x02-]"
"""How the library that reads PDF may write one."""
SITES = tuple(row["site"] for row in rows("sites"))
PATHS = sorted({row["path"] for row in rows("sources")})
Quotes = dict[str, list[dict[str, str]]]


@cache
def quotes_by_path() -> Quotes:
    sources = keyed("sources", "ref")
    found: Quotes = defaultdict(list)
    for row in rows("codings"):
        found[sources[row["source"]]["path"]].append(row)
    return found


@cache
def parts_of(file: str) -> tuple[SourceText, ...]:
    return read_all(STUDY / file, ReadOptions(sites=SITES))


def text_of(path: str) -> SourceText:
    file, _, part = path.partition("#")
    (found,) = (source for source in parts_of(file) if not part or source.part == part)
    return found


def places(text: str, row: dict[str, str]) -> Iterator[int]:
    """Yield where the quote stands between the words that the row gives beside it."""
    start = text.find(row["quote"])
    while start >= 0:
        end = start + len(row["quote"])
        if text[:start].rstrip().endswith(row["before"]) and text[end:].lstrip().startswith(row["after"]):
            yield start
        start = text.find(row["quote"], start + 1)


@pytest.mark.parametrize("path", PATHS)
def test_every_quote_stands_once_in_the_text_that_the_reader_gives(path: str) -> None:
    text = text_of(path).text
    assert {row["id"]: len(list(places(text, row))) for row in quotes_by_path()[path]} == {
        row["id"]: 1 for row in quotes_by_path()[path]
    }


@pytest.mark.parametrize("path", PATHS)
def test_no_quote_crosses_a_block_or_stands_beside_the_body(path: str) -> None:
    source = text_of(path)
    for row in quotes_by_path()[path]:
        start = next(places(source.text, row))
        ordinal = block_at(source.blocks, start)
        assert ordinal is not None
        block = source.blocks[ordinal]
        assert start + len(row["quote"]) <= block.end
        assert not block.is_marginal


def test_some_quotes_are_told_apart_by_the_words_beside_them() -> None:
    doubles = [row for row in rows("codings") if row["before"] or row["after"]]
    assert doubles
    for row in doubles:
        text = text_of(keyed("sources", "ref")[row["source"]]["path"]).text
        assert text.count(row["quote"]) > 1


@pytest.mark.parametrize(
    ("file", "start", "end"),
    [
        ("gorse-bank-research-report", "described the same treat", "ment."),
        ("corrin-vale-evaluation-2012", "moderately effec", "tive."),
        ("wexcombe-audit-2010", "experiencing another at recep", "tion."),
    ],
)
def test_quotes_hold_words_that_the_page_breaks_with_a_hyphen(file: str, start: str, end: str) -> None:
    path = f"documents/{file}.pdf"
    with pdfium.PdfDocument(STUDY / path) as pages:
        page = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert re.search(re.escape(start) + rf"{HYPHEN_AT_LINE_END}\s*" + re.escape(end), page)
    assert any(start + end in row["quote"] for row in quotes_by_path()[path])


@pytest.mark.parametrize("site", SITES)
def test_every_quote_is_marked_in_the_master_of_its_site(site: str) -> None:
    master = " ".join((AUTHORING / "sites" / f"{site.lower()}.txt").read_text(encoding="utf-8").split())
    plain = master.translate(str.maketrans("‘’“”", "''\"\""))
    sources = keyed("sources", "ref")
    for row in rows("codings"):
        if listed(sources[row["source"]]["site"])[0] == site:
            quote = " ".join(row["quote"].translate(str.maketrans("‘’“”", "''\"\"")).split())
            assert quote in _unmarked(plain), row["id"]


@cache
def _unmarked(master: str) -> str:
    """Return a master without the marks of passages and of tracked changes."""
    text = re.sub(r"\{\w+\|([^{}]*)\}", r"\1", master)
    return re.sub(r"~~.*?~~", "", text).replace("++", "")


def test_building_again_gives_the_same_tables_and_texts(tmp_path: Path) -> None:
    """Word, PDF and Excel files depend on the library that writes them: of those, the names are compared."""
    subprocess.run([sys.executable, AUTHORING / "build.py", tmp_path / "again"], check=True)
    built = {path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*.*")}
    assert built == {path.relative_to(STUDY) for path in STUDY.rglob("*.*")}
    differing = [
        path
        for path in built
        if path.suffix in TEXT_FILES
        and (tmp_path / "again" / path).read_bytes() != (STUDY / path).read_bytes()
    ]
    assert differing == []

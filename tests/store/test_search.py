"""Search: what a query means, on both databases alike."""

from collections.abc import Iterator

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.stores import new_database

from framework_coder.project import Project
from framework_coder.store.folding import fold
from framework_coder.store.queries import EmptyQueryError, parse_query
from framework_coder.store.search import CONTEXT, from_word

TEXTS = {
    "D01": "# Funding\n\nThe Café is funded by the borough.\n\nThe cold chain failed; it was mended.",
    "D02": "A chain of cold rooms.\n\nFunds were short, and the NHS's own money ran out.",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("search")
    place = folder / "study.fwc" if request.param == "sqlite" else new_database()
    with Project.create(place, who="HW") as project:
        project.sites.add("S01")
        project.sites.add("S02")
        builders.read(project, TEXTS["D01"])
        builders.read(project, TEXTS["D02"], sites=("S02",), method="meeting", ref="D02")
        yield project


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cafe", ["D01:Café"]),
        ("CAFÉ", ["D01:Café"]),
        ('"cold chain"', ["D01:cold chain"]),
        ("“cold chain”", ["D01:cold chain"]),
        ("chain cold", ["D01:cold", "D02:chain"]),
        ('"chain cold"', []),
        ("fund*", ["D01:Funding", "D01:funded", "D02:Funds"]),
        ("fund", []),
        ("cold -failed", ["D02:cold"]),
        ('cold -"chain failed"', ["D02:cold"]),
        ("café OR rooms", ["D01:Café", "D02:rooms"]),
        ("nhs's", ["D02:NHS's"]),
        ('"the borough', ["D01:the borough"]),
        ("cold AND (chain) ' % ; * :", []),
        ("cold-chain", ["D01:cold chain"]),
    ],
)
def test_a_query_finds_blocks_at_the_first_of_its_words(
    searched: Project, query: str, found: list[str]
) -> None:
    assert [f"{hit.ref}:{hit.words}" for hit in searched.search(query)] == found


@pytest.mark.parametrize("query", ["", "  ", "-only", '""', "***", "OR", "cold OR -chain", "%&/()"])
def test_a_query_that_names_no_word_is_explained(searched: Project, query: str) -> None:
    with pytest.raises(EmptyQueryError, match="names no word to look for"):
        searched.search(query)


@given(st.text(max_size=40))
def test_no_query_breaks_the_search(searched: Project, query: str) -> None:
    try:
        wanted = parse_query(query)
    except EmptyQueryError:
        return
    assert wanted
    assert isinstance(searched.search(query), list)


def test_a_hit_says_where_its_words_stand(searched: Project) -> None:
    (hit,) = searched.search('"cold chain"')
    text = searched.sources.text("D01").text
    assert text[hit.start : hit.end] == hit.words == "cold chain"
    assert text[: hit.start].endswith(hit.before)
    assert text[hit.end :].startswith(hit.after)
    assert str(hit.locator) == "¶3"
    assert not hit.is_marginal


@given(st.text(alphabet="ab é\n", max_size=CONTEXT + 1))
def test_the_words_around_a_hit_are_whole(text: str) -> None:
    shown = from_word(text)
    assert text.endswith(shown)
    assert len(shown) <= CONTEXT
    cut = text.removesuffix(shown)
    assert not cut or not shown or cut[-1].isspace() or " " not in text.replace("\n", " ").strip()


def test_every_word_that_was_looked_for_is_told_in_the_words_around(searched: Project) -> None:
    (hit,) = searched.search("chain mended", sources=["D01"])
    assert [piece for piece, is_wanted in hit.parts() if is_wanted] == ["chain", "mended"]
    text = searched.sources.text("D01").text
    assert "".join(piece for piece, _ in hit.parts()) == f"{hit.before}{hit.words}{hit.after}"
    assert [text[start:end] for start, end in hit.also] == ["mended"]


def test_hits_are_narrowed_to_sites_sources_and_methods(searched: Project) -> None:
    assert {hit.ref for hit in searched.search("cold", sites=["S02"])} == {"D02"}
    assert {hit.ref for hit in searched.search("cold", sources=["D01"])} == {"D01"}
    assert {hit.ref for hit in searched.search("cold", methods=["meeting"])} == {"D02"}
    assert len(searched.search("cold", limit=1)) == 1


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)

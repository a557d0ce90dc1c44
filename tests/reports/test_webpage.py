"""The audit pack in one HTML file."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports.report_builders import HOSTILE, NURSES, TEXT, a_matrix, a_study, a_text, with_finding
from selectolax.lexbor import LexborHTMLParser
from study_builders import StudyBuilder

from framework_coder.model.anonymity import anonymise, rewriter
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.reports.charts.printing import list_figures
from framework_coder.reports.webpage import PAGES, write_audit_pack

NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - a time of no zone in particular


def write(matrix: Matrix, folder: Path, **options: Any) -> str:
    path = folder / "audit.html"
    assert write_audit_pack(matrix, path, made_on=NOON, **{"texts": {1: a_text()}, **options}) == []
    return path.read_text(encoding="utf-8")


def packed(page: str) -> dict[str, Any]:
    """Return the study as the scripts of the pack read it."""
    found = LexborHTMLParser(page).css_first("script#study")
    assert found is not None
    study: dict[str, Any] = json.loads(found.text())
    return study


def test_the_policy_lets_in_this_style_and_script_and_nothing_else(tmp_path: Path) -> None:
    page = LexborHTMLParser(write(a_matrix(), tmp_path))
    policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    for tag, name in (("script[type=module]", "script-src"), ("style", "style-src")):
        digest = hashlib.sha256(page.css_first(tag).text().encode()).digest()
        assert f"{name} 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert len(page.css("script")) == 2
    assert not [node for node in page.css("*") if "style" in node.attributes]
    assert not [name for node in page.css("*") for name in node.attributes if name.startswith("on")]


def test_nothing_is_fetched_from_anywhere(tmp_path: Path) -> None:
    page = LexborHTMLParser(write(a_matrix(HOSTILE), tmp_path))
    assert not page.css("link, iframe, object, embed")
    start = "data:image/svg+xml;base64,"
    assert all((node.attributes["src"] or "").startswith(start) for node in page.css("[src]"))
    assert all((a.attributes["href"] or "").startswith("#") for a in page.css("a"))
    assert "url(" not in page.css_first("style").text()
    assert not re.search(
        r"fetch\(|XMLHttpRequest|import\(|https?:", page.css_first("script[type=module]").text()
    )


def test_every_link_leads_somewhere_and_no_id_is_there_twice(tmp_path: Path) -> None:
    page = LexborHTMLParser(write(a_matrix(), tmp_path))
    ids = [str(node.attributes["id"]) for node in page.css("[id]")]
    assert len(set(ids)) == len(ids)
    assert {str(a.attributes["href"])[1:] for a in page.css("a")} <= set(ids)
    study = packed(write(a_matrix(), tmp_path))
    assert {f"source-{source['ref']}" for source in study["sources"].values()} <= set(ids)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    page = write(a_matrix(HOSTILE), tmp_path)
    tree = LexborHTMLParser(page)
    assert len(tree.css("script")) == 2
    assert not tree.css("b[onclick]")
    assert "\u2028" not in str(tree.css_first("script#study").text())
    assert packed(page)["claims"]["1"]["quotation"] == HOSTILE
    assert HOSTILE.strip() in tree.css_first("noscript").text()


def test_a_pack_is_the_same_where_its_charts_are_drawn_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = write(a_matrix(), tmp_path)
    monkeypatch.setattr("framework_coder.reports.webpage_charts._MANY_CLAIMS", 0)
    assert write(a_matrix(), tmp_path) == here
    assert "data:image/svg+xml" in here


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    with patch("framework_coder.reports.webpage_charts.render_svg", return_value="<svg/>"):  # for speed
        page = write(a_matrix(f"|{text}|"), tmp_path_factory.getbasetemp())
    study = packed(page)
    assert study["claims"]["1"]["comment"] == f"|{text}|"
    assert study["codings"]["2"]["quote"] == f"Nobody told us. |{text}|"
    assert len(LexborHTMLParser(page).css("script")) == 2


def at(coding: dict[str, Any], study: dict[str, Any]) -> list[str]:
    """Return the words that a browser would mark, as it counts them."""
    blocks = study["sources"][str(coding["source"])]["blocks"]
    wide = ((blocks[str(number)][2].encode("utf-16-le"), start, end) for number, start, end in coding["at"])
    return [words[2 * start : 2 * end].decode("utf-16-le") for words, start, end in wide]


def test_a_passage_stands_in_its_paragraph_with_those_around_it(tmp_path: Path) -> None:
    study = packed(write(a_matrix(), tmp_path, around=1))
    assert at(study["codings"]["1"], study) == [NURSES]
    blocks = study["sources"]["1"]["blocks"]
    assert [block[2] for block in blocks.values()] == TEXT.split("\n")[1:4]


def test_whole_texts_go_in_when_asked_for(tmp_path: Path) -> None:
    study = packed(write(a_matrix(), tmp_path, around=None))
    assert [block[2] for block in study["sources"]["1"]["blocks"].values()] == TEXT.split("\n")


def test_a_passage_after_characters_beyond_the_basic_plane_is_marked_rightly(tmp_path: Path) -> None:
    study = a_study()
    later = TEXT.index("Later")
    coding = study.codings[0]._replace(start=later, end=later + 5, quote="Later")
    found = packed(write(build_matrix(replace(study, codings=(coding, *study.codings[1:]))), tmp_path))
    assert at(found["codings"]["1"], found) == ["Later"]


def test_a_passage_over_two_paragraphs_is_marked_in_both(tmp_path: Path) -> None:
    study = a_study()
    start, end = TEXT.index("they came"), TEXT.index(" it.\nFar")
    coding = study.codings[0]._replace(start=start, end=end, quote=TEXT[start:end])
    found = packed(write(build_matrix(replace(study, codings=(coding, *study.codings[1:]))), tmp_path))
    assert at(found["codings"]["1"], found) == ["they came.", "After"]


@pytest.mark.parametrize("change", [{"is_drifted": True}, {"quote": "Other words."}])
def test_a_passage_that_no_longer_stands_in_its_text_stands_alone(
    change: dict[str, Any], tmp_path: Path
) -> None:
    study = a_study()
    coding = study.codings[0]._replace(**change)
    found = packed(write(build_matrix(replace(study, codings=(coding, *study.codings[1:]))), tmp_path))
    assert "at" not in found["codings"]["1"]
    assert found["codings"]["1"]["quote"] == coding.quote


def test_an_anonymous_site_is_named_nowhere_in_the_pack(tmp_path: Path) -> None:
    study = a_study()
    names = rewriter(study)
    assert names("So said Nora  Secret.") == "So said [Person 1]."
    page = write(build_matrix(anonymise(study)), tmp_path, rewrite=names)
    assert "secret" not in page.lower()


def test_names_are_taken_out_of_the_paragraph_that_holds_them(tmp_path: Path) -> None:
    found = packed(write(a_matrix(), tmp_path, rewrite=lambda words: words.replace("Later", "[Name]")))
    assert at(found["codings"]["1"], found) == [f"At the start. {NURSES} 😀 [Name] they came."]


def test_without_scripts_the_matrix_claims_and_passages_can_be_read(tmp_path: Path) -> None:
    tree = LexborHTMLParser(write(a_matrix(), tmp_path))
    plain = tree.css_first("noscript")
    words = plain.text()
    assert len(plain.css("table.letters tbody tr")) == 3
    assert {str(a.attributes["data-claim"]) for a in plain.css("article")} == {"1", "2", "3", "4"}
    for said in (NURSES, "Contested", "Not applicable: None there.", "Not collected"):
        assert said in words
    for look in {LEGEND[cell.state] for cell in a_matrix().cells.values()}:
        assert look.label in words


def test_each_cell_and_claim_says_why_it_stands_as_it_does(tmp_path: Path) -> None:
    study = packed(write(a_matrix(), tmp_path))
    contested = study["claims"]["1"]
    assert contested["status"] == "contested"
    assert "[D07] contradicts it" in contested["why"]
    assert study["claims"]["2"]["decision"] == "left open, by HW on 2020-01-01: Reason."
    context = next(e for e in study["claims"]["2"]["evidence"] if e["stance"] == "context")
    assert context["counts"] == "does not count: the coding is proposed"
    assert study["cells"][1][0]["empty"] == "Not applicable: None there. "
    assert study["cells"][0][0]["lamps"] == ["supports", "contradicts", "not_collected"]


def test_passages_that_no_claim_uses_are_there(tmp_path: Path) -> None:
    study = packed(write(a_matrix(), tmp_path))
    unused = [
        study["codings"][str(c)]["quote"] for row in study["cells"] for cell in row for c in cell["unused"]
    ]
    assert unused == ["Space remains the daily worry."]


def test_every_page_has_its_heading_and_its_link(tmp_path: Path) -> None:
    tree = LexborHTMLParser(write(a_matrix(), tmp_path))
    assert [node.text() for node in tree.css("nav a")] == ["Matrix", *(page.title for page in PAGES)]
    assert [node.text() for node in tree.css(".words h1")] == [page.title for page in PAGES]


def pictures(page: str) -> list[str]:
    """Return the pictures of a pack as SVG."""
    nodes = LexborHTMLParser(page).css("figure img")
    return [base64.b64decode((node.attributes["src"] or "").partition(",")[2]).decode() for node in nodes]


def test_every_chart_stands_with_its_words_its_caption_and_its_table(tmp_path: Path) -> None:
    page = write(a_matrix(), tmp_path)
    figures = list_figures(a_matrix())
    assert figures
    tree = LexborHTMLParser(page)
    assert [n.attributes["alt"] for n in tree.css("#charts img")] == [f.description for f in figures]
    assert [n.text() for n in tree.css("#charts figcaption")] == [f.caption for f in figures]
    assert len(tree.css("#charts table")) == len(figures)
    for figure, svg in zip(figures, pictures(page), strict=True):
        assert figure.chart.title in svg


def test_the_charts_of_an_anonymised_pack_name_no_anonymous_site(tmp_path: Path) -> None:
    shown = pictures(write(build_matrix(anonymise(a_study())), tmp_path))
    assert shown
    assert "secret" not in str(shown).lower()


def test_findings_stand_with_their_counts_exceptions_and_claims(tmp_path: Path) -> None:
    page = LexborHTMLParser(write(with_finding(), tmp_path)).css_first("#findings").text()
    for words in ("It holds.", "Count", "1 of 3 sites", "Exceptions", "exception", "Claim"):
        assert words in page


def test_decisions_and_framework_versions_stand_on_the_page_of_reviews(tmp_path: Path) -> None:
    page = LexborHTMLParser(write(a_matrix(), tmp_path)).css_first("#review").text()
    assert "Convergence of methods" in page
    assert "Decisions" in page
    assert "left open" in page
    assert "left_open" not in page


def test_the_same_pack_is_the_same_bytes(tmp_path: Path) -> None:
    assert write(a_matrix(), tmp_path) == write(a_matrix(), tmp_path)


def test_an_empty_study_makes_a_pack(tmp_path: Path) -> None:
    study = packed(write(build_matrix(StudyBuilder().build()), tmp_path))
    assert study["sites"] == []


def test_the_letters_of_all_states_can_be_read_on_their_colours() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for look in LEGEND.values():
        dark, bright = sorted((light(look.background), light(look.foreground)))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, look.label

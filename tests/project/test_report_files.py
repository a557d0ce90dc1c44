"""The Word report and the audit pack of a project, written through its matrix."""

import json
from pathlib import Path

import docx
from builders import project, read
from selectolax.lexbor import LexborHTMLParser

from framework_coder.exchange.rows import SiteRow
from framework_coder.project import Project

TEXT = "Before.\n\nThe nurses held back at first.\n\nAfter, at Hidden Place."


def a_project(folder: Path) -> Project:
    """Return a project with a coded text at an open site, and another at one that stays anonymous."""
    made = project(folder, sites=("S01",))
    made.sites.add_all([SiteRow(0, "S02", "Hidden Place", {"anonymous": "yes"})])
    for source, site in ((read(made, TEXT), "S01"), (read(made, TEXT + " ", sites=("S02",)), "S02")):
        made.codings.add(source.ref, "space", quote="The nurses held back at first.", site=site)
    return made


def packed(path: Path) -> dict[str, dict[str, dict[str, list[list[str]]]]]:
    node = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("script#study")
    assert node is not None
    study: dict[str, dict[str, dict[str, list[list[str]]]]] = json.loads(node.text())
    return study


def test_a_pack_has_the_paragraphs_around_each_passage(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened:
        assert opened.matrix().save(tmp_path / "audit.html") == []
    study = packed(tmp_path / "audit.html")
    words = [[block[2] for block in source["blocks"].values()] for source in study["sources"].values()]  # type: ignore[attr-defined]
    assert words[0] == ["Before.", "The nurses held back at first.", "After, at Hidden Place."]


def test_an_anonymous_pack_has_no_paragraphs_of_anonymous_sites_and_no_names_in_others(
    tmp_path: Path,
) -> None:
    with a_project(tmp_path) as opened:
        opened.matrix(anonymous=True).save(tmp_path / "audit.html")
    assert "Hidden Place" not in (tmp_path / "audit.html").read_text(encoding="utf-8")
    study = packed(tmp_path / "audit.html")
    first, second = (list(source["blocks"].values()) for source in study["sources"].values())  # type: ignore[attr-defined]
    assert first[2][2] == "After, at [S02]."
    assert second == []


def test_a_word_report_is_written_by_its_ending(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened:
        assert opened.matrix().save(tmp_path / "report.docx") == []
    heads = [p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs]
    assert "The matrix by site" in heads

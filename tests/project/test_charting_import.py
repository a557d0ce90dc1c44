"""A charting from tables into a project that is there already."""

from pathlib import Path

import pytest
from builders import codebook, theme

from framework_coder.exchange.charting import NoChartingError
from framework_coder.exchange.faults import FaultyFileError
from framework_coder.project import Project


def a_project(folder: Path) -> Project:
    """Make a project with a site, a source and a coding whose number is 1."""
    opened = Project.create(folder / "study.fwc", who="HW")
    opened.codebook.load(codebook(theme("a")))
    opened.codebook.freeze()
    opened.sites.add("S01", "Alder")
    (folder / "one.txt").write_text("The rent rose in March.\n", encoding="utf-8")
    opened.sources.ingest(folder / "one.txt", site="S01", method="document")
    opened.codings.add("D01", "a", quote="The rent rose")
    return opened


def write(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


CLAIMS = "id,site,theme,summary\nK1,S01,a,Rent rose.\n"


def test_evidence_may_name_a_coding_by_its_number(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened:
        tables = write(
            tmp_path, claims=CLAIMS, evidence="claim,coding\nK1,1\n", coverage="source,theme\nD01,*\n"
        )
        made = opened.claims.import_folder(tables)
        assert (made.claims, made.evidence, made.coverage) == (1, 1, 1)
        assert opened.matrix().frame("states").loc["S01", "a"] == "single"
        assert opened.check() == []


def test_a_second_import_adds_evidence_to_claims_that_are_there(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened:
        opened.claims.import_folder(write(tmp_path, claims=CLAIMS))
        (tmp_path / "claims.csv").unlink()
        made = opened.claims.import_folder(write(tmp_path, evidence="claim,coding\nK1,1\n"))
        assert (made.claims, made.evidence) == (0, 1)


def test_a_fault_in_any_table_leaves_the_project_as_it_was(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened:
        tables = write(tmp_path, claims=CLAIMS, evidence="claim,coding\nK1,99\n")
        with pytest.raises(FaultyFileError, match="there is no coding “99”"):
            opened.claims.import_folder(tables)
        assert opened.claims.list() == ()


def test_a_folder_without_such_tables_is_refused(tmp_path: Path) -> None:
    with a_project(tmp_path) as opened, pytest.raises(NoChartingError, match=r"holds no claims\.csv"):
        opened.claims.import_folder(tmp_path)

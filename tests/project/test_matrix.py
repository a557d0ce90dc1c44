"""A matrix saved: every format, whole or not at all, and nothing else touched."""

import csv
import json
import os
from pathlib import Path

import openpyxl
import pytest
from study_builders import StudyBuilder

from framework_coder.model.matrix import build_matrix
from framework_coder.project.matrix import (
    ProjectMatrix,
    UnknownReportFormatError,
    UnknownTableError,
    UnwritableReportError,
)

TABLES = list(ProjectMatrix(build_matrix(StudyBuilder().build())).tables())


@pytest.fixture
def matrix() -> ProjectMatrix:
    study = StudyBuilder()
    study.site("North & <South>")
    coding = study.code(study.source("D01", 1), "a.one", "=1+1")
    study.claim(1, "a.one", coding)
    return ProjectMatrix(build_matrix(study.build()))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_workbook_opens_with_a_sheet_for_each_part(matrix: ProjectMatrix, tmp_path: Path) -> None:
    assert matrix.save(tmp_path / "m.XLSX") == []
    sheets = openpyxl.load_workbook(tmp_path / "m.XLSX").sheetnames
    assert {"Matrix", "Claims", "Evidence", "Coverage", "Sources", "Codebook"} <= set(sheets)
    assert left(tmp_path) == ["m.XLSX"]


def test_markdown_names_site_and_claim(matrix: ProjectMatrix, tmp_path: Path) -> None:
    matrix.save(tmp_path / "m.md")
    assert "Claim 1" in (tmp_path / "m.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", *TABLES])
def test_csv_and_json_hold_the_table_that_was_named(matrix: ProjectMatrix, tmp_path: Path, name: str) -> None:
    table = matrix.table(name or "matrix")
    matrix.save(tmp_path / "t.csv", name)
    matrix.save(tmp_path / "t.json", name)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == table.names
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == table.records()


def test_no_spreadsheet_takes_a_quote_for_a_formula(matrix: ProjectMatrix, tmp_path: Path) -> None:
    matrix.save(tmp_path / "t.csv", "evidence")
    assert "'=1+1" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


def test_a_folder_takes_every_table_and_keeps_its_other_files(matrix: ProjectMatrix, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.csv").write_text("mine")
    (tmp_path / "out" / "claims.csv").write_text("old")
    assert matrix.save(tmp_path / "out") == []
    assert left(tmp_path / "out") == sorted(["mine.csv", *(f"{name}.csv" for name in TABLES)])
    assert (tmp_path / "out" / "mine.csv").read_text() == "mine"
    assert (tmp_path / "out" / "claims.csv").read_text() != "old"


def test_folders_on_the_way_are_made(matrix: ProjectMatrix, tmp_path: Path) -> None:
    matrix.save(tmp_path / "a" / "b" / "m.md")
    matrix.save(tmp_path / "c" / "d")
    assert (tmp_path / "a" / "b" / "m.md").exists()
    assert (tmp_path / "c" / "d" / "cells.csv").exists()


@pytest.mark.parametrize("name", ["m.pdf", "m.doc", "m.xls"])
def test_an_ending_that_names_no_report_is_refused(matrix: ProjectMatrix, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownReportFormatError, match=r"\.xlsx"):
        matrix.save(tmp_path / name)
    assert left(tmp_path) == []


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_an_unknown_table_is_refused_with_the_known_ones(
    matrix: ProjectMatrix, tmp_path: Path, ending: str
) -> None:
    (tmp_path / f"t{ending}").write_text("old")
    with pytest.raises(UnknownTableError, match="matrix, states"):
        matrix.save(tmp_path / f"t{ending}", "nope")
    assert (tmp_path / f"t{ending}").read_text() == "old"
    assert left(tmp_path) == [f"t{ending}"]


@pytest.mark.parametrize("name", ["m.xlsx", "m.md", "m.csv", "m.json", "claims.csv"])
def test_a_write_that_fails_leaves_the_old_file(
    matrix: ProjectMatrix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "it is open elsewhere")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritableReportError, match="it is open elsewhere"):
        matrix.save(tmp_path if name == "claims.csv" else tmp_path / name)
    assert (tmp_path / name).read_text() == "old"
    assert left(tmp_path) == [name]


@pytest.mark.parametrize("name", ["m.xlsx", "m.md", "m.csv", "m.json", "folder"])
def test_a_place_below_a_file_is_refused(matrix: ProjectMatrix, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnwritableReportError, match="cannot be written"):
        matrix.save(tmp_path / "file" / name)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_workbook_that_the_writer_gives_up_is_refused_in_a_sentence(
    matrix: ProjectMatrix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path / "missing"))
    with pytest.raises(UnwritableReportError):
        matrix.save(tmp_path / "m.xlsx")
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_has_the_columns_and_rows_of_its_table(matrix: ProjectMatrix, name: str) -> None:
    frame, table = matrix.frame(name), matrix.table(name)
    indexed = ["site"] if name in {"matrix", "states"} else []
    assert [*indexed, *frame.columns] == table.names
    assert len(frame) == len(table.rows)


def test_every_column_says_what_it_means(matrix: ProjectMatrix) -> None:
    for name, table in matrix.tables().items():
        for column in table.columns:
            assert column.meaning or name in {"matrix", "states"}, f"{name}.{column.name}"


def test_a_notebook_shows_names_as_text_never_as_markup(matrix: ProjectMatrix) -> None:
    drawn = matrix._repr_html_()
    assert "North &amp; &lt;South&gt;" in drawn
    assert "<South>" not in drawn

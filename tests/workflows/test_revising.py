"""A newer file takes the place of an older one, and codings go with their quotes or are flagged."""

from pathlib import Path

import builders
import pytest

from framework_coder.errors import ConflictError, UnreadableFileError
from framework_coder.project import Project

OLD = "The borough pays.\n\nThere is no space.\n\nPatients are happy."
NEW = "A new start.\n\nThe borough pays.\n\nThere is little space."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, OLD)
    made.codings.add("D01", "funding", quote="The borough pays.")
    made.codings.add("D01", "space", quote="There is no space.")
    return made


def test_codings_follow_their_quotes_and_the_rest_is_flagged_not_moved(
    project: Project, tmp_path: Path
) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW})
    revised = project.sources.revise("D01", tmp_path / "newer.txt", why="corrected")
    assert (revised.number, revised.carried, revised.drifted) == (2, (1,), (2,))
    carried, drifted = project.codings.list()
    assert project.sources.text("D01").text[carried.start : carried.end] == "The borough pays."
    assert (str(carried.locator), carried.is_live) == ("¶2", True)
    assert (drifted.is_drifted, drifted.is_live, drifted.start) == (True, False, OLD.index("There"))
    assert project.check() == []


def test_only_the_current_text_is_searched(project: Project, tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW})
    project.sources.revise("D01", tmp_path / "newer.txt")
    assert project.search("happy") == []
    assert len(project.search("little")) == 1


def test_a_drifted_coding_comes_back_with_the_text_it_was_made_on(project: Project, tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW, "third.txt": OLD + "\n\nMore."})
    project.sources.revise("D01", tmp_path / "newer.txt")
    revised = project.sources.revise("D01", tmp_path / "third.txt")
    assert (revised.number, revised.drifted) == (3, ())
    assert project.check() == []


def test_the_same_file_is_no_revision(project: Project, tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(project.sources.original("D01").content)
    with pytest.raises(ConflictError, match="has already"):
        project.sources.revise("D01", tmp_path / "same.txt")


def test_a_bad_file_changes_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        project.sources.revise("D01", tmp_path / "missing.txt")
    assert project.sources.text("D01").text == OLD

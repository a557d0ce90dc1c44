"""`open` finds the project of a path, or makes one of the folder there, whole or not at all."""

from pathlib import Path

import pytest
from builders import write_files
from cli.study_files import write_study

from framework_coder.errors import BadInputError, CancelledError, NotFoundError
from framework_coder.model.progress import Silent
from framework_coder.project import Project, find_or_make


def sources_of(path: Path) -> dict[str, list[str]]:
    """Return the codes of the sites of each source, by its path."""
    with Project.open(path) as project:
        codes = {site.id: site.code for site in project.sites.list()}
        return {source.path: [codes[site] for site in source.sites] for source in project.sources.list()}


def test_a_study_folder_becomes_a_project_beside_it_and_is_opened_again(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "north")
    made = find_or_make(folder, workers=0)
    assert (made.project, made.is_new) == (tmp_path / "north.fwc", True)
    with Project.open(made.project) as project:
        assert {source.ref for source in project.sources.list()} == {"Q01", "D01", "M01", "D02"}
        assert len(project.study().claims) == 2
    again = find_or_make(folder, workers=0)
    assert (again.project, again.is_new) == (made.project, False)


def test_a_folder_of_files_becomes_a_project_with_a_site_a_sub_folder(tmp_path: Path) -> None:
    folder = tmp_path / "field work"
    write_files(
        folder,
        {
            "Northfield/interview with Ann.txt": "Ann said much.",
            "Northfield/papers/report.txt": "The year was quiet.",
            "Easton/leaflet.txt": "Come and see us.",
            "loose.txt": "Whose am I?",
        },
    )
    made = find_or_make(folder, workers=0)
    assert made.project == tmp_path / "field work.fwc"
    assert sources_of(made.project) == {
        "Easton/leaflet.txt": ["Easton"],
        "Northfield/interview with Ann.txt": ["Northfield"],
        "Northfield/papers/report.txt": ["Northfield"],
    }
    (problem,) = made.problems
    assert problem.startswith("loose.txt: ")
    with Project.open(made.project) as project:
        assert {source.method for source in project.sources.list()} == {"meeting", "document"}
        assert project.check() == []


def test_a_folder_without_sub_folders_is_one_site(tmp_path: Path) -> None:
    write_files(tmp_path / "clinic", {"a.txt": "First.", "b.txt": "Second."})
    made = find_or_make(tmp_path / "clinic", workers=0)
    assert sources_of(made.project) == {"a.txt": ["clinic"], "b.txt": ["clinic"]}


def test_a_project_is_opened_by_its_file_or_by_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "there" / "mine.fwc"
    path.parent.mkdir()
    Project.create(path).close()
    assert find_or_make(path).project == path
    assert find_or_make(path.parent).project == path


@pytest.mark.parametrize(
    ("files", "place", "told"),
    [
        ({}, "nowhere", "nothing at"),
        ({"words.txt": "x"}, "words.txt", "no project"),
        ({"in/one.fwc": "", "in/two.fwc": ""}, "in", "several projects"),
        ({"in/.hidden": "x"}, "in", "no file to import"),
        ({"in/study.yaml": "name: [x"}, "in", "study.yaml"),
    ],
)
def test_what_cannot_be_opened_is_told_and_nothing_is_made(
    tmp_path: Path, files: dict[str, str], place: str, told: str
) -> None:
    write_files(tmp_path, files)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises((BadInputError, NotFoundError), match=told):
        find_or_make(tmp_path / place, workers=0)
    assert sorted(tmp_path.rglob("*")) == before


class Stopped(Silent):
    """Progress of somebody who asked to stop at once."""

    def is_cancelled(self) -> bool:
        """Say yes, always."""
        return True


def test_a_stopped_making_leaves_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"S1/a.txt": "First.", "S2/b.txt": "Second."})
    with pytest.raises(CancelledError, match=r"in\.fwc was not made"):
        find_or_make(tmp_path / "in", workers=0, progress=Stopped())
    assert [path.name for path in tmp_path.iterdir()] == ["in"]

"""A project as it was: every row rebuilt from the journal, and the same as a copy made at the time."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli.study_files import write_study

from framework_coder.project import Project, run_study
from framework_coder.store.rewinding import NotADateError, NothingYetError, rewind

if TYPE_CHECKING:
    from collections.abc import Callable

History = tuple[Path, dict[int, Path]]

NOT_COMPARED = {"sqlite_sequence", "contents"}
"""The last numbers given, and what is kept for an undo: the copy may know more than is needed."""


def rows_of(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, the index of words apart."""
    with closing(sqlite3.connect(place)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in NOT_COMPARED and not name.startswith(("block_words", "sqlite_"))
        ]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}  # noqa: S608 - our own tables


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a project with a history, and a copy of it after some of its entries."""
    folder = tmp_path_factory.mktemp("rewinding")
    place = run_study(write_study(folder / "study"), folder / "out", workers=0).project
    copies: dict[int, Path] = {}
    newer = folder / "newer.txt"
    newer.write_text("A new text altogether.\n\nThe borough pays.", encoding="utf-8")
    with Project.open(place, who="HW") as project:
        claim = project.matrix().grid.shown_claims()[0].id
        coding = project.matrix().grid.bearings.evidence[claim][0].coding
        ref = project.sources.list()[0].ref
        steps: list[Callable[[], Any]] = [
            lambda: project.memos.add("A note", "Begins here."),
            lambda: project.claims.edit(claim, comment="Seen."),
            lambda: project.claims.unlink(claim, coding),
            lambda: project.codings.remove([coding]),
            lambda: project.claims.delete(claim),
            project.history.undo,
            lambda: project.codebook.edit("funding", definition="Who pays.", why="clearer"),
            lambda: project.sources.revise(ref, newer, why="newer"),
            project.history.undo,
            project.history.redo,
        ]
        for number, step in enumerate(steps):
            step()
            copies[project.history.newest()] = project.backup(folder / f"{number}.fwc")
    return place, copies


def test_every_row_is_as_it_was_after_each_entry_and_the_copy_is_whole(
    history: History, tmp_path: Path
) -> None:
    place, copies = history
    assert len(copies) > 7
    with Project.open(place) as project:
        for entry, copy in copies.items():
            made = tmp_path / f"{entry}.fwc"
            rewind(project._session.engine, entry, made).dispose()
            assert rows_of(made) == rows_of(copy)
            with Project.open(made) as then:
                assert then.check() == []


def test_what_was_undone_since_can_be_found_and_worked_on_in_the_copy(
    history: History, tmp_path: Path
) -> None:
    place, copies = history
    with Project.open(place) as project:
        rewind(project._session.engine, min(copies), tmp_path / "then.fwc").dispose()
    with Project.open(tmp_path / "then.fwc", who="HW") as then, Project.open(copies[min(copies)]) as copy:
        assert then.search("pays") == copy.search("pays") != []
        then.memos.add("Later", "Goes on.")
        then.history.undo()
        then.history.undo()
        assert then.memos.list() == ()


def test_a_date_gives_the_project_at_the_end_of_it(history: History, tmp_path: Path) -> None:
    place, _ = history
    with Project.open(place) as project:
        today = project.log(limit=1)[0].made_at[:10]
        with project.as_at(today) as then:
            assert then.history.newest() == project.history.newest()
            assert then.matrix().grid.cells == project.matrix().grid.cells
        with project.as_at(today[:4]) as then:
            assert then.history.newest() == project.history.newest()
        with pytest.raises(NothingYetError, match="no project yet"):
            project.save_as_at("1999-12-31", tmp_path / "never.fwc")
        assert not (tmp_path / "never.fwc").exists()


@pytest.mark.parametrize("wrong", ["yesterday", "2016-13", ""])
def test_what_is_no_date_is_refused(history: History, tmp_path: Path, wrong: str) -> None:
    with Project.open(history[0]) as project, pytest.raises(NotADateError, match="is no date"):
        project.save_as_at(wrong, tmp_path / "x.fwc")

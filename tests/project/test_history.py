"""Undo and redo by person and by number, what is in the way, and how the log tells of it."""

from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from project.histories import snapshot
from sqlalchemy import text
from store.stores import new_database

from framework_coder.errors import ConflictError, NotFoundError
from framework_coder.exchange.rows import ClaimRow, CodingRow, EvidenceRow, SourceRow
from framework_coder.project import Project
from framework_coder.project.session import Session
from framework_coder.store.columns import Base
from framework_coder.store.naming import NAMES
from framework_coder.workflows.undoing import NothingToUndoError, NotUndoableError, UndoConflictError

TEXT = "The borough pays.\n\nThere is no space.\n\nPatients are happy."


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "study.fwc") if request.param == "sqlite" else new_database()


@pytest.fixture
def project(place: str) -> Iterator[Project]:
    with Project.create(place, design=builders.design(), who="HW") as made:
        made.sites.add("S01", "North")
        made.codebook.load(builders.codebook())
        builders.read(made, TEXT)
        yield made


def as_other(project: Project) -> Project:
    return Project(Session(project._session.engine, "JT"))


def newest(project: Project) -> str:
    return project.log(limit=1)[0].words


def test_undo_takes_steps_back_one_by_one_and_redo_brings_them_again(project: Project) -> None:
    states = [snapshot(project)]
    for quote in ("borough", "space", "happy"):
        project.codings.add("D01", "funding", quote=quote)
        states.append(snapshot(project))
    for state in reversed(states[:-1]):
        project.history.undo()
        assert snapshot(project) == state
    for state in states[1:]:
        assert project.history.redo().is_redo
        assert snapshot(project) == state
    with pytest.raises(NothingToUndoError, match="HW has nothing to redo"):
        project.history.redo()
    assert project.check() == []


def test_undo_and_redo_work_after_the_project_was_closed(place: str) -> None:
    with Project.create(place, who="HW") as project:
        project.sites.add("S01", "North")
    with Project.open(place, who="HW") as project:
        project.history.undo()
        assert project.sites.list() == ()
    with Project.open(place, who="HW") as project:
        project.history.redo()
        assert [site.name for site in project.sites.list()] == ["North"]


def test_everyone_undoes_their_own_steps(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    other = as_other(project)
    other.codings.add("D01", "space", quote="space")
    project.history.undo()
    assert [coding.theme for coding in project.codings.list()] == ["space"]
    with pytest.raises(NothingToUndoError):
        other.history.redo()
    assert other.history.undo().action == "code"
    assert project.codings.list() == ()


def test_a_new_change_by_the_same_coder_ends_what_can_be_redone_without_a_number(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    undone = project.history.undo()
    project.codings.add("D01", "space", quote="space")
    with pytest.raises(NothingToUndoError):
        project.history.redo()
    project.history.redo(undone.step)
    assert [coding.theme for coding in project.codings.list()] == ["funding", "space"]


def test_an_undo_is_itself_taken_back_by_its_number(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    undone = project.history.undo()
    again = project.history.undo(undone.entry)
    assert (again.is_redo, again.step) == (True, undone.step)
    with pytest.raises(NotUndoableError, match=f"was taken back already, by entry {again.entry}"):
        project.history.undo(undone.entry)


def test_what_never_goes_away_is_passed_over_and_refused_by_number_with_the_reason(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    project.codebook.freeze(why="pilot")
    frozen = project.log(limit=1)[0].id
    assert project.history.undo().action == "code"
    with pytest.raises(NotUndoableError, match="a frozen framework version never changes"):
        project.history.undo(frozen)
    with pytest.raises(NotUndoableError, match="it made the project"):
        project.history.undo(1)
    with pytest.raises(NotFoundError, match="There is no entry 999"):
        project.history.undo(999)
    with pytest.raises(NotUndoableError, match="stands"):
        project.history.redo(2)


def test_what_was_changed_since_is_not_taken_back(project: Project) -> None:
    project.sites.add("S01", "Northfield")
    project.sites.add("S01", "North Hill")
    before = snapshot(project)
    with pytest.raises(UndoConflictError, match=r"site 1 was changed since by entry 6 \(HW, add sites\)"):
        project.history.undo(5)
    assert snapshot(project) == before


def test_what_something_rests_on_is_not_taken_away_and_the_sentence_names_who_and_what(
    project: Project,
) -> None:
    coding = project.codings.add("D01", "funding", quote="borough")
    other = as_other(project)
    other.claims.import_(
        [ClaimRow(1, "k1", "S01", "funding", "It pays.")], [EvidenceRow(1, "k1", "c")], codings={"c": 1}
    )
    with pytest.raises(UndoConflictError) as caught:
        project.history.undo()
    assert str(caught.value) == (
        "Entry 5 (HW, code) cannot be undone: evidence link 1 of entry 6 (JT, import charting) rests on "
        f"coding {coding.id}. Nothing was changed; undo that first."
    )
    assert caught.value.entries == (6,)
    other.history.undo()
    project.history.undo()
    assert project.codings.list() == ()


def test_a_place_that_was_taken_meanwhile_is_not_taken_back(project: Project) -> None:
    project.sites.add("S02", "South")
    project.history.undo()
    project.sites.add("S02", "Southwark")
    with pytest.raises(UndoConflictError, match=r"site 3 of entry \d+ .* stands in the place of site 2"):
        project.history.redo(5)


def test_an_import_of_files_is_one_step_and_comes_back_byte_for_byte(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.workflows.intake.MOST_SOURCES", 1)
    builders.write_files(tmp_path / "in", {"a.txt": "One new thing.\n\nTwo.", "b.txt": "Three new things."})
    rows = [
        SourceRow(1, "a.txt", ("S01",), "document"),
        SourceRow(2, "b.txt", ("S01",), "document", derived_from=("D02",)),
    ]
    before = snapshot(project)
    project.sources.ingest_register(rows, tmp_path / "in", workers=0)
    after = snapshot(project)
    assert len(project.sources.list()) == 3
    undone = project.history.undo()
    assert snapshot(project) == before
    assert project.search("new") == []
    assert project.check() == []
    project.history.redo()
    assert snapshot(project) == after
    assert project.sources.original("D02").content == b"One new thing.\n\nTwo."
    assert [hit.ref for hit in project.search("new")] == ["D02", "D03"]
    assert project.check() == []
    assert len([e for e in project.log() if e.action == "undo: import files"]) == 1
    assert undone.action == "import files"


def test_a_revision_is_taken_back_with_the_places_of_its_codings(project: Project, tmp_path: Path) -> None:
    project.codings.add("D01", "funding", quote="The borough pays.")
    project.codings.add("D01", "space", quote="There is no space.")
    builders.write_files(tmp_path, {"newer.txt": "New.\n\nThe borough pays.\n\nThere is little space."})
    before = snapshot(project)
    project.sources.revise("D01", tmp_path / "newer.txt")
    after = snapshot(project)
    project.history.undo()
    assert snapshot(project) == before
    project.history.redo()
    assert snapshot(project) == after
    assert project.check() == []


def test_altered_content_in_the_attic_is_found(project: Project) -> None:
    project.history.undo()
    engine = project._session.engine
    with engine.connect() as connection:
        chosen = text("UPDATE contents SET content = :c WHERE sha256 = (SELECT max(sha256) FROM contents)")
        connection.execute(chosen, {"c": b"x"})
        connection.commit()
    assert [finding.rule for finding in project.check()] == ["files"]


def test_a_bulk_import_is_undone_in_one_step(project: Project) -> None:
    rows = [CodingRow(n, f"c{n}", "D01", "funding", "borough") for n in range(1200)]
    project.codings.import_(rows)
    project.history.undo()
    assert project.codings.list() == ()
    project.history.redo()
    assert len(project.codings.list()) == 1200
    assert project.check() == []


def test_the_log_tells_in_words_what_was_done_and_what_was_undone(project: Project) -> None:
    coding = project.codings.add("D01", "funding", quote="borough")
    assert newest(project) == "S01 × funding: coding 1 added in D01"
    project.codings.reject([coding.id])
    assert newest(project) == "S01 × funding: coding 1 rejected"
    project.codings.import_([CodingRow(n, "", "D01", theme, "space") for n, theme in enumerate(
        ["funding", "funding.barriers", "space"] * 2)])  # fmt: skip
    assert newest(project) == "D01: 6 codings added at 3 themes"
    project.codebook.rename("space", "Room", why="plainer")
    assert newest(project) == "theme “space” renamed to “Room”"
    project.codebook.merge("space", "funding", why="one thing")
    assert newest(project) == (
        "theme “Room” merged into “funding”; coding 4 moved to funding; coding 7 moved to funding"
    )
    project.history.undo()
    states = [(entry.action, entry.state) for entry in project.log(limit=2)]
    assert states == [("undo: merge theme", "takes back 9"), ("merge theme", "undone")]


def test_the_log_is_narrowed_down_by_cell_claim_and_action(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    project.codings.add("D01", "space", quote="space")
    project.claims.import_(
        [ClaimRow(1, "k1", "S01", "funding", "It pays."), ClaimRow(2, "k2", "S01", "space", "None.")],
        [EvidenceRow(1, "k1", "c")],
        codings={"c": 1},
    )
    undone = project.history.undo()
    assert [e.id for e in project.log(cell=("S01", "space"))] == [8, 7, 6]
    assert [e.id for e in project.log(cell=("S01", "funding"), action="CODE")] == [5]
    assert [e.id for e in project.log(claim=1)] == [undone.entry, undone.step]
    assert project.log(claim=3) == []
    with pytest.raises(NotFoundError):
        project.log(cell=("S01", "nothing"))


def test_the_steps_that_stood_at_a_date_are_told(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    standing = project.history.standing()
    project.history.undo()
    assert project.history.standing() == standing[:-1]
    assert project.history.standing(until="1999") == ()
    assert project.history.standing(until=project.log(limit=1)[0].made_at) == standing[:-1]


def test_two_coders_who_undo_the_same_step_are_not_both_obeyed(project: Project) -> None:
    project.codings.add("D01", "funding", quote="borough")
    project.history.undo(5)
    with pytest.raises(ConflictError, match="is undone already, by entry 6"):
        project.history.undo(5)


def test_every_table_has_a_name_in_sentences() -> None:
    unnamed = {"contents", "journal_entries", "journal_changes"}
    assert set(NAMES) >= set(Base.metadata.tables) - unnamed

"""The main job: whole or not at all, the same each time, every fault told."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.study_files import TABLES, write_study

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.exchange.faults import FaultyFileError
from framework_coder.exchange.study_folder import NoStudyFolderError
from framework_coder.model.progress import Silent
from framework_coder.project import Project, ProjectMatrix, find_example, is_as_made, run_study
from framework_coder.project.running import OccupiedFolderError, RunCancelledError
from framework_coder.project.staging import ProjectInUseError, UnwritableOutError, publish, settle, staging


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "study")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Stopper(Silent):
    """Asks to stop after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def advance(self, steps: int = 1, note: str = "") -> None:  # noqa: ARG002 - a call is a step
        """Count."""
        self.left -= 1

    def is_cancelled(self) -> bool:
        """Say whether the steps are used up."""
        return self.left <= 0


def test_a_run_makes_a_sound_project_and_its_reports(study: Path, tmp_path: Path) -> None:
    report = run_study(study, tmp_path / "out", workers=0)
    assert (report.sites, report.themes, report.sources, report.claims, report.evidence) == (3, 2, 4, 2, 3)
    assert report.problems == []
    assert all(path.exists() for path in report.outputs)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "audit.html", "csv", "matrix.md", "matrix.xlsx", "report.docx", "study.fwc",
    ]  # fmt: skip
    with Project.open(report.project) as project:
        assert project.check() == []
        assert project.who != ""


def test_two_runs_give_equal_tables(study: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        run_study(study, tmp_path / out, workers=0)
    one, two = (contents(tmp_path / out / "csv") for out in ("one", "two"))
    assert one.pop("versions.csv")  # it says when each version was frozen
    assert two.pop("versions.csv")
    assert one == two
    assert (tmp_path / "one/matrix.md").read_text() == (tmp_path / "two/matrix.md").read_text()


def test_a_project_that_is_there_is_kept_unless_it_may_be_replaced(study: Path, tmp_path: Path) -> None:
    run_study(study, tmp_path / "out", workers=0)
    before = contents(tmp_path / "out")
    with pytest.raises(OccupiedFolderError, match="--replace"):
        run_study(study, tmp_path / "out", workers=0)
    assert contents(tmp_path / "out") == before
    made = run_study(study, tmp_path / "out", workers=0, replace=True, who="somebody else")
    with Project.open(made.project) as project:
        assert project.log()[0].who == "somebody else"


@pytest.mark.parametrize("steps", range(10))
def test_a_cancelled_run_leaves_nothing_behind(study: Path, tmp_path: Path, steps: int) -> None:
    with pytest.raises(RunCancelledError, match="nothing was written"):
        run_study(study, tmp_path / "new", workers=0, progress=Stopper(steps))
    assert not (tmp_path / "new").exists()


def test_a_run_that_is_cancelled_too_late_is_whole(study: Path, tmp_path: Path) -> None:
    report = run_study(study, tmp_path / "out", workers=0, progress=Stopper(100))
    assert report.project.exists()


@pytest.mark.parametrize("broken", ["save", "cancel"])
def test_a_run_that_fails_keeps_the_old_project(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    out = tmp_path / "out"
    run_study(study, out, workers=0)
    before = contents(out)

    def fail(*_: object) -> list[str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    if broken == "save":
        monkeypatch.setattr("framework_coder.reports.markdown.render_markdown", fail)
    with pytest.raises((BadInputError, RunCancelledError)):
        run_study(study, out, workers=0, replace=True, progress=Stopper(100 if broken == "save" else 3))
    assert contents(out) == before


@pytest.mark.parametrize("locked", ["matrix.md", "study.fwc", "csv/claims.csv"])
def test_a_file_that_cannot_be_replaced_leaves_every_old_file(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    out = tmp_path / "out"
    run_study(study, out, workers=0)
    before = contents(out)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == out / locked and ".making" in str(self) and "before" not in str(self):
            raise PermissionError(errno.EACCES, "it is open elsewhere")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritableOutError, match="open elsewhere"):
        run_study(study, out, workers=0, replace=True)
    assert contents(out) == before


def test_publishing_into_an_empty_folder_takes_back_what_it_moved(tmp_path: Path) -> None:
    with staging(tmp_path / "out") as draft:
        (draft / "a.md").write_text("new")
        with pytest.raises(UnwritableOutError):
            publish(draft, tmp_path / "out", [Path("a.md")], "missing.fwc")
        assert not (tmp_path / "out" / "a.md").exists()


def test_a_project_that_is_open_elsewhere_is_not_replaced(study: Path, tmp_path: Path) -> None:
    report = run_study(study, tmp_path / "out", workers=0)
    with (
        Project.open(report.project) as project,
        project._session.reading(),
        pytest.raises(ProjectInUseError, match="close it there"),
    ):
        run_study(study, tmp_path / "out", workers=0, replace=True)


def test_what_a_killed_program_left_in_the_log_reaches_the_file_before_it_is_replaced(
    study: Path, tmp_path: Path
) -> None:
    place = run_study(study, tmp_path / "out", workers=0).project
    write = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute(\"UPDATE sites SET name = 'Kept' WHERE code = 'S01'\"); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", write, str(place)], check=True)
    assert place.with_name("study.fwc-wal").exists()
    settle(place)
    assert not place.with_name("study.fwc-wal").exists()
    connection = sqlite3.connect(place)
    assert connection.execute("SELECT name FROM sites WHERE code = 'S01'").fetchone() == ("Kept",)
    connection.close()


def test_a_log_beside_something_else_never_reaches_the_new_project(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "study.fwc").write_text("not a project")
    (out / "study.fwc-wal").write_text("not a log")
    run_study(study, out, workers=0, replace=True)
    assert not (out / "study.fwc-wal").exists()
    with Project.open(out / "study.fwc") as project:
        assert project.check() == []


@pytest.mark.parametrize("place", ["file", "file/below", "file/below/deeper"])
def test_an_out_folder_that_is_no_folder_is_refused(study: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnwritableOutError, match="cannot be written"):
        run_study(study, tmp_path / place, workers=0)
    assert (tmp_path / "file").read_text() == "mine"


def test_the_out_folder_may_be_in_the_study_folder_or_be_it(study: Path) -> None:
    for out in (study / "out", study):
        run_study(study, out, workers=0)
        again = run_study(study, out, workers=0, replace=True)
        assert (again.sources, again.problems) == (4, [])


def test_other_files_in_the_out_folder_stay(study: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "csv" / "mine.csv"
    mine.parent.mkdir(parents=True)
    mine.write_text("my own")
    run_study(study, tmp_path / "out", workers=0)
    assert mine.read_text() == "my own"


def test_faults_of_the_study_folder_are_told_with_file_line_and_field(tmp_path: Path) -> None:
    claims = TABLES["claims.csv"].replace("k2,S02", "k2,S99")
    study = write_study(tmp_path / "study", claims=claims, sites="site,name\nS01,North\nS01,South\n")
    with pytest.raises(FaultyFileError) as told:
        run_study(study, tmp_path / "out", workers=0)
    for part in ("claims.csv, line 3, site", "sites.csv, line 3, site", "sources.csv, line 5, site"):
        assert part in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_study_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoStudyFolderError, match=r"sites\.csv"):
        run_study(tmp_path, tmp_path / "out")


def test_files_refused_and_quotes_not_found_are_problems_and_their_evidence_is_left_out(
    tmp_path: Path,
) -> None:
    codings = TABLES["codings.csv"].replace("There is no room for us.", "Words that nobody wrote anywhere")
    study = write_study(tmp_path / "study", codings=codings)
    (study / "S01" / "meeting.txt").write_bytes(b"")
    report = run_study(study, tmp_path / "out", workers=0)
    told = "\n".join(report.problems)
    for part in (
        "S01/meeting.txt",
        "codings.csv, line 3",
        "codings.csv, line 4",
        "coverage.csv: M01 was not read, so 1 row",
        "evidence.csv, line 3: coding “c2”",
        "evidence.csv, line 4: coding “c3” was not placed, so claim “k2” is without it.",
    ):
        assert part in told
    assert (report.claims, report.evidence) == (2, 1)


def test_a_study_without_a_recorded_analysis_gives_an_empty_matrix(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study")
    for name in ("codings", "claims", "evidence", "coverage"):
        (study / f"{name}.csv").unlink()
    report = run_study(study, tmp_path / "out", workers=0)
    assert (report.claims, report.evidence, report.problems) == (0, 0, [])


def test_a_project_is_as_made_until_somebody_works_on_it(study: Path, tmp_path: Path) -> None:
    report = run_study(study, tmp_path / "out", workers=0)
    assert is_as_made(tmp_path / "out")
    with Project.open(report.project) as project:
        project.codings.add("D01", "funding", quote="A quiet year.")
    assert not is_as_made(tmp_path / "out")
    assert not is_as_made(tmp_path / "nowhere")


def test_the_example_study_is_found() -> None:
    assert (find_example() / "sources.csv").is_file()


def test_conflicts_and_bad_places_are_of_the_families_that_set_the_exit_code() -> None:
    assert issubclass(ProjectInUseError, ConflictError)
    assert issubclass(UnwritableOutError, BadInputError)


def test_the_reports_are_those_of_the_project(study: Path, tmp_path: Path) -> None:
    report = run_study(study, tmp_path / "out", workers=0)
    with Project.open(report.project) as project:
        matrix: ProjectMatrix = project.matrix()
    matrix.save(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "out" / "csv")


@pytest.mark.e2e
def test_a_killed_run_leaves_the_old_project_or_the_new_one_and_the_next_run_clears_up(
    study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run_study(study, out, workers=0, who="old")
    old = tmp_path / "old.fwc"
    shutil.copy(out / "study.fwc", old)
    command = [
        sys.executable,
        "-m",
        "framework_coder",
        "run",
        study,
        "--out",
        out,
        "--replace",
        "--workers",
        "0",
    ]
    for delay in (0.0, 0.1, 0.2, 0.35):
        shutil.copy(old, out / "study.fwc")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(out.glob(".making-*")) and process.poll() is None:
            time.sleep(0.005)
        time.sleep(delay)
        process.kill()
        process.wait()
        is_old = (out / "study.fwc").read_bytes() == old.read_bytes()
        with Project.open(out / "study.fwc") as project:
            assert project.check() == []
            assert len(project.claims.list()) == 2
            assert is_old or project.log()[-1].who == "HW"
    assert run_study(study, out, workers=0, replace=True).problems == []
    assert not list(out.glob(".making-*"))


def test_the_hidden_folder_of_a_run_that_still_works_is_left_alone(tmp_path: Path) -> None:
    with staging(tmp_path / "out"):
        other = tmp_path / "out" / f".making-{os.getppid()}"
        gone = tmp_path / "out" / ".making-999999999"
        other.mkdir()
        gone.mkdir()
        with staging(tmp_path / "out" / "inner"):
            pass
        assert other.exists()
    (tmp_path / "out" / "keep").write_text("")
    with staging(tmp_path / "out"):
        assert other.exists()
        assert not gone.exists()

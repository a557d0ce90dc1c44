"""Importing files: whole documents only, each file once, and a word on every one."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import builders
import pytest

from framework_coder.errors import BadInputError
from framework_coder.exchange.rows import SourceRow
from framework_coder.project import Project
from framework_coder.workflows.import_report import FileOutcome, ImportReport, Outcome
from framework_coder.workflows.ingest import in_order

TEXT = "# Report\n\nThe café is funded by the borough.\n\nThere is a lack of space."


def outcomes(report: ImportReport) -> dict[str, Outcome]:
    return {file.path: file.outcome for file in report.files}


def why(report: ImportReport, path: str) -> str:
    return next(file.why for file in report.files if file.path == path)


def register(*rows: dict[str, object]) -> list[SourceRow]:
    return [
        SourceRow(**{"line": n, "method": "document", "sites": ("S01",), **row}) for n, row in enumerate(rows)
    ]


def ingest(project: Project, folder: Path, *rows: dict[str, object]) -> ImportReport:
    return project.sources.ingest_register(register(*rows), folder, workers=0)


def test_a_register_gives_sources_with_text_blocks_segments_and_original(tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"a.txt": TEXT})
    with builders.project(tmp_path) as project:
        row = {"path": "a.txt", "title": "Annual report", "informants": ("Ann",), "originator": "service"}
        report = ingest(project, tmp_path, row)
        assert outcomes(report) == {"a.txt": Outcome.READ}
        source = project.sources.get("D01")
        assert (source.title, source.informants, source.path) == ("Annual report", ("Ann",), "a.txt")
        text = project.sources.text("D01")
        assert "café" in text.text
        assert len(text.blocks) == 3
        assert project.sources.segments("D01")
        assert project.sources.original("D01").content == (tmp_path / "a.txt").read_bytes()
        assert project.check() == []


def test_the_same_file_twice_is_one_source(tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"a.txt": TEXT, "copy.txt": TEXT, "other.txt": TEXT})
    with builders.project(tmp_path) as project:
        rows = [{"path": "a.txt"}, {"path": "copy.txt"}, {"path": "other.txt", "sites": ("S02",)}]
        report = ingest(project, tmp_path, *rows)
        assert outcomes(report) == {
            "a.txt": Outcome.READ,
            "copy.txt": Outcome.SKIPPED,
            "other.txt": Outcome.SHARED,
        }
        assert why(report, "copy.txt") == "It is the same file as D01, which is there already."
        assert "belongs to S02 too" in why(report, "other.txt")
        (source,) = project.sources.list()
        assert source.sites == tuple(site.id for site in project.sites.list())
        again = ingest(project, tmp_path, *rows)
        assert set(outcomes(again).values()) == {Outcome.SKIPPED}
        assert len(project.sources.list()) == 1


def test_a_bad_file_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"empty.txt": "", "good.txt": TEXT})
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    with builders.project(tmp_path) as project:
        names = ["empty.txt", "missing.txt", "broken.pdf", "good.txt"]
        report = ingest(project, tmp_path, *({"path": name} for name in names))
        refused = dict.fromkeys(names[:3], Outcome.REFUSED)
        assert outcomes(report) == refused | {"good.txt": Outcome.READ}
        assert all(file.path in file.why for file in report.refused)
        assert str(report) == "1 read, 3 refused"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"sites": ("S1",)}, "There is no site “S1”. Did you mean “S01”?"),
        ({"method": "telepathy"}, "not a method of the study"),
        ({"document_type": "poem"}, "not a document type"),
        ({"sites": ()}, "Nothing says which site"),
        ({"part": "North"}, "no sheet or row"),
    ],
)
def test_a_register_row_that_does_not_fit_the_project_is_refused(
    tmp_path: Path, row: dict[str, object], words: str
) -> None:
    builders.write_files(tmp_path, {"a.txt": TEXT})
    with builders.project(tmp_path) as project:
        report = ingest(project, tmp_path, {"path": "a.txt", **row})
        assert words in report.files[0].why
        assert project.sources.list() == ()


def test_refs_are_given_in_the_order_of_the_register(tmp_path: Path) -> None:
    files = {f"{name}.txt": f"Text {name}." for name in "abcdef"}
    builders.write_files(tmp_path, files)
    rows = [{"path": name} for name in files]
    rows[1] |= {"method": "meeting"}
    rows[2] |= {"ref": "D09"}
    rows[5] |= {"method": "questionnaire"}
    with builders.project(tmp_path) as project:
        report = project.sources.ingest_register(register(*rows), tmp_path, workers=2)
        assert [file.ref for file in report.files] == ["D10", "M01", "D09", "D11", "D12", "Q01"]
        assert [source.path for source in project.sources.list()] == list(files)


def test_another_file_does_not_take_a_ref_that_is_taken(tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"a.txt": TEXT, "b.txt": TEXT + " More."})
    with builders.project(tmp_path) as project:
        ingest(project, tmp_path, {"path": "a.txt", "ref": "D07"})
        report = ingest(project, tmp_path, {"path": "b.txt", "ref": "D07"})
        assert "D07 is there already" in report.files[0].why


def test_derivations_are_stored_and_dead_ones_told(tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"a.txt": TEXT, "b.txt": TEXT + " More."})
    rows = [{"path": "b.txt", "ref": "D02", "derived_from": ("D01", "D99")}, {"path": "a.txt", "ref": "D01"}]
    with builders.project(tmp_path) as project:
        report = ingest(project, tmp_path, *rows)
        assert project.sources.get("D02").derived_from == (project.sources.get("D01").id,)
        assert report.notes == ("D02 derives from D99, which the project does not have.",)
        before = len(project.log())
        ingest(project, tmp_path, *rows)
        assert len(project.log()) == before


@pytest.mark.parametrize(
    ("path", "site", "method"),
    [
        ("S01/report.txt", "S01", "document"),
        ("Site S02/x/meeting note.txt", "S02", "meeting"),
        ("loose/s02_questionnaire.txt", "S02", "questionnaire"),
        ("S01 minutes.txt", "S01", "document"),
        ("s01/interview-3.txt", "S01", "meeting"),
    ],
)
def test_a_folder_import_reads_site_and_method_off_the_path(
    tmp_path: Path, path: str, site: str, method: str
) -> None:
    builders.write_files(tmp_path / "files", {path: TEXT})
    with builders.project(tmp_path) as project:
        project.sources.ingest(tmp_path / "files", workers=0)
        (source,) = project.sources.list()
        assert project.sites.get(site).id in source.sites
        assert source.method == method


def test_a_file_of_no_known_site_is_not_guessed(tmp_path: Path) -> None:
    builders.write_files(tmp_path / "files", {"elsewhere/a.txt": TEXT})
    with builders.project(tmp_path) as project:
        report = project.sources.ingest(tmp_path / "files", workers=0)
        assert "name the site" in report.files[0].why
        assert project.sources.ingest(tmp_path / "files", site="S02", workers=0).count(Outcome.READ) == 1


def test_importing_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    with builders.project(tmp_path) as project, pytest.raises(BadInputError, match="no file to import"):
        project.sources.ingest(tmp_path / "files")


class StopAfter:
    """Progress that a user stops after some steps."""

    def __init__(self, steps: int) -> None:
        self.left, self.total = steps, 0

    def begin(self, what: str, total: int) -> None:
        """Take note of the total."""
        self.total = total if what else 0

    def advance(self, steps: int = 1, note: str = "") -> None:
        """Count down."""
        self.left -= steps if note else 0

    def is_cancelled(self) -> bool:
        """Say whether enough steps were made."""
        return self.left <= 0


def test_cancelling_keeps_what_was_read(tmp_path: Path) -> None:
    files = {f"S01 {n:02d}.txt": f"Text number {n}." for n in range(12)}
    builders.write_files(tmp_path / "files", files)
    with builders.project(tmp_path) as project:
        report = project.sources.ingest(tmp_path / "files", workers=0, progress=StopAfter(5))
        assert report.is_cancelled
        assert len(project.sources.list()) == report.count(Outcome.READ) > 0
        assert report.count(Outcome.READ) + report.count(Outcome.NOT_REACHED) == 12
        assert project.check() == []
        assert project.sources.ingest(tmp_path / "files", workers=0).count(Outcome.READ) > 0
        assert len(project.sources.list()) == 12


class InterruptAfter(StopAfter):
    """Progress during which the user presses Ctrl+C."""

    def is_cancelled(self) -> bool:
        """Interrupt once enough steps were made."""
        if self.left <= 0:
            raise KeyboardInterrupt
        return False


def test_an_interrupt_keeps_what_was_read(tmp_path: Path) -> None:
    builders.write_files(tmp_path / "files", {f"S01 {n:02d}.txt": f"Text number {n}." for n in range(12)})
    with builders.project(tmp_path) as project:
        with pytest.raises(KeyboardInterrupt):
            project.sources.ingest(tmp_path / "files", workers=0, progress=InterruptAfter(5))
        assert len(project.sources.list()) == 5
        assert project.check() == []


def test_results_are_put_in_order_and_drained_when_cancelled() -> None:
    results = [(n, FileOutcome(str(n), Outcome.READ)) for n in (2, 0, 3, 1, 4)]
    order = [number for number, _ in in_order(iter(results), {}, lambda: False)]  # type: ignore[arg-type]
    assert order == [0, 1, 2, 3, 4]
    stopped = [number for number, _ in in_order(iter(results), {}, lambda: True)]  # type: ignore[arg-type]
    assert stopped == [2]


def test_clear_answers_are_coded_at_the_theme_of_their_question(tmp_path: Path) -> None:
    book = builders.codebook(
        builders.theme("barriers", "Barriers", question="What gets in the way of working together?"),
        builders.theme("funding", "Funding", question="Who pays for the service?"),
    )
    text = (
        "Q: Who pays for the service?\n\nA: The borough pays.\n\n"
        "Q: What is your favourite colour?\n\nA: Green, mostly."
    )
    with builders.project(tmp_path, book=book) as project:
        builders.read(project, text, method="questionnaire")
        (coding,) = project.codings.list()
        assert (coding.theme, coding.quote) == ("funding", "A: The borough pays.")
        assert (coding.origin.value, coding.state.value) == ("structure", "accepted")
        assert coding.score is not None
        assert str(coding.locator) == "¶2"


def test_the_entries_of_one_import_belong_together(tmp_path: Path) -> None:
    builders.write_files(tmp_path / "files", {f"S01 {n:03d}.txt": f"Text {n}." for n in range(90)})
    with builders.project(tmp_path) as project:
        project.sources.ingest(tmp_path / "files", workers=0, why="first batch")
        imports = [entry for entry in project.log() if entry.action == "import files"]
    assert len(imports) == 3
    assert {entry.why for entry in imports} == {"first batch"}


_IMPORT = """
    import sys
    from framework_coder.project import Project
    with Project.open(sys.argv[1], who="HW") as project:
        print("begun", flush=True)
        project.sources.ingest(sys.argv[2], workers=1)
"""


def test_killing_an_import_leaves_whole_documents_only(tmp_path: Path) -> None:
    files = {f"S01 {n:03d}.txt": "\n\n".join(f"Part {n} {m}. " * 20 for m in range(20)) for n in range(150)}
    builders.write_files(tmp_path / "files", files)
    builders.project(tmp_path).close()
    place, moments = tmp_path / "study.fwc", random.Random(7)  # noqa: S311 - moments, not secrets
    command = [sys.executable, "-c", textwrap.dedent(_IMPORT), str(place), str(tmp_path / "files")]
    for _ in range(4):
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0.1, 1.5))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with Project.open(place) as project:
            assert project.check() == []
            for source in project.sources.list():
                content = (tmp_path / "files" / source.path).read_text()
                assert project.sources.text(source.ref).text.split() == content.split()
    with Project.open(place) as project:
        project.sources.ingest(tmp_path / "files", workers=0)
        assert len(project.sources.list()) == len(files)
        assert project.check() == []

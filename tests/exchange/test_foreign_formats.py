"""Files of other tools are told apart by what they hold, and come in from the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import builders
import docx
import pytest
from docs.conftest import Call, call
from exchange.foreign_builders import Highlight, Paper, QualCoderFolder, TaguetteFile
from store.stores import new_database

from framework_coder.errors import BadInputError
from framework_coder.exchange.codebook_writing import write_codebook
from framework_coder.exchange.formats import FORMATS, recognise
from framework_coder.project import Project

__all__ = ["call"]  # a fixture

PAPER = Paper("<p>The clinic opened.</p>", "The clinic opened.", [Highlight("clinic", ["space"])])


def taguette(folder: Path) -> Path:
    return TaguetteFile([PAPER], {"space": ""}).write(folder / "project.db")


def qualcoder(folder: Path) -> Path:
    return QualCoderFolder(folder / "Study").folder


def codings(folder: Path) -> Path:
    path = folder / "segments.csv"
    path.write_text("Document name;Code;Segment\nD01;space;clinic\n", encoding="utf-8")
    return path


def codebook(suffix: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / f"themes{suffix}"
        write_codebook(builders.codebook(builders.theme("space", definition="Room")), path)
        return path

    return write


def comments(folder: Path) -> Path:
    document = docx.Document()
    run = document.add_paragraph().add_run("The clinic opened.")
    document.add_comment(run, text="space", author="Ann")
    document.save(str(folder / "report.docx"))
    return folder / "report.docx"


@pytest.mark.parametrize(
    ("write", "kind"),
    [
        (taguette, "taguette"),
        (qualcoder, "qualcoder"),
        (codings, "codings"),
        (comments, "comments"),
        (codebook(".yaml"), "codebook"),
        (codebook(".csv"), "codebook"),
        (codebook(".xlsx"), "codebook"),
        (codebook(".docx"), "codebook"),
    ],
)
def test_a_file_is_known_by_what_it_holds(tmp_path: Path, write: Callable[[Path], Path], kind: str) -> None:
    assert recognise(write(tmp_path)).id == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.qdpx", b"PK\x03\x04 cut", "damaged or incomplete ZIP"),
        ("a.qdpx", b"", "not a .qdpx file"),
        ("a.qde", b"<Project/>", "the project file alone"),
        ("a.qdc", b"<Project/>", "its root is Project"),
        ("a.sqlite3", b"no", "not a Taguette project"),
        ("a.qda", b"no", "not a QualCoder project"),
        ("a.jsonld", b"{", "a.jsonld"),
        ("a.jsonld", b'{"a": 1}', "there is no annotation in it"),
        ("a.yaml", b"themes: [", "check the indentation"),
        ("a.pdf", b"%PDF-1.4", "say --as highlights"),
        ("a.docx", b"PK", "say --as comments or --as codebook"),
        ("a.csv", b"x\n1\n", "say --as codings or --as codebook"),
        ("a.xyz", b"", "sources come in with `ingest`"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_what_is_wrong_with_it(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with builders.project(tmp_path) as project:
        before = project.log(limit=1)
        with pytest.raises(BadInputError, match=said) as caught:
            project.exchange.import_(tmp_path / name)
        assert name in str(caught.value)
        assert project.log(limit=1) == before


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 50, b"PK\x03\x04", b"SQLite format 3\0", b"%PDF-1.4", b"a,b\n1,2\n"]
)
@pytest.mark.parametrize("suffix", [".sqlite3", ".qda", ".csv", ".xlsx", ".docx", ".pdf", ".yaml", ".txt"])
def test_asking_what_a_file_is_never_fails(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content)
    ours = ("taguette", "qualcoder", "codings", "comments", "highlights", "codebook")
    assert not any(FORMATS[name].recognise(path) for name in ours)
    assert not any(FORMATS[name].recognise(tmp_path) for name in ours)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".yaml", ".docx"])
def test_an_import_of_a_codebook_adds_the_themes_that_are_not_there(tmp_path: Path, suffix: str) -> None:
    project = builders.project(tmp_path)
    before = [theme.id for theme in project.codebook.show()]
    book = builders.codebook("funding", "space", builders.theme("trust", definition="Whom they trust"))
    write_codebook(book, tmp_path / f"more{suffix}")
    done = project.exchange.import_(tmp_path / f"more{suffix}", kind="codebook")
    assert (done.new["theme"], done.known["theme"]) == (1, 2)
    assert [theme.id for theme in project.codebook.show()] == [*before, "trust"]
    project.history.undo()
    assert [theme.id for theme in project.codebook.show()] == before


def test_an_export_of_a_codebook_leaves_out_the_rest_and_comes_back(tmp_path: Path) -> None:
    project = builders.project(tmp_path)
    project.codebook.retire("space")
    report = project.exchange.export(tmp_path / "themes.docx", kind="codebook")
    assert [(loss.kind, loss.count) for loss in report.losses] == [("themes", 1)]
    (tmp_path / "other").mkdir()
    other = builders.project(tmp_path / "other", book=builders.codebook("x"))
    other.exchange.import_(tmp_path / "themes.docx")
    assert {theme.id for theme in other.codebook.show()} == {"x", "funding", "funding.barriers"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "source,theme,quote\nD01,space,caf\xe9\n".encode("cp1252"), "not UTF-8"),
        ("x.csv", b"", "the file is empty"),
        ("x.csv", b'source,theme,quote\nD01,"space,x\n', "check its quotation marks"),
        ("x.xlsx", b"PK nothing", "x.xlsx is damaged"),
    ],
)
def test_a_broken_table_ends_in_a_sentence_and_an_unchanged_project(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    project = builders.project(tmp_path)
    (tmp_path / name).write_bytes(content)
    before = len(project.log())
    for kind in ("codings", "codebook"):
        with pytest.raises(BadInputError, match=said):
            project.exchange.import_(tmp_path / name, kind=kind)
    assert len(project.log()) == before


@pytest.mark.e2e
def test_the_command_line_maps_columns_and_takes_proposals(call: Call, tmp_path: Path) -> None:
    project = builders.project(tmp_path)
    builders.read(project, "The clinic opened in a small room.", title="Report")
    project.close()
    path = tmp_path / "mine.csv"
    path.write_text("Where,What,Words\nReport,Spce,small room\n", encoding="utf-8")
    where = f"--project {tmp_path / 'study.fwc'}"
    columns = "--column source=Where --column theme=What --column quote=Words"
    refused = call(f"framework-coder import {path} --as codings {where}")
    assert any("no column for source and theme and quote" in line for line in refused)
    listed = call(f"framework-coder import {path} --as codings {columns} {where}")
    assert any("the closest is “space” [space]; --accept-proposals takes it" in line for line in listed)
    taken = call(f"framework-coder import {path} --as codings {columns} --accept-proposals {where}")
    assert any("“Spce” was taken for “space” [space]." in line for line in taken)
    assert any("coding: 1 new" in line for line in taken)
    wrong = call(f"framework-coder import {path} --as codings --column What {where}")
    assert any("--column" in line for line in wrong)


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """Return an empty project in a file and on a server; at the end of a test it must be whole."""
    place = tmp_path / "study.fwc" if request.param == "sqlite" else new_database()
    with Project.create(place, who="HW") as made:
        yield made
        assert made.check() == []


def test_projects_of_other_tools_come_into_both_kinds_of_database(project: Project, tmp_path: Path) -> None:
    html = "<p>The clinic\u00a0opened \U0001f469\u200d\u2695\ufe0f.</p>"
    paper = Paper(html, html[3:-4], [Highlight("clinic\u00a0opened", ["space"])], name="One")
    first = TaguetteFile([paper], {"space": ""}).write(tmp_path / "one.sqlite3")
    second = QualCoderFolder(tmp_path / "Two.qda")
    second.add("code_name", cid=1, name="Zero\0here", memo="A\0B")
    second.add("source", id=1, name="two.txt", fulltext="Zero\0 and one\r\nand two")
    second.code(1, 1, 6, 9, "and", memo="\0")
    for path in (first, second.folder):
        assert not project.exchange.import_(path).losses
        assert not project.exchange.import_(path).new
    assert [c.quote for c in project.codings.list()] == ["clinic opened", "and"]
    project.history.undo()
    project.history.undo()
    assert not project.sources.list()

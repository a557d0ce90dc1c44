"""A study that goes out as REFI-QDA and comes back is the same study."""

from pathlib import Path

import builders
import pytest
from example_runs import copy_project
from exchange.refi.studies import (
    bundle_of,
    compare,
    project_file,
    rewrite,
    without_framework_note,
    without_links,
)

from framework_coder.errors import ConflictError
from framework_coder.project import Project

KINDS = (
    "design", "codebook", "sites", "sources", "texts", "codings", "claims", "findings", "memos", "coverage",
    "marks", "separations", "plan", "versions", "name",
)  # fmt: skip


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the example's project and its export, which no test may change."""
    folder = tmp_path_factory.mktemp("sent")
    copied = copy_project(tmp_path_factory.getbasetemp(), folder / "own.fwc")
    with Project.open(copied, who="HW") as own:
        own.exchange.export(folder / "study.qdpx")
    return copied, folder / "study.qdpx"


@pytest.mark.parametrize("dialect", ["", "nvivo", "crlf", "atlas"])
def test_the_example_study_comes_back_exactly_from_each_dialect(
    tmp_path: Path, sent: tuple[Path, Path], dialect: str
) -> None:
    with Project.open(sent[0], who="HW") as own, Project.create(tmp_path / "new.fwc", who="HW") as new:
        own.exchange.export(tmp_path / "study.qdpx", dialect=dialect)
        done = new.exchange.import_(tmp_path / "study.qdpx")
        assert not done.is_lossy
        before, after = compare(bundle_of(own)), compare(bundle_of(new))
        for kind in KINDS:
            assert after[kind] == before[kind], kind
        assert new.check() == []


def test_importing_twice_or_into_itself_adds_nothing(tmp_path: Path, sent: tuple[Path, Path]) -> None:
    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        first = new.exchange.import_(sent[1])
        told = new.log(limit=1)
        again = new.exchange.import_(sent[1])
        assert not again.new
        assert not again.is_lossy
        assert again.known == {kind: n for kind, n in first.new.items() if kind in again.known}
        assert new.log(limit=1) == told
    with Project.open(sent[0], who="HW") as own:
        told = own.log(limit=1)
        assert not own.exchange.import_(sent[1]).new
        assert own.log(limit=1) == told


def test_an_import_is_one_step_that_undo_takes_back(tmp_path: Path) -> None:
    with builders.project(tmp_path) as own:
        own.codebook.load(builders.codebook())
        builders.read(own, "The borough pays.")
        own.codings.add("D01", "space", quote="pays")
        own.exchange.export(tmp_path / "study.qdpx")
    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        empty = compare(bundle_of(new))
        new.exchange.import_(tmp_path / "study.qdpx")
        assert len(new.log()) == 2
        new.history.undo()
        assert compare(bundle_of(new)) == empty
        assert new.check() == []


def test_a_dry_run_tells_the_same_and_stores_nothing(tmp_path: Path, sent: tuple[Path, Path]) -> None:
    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        before = new.log(limit=1)
        tried = new.exchange.import_(sent[1], is_dry_run=True)
        assert new.log(limit=1) == before
        assert compare(bundle_of(new))["sources"] == []
        assert new.exchange.import_(sent[1]) == tried


def test_what_goes_on_from_the_import_bears_the_guids_it_came_with(
    tmp_path: Path, sent: tuple[Path, Path]
) -> None:
    import re

    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        new.exchange.import_(sent[1])
        new.exchange.export(tmp_path / "again.qdpx")
    first, again = (project_file(path) for path in (sent[1], tmp_path / "again.qdpx"))
    for tag in (
        "Code",
        "Case",
        "TextSource",
        "PDFSource",
        "PlainTextSelection",
        "Coding",
        "User",
        "Variable",
    ):
        found = [set(re.findall(rf'<{tag} guid="([^"]+)"', xml)) for xml in (first, again)]
        assert found[0], tag
        assert found[0] <= found[1], tag


def test_without_the_framework_note_cells_come_back_from_their_links(
    tmp_path: Path, sent: tuple[Path, Path]
) -> None:
    path = rewrite(sent[1], tmp_path / "study.qdpx", without_framework_note)
    with Project.open(sent[0], who="HW") as own, Project.create(tmp_path / "new.fwc", who="HW") as new:
        done = new.exchange.import_(path)
        before, after = bundle_of(own), bundle_of(new)
        assert _cells(after) == _cells(before)
        assert _evidence(after) == _evidence(before)
        assert [site.code for site in after.sites] == [site.code for site in before.sites]
        assert {s.name: dict(s.attributes) for s in after.sites} == {
            s.name: dict(s.attributes) for s in before.sites
        }
        assert [(s.ref, s.method, s.sites) for s in after.sources] == [
            (s.ref, s.method, s.sites) for s in before.sources
        ]
        assert "came without the framework note: kinds, values, decisions" in str(done.losses)
        assert new.check() == []


def test_without_links_too_cells_come_back_from_their_names(tmp_path: Path, sent: tuple[Path, Path]) -> None:
    path = rewrite(sent[1], tmp_path / "study.qdpx", lambda xml: without_links(without_framework_note(xml)))
    with Project.open(sent[0], who="HW") as own, Project.create(tmp_path / "new.fwc", who="HW") as new:
        done = new.exchange.import_(path)
        assert _cells(bundle_of(new)) == _cells(bundle_of(own))
        assert _evidence(bundle_of(new)) == []
        assert "came without links, by their names: their evidence is not there" in str(done.losses)


def _paths(bundle: object) -> dict[str, str]:
    book = bundle.codebook  # type: ignore[attr-defined]
    return {theme.id: book.path(theme.id) for theme in book}


def _cells(bundle: object) -> list[tuple[str, str, str]]:
    paths = _paths(bundle)
    return sorted(
        (c.site, paths[c.theme], " ".join(c.summary.split()))
        for c in bundle.claims  # type: ignore[attr-defined]
    )


def _evidence(bundle: object) -> list[tuple[str, str, int, int, str]]:
    codings = {c.key: c for c in bundle.codings}  # type: ignore[attr-defined]
    return sorted(
        {
            (" ".join(claim.summary.split()), c.source, c.start, c.end, link.stance.value)
            for claim in bundle.claims  # type: ignore[attr-defined]
            for link in claim.evidence
            for c in [codings[link.coding]]
            if c.state.value == "accepted"
        }
    )


def test_a_site_as_case_set_and_variable_comes_back_as_one(tmp_path: Path, sent: tuple[Path, Path]) -> None:
    xml = project_file(sent[1])
    assert xml.count("<Case ") == xml.count('name="Site: ') == 20
    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        new.exchange.import_(rewrite(sent[1], tmp_path / "s.qdpx", without_framework_note))
        assert len(new.sites.list()) == 20


def test_what_another_tool_changed_holds_and_an_edited_cell_is_kept_as_a_memo(
    tmp_path: Path, sent: tuple[Path, Path]
) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    xml = project_file(sent[1])
    name = xml.split('name="[Summary] ')[1].split('"')[0]
    guid = xml.split('name="[Summary] ')[0].rpartition('guid="')[2][:36]
    first = xml.split("<Code guid=")[1].split('name="')[1].split('"')[0]
    path = tmp_path / "edited.qdpx"
    with ZipFile(sent[1]) as old, ZipFile(path, "w", ZIP_DEFLATED) as new_zip:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "project.qde":
                content = content.replace(f'name="{first}" '.encode(), b'name="Renamed there" ', 1)
            if info.filename == f"sources/{guid}.txt":
                content = b"Somebody wrote something else."
            new_zip.writestr(info, content)
    with Project.create(tmp_path / "new.fwc", who="HW") as new:
        done = new.exchange.import_(path)
        after = bundle_of(new)
    assert "Renamed there" in {theme.label for theme in after.codebook}
    memo = next(memo for memo in after.memos if memo.text == "Somebody wrote something else.")
    assert name.partition(" × ")[0] in memo.title
    assert memo.targets[0].site
    assert memo.targets[0].theme
    assert "cells: 1" in "\n".join(f"{loss.kind}: {loss.count}" for loss in done.losses)


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    with builders.project(tmp_path) as own:
        (tmp_path / "study.qdpx").write_bytes(b"mine")
        with pytest.raises(ConflictError, match="is there already"):
            own.exchange.export(tmp_path / "study.qdpx")
        assert (tmp_path / "study.qdpx").read_bytes() == b"mine"
        own.exchange.export(tmp_path / "study.qdpx", replace=True)
    assert (tmp_path / "study.qdpx").read_bytes()[:2] == b"PK"

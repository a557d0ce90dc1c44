"""Files of other tools and workbooks that come back: seen first, decided on, stored whole or not at all."""

import io
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from web.conftest import Interface
from web.import_steps import PATIENCE, Importing
from web.stalling import look_or_stall, store_and_stall

from framework_coder.readers.worker import StoppedError
from framework_coder.web.dropped import Dropped
from framework_coder.web.foreign import PERHAPS
from framework_coder.web.looks import Looks
from framework_coder.web.payloads.imports import Look

pytestmark = pytest.mark.usefixtures("temporary")


def edit(place: Path, *changes: tuple[int, int, str], more: list[Any] | None = None) -> bytes:
    """Return an audit workbook with changed cells (row, column) in its claims, and a row more."""
    book = openpyxl.load_workbook(place)
    sheet = book["Claims"]
    for row, column, text in changes:
        sheet.cell(row, column).value = text
    if more:
        sheet.append(more)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def audit(interface: Interface, tmp_path: Path) -> Path:
    """Write the audit workbook of the project."""
    interface.project.matrix().save(tmp_path / "audit.xlsx")
    return tmp_path / "audit.xlsx"


def columns(place: Path) -> dict[str, int]:
    return {str(cell.value): int(cell.column or 0) for cell in openpyxl.load_workbook(place)["Claims"][1]}


def summaries(interface: Interface) -> dict[int, str]:
    return {claim.id: claim.summary for claim in interface.project.claims.list()}


def test_an_edited_workbook_shows_its_differences_and_is_applied_as_one_step(
    interface: Interface, importing: Importing, audit: Path
) -> None:
    before, at = summaries(interface), columns(audit)
    new = [{"Site": "S03", "Theme": "funding", "Summary": "Nobody pays."}.get(title, "") for title in at]
    interface.project.claims.edit(1, summary="The project says so.")
    given = edit(
        audit,
        (2, at["Summary"], "The workbook says so."),
        (3, at["Comment"], "Seen by Eve."),
        more=new,
    )
    (file,) = importing.gather({"audit.xlsx": given})["files"]
    assert (file["state"], file["action"]) == ("sent", "take:workbook")
    assert file["told"] == "Claims: 1 added, 2 edited, 0 deleted, 0 untouched, 1 in conflict."
    marks = {(each["mark"], each["claim"]): each for each in file["look"]["differences"]}
    assert marks["edited", 1]["sides"] == ["workbook", "project"]
    assert marks["edited", 1]["fields"] == [
        {
            "name": "summary",
            "base": before[1],
            "given": "The workbook says so.",
            "now": "The project says so.",
        }
    ]
    assert marks["edited", 2]["sides"] == marks["added", 0]["sides"] == []
    assert summaries(interface) == {**before, 1: "The project says so."}, "nothing is changed yet"

    refused = importing.start()
    assert refused.status_code == 422
    assert "whose text holds" in refused.json()["sentence"]
    importing.start(decided={1: "workbook"})
    (done,) = importing.wait()["files"]
    assert done["state"] == "taken over", done
    assert sorted(summaries(interface).values()) == sorted(
        ["The workbook says so.", before[2], "Nobody pays."]
    )
    interface.project.history.undo()
    assert summaries(interface) == {**before, 1: "The project says so."}


def test_what_a_workbook_does_not_make_clear_is_listed_row_by_row_and_nothing_comes_in(
    importing: Importing, audit: Path
) -> None:
    given = edit(audit, (2, columns(audit)["Theme"], "fundin"), (3, columns(audit)["Kind"], "guess"))
    (file,) = importing.gather({"audit.xlsx": given})["files"]
    assert len(file["look"]["faults"]) == 2
    assert "audit.xlsx, line 2, Theme: there is no theme “fundin”" in file["look"]["faults"][0]
    refused = importing.start()
    assert refused.status_code == 422
    assert "audit.xlsx cannot come in as it is" in refused.json()["sentence"]


def test_codings_in_columns_of_any_name_are_mapped_on_the_page(
    interface: Interface, importing: Importing
) -> None:
    table = b"Where,What,Words\nM01,funding,That was agreed in 2012.\nM01,funding,Not there at all.\n"
    (file,) = importing.gather({"S01/coded.csv": table})["files"]
    assert file["action"] == "import", "a table of unknown columns is a source, until somebody says more"
    (file,) = importing.look(action="take:codings")["files"]
    assert "no column for source and theme and quote" in " ".join(file["look"]["faults"])
    shown = {
        each["name"]: [option["value"] for option in each["options"]] for each in file["look"]["settings"]
    }
    assert shown["column:source"] == ["-", "Where", "What", "Words"]
    mapped = {"column:source": "Where", "column:theme": "What", "column:quote": "Words"}
    (file,) = importing.look(action="take:codings", settings=mapped)["files"]
    assert file["look"]["faults"] == []
    assert [loss["kind"] for loss in file["look"]["losses"]] == ["codings"]
    importing.start()
    (done,) = importing.wait()["files"]
    assert (done["state"], len(done["look"]["losses"])) == ("taken over", 1)
    assert "That was agreed in 2012." in {coding.quote for coding in interface.project.codings.list()}
    interface.project.history.undo()
    assert "That was agreed in 2012." not in {coding.quote for coding in interface.project.codings.list()}


def test_a_matrix_made_elsewhere_is_mapped_heading_by_heading(
    interface: Interface, importing: Importing
) -> None:
    table = b"Case,Funding,Money,Aside\nS03,,The parish pays.,Ring back.\n"
    importing.gather({"old matrix.csv": table})
    (file,) = importing.look(action="take:matrix")["files"]
    assert len(file["look"]["faults"]) == 2, file["look"]
    settings = {"column:Funding": "-", "column:Money": "funding"}
    (file,) = importing.look(action="take:matrix", settings=settings)["files"]
    assert len(file["look"]["faults"]) == 1, "a heading that nobody decided on is not passed over"
    (file,) = importing.look(action="take:matrix", settings={**settings, "column:Aside": "-"})["files"]
    assert file["told"] == "Would bring 1 claims without evidence."
    importing.start()
    importing.wait()
    (claim,) = [each for each in interface.project.claims.list() if each.summary == "The parish pays."]
    assert (claim.theme, claim.comment) == ("funding", "From old matrix.csv, without evidence.")


def test_an_archive_says_how_it_is_restored_and_must_be_decided_on(
    interface: Interface, importing: Importing, tmp_path: Path
) -> None:
    interface.project.exchange.export(tmp_path / "kept.zip")
    (file,) = importing.gather({"kept.zip": (tmp_path / "kept.zip").read_bytes()})["files"]
    assert file["action"] == ""
    assert "restored exactly, as a new project: framework-coder import kept.zip" in file["told"]
    assert importing.start().status_code == 422


def test_every_format_that_the_command_line_reads_can_be_chosen_for_some_file(interface: Interface) -> None:
    offered = {kind for kinds in PERHAPS.values() for kind in kinds}
    assert {kind for kind, _, reads, _ in interface.project.exchange.formats() if reads} <= offered


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some files stall or crash the process that looks at them."""
    for name in ("recognise", "look_at"):
        monkeypatch.setattr(f"framework_coder.web.looks.{name}", look_or_stall)


@pytest.mark.usefixtures("hostile")
def test_a_file_that_crashes_its_process_is_told_and_the_next_is_looked_at(importing: Importing) -> None:
    book = b"name: More\nthemes:\n  - {id: rooms, label: Rooms}\n"
    crashed, fine = importing.gather({"crash.qdpx": b"x", "more.yaml": book})["files"]
    assert (crashed["action"], fine["action"]) == ("skip", "take:codebook")
    assert "crash.qdpx made its reader break down" in crashed["told"]


@pytest.mark.usefixtures("hostile")
def test_a_file_that_stalls_while_it_is_looked_at_is_left_out_and_the_next_is_looked_at(
    importing: Importing,
) -> None:
    listed = [{"name": name, "size": 1} for name in ("stall.qdpx", "more.yaml")]
    importing.job = importing.call("POST", "", json={"files": listed}).json()
    importing.send(0, b"x")
    importing.send(1, b"name: More\nthemes:\n  - {id: rooms, label: Rooms}\n")
    assert importing.start().status_code == 409, "what is not seen yet does not come in"
    importing.call("DELETE", f"/{importing.job['id']}/files/0")
    assert [file["state"] for file in importing.look()["files"]] == ["left out", "sent"]


@pytest.mark.parametrize(
    ("work", "name", "content", "action", "state"),
    [
        (
            "take_over",
            "more.yaml",
            b"name: M\nthemes:\n  - {id: r, label: R}\n",
            "take:codebook",
            "taking over",
        ),
        ("revise", "meeting.txt", b"All is new.", "revise", "reading"),
    ],
)
def test_what_is_cancelled_half_way_leaves_the_project_as_it_was(
    interface: Interface,
    importing: Importing,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
    name: str,
    content: bytes,
    action: str,
    state: str,
) -> None:
    monkeypatch.setattr(f"framework_coder.web.looks.{work}", store_and_stall)
    importing.gather({f"S01/{name}": content})
    entry = interface.project.history.newest()
    importing.start(action=action)
    until = time.monotonic() + PATIENCE
    while importing.call("GET", f"/{importing.job['id']}").json()["files"][0]["state"] != state:
        assert time.monotonic() < until
    time.sleep(1)
    importing.call("DELETE", f"/{importing.job['id']}")
    done = importing.wait()
    assert (done["state"], done["files"][0]["state"]) == ("cancelled", "not reached")
    assert "nothing of it was kept" in done["files"][0]["told"]
    assert interface.project.history.newest() == entry
    interface.project.sites.add("S98", "The store takes changes again")
    assert interface.project.check() == []


def test_a_take_over_that_is_cancelled_when_it_is_stored_sends_to_the_journal(
    interface: Interface, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Looks.take

    def take_and_hear_stop(looks: Looks, file: Dropped, path: Path) -> Look:
        take(looks, file, path)
        raise StoppedError(file.name)

    monkeypatch.setattr(Looks, "take", take_and_hear_stop)
    importing.gather({"more.yaml": b"name: More\nthemes:\n  - {id: rooms, label: Rooms}\n"})
    importing.start()
    assert "the journal says" in importing.wait()["files"][0]["told"]
    assert "rooms" in interface.project.codebook.show()

"""Imports from the browser: what is proposed, what is refused, and that nothing half-done is left."""

import functools
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from web.conftest import Interface
from web.import_steps import Importing
from web.stalling import prepare_or_stall

from framework_coder.readers.worker import WorkerPool
from framework_coder.web import uploads
from framework_coder.web.dropped import Dropped
from framework_coder.web.importing import Import

pytestmark = pytest.mark.usefixtures("temporary")


def test_a_folder_proposes_site_and_method_and_a_drop_is_one_step(
    interface: Interface, importing: Importing
) -> None:
    entry = interface.project.history.newest()
    files = {
        "drop/S02/interview with Eve.txt": b"Eve said much. The room is cold.",
        "drop/northfield/leaflet.txt": b"Come and see us.",
        "drop/Weston/plan.txt": b"We plan to open in May.",
    }
    proposed = {file["name"]: (file["site"], file["method"]) for file in importing.gather(files)["files"]}
    assert proposed == {
        "drop/S02/interview with Eve.txt": ("S02", "meeting"),
        "drop/northfield/leaflet.txt": ("S01", "document"),
        "drop/Weston/plan.txt": ("Weston", "document"),
    }
    assert interface.project.history.newest() == entry, "nothing is stored before the start"
    importing.start()
    done = importing.wait()
    assert (done["state"], done["told"]) == ("done", "3 read.")
    assert {source.path for source in interface.project.sources.list()} >= set(files)
    assert interface.project.sites.get("Weston").name == "Weston"
    interface.project.history.undo()
    assert {source.path for source in interface.project.sources.list()}.isdisjoint(files)


def test_a_bad_file_is_refused_in_its_readers_sentence_and_the_others_are_read(importing: Importing) -> None:
    files = importing.run({"S01/broken.docx": b"PK\x03\x04 no archive", "S01/good.txt": b"Good words here."})
    assert files["S01/good.txt"]["state"] == "read"
    broken = files["S01/broken.docx"]
    assert broken["state"] == "refused"
    assert "broken.docx" in broken["told"]
    assert "upload-" not in broken["told"]


def test_a_bomb_is_refused_and_the_others_are_read(importing: Importing) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/document.xml", b"<a>" * 30_000_000)
    files = importing.run({"S01/bomb.docx": packed.getvalue(), "S01/good.txt": b"Good words here."})
    assert (files["S01/bomb.docx"]["state"], files["S01/good.txt"]["state"]) == ("refused", "read")


def test_a_file_that_stalls_its_reader_is_given_up_and_the_others_are_read(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.workflows.ingest.prepare", prepare_or_stall)
    quick = functools.partial(WorkerPool, time_limit=1.0)
    monkeypatch.setattr("framework_coder.workflows.ingest.WorkerPool", quick)
    files = importing.run({"S01/stall.txt": b"Still here.", "S01/good.txt": b"Good words here."})
    assert files["S01/good.txt"]["state"] == "read"
    assert "not read within 1 seconds" in files["S01/stall.txt"]["told"]


def test_the_same_bytes_are_offered_for_decision(interface: Interface, importing: Importing) -> None:
    original = interface.project.sources.original("M01").content
    (file,) = importing.gather({"S02/again.txt": original})["files"]
    assert (file["action"], file["ref"]) == ("skip", "M01")
    importing.start(action="import")
    (done,) = importing.wait()["files"]
    assert done["state"] == "shared"
    assert interface.project.sources.get("M01").sites == (1, 2)


def test_a_file_of_the_same_name_must_be_decided_on_and_can_replace_the_text(
    interface: Interface, importing: Importing
) -> None:
    newer = b"Meeting with Ben\n\nA new line. Patients pay half. That was agreed in 2012.\n"
    (file,) = importing.gather({"S01/meeting.txt": newer})["files"]
    assert (file["action"], file["ref"]) == ("", "M01")
    assert importing.start().status_code == 422
    assert importing.start(action="revise").status_code == 200
    (done,) = importing.wait()["files"]
    assert done["state"] == "revised"
    assert "1 coding stands, 0 drifted" in done["told"]
    assert "A new line." in interface.project.sources.text("M01").text


def test_a_codebook_is_tried_first_and_taken_over_when_started(
    interface: Interface, importing: Importing
) -> None:
    book = b"name: More\nthemes:\n  - {id: rooms, label: Rooms}\n"
    (file,) = importing.gather({"more.yaml": book})["files"]
    assert file["action"] == "take:codebook"
    assert file["told"].startswith("Would bring 1 ")
    assert "rooms" not in {theme.id for theme in interface.project.codebook.show()}
    importing.start()
    (done,) = importing.wait()["files"]
    assert done["state"] == "taken over", done
    assert interface.project.codebook.show()["rooms"].label == "Rooms"


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "S01/\x00\n.txt", "…/" * 300]
)
def test_a_name_is_never_a_path(importing: Importing, temporary: Path, name: str) -> None:
    (file,) = importing.gather({name: b"Words of some kind."})["files"]
    assert not file["name"].startswith("/")
    assert ".." not in file["name"].split("/")
    (folder,) = temporary.iterdir()
    assert [path.parent for path in folder.rglob("*")] == [folder]


def test_too_large_and_too_many_are_refused_with_a_sentence(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1000)
    monkeypatch.setattr(uploads, "MOST_FILES", 3)
    monkeypatch.setattr(uploads, "LARGEST_IMPORT", 5000)
    many = importing.call("POST", "", json={"files": [{"name": f"{n}.txt", "size": 1} for n in range(4)]})
    heavy = importing.call("POST", "", json={"files": [{"name": "a", "size": 5001}]})
    importing.job = importing.call("POST", "", json={"files": [{"name": "a.txt", "size": 10}]}).json()
    lying = importing.send(0, b"x" * 5000)
    for answer in (many, heavy, lying):
        assert answer.status_code == 413
        assert answer.json()["sentence"].endswith(".")
    assert importing.send(0, b"x" * 10).status_code == 200, "a smaller one may come in its place"


def test_nothing_comes_in_from_another_page(interface: Interface, importing: Importing) -> None:
    importing.job = importing.call("POST", "", json={"files": [{"name": "a.txt", "size": 1}]}).json()
    path = f"/api/imports/{importing.job['id']}"
    for method, address in (("PUT", f"{path}/files/0"), ("POST", f"{path}/start"), ("DELETE", path)):
        answer = interface.browser.request(
            method, address, content=b"x", headers={"Origin": "http://evil.test"}
        )
        assert answer.status_code == 403


def test_a_second_import_waits_for_the_first_which_can_be_cancelled_half_way(
    interface: Interface, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.workflows.ingest.prepare", prepare_or_stall)
    quick = functools.partial(WorkerPool, 1, time_limit=2.0)
    monkeypatch.setattr("framework_coder.workflows.ingest.WorkerPool", lambda _workers: quick())
    importing.gather({"S01/a.txt": b"First words.", "S01/stall.txt": b"Stalls.", "S01/z.txt": b"Last words."})
    importing.start()
    second = importing.call("POST", "", json={"files": [{"name": "b.txt", "size": 1}]})
    assert second.status_code == 409
    importing.call("DELETE", f"/{importing.job['id']}")
    done = importing.wait()
    states = {file["name"]: file["state"] for file in done["files"]}
    assert done["state"] == "cancelled"
    assert "not reached" in states.values()
    assert set(states.values()) <= {"read", "not reached", "refused"}
    kept = {source.path for source in interface.project.sources.list()}
    assert kept >= {name for name, state in states.items() if state == "read"}
    assert interface.project.check() == []


def test_an_import_of_nothing_is_answered_and_can_be_cancelled(importing: Importing) -> None:
    assert importing.gather({})["files"] == []
    assert importing.call("DELETE", f"/{importing.job['id']}").json()["state"] == "cancelled"


@pytest.mark.parametrize(
    ("name", "step"), [("S02/a.txt", "_propose_older"), ("codings.csv", "_settle")], ids=["source", "table"]
)
def test_a_file_is_ready_only_when_it_is_known_what_to_do_with_it(
    importing: Importing, monkeypatch: pytest.MonkeyPatch, name: str, step: str
) -> None:
    decide, seen = getattr(Import, step), []

    def watch(job: Import, file: Dropped, *given: Any) -> None:
        seen.append(job.tell().files[file.number].state)
        decide(job, file, *given)

    monkeypatch.setattr(Import, step, watch)
    importing.gather({name: b"theme,quote,source\nfunding,The borough pays.,D01\n"})
    assert importing.look()["files"][0]["state"] == "sent"
    assert seen == ["waiting" if step == "_propose_older" else "looking"]
    importing.call("DELETE", f"/{importing.job['id']}")


def test_one_file_is_left_out_and_the_rest_comes_in(importing: Importing) -> None:
    importing.gather({"S01/a.txt": b"First words.", "S01/b.txt": b"Second words."})
    importing.job = importing.call("DELETE", f"/{importing.job['id']}/files/0").json()
    importing.start()
    assert [file["state"] for file in importing.wait()["files"]] == ["left out", "read"]


def test_a_file_without_a_site_is_asked_about_before_anything_is_stored(
    interface: Interface, importing: Importing
) -> None:
    entry = interface.project.history.newest()
    importing.gather({"loose.txt": b"Whose am I?"})
    refused = importing.start()
    assert refused.status_code == 422
    assert "Choose the site that loose.txt belongs to" in refused.json()["sentence"]
    assert interface.project.history.newest() == entry


@pytest.mark.parametrize("ask", [
    lambda it: it.call("GET", "/nothing"),
    lambda it: it.call("DELETE", "/nothing"),
    lambda it: it.call("PUT", "/nothing/files/0", content=b"x"),
    lambda it: it.call("PUT", f"/{it.job['id']}/files/7", content=b"x"),
    lambda it: it.call("PUT", f"/{it.job['id']}/files/0", content=b"sent twice"),
    lambda it: it.call("DELETE", f"/{it.job['id']}/files/-1"),
])  # fmt: skip
def test_what_is_not_there_is_told(importing: Importing, ask: Callable[[Importing], Any]) -> None:
    importing.gather({"S01/a.txt": b"First words."})
    assert ask(importing).status_code == 404

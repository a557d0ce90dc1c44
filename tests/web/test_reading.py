"""Beside the text: proposals decided together, emergent themes, memos, coverage, claims, drifted codings."""

from pathlib import Path

import pytest
from web.conftest import ORIGIN, Interface

from framework_coder.model.codings import CodingState
from framework_coder.web.proposing import Proposing

ROOM = {"label": "Room rent", "why": "“There is no room for us.”"}
HOSTILE = "<script>alert(1)</script>"


def send(interface: Interface, method: str, path: str, body: object = None) -> dict[str, object]:
    answer = interface.browser.request(method, path, json=body, headers=ORIGIN)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def test_rules_propose_and_all_proposals_are_decided_in_one_step(interface: Interface) -> None:
    told = send(interface, "POST", "/api/sources/D01/proposals")["told"]
    assert told == "1 passage proposed by the rules of the themes."
    waiting = interface.project.codings.list(sources=["D01"], states=[CodingState.PROPOSED])
    body = {"codings": [coding.id for coding in waiting], "is_accepted": False}
    assert send(interface, "POST", "/api/decisions", body)["told"] == "1 proposal rejected."
    assert not interface.project.codings.list(sources=["D01"], states=[CodingState.PROPOSED])
    again = str(send(interface, "POST", "/api/sources/D01/proposals")["told"])
    assert again.startswith("The rules of the themes propose nothing")
    interface.project.history.undo()
    assert interface.project.codings.list(sources=["D01"], states=[CodingState.PROPOSED]) == waiting


def test_rules_over_a_long_source_tell_how_far_they_are_and_can_be_stopped(
    interface: Interface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework_coder.workflows.suggesting.PART", 10)
    seen = []

    def stop_after_one(run: Proposing, *_: object) -> None:
        run.done += 1
        seen.append(send(interface, "GET", "/api/sources/D01/proposals"))
        send(interface, "DELETE", "/api/sources/D01/proposals")

    monkeypatch.setattr(Proposing, "advance", stop_after_one)
    told = send(interface, "POST", "/api/sources/D01/proposals")["told"]
    assert told == "Stopped: nothing was proposed."
    assert seen == [{"done": 1, "total": 3}]
    assert not interface.project.codings.list(sources=["D01"], states=[CodingState.PROPOSED])
    assert send(interface, "GET", "/api/sources/D01/proposals") == {"done": 0, "total": 0}


def test_a_proposal_tells_its_reason_and_is_accepted_at_another_theme(interface: Interface) -> None:
    send(interface, "POST", "/api/sources/D01/proposals")
    codings = interface.browser.get("/api/sources/D01/codings").json()["codings"]
    (proposal,) = [coding for coding in codings if coding["state"] == "proposed"]
    assert "quiet year" in proposal["reason"]
    done = send(interface, "POST", f"/api/codings/{proposal['id']}/accept", {"theme": "integration"})
    assert done["coding"]["theme"] == "integration"  # type: ignore[index]
    assert done["coding"]["state"] == "accepted"  # type: ignore[index]


def test_an_emergent_theme_is_made_with_an_id_of_its_own(interface: Interface) -> None:
    made = send(interface, "POST", "/api/emergent-themes", {**ROOM, "parent": "integration"})
    assert made["made"] == "integration.room_rent"
    again = send(interface, "POST", "/api/emergent-themes", {**ROOM, "parent": "integration"})
    assert again["made"] == "integration.room_rent_2"
    assert interface.project.codebook.show()["integration.room_rent"].origin.value == "emergent"
    refused = interface.browser.post("/api/emergent-themes", json={**ROOM, "label": " "}, headers=ORIGIN)
    assert refused.status_code == 422
    assert "label is empty" in refused.json()["sentence"]


def test_memos_are_written_on_the_source_and_on_a_coding(interface: Interface) -> None:
    coding = interface.project.codings.list(sources=["D01"])[0].id
    send(interface, "POST", "/api/sources/D01/memos", {"title": "Whole", "text": HOSTILE})
    now = send(interface, "POST", "/api/sources/D01/memos", {"title": "Passage", "coding": coding})
    own, on_coding = now["memos"]  # type: ignore[misc]
    assert (own["coding"], on_coding["coding"]) == (None, coding)
    state = interface.browser.get("/api/sources/D01/codings").json()
    assert (state["noted"], state["memos"]) == ([coding], 1)
    path = f"/api/sources/D01/memos/{own['id']}"
    send(interface, "PUT", path, {"title": "Mine", "text": "", "edition": own["edition"]})
    stale = {"title": "Theirs", "text": "", "edition": own["edition"]}
    refused = interface.browser.put(path, json=stale, headers=ORIGIN)
    assert refused.status_code == 409
    assert interface.project.memos.get(own["id"]).title == "Mine"
    left = send(interface, "DELETE", path)["memos"]
    assert [memo["title"] for memo in left] == ["Passage"]  # type: ignore[attr-defined]


def test_coverage_is_recorded_by_theme_and_taken_back(interface: Interface) -> None:
    path = "/api/sources/D01/coverage"
    lines = {line["theme"]: line for line in interface.browser.get(path).json()["lines"]}
    assert {line["standing"] for line in lines.values()} == {"examined"}
    assert lines["integration.barriers"]["group"] == "Integration"
    now = send(interface, "PUT", path, {"themes": ["funding"], "state": "not"})
    assert {line["theme"]: line["standing"] for line in now["lines"]}["funding"] == "not"  # type: ignore[attr-defined]
    send(interface, "PUT", path, {"themes": ["funding"], "state": "partly"})
    assert interface.browser.get("/api/sources/D01/codings").json()["examined"] == ["integration.barriers"]
    refused = interface.browser.put(path, json={"themes": ["funding"], "state": "wholly"}, headers=ORIGIN)
    assert refused.status_code == 422


def test_a_coding_is_linked_to_a_claim_of_its_cell_with_a_stance(interface: Interface) -> None:
    coding = interface.project.codings.add("Q01", "funding", quote="The borough pays.")
    path = f"/api/codings/{coding.id}/claims"
    found = interface.browser.get(path).json()
    assert (found["site"], found["theme"]) == ("S01", "funding")
    (claim,) = found["claims"]
    assert (claim["summary"], claim["stance"]) == ("The borough pays.", "")
    for stance in ("qualifies", "supports", ""):
        now = send(interface, "PUT", f"{path}/{claim['claim']}", {"stance": stance})
        assert now["claims"][0]["stance"] == stance  # type: ignore[index]
    refused = interface.browser.put(f"{path}/{claim['claim']}", json={"stance": "likes"}, headers=ORIGIN)
    assert refused.status_code == 422


def test_a_passage_of_a_theme_below_can_be_evidence_of_a_claim_of_the_theme_above(
    interface: Interface,
) -> None:
    interface.project.claims.add("S01", "integration", "They work apart.")
    coding = interface.project.codings.add("Q01", "integration.barriers", quote="Nothing much.")
    found = interface.browser.get(f"/api/codings/{coding.id}/claims").json()["claims"]
    assert [claim["label"] for claim in found] == ["Integration"]


@pytest.fixture
def revised(interface: Interface, tmp_path: Path) -> Interface:
    (tmp_path / "meeting.txt").write_text("Meeting with Ben\n\nPatients pay about half now.\n", "utf-8")
    interface.project.sources.revise("M01", tmp_path / "meeting.txt")
    return interface


def test_a_drifted_coding_is_listed_with_what_comes_nearest_and_placed(revised: Interface) -> None:
    (line,) = revised.browser.get("/api/sources/M01/drifted").json()
    assert line["quote"] == "Patients pay half."
    assert revised.browser.get("/api/sources/M01/codings").json()["drifted"] == 1
    text = revised.project.sources.text("M01").text
    start = text.index("Patients")
    body = {"start": start, "end": start + 12, "quote": "Patients pay"}
    done = send(revised, "POST", f"/api/codings/{line['coding']}/place", body)
    assert done["coding"]["start"] == start  # type: ignore[index]
    assert revised.browser.get("/api/sources/M01/drifted").json() == []


def test_a_drifted_coding_is_let_go(revised: Interface) -> None:
    (line,) = revised.browser.get("/api/sources/M01/drifted").json()
    send(revised, "POST", f"/api/codings/{line['coding']}/let-go")
    assert revised.browser.get("/api/sources/M01/codings").json()["drifted"] == 0


def test_sources_of_the_site_that_copy_another_are_told(interface: Interface, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(80))
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\n{words}", "utf-8")
        interface.project.sources.ingest(tmp_path / f"{name}.txt", site="S01", method="document", workers=0)
    (pair,) = interface.browser.get("/api/sources/D01/alike").json()
    assert pair["told"].startswith("copies ")
    assert "not decided" in pair["told"]

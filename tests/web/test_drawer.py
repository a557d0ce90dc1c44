"""The drawer: what is decided on a cell and its claims; each change answers with the cell as it is then."""

from typing import Any

import pytest
from web.conftest import ORIGIN, Interface

CELL = "/api/cells/S01/funding"


def send(interface: Interface, method: str, path: str, **body: Any) -> dict[str, Any]:
    """Send a change to the cell and return the cell as it is then."""
    answer = interface.browser.request(method, CELL + path, headers=ORIGIN, json=body or None)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def claim_of(cell: dict[str, Any]) -> dict[str, Any]:
    return dict(cell["claims"][0])


@pytest.fixture
def cell(interface: Interface) -> dict[str, Any]:
    """Return a cell with a claim that one source supports and another contradicts."""
    return dict(interface.browser.get(CELL).json())


def review(interface: Interface, method: str, path: str, **body: Any) -> dict[str, Any]:
    """Send a decision as drawer and queues do, and return the claim of the cell as it is then."""
    answer = interface.browser.request(method, f"/api{path}", headers=ORIGIN, json=body or None)
    assert answer.status_code == 200, answer.text
    return claim_of(dict(interface.browser.get(CELL).json()))


def test_a_decision_shows_in_the_cell_and_goes_stale_when_a_side_changes(
    interface: Interface, cell: dict[str, Any]
) -> None:
    claim = claim_of(cell)
    assert (claim["status"], claim["can_be_decided"], claim["decision"]) == ("contested", True, None)
    path = f"/claims/{claim['id']}/adjudication"
    decided = review(interface, "POST", path, decision="both_by_part", reason="Both pay.")
    assert (decided["status"], decided["decision"]["reason"]) == ("resolved", "Both pay.")
    line = next(line for line in claim["evidence"] if line["stance"] == "contradicts")
    stale = send(interface, "DELETE", f"/claims/{claim['id']}/evidence/{line['coding']}")
    assert claim_of(stale)["decision"]["is_stale"]
    assert review(interface, "DELETE", path)["decision"] is None


def test_what_is_confirmed_of_a_pair_of_methods_shows_in_the_cell(
    interface: Interface, cell: dict[str, Any]
) -> None:
    claim = claim_of(cell)
    pair = next(pair for pair in claim["pairs"] if pair["awaits"])
    spot = {"claim": claim["id"], "first": pair["first"], "second": pair["second"]}
    other = "agreement" if pair["suggested"] != "agreement" else "partial"
    changed = review(
        interface, "POST", "/convergence", pairs=[spot], confirmed=other, reason="On reflection."
    )
    stands = [each for each in changed["pairs"] if each["state"] == "confirmed"]
    assert [(each["stands"], each["reason"]) for each in stands] == [(other, "On reflection.")]
    reopened = review(interface, "POST", "/convergence/reopen", pairs=[spot])
    assert all(each["state"] == "open" for each in reopened["pairs"])


def test_a_member_check_is_recorded_beside_the_status(interface: Interface, cell: dict[str, Any]) -> None:
    claim = claim_of(cell)
    path = f"/claims/{claim['id']}/check"
    checked = review(interface, "POST", path, state="corrected", informant="Anna", reply="Half of it.")
    assert (checked["check"]["state"], checked["check"]["reply"]) == ("corrected", "Half of it.")
    assert checked["status"] == claim["status"]


def test_memos_hang_on_the_cell_and_on_a_claim_and_a_stale_one_overwrites_nothing(
    interface: Interface, cell: dict[str, Any]
) -> None:
    number = claim_of(cell)["id"]
    send(interface, "POST", "/memos", title="Odd", text="Ask again.", kind="analytic")
    there = send(interface, "POST", "/memos", title="Sum", text="Check it.", claim=number)
    assert [memo["title"] for memo in there["memos"]] == ["Odd"]
    (memo,) = claim_of(there)["memos"]
    path = f"/memos/{memo['id']}"
    body = {"title": "Sum", "text": "Checked.", "kind": "", "edition": memo["edition"]}
    assert claim_of(send(interface, "PUT", path, **body))["memos"][0]["text"] == "Checked."
    assert interface.browser.put(CELL + path, json=body, headers=ORIGIN).status_code == 409
    assert claim_of(send(interface, "DELETE", path))["memos"] == []


def test_sources_are_marked_as_examined_one_by_one(interface: Interface, cell: dict[str, Any]) -> None:
    assert {line["standing"] for line in cell["coverage"]} == {"examined"}
    ref = cell["coverage"][0]["source"]
    partly = send(interface, "PUT", f"/coverage/{ref}", state="partly")
    assert partly["coverage"][0]["standing"] == "partly"
    assert partly["examined"] == cell["examined"] - 1
    gone = send(interface, "DELETE", f"/coverage/{ref}")
    assert gone["coverage"][0]["standing"] == "not"
    assert send(interface, "PUT", f"/coverage/{ref}", state="examined")["examined"] == cell["examined"]


def test_proposals_wait_in_the_drawer_until_they_are_decided(interface: Interface) -> None:
    interface.project.codings.suggest(themes=["funding"])
    waiting = interface.browser.get(CELL).json()["proposals"]
    assert waiting
    first = waiting[0]["coding"]
    taken = send(interface, "POST", f"/proposals/{first}/accept")
    assert first in [line["coding"] for line in taken["uncharted"]]
    for line in taken["proposals"]:
        taken = send(interface, "POST", f"/proposals/{line['coding']}/reject")
    assert taken["proposals"] == []


def test_a_link_is_rated_narrowed_to_a_person_and_noted(interface: Interface, cell: dict[str, Any]) -> None:
    claim = claim_of(cell)
    line = next(line for line in claim["evidence"] if line["method"] == "meeting")
    assert [each["name"] for each in line["origins"]] == ["Ben", "M01"]
    path = f"/claims/{claim['id']}/evidence/{line['coding']}"
    changed = claim_of(send(interface, "PATCH", path, prominence=3, origins=["Ben"], note="Twice."))
    found = next(each for each in changed["evidence"] if each["coding"] == line["coding"])
    assert (found["prominence"], found["is_narrowed"], found["note"]) == (3, True, "Twice.")
    assert [each["is_kept"] for each in found["origins"]] == [True, False]
    again = claim_of(send(interface, "PATCH", path, origins=[]))
    assert not any(each["is_narrowed"] for each in again["evidence"])


def test_a_claim_is_written_whole_in_one_step_and_its_history_tells_before_and_after(
    interface: Interface,
) -> None:
    written = send(
        interface, "POST", "/claims", text="It costs.", kind="view", is_key=True, quotation="“dear”",
        comment="?", values=["cost=1200", "since=2014-03!first"],
    )  # fmt: skip
    made = written["claims"][-1]
    assert (made["kind"], made["quotation"], made["values"]) == (
        "view",
        "“dear”",
        ["cost=1200", "since=2014-03!first"],
    )
    body = {"text": "It costs more.", "edition": made["edition"], "comment": "", "values": ["cost=1300"]}
    send(interface, "PUT", f"/claims/{made['id']}", **body)
    lines = interface.browser.get(f"/api/claims/{made['id']}/history").json()
    assert [line["action"] for line in lines] == ["chart claims", "rewrite claim"]
    assert "“It costs.” → “It costs more.”" in lines[1]["told"]
    interface.project.history.undo()
    assert interface.project.claims.get(made["id"]).claim.comment == "?"


@pytest.mark.parametrize(
    ("values", "told"),
    [(["cost"], "name=value"), (["since=2014-13"], "is no date"), (["a=b", "a=b"], "stands twice")],
)
def test_a_coded_value_that_is_none_is_refused_and_nothing_is_written(
    interface: Interface, values: list[str], told: str
) -> None:
    before = interface.project.history.newest()
    body = {"text": "It costs.", "values": values}
    refused = interface.browser.post(f"{CELL}/claims", json=body, headers=ORIGIN)
    assert refused.status_code == 422
    assert told in refused.json()["sentence"]
    several = {"text": "One.\n\nTwo.", "comment": "x"}
    assert interface.browser.post(f"{CELL}/claims", json=several, headers=ORIGIN).status_code == 422
    assert interface.project.history.newest() == before


def test_names_of_coded_values_are_offered_with_their_kind(interface: Interface) -> None:
    known = {value["name"]: value for value in interface.browser.get("/api/values").json()}
    assert known["payer"]["values"] == ["borough"]
    assert known["tier"]["kind"] == "category"


def test_a_passage_is_shown_in_its_paragraphs(interface: Interface, cell: dict[str, Any]) -> None:
    line = claim_of(cell)["evidence"][0]
    shown = interface.browser.get(f"/api/passages/{line['coding']}").json()
    assert shown["source"] == line["source"]
    assert "".join(block["passage"] for block in shown["blocks"]) == line["quote"]
    assert any(block["before"] and not block["passage"] for block in shown["blocks"])
    assert interface.browser.get("/api/passages/999999").status_code == 404


def test_hostile_words_are_text_in_the_grid(interface: Interface) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    interface.project.claims.add("S01", "funding", hostile)
    for density in ("status", "text"):
        assert "<img src=x" not in interface.browser.get(f"/matrix?density={density}").text
    changes = interface.browser.get("/api/matrix/changes?since=0&shape=x&density=text")
    assert "<img src=x" not in changes.text

"""Charting in the drawer: each change answers with the cell as it is then."""

from typing import Any

import pytest
from web.conftest import ORIGIN, Interface


class Cell:
    """A cell with passages and claims, as the drawer talks to it."""

    def __init__(self, interface: Interface) -> None:
        grid = interface.project.matrix().grid
        claim = next(c for c in grid.shown_claims() if len(grid.bearings.evidence.get(c.id, ())) > 0)
        site = next(site.code for site in grid.sites if site.id == claim.site)
        self.address, self.claim = f"/api/cells/{site}/{claim.theme}", claim.id
        self.interface = interface

    def send(self, method: str, path: str, **body: Any) -> Any:
        """Send a change and return the answer."""
        sent = {"json": body} if body else {}
        return self.interface.browser.request(method, self.address + path, headers=ORIGIN, **sent)

    def card(self, number: int) -> dict[str, Any]:
        """Return a claim as the drawer shows it."""
        cards = self.interface.browser.get(self.address).json()["claims"]
        return next(card for card in cards if card["id"] == number)


@pytest.fixture
def cell(interface: Interface) -> Cell:
    return Cell(interface)


def test_a_paragraph_with_a_citation_becomes_a_claim_and_shows_its_status_at_once(cell: Cell) -> None:
    token = cell.interface.browser.get(f"{cell.address}/passages").json()[0]["token"]
    answer = cell.send("POST", "/claims", text=f"It is so {token}.")
    assert answer.status_code == 201
    made = answer.json()["claims"][-1]
    assert (made["paragraph"], made["status"]) == (f"It is so {token}.", "single")


def test_a_rewrite_from_an_old_edition_shows_both_texts_and_overwrites_nothing(cell: Cell) -> None:
    card = cell.card(cell.claim)
    body = {"text": card["paragraph"] + " Still.", "edition": card["edition"]}
    assert cell.send("PUT", f"/claims/{cell.claim}", **body).status_code == 200
    stale = cell.send("PUT", f"/claims/{cell.claim}", text="Quite other.", edition=card["edition"])
    assert stale.status_code == 409
    told = stale.json()
    assert "Still." in told["standing"]
    assert told["wanted"] == "Quite other."
    assert "Still." in cell.card(cell.claim)["paragraph"]


def test_stance_changes_the_status_and_taking_the_passage_away_changes_it_again(cell: Cell) -> None:
    card = cell.card(cell.claim)
    for line in card["evidence"]:
        path = f"/claims/{cell.claim}/evidence/{line['coding']}"
        assert cell.send("PATCH", path, stance="contradicts").status_code == 200
    assert cell.card(cell.claim)["status"] == "contradicted"
    for line in card["evidence"]:
        cell.send("DELETE", f"/claims/{cell.claim}/evidence/{line['coding']}")
    assert cell.card(cell.claim)["status"] == "unsupported"
    coding = card["evidence"][0]["coding"]
    assert cell.send("POST", f"/claims/{cell.claim}/evidence", coding=coding).status_code == 201
    assert cell.card(cell.claim)["status"] == "single"


def test_claims_are_edited_split_merged_moved_and_deleted(cell: Cell) -> None:
    made = cell.send("POST", "/claims", text="First words. Second words.").json()["claims"][-1]["id"]
    assert cell.send("PATCH", f"/claims/{made}", kind="view", is_key=True, comment="?").status_code == 200
    assert (cell.card(made)["kind"], cell.card(made)["is_key"]) == ("view", True)
    second = cell.send("POST", f"/claims/{made}/split", at=12).json()["claims"][-1]
    assert second["summary"] == "Second words."
    first = cell.send("POST", f"/claims/{second['id']}/move?before={made}").json()["claims"]
    order = [card["id"] for card in first]
    assert order.index(second["id"]) < order.index(made)
    merged = cell.send("POST", f"/claims/{made}/merge/{second['id']}").json()["claims"]
    assert second["id"] not in {card["id"] for card in merged}
    assert cell.send("DELETE", f"/claims/{made}").status_code == 200
    assert cell.interface.project.check() == []


def test_a_cell_is_marked_as_not_applicable_with_a_reason_and_the_mark_is_taken_back(
    interface: Interface,
) -> None:
    grid = interface.project.matrix().grid
    place, empty = next(
        (key, cell) for key, cell in grid.cells.items() if not cell.claims and not cell.reason
    )
    site = next(site.code for site in grid.sites if site.id == place[0])
    address = f"/api/cells/{site}/{empty.theme}/not-applicable"
    assert interface.browser.put(address, json={"reason": " "}, headers=ORIGIN).status_code == 422
    marked = interface.browser.put(address, json={"reason": "None here."}, headers=ORIGIN).json()
    assert (marked["state"], marked["reason"]) == ("not_applicable", "None here.")
    assert interface.browser.delete(address, headers=ORIGIN).json()["state"] == empty.state.value


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        ("POST", "/claims", {"text": "So [Z9 ¶1]."}, "[Z9 ¶1]"),
        ("POST", "/claims", {"text": "  "}, "needs words"),
        ("PATCH", "/claims/999999", {"comment": "x"}, "There is no claim 999999"),
        ("POST", "/claims/999999/evidence", {"coding": 1}, "There is no claim 999999"),
    ],
)
def test_a_refusal_is_one_sentence(
    cell: Cell, method: str, path: str, body: dict[str, object], told: str
) -> None:
    refused = cell.send(method, path, **body)
    assert 400 <= refused.status_code < 500
    assert told in refused.json()["sentence"]


def test_fields_that_nobody_knows_are_refused(cell: Cell) -> None:
    assert cell.send("PATCH", f"/claims/{cell.claim}", colour="red").status_code == 422

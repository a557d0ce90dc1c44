"""Triangulation and exploring: queues, decisions, convergence, search, tables and charts."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface

from framework_coder.model.attention import Need
from framework_coder.model.claims import Stance
from framework_coder.model.triangulation import Status


@pytest.fixture
def contested(interface: Interface) -> int:
    """Make a claim of the study contested and return its number."""
    grid = interface.project.matrix().grid
    for claim in grid.shown_claims():
        cited = {link.coding for link in grid.bearings.evidence.get(claim.id, ())}
        other = next(
            (c for c in grid.study.codings if c.site == claim.site and c.is_live and c.id not in cited), None
        )
        if grid.assessments[claim.id].supports and other is not None:
            interface.project.claims.link(claim.id, other.id, stance=Stance.CONTRADICTS)
            return claim.id
    raise AssertionError("the study has no claim that can be contested")


def test_every_queue_has_its_items_and_denominator(interface: Interface) -> None:
    attention = interface.project.matrix().attention()
    for need in Need:
        if items := attention.of(need):
            page = HTMLParser(interface.browser.get(f"/triangulation?need={need.value}").text)
            assert attention.count(need) in page.css_first("#queue-head").text()
            assert len(page.css(".items li")) == len(items)


def test_a_queue_can_be_limited_to_a_site(interface: Interface) -> None:
    code = interface.project.sites.list()[0].code
    attention = interface.project.matrix(sites=[code]).attention()
    page = HTMLParser(interface.browser.get(f"/triangulation?need=single&site={code}").text)
    assert attention.count(Need.SINGLE) in page.css_first("#queue-head").text()
    assert interface.browser.get("/triangulation?site=nowhere").status_code == 404


def test_a_contested_claim_is_decided_with_a_reason_only(interface: Interface, contested: int) -> None:
    page = interface.browser.get("/triangulation?need=contested").text
    assert f'data-claim="{contested}"' in page
    card = interface.browser.get(f"/api/claims/{contested}").json()
    assert {line["stance"] for line in card["evidence"]} >= {"supports", "contradicts"}
    address = f"/api/claims/{contested}/adjudication"
    bare = interface.browser.post(address, json={"decision": "left_open", "reason": " "}, headers=ORIGIN)
    assert bare.status_code == 422
    body = {"decision": "left_open", "reason": "Both stand."}
    assert interface.browser.post(address, json=body, headers=ORIGIN).status_code == 200
    assert interface.project.matrix().grid.assessments[contested].status is Status.RESOLVED


def test_a_pair_of_methods_is_confirmed_and_needs_a_reason_where_it_differs(interface: Interface) -> None:
    pair = interface.project.reviews.convergences()[0]
    other = "partial" if pair.suggested.value != "partial" else "agreement"
    spot = {"claim": pair.claim, "first": pair.first, "second": pair.second}
    body: dict[str, Any] = {"pairs": [spot]}
    differs = interface.browser.post("/api/convergence", json={**body, "confirmed": other}, headers=ORIGIN)
    assert differs.status_code == 422
    assert interface.browser.post("/api/convergence", json=body, headers=ORIGIN).status_code == 200
    page = HTMLParser(interface.browser.get("/triangulation/convergence?state=confirmed").text)
    assert len(page.css("#pairs-head ~ div tbody tr")) == 1
    reopened = interface.browser.post("/api/convergence/reopen", json={"pairs": [spot]}, headers=ORIGIN)
    assert reopened.status_code == 200
    assert interface.project.reviews.convergences()[0].decision is None


def test_sources_are_one_origin_or_kept_apart_with_a_reason(interface: Interface) -> None:
    one, other = (source.ref for source in interface.project.sources.list()[:2])
    bare = {"one": one, "other": other, "reason": ""}
    assert interface.browser.post("/api/separations", json=bare, headers=ORIGIN).status_code == 422
    made = interface.browser.post("/api/separations", json={**bare, "reason": "No."}, headers=ORIGIN)
    assert made.status_code == 200
    assert "No." in interface.browser.get("/triangulation/copies").text
    interface.project.history.undo()
    body = {"copy_ref": other, "root_ref": one}
    assert interface.browser.post("/api/derivations", json=body, headers=ORIGIN).status_code == 200
    assert f'data-underive="{other}"' in interface.browser.get("/triangulation/copies").text
    gone = interface.browser.delete(f"/api/derivations/{other}/{one}", headers=ORIGIN)
    assert gone.status_code == 200
    again = interface.browser.delete(f"/api/derivations/{other}/{one}", headers=ORIGIN)
    assert again.status_code == 404


def test_a_member_check_is_recorded_and_listed(interface: Interface) -> None:
    claim = interface.project.matrix().grid.shown_claims()[0].id
    body = {"state": "disputed", "informant": "A", "reply": "<b>No</b>"}
    made = interface.browser.post(f"/api/claims/{claim}/check", json=body, headers=ORIGIN)
    assert made.status_code == 200
    page = interface.browser.get("/triangulation/checks?state=disputed").text
    assert "&lt;b&gt;No&lt;/b&gt;" in page
    wrong = interface.browser.post(
        f"/api/claims/{claim}/check", json={**body, "state": "perhaps"}, headers=ORIGIN
    )
    assert wrong.status_code == 422


def test_search_leads_to_the_place_in_the_source(interface: Interface) -> None:
    hit = interface.project.search("pays")[0]
    page = HTMLParser(interface.browser.get("/explore?q=pays").text)
    link = page.css_first(".hits .item a").attributes["href"]
    assert link == f"/sources/{hit.ref}#at={hit.start}"
    assert "Nothing found." in interface.browser.get("/explore?q=zzzzz").text


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_chart_comes_as_a_picture(interface: Interface, kind: str, start: bytes) -> None:
    answer = interface.browser.get(f"/api/charts/frequencies.{kind}")
    assert answer.content.startswith(start)
    assert interface.browser.get(f"/api/charts/nothing.{kind}").status_code == 404
    assert interface.browser.get("/api/charts/frequencies.exe").status_code == 422

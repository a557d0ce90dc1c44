"""The reader: a source with its words in the page; passages coded, changed, decided and removed."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web.conftest import ORIGIN, Interface


def codings(interface: Interface, ref: str) -> list[dict[str, object]]:
    return list(interface.browser.get(f"/api/sources/{ref}/codings").json()["codings"])


@pytest.fixture
def ref(interface: Interface) -> str:
    return interface.project.sources.list()[0].ref


def test_every_block_of_a_text_is_in_the_page_letter_for_letter(interface: Interface) -> None:
    for source in interface.project.sources.list():
        page = HTMLParser(interface.browser.get(f"/sources/{source.ref}").text)
        text = interface.project.sources.text(source.ref)
        shown = [block.text() for block in page.css("[data-block]")]
        assert shown == [text.text[block.start : block.end] for block in text.blocks]


def test_a_passage_is_coded_changed_and_removed(interface: Interface, ref: str) -> None:
    text = interface.project.sources.text(ref).text
    theme = interface.project.codebook.show().active[0].id
    start, end = text.index(text.strip()[:5]), 5 + text.index(text.strip()[:5])
    before = len(codings(interface, ref))
    new = {"theme": theme, "start": start, "end": end, "quote": text[start:end]}
    made = interface.browser.post(f"/api/sources/{ref}/codings", json=new, headers=ORIGIN)
    assert made.status_code == 201
    number = made.json()["coding"]["id"]
    assert interface.project.codings.get(number).quote == text[start:end]
    edited = interface.browser.patch(f"/api/codings/{number}", json={"end": end + 2}, headers=ORIGIN).json()
    assert edited["coding"]["end"] == end + 2
    assert (
        interface.browser.delete(f"/api/codings/{number}", headers=ORIGIN).json()["told"] == "Coding removed."
    )
    assert len(codings(interface, ref)) == before


def test_a_quote_that_does_not_stand_there_is_refused_in_a_sentence(interface: Interface, ref: str) -> None:
    theme = interface.project.codebook.show().active[0].id
    new = {"theme": theme, "start": 0, "end": 4, "quote": "Nobody said this."}
    refused = interface.browser.post(f"/api/sources/{ref}/codings", json=new, headers=ORIGIN)
    assert refused.status_code == 422
    assert "does not stand" in refused.json()["sentence"]


def test_a_proposal_is_accepted_or_rejected(interface: Interface, ref: str) -> None:
    number = int(str(codings(interface, ref)[0]["id"]))
    rejected = interface.browser.post(f"/api/codings/{number}/reject", headers=ORIGIN).json()
    assert rejected["coding"]["state"] == "rejected"
    assert number not in {coding["id"] for coding in codings(interface, ref)}
    interface.browser.post(f"/api/codings/{number}/accept", headers=ORIGIN)
    assert number in {coding["id"] for coding in codings(interface, ref)}


def test_codings_of_one_passage_stand_side_by_side(interface: Interface, ref: str) -> None:
    themes = [theme.id for theme in interface.project.codebook.show().active[:3]]
    end = len(interface.project.sources.text(ref).text.split("\n")[0])
    for theme in themes:
        interface.project.codings.add(ref, theme, start=0, end=end)
    lanes = [c["lane"] for c in codings(interface, ref) if (c["start"], c["end"]) == (0, end)]
    assert len(set(lanes)) == len(lanes) >= len(themes)


@pytest.mark.parametrize(
    "address", ["/sources/D99", "/api/sources/D99/codings", "/api/codings/999999/accept"]
)
def test_what_is_not_there_is_a_sentence(interface: Interface, address: str) -> None:
    send = interface.browser.post if address.endswith("accept") else interface.browser.get
    answer = send(address, headers=ORIGIN)
    assert answer.status_code == 404
    assert answer.json()["sentence"].endswith(".")

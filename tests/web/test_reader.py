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


def test_a_table_is_a_table_with_each_cell_in_its_row_and_column(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/sources/Q01").text)
    rows = [[cell.text() for cell in row.css("td")] for row in page.css(".cells tr")]
    assert rows == [
        ["Question", "Answer"],
        ["Who pays for the service?", "The borough pays."],
        ["What gets in the way of working together?", "Nothing much."],
    ]


def test_the_page_lists_the_sources_of_the_site_and_the_headings(interface: Interface) -> None:
    page = HTMLParser(interface.browser.get("/sources/D01").text)
    beside = {link.attributes["data-ref"]: link.text() for link in page.css(".beside [data-ref]")}
    assert list(beside) == ["Q01", "D01", "M01"]
    assert "Anna" in beside["Q01"]
    assert "examined 2/2" in beside["Q01"]
    assert page.css_first('.beside a[aria-current="page"]').attributes["data-ref"] == "D01"
    interface.project.reviews.derive("D01", "Q01")
    assert "derived from Q01" in interface.browser.get("/sources/D01").text
    questions = HTMLParser(interface.browser.get("/sources/Q01").text)
    assert [link.text() for link in questions.css(".outline span")] == [
        "Who pays for the service?",
        "What gets in the way of working together?",
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/matrix%23cell=S01/funding", "Back to the cell"),
        ("/matrix?theme=funding", "Back to the matrix"),
        ("//evil.example/matrix", ""),
        ("https://evil.example", ""),
        ("javascript:alert(1)", ""),
        ("/matrixes", ""),
    ],
)
def test_one_gets_back_to_where_one_came_from_and_nowhere_else(
    interface: Interface, address: str, words: str
) -> None:
    page = HTMLParser(interface.browser.get(f"/sources/Q01?from={address}").text)
    link = page.css_first(".back")
    assert (words in link.text()) if words else (link is None)
    assert words == "" or link.attributes["href"].startswith("/matrix")


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


def test_a_passage_sent_twice_is_coded_once_until_the_coding_is_gone(interface: Interface, ref: str) -> None:
    text = interface.project.sources.text(ref).text
    new = {"theme": "funding", "start": 0, "end": 8, "quote": text[:8]}
    entries = len(interface.project.log())
    made = [interface.browser.post(f"/api/sources/{ref}/codings", json=new, headers=ORIGIN) for _ in range(2)]
    first, second = (answer.json()["coding"]["id"] for answer in made)
    assert first == second
    assert len(interface.project.log()) == entries + 1
    interface.project.codings.remove([first])
    again = interface.browser.post(f"/api/sources/{ref}/codings", json=new, headers=ORIGIN)
    assert again.json()["coding"]["id"] != first
    other = interface.browser.post(
        f"/api/sources/{ref}/codings", json={**new, "theme": "integration"}, headers=ORIGIN
    )
    assert other.json()["coding"]["id"] != again.json()["coding"]["id"]


def test_a_change_of_what_was_changed_meanwhile_is_refused(interface: Interface, ref: str) -> None:
    made = interface.project.codings.add(ref, "funding", start=0, end=8)
    seen = [0, 8, "funding"]
    interface.project.codings.edit(made.id, end=6)
    change = {"theme": "integration", "seen": seen}
    refused = interface.browser.patch(f"/api/codings/{made.id}", json=change, headers=ORIGIN)
    assert refused.status_code == 409
    assert "changed meanwhile" in refused.json()["sentence"]
    assert interface.project.codings.get(made.id).theme == "funding"


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


@pytest.mark.parametrize(
    "address", ["/sources/D99", "/api/sources/D99/codings", "/api/codings/999999/accept"]
)
def test_what_is_not_there_is_a_sentence(interface: Interface, address: str) -> None:
    send = interface.browser.post if address.endswith("accept") else interface.browser.get
    answer = send(address, headers=ORIGIN)
    assert answer.status_code == 404
    assert answer.json()["sentence"].endswith(".")

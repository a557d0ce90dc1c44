"""Cells of a matrix without its framework note: from the links of the cell notes, else from their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework_coder.exchange.bundle import Bundle, BundledClaim, BundledEvidence
from framework_coder.exchange.refi.study import Reading
from framework_coder.exchange.refi.wording import BETWEEN, CELL, TO_EVIDENCE, TO_SITE, TO_THEME, fold
from framework_coder.model.claims import Stance

_Cites = list[tuple[str, str]]


def read_cells(reading: Reading) -> None:
    """Make claims of the notes of cells, a paragraph a claim; such notes are no memos."""
    links = _own_links(reading)
    themes = {coding.key: coding.theme for coding in reading.bundle.codings}
    by_name = _cell_names(reading)
    found = unlinked = 0
    for key, note in reading.notes.items():
        name = note.get("name") or ""
        site, theme, cited = _follow(reading, links.get(key, []))
        if not (site and theme) and name in by_name:
            site, theme = by_name[name]
            unlinked += 1
        if site and theme and name.startswith(CELL):
            reading.own_notes.add(key)
            found += 1
            _add_claims(reading, key, note, (site, theme), _Cited(cited, themes))
    if found:
        told = (
            "came without the framework note: kinds, values, decisions, coverage and the like are not there"
        )
        reading.bundle.lose("cells", told, found)
    if unlinked:
        told = "came without links, by their names: their evidence is not there"
        reading.bundle.lose("cells", told, unlinked)


def _own_links(reading: Reading) -> dict[str, list[tuple[str, str]]]:
    links: dict[str, list[tuple[str, str]]] = {}
    for link in reading.root.iterfind("Links/Link"):
        pair = (link.get("name") or "", fold(link.get("targetGUID", "")))
        links.setdefault(fold(link.get("originGUID", "")), []).append(pair)
    return links


def _cell_names(reading: Reading) -> dict[str, tuple[str, str]]:
    book = reading.bundle.codebook
    return {
        name_cell(site.name, book.path(theme.id)): (site.key, theme.id)
        for site in reading.bundle.sites
        for theme in book
    }


def name_cell(site: str, path: str) -> str:
    """Return the name of the note of a cell."""
    return f"{CELL}{' '.join(site.split())}{BETWEEN}{' '.join(path.split())}"


def _follow(reading: Reading, links: _Cites) -> tuple[str, str, _Cites]:
    site = next((reading.cases[end] for name, end in links if name == TO_SITE and end in reading.cases), "")
    theme = next((reading.codes[end] for name, end in links if name == TO_THEME and end in reading.codes), "")
    return site, theme, [link for link in links if link[0].startswith(TO_EVIDENCE)]


def write_claims(claims: list[BundledClaim]) -> str:
    """Return the text of a cell: a paragraph for each claim, its quotation and comment below it."""
    return "\n\n".join(_paragraph(claim) for claim in claims)


def _paragraph(claim: BundledClaim) -> str:
    parts = [_one_paragraph(claim.summary)]
    parts += [f"Quotation: {_one_paragraph(claim.quotation)}"] if claim.quotation else []
    parts += [f"Comment: {_one_paragraph(claim.comment)}"] if claim.comment else []
    return "\n".join(parts)


def _one_paragraph(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def name_evidence(claim: int, evidence: BundledEvidence) -> str:
    """Return the name of a link from a cell to a passage: which claim, in what stance."""
    return f"{TO_EVIDENCE} {claim} {evidence.stance.value}"


@dataclass(frozen=True, slots=True)
class _Cited:
    """The links from a cell to passages, and the theme of each coding."""

    links: _Cites
    themes: Mapping[str, str]


def _add_claims(reading: Reading, key: str, note: Any, cell: tuple[str, str], cited: _Cited) -> None:
    site, theme = cell
    bundle: Bundle = reading.bundle
    paragraphs = [part for part in reading.note_texts[key].split("\n\n") if part.strip()]
    author = reading.coder(note.get("creatingUser")) if note.get("creatingUser") else ""
    for number, paragraph in enumerate(paragraphs, start=1):
        said: dict[str, list[str]] = {"summary": []}
        for line in paragraph.strip("\n").split("\n"):
            label, colon, rest = line.partition(": ")
            if colon and label in {"Quotation", "Comment"}:
                said[label.lower()] = [rest]
            else:
                said[list(said)[-1]].append(line)
        evidence = _find_evidence(reading, theme, cited, str(number))
        words: dict[str, Any] = {name: "\n".join(lines) for name, lines in said.items()}
        bundle.claims.append(
            BundledClaim(f"{key} {number}", site, theme, author=author, evidence=evidence, **words)
        )


def _find_evidence(reading: Reading, theme: str, cited: _Cited, number: str) -> tuple[BundledEvidence, ...]:
    """Return evidence on the coding of each passage that is at the claim's theme, else the first."""
    stances = {stance.value: stance for stance in Stance}
    found: dict[str, BundledEvidence] = {}
    for name, end in cited.links:
        if name.split(" ")[1:2] != [number]:
            continue
        selection = reading.selections.get(end)
        keys = selection.codings if selection else [end] if end in reading.codings else []
        if not keys:
            reading.bundle.lose("evidence", "rests on passages that are not in the file")
            continue
        coding = next((key for key in keys if cited.themes.get(key) == theme), keys[0])
        if len(keys) > 1 and cited.themes.get(coding) != theme:
            reading.bundle.lose("evidence", "may rest on another coding of the same passage")
        found.setdefault(
            coding, BundledEvidence(coding, stances.get(name.rpartition(" ")[2], Stance.SUPPORTS))
        )
    return tuple(found.values())

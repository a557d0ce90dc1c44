"""The example study as its CSV files tell it: rows, counts, and plain values for the domain."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from framework_coder.model.claims import Adjudication, Claim, ClaimKind, Decision, Evidence, Stance
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import Coding
from framework_coder.model.design import Design
from framework_coder.model.study import Coverage, Examined, NotApplicable, Site, Source, Study

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "documents" / "integrated-care"
AUTHORING = ROOT / "documents" / "authoring"
Rows = list[dict[str, str]]
Sites = dict[tuple[str, str], set[str]]


@cache
def rows(name: str) -> Rows:
    """Return the rows of a CSV file of the study."""
    with (STUDY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def listed(field: str) -> tuple[str, ...]:
    """Return the values of a field that holds several."""
    return tuple(value.strip() for value in field.split(";") if value.strip())


def keyed(name: str, key: str) -> dict[str, dict[str, str]]:
    """Return the rows of a file by one of their columns."""
    return {row[key]: row for row in rows(name)}


@cache
def themes() -> tuple[Theme, ...]:
    """Return the themes of the codebook and the emergent ones, parents first."""
    found: list[Theme] = []
    for path in (ROOT / "codebooks" / "box1.yaml", STUDY / "emergent.yaml"):
        tree: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        _walk(tree["themes"], None, found)
    return tuple(found)


def _walk(nodes: Any, parent: str | None, found: list[Theme]) -> None:
    for node in nodes:
        found.append(Theme(node["id"], node["label"], node.get("parent", parent)))
        _walk(node.get("children", ()), node["id"], found)


@cache
def sites_by_value() -> Sites:
    """Return the sites with a supported claim of each value; a ranked value counts under both its names."""
    supported = {row["claim"] for row in rows("evidence") if row["stance"] == "supports"}
    found: Sites = defaultdict(set)
    for claim in rows("claims"):
        for value in listed(claim["values"]) if claim["id"] in supported else ():
            name, _, text = value.partition("=")
            found[name, text].add(claim["site"])
            found[name, text.partition("!")[0]].add(claim["site"])
    return found


def numbers(name: str) -> dict[str, int]:
    """Return the number that each site has for a coded value."""
    found = sites_by_value().items()
    return {site: int(text) for (key, text), sites in found if key == name for site in sites}


@cache
def whole_study() -> Study:
    """Return the study as plain values, with every quote taken to stand where it should."""
    ids = {
        name: {row[key]: number for number, row in enumerate(rows(name), 1)}
        for name, key in (("sites", "site"), ("sources", "ref"), ("codings", "id"), ("claims", "id"))
    }
    evidence = tuple(_evidence(row, ids) for row in rows("evidence"))
    return Study(
        design=Design(),
        codebook=Codebook(themes()),
        version=1,
        sites=tuple(Site(ids["sites"][row["site"]], row["site"], row["name"]) for row in rows("sites")),
        sources=tuple(_source(row, ids) for row in rows("sources")),
        codings=tuple(_coding(row, ids) for row in rows("codings")),
        claims=tuple(_claim(row, ids) for row in rows("claims")),
        evidence=evidence,
        adjudications=tuple(_decision(row, ids, evidence) for row in rows("claims") if row["decision"]),
        coverage=tuple(_coverage(ids)),
        not_applicable=tuple(
            NotApplicable(ids["sites"][row["site"]], row["theme"], row["reason"]) for row in rows("cells")
        ),
    )


Ids = dict[str, dict[str, int]]


def _source(row: dict[str, str], ids: Ids) -> Source:
    return Source(
        id=ids["sources"][row["ref"]],
        ref=row["ref"],
        title=row["title"],
        method=row["method"],
        sites=tuple(ids["sites"][code] for code in listed(row["site"])),
        document_type=row["document_type"],
        originator=row["originator"],
        informants=listed(row["informants"]),
        authors=listed(row["authors"]),
        derived_from=tuple(ids["sources"][ref] for ref in listed(row["derived_from"])),
    )


def _coding(row: dict[str, str], ids: Ids) -> Coding:
    places = ids["sources"][row["source"]], ids["sites"][row["site"]]
    return Coding(ids["codings"][row["id"]], *places, row["theme"], 0, 1, row["quote"], row["coder"])


def _claim(row: dict[str, str], ids: Ids) -> Claim:
    place = ids["claims"][row["id"]], ids["sites"][row["site"]], row["theme"]
    return Claim(*place, row["summary"], ClaimKind(row["kind"]), is_key=row["key"] == "yes")


def _evidence(row: dict[str, str], ids: Ids) -> Evidence:
    return Evidence(
        claim=ids["claims"][row["claim"]],
        coding=ids["codings"][row["coding"]],
        stance=Stance(row["stance"]),
        is_inferred=row["basis"] == "inferred",
        prominence=int(row["prominence"]) if row["prominence"] else None,
        origins=frozenset(listed(row["origins"])) or None,
    )


def _decision(row: dict[str, str], ids: Ids, evidence: tuple[Evidence, ...]) -> Adjudication:
    """Return a decision; what was linked after it was not before the one who decided."""
    claim = ids["claims"][row["id"]]
    later = {
        ids["codings"][link["coding"]]
        for link in rows("evidence")
        if link["claim"] == row["id"] and link["linked_on"] > row["decided_on"]
    }
    sides = {
        stance: frozenset(
            item.coding
            for item in evidence
            if item.claim == claim and item.stance is stance and item.coding not in later
        )
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)
    }
    return Adjudication(
        claim,
        Decision(row["decision"]),
        row["decision_reason"],
        row["decided_by"],
        row["decided_on"],
        sides[Stance.SUPPORTS],
        sides[Stance.CONTRADICTS],
    )


def _coverage(ids: Ids) -> list[Coverage]:
    """Return one row a source and theme: a theme includes its descendants, and a later row overrides."""
    states: dict[tuple[int, str], str] = {}
    for row in rows("coverage"):
        for theme in themes():
            if row["theme"] in {"*", *_lineage(theme)}:
                states[ids["sources"][row["source"]], theme.id] = row["state"]
    return [Coverage(source, theme, 1, Examined(state)) for (source, theme), state in states.items()]


def _lineage(theme: Theme) -> list[str]:
    by_id = {item.id: item for item in themes()}
    line = [theme.id]
    while (parent := by_id[line[-1]].parent) is not None:
        line.append(parent)
    return line

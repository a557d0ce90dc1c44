"""Who has nothing but an archive can work out every status from its tables, by the rule that it states."""

import csv
import io
import json
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from example_runs import run_example
from project.archive_builders import a_study

from framework_coder.exchange.archive_matrix import METHOD
from framework_coder.model.claims import Stance
from framework_coder.model.legend import CellState
from framework_coder.model.triangulation import Status
from framework_coder.project import Project

Row = dict[str, Any]


class Stranger:
    """Somebody who reads the files of an archive, and knows nothing else."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.startswith("tables/") and "json" in name]
            self.tables = {Path(name).stem: json.loads(archive.read(name)) for name in names}
            self.shown = {
                name: list(
                    csv.DictReader(io.StringIO(archive.read(f"matrix/{name}.csv").decode("utf-8-sig")))
                )
                for name in ("claims", "cells")
            }
        self.codings = {row["id"]: row for row in self.tables["codings"]}
        self.sources = {row["id"]: row for row in self.tables["sources"]}
        self.design = next(row["value"] for row in self.tables["settings"] if row["name"] == "design")
        self.planned = {m["id"] for m in self.design["methods"] if m["planned"]}
        self.current = {row["id"] for row in self.tables["revisions"] if row["is_current"]}

    def items(self, claim: int, stance: str) -> list[tuple[int, frozenset[str], str, int]]:
        """Return source, origins, method and coding of each live item of a side."""
        found = []
        for link in self.tables["evidence"]:
            coding = self.codings[link["coding"]]
            is_live = coding["state"] == "accepted" and coding["revision"] in self.current
            if link["claim"] == claim and link["stance"] == stance and is_live:
                source = self.sources[coding["source"]]
                origins = self.origins(source["id"])
                named = {_fold(name) for name in link["origins"] or ()} & origins
                found.append((source["id"], frozenset(named or origins), source["method"], coding["id"]))
        return found

    def origins(self, source: int) -> set[str]:
        """Return the people and root documents behind a source."""
        above = {
            s: {
                d["derived_from"]
                for d in self.tables["derivations"]
                if d["source"] == s and d["is_confirmed"]
            }
            for s in self.sources
        }
        behind, waiting = set[int](), [source]
        while waiting:
            if (place := waiting.pop()) not in behind:
                behind.add(place)
                waiting += above[place]
        roots = {s for s in behind if not above[s]} or behind
        people = [n for s in behind for n in self.sources[s]["informants"] or ()]
        if self.design["authors_are_origins"]:
            people += [n for s in behind for n in self.sources[s]["authors"] or ()]
        return {_fold(self.sources[s]["ref"]) for s in roots} | {_fold(name) for name in people}

    def status(self, claim: int) -> str:
        """Return the status of a claim: the first line of the rule that holds."""
        s, q, c = (self.items(claim, stance) for stance in ("supports", "qualifies", "contradicts"))
        if not s:
            return "contradicted" if c else "qualified_only" if q else "unsupported"
        if c:
            decisions = [row for row in self.tables["adjudications"] if row["claim"] == claim]
            newest = decisions[-1] if decisions else None
            is_live = newest is not None and (
                bool(newest["reason"])
                and set(newest["supports"]) == {item[3] for item in s}
                and set(newest["contradicts"]) == {item[3] for item in c}
            )
            return "resolved" if is_live else "contested"
        if len({item[0] for item in s}) == 1:
            return "single"
        g, t = self._largest(s), self._largest([i for i in s if i[2] in self.planned], methods_differ=True)
        if g == 1 or t < 2:
            return "repeated" if g == 1 else "corroborated"
        return "triangulated_all" if t >= len(self.planned) else "triangulated"

    @staticmethod
    def _largest(items: list[tuple[int, frozenset[str], str, int]], *, methods_differ: bool = False) -> int:
        kinds = list({item[:3] for item in items})
        fits = lambda group: all(  # noqa: E731
            a[0] != b[0] and not a[1] & b[1] and not (methods_differ and a[2] == b[2])
            for a, b in combinations(group, 2)
        )
        sizes = (n for n in range(len(kinds), 0, -1) if any(fits(g) for g in combinations(kinds, n)))
        return next(sizes, 0)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


@pytest.mark.parametrize("which", ["example", "small"])
def test_statuses_worked_out_by_hand_are_those_that_the_program_showed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, which: str
) -> None:
    place = run_example(tmp_path_factory.getbasetemp()).project if which == "example" else None
    with Project.open(place) if place else a_study(tmp_path / "study") as opened:
        opened.exchange.export(tmp_path / "one.zip", kind="archive")
    stranger = Stranger(tmp_path / "one.zip")
    shown = {int(row["claim"]): row["status"] for row in stranger.shown["claims"]}
    assert len(shown) == len(stranger.tables["claims"])
    assert {claim: stranger.status(claim) for claim in shown} == shown


def test_the_rule_names_every_status_state_and_stance() -> None:
    for word in (*Status, *CellState):
        assert f"\n{word.upper()}" in METHOD
    worst_first = METHOD.partition("from worst to best:")[2].partition(". Without")[0]
    assert [word.strip().lower() for word in worst_first.split(",")] == [str(status) for status in Status]
    assert all(stance in METHOD for stance in Stance)
    assert max(map(len, METHOD.splitlines())) < 80

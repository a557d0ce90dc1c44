"""Findings, memos, reviews and newer files of sources, as a study folder records them."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from framework_coder.exchange.charting import Known
from framework_coder.exchange.faults import Faults
from framework_coder.exchange.recorded import check_known, check_once, choose, read_date
from framework_coder.exchange.register import check_file
from framework_coder.exchange.rows import (
    ConvergenceRow,
    FindingRow,
    MemberCheckRow,
    MemoRow,
    Reviewing,
    RevisionRow,
    SeparationRow,
)
from framework_coder.exchange.tables import find_table, read_table
from framework_coder.model.reviews import Convergence, MemberCheckState

_ROLES = ("supports", "contradicts", "exceptions")
"""The columns of `findings.csv` that name claims."""

_TARGETS = ("site", "theme", "source", "coding", "claim", "finding")
_CELL = {"site", "theme"}


def read_reviewing(
    folder: Path, known: Known, methods: Collection[str]
) -> tuple[Reviewing, tuple[Faults, ...]]:
    """Return what the files hold, each of them optional, and what is wrong in them.

    `known.claims` and `known.codings` have the ids that rows may name; `methods` are those planned.
    """
    all_faults: list[Faults] = []

    def read(name: str, reader: Callable[..., list[Any]], *given: Any) -> tuple[Any, ...]:
        path = find_table(folder, name)
        if path is None:
            return ()
        all_faults.append(Faults(path.name))
        return tuple(reader(path, all_faults[-1], known, *given))

    findings = read("findings", read_findings)
    found = Reviewing(
        findings,
        read("memos", read_memos, {row.id for row in findings}),
        read("convergence", read_convergence, methods),
        read("member-checks", read_member_checks),
        read("kept-apart", read_separations),
    )
    return found, tuple(all_faults)


def read_findings(path: Path, faults: Faults, known: Known) -> list[FindingRow]:
    """Return findings in order; a claim stands in one role only."""
    rows: list[FindingRow] = []
    seen: set[str] = set()
    for row in read_table(path, faults, ("id", "statement"), (*_ROLES, "comment", "author")):
        if not row["statement"]:
            faults.add(row.line, "statement", "the statement is empty; say what holds across sites")
        check_once(row["id"], row, seen, faults)
        linked: set[str] = set()
        for column in _ROLES:
            for claim in row.listed(column):
                check_known(row, "claim", claim, known.claims, faults)
                check_once(claim, row, linked, faults, field=column)
        rows.append(
            FindingRow(
                row.line,
                row["id"],
                row["statement"],
                row.listed("supports"),
                row.listed("contradicts"),
                row.listed("exceptions"),
                row["comment"],
                row["author"] or known.coder,
            )
        )
    return rows


def read_memos(path: Path, faults: Faults, known: Known, findings: Collection[str]) -> list[MemoRow]:
    """Return memos in order, each on one thing or on the project."""
    there: Mapping[str, Collection[str]] = {
        "site": known.sites,
        "theme": known.themes,
        "source": known.sources,
        "coding": known.codings,
        "claim": known.claims,
        "finding": findings,
    }
    rows: list[MemoRow] = []
    for row in read_table(path, faults, ("title", "text"), ("kind", "author", "made_on", *_TARGETS)):
        if not row["title"]:
            faults.add(row.line, "title", "a memo needs a title: a few words by which it is found again")
        given = [name for name in _TARGETS if row[name]]
        for name in given:
            check_known(row, name, row[name], there[name], faults)
        if len(given) > 1 and set(given) != _CELL:
            told = "a memo is on one thing (a site with a theme is a cell); leave the others empty"
            faults.add(row.line, given[-1], told)
        author, made_on = row["author"] or known.coder, read_date(row, "made_on", faults)
        targets = (row[name] for name in _TARGETS)
        rows.append(MemoRow(row.line, row["title"], row["text"], row["kind"], author, made_on, *targets))
    return rows


def read_convergence(
    path: Path, faults: Faults, known: Known, methods: Collection[str]
) -> list[ConvergenceRow]:
    """Return what was confirmed of pairs of methods; `methods` are those that can be paired."""
    rows: list[ConvergenceRow] = []
    seen: set[str] = set()
    needed = ("claim", "first_method", "second_method")
    for row in read_table(path, faults, needed, ("confirmed", "reason", "coder", "decided_on")):
        check_known(row, "claim", row["claim"], known.claims, faults)
        first, second = sorted((row["first_method"], row["second_method"]))
        for column in needed[1:]:
            check_known(row, column, row[column], methods, faults)
        if first == second:
            faults.add(row.line, "second_method", "a method does not converge with itself; name another")
        check_once(f"{row['claim']} with {first} and {second}", row, seen, faults, field="claim")
        confirmed = choose(row, "confirmed", Convergence, None, faults) if row["confirmed"] else None
        by, on = row["coder"] or known.coder, read_date(row, "decided_on", faults)
        rows.append(ConvergenceRow(row.line, row["claim"], first, second, confirmed, row["reason"], by, on))
    return rows


def read_member_checks(path: Path, faults: Faults, known: Known) -> list[MemberCheckRow]:
    """Return where the member checks of claims stand, one row a claim."""
    rows: list[MemberCheckRow] = []
    seen: set[str] = set()
    for row in read_table(path, faults, ("claim", "state"), ("informant", "reply", "coder", "made_on")):
        check_known(row, "claim", row["claim"], known.claims, faults)
        check_once(row["claim"], row, seen, faults, field="claim")
        state: MemberCheckState = choose(row, "state", MemberCheckState, None, faults)
        by, on = row["coder"] or known.coder, read_date(row, "made_on", faults)
        rows.append(MemberCheckRow(row.line, row["claim"], state, row["informant"], row["reply"], by, on))
    return rows


def read_separations(path: Path, faults: Faults, known: Known) -> list[SeparationRow]:
    """Return the pairs of sources that were judged not to copy each other."""
    rows: list[SeparationRow] = []
    seen: set[str] = set()
    for row in read_table(path, faults, ("source", "other", "reason"), ("coder", "made_on")):
        pair = (row["source"], row["other"])
        for ref in pair:
            check_known(row, "source", ref, known.sources, faults)
        if pair[0] == pair[1]:
            faults.add(row.line, "other", "a source is not kept apart from itself; name another")
        if not row["reason"]:
            faults.add(row.line, "reason", "sources are kept apart for a reason; give it")
        check_once(" and ".join(sorted(pair)), row, seen, faults, field="source")
        by, on = row["coder"] or known.coder, read_date(row, "made_on", faults)
        rows.append(SeparationRow(row.line, *pair, row["reason"], by, on))
    return rows


def read_revisions(path: Path, faults: Faults, sources: Collection[str], folder: Path) -> list[RevisionRow]:
    """Return the newer files of sources, in the order in which they take the place of the older ones."""
    rows: list[RevisionRow] = []
    for row in read_table(path, faults, ("source", "path"), ("reason",)):
        check_known(row, "source", row["source"], sources, faults)
        check_file(row, row["path"], folder, faults)
        rows.append(RevisionRow(row.line, row["source"], row["path"], row["reason"]))
    return rows

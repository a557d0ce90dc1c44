"""What of a study changed since an entry of the journal, read anew without reading the rest again."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from framework_coder.model.study import Study
from framework_coder.store import claims as charting
from framework_coder.store import reviews
from framework_coder.store.codings import CodingFilter, load_codings
from framework_coder.store.tables import JournalChangeEntity

MOST_CHANGES = 2_000
"""Changed rows up to which it pays to read them singly; after more, the study is loaded anew."""

_BY_SITE = frozenset({"codings", "claims", "claim_values", "evidence"})
_WHOLE: dict[str, tuple[str, Callable[[Connection], Any]]] = {
    "adjudications": ("adjudications", charting.load_adjudications),
    "not_applicable": ("not_applicable", charting.load_marks),
    "convergences": ("convergences", reviews.load_convergences),
    "member_checks": ("member_checks", reviews.load_member_checks),
    "separations": ("separations", reviews.load_separations),
    "memos": ("memos", reviews.load_memos),
    "memo_targets": ("memos", reviews.load_memos),
    "findings": ("findings", reviews.load_findings),
    "finding_claims": ("finding_links", reviews.load_finding_links),
}
_OTHER = frozenset({"coverage", "coders", "guids"})
_OF_CLAIMS = frozenset({"claim_values", "evidence", "adjudications"})


@dataclass(frozen=True, slots=True)
class Reach:
    """How far changes reach: the tables they touch, and the sites whose cells they can alter."""

    tables: frozenset[str]
    sites: frozenset[int]
    sources: frozenset[int] = frozenset()


class _Line(NamedTuple):
    table: str
    row: str
    site: int | None
    source: int | None
    before: str | None
    after: str | None


def find_reach(connection: Connection, study: Study, since: int) -> Reach | None:
    """Return how far the changes after an entry reach; None where they alter more than cells of some sites.

    A change of the codebook, the register, the sites or a text can alter every cell.
    """
    lines = list(islice(_lines_since(connection, since), MOST_CHANGES + 1))
    tables = frozenset(line.table for line in lines)
    if len(lines) > MOST_CHANGES or not tables <= _BY_SITE | _WHOLE.keys() | _OTHER:
        return None
    sources = {_source_of(line) for line in lines if line.table == "coverage"} - {None}
    sites = {site for source in study.sources if source.id in sources for site in source.sites}
    sites |= _sites_named(lines) | _sites_of_claims(connection, study, lines)
    return Reach(tables, frozenset(sites), frozenset(s for s in sources if s is not None))


def _lines_since(connection: Connection, since: int) -> Iterator[_Line]:
    """Yield the changes after an entry, newest first; only these are read, by their numbers."""
    change = JournalChangeEntity
    query = select(
        change.entry, change.table, change.row, change.site, change.source, change.before, change.after
    ).order_by(change.id.desc())
    for row in connection.execute(query.execution_options(yield_per=100)):
        if row.entry <= since:
            return
        yield _Line(*row[1:])


def _image(line: _Line) -> dict[str, Any]:
    return {**json.loads(line.before or "{}"), **json.loads(line.after or "{}")}


def _source_of(line: _Line) -> int | None:
    return line.source if line.source is not None else _image(line).get("source")


def _sites_named(lines: Iterable[_Line]) -> set[int]:
    """Return the sites of rows that name one, before and after the change."""
    found: set[int] = set()
    for line in lines:
        if line.table in {"codings", "claims", "not_applicable"}:
            images = [json.loads(image) for image in (line.before, line.after) if image]
            found |= {image["site"] for image in images if image.get("site")}
            found |= {line.site} if line.site is not None else set()
    return found


def _sites_of_claims(connection: Connection, study: Study, lines: Iterable[_Line]) -> set[int]:
    """Return the sites of the claims whose values, evidence or decisions changed."""
    numbers: set[int] = set()
    rows: set[str] = set()
    found: set[int] = set()
    for line in lines:
        if line.table in _OF_CLAIMS:
            claim = _image(line).get("claim")
            if line.site is not None:
                found.add(line.site)
            elif claim is not None:
                numbers.add(claim)
            else:
                rows.add(line.row)
    if rows:  # columns of a link changed, and its line does not say of which claim
        numbers |= _claims_of_rows(connection, rows)
    return found | {claim.site for claim in study.claims if claim.id in numbers} | _now(connection, numbers)


def _claims_of_rows(connection: Connection, rows: set[str]) -> set[int]:
    change = JournalChangeEntity
    query = select(change.before, change.after).where(change.table.in_(_OF_CLAIMS), change.row.in_(rows))
    images = [json.loads(image) for row in connection.execute(query) for image in row if image]
    return {image["claim"] for image in images if "claim" in image}


def _now(connection: Connection, numbers: set[int]) -> set[int]:
    if not numbers:
        return set()
    return {claim.site for claim in charting.load_claims(connection, numbers=numbers)}


def renew_study(connection: Connection, study: Study, reach: Reach) -> Study:
    """Return a study as it is now, where the changes reach no further."""
    fields: dict[str, Any] = {
        name: load(connection) for table, (name, load) in _WHOLE.items() if table in reach.tables
    }
    if "codings" in reach.tables:
        theirs = load_codings(connection, CodingFilter(sites=reach.sites)) if reach.sites else ()
        kept = [coding for coding in study.codings if coding.site not in reach.sites]
        fields["codings"] = tuple(sorted((*kept, *theirs)))
    if reach.tables & _BY_SITE - {"codings"}:
        fields |= _renew_claims(connection, study, reach.sites)
    if "coverage" in reach.tables:
        rows = [row for row in study.coverage if row.source not in reach.sources]
        fields["coverage"] = (*rows, *charting.load_coverage(connection, sources=reach.sources))
    return replace(study, **fields)


def _renew_claims(connection: Connection, study: Study, sites: frozenset[int]) -> dict[str, Any]:
    claims = [claim for claim in study.claims if claim.site not in sites]
    gone = {claim.id for claim in study.claims if claim.site in sites}
    theirs = [claim for site in sorted(sites) for claim in charting.load_claims(connection, of_site=site)]
    evidence = [link for link in study.evidence if link.claim not in gone]
    evidence += charting.load_evidence(connection, claims=[claim.id for claim in theirs])
    ordered = sorted((*claims, *theirs), key=lambda claim: (claim.position, claim.id))
    return {"claims": tuple(ordered), "evidence": tuple(evidence)}

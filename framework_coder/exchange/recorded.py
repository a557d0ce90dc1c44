"""The recorded analysis of a study folder: codings, claims, evidence, coverage and marked cells."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from framework_coder.exchange.faults import Faults
from framework_coder.exchange.rows import ClaimRow, CodingRow, CoverageRow, EvidenceRow, MarkRow
from framework_coder.exchange.tables import Grid, Row, read_table
from framework_coder.model.claims import ClaimKind, CodedValue, Decision, Stance
from framework_coder.model.codings import CodingState
from framework_coder.model.dates import PartialDate
from framework_coder.model.spelling import closest
from framework_coder.model.study import Examined
from framework_coder.model.values import CodedValueError, parse_value

Choice = TypeVar("Choice", bound=StrEnum)

CODING_COLUMNS = ("id", "site", "start", "before", "after", "coder", "made_on", "state", "memo")
_CLAIM_COLUMNS = (
    "kind",
    "key",
    "quotation",
    "comment",
    "values",
    "author",
    "decision",
    "decision_reason",
    "decided_by",
    "decided_on",
)


def read_codings(
    path: Path | Grid,
    faults: Faults,
    sources: Mapping[str, Sequence[str]],
    themes: Collection[str],
    coder: str,
) -> list[CodingRow]:
    """Return codings; `sources` gives the site codes of each ref, `coder` stands where a row names none."""
    rows: list[CodingRow] = []
    seen: set[str] = set()
    for row in read_table(path, faults, ("source", "theme", "quote"), CODING_COLUMNS):
        check_known(row, "source", row["source"], sources, faults)
        check_known(row, "theme", row["theme"], themes, faults)
        coding = CodingRow(
            row.line,
            row["id"] or f"row {row.line}",
            row["source"],
            row["theme"],
            row["quote"],
            _site_of(row, sources.get(row["source"], ()), faults),
            read_whole(row, "start", faults),
            row["before"],
            row["after"],
            row["coder"] or coder,
            read_date(row, "made_on", faults),
            choose(row, "state", CodingState, CodingState.ACCEPTED, faults),
            row["memo"],
        )
        if not coding.quote:
            faults.add(row.line, "quote", "the quote is empty; copy the passage from the source")
        check_once(coding.id, row, seen, faults)
        rows.append(coding)
    return rows


def _site_of(row: Row, sites: Sequence[str], faults: Faults) -> str:
    if row["site"] and sites and row["site"] not in sites:
        faults.add(row.line, "site", f"source “{row['source']}” does not belong to site “{row['site']}”")
    elif not row["site"] and len(sites) > 1:
        faults.add(row.line, "site", f"source “{row['source']}” has several sites; say which one is meant")
    return row["site"] or (sites[0] if sites else "")


def read_claims(
    path: Path | Grid, faults: Faults, sites: Collection[str], themes: Collection[str], coder: str
) -> list[ClaimRow]:
    """Return claims in order, with their adjudications."""
    rows: list[ClaimRow] = []
    seen: set[str] = set()
    for row in read_table(path, faults, ("id", "site", "theme", "summary"), _CLAIM_COLUMNS):
        check_known(row, "site", row["site"], sites, faults)
        check_known(row, "theme", row["theme"], themes, faults)
        claim = ClaimRow(
            row.line,
            row["id"],
            row["site"],
            row["theme"],
            row["summary"],
            choose(row, "kind", ClaimKind, ClaimKind.FACT, faults),
            _yes(row, "key", faults),
            row["quotation"],
            row["comment"],
            _values(row, faults),
            row["author"] or coder,
            choose(row, "decision", Decision, None, faults) if row["decision"] else None,
            row["decision_reason"],
            row["decided_by"] or (coder if row["decision"] else ""),
            read_date(row, "decided_on", faults),
        )
        if not claim.summary:
            faults.add(row.line, "summary", "the summary is empty; say in your words what the evidence says")
        if claim.decision and not claim.decision_reason:
            faults.add(row.line, "decision_reason", "a decision needs its reason")
        check_once(claim.id, row, seen, faults)
        rows.append(claim)
    return rows


def _values(row: Row, faults: Faults) -> tuple[CodedValue, ...]:
    found: list[CodedValue] = []
    for part in row.listed("values"):
        try:
            found.append(parse_value(part))
        except CodedValueError as error:
            faults.add(row.line, "values", f"“{part}” {error.reason}")
    return tuple(found)


def read_evidence(
    path: Path | Grid, faults: Faults, claim_sites: Mapping[str, str], coding_sites: Mapping[str, str]
) -> list[EvidenceRow]:
    """Return the links; a coding supports claims of its own site only, and one claim once.

    `claim_sites` and `coding_sites` give the site's code for each id that a row may name.
    """
    rows: list[EvidenceRow] = []
    seen: set[str] = set()
    for row in read_table(
        path,
        faults,
        ("claim", "coding"),
        ("stance", "basis", "prominence", "origins", "note", "linked_on"),
    ):
        claim, coding = row["claim"], row["coding"]
        check_known(row, "claim", claim, claim_sites, faults)
        check_known(row, "coding", coding, coding_sites, faults)
        if claim_sites.get(claim) != coding_sites.get(coding, claim_sites.get(claim)):
            faults.add(
                row.line, "coding", f"“{coding}” is of site {coding_sites[coding]}, the claim of another"
            )
        check_once(f"{claim} with {coding}", row, seen, faults, field="coding")
        rows.append(
            EvidenceRow(
                row.line,
                claim,
                coding,
                choose(row, "stance", Stance, Stance.SUPPORTS, faults),
                _is_inferred(row, faults),
                _prominence(row, faults),
                frozenset(row.listed("origins")) or None,
                row["note"],
                read_date(row, "linked_on", faults),
            )
        )
    return rows


def _is_inferred(row: Row, faults: Faults) -> bool:
    if row["basis"] not in {"", "direct", "inferred"}:
        faults.add(row.line, "basis", f"“{row['basis']}” must be direct or inferred")
    return row["basis"] == "inferred"


def _prominence(row: Row, faults: Faults) -> int | None:
    value = read_whole(row, "prominence", faults)
    if value is not None and not 1 <= value <= 3:  # noqa: PLR2004 - passing, notable, dominant
        faults.add(row.line, "prominence", f"{value} must be 1 (passing), 2 (notable) or 3 (dominant)")
    return value


def read_coverage(
    path: Path | Grid,
    faults: Faults,
    sources: Collection[str],
    themes: Collection[str],
    coder: str,
    newest: int | None = None,
) -> list[CoverageRow]:
    """Return coverage rows in order; a later row overrides an earlier one from its version on.

    `newest` is the highest framework version that there is, where that is known.
    """
    rows: list[CoverageRow] = []
    for row in read_table(path, faults, ("source", "theme"), ("state", "version", "coder", "made_on")):
        check_known(row, "source", row["source"], sources, faults)
        if row["theme"] != "*":
            check_known(row, "theme", row["theme"], themes, faults)
        state = choose(row, "state", Examined, Examined.EXAMINED, faults)
        made_on = read_date(row, "made_on", faults)
        version = _version(row, newest, faults)
        by = row["coder"] or coder
        rows.append(CoverageRow(row.line, row["source"], row["theme"], state, by, made_on, version))
    return rows


def _version(row: Row, newest: int | None, faults: Faults) -> int | None:
    version = read_whole(row, "version", faults)
    if version is not None and (version < 1 or (newest is not None and version > newest)):
        known = f"they are numbered 1 to {newest}" if newest else "they are numbered from 1"
        faults.add(row.line, "version", f"there is no framework version {version}; {known}")
    return version


def read_marks(
    path: Path | Grid, faults: Faults, sites: Collection[str], themes: Collection[str], coder: str
) -> list[MarkRow]:
    """Return the cells marked as not applicable, each with its reason."""
    rows: list[MarkRow] = []
    for row in read_table(path, faults, ("site", "theme", "reason"), ("coder",)):
        check_known(row, "site", row["site"], sites, faults)
        check_known(row, "theme", row["theme"], themes, faults)
        if not row["reason"]:
            faults.add(row.line, "reason", "a cell that does not apply needs the reason")
        rows.append(MarkRow(row.line, row["site"], row["theme"], row["reason"], row["coder"] or coder))
    return rows


def check_known(row: Row, field: str, value: str, known: Collection[str], faults: Faults) -> None:
    """Note a fault where a name is not among the known ones, with the nearest that is."""
    if value not in known:
        close = closest(value, known)
        hint = f"; did you mean “{close}”?" if close else ""
        faults.add(row.line, field, f"there is no {field} “{value}”{hint}" if value else "the field is empty")


def check_once(key: str, row: Row, seen: set[str], faults: Faults, field: str = "id") -> None:
    """Note a fault where a key has been seen, and keep it."""
    if key in seen:
        faults.add(row.line, field, f"“{key}” stands twice")
    seen.add(key)


def choose(row: Row, field: str, choices: type[Choice], default: Choice | None, faults: Faults) -> Choice:
    """Return the choice that a field names, or the default where it is empty; else note a fault."""
    value = row[field].lower()
    if value in set(choices):
        return choices(value)
    if value or default is None:
        faults.add(row.line, field, f"“{row[field]}” is not one of {', '.join(choices)}")
    return default if default is not None else next(iter(choices))


def _yes(row: Row, field: str, faults: Faults) -> bool:
    value = row[field].lower()
    if value not in {"", "yes", "no", "true", "false", "1", "0"}:
        faults.add(row.line, field, f"“{row[field]}” must be yes or no")
    return value in {"yes", "true", "1"}


def read_whole(row: Row, field: str, faults: Faults) -> int | None:
    """Return the whole number in a field, or None; note a fault where it is none."""
    if not row[field]:
        return None
    if row[field].isdecimal():
        return int(row[field])
    faults.add(row.line, field, f"“{row[field]}” is not a whole number")
    return None


def read_date(row: Row, field: str, faults: Faults) -> str:
    """Return the date in a field in ISO form, to its precision, or an empty text; note a fault."""
    try:
        return str(PartialDate(row[field]))
    except ValueError as error:
        faults.add(row.line, field, str(error))
        return ""

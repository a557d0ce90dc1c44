"""Frames of everything in a project by name, and frames of others taken in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from framework_coder.errors import NotFoundError
from framework_coder.exchange.charting import Known
from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.recorded import (
    read_claims,
    read_codings,
    read_coverage,
    read_evidence,
)
from framework_coder.exchange.rows import ClaimRow, EvidenceRow, SiteRow
from framework_coder.exchange.tables import Grid, Row, read_table
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Originator
from framework_coder.project.frames import FRAMES, check_grid, make_frame, read_frame
from framework_coder.store.claims import load_claims, names_of_claims
from framework_coder.store.codebooks import load_codebook, load_design
from framework_coder.store.codings import load_codings, names_of_codings
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows.charting import ChartingImport, import_charting
from framework_coder.workflows.coding import CodingImport, import_codings
from framework_coder.workflows.describing import describe_sources

if TYPE_CHECKING:
    import pandas as pd

    from framework_coder.project.project import Project
    from framework_coder.project.session import Session

TEXTS = ("blocks", "segments")
"""The frames that hold whole texts, given only where they are asked for by name."""


class UnknownFrameError(NotFoundError):
    """A frame that a project does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A project has no frame “{name}”; choose one of {', '.join(FRAMES)}.")


@dataclass(frozen=True, slots=True)
class FrameImport:
    """How many rows of a frame were new, how many changed what is here, and how many say what is here."""

    new: int = 0
    changed: int = 0
    same: int = 0


# Out


def frame_of(project: "Project", name: str) -> "pd.DataFrame":
    """Return the frame of that name; raises UnknownFrameError."""
    if name not in FRAMES:
        raise UnknownFrameError(name)
    parts = {"sites", "sources", "codebook", "codings", "claims", "memos"}
    if name in parts:
        made: pd.DataFrame = getattr(project, name).frame()
        return made
    list_rows: dict[str, Callable[[Project], Iterator[dict[str, Any]]]] = {
        "blocks": _blocks,
        "segments": _segments,
        "evidence": _evidence,
        "coverage": _coverage,
        "findings": _findings,
        "finding_claims": _finding_claims,
    }
    return make_frame(name, list_rows[name](project))


def _blocks(project: "Project") -> Iterator[dict[str, Any]]:
    for source in project.sources.list():
        found = project.sources.text(source.ref)
        for number, block in enumerate(found.blocks):
            yield {
                "source": source.ref,
                "block": number,
                "kind": block.kind.value,
                "level": block.level,
                "answers": block.answers,
                "place": str(block.locator),
                "start": block.start,
                "end": block.end,
                "text": found.text[block.start : block.end],
            }


def _segments(project: "Project") -> Iterator[dict[str, Any]]:
    for source in project.sources.list():
        text = project.sources.text(source.ref).text
        for segment in project.sources.segments(source.ref):
            yield {
                "source": source.ref,
                "block": segment.block,
                "kind": segment.kind.value,
                "start": segment.start,
                "end": segment.end,
                "text": text[segment.start : segment.end],
            }


def _evidence(project: "Project") -> Iterator[dict[str, Any]]:
    study = project.study()
    quotes = {coding.id: coding.quote for coding in study.codings}
    for link in study.evidence:
        yield {
            "claim": link.claim,
            "coding": link.coding,
            "stance": link.stance.value,
            "basis": "inferred" if link.is_inferred else "direct",
            "prominence": link.prominence,
            "origins": "; ".join(sorted(link.origins or ())),
            "note": link.note,
            "quote": quotes[link.coding],
        }


def _coverage(project: "Project") -> Iterator[dict[str, Any]]:
    study = project.study(with_text=False)
    refs = {source.id: source.ref for source in study.sources}
    same = ("theme", "version", "coder", "made_on")
    for row in study.coverage:
        said = {name: getattr(row, name) for name in same}
        yield {"source": refs[row.source], "state": row.state.value, **said}


def _findings(project: "Project") -> Iterator[dict[str, Any]]:
    study = project.study(with_text=False)
    counts = Counter(link.finding for link in study.finding_links)
    for finding in study.findings:
        said = {name: getattr(finding, name) for name in ("statement", "comment", "author")}
        yield {"finding": finding.id, "claims": counts[finding.id], **said}


def _finding_claims(project: "Project") -> Iterator[dict[str, Any]]:
    for link in project.study(with_text=False).finding_links:
        yield {"finding": link.finding, "claim": link.claim, "role": link.role.value, "note": link.note}


# In


def take_sites(session: "Session", frame: "pd.DataFrame") -> tuple[FrameImport, list[SiteRow]]:
    """Return the sites of a frame that are new or say more than is here, with their attributes joined."""
    grid = read_frame(frame, (), renamed={"code": "site"})
    faults = check_grid("sites", grid, grid.columns, ["site"])
    with session.reading() as connection:
        here = {site.code: site for site in load_sites(connection)}
    rows, counts, seen = [], Counter[str](), set[str]()
    for row in read_table(grid, faults, ["site"], None):
        code = row["site"]
        if not code or code in seen:
            faults.add(row.line, "site", f"“{code}” stands twice" if code else "the field is empty")
            continue
        seen.add(code)
        known = here.get(code)
        given = {name: value for name, value in row.fields.items() if name not in {"site", "name"} and value}
        name = row["name"] or (known.name if known else code)
        attributes = {**(known.attributes if known else {}), **given}
        is_same = known is not None and (known.name, dict(known.attributes)) == (name, attributes)
        counts["new" if known is None else "same" if is_same else "changed"] += 1
        if not is_same:
            rows.append(SiteRow(row.line, code, name, attributes))
    refuse([faults])
    return FrameImport(**counts), rows


_DESCRIBED = ("title", "document_type", "produced_on", "originator", "informants", "authors", "url")
_FIXED = ("method", "sites", "derived_from", "path")


def take_sources(
    session: "Session", rows: Iterable[Mapping[str, str]], frame: "pd.DataFrame"
) -> tuple[FrameImport, Mapping[str, Any]]:
    """Return what a frame says of sources that are here otherwise than the register does now, by ref."""
    grid = read_frame(frame, (), renamed={})
    faults = check_grid("sources", grid, ("ref", *_DESCRIBED, *_FIXED), ["ref"])
    here = {row["ref"]: row for row in rows}
    with session.reading() as connection:
        types = load_design(connection).document_types
    changes, same = dict[str, Any](), 0
    for row in read_table(grid, faults, ["ref"], None):
        known = here.get(row["ref"])
        if known is None:
            faults.add(row.line, "ref", f"there is no source “{row['ref']}”; import its file first")
            continue
        _check_source(row, known, types, faults)
        given: dict[str, Any] = {
            name: row[name] for name in _DESCRIBED if name in grid.columns and row[name] != known[name]
        }
        for name in given.keys() & {"informants", "authors"}:
            given[name] = list(row.listed(name))
        if given:
            changes[row["ref"]] = given
        same += not given
    refuse([faults])
    return FrameImport(0, len(changes), same), changes


def _check_source(row: Row, known: Mapping[str, str], types: Sequence[str], faults: Faults) -> None:
    for name in _FIXED:
        if name in row.fields and row[name] != known[name]:
            faults.add(row.line, name, f"it is “{known[name]}” and is not changed by a frame")
    if row["document_type"] and row["document_type"] not in types:
        faults.add(row.line, "document_type", f"“{row['document_type']}” is not one of {', '.join(types)}")
    if row["originator"] and row["originator"] not in set(Originator):
        faults.add(row.line, "originator", f"“{row['originator']}” is not one of {', '.join(Originator)}")
    try:
        PartialDate(row["produced_on"])
    except ValueError as error:
        faults.add(row.line, "produced_on", str(error))


def change_sources(session: "Session", changes: Mapping[str, Any], why: str) -> None:
    """Store what `take_sources` found, as one step."""
    if changes:
        describe_sources(session.engine, changes, who=session.who, why=why)


_CODINGS = ("source", "theme", "quote", "id", "site", "start", "before", "after", "coder", "made_on", "state",
            "memo")  # fmt: skip


def take_codings(session: "Session", frame: "pd.DataFrame", *, why: str, is_dry_run: bool) -> CodingImport:
    """Store the codings of a frame by their quotes; those that are here are passed over."""
    renamed = {} if "id" in frame.columns else {"coding": "id"}
    passed = ("end", "place", "origin", "score", "reason", "is_drifted", "coding" if not renamed else "")
    grid = read_frame(frame, _CODINGS, renamed=renamed, passed=passed)
    faults = check_grid("codings", grid, _CODINGS, ["source", "theme", "quote"])
    with session.reading() as connection:
        codes = {site.id: site.code for site in load_sites(connection)}
        sources = {s.ref: [codes[site] for site in s.sites] for s in load_sources(connection)}
        themes = {theme.id for theme in load_codebook(connection)}
    rows = read_codings(grid, faults, sources, themes, session.who)
    refuse([faults])
    if "id" not in grid.columns:
        rows = [replace(row, id="") for row in rows]
    return import_codings(
        session.engine, rows, who=session.who, why=why, is_dry_run=is_dry_run, by_place=True
    )


_CLAIMS = ("id", "site", "theme", "summary", "kind", "key", "quotation", "comment", "values", "author",
           "decision", "decision_reason", "decided_by", "decided_on")  # fmt: skip
_EVIDENCE = ("claim", "coding", "stance", "basis", "prominence", "origins", "note", "quote")
_COVERAGE = ("source", "theme", "version", "state", "coder", "made_on")


@dataclass
class _Charting:
    """The rows of frames of claims, evidence and coverage, and what they refer to."""

    session: "Session"

    def __post_init__(self) -> None:
        with self.session.reading() as connection:
            codes = {site.id: site.code for site in load_sites(connection)}
            codings = load_codings(connection)
            self.spots = {(codes[c.site], c.theme, c.summary): c.id for c in load_claims(connection)}
            names = names_of_claims(connection)
            of_claims = {claim.id: codes[claim.site] for claim in load_claims(connection)}
            self.codings = {str(c.id): c.id for c in codings} | names_of_codings(connection)
            self.quotes = {c.id: c.quote for c in codings}
            sites = {c.id: codes[c.site] for c in codings}
            self.known = Known(
                sites=set(codes.values()),
                themes={theme.id for theme in load_codebook(connection)},
                sources={source.ref for source in load_sources(connection)},
                claims={str(n): code for n, code in of_claims.items()}
                | {name: of_claims[number] for name, number in names.items()},
                codings={name: sites[number] for name, number in self.codings.items()},
                coder=self.session.who,
            )
        self.here = {str(number): number for number in of_claims if str(number) not in names}

    def claims(self, frame: "pd.DataFrame") -> list[ClaimRow]:
        """Return the claims that are not here word for word; the others are known by their ids."""
        renamed = {"is_key": "key"} | ({} if "id" in frame.columns else {"claim": "id"})
        passed = ("evidence", "claim" if "id" in frame.columns else "")
        grid = read_frame(frame, _CLAIMS, renamed=renamed, passed=passed)
        if "id" not in grid.columns:
            rows = tuple((f"row {n}", *row) for n, row in enumerate(grid.rows, start=1))
            grid = Grid(("id", *grid.columns), rows)
        faults = check_grid("claims", grid, _CLAIMS, ["site", "theme", "summary"])
        found = read_claims(grid, faults, self.known.sites, self.known.themes, self.session.who)
        refuse([faults])
        new = []
        for row in found:
            number = self.spots.get((row.site, row.theme, row.summary))
            if number is None:
                self.here.pop(row.id, None)  # the id is the frame's own, not a number of this project
                new.append(row)
            else:
                self.here[row.id] = number
        return new

    def evidence(self, frame: "pd.DataFrame", claims: list[ClaimRow]) -> list[EvidenceRow]:
        """Return the links; a quote, where given, must be that of the coding named."""
        grid = read_frame(frame, _EVIDENCE, renamed={})
        faults = check_grid("evidence", grid, _EVIDENCE, ["claim", "coding"])
        for row in read_table(grid, faults, (), None):
            number = self.codings.get(row["coding"])
            if row["quote"] and number is not None and self.quotes[number] != row["quote"]:
                faults.add(row.line, "quote", f"coding “{row['coding']}” of this project says other words")
        refuse([faults])
        kept = [place for place, name in enumerate(grid.columns) if name != "quote"]
        grid = Grid(
            tuple(grid.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in grid.rows),
        )
        sites = {**self.known.claims, **{row.id: row.site for row in claims}}
        with_names = {name: sites.get(name) or self.known.claims[str(n)] for name, n in self.here.items()}
        found = read_evidence(grid, faults, {**sites, **with_names}, self.known.codings)
        refuse([faults])
        return found


def _without_zero(grid: Grid) -> Grid:
    """Leave out the version of coverage from before the first one was frozen, which has no number."""
    places = [place for place, name in enumerate(grid.columns) if name == "version"]
    rows = (
        tuple("" if place in places and value == "0" else value for place, value in enumerate(row))
        for row in grid.rows
    )
    return Grid(grid.columns, tuple(rows))


def take_charting(
    session: "Session",
    claims: "pd.DataFrame | None",
    evidence: "pd.DataFrame | None",
    coverage: "pd.DataFrame | None",
    *,
    why: str,
    is_dry_run: bool,
) -> ChartingImport:
    """Store claims, evidence and coverage of frames, all of it or nothing, what is here not again."""
    charting = _Charting(session)
    rows = [] if claims is None else charting.claims(claims)
    links = [] if evidence is None else charting.evidence(evidence, rows)
    examined = []
    if coverage is not None:
        grid = _without_zero(read_frame(coverage, _COVERAGE, renamed={}))
        faults = check_grid("coverage", grid, _COVERAGE, ["source", "theme"])
        known = charting.known
        examined = read_coverage(grid, faults, known.sources, known.themes, session.who)
        refuse([faults])
    return import_charting(
        session.engine,
        who=session.who,
        claims=rows,
        evidence=links,
        coverage=examined,
        codings=charting.codings,
        claims_here=charting.here,
        why=why,
        is_dry_run=is_dry_run,
    )

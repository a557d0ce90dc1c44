"""The study folder in: `study.yaml`, sites, register and recorded analysis, checked against each other.

The format is docs/reference/study-folder.md. Everything wrong in any file is reported together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.charting import Known, read_charting
from framework_coder.exchange.codebooks import load_codebook, load_emergent, load_rewordings
from framework_coder.exchange.faults import Faults, refuse
from framework_coder.exchange.recorded import read_codings
from framework_coder.exchange.register import read_sites, read_sources
from framework_coder.exchange.reviewed import read_reviewing, read_revisions
from framework_coder.exchange.rows import (
    CodingRow,
    EmergentTheme,
    PlannedRow,
    RevisionRow,
    Rewording,
    SiteRow,
    StudyFolder,
)
from framework_coder.exchange.tables import find_table
from framework_coder.exchange.trees import Tree, read_tree
from framework_coder.model.codebook import Codebook, CodebookError
from framework_coder.model.design import (
    STANDARD_DOCUMENT_TYPES,
    STANDARD_METHODS,
    Design,
    FieldKind,
    Method,
    SiteField,
)

_KEYS = {
    "name",
    "codebook",
    "emergent",
    "methods",
    "document_types",
    "authors_are_origins",
    "site_fields",
    "plan",
    "gaps",
    "selection",
    "coder",
}


class NoStudyFolderError(BadInputError):
    """A folder without the files that make it a study folder."""

    def __init__(self, folder: Path, missing: Iterable[str]) -> None:
        names = ", ".join(missing)
        super().__init__(
            f"{folder} is not a study folder: {names} not found. "
            "A study folder holds study.yaml, sites.csv and sources.csv."
        )


def read_study_folder(folder: Path) -> StudyFolder:
    """Return a study folder's tables, checked; the source files themselves are read later.

    Raises NoStudyFolderError or FaultyFileError (every fault with file, line and field).
    """
    missing = [f"{name}.csv" for name in ("sites", "sources") if find_table(folder, name) is None]
    if not (folder / "study.yaml").is_file():
        missing.insert(0, "study.yaml")
    if missing:
        raise NoStudyFolderError(folder, missing)
    faults = Faults("study.yaml")
    tree = read_tree(folder / "study.yaml", faults)
    for key in tree.keys() - _KEYS:
        faults.add(tree.lines[key], key, f"the key is not known; the keys are {', '.join(sorted(_KEYS))}")
    design = _read_design(tree, faults)
    framework = _read_codebooks(folder, tree, faults)
    refuse([faults])
    return _read_tables(folder, tree, faults, design, framework)


@dataclass(frozen=True, slots=True)
class _Framework:
    """The codebook that the reading began with, and what the reading made of it."""

    base: Codebook
    emergent: tuple[EmergentTheme, ...] = ()
    rewordings: tuple[Rewording, ...] = ()

    @property
    def themes(self) -> set[str]:
        return {theme.id for theme in self.base} | {story.theme.id for story in self.emergent}

    @property
    def newest(self) -> int:
        """The number of the last framework version that a run freezes."""
        return 2 if self.emergent or self.rewordings else 1


def _read_tables(
    folder: Path, tree: Tree, faults: Faults, design: Design, framework: _Framework
) -> StudyFolder:
    themes, coder = framework.themes, str(tree.get("coder") or "")
    names = ("sites", "sources", "codings", "revisions")
    sheets = {name: path for name in names if (path := find_table(folder, name))}
    notes = {name: Faults(path.name) for name, path in sheets.items()}
    sites = read_sites(sheets["sites"], notes["sites"], design)
    codes = {site.code for site in sites}
    sources = read_sources(sheets["sources"], notes["sources"], design, codes, folder)
    refs = {source.ref: source.sites for source in sources if source.ref}
    codings: list[CodingRow] = []
    if "codings" in sheets:
        codings = read_codings(sheets["codings"], notes["codings"], refs, themes, coder)
    revisions: list[RevisionRow] = []
    if "revisions" in sheets:
        revisions = read_revisions(sheets["revisions"], notes["revisions"], refs, folder)
    coded = {coding.id: coding.site for coding in codings}
    known = Known(codes, themes, refs, codings=coded, coder=coder, newest=framework.newest)
    charting = read_charting(folder, known)
    claims = {claim.id: claim.site for claim in charting.claims}
    planned = [method.id for method in design.planned_methods]
    reviewing, unread = read_reviewing(folder, replace(known, claims=claims), planned)
    plan = _read_plan(tree, sites, design, faults)
    refuse([faults, *notes.values(), *charting.faults, *unread])
    return StudyFolder(
        str(folder),
        design,
        framework.base,
        tuple(sites),
        tuple(sources),
        coder,
        framework.emergent,
        plan,
        tuple(codings),
        charting.claims,
        charting.evidence,
        charting.coverage,
        charting.marks,
        reviewing,
        tuple(revisions),
        framework.rewordings,
    )


def _read_codebooks(folder: Path, tree: Tree, faults: Faults) -> _Framework:
    if not tree.get("codebook"):
        faults.add(tree.line, "codebook", "name the codebook file, as in codebook: box1.yaml")
        return _Framework(Codebook())
    path = folder / str(tree["codebook"])
    if not path.is_file():
        faults.add(tree.lines["codebook"], "codebook", f"there is no file {tree['codebook']}")
        return _Framework(Codebook())
    base = load_codebook(path)
    if not tree.get("emergent"):
        return _Framework(base)
    extra = folder / str(tree["emergent"])
    if not extra.is_file():
        faults.add(tree.lines["emergent"], "emergent", f"there is no file {tree['emergent']}")
        return _Framework(base)
    emergent = load_emergent(extra)
    grown = base
    for story in emergent:
        try:
            grown = grown.add(story.theme)
        except CodebookError as error:
            faults.add(tree.lines["emergent"], "emergent", f"{extra.name}: {error}")
    themes = {theme.id for theme in base} | {story.theme.id for story in emergent}
    return _Framework(base, emergent, load_rewordings(extra, themes))


def _read_design(tree: Tree, faults: Faults) -> Design:
    types = tree.get("document_types")
    return Design(
        name=str(tree.get("name") or "Study"),
        methods=tuple(_read_method(node, faults, tree) for node in _nodes(tree, "methods", faults))
        or STANDARD_METHODS,
        document_types=tuple(map(str, types)) if isinstance(types, list) else STANDARD_DOCUMENT_TYPES,
        site_fields=tuple(_read_site_field(node, faults) for node in _nodes(tree, "site_fields", faults)),
        authors_are_origins=tree.get("authors_are_origins", True) is not False,
        selection=_read_selection(tree, faults),
    )


def _read_selection(tree: Tree, faults: Faults) -> dict[str, Any]:
    """Return what is told of the choice of sites, with dates as text, since JSON keeps it."""
    value = tree.get("selection")
    if value is None:
        return {}
    if isinstance(value, Tree):
        told: dict[str, Any] = _plain(value)
        return told
    faults.add(tree.lines["selection"], "selection", "this must be names and values, as in identified: 38")
    return {}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _nodes(tree: Tree, key: str, faults: Faults) -> list[Tree]:
    """Return the mappings in a list; anything else there is a fault."""
    value = tree.get(key) or []
    if isinstance(value, list) and all(isinstance(node, Tree) for node in value):
        return value
    faults.add(tree.lines[key], key, "this must be a list of entries in { }")
    return []


def _read_method(node: Tree, faults: Faults, tree: Tree) -> Method:
    method_id = str(node.get("id") or "")
    letter = str(node.get("letter") or method_id[:1].upper())
    if not method_id:
        faults.add(node.line, "methods", "a method needs an id")
    if (
        not letter.isalpha()
        or [str(other.get("letter") or "") for other in tree["methods"]].count(letter) > 1
    ):
        faults.add(node.line, "letter", f"method “{method_id}” needs a letter of its own")
    label = str(node.get("label") or method_id.replace("_", " ").capitalize())
    return Method(method_id, label, letter, planned=node.get("planned", True) is not False)


def _read_site_field(node: Tree, faults: Faults) -> SiteField:
    field_id = str(node.get("id") or "").lower()
    if not field_id:
        faults.add(node.line, "site_fields", "a site field needs an id, the column's name in sites.csv")
    kind = str(node.get("kind") or "text")
    if kind not in set(FieldKind):
        faults.add(node.line, "kind", f"“{kind}” is not a kind; the kinds are {', '.join(FieldKind)}")
        kind = "text"
    values = node.get("values") or []
    label = str(node.get("label") or field_id.replace("_", " ").capitalize())
    return SiteField(
        field_id,
        label,
        FieldKind(kind),
        tuple(map(str, values)) if isinstance(values, list) else (),
        is_identifying=node.get("identifying") is True,
    )


def _read_plan(
    tree: Tree, sites: Iterable[SiteRow], design: Design, faults: Faults
) -> tuple[PlannedRow, ...]:
    """Return one row a site and method: the last matching entry of `plan`, with the reason of `gaps`."""
    methods = {method.id for method in design.methods}
    counts: dict[tuple[str, str], int] = {}
    for node in _nodes(tree, "plan", faults):
        where = node.get("where") or {}
        for key in node.keys() - methods - {"where"}:
            faults.add(
                node.lines[key], key, f"this is no method; the methods are {', '.join(sorted(methods))}"
            )
        for site in sites:
            if _matches(site, where):
                counts |= {(site.code, m): _count(node, m, faults) for m in node.keys() & methods}
    reasons = _read_gaps(tree, {site.code for site in sites}, methods, faults)
    places = sorted(counts.keys() | reasons.keys())
    return tuple(
        PlannedRow(site, method, counts.get((site, method), 0), reasons.get((site, method), ""))
        for site, method in places
    )


def _matches(site: SiteRow, where: Any) -> bool:
    return isinstance(where, dict) and all(
        str(value) == (site.code if key == "site" else site.attributes.get(key, ""))
        for key, value in where.items()
    )


def _count(node: Tree, method: str, faults: Faults) -> int:
    value = node[method]
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    faults.add(node.lines[method], method, f"“{value}” is not a number of sources")
    return 0


def _read_gaps(tree: Tree, codes: set[str], methods: set[str], faults: Faults) -> dict[tuple[str, str], str]:
    reasons: dict[tuple[str, str], str] = {}
    for node in _nodes(tree, "gaps", faults):
        site, method = str(node.get("site")), str(node.get("method"))
        if site not in codes or method not in methods:
            faults.add(node.line, "gaps", f"there is no site “{site}” or no method “{method}”")
        reasons[site, method] = str(node.get("reason") or "")
    return reasons

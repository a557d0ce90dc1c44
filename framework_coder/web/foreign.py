"""Files of other tools among those that were dropped: which format, what would come in, what came."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from framework_coder.errors import FrameworkCoderError
from framework_coder.web.payloads.sources import Option

if TYPE_CHECKING:
    from framework_coder.project import Project

SURE = {
    ".qdpx": "refi", ".qdc": "qdc", ".sqlite3": "taguette", ".qda": "qualcoder", ".jsonld": "annotations",
    ".yaml": "codebook", ".yml": "codebook",
}  # fmt: skip
"""Suffixes that no source has, with the format that is proposed."""

PERHAPS = {
    ".csv": ("codings", "codebook"), ".xlsx": ("codings", "codebook"), ".docx": ("codebook", "comments"),
    ".pdf": ("highlights",),
}  # fmt: skip
"""Suffixes that sources have too: the user may choose one of these instead."""


def propose_kind(name: str, path: Path, project: "Project") -> tuple[list[Option], str]:
    """Return the formats that a file may be taken over as, and the one that it surely is of, if any."""
    del path
    suffix = PurePosixPath(name).suffix.lower()
    titles = {kind: title for kind, title, reads, _ in project.exchange.formats() if reads}
    kinds = (SURE[suffix],) if suffix in SURE else PERHAPS.get(suffix, ())
    options = [Option(value=kind, label=f"Take over as {titles[kind]}") for kind in kinds if kind in titles]
    return options, SURE.get(suffix, "")


def tell_foreign(project: "Project", path: Path, kind: str) -> str:
    """Return in a sentence what would come in, or why nothing can; nothing is changed."""
    try:
        found = project.exchange.import_(path, kind=kind, is_dry_run=True)
    except FrameworkCoderError as error:
        return str(error).replace(path.name, "It")
    return "Would bring " + _sum_up(found)


def take_foreign(project: "Project", path: Path, kind: str, name: str) -> str:
    """Take a file over as one step, and return in a sentence what came in and what did not."""
    found = project.exchange.import_(path, kind=kind, why=f"from {PurePosixPath(name).name}")
    return "Brought " + _sum_up(found)


def _sum_up(found: Any) -> str:
    new, known = _count(found.new), _count(found.known)
    parts = [new or "nothing new"]
    if known:
        parts.append(f"here already: {known}")
    losses = [f"{loss.sentence} ({loss.count})" for loss in found.losses]
    return "; ".join(parts) + "." + "".join(f" Not kept: {line}" for line in losses)


def _count(counts: Mapping[str, int]) -> str:
    named: Iterable[tuple[str, int]] = counts.items()
    return ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in named if number)

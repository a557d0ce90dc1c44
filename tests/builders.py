"""Small builders that many tests share: texts, projects and studies in a line or two."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from framework_coder.exchange.rows import SourceRow
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import Coding
from framework_coder.model.design import Design
from framework_coder.model.sources import Block, BlockKind, Locator, Metadata, SourceText
from framework_coder.model.study import Site, Source, Study
from framework_coder.project import Project
from framework_coder.workflows.intake import Intake, Known
from framework_coder.workflows.reading import prepare_text

WHO = "HW"


def theme(theme_id: str = "funding", label: str = "", **fields: Any) -> Theme:
    """Return a theme that is called by its id; a dot in the id names the parent."""
    parent = theme_id.rpartition(".")[0] or None
    return Theme(theme_id, label or theme_id, fields.pop("parent", parent), **fields)


def codebook(*themes: str | Theme) -> Codebook:
    """Return a codebook of ids or themes; without any, of funding (with barriers below) and space."""
    chosen = themes or ("funding", "funding.barriers", "space")
    return Codebook(tuple(theme(t) if isinstance(t, str) else t for t in chosen), "Box 1")


def source_text(text: str = "Para one.\n\nPara two.", **fields: Any) -> SourceText:
    """Return a source whose paragraphs are set apart by empty lines.

    A paragraph that begins with `# ` is a heading, with `Q: ` a question, and with `A: ` its answer.
    """
    blocks: list[Block] = []
    for found in re.finditer(r"\S(?:.|\n(?!\n))*", text):
        blocks.append(_block(found, blocks))
    sha256 = fields.pop("sha256", hashlib.sha256(text.encode()).hexdigest())
    return SourceText(
        text, tuple(blocks), sha256, "text/plain", "test", "1", **{"metadata": Metadata(), **fields}
    )


def _block(found: re.Match[str], before: Sequence[Block]) -> Block:
    start, end = found.span()
    mark, number = found[0][:3], len(before) + 1
    if mark.startswith("# "):
        return Block(start, end, BlockKind.HEADING, Locator(paragraph=number), level=1)
    if mark == "Q: ":
        return Block(start, end, BlockKind.QUESTION, Locator(paragraph=number))
    if mark == "A: " and before:
        return Block(start, end, BlockKind.ANSWER, Locator(paragraph=number), answers=number - 2)
    return Block(start, end, BlockKind.PARAGRAPH, Locator(paragraph=number))


def design(**fields: Any) -> Design:
    """Return a design with the standard methods."""
    return Design(**{"name": "Test study", **fields})


def write_files(folder: Path, texts: dict[str, str]) -> Iterable[Path]:
    """Write text files below a folder and return their paths."""
    paths = []
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def project(folder: Path, *, sites: Iterable[str] = ("S01", "S02"), book: Codebook | None = None) -> Project:
    """Return a new project in a folder, with sites and a codebook (that of `codebook()` if none is given)."""
    made = Project.create(folder / "study.fwc", design=design(), who=WHO)
    for code in sites:
        made.sites.add(code, f"Site {code}")
    made.codebook.load(book or codebook())
    return made


def read(project: Project, text: str, *, sites: Sequence[str] = ("S01",), **fields: Any) -> Source:
    """Put a text into a project as if it had been read from a file, and return its source."""
    number = len(project.sources.list()) + 1
    row = SourceRow(0, f"text{number}.txt", tuple(sites), fields.pop("method", "document"), **fields)
    known = Known.load(project._session.engine)
    intake = Intake(project._session.engine, known, who=WHO, why="test")
    ref = intake.add(row, prepare_text(source_text(text)), text.encode())
    intake.flush()
    return project.sources.get(ref)


def site(number: int = 1, code: str = "") -> Site:
    """Return a site."""
    code = code or f"S{number:02d}"
    return Site(number, code, f"Site {code}")


def source(number: int = 1, **fields: Any) -> Source:
    """Return a document of site 1."""
    defaults = {"ref": f"D{number:02d}", "title": f"Document {number}", "method": "document", "sites": (1,)}
    return Source(number, **{**defaults, **fields})


def coding(number: int = 1, **fields: Any) -> Coding:
    """Return a coding of source 1 at funding."""
    defaults = {
        "source": 1,
        "site": 1,
        "theme": "funding",
        "start": 0,
        "end": 4,
        "quote": "text",
        "coder": WHO,
    }
    return Coding(number, **{**defaults, **fields})


def study(**fields: Any) -> Study:
    """Return a study of one site with one document, one coding and no claims."""
    defaults = {"sites": (site(),), "sources": (source(),), "codings": (coding(),), "version": 1}
    return Study(**{"design": design(), "codebook": codebook(), **defaults, **fields})

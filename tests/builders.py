"""Small builders that many tests share: texts, projects and studies in a line or two."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.design import Design
from framework_coder.model.sources import Block, BlockKind, Locator, Metadata, SourceText

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
    return SourceText(text, tuple(blocks), sha256, "text/plain", "test", "1", **{"metadata": Metadata(), **fields})


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

"""Writes notes as TXT (UTF-8, with a mark, or Windows-1252 with CRLF) and Markdown."""

import textwrap
from pathlib import Path

from masters import Line, SourceMaster, plain

ENCODINGS = {"utf-8": ("utf-8", "\n"), "bom": ("utf-8-sig", "\n"), "windows": ("cp1252", "\r\n")}


def write_plain(path: Path, source: SourceMaster) -> None:
    """Write a TXT or Markdown file: one paragraph a line and a blank line between."""
    encoding, newline = ENCODINGS[source.fields.get("encoding", "utf-8")]
    shape = _markdown if source.kind == "md" else _text
    text = "\n".join(shape(line) for line in source.lines).replace("\n\n\n", "\n\n").lstrip()
    path.write_bytes(text.rstrip().replace("\n", newline).encode(encoding) + newline.encode())


def _text(line: Line) -> str:
    text = plain(line.text)
    if line.kind == "heading":
        return f"\n{text.upper() if line.level == 1 else text}\n"
    if line.kind == "item":
        return f"- {text}"
    return f"{text}\n"


def _markdown(line: Line) -> str:
    if line.kind == "heading":
        return f"\n{'#' * line.level} {plain(line.text)}\n"
    if line.kind == "row":
        return "| " + " | ".join(plain(cell) for cell in line.cells) + " |"
    if line.kind == "item":
        return f"- {plain(line.text)}"
    return textwrap.dedent(f"{plain(line.text)}\n")

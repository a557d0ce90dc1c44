"""The documentation as tests read it: its files, their links, and the commands in their blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = (
    "*.md",
    "docs/**/*.md",
    "codebooks/*.md",
    "documents/*.md",
    "documents/*/*.md",
    "matrices/README.md",
)
PAGES = sorted(page for place in PLACES for page in ROOT.glob(place))

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`(framework-coder [^`\n]+)`")


@dataclass(frozen=True)
class Shown:
    """A command of a console block and the lines that it is said to print."""

    command: str
    output: tuple[str, ...]

    def __str__(self) -> str:
        return self.command


def name(page: Path) -> str:
    """Return a page's path below the project."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """Return the blocks of a language."""
    return [body for kind, body in _BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def links(page: Path) -> list[str]:
    """Return where the links of a page lead, blocks left out."""
    return _LINK.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))


def session(page: Path) -> list[Shown]:
    """Return the commands of the console blocks, in order."""
    shown: list[tuple[str, list[str]]] = []
    for line in (line for block in blocks(page, "console") for line in block.splitlines()):
        if line.startswith("$ "):
            shown.append((line.removeprefix("$ "), []))
        else:
            shown[-1][1].append(line)
    return [Shown(command, tuple(output)) for command, output in shown]


def commands(page: Path) -> Iterator[str]:
    """Yield every command of the program that a page shows, in blocks or in its text."""
    text = page.read_text(encoding="utf-8")
    yield from _INLINE.findall(_BLOCK.sub("", text))
    for _, body in _BLOCK.findall(text):
        for line in body.splitlines():
            start = line.find("framework-coder ")
            if line.startswith(("$ framework-coder ", "framework-coder ", ".venv/bin/framework-coder ")):
                yield line[start:]


def agrees(shown: str, printed: str) -> bool:
    """Say whether a printed line is the one shown, where `…` stands for anything and spaces do not matter."""
    parts = [r"\s+".join(map(re.escape, part.split())) for part in shown.split("…")]
    return re.fullmatch(r"\s*" + r"\s*.*\s*".join(parts) + r"\s*", printed) is not None

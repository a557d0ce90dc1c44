"""From files in folders to register rows: which site and which method a path speaks of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonpath
from pathlib import Path, PurePosixPath

from framework_coder.errors import BadInputError
from framework_coder.exchange.rows import SourceRow
from framework_coder.model.design import Design
from framework_coder.model.study import Site

_SYNONYMS = {"interview": "meeting", "answers": "questionnaire"}
_SIGNS = re.compile(r"[\W_]+")


class NothingToImportError(BadInputError):
    """No file among what was named."""

    def __init__(self, paths: Sequence[Path]) -> None:
        names = ", ".join(str(path) for path in paths)
        super().__init__(f"There is no file to import in {names}; check the path.")


def list_files(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return each file with the folder it was named by; hidden and temporary files are passed over."""
    found: list[tuple[Path, Path]] = []
    for path in paths:
        if path.is_dir():
            found += [
                (file, path) for file in sorted(path.rglob("*")) if file.is_file() and _is_meant(file, path)
            ]
        else:
            found.append((path, path.parent))
    if not found:
        raise NothingToImportError(paths)
    return found


def _is_meant(file: Path, folder: Path) -> bool:
    return not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def place_files(
    paths: Sequence[Path], design: Design, sites: Iterable[Site], *, site: str = "", method: str = ""
) -> tuple[Path, list[SourceRow]]:
    """Return a folder, and a register row below it for each file; `site` and `method` stand for all if given.

    A site is recognised by its code or name as a folder, or at the start of a file's name; a method by its
    id or label in the path. A file with no recognised method is a document.
    """
    names = {_words(name): s.code for s in sites for name in (s.name, s.code)}
    rows = []
    found = list_files([path.absolute() for path in paths])
    base = Path(commonpath([folder for _, folder in found]))
    for file, folder in found:
        shown = folder.name / file.relative_to(folder)
        code = site or _guess_site(shown, names)
        rows.append(
            SourceRow(
                line=0,
                path=file.relative_to(base).as_posix(),
                sites=(code,) if code else (),
                method=method or _guess_method(shown, design),
                document_type="",
            )
        )
    return base, rows


def propose_places(names: Iterable[str], design: Design, sites: Iterable[Site]) -> list[tuple[str, str]]:
    """Return the site (its code, or empty) and the method that each path speaks of."""
    known = {_words(name): s.code for s in sites for name in (s.name, s.code)}
    paths = [Path(*PurePosixPath(name.replace("\\", "/")).parts) for name in names]
    return [(_guess_site(path, known), _guess_method(path, design)) for path in paths]


def _words(name: str) -> str:
    return f" {_SIGNS.sub(' ', name.casefold()).strip()} "


def _guess_site(path: Path, names: Mapping[str, str]) -> str:
    for folder in reversed(path.parts[:-1]):
        if code := names.get(_words(folder)):
            return code
    stem = _words(path.stem)
    fitting = [name for name in names if stem.startswith(name)]
    return names[max(fitting, key=len)] if fitting else ""


def _guess_method(path: Path, design: Design) -> str:
    said = "".join(_words(part) for part in (*path.parts[:-1], path.stem))
    for method in design.methods:
        if any(f" {word}" in said for word in (_words(method.id)[1:-1], _words(method.label)[1:-1])):
            return method.id
    for word, method_id in _SYNONYMS.items():
        if f" {word}" in said and design.method(method_id):
            return method_id
    return "document" if design.method("document") else design.methods[0].id

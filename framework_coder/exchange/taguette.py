"""Taguette and LibreQDA projects (.sqlite3): documents, highlights and tags."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.exchange.bundle import (
    Bundle,
    BundledCoding,
    BundledMemo,
    BundledSite,
    BundledSource,
    BundledTarget,
)
from framework_coder.exchange.foreign_sqlite import ForeignTables, has_tables, open_foreign
from framework_coder.exchange.here import hash_text, home_sites
from framework_coder.exchange.naming import Branch, grow_codebook, grow_paths, guess_split, plant, split_by
from framework_coder.exchange.rulers import Counting, Rulers, Unit
from framework_coder.exchange.taguette_text import MEDIA_TYPE, Document, read_document, text_of
from framework_coder.model.sources import SourceText

TOOL = "Taguette"
TAKES = ("project", "separator", "site")
_TABLES: Mapping[str, tuple[str, ...]] = {
    "projects": ("id", "name"),
    "documents": ("id", "project_id", "name", "contents"),
    "highlights": ("id", "document_id", "start_offset", "end_offset"),
    "tags": ("id", "project_id", "path"),
    "highlight_tags": ("highlight_id", "tag_id"),
}


class SeveralProjectsError(BadInputError):
    """A database that holds several projects."""

    def __init__(self, path: Path, names: Mapping[int, str]) -> None:
        listed = ", ".join(f"{number} ({name})" for number, name in names.items())
        super().__init__(
            f"{path.name} holds {len(names)} projects: {listed}; name one with --set project=NUMBER."
        )


class UnknownProjectError(NotFoundError):
    """A project that the database does not hold."""

    def __init__(self, path: Path, wanted: str, names: Mapping[int, str]) -> None:
        listed = ", ".join(f"{number} ({name})" for number, name in names.items()) or "none"
        super().__init__(f"{path.name} holds no project “{wanted}”; it holds: {listed}.")


def recognise(path: Path) -> bool:
    """Say whether a file is a database with the tables of Taguette."""
    return path.is_file() and has_tables(path, _TABLES)


def read(path: Path, options: Mapping[str, Any], engine: Engine | None = None) -> Bundle:
    """Return one project of the database; raises BadInputError.

    Documents whose text is in the project of `engine` stay at the sites that they have there.

    Options: `project` (its number or name, where there are several), `separator` (what joins the names of a
    tag's path; `none` for flat tags), `site` (one site for all documents; else each document is a site).
    """
    with open_foreign(path, TOOL, _TABLES) as tables:
        return _Reading(path, tables, options, home_sites(engine)).read()


@dataclass(frozen=True, slots=True)
class _Made:
    """Who made a highlight, and when."""

    coder: str = ""
    made_on: str = ""


@dataclass
class _Reading:
    """One project while it is read."""

    path: Path
    tables: ForeignTables
    options: Mapping[str, Any]
    homes: Mapping[str, tuple[BundledSite, ...]] = field(default_factory=dict)
    bundle: Bundle = field(default_factory=Bundle)
    project: int = 0

    def read(self) -> Bundle:
        row = self._choose()
        self.project = int(row["id"])
        self.bundle.name, self.bundle.origin = str(row["name"]), TOOL
        self._note("", f"About {row['name']}", row["description"])
        ids = self._read_tags()
        self._read_documents(ids)
        return self.bundle

    def _choose(self) -> dict[str, Any]:
        rows = {row["id"]: row for row in self.tables.rows("projects", ("id", "name", "description"))}
        names = {number: str(row["name"]) for number, row in rows.items()}
        wanted = str(self.options.get("project", "")).strip()
        if not wanted and len(rows) == 1:
            return next(iter(rows.values()))
        if not wanted and rows:
            raise SeveralProjectsError(self.path, names)
        chosen = [row for number, row in rows.items() if wanted in {str(number), names[number]}]
        if len(chosen) != 1:
            raise UnknownProjectError(self.path, wanted, names)
        return chosen[0]

    def _note(self, source: str, title: str, text: Any) -> None:
        if text and str(text).strip():
            targets = (BundledTarget(source=source),) if source else ()
            key = f"about {source}" if source else "about"
            self.bundle.memos.append(BundledMemo(key, title, str(text).strip(), targets=targets))

    def _read_tags(self) -> dict[str, str]:
        """Fill the codebook; return the theme that each tag's number stands for."""
        wanted = ("id", "project_id", "path", "description", "parent_id")
        tags = [t for t in self.tables.rows("tags", wanted, order="id") if t["project_id"] == self.project]
        words = {t["id"]: {"definition": str(t["description"] or "").strip()} for t in tags}
        if any(t["parent_id"] is not None for t in tags):
            branches = plant(
                [
                    (
                        str(t["id"]),
                        None if t["parent_id"] is None else str(t["parent_id"]),
                        Branch(str(t["path"]), words[t["id"]], str(t["id"])),
                    )
                    for t in tags
                ]
            )
        else:
            split = self._split([str(t["path"]) for t in tags])
            branches = grow_paths(((str(t["id"]), str(t["path"]), words[t["id"]]) for t in tags), split)
        self.bundle.codebook, ids = grow_codebook(branches, self.bundle.name)
        return ids

    def _split(self, paths: list[str]) -> Callable[[str], list[str]]:
        given = str(self.options.get("separator", ""))
        if given:
            return split_by("\0" if given == "none" else given)
        split, mark = guess_split(paths)
        if mark:
            self.bundle.choices.append(
                f"Tags are split into levels at “{mark}”; --set separator=none keeps them flat."
            )
        return split

    def _read_documents(self, ids: Mapping[str, str]) -> None:
        site = str(self.options.get("site", "")).strip()
        sites: dict[str, BundledSite] = {}
        made, tags, marks = self._makers(), self._tags_of(), self._highlights()
        wanted = ("id", "project_id", "name", "description", "filename", "created")
        for row in self.tables.rows("documents", wanted, order="id"):
            if row["project_id"] != self.project:
                continue
            key, title = str(row["id"]), str(row["name"])
            document = self._document(row["id"])
            own_site = BundledSite("all", site) if site else BundledSite(f"document {key}", title)
            home = self.homes.get(hash_text(document.carried.text), (own_site,))[0]
            sites[home.key] = home
            self.bundle.sources.append(
                BundledSource(
                    key=key,
                    title=title,
                    load=partial(_load, self.path, row["id"]),
                    original=partial(_content, self.path, row["id"]),
                    file_name=f"{row['filename'] or title}.html",
                    media_type=MEDIA_TYPE,
                    sites=(home.key,),
                )
            )
            self._note(key, f"About {title}", row["description"])
            self._code(key, document, marks.get(row["id"], []), _Tags(tags, ids, made, home.key))
        self.bundle.sites = list(sites.values())
        if any(key.startswith("document") for key in sites):
            self.bundle.choices.append(
                "Each document is a site of its own; --set site=NAME puts all of them in one."
            )

    def _document(self, number: Any) -> Document:
        return read_document(self.path, str(self.tables.value("documents", "contents", "id", number) or ""))

    def _highlights(self) -> dict[Any, list[dict[str, Any]]]:
        found: dict[Any, list[dict[str, Any]]] = {}
        wanted = ("id", "document_id", "start_offset", "end_offset", "snippet")
        for row in self.tables.rows("highlights", wanted, order="id"):
            found.setdefault(row["document_id"], []).append(row)
        return found

    def _tags_of(self) -> dict[Any, list[str]]:
        found: dict[Any, list[str]] = {}
        for row in self.tables.rows("highlight_tags", ("highlight_id", "tag_id"), order="tag_id"):
            found.setdefault(row["highlight_id"], []).append(str(row["tag_id"]))
        return found

    def _makers(self) -> dict[Any, _Made]:
        """Return who last set each highlight, from the commands that Taguette keeps."""
        found: dict[Any, _Made] = {}
        wanted = ("id", "date", "user_login", "project_id", "payload")
        for row in self.tables.rows("commands", wanted, order="id"):
            if row["project_id"] != self.project or "highlight_add" not in str(row["payload"]):
                continue
            with suppress(ValueError, AttributeError):
                payload = json.loads(row["payload"])
                number = payload.get("highlight_id", payload.get("id"))
                found[number] = _Made(str(row["user_login"] or ""), str(row["date"] or "")[:10])
        self.bundle.coders = sorted({made.coder for made in found.values() if made.coder})
        return found

    def _code(self, key: str, document: Document, marks: list[dict[str, Any]], tags: "_Tags") -> None:
        rows = {m["id"]: (_whole(m["start_offset"]), _whole(m["end_offset"]), _quote(m)) for m in marks}
        rulers = Rulers(document.carried.raw, _countings(document), rows.values())
        for number, row in rows.items():
            themes = [tags.ids[tag] for tag in tags.of.get(number, []) if tag in tags.ids]
            if not themes:
                self.bundle.lose("highlights", "have no tag and are no codings")
                continue
            span = rulers.place(row)
            if span is None:
                where = self.bundle.sources[-1].title
                self.bundle.lose(
                    "highlights", f"of “{where}” do not stand where Taguette says, and were left out"
                )
                continue
            start, end = document.carried.start(span[0]), document.carried.end(span[1])
            quote, made = document.carried.text[start:end], tags.made.get(number, _Made())
            if not quote.strip():
                self.bundle.lose("highlights", "hold only white space and were left out")
                continue
            self.bundle.codings += [
                BundledCoding(
                    f"{number} {theme}", key, theme, start, end, quote,
                    site=tags.site, coder=made.coder, made_on=made.made_on,
                )
                for theme in themes
            ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags of each highlight, the theme of each tag, who made the highlight, and the document's site."""

    of: Mapping[Any, list[str]]
    ids: Mapping[str, str]
    made: Mapping[Any, _Made]
    site: str


def _countings(document: Document) -> list[Counting]:
    """Return how offsets may be counted: Taguette's way, without white space at the beginning, and others."""
    lead = -len(document.lead.encode())
    ways = [Counting(Unit.BYTES), Counting(Unit.UTF16), Counting(Unit.CODE_POINTS)]
    return [*ways[:1], *([Counting(Unit.BYTES, shift=lead)] if lead else []), *ways[1:]]


def _quote(mark: Mapping[str, Any]) -> str:
    return text_of(str(mark["snippet"] or ""))


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _load(path: Path, number: Any) -> SourceText:
    with open_foreign(path, TOOL, _TABLES) as tables:
        html = str(tables.value("documents", "contents", "id", number) or "")
        return read_document(path, html).source_text()


def _content(path: Path, number: Any) -> bytes:
    with open_foreign(path, TOOL, _TABLES) as tables:
        html = str(tables.value("documents", "contents", "id", number) or "")
        return html.encode("utf-8", "replace")

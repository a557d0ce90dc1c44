"""QualCoder projects (.qda): files, cases, codes and categories, coded text, annotations, journals, memos."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from framework_coder.errors import UnreadableFileError
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
from framework_coder.exchange.naming import Branch, grow_codebook, plant
from framework_coder.exchange.qualcoder_text import NO_CASE, CaseText, CodedFile, load_file, original_of
from framework_coder.exchange.rulers import Marked
from framework_coder.model.codebook import Codebook
from framework_coder.model.design import Design, FieldKind, SiteField

TOOL = "QualCoder"
DATABASE = "data.qda"
UNASSIGNED = "Unassigned"
TAKES = ("site",)
_TABLES: Mapping[str, tuple[str, ...]] = {
    "project": (),
    "source": ("id", "name", "fulltext"),
    "code_name": ("cid", "name"),
    "code_text": ("cid", "fid", "seltext", "pos0", "pos1"),
}
_COLOURS = frozenset("0123456789abcdefABCDEF")


class NoDatabaseError(UnreadableFileError):
    """A folder that is no project of QualCoder."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} holds no {DATABASE}; name the project's folder, which ends in .qda.")


def recognise(path: Path) -> bool:
    """Say whether a folder, or the database in it, is a project of QualCoder."""
    return has_tables(_database(path), _TABLES)


def read(path: Path, options: Mapping[str, Any], engine: Engine | None = None) -> Bundle:
    """Return the project; `path` is its folder or the data.qda in it. Raises UnreadableFileError.

    Option: `site`, the name of the site of passages that are in no case (else `Unassigned`); files whose text
    is in the project of `engine` stay at the sites that they have there.
    """
    database = _database(path)
    if not database.is_file():
        raise NoDatabaseError(path)
    with open_foreign(database, TOOL, _TABLES) as tables:
        spare = str(options.get("site", "")).strip() or UNASSIGNED
        return _Reading(database, tables, spare, home_sites(engine)).read()


def _database(path: Path) -> Path:
    return path / DATABASE if path.is_dir() else path


@dataclass
class _Reading:
    """A project while it is read."""

    path: Path
    tables: ForeignTables
    spare_site: str
    homes: Mapping[str, tuple[BundledSite, ...]] = field(default_factory=dict)
    bundle: Bundle = field(default_factory=Bundle)
    ids: dict[str, str] = field(default_factory=dict)
    coders: set[str] = field(default_factory=set)

    def read(self) -> Bundle:
        folder = self.path.parent.name if self.path.name == DATABASE else self.path.name
        self.bundle.name, self.bundle.origin = folder.removesuffix(".qda"), TOOL
        self.bundle.codebook = self._read_codes()
        self._read_cases()
        self._read_files()
        self._read_notes()
        self._count_losses()
        self.bundle.coders = sorted(self.coders)
        return self.bundle

    def _read_codes(self) -> Codebook:
        """Return categories and codes as one tree; a memo of either is its definition."""
        rows: list[tuple[str, str | None, Branch]] = []
        for cat in self.tables.rows("code_cat", ("catid", "name", "memo", "supercatid"), order="catid"):
            key = f"category {cat['catid']}"
            rows.append((key, _key("category", cat["supercatid"]), _branch(key, cat)))
        wanted = ("cid", "name", "memo", "catid", "supercid", "color")
        for code in self.tables.rows("code_name", wanted, order="cid"):
            key = str(code["cid"])
            above = _key("", code["supercid"]) or _key("category", code["catid"])
            rows.append((key, above, _branch(key, code, str(code["color"] or ""))))
        book, self.ids = grow_codebook(plant(rows), self.bundle.name)
        return book

    def _read_cases(self) -> None:
        values = self._values("case")
        kinds = {row["name"]: row["valuetype"] for row in self._types()}
        fields = {name: kinds.get(name) for of_case in values.values() for name in of_case}
        if fields:
            self.bundle.design = Design(
                self.bundle.name,
                site_fields=tuple(
                    SiteField(name, name, FieldKind.NUMBER if kind == "numeric" else FieldKind.TEXT)
                    for name, kind in fields.items()
                ),
            )
        for case in self.tables.rows("cases", ("caseid", "name", "memo", "owner", "date"), order="caseid"):
            key = str(case["caseid"])
            self.bundle.sites.append(
                BundledSite(
                    key, str(case["name"] or f"Case {key}"), attributes=values.get(case["caseid"], {})
                )
            )
            self._note(f"case {key}", f"Case {case['name']}", case["memo"], case, BundledTarget(site=key))

    def _types(self) -> Iterable[dict[str, Any]]:
        return self.tables.rows("attribute_type", ("name", "valuetype"))

    def _values(self, kind: str) -> dict[Any, dict[str, str]]:
        """Return the attributes of cases, or of files, by number; one without a value is not there."""
        found: dict[Any, dict[str, str]] = {}
        for row in self.tables.rows("attribute", ("name", "attr_type", "value", "id")):
            value = str(row["value"] if row["value"] is not None else "").strip()
            if row["attr_type"] == kind and row["name"] and value:
                found.setdefault(row["id"], {})[str(row["name"])] = value
        return found

    def _read_files(self) -> None:
        marks = self._grouped("code_text", ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date",
                                            "memo", "important"), "fid")  # fmt: skip
        notes = self._grouped("annotation", ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"), "fid")
        cases = self._grouped("case_text", ("caseid", "fid", "pos0", "pos1"), "fid")
        attributes, known = self._values("file"), {site.key for site in self.bundle.sites}
        wanted = ("id", "name", "memo", "owner", "date", "mediapath", "fulltext")
        for row in self.tables.rows("source", wanted, order="id"):
            number, key = row["id"], str(row["id"])
            if not str(row["fulltext"] or "").strip():
                self.bundle.lose("sources", "have no text (images, sounds, films) and stayed behind")
                continue
            coded = marks.pop(number, [])
            spans = [
                CaseText(str(c["caseid"]), _whole(c["pos0"]), _whole(c["pos1"]))
                for c in cases.get(number, ())
                if str(c["caseid"]) in known
            ]
            file = CodedFile(str(row["fulltext"]), [_marked(mark) for mark in coded], spans)
            before = len(self.bundle.codings)
            self._code(key, file, coded, str(row["name"]))
            self._source(key, row, file, before)
            self._annotate(key, file, notes.get(number, []))
            self._note(f"file {key}", str(row["name"]), row["memo"], row, BundledTarget(source=key))
            listed = "\n".join(f"{name}: {value}" for name, value in attributes.get(number, {}).items())
            title = f"Attributes of {row['name']}"
            self._note(f"attributes {key}", title, listed, {}, BundledTarget(source=key))
        lost = sum(len(rows) for rows in marks.values())
        if lost:
            self.bundle.lose("codings", "stand on files that have no text", lost)

    def _grouped(self, table: str, wanted: tuple[str, ...], by: str) -> dict[Any, list[dict[str, Any]]]:
        found: dict[Any, list[dict[str, Any]]] = {}
        for row in self.tables.rows(table, wanted, order=wanted[0]):
            found.setdefault(row[by], []).append(row)
        return found

    def _source(self, key: str, row: Mapping[str, Any], file: CodedFile, before: int) -> None:
        name = str(row["name"] or f"File {key}")
        content, media_type = original_of(self.path.parent, name, file.raw)
        sites = dict.fromkeys(case.site for case in file.cases)
        home = self._home(file)
        if home:
            self.bundle.sites += [home] if home not in self.bundle.sites else []
            self.bundle.codings[before:] = [
                replace(coding, site=home.key) if coding.site == NO_CASE else coding
                for coding in self.bundle.codings[before:]
            ]
        sites |= dict.fromkeys(coding.site for coding in self.bundle.codings[before:])
        self.bundle.sources.append(
            BundledSource(
                key=key,
                title=name,
                load=partial(load_file, self.path, row["id"], name),
                original=partial(_read_original, self.path, row["id"], name),
                file_name=name if content is None else content.name,
                media_type=media_type,
                sites=tuple(sites) or (home.key if home else NO_CASE,),
            )
        )

    def _home(self, file: CodedFile) -> BundledSite | None:
        """Return the site of what is in no case where the text is here: one of its sites that is no case."""
        cases = {site.name for site in self.bundle.sites if site.key in {case.site for case in file.cases}}
        others = [s for s in self.homes.get(hash_text(file.carried.text), ()) if s.name not in cases]
        return next((site for site in others if site.name == self.spare_site), next(iter(others), None))

    def _code(self, key: str, file: CodedFile, coded: list[dict[str, Any]], name: str) -> None:
        for number, mark in enumerate(coded):
            # the oldest databases do not number their codings
            own_key = f"{key}.{number}" if mark["ctid"] is None else str(mark["ctid"])
            theme = self.ids.get(str(mark["cid"]))
            span = file.place(_marked(mark))
            if theme is None or span is None:
                why = (
                    "name a code that is not there"
                    if theme is None
                    else f"of “{name}” have a quote that is not in its text"
                )
                self.bundle.lose("codings", why)
                continue
            start, end = span
            quote = file.carried.text[start:end]
            if not quote.strip():
                self.bundle.lose("codings", "hold only white space and were left out")
                continue
            memo = "\n".join(filter(None, (str(mark["memo"] or "").strip(), _importance(mark["important"]))))
            self.bundle.codings += [
                BundledCoding(
                    f"{own_key} {site}", key, theme, start, end, quote, site=site,
                    coder=self._coder(mark), made_on=_day(mark), memo=memo,
                )
                for site in file.sites_at(start, end)
            ]  # fmt: skip

    def _annotate(self, key: str, file: CodedFile, notes: list[dict[str, Any]]) -> None:
        for note in notes:
            span = file.place((_whole(note["pos0"]), _whole(note["pos1"]), ""))
            quote = " ".join(file.carried.text[slice(*span)].split()) if span else ""
            text = str(note["memo"] or "").strip()
            said = f"On “{quote}”:\n{text}" if quote else text
            self._note(
                f"annotation {note['anid']}",
                "Annotation",
                said if text else "",
                note,
                BundledTarget(source=key),
            )

    def _read_notes(self) -> None:
        for entry in self.tables.rows("journal", ("jid", "name", "jentry", "owner", "date"), order="jid"):
            title = str(entry["name"] or "Journal")
            self._note(f"journal {entry['jid']}", title, entry["jentry"], entry)
        for row in self.tables.rows("project", ("memo",)):
            self._note("project", f"About {self.bundle.name}", row["memo"], {})

    def _note(self, key: str, title: str, text: Any, row: Mapping[str, Any], *targets: BundledTarget) -> None:
        said = str(text or "").strip()
        if said:
            self.bundle.memos.append(
                BundledMemo(key, title, said, author=self._coder(row), made_on=_day(row), targets=targets)
            )

    def _coder(self, row: Mapping[str, Any]) -> str:
        name = str(row.get("owner") or "").strip()
        self.coders |= {name} - {""}
        return name

    def _count_losses(self) -> None:
        """Give passages in no case their site, and count what has no place here."""
        if any(NO_CASE in source.sites for source in self.bundle.sources):
            self.bundle.sites.append(BundledSite(NO_CASE, self.spare_site))
            self.bundle.choices.append(
                f"What is in no case is at the site “{self.spare_site}”; --set site=NAME gives another name."
            )
        several = len({c.key.split()[0] for c in self.bundle.codings})
        if several < len(self.bundle.codings):
            self.bundle.choices.append("A passage that is in several cases is coded for each of them.")
        for table, kind, why in _LOST:
            if number := self.tables.count(table):
                self.bundle.lose(kind, why, number)


_LOST = (
    ("code_image", "codings", "of areas in images stayed behind"),
    ("code_av", "codings", "of stretches of sounds and films stayed behind"),
    ("graph", "graphs", "stayed behind"),
    ("stored_sql", "queries", "stayed behind"),
    ("ris", "references", "to literature stayed behind"),
)


def _branch(key: str, row: Mapping[str, Any], colour: str = "") -> Branch:
    words = {"definition": str(row["memo"] or "").strip()}
    if len(colour) == len("#1a2b3c") and colour[0] == "#" and set(colour[1:]) <= _COLOURS:
        words["colour"] = colour
    return Branch(str(row["name"] or ""), words, key)


def _key(kind: str, number: Any) -> str | None:
    return None if number is None else f"{kind} {number}".strip()


def _marked(mark: Mapping[str, Any]) -> Marked:
    return _whole(mark["pos0"]), _whole(mark["pos1"]), str(mark["seltext"] or "")


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _day(row: Mapping[str, Any]) -> str:
    day = str(row.get("date") or "")[:10]
    return day if len(day) == len("2024-03-05") and day[4] == day[7] == "-" else ""


def _importance(value: Any) -> str:
    return "Marked as important." if value == 1 else ""


def _read_original(path: Path, number: Any, name: str) -> bytes:
    with open_foreign(path, TOOL, _TABLES) as tables:
        raw = str(tables.value("source", "fulltext", "id", number) or "")
    file, _ = original_of(path.parent, name, raw)
    return raw.encode("utf-8", "replace") if file is None else file.read_bytes()

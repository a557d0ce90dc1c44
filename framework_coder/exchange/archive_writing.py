"""Write a project as an archive: plain files, one state of the project, the same bytes each time."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from framework_coder import __version__
from framework_coder.exchange.archive_box import HashedFile, Outbox
from framework_coder.exchange.archive_matrix import CELLS, CLAIMS, METHOD, list_cells, list_claims, to_csv
from framework_coder.exchange.archive_readme import README, tell_journal
from framework_coder.exchange.archive_schema import (
    FILES,
    FORMAT,
    FORMAT_VERSION,
    JOURNAL,
    describe,
    is_numbered,
    tables,
    type_of,
)
from framework_coder.exchange.codebooks import dump_yaml
from framework_coder.model.formulas import guard
from framework_coder.model.matrix import build_matrix
from framework_coder.store.codebooks import load_codebook, load_versions
from framework_coder.store.columns import to_json
from framework_coder.store.engine import reading
from framework_coder.store.numbers import last_number
from framework_coder.store.opening import VERSIONS
from framework_coder.store.packing import unpack_segments
from framework_coder.store.rows import key_of, table_of
from framework_coder.store.study import load_study
from framework_coder.store.tables import (
    ContentEntity,
    FileEntity,
    JournalChangeEntity,
    JournalEntryEntity,
    RevisionEntity,
    SourceEntity,
)

AT_ONCE = 2_000
"""Rows that are in memory together."""


def write_archive(engine: Engine, path: Path) -> None:
    """Write the project into a folder, or into a ZIP where the name ends with .zip."""
    box = Outbox(path)
    try:
        with reading(engine) as connection:
            _Writing(connection, box).write()
        box.close()
    finally:
        box.abandon()


@dataclass
class Places:
    """The names of the files that hold what is too large for a table."""

    originals: dict[str, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    segments: dict[int, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, connection: Connection) -> "Places":
        """Give every text, original and kept content a name of its own that any system takes."""
        places, revision, file = cls(), RevisionEntity, FileEntity
        rows = connection.execute(
            select(revision.id, revision.number, revision.file, SourceEntity.ref, file.name)
            .join(SourceEntity, SourceEntity.id == revision.source)
            .join(file, file.sha256 == revision.file)
            .order_by(revision.id)
        )
        for number, edition, sha256, ref, name in rows:
            called = _plain(ref) + ("" if edition == 1 else f".{edition}")
            places.texts[number] = places.free("texts", called, ".txt")
            places.segments[number] = places.free("segments", called, ".bin")
            if sha256 not in places.originals:
                stem, dot, ending = _plain(name).rpartition(".")
                stem, ending = (stem, dot + ending) if stem else (ending, "")
                places.originals[sha256] = places.free("originals", f"{called}-{stem}", ending)
        for sha256, name in sorted(map(tuple, connection.execute(select(file.sha256, file.name)))):
            if sha256 not in places.originals:
                places.originals[sha256] = places.free("originals", sha256[:16], Path(_plain(name)).suffix)
        for sha256 in sorted(connection.execute(select(ContentEntity.sha256)).scalars()):
            places.contents[sha256] = f"contents/{sha256}"
        return places

    def free(self, folder: str, stem: str, ending: str) -> str:
        """Return a name that no other file has, on systems that know no case either."""
        name, again = f"{folder}/{stem}{ending}", 2
        while name.casefold() in self.taken:
            name, again = f"{folder}/{stem}~{again}{ending}", again + 1
        self.taken.add(name.casefold())
        return name


_LONGEST = 80
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))}
"""What some systems take for something else than a file."""


def _plain(name: str) -> str:
    """Return a name with nothing in it that a file system minds."""
    kept = re.sub(r"[^\w.() -]+", "_", unicodedata.normalize("NFC", name)).strip(" .")
    if kept.partition(".")[0].upper() in _DEVICES:
        kept = f"_{kept}"
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > _LONGEST and stem and len(ending) < 10:  # noqa: PLR2004 - longer ones are no endings
        return stem[: _LONGEST - len(ending)].strip(" .") + dot + ending
    return kept[:_LONGEST].strip(" .") or "unnamed"


class _Writing:
    """Writes file after file."""

    def __init__(self, connection: Connection, box: Outbox) -> None:
        self._connection, self._box = connection, box
        self._places = Places.load(connection)
        self._is_sqlite = connection.dialect.name == "sqlite"

    def write(self) -> None:
        """Write all files, folder by folder."""
        self._box.put("README.txt", README.encode())
        self._box.put("schema.json", self._schema().encode())
        self._write_codebooks()
        self._write_matrix()
        self._write_contents()
        self._write_journal()
        for sha256, name in self._places.originals.items():
            ask = select(FileEntity.content).where(FileEntity.sha256 == sha256)
            self._box.put(name, bytes(self._connection.execute(ask).scalar_one()))
        self._write_tables()
        self._write_texts()

    def _schema(self) -> str:
        described = []
        for table in tables():
            count = self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            counts = {"rows": count, "last_number": last_number(self._connection, table)}
            described.append(describe(table) | counts)
        whole = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "schema": VERSIONS[-1],
            "written_by": f"Framework Coder {__version__}",
            "tables": described,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def _write_codebooks(self) -> None:
        self._box.put("codebook/now.yaml", dump_yaml(load_codebook(self._connection)).encode())
        for version in load_versions(self._connection):
            written = dump_yaml(version.codebook).encode()
            self._box.put(f"codebook/version-{version.number}.yaml", written)

    def _write_matrix(self) -> None:
        matrix = build_matrix(load_study(self._connection, with_text=False))
        self._box.put("METHOD.txt", METHOD.encode())
        self._box.put("matrix/claims.csv", to_csv(CLAIMS, list_claims(matrix)))
        self._box.put("matrix/cells.csv", to_csv(CELLS, list_cells(matrix)))

    def _write_contents(self) -> None:
        for sha256, name in self._places.contents.items():
            ask = select(ContentEntity.content).where(ContentEntity.sha256 == sha256)
            self._box.put(name, bytes(self._connection.execute(ask).scalar_one()))

    def _write_texts(self) -> None:
        revision = RevisionEntity
        for number, name in self._places.texts.items():
            row = self._connection.execute(
                select(revision.text, revision.segments).where(revision.id == number)
            ).one()
            self._box.put(name, row.text.encode())
            packed, readable = bytes(row.segments), self._places.segments[number]
            self._box.put(readable, packed)
            lines = (f"{s.start},{s.end},{s.kind},{s.block}\n" for s in unpack_segments(packed))
            self._box.put(f"{readable}.csv", ("start,end,kind,block\n" + "".join(lines)).encode())

    def _write_tables(self) -> None:
        for table in tables():
            with self._box.file(f"tables/{table.name}.csv") as file:
                self._write_csv(table, file)
            if table.name not in JOURNAL:
                with self._box.file(f"tables/{table.name}.json") as file:
                    self._write_json(table, file)

    def _write_csv(self, table: Table, file: HashedFile) -> None:
        names = [column.name for column in table.columns]
        encoded = {column.name for column in table.columns if type_of(column) == "json"}
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\n")
        file.write(b"\xef\xbb\xbf")
        writer.writerow(names)
        for place, row in enumerate(self._rows(table), start=1):
            writer.writerow([_show(row[name], is_json=name in encoded) for name in names])
            if place % AT_ONCE == 0:
                file.write(page.getvalue().encode())
                page.seek(0)
                page.truncate()
        file.write(page.getvalue().encode())

    def _write_json(self, table: Table, file: HashedFile) -> None:
        """Write a list with one row a line, so that it can be read line by line too."""
        before = b"[\n"
        for row in self._rows(table):
            file.write(before + to_json(row).encode())
            before = b",\n"
        file.write(b"[\n]\n" if before == b"[\n" else b"\n]\n")

    def _rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows in the order of their keys, with names in place of what is in files."""
        columns = [column for column in table.columns if type_of(column) != "file"]
        key = key_of(table)
        plainly = key if self._is_sqlite or is_numbered(table) else key.collate("C")
        query = select(*columns).order_by(plainly)
        for row in self._connection.execute(query.execution_options(yield_per=AT_ONCE)).mappings():
            yield {**row, **self._files_of(table, row[key.name])}

    def _files_of(self, table: Table, key: Any) -> Mapping[str, str]:
        if table.name not in FILES:
            return {}
        if table is table_of(RevisionEntity):
            return {"text": self._places.texts[key], "segments": self._places.segments[key]}
        return {"content": (self._places.originals | self._places.contents)[key]}

    def _write_journal(self) -> None:
        entry, change = table_of(JournalEntryEntity), table_of(JournalChangeEntity)
        names = [column for column in change.columns if column.name != "entry"]
        ask = select(entry).order_by(entry.c.id)
        with self._box.file("journal/journal.jsonl") as file:
            for row in self._connection.execute(ask).mappings().all():
                file.write(to_json({"entry": dict(row)}).encode() + b"\n")
                changes = select(*names).where(change.c.entry == row["id"]).order_by(change.c.id)
                for line in self._connection.execute(changes.execution_options(yield_per=AT_ONCE)).mappings():
                    file.write(to_json({"change": dict(line)}).encode() + b"\n")
        with self._box.file("journal/journal.txt") as file:
            for told in tell_journal(self._connection):
                file.write(told.encode() + b"\n")


def _show(value: Any, *, is_json: bool) -> Any:
    if value is None:
        return ""
    if is_json:
        return guard(to_json(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard(value) if isinstance(value, str) else value

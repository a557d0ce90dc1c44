"""A small project with something in every corner, and archives of it, whole and spoiled."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from builders import codebook
from sqlalchemy import select

from framework_coder.project import Project
from framework_coder.store.columns import Base
from framework_coder.store.engine import reading
from framework_coder.store.numbers import last_number

TEXT = "The rent rose in March.\nPatients like it 👩‍⚕️ – “very much”.\n\nThe borough pays for café space.\n"


def a_study(folder: Path, place: str | Path = "") -> Project:
    """Make a project with two revisions, an undone import, claims, memos and a deleted coding."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = Project.create(place or folder / "study.fwc", who="HW")
    opened.codebook.load(codebook())
    opened.codebook.freeze(why="First")
    opened.sites.add("S01", "Älder, “House”", note="=SUM(A1)")
    opened.sites.add("S02", "Birch")
    for name, text in (("one.txt", TEXT), ("two.txt", "Nothing here.\n"), ("gone.txt", "Taken back.\n")):
        (folder / name).write_text(text, encoding="utf-8")
    opened.sources.ingest(folder / "one.txt", site="S01", method="document")
    opened.sources.ingest(folder / "two.txt", site="S02", method="meeting")
    coding = opened.codings.add("D01", "funding", quote="The rent rose", memo="=1+1")
    other = opened.codings.add("D01", "space", quote="café space")
    last = opened.codings.add("D01", "space", quote="Patients")
    claim = opened.claims.add("S01", "funding", "Rent rose.", values=["aim=rest!1"])
    opened.claims.link(claim.claim.id, coding.id)
    opened.memos.add("A thought", "On\nrent, = and “quotes”.", coding=other.id)
    opened.findings.add("Everywhere.", claims={claim.claim.id: "supports"})
    opened.codings.remove([last.id])
    (folder / "newer.txt").write_text(TEXT.replace("March", "May"), encoding="utf-8")
    opened.sources.revise("D01", folder / "newer.txt")
    opened.sources.ingest(folder / "gone.txt", site="S01", method="document")
    opened.history.undo()
    return opened


def rows_of(project: Project) -> dict[str, Any]:
    """Return every row of every table, and the last number that each gave."""
    with reading(project._session.engine) as connection:
        found: dict[str, Any] = {}
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table)).mappings()
            found[table.name] = sorted(
                ([bytes(v) if isinstance(v, memoryview) else v for v in row.values()] for row in rows),
                key=lambda row: (isinstance(row[0], str), row[0]),
            )
            found[f"{table.name}, last"] = last_number(connection, table)
    return found


def repack(archive: Path, to: Path, change: Callable[[dict[str, bytes]], None], *, sums: bool = True) -> Path:
    """Write a ZIP with other content; its hashes are made anew unless told otherwise."""
    with ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    change(files)
    if sums:
        lines = [
            f"{hashlib.sha256(content).hexdigest()}  {name}\n"
            for name, content in files.items()
            if name != "SHA256SUMS"
        ]
        files["SHA256SUMS"] = "".join(lines).encode()
    with ZipFile(to, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return to


def edit_json(name: str, change: Callable[[Any], None]) -> Callable[[dict[str, bytes]], None]:
    """Return what changes the JSON of a file, one row a line as it was."""

    def edit(files: dict[str, bytes]) -> None:
        parsed = json.loads(files[name])
        change(parsed)
        if isinstance(parsed, dict):
            files[name] = json.dumps(parsed).encode()
        else:
            lines = ",\n".join(json.dumps(row) for row in parsed)
            files[name] = f"[\n{lines}\n]\n".encode()

    return edit

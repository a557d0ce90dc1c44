"""Files of other tools, written here by code after their documented schemas."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

TAGUETTE_SCHEMA = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL,
  hashed_password VARCHAR(192), password_set_date DATETIME, language VARCHAR(10), email VARCHAR(256),
  email_sent DATETIME);
CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE project_members (project_id INTEGER NOT NULL, user_login VARCHAR(30) NOT NULL,
  privileges VARCHAR(11) NOT NULL, PRIMARY KEY (project_id, user_login));
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL,
  project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, date DATETIME NOT NULL,
  user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, document_id INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, project_id INTEGER NOT NULL,
  path VARCHAR(200) NOT NULL, description TEXT NOT NULL{parent}, UNIQUE (project_id, path));
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
  PRIMARY KEY (highlight_id, tag_id));
"""


@dataclass
class Highlight:
    """A highlight by its text as Taguette counts it: the first place of `quote` in the text nodes."""

    quote: str
    tags: Sequence[str] = ()
    coder: str = "ada"
    on: str = "2024-03-05 10:00:00"


@dataclass
class Paper:
    """A document; `flat` is what its text nodes say one after the other."""

    html: str
    flat: str
    highlights: Sequence[Highlight] = ()
    name: str = "Interview 1"
    description: str = ""


@dataclass
class TaguetteFile:
    """A Taguette database of one project; tags are paths with descriptions."""

    papers: Sequence[Paper] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] | None = None
    name: str = "Integration"
    lead: int = 0

    def write(self, path: Path, *, also: Iterable["TaguetteFile"] = ()) -> Path:
        """Write the file; `also` are further projects in it."""
        path.unlink(missing_ok=True)
        parent = ", parent_id INTEGER" if self.parents is not None else ""
        with closing(sqlite3.connect(path)) as db:
            db.executescript(TAGUETTE_SCHEMA.format(parent=parent))
            for each in (self, *also):
                each.fill(db)
            db.commit()
        return path

    def fill(self, db: sqlite3.Connection) -> None:
        """Put this project into a database."""
        now = "2024-03-01 09:00:00"
        project = db.execute(
            "INSERT INTO projects (name, description, created) VALUES (?, '', ?)", (self.name, now)
        ).lastrowid
        ids = {}
        for path, description in self.tags.items():
            ids[path] = db.execute(
                "INSERT INTO tags (project_id, path, description) VALUES (?, ?, ?)",
                (project, path, description),
            ).lastrowid
        for child, above in (self.parents or {}).items():
            db.execute("UPDATE tags SET parent_id = ? WHERE id = ?", (ids[above], ids[child]))
        for paper in self.papers:
            number = db.execute(
                "INSERT INTO documents (name, description, filename, created, project_id, text_direction,"
                " contents) VALUES (?, ?, ?, ?, ?, 'LEFT_TO_RIGHT', ?)",
                (paper.name, paper.description, "talk.docx", now, project, paper.html),
            ).lastrowid
            for mark in paper.highlights:
                self._mark(db, project, number, paper, mark, ids)

    def _mark(
        self,
        db: sqlite3.Connection,
        project: object,
        document: object,
        paper: Paper,
        mark: Highlight,
        ids: dict,
    ) -> None:
        start = len(paper.flat[: paper.flat.index(mark.quote)].encode()) - self.lead
        end = start + len(mark.quote.encode())
        number = db.execute(
            "INSERT INTO highlights (document_id, start_offset, end_offset, snippet) VALUES (?, ?, ?, ?)",
            (document, start, end, f"<p>{mark.quote.replace('&', '&amp;').replace('<', '&lt;')}</p>"),
        ).lastrowid
        for tag in mark.tags:
            db.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, ids[tag]))
        payload = {"type": "highlight_add", "highlight_id": number, "start_offset": start, "tags": []}
        db.execute(
            "INSERT INTO commands (date, user_login, project_id, document_id, payload)"
            " VALUES (?, ?, ?, ?, ?)",
            (mark.on, mark.coder, project, document, json.dumps(payload)),
        )


QUALCODER_SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
  bookmarkpos integer, codername text, recently_used_codes text, avbookmarkfile integer,
  avbookmarkmsec integer, avbookmarktextpos integer);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
  date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer,
  height integer, cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer,
  memo text, date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text,
  owner text, date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text,
  valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer,
  date text, owner text, unique(name, attr_type, id));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer,
  owner text, date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text,
  constraint ucm unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
  supercatid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
  pos1 integer, owner text, date text, memo text, avid integer, important integer,
  unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
  color text, supercid integer, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
CREATE TABLE graph (grid integer primary key, name text, description text, date text, scene_width integer,
  scene_height integer, unique(name));
"""
NOW = "2024-05-06 07:08:09"


_CAME_LATER = {
    16: ("code_name.supercid",),
    15: ("project.avbookmarkfile", "project.avbookmarkmsec", "project.avbookmarktextpos"),
    10: ("project.recently_used_codes", "source.risid", "code_image.pdf_page"),
    5: ("project.codername", "source.av_text_id"),
    4: ("code_text.ctid",),
    3: ("code_text.important", "code_image.important", "code_av.important"),
    2: ("project.bookmarkfile", "project.bookmarkpos", "code_text.avid"),
}
"""Columns by a version of the database that has them, as the program's own migrations add them, about."""


class QualCoderFolder:
    """A project of QualCoder: its folder with data.qda as a version of it makes it, filled row by row."""

    def __init__(self, folder: Path, *, version: int = 17) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.database = folder / "data.qda"
        later = {column for since, columns in _CAME_LATER.items() if since > version for column in columns}
        with closing(sqlite3.connect(self.database)) as db:
            db.executescript(QUALCODER_SCHEMA)
            for table in {column.partition(".")[0] for column in later}:
                names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
                kept = ", ".join(name for name in names if f"{table}.{name}" not in later)
                db.execute(f"CREATE TABLE older AS SELECT {kept} FROM {table}")  # noqa: S608
                db.execute(f"DROP TABLE {table}")
                db.execute(f"ALTER TABLE older RENAME TO {table}")
            db.commit()
        self.add("project", databaseversion=f"v{version}", date=NOW, memo="", about="QualCoder")

    def add(self, table: str, **values: object) -> None:
        """Add a row."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        with closing(sqlite3.connect(self.database)) as db:
            db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608
            db.commit()

    def code(self, file: int, code: int, start: int, end: int, quote: str, **values: object) -> None:
        """Mark a passage."""
        words = {"owner": "kim", "date": NOW, "memo": "", **values}
        self.add("code_text", cid=code, fid=file, seltext=quote, pos0=start, pos1=end, **words)

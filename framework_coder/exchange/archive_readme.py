"""What an archive says of itself to a person without the program: README.txt, and the journal in words."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from framework_coder.store.steps import list_undone, load_steps
from framework_coder.store.tables import JournalEntryEntity
from framework_coder.store.telling import count_changes, sum_up, tell

AT_ONCE = 500
"""Entries that are put in words together."""


def tell_journal(connection: Connection) -> Iterator[str]:
    """Yield one line an entry, oldest first."""
    entry = JournalEntryEntity
    ask = select(entry.id, entry.made_at, entry.who, entry.action, entry.why, entry.undoes).order_by(entry.id)
    rows = connection.execute(ask).all()
    undone = list_undone(load_steps(connection))
    for start in range(0, len(rows), AT_ONCE):
        page = rows[start : start + AT_ONCE]
        counts = count_changes(connection, [row.id for row in page])
        words = tell(connection, counts)
        for row in page:
            said = words.get(row.id) or sum_up(counts.get(row.id, ()))
            why = f" (why: {row.why})" if row.why else ""
            takes = f" [takes back {row.undoes}]" if row.undoes else ""
            state = " [undone]" if row.id in undone else takes
            line = f"{row.id}  {row.made_at}  {row.who}: {row.action}: {said}{why}{state}"
            yield " ".join(line.splitlines())


README = """\
A STUDY, WHOLE, IN PLAIN FILES
==============================

This is an archive of a study in Framework analysis, written by Framework
Coder. Everything that the study holds is here in files that any computer can
read. You do not need the program. To work on with it:

    framework-coder import THIS --project study.fwc

makes a project from this archive that is the same in every row.

What is where
-------------

texts/        The text of each source, one file a revision: D07.txt is the
              first one of source D07, D07.2.txt the second. UTF-8, lines end
              with LF, exactly the characters that all offsets count.
originals/    The files as they were imported, byte for byte. Names are made
              safe; tables/files.csv gives the first name and the SHA-256,
              and its column "content" the name here.
tables/       Every table twice: NAME.csv for people and spreadsheets,
              NAME.json exact. A JSON table is a list of objects, one a line.
              In CSV (UTF-8 with byte order mark) an empty field may be null
              or an empty text, and a text that a spreadsheet would take for
              a formula has an apostrophe before it.
schema.json   Each table: what a row is, its key, how many rows it has, and
              each column with its type, what it refers to and what it means.
codebook/     The themes as an indented list: now.yaml, and version-N.yaml as
              each framework version was frozen. Retired themes are in
              tables/themes.csv only.
METHOD.txt    How statuses follow from the tables.
matrix/       What follows: the status of each claim and the state of each
              cell, as they were when this archive was written. Not read back.
segments/     The sentences and speaker turns of each text. The .csv files
              are readable; the .bin files are the same numbers as the
              program keeps them (four little-endian 32-bit integers a
              segment: start, end, number of the kind, block; zlib).
contents/     Files and texts that were deleted or undone, by their SHA-256.
journal/      Every change ever made: journal.txt in words, journal.jsonl in
              full, an entry and then each of its changes, one a line.
SHA256SUMS    The SHA-256 of every other file.

A column of type "file" holds the name of a file in this archive.

How offsets count
-----------------

Every passage has "start" and "end". They count Unicode code points (not
bytes, not UTF-16 units) of the file in texts/, from 0; "end" is the place
after the last one. In Python:

    text = open("texts/D07.txt", encoding="utf-8", newline="").read()
    text[start:end] == quote

How the study hangs together
----------------------------

A source belongs to sites (source_sites) and has revisions of its text; the
one with "is_current" counts. A coding is a passage of a revision at a theme,
for a site. A claim is a statement in a cell: a site and a theme. Evidence
links a claim to a coding with a stance. Only codings in the state "accepted"
on the current revision count. A status such as "triangulated" is in no
table: it follows from these rows, as METHOD.txt says; matrix/ has what
followed.

How to verify
-------------

That no file was changed:

    sha256sum --check --quiet SHA256SUMS

That no entry of the journal was changed, removed or added (Python 3, only
its standard library; run it in this folder):

    import hashlib, json
    def canonical(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True,
                          separators=(",", ":"))
    previous, wanted, running = "", None, None
    for line in open("journal/journal.jsonl", encoding="utf-8"):
        row = json.loads(line)
        if "entry" in row:
            assert wanted is None or running.hexdigest() == wanted, wanted
            e = row["entry"]
            assert e["previous_hash"] == previous, e["id"]
            names = ["id", "who", "made_at", "action", "why", "part_of",
                     "previous_hash"]
            names += ["undoes"] if e["undoes"] is not None else []
            head = canonical([e[name] for name in names])
            running = hashlib.sha256(head.encode())
            wanted = previous = e["hash"]
        else:
            c = row["change"]
            fields = [c[name] for name in ("table", "row", "site", "source",
                                           "theme", "before", "after")]
            text = "\\x1f".join("\\x1e" if f is None else str(f)
                               for f in fields)
            running.update(("\\n" + text).encode())
    assert running.hexdigest() == wanted
    print("The journal is whole; its newest hash is", previous)

Compare the newest hash with one that was noted elsewhere, if you have it.
"""

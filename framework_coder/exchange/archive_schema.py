"""What the tables of an archive hold, column by column: `schema.json`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table

from framework_coder.model.claims import ClaimKind, Decision, Stance
from framework_coder.model.codebook import ThemeOrigin
from framework_coder.model.codings import CodingOrigin, CodingState
from framework_coder.model.design import Originator
from framework_coder.model.findings import FindingRole
from framework_coder.model.reviews import Convergence, MemberCheckState
from framework_coder.model.sources import BlockKind
from framework_coder.model.study import Examined
from framework_coder.store.columns import Base, Json
from framework_coder.store.rows import key_of

FORMAT = "framework-coder-archive"
FORMAT_VERSION = 1

JOURNAL = ("journal_entries", "journal_changes")
"""The tables whose JSON is `journal/journal.jsonl`."""

FILES: Mapping[str, tuple[str, ...]] = {
    "files": ("content",),
    "revisions": ("text", "segments"),
    "contents": ("content",),
}
"""Columns that are files of their own; the tables hold their names."""


def tables() -> list[Table]:
    """Return the tables, those before that others refer to."""
    return list(Base.metadata.sorted_tables)


def type_of(column: Column[Any]) -> str:
    """Return the type of a column: file, integer, number, boolean, json or text."""
    if column.name in FILES.get(column.table.name, ()):
        return "file"
    kinds = ((Boolean, "boolean"), (Integer, "integer"), (Float, "number"), (Json, "json"))
    assert not isinstance(column.type, LargeBinary)
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "text")


def is_numbered(table: Table) -> bool:
    """Say whether the rows of a table are numbered."""
    return issubclass(key_of(table).type.python_type, int)


def meaning_of_table(table: Table) -> str:
    """Return what a row of a table is."""
    return _TABLES[table.name]


def meaning_of(column: Column[Any]) -> str:
    """Return what a column says; of one with few values, which they are."""
    name = f"{column.table.name}.{column.name}"
    meaning = _COLUMNS.get(name) or _COMMON[column.name]
    return f"{meaning}: {', '.join(VALUES[name])}" if name in VALUES else meaning


def describe(table: Table) -> dict[str, Any]:
    """Return a table as `schema.json` describes it; counts are added by the writer."""
    return {
        "name": table.name,
        "meaning": meaning_of_table(table),
        "key": key_of(table).name,
        "csv": f"tables/{table.name}.csv",
        "json": "journal/journal.jsonl" if table.name in JOURNAL else f"tables/{table.name}.json",
        "columns": [
            {
                "name": column.name,
                "type": type_of(column),
                "may_be_null": bool(column.nullable),
                "refers_to": next((key.target_fullname for key in column.foreign_keys), None),
                "meaning": meaning_of(column),
            }
            for column in table.columns
        ],
    }


VALUES: Mapping[str, type[StrEnum]] = {
    "sources.originator": Originator,
    "blocks.kind": BlockKind,
    "themes.origin": ThemeOrigin,
    "codings.origin": CodingOrigin,
    "codings.state": CodingState,
    "claims.kind": ClaimKind,
    "evidence.stance": Stance,
    "adjudications.decision": Decision,
    "coverage.state": Examined,
    "convergences.suggested": Convergence,
    "convergences.confirmed": Convergence,
    "member_checks.state": MemberCheckState,
    "finding_claims.role": FindingRole,
}
"""Columns whose values are these and no others."""

_TABLES = {
    "settings": "A setting of the project, by name",
    "sites": "A site: a row of the matrix",
    "planned_sources": "How many sources of a method were planned at a site",
    "files": "An original, byte for byte as it was imported",
    "sources": "What the register says of a source",
    "source_sites": "That a source belongs to a site",
    "derivations": "That a source copies or summarises another one",
    "revisions": "The text of a source as one file gave it; texts are in texts/",
    "blocks": "A paragraph, heading, list item, table cell or answer of a text",
    "themes": "A theme of the codebook as it is now, retired ones included",
    "framework_versions": "A snapshot of the codebook that never changes",
    "coders": "A person who codes, charts or decides",
    "codings": "A passage of a text, indexed at a theme, for a site",
    "claims": "A statement in a cell of the matrix",
    "claim_values": "A value that a claim fixes, which is counted",
    "evidence": "A coding linked to a claim",
    "adjudications": "A reasoned decision on a contested claim; the latest one of a claim holds",
    "coverage": "That a coder examined a source for a theme at a framework version",
    "not_applicable": "That a theme does not apply at a site",
    "contents": "Content that an undone or deleted row held, so that it can come back",
    "journal_entries": "One unit of work: who, when, what, why",
    "journal_changes": "One row written by a unit of work: its columns before and after",
    "convergences": "What an analyst made of two methods on a claim",
    "member_checks": "What an informant answered on a claim; never evidence",
    "separations": "That two sources look alike and were judged not to copy each other",
    "findings": "A statement across sites",
    "finding_claims": "A claim that a finding rests on, that contradicts it or is an exception",
    "memos": "A free note; one without targets is about the project",
    "memo_targets": "What a memo is about; a site and a theme together are a cell",
    "guids": "The name under which another tool knows a thing",
}

_COMMON = {
    "id": "Number of the row, never given twice",
    "name": "Its name, or the id that it had in the file it was imported from",
    "position": "Place in the order, from 0 or 1",
    "site": "Number of the site",
    "source": "Number of the source",
    "theme": "Id of the theme",
    "coding": "Number of the coding",
    "claim": "Number of the claim",
    "finding": "Number of the finding",
    "memo": "Number of the memo",
    "revision": "Number of the revision",
    "method": "Id of the method, as the setting design lists them",
    "reason": "Why",
    "coder": "Who did it",
    "author": "Who wrote it",
    "made_on": "Date, ISO 8601",
    "decided_on": "Date of the decision, ISO 8601",
    "decided_by": "Who decided",
    "comment": "The analyst's comment",
    "note": "The analyst's note",
    "kind": "Which kind it is",
    "start": "Offset of the first character in the text, in Unicode code points from 0",
    "end": "Offset after the last character: the passage is text[start:end]",
    "locator": "Where it stands: JSON with page, paragraph, headings, sheet, cell, speaker",
    "state": "Where it stands",
    "sha256": "SHA-256 of the bytes, hexadecimal",
    "content": "Name of the file in this archive that holds the bytes",
    "label": "What it is called",
    "text": "The text itself",
    "number": "Counted from 1",
    "quote": "The passage, letter for letter",
    "origin": "Where it comes from",
    "version": "Number of the framework version",
    "title": "Title",
}

_COLUMNS = {
    "settings.name": "design, codebook_name, identity …",
    "settings.value": "Its value; design holds methods, document types and fields of sites",
    "sites.code": "Short code",
    "sites.name": "Full name",
    "sites.attributes": "Free attributes by name",
    "planned_sources.count": "How many were planned",
    "planned_sources.reason": "Why fewer were collected",
    "files.size": "Bytes",
    "files.name": "Name of the file when it was imported",
    "files.media_type": "Media type",
    "sources.ref": "Reference by which citations name it, such as D07",
    "sources.document_type": "Type of document",
    "sources.produced_on": "Date, to the precision known",
    "sources.originator": "Who stands behind it",
    "sources.informants": "People who speak in it",
    "sources.authors": "Named authors",
    "sources.url": "Web address",
    "sources.path": "Path it was imported from",
    "derivations.derived_from": "Number of the source that it copies",
    "derivations.is_confirmed": "Whether an analyst confirmed it",
    "revisions.number": "Revision of the source, from 1",
    "revisions.is_current": "Whether it is the text that counts now",
    "revisions.file": "SHA-256 of the original that it was read from",
    "revisions.part": "Sheet or row of the original, where it is one part",
    "revisions.reader": "Which reader read it",
    "revisions.reader_version": "Version of that reader",
    "revisions.text": "Name of the file in this archive that holds the text",
    "revisions.text_sha256": "SHA-256 of the text in UTF-8",
    "revisions.blocks_sha256": "SHA-256 of its blocks, written as a JSON list of lists without spaces",
    "revisions.segments": "Name of the file with its sentences, packed; the .csv beside it is readable",
    "revisions.about_file": "What the original says of itself",
    "revisions.warnings": "What the reader left out or was unsure of",
    "revisions.comments": "Comments in the original",
    "revisions.pages": "Where pages begin",
    "blocks.ordinal": "Place in the text, from 0",
    "blocks.kind": "What it is",
    "blocks.level": "Level of a heading or list item",
    "blocks.answers": "Ordinal of the question that it answers",
    "themes.id": "Id of the theme",
    "themes.parent": "Id of the theme above it",
    "themes.definition": "What belongs here",
    "themes.include": "When to code at it",
    "themes.exclude": "When not",
    "themes.example": "An example",
    "themes.question": "The question that it answers",
    "themes.aliases": "Other names",
    "themes.colour": "Colour, #rrggbb",
    "themes.rules": "Phrases and patterns that propose codings",
    "themes.origin": "Whether it was set in advance",
    "themes.is_retired": "Whether it is no longer used",
    "themes.merged_into": "Id of the theme that it was merged into",
    "themes.split_from": "Id of the theme that it was split from",
    "framework_versions.frozen_at": "When it was frozen, UTC",
    "framework_versions.frozen_by": "Who froze it",
    "framework_versions.snapshot": "All themes as they were then",
    "coders.name": "Name",
    "codings.revision": "Number of the revision that the offsets are of",
    "codings.prefix": "Up to 32 characters before the passage",
    "codings.suffix": "Up to 32 characters after the passage",
    "codings.origin": "How it came about",
    "codings.state": "Whether it counts",
    "codings.score": "Score of a proposal, 0 to 100",
    "codings.reason": "Why it was proposed or placed so",
    "codings.memo": "Note of the coder",
    "claims.summary": "What the evidence says, in the analyst's words",
    "claims.kind": "What it is",
    "claims.is_key": "Whether it is a key claim of its cell",
    "claims.quotation": "Words quoted",
    "claim_values.name": "Which value",
    "claim_values.text": "What it is",
    "claim_values.rank": "Its rank, where it has one",
    "evidence.stance": "What it says of the claim",
    "evidence.is_inferred": "Whether it says so by inference only",
    "evidence.prominence": "1 passing, 2 notable, 3 dominant",
    "evidence.origins": "Who speaks, where narrowed; null: the source's own origins",
    "evidence.place": "Offset in the summary after which it is cited; null: at the end",
    "adjudications.decision": "What was decided",
    "adjudications.supports": "Numbers of the codings that supported then",
    "adjudications.contradicts": "Numbers of the codings that contradicted then",
    "coverage.state": "How much of it was read",
    "convergences.first_method": "One method",
    "convergences.second_method": "The other method",
    "convergences.suggested": "What the program suggested",
    "convergences.confirmed": "What the analyst said",
    "member_checks.state": "How far it is",
    "member_checks.informant": "Who was asked",
    "member_checks.reply": "What was answered",
    "separations.source": "Number of one source, the lower",
    "separations.other": "Number of the other source",
    "findings.statement": "What is said across sites",
    "finding_claims.role": "What it says of the finding",
    "memos.text": "The note itself",
    "guids.kind": "source, theme, coding …",
    "guids.row": "Key of the row",
    "guids.guid": "The name in the other tool; of a coding also that of its passage",
    "journal_entries.who": "Who did it",
    "journal_entries.made_at": "When, UTC",
    "journal_entries.action": "What was done",
    "journal_entries.why": "The reason given",
    "journal_entries.part_of": "First entry of the same long work",
    "journal_entries.previous_hash": "Hash of the entry before",
    "journal_entries.hash": "SHA-256 over this entry, its changes and the hash before",
    "journal_entries.undoes": "First entry of the step that it takes back",
    "journal_changes.entry": "Number of the entry",
    "journal_changes.table": "Which table",
    "journal_changes.row": "Key of the row",
    "journal_changes.before": "The columns before, as JSON; null: the row was added",
    "journal_changes.after": "The columns after, as JSON; null: the row was removed",
}

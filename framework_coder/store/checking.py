"""Check a whole project: what should hold in every project file, and where it does not."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, text

from framework_coder.store.attic import find_altered
from framework_coder.store.log import verify_chain
from framework_coder.store.packing import hash_blocks
from framework_coder.store.replaying import list_strays
from framework_coder.store.tables import (
    BlockEntity,
    ClaimEntity,
    CodingEntity,
    EvidenceEntity,
    FileEntity,
    JournalEntryEntity,
    RevisionEntity,
    SourceEntity,
)


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """Something that does not hold: `rule` is a slug, `sentence` says what is wrong and where."""

    rule: str
    sentence: str


def check(connection: Connection) -> list[CheckFinding]:
    """Return what is wrong with a project; nothing where it is whole."""
    rules: dict[str, Callable[[Connection], Iterator[str]]] = {
        "database": _check_database,
        "links": _check_links,
        "files": _check_files,
        "texts": _check_texts,
        "evidence": _check_evidence,
        "journal": _check_journal,
        "rows": list_strays,
    }
    return [
        CheckFinding(rule, sentence)
        for rule, sentences in rules.items()
        for sentence in sentences(connection)
    ]


def _check_database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # a PostgreSQL server checks its pages itself
    for (answer,) in connection.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"SQLite finds the file damaged: {answer}."


def _check_links(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":  # PostgreSQL never lets one break
        for table, row, target, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"Row {row} of {table} points to a row of {target} that is not there."
    revision, source = RevisionEntity, SourceEntity
    current = select(revision.source).where(revision.is_current)
    for (ref,) in connection.execute(select(source.ref).where(source.id.not_in(current))):
        yield f"Source {ref} has no current text."
    coding = CodingEntity
    strayed = select(coding.id).join(revision, revision.id == coding.revision)
    for (number,) in connection.execute(strayed.where(revision.source != coding.source)):
        yield f"Coding {number} names one source and a text of another."


def _check_files(connection: Connection) -> Iterator[str]:
    for sha256 in connection.execute(select(FileEntity.sha256)).scalars().all():
        file = connection.execute(
            select(FileEntity.name, FileEntity.size, FileEntity.content).where(FileEntity.sha256 == sha256)
        ).one()
        if hashlib.sha256(file.content).hexdigest() != sha256 or len(file.content) != file.size:
            yield f"The original {file.name} is not the file that was imported."
    for sha256 in find_altered(connection):
        yield f"The content {sha256[:12]}…, kept for an undo, is not as it was put away."


def _check_texts(connection: Connection) -> Iterator[str]:
    """Go through the texts one at a time, with the blocks and the codings of each."""
    revision = RevisionEntity
    numbers = connection.execute(select(revision.id).order_by(revision.id)).scalars().all()
    for number in numbers:
        row = connection.execute(
            select(revision.text, revision.text_sha256, revision.blocks_sha256, SourceEntity.ref)
            .outerjoin(SourceEntity, SourceEntity.id == revision.source)
            .where(revision.id == number)
        ).one()
        if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
            yield f"The text of {row.ref} is not as it was read."
        yield from _check_blocks(connection, number, row)
        yield from _check_codings(connection, number, row)


def _check_blocks(connection: Connection, revision: int, row: Any) -> Iterator[str]:
    block = BlockEntity
    found = connection.execute(
        select(block.start, block.end, block.kind, block.level, block.answers, block.locator, block.ordinal)
        .where(block.revision == revision)
        .order_by(block.ordinal)
    ).all()
    last = 0
    for place, (start, end, *_, ordinal) in enumerate(found):
        if ordinal != place or not last <= start < end <= len(row.text):
            yield f"Block {ordinal} of {row.ref} is out of order, overlaps another or ends outside the text."
        last = end
    if hash_blocks((*item[:6],) for item in found) != row.blocks_sha256:
        yield f"The blocks of {row.ref} are not as they were read."


def _check_codings(connection: Connection, revision: int, row: Any) -> Iterator[str]:
    coding = CodingEntity
    codings = connection.execute(
        select(coding.id, coding.start, coding.end, coding.quote)
        .where(coding.revision == revision)
        .order_by(coding.id)
    )
    for number, start, end, quote in codings:
        if not 0 <= start < end <= len(row.text) or row.text[start:end] != quote:
            yield f"The quote of coding {number} does not stand at {start}:{end} of {row.ref}."


def _check_evidence(connection: Connection) -> Iterator[str]:
    strayed = (
        select(EvidenceEntity.id, EvidenceEntity.claim, EvidenceEntity.coding)
        .join(ClaimEntity, ClaimEntity.id == EvidenceEntity.claim)
        .join(CodingEntity, CodingEntity.id == EvidenceEntity.coding)
        .where(ClaimEntity.site != CodingEntity.site)
    )
    for _, claim, coding in connection.execute(strayed):
        yield f"Claim {claim} rests on coding {coding}, which is of another site."


def _check_journal(connection: Connection) -> Iterator[str]:
    for entry, breaks in groupby(verify_chain(connection), key=lambda found: found.entry):
        yield f"The journal was tampered with at entry {entry}: {'; '.join(b.why for b in breaks)}."
    if not connection.execute(select(JournalEntryEntity.id).limit(1)).first():
        yield "The journal is empty, though making a project writes its first entry."

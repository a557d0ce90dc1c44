"""What a deletion takes out of the tables, kept by its hash: originals, texts, segments, blocks.

The journal names such content by the same hash, so an undo can bring a row back byte for byte.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, insert, select

from framework_coder.errors import DamagedProjectError
from framework_coder.store.packing import read_blocks, write_blocks
from framework_coder.store.rows import Row, add_rows, complete, table_of
from framework_coder.store.search import add_to_index, remove_from_index
from framework_coder.store.tables import BlockEntity, ContentEntity, RevisionEntity


class LostContentError(DamagedProjectError):
    """Content that the journal names and the project does not have."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"The content {sha256[:12]}… is not in the project any more, so the row that held it cannot come "
            "back; run `framework-coder check`, or import the file again."
        )


@cache
def heavy_columns(table: Table) -> frozenset[str]:
    """Return the columns of which the journal keeps the hash only."""
    return frozenset(column.name for column in table.columns if column.info.get("by_hash"))


def put_away(connection: Connection, table: Table, row: Row) -> None:
    """Keep the heavy content of a row that will be deleted."""
    for name in heavy_columns(table):
        content = row[name]
        _keep(connection, content.encode() if isinstance(content, str) else content)


def bring_back(connection: Connection, table: Table, image: Row) -> dict[str, Any]:
    """Return the whole row of an image from the journal; raises LostContentError.

    A column that is younger than the image has its default.
    """
    (row,) = complete(table, [image])
    for name in heavy_columns(table):
        content = _fetch(connection, row[name]["sha256"])
        row[name] = content if isinstance(table.c[name].type, LargeBinary) else content.decode()
    return row


def _keep(connection: Connection, content: bytes) -> str:
    """Keep content, once, and return its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    there = connection.execute(select(ContentEntity.sha256).where(ContentEntity.sha256 == sha256)).first()
    if not there:
        connection.execute(insert(ContentEntity), [{"sha256": sha256, "content": content}])
    return sha256


def _fetch(connection: Connection, sha256: str) -> bytes:
    ask = select(ContentEntity.content).where(ContentEntity.sha256 == sha256)
    content = connection.execute(ask).scalar()
    if content is None:
        raise LostContentError(sha256)
    return bytes(content)


_PARTS = ("start", "end", "kind", "level", "answers", "locator")


def put_blocks_away(connection: Connection, revision: int) -> dict[str, Any] | None:
    """Delete the blocks of a text and their words in the index; return what brings them back.

    That is the revision, the number of the first block (the others follow) and the hash of the blocks; None
    where the text has no blocks.
    """
    block = BlockEntity
    columns = [getattr(block, name) for name in _PARTS]
    ask = select(block.id, *columns).where(block.revision == revision).order_by(block.ordinal)
    rows = connection.execute(ask).all()
    if not rows:
        return None
    first = rows[0].id
    assert [row.id for row in rows] == list(range(first, first + len(rows))), "numbered in one go"
    sha256 = _keep(connection, write_blocks((*row[1:],) for row in rows))
    text = _text(connection, revision)
    remove_from_index(connection, ((row.id, text[row.start : row.end]) for row in rows))
    connection.execute(table_of(block).delete().where(block.revision == revision))
    return {"revision": revision, "first": first, "sha256": sha256}


def bring_blocks_back(connection: Connection, kept: Mapping[str, Any]) -> None:
    """Store the blocks of a text under the numbers that they had, and index their words."""
    revision, first = kept["revision"], kept["first"]
    blocks = read_blocks(_fetch(connection, kept["sha256"]))
    rows = [
        {"id": first + ordinal, "revision": revision, "ordinal": ordinal, **dict(zip(_PARTS, b, strict=True))}
        for ordinal, b in enumerate(blocks)
    ]
    table = table_of(BlockEntity)
    add_rows(connection, table, complete(table, rows))
    text = _text(connection, revision)
    add_to_index(connection, ((row["id"], text[row["start"] : row["end"]]) for row in rows))


def _text(connection: Connection, revision: int) -> str:
    ask = select(RevisionEntity.text).where(RevisionEntity.id == revision)
    return str(connection.execute(ask).scalar_one())


def find_altered(connection: Connection) -> Iterator[str]:
    """Yield the hash of each kept content that is not what it was, one at a time."""
    for sha256 in connection.execute(select(ContentEntity.sha256)).scalars().all():
        if hashlib.sha256(_fetch(connection, sha256)).hexdigest() != sha256:
            yield sha256

"""What other tools' files hold that has no place here, kept for the way back: one setting, and files."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from framework_coder.store.codebooks import load_setting, save_setting
from framework_coder.store.journal import Step
from framework_coder.store.tables import FileEntity

_REST = "rest"


def load_rest(connection: Connection) -> list[dict[str, Any]]:
    """Return the parts that are kept, as JSON values; `files` are hashes by name."""
    return list(load_setting(connection, _REST) or ())


def save_rest(step: Step, parts: Iterable[Mapping[str, Any]]) -> None:
    """Keep parts in place of those that were kept before."""
    save_setting(step, _REST, list(parts))


def keep_file(step: Step, name: str, content: bytes) -> str:
    """Keep a file that no source has, and return its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not step.connection.execute(select(FileEntity.sha256).where(FileEntity.sha256 == sha256)).first():
        row = {"sha256": sha256, "content": content, "size": len(content), "name": name}
        step.insert(FileEntity, [{**row, "media_type": "application/octet-stream"}])
    return sha256


def load_file(connection: Connection, sha256: str) -> bytes:
    """Return the bytes of a file; none where it is gone."""
    found = connection.execute(select(FileEntity.content).where(FileEntity.sha256 == sha256)).scalar()
    return bytes(found or b"")

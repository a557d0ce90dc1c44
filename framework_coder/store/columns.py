"""What the entities share: the declarative base, numbers that are never given twice, JSON columns."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def to_json(value: Any) -> str:
    """Return canonical JSON: sorted keys, no white space, letters as they are."""
    return _encode(value)


def _write_bool(value: bool) -> str:
    return "true" if value else "false"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    bool: _write_bool,
    type(None): lambda _: "null",
}


def _write(values: list[Any]) -> list[str]:
    """Return the values of a column as JSON; one of a single simple type goes the short way."""
    kinds = set(map(type, values))
    write = _WRITERS.get(kinds.pop(), to_json) if len(kinds) == 1 else to_json
    return list(map(write, values))


class RowWriter:
    """Writes rows of the same columns as canonical JSON objects, letter for letter as `to_json` does.

    It goes column by column and sorts their names once, which takes a quarter of the time.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._template = (
            "{" + ",".join(f"{to_json(name).replace('%', '%%')}:%s" for name in self._names) + "}"
        )

    def write(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Return rows, which have these columns and no others, as JSON."""
        columns = [_write([row[name] for row in rows]) for name in self._names]
        return [self._template % values for values in zip(*columns, strict=True)]


class Json(TypeDecorator[Any]):
    """A value kept as canonical JSON text, the same on every database; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it."""
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read it; most lists are empty, and need no reading."""
        if value == "[]":
            return []
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    """The tables of a project."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Numbered:
    """A table whose rows have a number that is never used again."""

    OPTIONS: ClassVar[dict[str, Any]] = {"sqlite_autoincrement": True}
    __table_args__: Any = OPTIONS

    id: Mapped[int] = mapped_column(
        Integer().with_variant(BigInteger(), "postgresql"), primary_key=True, sort_order=-1
    )

"""Dialects: how line ends are written and positions counted for tools that depart from the standard."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework_coder.errors import BadInputError
from framework_coder.exchange.refi.offsets import Convention, Newlines, Unit


@dataclass(frozen=True, slots=True)
class Dialect:
    """How texts are written: whether lines end in CR LF, and how positions count."""

    name: str
    writes_crlf: bool
    convention: Convention

    def __str__(self) -> str:
        """Return it in words."""
        ends = "CR LF" if self.writes_crlf else "LF"
        return f"Dialect {self.name}: lines end in {ends}; positions count {self.convention}."


STANDARD = Dialect("standard", writes_crlf=False, convention=Convention())
DIALECTS: Mapping[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        STANDARD,
        Dialect("nvivo", writes_crlf=False, convention=Convention(unit=Unit.UTF16)),
        Dialect("crlf", writes_crlf=True, convention=Convention(Newlines.TWO)),
        Dialect("atlas", writes_crlf=True, convention=Convention(Newlines.ONE)),
    )
}


class UnknownDialectError(BadInputError):
    """A dialect that is not known."""

    def __init__(self, name: str) -> None:
        super().__init__(f"--dialect {name}: say {', '.join(DIALECTS)}.")


def choose_dialect(name: str) -> Dialect:
    """Return the dialect of that name, the standard's for none; raises UnknownDialectError."""
    if not name:
        return STANDARD
    if name.lower() not in DIALECTS:
        raise UnknownDialectError(name)
    return DIALECTS[name.lower()]

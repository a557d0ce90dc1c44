"""The register of sources, and that of sites: tables that are edited in place."""

from framework_coder.web.payloads.base import Payload


class Option(Payload):
    """A value that a field may have, and its name."""

    value: str
    label: str


class GridColumn(Payload):
    """A column; `kind` is text, list (`;` between), choice, number, or fixed where it is not edited here."""

    id: str
    title: str
    told: str
    kind: str
    options: list[Option]


class GridLine(Payload):
    """A row by its id, the fields as text and what is counted of it; `address` opens it."""

    id: str
    address: str
    cells: dict[str, str]
    numbers: dict[str, int]


class GridPage(Payload):
    """A table and the newest entry of the journal that it shows; `kind` is sources or sites."""

    entry: int
    kind: str
    columns: list[GridColumn]
    lines: list[GridLine]


class CellEdit(Payload):
    """A field, its new value, and the value that the writer began with."""

    field: str
    value: str
    was: str


class CellEdited(Payload):
    """The fields of a row as they are after an edit."""

    entry: int
    cells: dict[str, str]


class NewSite(Payload):
    """A site to add."""

    code: str
    name: str

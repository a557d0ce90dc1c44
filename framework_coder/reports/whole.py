"""Every table of a matrix in one JSON file, each column with its meaning."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framework_coder import __version__
from framework_coder.model.matrix import Matrix
from framework_coder.model.selection import Selection
from framework_coder.reports.csv_files import list_tables
from framework_coder.reports.tables import Table

FORMAT = "framework-coder-tables"
FORMAT_VERSION = 1

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "All tables of a study",
    "type": "object",
    "required": ["format", "format_version", "written_by", "study", "shown", "tables"],
    "additionalProperties": False,
    "properties": {
        "format": {"const": FORMAT},
        "format_version": {"const": FORMAT_VERSION},
        "written_by": {"type": "string"},
        "study": {
            "description": "The study as a whole, whatever is shown of it.",
            "type": "object",
            "required": ["name", "framework_version", "methods", "sites", "sources", "codings", "claims"],
            "properties": {
                "name": {"type": "string"},
                "framework_version": {"type": "integer"},
                "methods": {"type": "array", "items": {"type": "string"}},
                "sites": {"type": "integer"},
                "sources": {"type": "integer"},
                "codings": {"type": "integer"},
                "claims": {"type": "integer"},
            },
        },
        "shown": {
            "description": "What the filters left: codes of sites and ids of themes; the filters by name.",
            "type": "object",
            "required": ["sites", "themes", "filters"],
            "properties": {
                "sites": {"type": "array", "items": {"type": "string"}},
                "themes": {"type": "array", "items": {"type": "string"}},
                "filters": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "tables": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "title", "columns", "rows"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string"},
                    "title": {"type": "string"},
                    "columns": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name", "title", "meaning"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "title": {"type": "string"},
                                "meaning": {"type": "string"},
                            },
                        },
                    },
                    "rows": {
                        "description": "Objects with a field for each column.",
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": {"type": ["string", "number", "null"]},
                        },
                    },
                },
            },
        },
    },
}
"""What the file holds, as JSON Schema; docs/reference/tables.md carries it."""


def write_whole(matrix: Matrix, path: Path) -> None:
    """Write every table, a row a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in dump_whole(matrix):
            file.write(piece)


def dump_whole(matrix: Matrix) -> Iterator[str]:
    """Yield the file piece by piece."""
    head = _json(_describe(matrix))
    yield head[:-1] + ',"tables":['
    before = "\n"
    for table in list_tables(matrix):
        yield before
        yield from _dump_table(table)
        before = ",\n"
    yield "\n]}\n"


def _dump_table(table: Table) -> Iterator[str]:
    columns = [{"name": c.name, "title": c.title, "meaning": c.meaning} for c in table.columns]
    yield _json({"name": table.name, "title": table.title, "columns": columns})[:-1] + ',"rows":['
    before = "\n"
    for record in table.records():
        yield before + _json(record)
        before = ",\n"
    yield "\n]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _describe(matrix: Matrix) -> dict[str, Any]:
    study = matrix.study
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "written_by": f"Framework Coder {__version__}",
        "study": {
            "name": study.design.name,
            "framework_version": study.version,
            "methods": [method.id for method in study.design.planned_methods],
            "sites": len(study.sites),
            "sources": len(study.sources),
            "codings": len(study.codings),
            "claims": len(study.claims),
        },
        "shown": {
            "sites": [site.code for site in matrix.sites],
            "themes": [theme.id for theme in matrix.themes],
            "filters": _filters(matrix.selection),
        },
    }


def _filters(selection: Selection) -> dict[str, list[str]]:
    """Return each filter that was set, those on attributes of sites as `where NAME`."""
    lists = {name: getattr(selection, name) for name in ("sites", "themes", "methods", "coders", "states")}
    lists |= {f"where {name}": values for name, values in selection.attributes.items()}
    return {name: sorted(values) for name, values in lists.items() if values}

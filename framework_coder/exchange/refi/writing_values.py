"""Variables, their values, and the cases that sites are."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from framework_coder.exchange.bundle import BundledSource
from framework_coder.exchange.refi.wording import (
    AUTHORS,
    CODE,
    INFORMANTS,
    METHOD,
    ORIGINATOR,
    PRODUCED,
    REF,
    REGISTER,
    TYPE,
)
from framework_coder.exchange.refi.writing_study import Writing, add
from framework_coder.model.design import FieldKind

_FORMS = {
    "Integer": re.compile(r"[+-]?\d+", re.ASCII),
    "Float": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
    "Date": re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", re.ASCII),
    "DateTime": re.compile(
        r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T[0-5]\d:[0-5]\d:[0-5]\dZ?", re.ASCII
    ),
    "Boolean": re.compile("true|false"),
}
_TYPES = {
    FieldKind.NUMBER: ("Integer", "Float"),
    FieldKind.DATE: ("Date", "DateTime"),
    FieldKind.BOOLEAN: ("Boolean",),
}
"""What a kind of field may be written as, the narrowest first."""


def write_variables(writing: Writing) -> None:
    """Write the variables: attributes of sites, and the register of sources."""
    bundle = writing.bundle
    kinds = {each.id: each.kind for each in bundle.design.site_fields} if bundle.design else {}
    wrapper = add(writing.root, "Variables")
    for name in dict.fromkeys(name for site in bundle.sites for name in site.attributes):
        shown = f"{name} (site)" if name in {*REGISTER, CODE} else name
        values = [site.attributes[name] for site in bundle.sites if name in site.attributes]
        type_ = _fitting(_TYPES.get(kinds.get(name, FieldKind.TEXT), ()), values)
        _declare(writing, wrapper, name, shown, type_)
    if bundle.sites:
        _declare(writing, wrapper, CODE, CODE, "Text")
    if bundle.sources:
        for name in REGISTER:
            dates = [source.produced_on for source in bundle.sources if source.produced_on]
            type_ = _fitting(("Date",), dates) if name == PRODUCED else "Text"
            _declare(writing, wrapper, f"register {name}", name, type_)


def _fitting(types: Iterable[str], values: Collection[str]) -> str:
    """Return the first type that all values are of, or text."""
    return next((t for t in types if all(_FORMS[t].fullmatch(value) for value in values)), "Text")


def _declare(writing: Writing, wrapper: Any, key: str, shown: str, type_: str) -> None:
    guid = writing.names.of("variable", shown)
    writing.variables[key] = (guid, type_)
    add(wrapper, "Variable", guid=guid, name=writing.words.name(shown) or "Unnamed", typeOfVariable=type_)


def write_value(writing: Writing, element: Any, key: str, value: str) -> None:
    """Write the value of a variable; an empty text is a value too."""
    guid, type_ = writing.variables[key]
    holder = add(element, "VariableValue")
    add(holder, "VariableRef", targetGUID=guid)
    add(holder, f"{type_}Value").text = writing.words.clean(value)


def write_source_values(writing: Writing, element: Any, source: BundledSource) -> None:
    """Write the register of a source, and the attributes of its one site."""
    for name, value in _register(source):
        write_value(writing, element, f"register {name}", value)
    if len(source.sites) == 1:
        site = next((site for site in writing.bundle.sites if site.key == source.sites[0]), None)
        for name, value in site.attributes.items() if site else ():
            write_value(writing, element, name, value)


def _register(source: BundledSource) -> Iterator[tuple[str, str]]:
    said = (
        (REF, source.ref),
        (METHOD, source.method),
        (TYPE, source.document_type),
        (PRODUCED, source.produced_on),
        (ORIGINATOR, source.originator),
        (INFORMANTS, "; ".join(source.informants)),
        (AUTHORS, "; ".join(source.authors)),
    )
    return ((name, value) for name, value in said if value)


def write_cases(writing: Writing, cases: Any) -> None:
    """Write each site as a case, with its values before its sources, as the schema asks."""
    sources = writing.list_sources_by_site()
    for site in writing.bundle.sites:
        case = add(cases, "Case", guid=writing.names.of("site", site.key), name=writing.words.name(site.name))
        for name, value in site.attributes.items():
            write_value(writing, case, name, value)
        if site.code:
            write_value(writing, case, CODE, site.code)
        for source in sources[site.key]:
            add(case, "SourceRef", targetGUID=writing.names.of("source", source))
        for guid in writing.regions.get(site.key, ()):
            add(case, "SelectionRef", targetGUID=guid)

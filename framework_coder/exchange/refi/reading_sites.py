"""Cases, sets and variables of a REFI-QDA project: sites and their attributes; never guessed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.exchange.bundle import BundledMemo, BundledSite, BundledTarget
from framework_coder.exchange.refi.study import Reading, shorten
from framework_coder.exchange.refi.wording import CODE, METHOD_SET, REGISTER, SITE_SET, fold
from framework_coder.model.design import Design, FieldKind, SiteField

UNASSIGNED = "Unassigned"
_KINDS = {
    "Boolean": FieldKind.BOOLEAN,
    "Integer": FieldKind.NUMBER,
    "Float": FieldKind.NUMBER,
    "Date": FieldKind.DATE,
    "DateTime": FieldKind.DATE,
}


class BadSitesError(BadInputError):
    """An option that does not say what the sites are."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"--sites {given}: say case, set:PREFIX (all sets whose name begins so), set: or variable:NAME."
        )


class NoSuchSitesError(NotFoundError):
    """Sites were asked for that the file does not have."""

    def __init__(self, given: str, known: list[str]) -> None:
        has = f"it has {shorten(known)}" if known else "it has none"
        super().__init__(f"--sites {given}: there is nothing of that name in the file; {has}.")


def read_variables(reading: Reading) -> None:
    """Take note of the variables, and whether the project is one of ours."""
    for variable in reading.root.iterfind("Variables/Variable"):
        name = " ".join((variable.get("name") or "").split()) or "Unnamed variable"
        reading.variables[fold(variable.get("guid", ""))] = (name, variable.get("typeOfVariable") or "Text")
        if guid := fold(variable.get("guid", "")):
            reading.bundle.guids.setdefault(("variable", name), guid)
        if variable.findtext("Description"):
            reading.bundle.lose("descriptions", "of variables stayed behind")
    names = {name for name, _ in reading.variables.values()}
    reading.is_ours = reading.is_ours or {*list(REGISTER)[:2], CODE} <= names


def read_values(reading: Reading, element: Any) -> dict[str, str]:
    """Return the values of a case or a source by variable; one that is not said is not there."""
    values: dict[str, str] = {}
    for value in element.iterfind("VariableValue"):
        reference, said = value.find("VariableRef"), None
        for child in value:
            if child.tag != "VariableRef":
                said = child.text or ""
        if reference is None or said is None:
            continue
        name, _ = reading.variables.get(fold(reference.get("targetGUID", "")), ("", ""))
        if name:
            values[name] = said
        else:
            reading.bundle.lose("values", "are of a variable that the file does not declare")
    return values


def read_sites(reading: Reading) -> None:
    """Take over sites with their attributes, and which sources and regions are theirs."""
    reading.source_values = {key: read_values(reading, s.element) for key, s in reading.sources.items()}
    wanted = str(reading.options.get("sites") or "case")
    kind, _, name = wanted.partition(":")
    if kind == "case":
        _read_cases(reading)
    elif kind == "set":
        _take_sets(reading, wanted, name)
    elif kind == "variable" and name:
        _take_variable(reading, wanted, name)
    else:
        raise BadSitesError(wanted)


def settle_sites(reading: Reading) -> None:
    """Finish the sites once it is known which passages are theirs."""
    _place_the_rest(reading)
    _settle_source_values(reading)
    _offer_sets(reading)
    _describe_fields(reading)


def _read_cases(reading: Reading) -> None:
    for case in reading.root.iterfind("Cases/Case"):
        sources = [fold(ref.get("targetGUID", "")) for ref in case.iterfind("SourceRef")]
        regions = [fold(ref.get("targetGUID", "")) for ref in case.iterfind("SelectionRef")]
        values = read_values(reading, case)
        name = " ".join((case.get("name") or "").split())
        if not name and len(sources) == 1 and not regions:
            if sources[0] in reading.source_values:
                reading.source_values[sources[0]] |= values
            continue
        if not name:
            reading.assume("cases without a name")
            name = f"Case {len(reading.bundle.sites) + 1}"
        key = reading.key_of(case, "site")
        reading.cases[key] = key
        code = values.pop(CODE, "") if reading.is_ours else ""
        reading.bundle.sites.append(BundledSite(key, name, code, values))
        _join(reading, key, sources)
        for region in regions:
            _add_region(reading, region, key)
        if said := (case.findtext("Description") or "").strip():
            memo = BundledMemo(
                f"case {key}", f"[Description] {name}", said, targets=[BundledTarget(site=key)]
            )
            reading.bundle.memos.append(memo)
        if case.find("CodeRef") is not None:
            reading.bundle.lose("links", "of a case to codes stayed behind", len(case.findall("CodeRef")))


def _join(reading: Reading, site: str, sources: list[str]) -> None:
    for source in dict.fromkeys(sources):
        if source in reading.sources:
            reading.members.setdefault(source, []).append(site)


def _add_region(reading: Reading, selection: str, site: str) -> None:
    """Let a passage belong to a site, and its source too."""
    found = reading.selections.get(selection)
    if found is not None:
        reading.regions.setdefault(found.source, []).append((found.start, found.end, site))
        sites = reading.members.setdefault(found.source, [])
        if site not in sites:
            sites.append(site)


def add_region(reading: Reading, source: str, start: int, end: int, site: str) -> None:
    """Let a range of a source belong to a site, as a coding at a case says."""
    reading.regions.setdefault(source, []).append((start, end, site))
    sites = reading.members.setdefault(source, [])
    if site not in sites:
        sites.append(site)


def list_sets(reading: Reading) -> Iterator[tuple[Any, str, list[str]]]:
    """Yield sets that have sources: the element, its name, the sources that are here."""
    for each in reading.root.iterfind("Sets/Set"):
        sources = [fold(member.get("targetGUID", "")) for member in each.iterfind("MemberSource")]
        if sources:
            yield each, each.get("name") or "Unnamed set", [s for s in sources if s in reading.sources]


def _take_sets(reading: Reading, wanted: str, prefix: str) -> None:
    known = list(list_sets(reading))
    chosen = [found for found in known if found[1].startswith(prefix)]
    if not chosen:
        raise NoSuchSitesError(wanted, [name for _, name, _ in known])
    for element, name, sources in chosen:
        key = reading.key_of(element, "site")
        reading.used_sets.add(element)
        label = name.removeprefix(prefix).strip() or name
        reading.bundle.sites.append(BundledSite(key, label))
        _join(reading, key, sources)


def _take_variable(reading: Reading, wanted: str, name: str) -> None:
    values = {
        key: said[name].strip() for key, said in reading.source_values.items() if said.get(name, "").strip()
    }
    if not values:
        raise NoSuchSitesError(wanted, [known for known, _ in reading.variables.values()])
    for value in dict.fromkeys(values.values()):
        key = f"variable {name} {value}"
        reading.bundle.sites.append(BundledSite(key, value))
        _join(reading, key, [source for source, said in values.items() if said == value])
    for said in reading.source_values.values():
        said.pop(name, None)


def _place_the_rest(reading: Reading) -> None:
    """Put sources without a site under one that says so, since a passage needs a site."""
    rest = [key for key in reading.sources if not reading.members.get(key)]
    if not rest:
        return
    reading.bundle.sites.append(BundledSite("unassigned", UNASSIGNED))
    _join(reading, "unassigned", rest)
    reading.bundle.choices.append(
        f"{len(rest)} sources belong to no case and stand under the site “{UNASSIGNED}”; --sites says what "
        "else their sites are."
    )


def _settle_source_values(reading: Reading) -> None:
    """Let a variable in which the sources of a site agree be the site's; tell the others in a memo."""
    sites = []
    for site in reading.bundle.sites:
        own = [key for key, members in reading.members.items() if members == [site.key]]
        shared = {} if site.key == "unassigned" else _agreed([reading.source_values[key] for key in own])
        shared = {name: value for name, value in shared.items() if name not in REGISTER}
        sites.append(replace(site, attributes={**shared, **site.attributes}))
    reading.bundle.sites = sites
    attributes = {site.key: site.attributes for site in sites}
    for key, values in reading.source_values.items():
        here = [attributes[site] for site in reading.members.get(key, ())]
        left = {
            name: value
            for name, value in values.items()
            if not any(found.get(name) == value for found in here)
            and not (reading.is_ours and name in REGISTER)
        }
        if left:
            _note_values(reading, key, left)


def _agreed(values: list[dict[str, str]]) -> dict[str, str]:
    if not values:
        return {}
    return {
        name: value for name, value in values[0].items() if all(other.get(name) == value for other in values)
    }


def _note_values(reading: Reading, source: str, values: dict[str, str]) -> None:
    text = "\n".join(f"{name}: {value}" for name, value in values.items())
    title = f"[Variables] {reading.sources[source].name}"
    memo = BundledMemo(f"variables {source}", title, text, targets=[BundledTarget(source=source)])
    reading.bundle.memos.append(memo)


def _offer_sets(reading: Reading) -> None:
    """Tell which sets of sources could be sites, and pass over those that we wrote beside the cases."""
    names = {site.name for site in reading.bundle.sites}
    offered = []
    for element, name, _ in list_sets(reading):
        is_own = name.startswith(SITE_SET) and name.removeprefix(SITE_SET) in names
        if is_own or (reading.is_ours and name.startswith(METHOD_SET)):
            reading.used_sets.add(element)
        elif element not in reading.used_sets:
            offered.append(name)
    if offered and str(reading.options.get("sites") or "case") == "case":
        reading.bundle.choices.append(
            f"{len(offered)} sets of sources came in as memos ({shorten(offered)}); --sites set: makes sites "
            "of them."
        )


def _describe_fields(reading: Reading) -> None:
    """Keep the types of the variables that are attributes of sites."""
    used = {name for site in reading.bundle.sites for name in site.attributes}
    fields = [
        SiteField(name, name, _KINDS.get(type_, FieldKind.TEXT))
        for name, type_ in dict.fromkeys(reading.variables.values())
        if name in used
    ]
    if fields:
        unique = {each.id: each for each in fields}
        reading.bundle.design = Design(name=reading.bundle.name, site_fields=tuple(unique.values()))

"""Correct what the register says of one source: each edit is checked, and is one step."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.model.dates import PartialDate
from framework_coder.model.design import Design, Originator
from framework_coder.model.study import Source
from framework_coder.store.codebooks import load_design
from framework_coder.store.journal import Step
from framework_coder.store.review_tables import SeparationEntity
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.store.tables import CodingEntity, DerivationEntity, SourceEntity, SourceSiteEntity
from framework_coder.workflows.likeness import separations
from framework_coder.workflows.names import find_source, suggest_name

FIELDS = (
    "title", "sites", "method", "document_type", "produced_on", "originator", "informants", "authors",
    "derived_from", "url",
)  # fmt: skip
LISTS = frozenset({"sites", "informants", "authors", "derived_from"})
"""Fields with several values, `;` between them in text."""


class RegisterFieldError(BadInputError):
    """A field of the register with a value that it cannot have."""


class StaleSourceError(ConflictError):
    """A field that someone changed meanwhile; `wanted` and `standing` are the two values."""

    def __init__(self, ref: str, field: str, wanted: str, standing: str) -> None:
        self.wanted, self.standing = wanted, standing
        named = field.replace("_", " ")
        super().__init__(
            f"The {named} of {ref} was changed meanwhile. It is “{standing}” now; you wrote “{wanted}”. "
            "Look at both and save again."
        )


def split_values(text: str) -> tuple[str, ...]:
    """Return the values of a field of several, each once, in the order given."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


@dataclass(frozen=True, slots=True)
class Register:
    """What an edit is checked against."""

    design: Design
    sites: Mapping[str, int]
    sources: Mapping[str, Source]

    @classmethod
    def load(cls, connection: Connection) -> "Register":
        """Return the register as it stands."""
        return cls(
            load_design(connection),
            {site.code: site.id for site in load_sites(connection)},
            {source.ref: source for source in load_sources(connection)},
        )

    def show(self, source: Source) -> dict[str, str]:
        """Return the fields of a source as text."""
        codes = {number: code for code, number in self.sites.items()}
        refs = {each.id: ref for ref, each in self.sources.items()}
        several = {
            "sites": [codes[site] for site in source.sites],
            "informants": source.informants,
            "authors": source.authors,
            "derived_from": [refs[root] for root in source.derived_from],
        }
        said = {name: str(getattr(source, name)) for name in FIELDS if name not in LISTS}
        return said | {name: "; ".join(values) for name, values in several.items()}


def edit_source(
    engine: Engine,
    ref: str,
    given: Mapping[str, str],
    *,
    who: str,
    was: Mapping[str, str] | None = None,
    why: str = "",
) -> None:
    """Change fields of a source, given as text (`;` between the values of sites, people and derivations).

    `was` gives what fields held when the writer began. Raises RegisterFieldError, UnknownSourceError or
    StaleSourceError; then nothing is changed.
    """
    with Step(engine, who=who, action="edit source", why=why) as step:
        register = Register.load(step.connection)
        source = find_source(register.sources, ref)
        standing = register.show(source)
        for name, before in (was or {}).items():
            if standing.get(name) != _plain(name, before):
                raise StaleSourceError(ref, name, given.get(name, ""), standing.get(name, ""))
        changed = {
            name: wanted for name, text in given.items() if (wanted := _plain(name, text)) != standing[name]
        }
        for name, text in changed.items():
            _check(register, source, name, text)
        columns = {name: _column(name, text) for name, text in changed.items() if _is_column(name)}
        step.update(SourceEntity, {source.id: columns})
        if "sites" in changed:
            _place(step, source, [register.sites[code] for code in split_values(changed["sites"])])
        if "derived_from" in changed:
            roots = [register.sources[root].id for root in split_values(changed["derived_from"])]
            _derive(step, source, roots)


def _plain(name: str, text: str) -> str:
    """Return a value as it is kept; raises where there is no such field."""
    if name not in FIELDS:
        raise RegisterFieldError(f"The register has no field “{name}”; the fields are {', '.join(FIELDS)}.")
    return "; ".join(split_values(text)) if name in LISTS else " ".join(text.split())


def _is_column(name: str) -> bool:
    return name not in {"sites", "derived_from"}


def _column(name: str, text: str) -> str | list[str]:
    return list(split_values(text)) if name in LISTS else text


def _check(register: Register, source: Source, name: str, text: str) -> None:
    design = register.design
    if name == "title" and not text:
        raise RegisterFieldError(f"{source.ref} needs a title; citations and lists show it.")
    if name == "method":
        _check_among("method", text, [method.id for method in design.methods])
    elif name == "document_type" and text:
        _check_among("document type", text, design.document_types)
    elif name == "originator" and text:
        _check_among("originator", text, list(Originator))
    elif name == "produced_on":
        _check_date(text)
    elif name == "sites":
        _check_sites(register, source, split_values(text))
    elif name == "derived_from":
        _check_roots(register, source, split_values(text))


def _check_among(what: str, text: str, known: Collection[str]) -> None:
    if text not in known:
        raise RegisterFieldError(f"“{text}” is not a {what} of this study; choose one of {', '.join(known)}.")


def _check_date(text: str) -> None:
    try:
        PartialDate(text)
    except ValueError as error:
        raise RegisterFieldError(f"{error}.") from error


def _check_sites(register: Register, source: Source, codes: Collection[str]) -> None:
    if not codes:
        raise RegisterFieldError(f"{source.ref} must belong to a site at least; write its code.")
    for code in codes:
        if code not in register.sites:
            raise RegisterFieldError(f"There is no site “{code}”.{suggest_name(code, register.sites)}")


def _check_roots(register: Register, source: Source, refs: Collection[str]) -> None:
    for ref in refs:
        root = register.sources.get(ref)
        if root is None:
            raise RegisterFieldError(f"There is no source “{ref}”.{suggest_name(ref, register.sources)}")
        if source.id == root.id or source.id in _behind(register, root):
            raise RegisterFieldError(
                f"{source.ref} cannot derive from {ref}: {ref} "
                + ("is the same source." if source.id == root.id else f"derives from {source.ref} itself.")
            )


def _behind(register: Register, source: Source) -> set[int]:
    """Return the sources that one derives from, however far back."""
    by_id = {each.id: each for each in register.sources.values()}
    found: set[int] = set()
    waiting = list(source.derived_from)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += by_id[number].derived_from
    return found


def _place(step: Step, source: Source, sites: Collection[int]) -> None:
    """Let a source belong to just these sites; what is coded there keeps a site in it."""
    row = SourceSiteEntity
    gone = set(source.sites) - set(sites)
    coded = step.connection.execute(
        select(CodingEntity.site).where(CodingEntity.source == source.id, CodingEntity.site.in_(gone))
    ).scalars()
    if number := len(coded.all()):
        passages = "passage is" if number == 1 else "passages are"
        raise RegisterFieldError(
            f"{source.ref} stays at its site: {number} coded {passages} assigned to it. Assign them to "
            "another site in the reader, or remove them, first."
        )
    keys = step.connection.execute(
        select(row.id).where(row.source == source.id, row.site.in_(gone))
    ).scalars()
    step.delete(row, keys.all())
    step.insert(row, [{"source": source.id, "site": site} for site in sites if site not in source.sites])


def _derive(step: Step, source: Source, roots: Collection[int]) -> None:
    row = DerivationEntity
    gone = set(source.derived_from) - set(roots)
    found = dict(
        step.connection.execute(select(row.derived_from, row.id).where(row.source == source.id)).all()
    )
    step.delete(row, [found[root] for root in gone])
    new = [root for root in roots if root not in source.derived_from]
    for root in new:
        step.delete(SeparationEntity, separations(step.connection, source.id, root))
    step.update(row, {found[root]: {"is_confirmed": True} for root in new if root in found})
    step.insert(row, [{"source": source.id, "derived_from": root} for root in new if root not in found])

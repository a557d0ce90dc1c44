"""Link codings to claims as evidence, change the links, take them away."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine

from framework_coder.errors import ConflictError, NotFoundError
from framework_coder.model.charting import ChartedClaim
from framework_coder.model.citations import settle_place
from framework_coder.model.claims import Evidence, Stance
from framework_coder.model.codings import Coding
from framework_coder.model.passages import explain_refusal
from framework_coder.model.spelling import closest
from framework_coder.model.study import Source
from framework_coder.model.triangulation import document_origin, find_origins, person_origin
from framework_coder.store.claim_rows import insert_links, numbers_of_links, remove_links, save_links
from framework_coder.store.codebooks import load_design
from framework_coder.store.codings import CodingFilter, load_codings
from framework_coder.store.journal import Step
from framework_coder.store.sources import load_sites, load_sources
from framework_coder.workflows.charted import ClaimError, open_claim
from framework_coder.workflows.coding import UnknownCodingError

PROMINENCES = (1, 2, 3)
"""Passing, notable, dominant."""


class AlreadyLinkedError(ConflictError):
    """A coding that the claim cites already."""

    def __init__(self, claim: int, link: Evidence) -> None:
        super().__init__(
            f"Coding {link.coding} is evidence of claim {claim} already ({link.stance}); change that link "
            "instead."
        )


class NotLinkedError(NotFoundError):
    """A coding that the claim does not cite."""

    def __init__(self, claim: int, coding: int, linked: Iterable[int]) -> None:
        known = ", ".join(map(str, linked)) or "none"
        super().__init__(f"Coding {coding} is no evidence of claim {claim}; its codings are {known}.")


class EvidenceError(ClaimError):
    """A coding that cannot be evidence of a claim, or a link that says what cannot be."""


class NotAnOriginError(EvidenceError):
    """A person or document that does not speak in a source."""

    def __init__(self, name: str, source: Source, possible: Collection[str]) -> None:
        self.possible = tuple(possible)
        super().__init__(f"“{name}” is no origin of {source.ref}; choose among {', '.join(possible)}.")


def link_coding(
    engine: Engine,
    number: int,
    coding: int,
    *,
    who: str,
    edition: str = "",
    place: int | None = None,
    why: str = "",
    **said: Any,
) -> None:
    """Make a coding evidence; `said` takes `stance`, `is_inferred`, `prominence`, `origins` and `note`.

    Only an accepted coding of the claim's own site whose quote stands can be evidence. Raises EvidenceError,
    NotAnOriginError, AlreadyLinkedError, UnknownCodingError, UnknownClaimError or StaleClaimError.
    """
    with Step(engine, who=who, action="link evidence", why=why) as step:
        found = open_claim(step.connection, number, edition, f"link coding {coding}")
        for link in found.evidence:
            if link.coding == coding:
                raise AlreadyLinkedError(number, link)
        cited = find_citable(step.connection, found, coding)
        settled = None if place is None else check_place(found, place)
        link = check_link(step.connection, Evidence(number, coding, place=settled), cited, said)
        insert_links(step, found.claim, [(link, cited.source)])


def find_citable(connection: Connection, found: ChartedClaim, number: int) -> Coding:
    """Return the coding where it can be evidence of the claim; raises UnknownCodingError or EvidenceError."""
    codings = load_codings(connection, CodingFilter(numbers=[number]))
    if not codings:
        raise UnknownCodingError([number])
    (coding,) = codings
    if coding.site != found.claim.site:
        codes = {site.id: site.code for site in load_sites(connection)}
        raise EvidenceError(
            f"Coding {number} is about site {codes[coding.site]}, claim {found.claim.id} about "
            f"{codes[found.claim.site]}; code the passage for that site first."
        )
    if refusal := explain_refusal(coding):
        raise EvidenceError(f"{refusal[0].upper()}{refusal[1:]}.")
    return coding


def check_place(found: ChartedClaim, place: int) -> int:
    """Return the place where a token stands in a claim's summary; raises EvidenceError beyond its end."""
    if not 0 <= place <= len(found.claim.summary):
        raise EvidenceError(
            f"There is no place {place} in claim {found.claim.id}; its summary has "
            f"{len(found.claim.summary)} characters."
        )
    return settle_place(found.claim.summary, place)


def check_link(connection: Connection, link: Evidence, coding: Coding, said: dict[str, Any]) -> Evidence:
    """Return a link with what is said of it; what is None stays. No origins means all of the source's."""
    said = {name: value for name, value in said.items() if value is not None}
    if "stance" in said:
        said["stance"] = find_stance(said["stance"])
    if "prominence" in said:
        said["prominence"] = _check_prominence(said["prominence"])
    if "origins" in said:
        said["origins"] = name_origins(connection, coding.source, said["origins"])
    return replace(link, **said)


def find_stance(name: Stance | str) -> Stance:
    """Return the stance of that name; raises EvidenceError."""
    if name in set(Stance):
        return Stance(name)
    close = closest(name, Stance)
    hint = f"did you mean “{close}”?" if close else f"choose one of {', '.join(Stance)}."
    raise EvidenceError(f"There is no stance “{name}”; {hint}")


def _check_prominence(prominence: int) -> int | None:
    if prominence not in (0, *PROMINENCES):
        raise EvidenceError(
            f"A prominence of {prominence} means nothing; give 1 (passing), 2 (notable), 3 (dominant), or 0 "
            "to leave it unrated."
        )
    return prominence or None


def name_origins(connection: Connection, source: int, names: Collection[str]) -> frozenset[str] | None:
    """Return the origins as the register spells them; None where none is named. Raises NotAnOriginError."""
    if not names:
        return None
    sources = load_sources(connection)
    of_source = find_origins(sources, load_design(connection))[source]
    possible: dict[str, str] = {}
    for each in sources:
        for name, origin in (
            *((name, person_origin(name)) for name in (*each.informants, *each.authors)),
            (each.ref, document_origin(each.ref)),
        ):
            if origin in of_source:
                possible.setdefault(origin, name)
    chosen = set()
    for name in names:
        fitting = [o for o in (person_origin(name), document_origin(name)) if o in possible]
        if not fitting:
            spoken = next(each for each in sources if each.id == source)
            raise NotAnOriginError(name, spoken, sorted(possible.values()))
        chosen.add(possible[fitting[0]])
    return frozenset(chosen)


def change_link(
    engine: Engine,
    number: int,
    coding: int,
    *,
    who: str,
    edition: str = "",
    place: int | None = None,
    why: str = "",
    **said: Any,
) -> None:
    """Change what a link says; fields that are None stay, empty `origins` widen it to all again.

    Raises NotLinkedError, EvidenceError, NotAnOriginError, UnknownClaimError or StaleClaimError.
    """
    with Step(engine, who=who, action="change evidence", why=why) as step:
        found, link = _open_link(step.connection, number, coding, edition)
        if place is not None:
            link = replace(link, place=check_place(found, place))
        (cited,) = load_codings(step.connection, CodingFilter(numbers=[coding]))
        row = numbers_of_links(step.connection, number)[coding]
        save_links(step, [(row, check_link(step.connection, link, cited, said))])


def unlink_coding(
    engine: Engine, number: int, coding: int, *, who: str, edition: str = "", why: str = ""
) -> None:
    """Take a coding from a claim; raises NotLinkedError, UnknownClaimError or StaleClaimError."""
    with Step(engine, who=who, action="unlink evidence", why=why) as step:
        _open_link(step.connection, number, coding, edition)
        remove_links(step, [numbers_of_links(step.connection, number)[coding]])


def _open_link(
    connection: Connection, number: int, coding: int, edition: str
) -> tuple[ChartedClaim, Evidence]:
    found = open_claim(connection, number, edition, f"change its link to coding {coding}")
    for link in found.evidence:
        if link.coding == coding:
            return found, link
    raise NotLinkedError(number, coding, [link.coding for link in found.evidence])

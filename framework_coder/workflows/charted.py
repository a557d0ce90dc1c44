"""Claims with their evidence as they stand: found, shown as paragraphs, and guarded against stale changes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from framework_coder.errors import BadInputError, ConflictError, NotFoundError
from framework_coder.model.charting import ChartedClaim, ClaimEdit, is_current
from framework_coder.model.citations import Written
from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.codebook import Codebook, CodebookError, Theme
from framework_coder.model.paragraphs import paragraph_writer
from framework_coder.model.passages import Passages
from framework_coder.store.claim_history import load_history
from framework_coder.store.claim_rows import sources_of
from framework_coder.store.claims import load_claims, load_evidence
from framework_coder.store.codebooks import load_codebook
from framework_coder.store.codings import CodingFilter, load_codings
from framework_coder.store.sources import load_refs, load_sites, load_sources
from framework_coder.workflows.names import find_site

_FEW = 500
"""Claims and sources up to which they are asked for by number; of more, all are loaded."""


class ClaimError(BadInputError):
    """A claim that cannot be written as it was given."""


class UnknownClaimError(NotFoundError):
    """A claim that the project does not have, or no longer."""

    def __init__(self, number: int, gone: ClaimEdit | None = None) -> None:
        self.number = number
        if gone is None:
            super().__init__(f"There is no claim {number}; `claim list` shows them.")
        else:
            super().__init__(
                f"There is no claim {number} any more; {gone.who} deleted it on {gone.made_at[:10]}."
            )


class RetiredThemeError(CodebookError):
    """A claim at a theme that is no longer used."""

    def __init__(self, theme: Theme) -> None:
        into = f", now “{theme.merged_into}”" if theme.merged_into else ""
        super().__init__(f"Theme “{theme.id}” is retired{into}; write the claim at an active theme.")


class StaleClaimError(ConflictError):
    """A claim that somebody else changed since it was opened; nothing was overwritten.

    `standing` is the claim as it is now (None where it was deleted), `wanted` the text that was to be
    written, empty where the change was another one.
    """

    def __init__(
        self, number: int, standing: ChartedClaim | None, deed: str, wanted: str, last: ClaimEdit
    ) -> None:
        self.number, self.standing, self.wanted = number, standing, wanted
        self.changed_by, self.changed_at = last.who, last.made_at
        did = "changed" if standing else "deleted"
        now = f"it now says “{standing.paragraph}”" if standing else "it is gone"
        yours = f"yours says “{wanted}”" if wanted else f"you wanted to {deed}"
        super().__init__(
            f"Claim {number} was {did} by {last.who} at {last.made_at} after you opened it, so nothing was "
            f"overwritten: {now}; {yours}."
        )


def find_claim(connection: Connection, number: int) -> ChartedClaim:
    """Return a claim with its evidence, without its paragraph; raises UnknownClaimError."""
    claims = load_claims(connection, numbers=[number])
    if claims:
        return ChartedClaim(claims[0], load_evidence(connection, claims=[number]))
    history = load_history(connection, number)
    raise UnknownClaimError(number, history[-1] if history and history[-1].after is None else None)


def open_claim(
    connection: Connection,
    number: int,
    edition: str,
    deed: str,
    wanted: str = "",
    *,
    with_evidence: bool = True,
) -> ChartedClaim:
    """Return a claim that is to be changed; raises StaleClaimError where its edition is another one now.

    `deed` says what is to be done (`delete it`), `wanted` is the text to be written. `with_evidence`: the
    change touches its evidence too, so that the edition of that must be the same.
    """
    try:
        found = find_claim(connection, number)
    except UnknownClaimError as error:
        history = load_history(connection, number)
        if edition and history:
            raise StaleClaimError(number, None, deed, wanted, history[-1]) from error
        raise
    if not is_current(found, edition, with_evidence=with_evidence):
        (standing,) = show_claims(connection, [found])
        raise StaleClaimError(number, standing, deed, wanted, load_history(connection, number)[-1])
    return found


def load_passages(
    connection: Connection,
    site: int,
    theme: str,
    *,
    sources: Collection[int] | None = None,
    cited: Collection[int] = (),
    charted: Collection[int] = (),
) -> Passages:
    """Return the passages that a cell can cite, those of all its site's sources or of some."""
    chosen = CodingFilter(sites=[site], sources=sources or ())
    codings = () if sources is not None and not sources else load_codings(connection, chosen)
    book, all_sources = load_codebook(connection), load_sources(connection)
    return Passages(theme, book, all_sources, codings, site=site, cited=cited, charted=charted)


def show_claims(connection: Connection, found: Sequence[ChartedClaim]) -> tuple[ChartedClaim, ...]:
    """Return claims with their paragraphs."""
    if not found:
        return ()
    write = _writer(connection, found)
    return tuple(replace(charted, paragraph=write(charted).text) for charted in found)


def write_out(connection: Connection, charted: ChartedClaim) -> Written:
    """Return the paragraph of a claim, with the places of its tokens and which link each is of."""
    return _writer(connection, [charted])(charted)


def _writer(connection: Connection, found: Sequence[ChartedClaim]) -> Callable[[ChartedClaim], Written]:
    cited = _cited_sources(connection, found)
    chosen = CodingFilter(sites={charted.claim.site for charted in found}, sources=cited)
    codings = load_codings(connection, chosen) if cited else ()
    sources = load_sources(connection, numbers=cited if len(cited) <= _FEW else None)
    return paragraph_writer(load_codebook(connection), sources, codings, load_refs(connection))


def _cited_sources(connection: Connection, found: Sequence[ChartedClaim]) -> set[int]:
    return set(sources_of(connection, {link.coding for c in found for link in c.evidence}).values())


def find_cell(connection: Connection, site: str, theme: str) -> tuple[int, Codebook]:
    """Return a site's number and the codebook; raises UnknownSiteError or UnknownThemeError."""
    number = find_site({each.code: each.id for each in load_sites(connection)}, site)
    book = load_codebook(connection)
    book[theme]  # raises where there is no such theme
    return number, book


def find_writable_cell(connection: Connection, site: str, theme: str) -> int:
    """Return a site's number where a claim may be written in a cell; raises RetiredThemeError too."""
    number, book = find_cell(connection, site, theme)
    check_active(book, theme)
    return number


def check_active(book: Codebook, theme: str) -> None:
    """Raise RetiredThemeError where a theme is retired, UnknownThemeError where there is none."""
    if book[theme].is_retired:
        raise RetiredThemeError(book[theme])


def claims_in_cell(connection: Connection, site: str, theme: str) -> tuple[ChartedClaim, ...]:
    """Return the claims of a cell with their paragraphs, in order; a theme includes those below it."""
    number, book = find_cell(connection, site, theme)
    return show_claims(connection, with_evidence(connection, number, book.descendants(theme)))


def with_evidence(connection: Connection, site: int, themes: Collection[str]) -> list[ChartedClaim]:
    """Return the claims of a site at themes with their evidence, in order."""
    claims = load_claims(connection, cell=(site, themes))
    return pair_with_evidence(connection, claims)


def pair_with_evidence(connection: Connection, claims: Sequence[Claim]) -> list[ChartedClaim]:
    """Return claims with their evidence."""
    links: dict[int, list[Evidence]] = {claim.id: [] for claim in claims}
    for link in load_evidence(connection, claims=list(links) if len(links) <= _FEW else None):
        if link.claim in links:
            links[link.claim].append(link)
    return [ChartedClaim(claim, tuple(links[claim.id])) for claim in claims]


def cited_in_cell(connection: Connection, site: int, themes: Collection[str]) -> set[int]:
    """Return the codings that claims of a cell cite."""
    found = with_evidence(connection, site, themes)
    return {link.coding for charted in found for link in charted.evidence}


def passages_of_cell(connection: Connection, site: str, theme: str) -> Passages:
    """Return what a cell can cite, with a note of what its claims cite already."""
    number, book = find_cell(connection, site, theme)
    charted = cited_in_cell(connection, number, book.descendants(theme))
    return load_passages(connection, number, theme, charted=charted)

"""From the names that people use to the numbers of the store."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from framework_coder.errors import BadInputError, NotFoundError

Value = TypeVar("Value")


class UnknownSiteError(NotFoundError):
    """A site that the project does not have."""

    def __init__(self, code: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no site “{code}”.{suggest_name(code, known)} `sites` lists them.")


class UnknownSourceError(NotFoundError):
    """A source that the project does not have."""

    def __init__(self, ref: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no source “{ref}”.{suggest_name(ref, known)} `sources` lists them.")


class FaultyRowsError(BadInputError):
    """Rows that cannot be stored; nothing was. `faults` has a sentence for each."""

    SHOWN = 20

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in self.faults[: self.SHOWN])
        rest = len(self.faults) - self.SHOWN
        more = f"\n  … and {rest} more" if rest > 0 else ""
        count = f"{len(self.faults)} row{'s' if len(self.faults) > 1 else ''}"
        super().__init__(
            f"{count} cannot be stored, so nothing was; correct them and try again:\n{shown}{more}"
        )


def suggest_name(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean “…”?` where a known name is close, else nothing."""
    from rapidfuzz import process

    found = process.extractOne(name, list(known), score_cutoff=70) if name else None
    return f" Did you mean “{found[0]}”?" if found else ""


def find_site(sites: Mapping[str, Value], code: str) -> Value:
    """Return what stands under a site's code; raises UnknownSiteError."""
    if code not in sites:
        raise UnknownSiteError(code, sites)
    return sites[code]


def find_source(sources: Mapping[str, Value], ref: str) -> Value:
    """Return what stands under a source's ref; raises UnknownSourceError."""
    if ref not in sources:
        raise UnknownSourceError(ref, sources)
    return sources[ref]

"""A claim's flags in words, with what each rests on."""

from collections.abc import Callable, Iterator, Sequence

from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Claim
from framework_coder.model.study import Source
from framework_coder.model.triangulation import Assessment, Flag, Item
from framework_coder.model.wording import count, join


def tell_flags(bearings: Bearings, claim: Claim, found: Assessment) -> Iterator[str]:
    """Yield a sentence for each flag but a stale decision, which is told with the decision."""
    for flag in found.flags:
        if flag in _TELL:
            yield _TELL[flag](bearings, claim, found)


def _sources(items: Sequence[Item]) -> list[Source]:
    return list({item.source.id: item.source for item in items}.values())


def _years(items: Sequence[Item]) -> list[int]:
    return sorted(year for item in items if (year := item.source.produced_on.year) is not None)


def _tell_type(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    kind = found.supports[0].source.document_type.replace("_", " ")
    return f"The supporting sources are all of one document type, {kind}."


def _tell_informants(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    people = join(found.supports[0].source.informants)
    return f"{people} spoke in {found.supports[0].source.ref}, which is still one source."


def _tell_dated(bearings: Bearings, claim: Claim, found: Assessment) -> str:
    newest = bearings.surroundings(claim.site, claim.theme).newest
    return f"The newest support is of {_years(found.supports)[-1]}, the site's newest source of {newest}."


def _tell_undated(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    undated = [source.ref for source in _sources(found.supports) if source.produced_on.year is None]
    return f"The date of {join(undated)} is not known."


def _tell_gap(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    years = _years((*found.supports, *found.contradicts))
    return f"The evidence spans {years[-1] - years[0]} years, from {years[0]} to {years[-1]}."


def _tell_drifted(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    return f"{count(found.drifted, 'passage')} drifted and left out until checked."


def _tell_coverage(_bearings: Bearings, _claim: Claim, found: Assessment) -> str:
    return f"{found.examined} of {count(found.sources, 'source')} of the site examined for the theme."


_TELL: dict[Flag, Callable[[Bearings, Claim, Assessment], str]] = {
    Flag.PARTIAL: lambda *_: "It holds in part: something qualifies it.",
    Flag.INFERRED_ONLY: lambda *_: "All support is inferred; no source says it outright.",
    Flag.INTERNAL_ONLY: lambda *_: "All support comes from the service or its parent organisation.",
    Flag.ONE_DOCUMENT_TYPE: _tell_type,
    Flag.MULTI_INFORMANT: _tell_informants,
    Flag.DATED: _tell_dated,
    Flag.UNDATED: _tell_undated,
    Flag.PERIOD_GAP: _tell_gap,
    Flag.DRIFTED: _tell_drifted,
    Flag.COVERAGE: _tell_coverage,
    Flag.STALE_FRAMEWORK: lambda *_: "The theme has changed its meaning since some source was examined.",
}

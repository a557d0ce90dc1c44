"""Counting over claims: a count never stands alone (method.md §5)."""

from collections import defaultdict
from dataclasses import dataclass

from framework_coder.model.bearings import Bearings
from framework_coder.model.claims import Claim, CodedValue, Decision
from framework_coder.model.selection import Selection
from framework_coder.model.study import Site, Study
from framework_coder.model.triangulation import Status
from framework_coder.model.wording import count


@dataclass(frozen=True, slots=True)
class Count:
    """How many sites have a value, out of which, and which they are.

    `sites` have a claim with the value; `shown` are all sites counted over, `with_evidence` those with a live
    coding at the themes of such claims, `examined` those of which every source was read for these themes.
    `contested` are the sites of the count where such a claim is contested. `claims` are the claims' ids.
    """

    name: str
    value: str
    sites: tuple[Site, ...]
    shown: tuple[Site, ...]
    with_evidence: tuple[Site, ...]
    examined: tuple[Site, ...]
    contested: tuple[Site, ...] = ()
    claims: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return `9 of 20 sites (9 of 14 with evidence; 14 of 18 examined)`."""
        read = {site.id for site in self.examined}
        both = sum(site.id in read for site in self.with_evidence)
        return (
            f"{len(self.sites)} of {count(len(self.shown), 'site')} "
            f"({len(self.sites)} of {len(self.with_evidence)} with evidence; "
            f"{both} of {len(self.examined)} examined)"
        )


def count_values(
    study: Study,
    selection: Selection = Selection(),
    name: str | None = None,
    *,
    bearings: Bearings | None = None,
) -> list[Count]:
    """Return the count of every coded value (of one name, or of all), most frequent first within a name.

    A claim is counted where live evidence supports it and no decision was made against it. A rank is counted
    apart, as the value `funding!most important`. `bearings` are those of the study, where they are at hand.
    """
    bearings = bearings or Bearings(study, selection)
    shown = tuple(site for site in study.sites if selection.shows_site(site))
    claims = [claim for claim in bearings.claims.values() if claim.values and is_borne_out(claim, bearings)]
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    themes: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for value in claim.values:
            if name is None or value.name == name:
                themes[value.name].add(claim.theme)
                for text in _texts(value):
                    groups[value.name, text].append(claim)
    order = list(themes)
    bases = {key: find_base(bearings, shown, found) for key, found in themes.items()}
    counts = [_count(key, found, bearings, bases[key[0]]) for key, found in groups.items()]
    return sorted(counts, key=lambda c: (order.index(c.name), -len(c.sites), c.value))


@dataclass(frozen=True, slots=True)
class Base:
    """The denominators of a count over themes: sites shown, with a live coding, with every source read."""

    shown: tuple[Site, ...]
    with_evidence: tuple[Site, ...]
    examined: tuple[Site, ...]


def find_base(bearings: Bearings, shown: tuple[Site, ...], themes: set[str]) -> Base:
    """Return the denominators of a count that rests on claims at these themes."""
    coded = {coding.site for coding in bearings.codings.values() if coding.is_live and coding.theme in themes}
    return Base(
        shown,
        tuple(site for site in shown if site.id in coded),
        tuple(site for site in shown if _is_read(bearings, site, themes)),
    )


def _texts(value: CodedValue) -> tuple[str, ...]:
    return (value.text, f"{value.text}!{value.rank}") if value.rank else (value.text,)


def is_borne_out(claim: Claim, bearings: Bearings) -> bool:
    """Say whether live evidence supports a claim and no decision was made against it."""
    decision = bearings.adjudications.get(claim.id)
    found = bearings.assessments[claim.id]
    is_against = found.status is Status.RESOLVED and decision is not None
    return bool(found.supports) and not (
        is_against and decision is not None and decision.decision is Decision.ACCEPT_CONTRADICTION
    )


def _count(key: tuple[str, str], claims: list[Claim], bearings: Bearings, base: Base) -> Count:
    having = {claim.site for claim in claims}
    contested = {c.site for c in claims if bearings.assessments[c.id].status is Status.CONTESTED}
    return Count(
        *key,
        sites=tuple(site for site in base.shown if site.id in having),
        shown=base.shown,
        with_evidence=base.with_evidence,
        examined=base.examined,
        contested=tuple(site for site in base.shown if site.id in contested),
        claims=tuple(claim.id for claim in claims),
    )


def _is_read(bearings: Bearings, site: Site, themes: set[str]) -> bool:
    sources = bearings.sources_of[site.id]
    return bool(sources) and all(
        source.id in bearings.examined(theme) for source in sources for theme in themes
    )

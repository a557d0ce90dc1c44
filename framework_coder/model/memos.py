"""Memos: free notes on anything."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoTarget:
    """What a memo is about: one of these; a site and a theme together are a cell. Numbers are ids."""

    site: int | None = None
    source: int | None = None
    theme: str | None = None
    coding: int | None = None
    claim: int | None = None
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """A titled, dated note; one without targets is about the project. `made_on` is an ISO date."""

    id: int
    title: str
    text: str
    kind: str = ""
    author: str = ""
    made_on: str = ""
    targets: tuple[MemoTarget, ...] = ()


KINDS = ("analytic", "methodological", "reflexive", "descriptive")
"""Kinds that are offered; a study may use words of its own beside them."""


def edition_of_memo(memo: Memo) -> str:
    """Return 12 hexadecimal digits that stand for the words of a memo: what an editor started from."""
    return hashlib.sha256(repr((memo.title, memo.text, memo.kind)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class TargetNames:
    """What people call sites (codes), sources (refs) and themes (labels)."""

    sites: Mapping[int, str]
    sources: Mapping[int, str]
    themes: Mapping[str, str]

    def name(self, target: MemoTarget) -> str:
        """Return what a memo is about in words: `S03 × Barriers`, `D07`, `claim 12`."""
        site = None if target.site is None else self.sites[target.site]
        theme = None if target.theme is None else self.themes[target.theme]
        if site is not None and theme is not None:
            return f"{site} × {theme}"
        if target.source is not None:
            return self.sources[target.source]
        for kind, number in (("coding", target.coding), ("claim", target.claim), ("finding", target.finding)):
            if number is not None:
                return f"{kind} {number}"
        return site or theme or ""

    def name_all(self, memo: Memo) -> str:
        """Return all that a memo is about, or that it is about the project."""
        return "; ".join(map(self.name, memo.targets)) or "the project"

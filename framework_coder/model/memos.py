"""Memos: free notes on anything."""

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

"""A study as a bundle, with each kind of thing in it, to be written."""

from functools import partial
from hashlib import sha256

from framework_coder.exchange.bundle import (
    Bundle,
    BundledClaim,
    BundledCoding,
    BundledEvidence,
    BundledFinding,
    BundledMemo,
    BundledSite,
    BundledSource,
    BundledTarget,
)
from framework_coder.exchange.refi.reading_sources import find_paragraphs
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.codings import CodingState
from framework_coder.model.design import Design
from framework_coder.model.findings import FindingRole
from framework_coder.model.sources import SourceText

TEXT = "One \U0001f600 two.\nThe room is small.\nCafe\u0301 & <tea>."
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def source(key: str, text: str = TEXT, media: str = "text/plain", **fields: object) -> BundledSource:
    """Return a source at site S1, unless `fields` say otherwise."""
    content = text.encode("utf-8", "replace")
    return BundledSource(
        key, f"Title {key}", partial(_load, text, media, content), lambda: content, f"{key}.txt", media, key,
        **{"sites": ("S1",), **fields},  # type: ignore[arg-type]
    )  # fmt: skip


def _load(text: str, media: str, content: bytes) -> SourceText:
    return SourceText(text, find_paragraphs(text), sha256(content).hexdigest(), media, "refi", "1")


def a_bundle() -> Bundle:
    """Return a study with each kind of thing in it."""
    return Bundle(
        name="A study",
        design=Design(name="A study"),
        identity="ab" * 16,
        coders=["Anna", "Ben"],
        codebook=_codebook(),
        sites=[BundledSite("S1", "North", "S1", {"tier": "a", "note": ""}), BundledSite("S2", "South", "S2")],
        sources=[
            source("D1", method="document", informants=("Anna", "Ben")),
            source("D2", sites=("S1", "S2"), derived_from=("D1",)),
            source("D3", media=PDF),
            source("D4", media=WORD),
        ],
        codings=_codings(),
        claims=[
            BundledClaim(
                "1", "S1", "space.room", "It is small.", quotation="small", author="Anna",
                evidence=[BundledEvidence("1"), BundledEvidence("3")],
            )
        ],
        findings=[BundledFinding("1", "All are small.", "", "Ben", [("1", FindingRole.SUPPORTS, "why")])],
        memos=_memos(),
    )  # fmt: skip


def _codebook() -> Codebook:
    return Codebook(
        (
            Theme("space", "Space", definition="Rooms.", include="All.\nExclude: no", colour="#1a2b3c"),
            Theme("space.room", "Room", "space", example="“small”", question="How big?"),
            Theme("money", "Money"),
        )
    )


def _codings() -> list[BundledCoding]:
    start, made = TEXT.index("room"), ("2020-01-02", "2020-01-03")
    room = (start, start + 4, "room", "S1")
    return [
        BundledCoding("1", "D1", "space.room", *room, "Anna", made[0], "A memo."),
        BundledCoding("2", "D1", "space.room", *room, "Ben", made[0]),
        BundledCoding("3", "D1", "money", 0, 3, "One", "S1", "Anna", made[1], state=CodingState.PROPOSED),
        BundledCoding("4", "D2", "money", 4, 5, "\U0001f600", "S2", "Anna", made[1]),
    ]


def _memos() -> list[BundledMemo]:
    on: list[tuple[str, str, str, str, BundledTarget | None]] = [
        ("Project", "P", "analytic", "Anna", None),
        ("Theme", "T", "", "Anna", BundledTarget(theme="space")),
        ("Cell", "C", "", "Ben", BundledTarget(site="S1", theme="money")),
        ("Claim", "K", "", "Ben", BundledTarget(claim="1")),
        ("Source", "S", "", "Ben", BundledTarget(source="D1")),
        ("Coding", "S", "", "Ben", BundledTarget(coding="2")),
        ("A::B", "A group.", "set", "", BundledTarget(theme="money")),
        ("Finding", "F", "", "Ben", BundledTarget(finding="1")),
    ]
    return [
        BundledMemo(str(n), title, text, kind, who, "2020-01-01" if who else "", [target] if target else [])
        for n, (title, text, kind, who, target) in enumerate(on, start=1)
    ]

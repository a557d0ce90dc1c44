"""The audit pack: one HTML file that opens offline, from the matrix down to each passage where it stands."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from framework_coder.model.collecting import no_collection
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Matrix
from framework_coder.model.sources import SourceText
from framework_coder.reports.standing import explain_status
from framework_coder.reports.webpage_charts import begin_figures, draw_findings, draw_review
from framework_coder.reports.webpage_context import Rewrite, Surroundings
from framework_coder.reports.webpage_markup import text
from framework_coder.reports.webpage_pages import (
    draw_attention,
    draw_codebook,
    draw_counts,
    draw_guide,
    draw_sources,
)
from framework_coder.reports.webpage_plain import draw_plain
from framework_coder.reports.webpage_study import dump, pack_study

SCRIPTS = ("dom", "study", "grid", "evidence", "panel", "filters", "printing", "main")
"""The scripts in the order in which they stand in the pack, where they are one module."""

STYLES = ("page", "matrix", "panel", "print")
"""The style sheets in order."""

BLOCKS_AROUND = 2
"""Blocks before and after a passage that a pack holds."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the pack beside the matrix: its anchor, its title, and what draws its content as HTML.

    What draws the charts is None: they are begun before all else.
    """

    anchor: str
    title: str
    draw: Callable[[Matrix], str] | None


PAGES = (
    Page("findings", "Findings", draw_findings),
    Page("counts", "Counts", draw_counts),
    Page("charts", "Charts", None),
    Page("review", "Review", draw_review),
    Page("attention", "Attention", draw_attention),
    Page("sources", "Sources", draw_sources),
    Page("codebook", "Codebook", draw_codebook),
    Page("guide", "How to read", draw_guide),
)


def write_audit_pack(
    matrix: Matrix,
    path: Path,
    *,
    texts: Mapping[int, SourceText] | None = None,
    around: int | None = BLOCKS_AROUND,
    rewrite: Rewrite | None = None,
    made_on: datetime | None = None,
) -> list[str]:
    """Write the pack; return sentences on what it could not hold (empty: nothing).

    `texts` are the current texts by source id; passages of other sources stand as quotes alone. Around each
    passage there are so many blocks (`around`; None: whole texts). `rewrite` takes names out of the
    paragraphs of an anonymised matrix. With the same `made_on` (UTC; now, if None) the bytes are the same.
    """
    with no_collection():
        surroundings = Surroundings(texts or {}, around, rewrite)
        page = "".join(_draw(matrix, surroundings, made_on or datetime.now(UTC)))
    path.write_bytes(page.encode("utf-8", "replace"))
    return []


def _draw(matrix: Matrix, surroundings: Surroundings, made_on: datetime) -> Iterator[str]:
    with begin_figures(matrix) as draw_figures:
        yield from _draw_all(matrix, surroundings, made_on, draw_figures)


def _draw_all(
    matrix: Matrix, surroundings: Surroundings, made_on: datetime, draw_figures: Callable[[], str]
) -> Iterator[str]:
    reasons = {claim.id: explain_status(matrix, claim) for claim in matrix.shown_claims()}
    packed = dump(pack_study(matrix, surroundings, reasons))
    style, script = _style(), _script()
    title = text(matrix.study.design.name or "Framework analysis")
    yield '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer"><meta name="generator" content="Framework Coder">'
    yield f"<title>{title}: audit pack</title><style>{style}</style></head><body>"
    yield _header(matrix, title, made_on)
    yield '<main id="main"><section id="matrix" class="page"><h1 class="sr">Matrix</h1>'
    yield '<div id="screen" hidden></div><noscript id="plain">'
    yield from draw_plain(matrix, reasons)
    yield "</noscript></section>"
    for page in PAGES:
        content = page.draw(matrix) if page.draw else draw_figures()
        yield f'<section id="{page.anchor}" class="page words"><h1>{text(page.title)}</h1>{content}</section>'
    yield '</main><div id="printout" hidden></div>'
    yield f'<script type="application/json" id="study">{packed}</script>'
    yield f'<script type="module">{script}</script></body></html>\n'


def _style() -> str:
    colours = "".join(
        f".s-{state}{{--b:{look.background};--f:{look.foreground}}}" for state, look in LEGEND.items()
    )
    return colours + "\n".join(_read(f"{name}.css") for name in STYLES)


def _script() -> str:
    return "\n".join(_read(f"{name}.js") for name in SCRIPTS)


def _read(name: str) -> str:
    return (files("framework_coder.reports") / "webpage" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a policy that lets this style and this script in, and nothing else, from nowhere."""

    def name(content: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; script-src {name(script)}; style-src {name(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _header(matrix: Matrix, title: str, made_on: datetime) -> str:
    links = "".join(f'<a href="#{page.anchor}">{text(page.title)}</a>' for page in PAGES)
    study = matrix.study
    facts = [
        matrix.extent,
        f"{study.codebook.name} version {study.version}".strip(),
        f"filter: {matrix.selection}" if matrix.selection else "",
        "anonymised" if study.is_anonymised else "",
        f"{made_on.day} {made_on:%B %Y}",
    ]
    told = text(" · ".join(fact for fact in facts if fact))
    return (
        '<a class="skip" href="#main">Skip to the content</a>'
        f'<header class="top"><span class="study">{title}</span><nav aria-label="Pages" id="pages">'
        f'<a href="#matrix">Matrix</a>{links}</nav><span class="facts">{told}</span></header>'
    )

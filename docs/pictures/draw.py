"""Draw the README's pictures as web pages: a matrix, and a cell with its evidence.

    framework-coder demo --out demo
    python docs/pictures/draw.py demo/study.fwc S04 success.effectiveness

writes matrix.html and cell.html beside the project. Open them in a browser 1,560 and 980 points wide and
photograph them at one and a half times their size; keep the 255 most frequent colours.
"""

import sys
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from pathlib import Path

from framework_coder import Project
from framework_coder.model.claims import Claim, Evidence, Stance
from framework_coder.model.codings import Coding
from framework_coder.model.legend import LEGEND, CellState, Lamp, State
from framework_coder.model.matrix import Cell, Matrix

STYLE = (Path(__file__).parent / "pictures.css").read_text(encoding="utf-8")


def draw_page(title: str, body: str) -> str:
    """Return a page that needs no other file."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>'


def draw_badge(state: State) -> str:
    """Return the letter of a state on its colour, hatched where its pattern is."""
    look = LEGEND[state]
    kinds = f"badge{' wide' if len(look.letter) > 1 else ''}{' hatched' if look.hatched else ''}"
    style = f"background-color:{look.background};color:{look.foreground}"
    return f'<span class="{kinds}" style="{style}">{escape(look.letter)}</span>'


def draw_lamps(lamps: Mapping[str, Lamp] | None, letters: Mapping[str, str]) -> str:
    """Return a row of lamps, one a method."""
    drawn = (f'<span class="lamp {lamp}">{letters[method]}</span>' for method, lamp in (lamps or {}).items())
    return f'<span class="lamps">{"".join(drawn)}</span>'


def draw_matrix(matrix: Matrix) -> str:
    """Return the whole matrix: themes under their groups, sites down, legend above."""
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    groups = "".join(
        f'<th colspan="{len(list(themes))}">{escape(label)}</th>'
        for label, themes in groupby(_top_label(matrix, theme.id) for theme in matrix.themes)
    )
    themes = "".join(f"<th><div>{escape(theme.label)}</div></th>" for theme in matrix.themes)
    rows = "".join(
        f"<tr><th><b>{escape(site.code)}</b>{escape(site.name)}</th>"
        f"{''.join(_draw_cell(cell, letters) for cell in cells)}</tr>"
        for site, cells in matrix.rows()
    )
    size = f"{len(matrix.sites)} sites × {len(matrix.themes)} themes"
    return (
        f"<h1>{escape(matrix.study.design.name)} <small>{size}</small></h1>{_draw_legend(matrix)}"
        f'<table><thead><tr class="group"><th></th>{groups}</tr>'
        f'<tr class="themes"><th></th>{themes}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _top_label(matrix: Matrix, theme: str) -> str:
    book = matrix.study.codebook
    return book[(theme, *book.ancestors(theme))[-1]].label


def _draw_cell(cell: Cell, letters: Mapping[str, str]) -> str:
    number = f"<i>{len(cell.claims)}</i>" if cell.claims else ""
    lamps = "" if cell.state is CellState.NOT_APPLICABLE else draw_lamps(cell.lamps, letters)
    return f"<td>{draw_badge(cell.state)}{number}{lamps}</td>"


def _draw_legend(matrix: Matrix) -> str:
    used = {cell.state for cell in matrix.cells.values()}
    states = (
        f'<span class="entry">{draw_badge(state)}{look.label}</span>'
        for state, look in LEGEND.items()
        if state in used
    )
    words = {
        Lamp.SUPPORTS: "supports",
        Lamp.CONTRADICTS: "contradicts",
        Lamp.CODED: "coded, not cited",
        Lamp.SILENT: "examined, silent",
        Lamp.NOT_EXAMINED: "not examined",
    }
    letter = matrix.study.design.planned_methods[0].letter
    lamps = (
        f'<span class="entry"><span class="lamp {m}">{letter}</span> {w}</span>' for m, w in words.items()
    )
    return f'<div class="legend">{"".join(states)}<br>{"".join(lamps)}</div>'


def draw_evidence(matrix: Matrix, site: str, theme: str) -> str:
    """Return one cell: its claims, and the evidence for the first of them, grouped by method."""
    place = next(place for place in matrix.sites if place.code == site)
    cell = matrix.cells[place.id, theme]
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    read = f"{len(cell.claims)} claims · {cell.examined} of {cell.sources} sources examined"
    claims = "".join(_draw_claim(matrix, claim, is_chosen=claim is cell.claims[0]) for claim in cell.claims)
    return (
        f'<div class="cell"><p class="where">{escape(place.code)} {escape(place.name)}</p>'
        f"<h2>{escape(matrix.study.codebook[theme].label)}</h2>"
        f'<p class="state">{draw_badge(cell.state)}{LEGEND[cell.state].label} · {read}'
        f"{draw_lamps(cell.lamps, letters)}</p>"
        f'<div class="columns"><div><h3>Claims</h3>{claims}</div>'
        f"<div><h3>Evidence for the first claim</h3>{_draw_links(matrix, cell.claims[0], letters)}</div>"
        "</div></div>"
    )


def _draw_claim(matrix: Matrix, claim: Claim, *, is_chosen: bool) -> str:
    found = matrix.assessments[claim.id]
    decision = matrix.bearings.adjudications.get(claim.id)
    tags = [LEGEND[found.status].label, claim.kind, *(flag.replace("_", " ") for flag in found.flags)]
    why = (
        f"Decided by {decision.decided_by}: {decision.reason}"
        if decision
        else LEGEND[found.status].definition
    )
    drawn = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    return (
        f'<div class="claim{" chosen" if is_chosen else ""}">{draw_badge(found.status)}{drawn}'
        f'<p>{escape(claim.summary)}</p><p class="why">{escape(why)}</p></div>'
    )


def _draw_links(matrix: Matrix, claim: Claim, letters: Mapping[str, str]) -> str:
    links = matrix.bearings.evidence[claim.id]
    parts = []
    for method in matrix.study.design.planned_methods:
        found = [link for link in links if _source_method(matrix, link) == method.id]
        stances = {link.stance for link in found}
        lamp = Lamp.CONTRADICTS if Stance.CONTRADICTS in stances else Lamp.SUPPORTS
        if found:
            parts.append(f'<h4><span class="lamp {lamp}">{letters[method.id]}</span>{method.label}</h4>')
            parts += [_draw_link(matrix, link) for link in found]
    return "".join(parts)


def _source_method(matrix: Matrix, link: Evidence) -> str:
    return matrix.bearings.sources[matrix.bearings.codings[link.coding].source].method


def _draw_link(matrix: Matrix, link: Evidence) -> str:
    coding = matrix.bearings.codings[link.coding]
    basis = ", inferred" if link.is_inferred else ""
    facts = " · ".join(_cite(matrix, coding))
    return (
        f'<blockquote class="{link.stance}">“{escape(coding.quote)}”'
        f"<footer><b>{link.stance}{basis}</b> · {escape(facts)}</footer></blockquote>"
    )


def _cite(matrix: Matrix, coding: Coding) -> Iterable[str]:
    source = matrix.bearings.sources[coding.source]
    yield f"{source.ref} {coding.locator}"
    yield source.title
    yield f"coded by {coding.coder}"


def main(project: str, site: str, theme: str) -> None:
    """Write both pages beside the project."""
    with Project.open(project) as opened:
        matrix = opened.matrix().grid
    pages = {"matrix": draw_matrix(matrix), "cell": draw_evidence(matrix, site, theme)}
    for name, body in pages.items():
        path = Path(project).with_name(f"{name}.html")
        path.write_text(draw_page(name, body), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])

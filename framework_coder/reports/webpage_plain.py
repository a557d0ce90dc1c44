"""The matrix and its claims as plain sections: read where scripts do not run, and printed."""

from collections.abc import Iterator

from framework_coder.model.claims import Claim
from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Matrix
from framework_coder.model.study import Site
from framework_coder.reports.contents import write_lamps
from framework_coder.reports.standing import Backing, find_home, list_attributes, list_backing, tell_flags
from framework_coder.reports.webpage_markup import chip, text


def draw_plain(matrix: Matrix, reasons: dict[int, str]) -> Iterator[str]:
    """Yield the grid of letters, then a section a site; `data-` attributes name site, cell and claim."""
    yield '<div class="scroll"><table class="letters"><caption>The matrix at a glance</caption>'
    yield '<thead><tr><th scope="col">Site</th>'
    for number, theme in enumerate(matrix.themes):
        yield f'<th scope="col" data-theme="{number}">{text(theme.label)}</th>'
    yield "</tr></thead><tbody>"
    for row, (site, cells) in enumerate(matrix.rows()):
        yield f'<tr data-site="{row}"><th scope="row"><a href="#plain-{row}">{text(_name(site))}</a></th>'
        for number, cell in enumerate(cells):
            count = f" {len(cell.claims)}" if cell.claims else ""
            mark = "" if cell.is_left_out else f"{chip(cell.state)}{count}"
            yield f'<td data-theme="{number}">{mark}</td>'
        yield "</tr>"
    yield "</tbody></table></div>"
    used = {cell.state for cell in matrix.cells.values() if not cell.is_left_out}
    keys = (
        f'<span class="key">{chip(s)} {text(look.label)}</span>' for s, look in LEGEND.items() if s in used
    )
    yield f"<p>{' '.join(keys)}</p>"
    for row, (site, cells) in enumerate(matrix.rows()):
        yield from _draw_site(matrix, row, site, cells, reasons)


def _name(site: Site) -> str:
    return f"{site.code} {site.name}"


def _draw_site(
    matrix: Matrix, row: int, site: Site, cells: list[Cell], reasons: dict[int, str]
) -> Iterator[str]:
    facts = "; ".join(f"{label}: {value}" for label, value in list_attributes(matrix, site))
    yield f'<section class="site" data-site="{row}"><h2 id="plain-{row}">{text(_name(site))}</h2>'
    yield f"<p>{text(facts)}</p>"
    for number, cell in enumerate(cells):
        if cell.is_left_out:
            continue
        place = f'data-cell="{row}/{number}"'
        label = text(matrix.study.codebook.path(cell.theme))
        if cell.claims:
            told = _tell(matrix, cell)
            yield f'<section {place}><h3>{label}</h3><p class="soft">{chip(cell.state)} {told}</p>'
            for claim in cell.claims:
                yield from _draw_claim(matrix, claim, cell, reasons)
            yield "</section>"
        else:
            why = text(explain_empty(cell))
            yield f'<p class="empty" {place}>{chip(cell.state)} <b>{label}</b> {why}</p>'
    yield "</section>"


def _tell(matrix: Matrix, cell: Cell) -> str:
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    read = f"{cell.share_examined} examined"
    return text(f"{LEGEND[cell.state].label}; {read}; {write_lamps(cell, letters)}")


def _draw_claim(matrix: Matrix, claim: Claim, cell: Cell, reasons: dict[int, str]) -> Iterator[str]:
    found = matrix.assessments[claim.id]
    key = "Key claim. " if claim.is_key else ""
    yield f'<article data-claim="{claim.id}"><p>{chip(found.status)} {key}<b>{text(claim.summary)}</b></p>'
    home = find_home(matrix, claim)
    if home != cell.theme:
        yield f'<p class="soft">Told under {text(matrix.study.codebook[home].label)}.</p></article>'
        return
    told = [LEGEND[found.status].label, *tell_flags(found)]
    yield f'<p class="soft">{text("; ".join(told))}. {text(reasons[claim.id])}</p>'
    if claim.comment:
        yield f'<p class="soft">Comment: {text(claim.comment)}</p>'
    items = list(list_backing(matrix, claim.id))
    if items:
        yield "<ul>"
        for item in items:
            yield _draw_item(matrix, item)
        yield "</ul>"
    yield "</article>"


def _draw_item(matrix: Matrix, item: Backing) -> str:
    said = f"{item.link.stance}{', inferred' if item.link.is_inferred else ''}"
    counts = f"; {item.counts}" if item.counts else ""
    place = f"{matrix.bearings.cite(item.coding)} {item.source.title}; {said}{counts}"
    quote = f"<q>{text(item.coding.quote)}</q>"
    return f'<li class="{item.link.stance}">{quote} <span class="soft">{text(place)}</span></li>'

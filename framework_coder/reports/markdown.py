"""The matrix as Markdown: a grid of letters, then every cell's claims with the passages they rest on."""

from collections.abc import Iterable

from framework_coder.model.claims import Claim, Evidence
from framework_coder.model.explaining import explain_empty
from framework_coder.model.legend import LEGEND
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.study import Site
from framework_coder.reports.contents import write_cell, write_lamps
from framework_coder.reports.laying_out import Head, column_heads, name_head
from framework_coder.reports.laying_out import lines as laid_out

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def render_markdown(matrix: Matrix) -> str:
    """Return the whole matrix as a Markdown document."""
    study = matrix.study
    lines = [f"# {_escape(study.design.name)}", ""]
    shown = f"{matrix.extent}, codebook version {study.version}"
    lines += [f"{shown}; filter: {_escape(str(matrix.selection))}." if matrix.selection else f"{shown}.", ""]
    lines += [*_draw_grid(matrix), "", *_draw_legend(matrix), ""]
    if matrix.layout.density is not None:  # the grid alone is what was looked at
        return "\n".join(lines)
    for site, cells in matrix.rows():
        lines += [f"## {_escape(site.code)} {_escape(site.name)}", "", *_describe(site), ""]
        for cell in cells:
            lines += [*_write_cell(matrix, cell), ""]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())


def _draw_grid(matrix: Matrix) -> Iterable[str]:
    corner = "Theme" if matrix.layout.is_transposed else "Site"
    heads = [_escape(_name(matrix, head)) for head in column_heads(matrix)]
    has_texts = matrix.layout.density is Density.TEXT
    yield f"| {corner} | " + " | ".join(heads) + " |"
    yield "|---|" + ("---|" if has_texts else ":-:|") * len(heads)
    for head, cells in laid_out(matrix):
        marks = (_mark(matrix, cell, has_texts=has_texts) for cell in cells)
        yield f"| {_escape(_name(matrix, head))} | " + " | ".join(marks) + " |"


def _name(matrix: Matrix, head: Head) -> str:
    """Return a head; with the attributes of a site where the layout was chosen by somebody."""
    if not isinstance(head, Site) or matrix.layout.density is None:
        return name_head(head)
    facts = [value for field in matrix.shown_fields() if (value := head.attributes.get(field.id))]
    return " · ".join((name_head(head), *facts))


def _mark(matrix: Matrix, cell: Cell, *, has_texts: bool) -> str:
    if cell.is_left_out:
        return ""
    if has_texts:
        return "<br>".join(_escape(line) for line in write_cell(matrix, cell).splitlines())
    letter = LEGEND[cell.state].letter
    return f"{letter} {len(cell.claims)}" if cell.claims else letter


def _draw_legend(matrix: Matrix) -> Iterable[str]:
    used = {cell.state for cell in matrix.cells.values() if not cell.is_left_out}
    yield "Each cell shows the state of its weakest key claim and the number of claims:"
    yield ""
    for state, look in LEGEND.items():
        if state in used:
            yield f"- **{look.letter}** {look.label}: {look.definition}"


def _describe(site: Site) -> Iterable[str]:
    if facts := [f"{name}: {_escape(value)}" for name, value in site.attributes.items() if value]:
        yield "; ".join(facts) + "."


def _write_cell(matrix: Matrix, cell: Cell) -> Iterable[str]:
    letters = {method.id: method.letter for method in matrix.study.design.methods}
    yield f"### {_escape(matrix.study.codebook[cell.theme].label)}"
    yield ""
    if not cell.claims:
        yield f"*{_escape(explain_empty(cell))}*"
        return
    read = f"{cell.share_examined} examined"
    yield f"{LEGEND[cell.state].label}; {read}; {write_lamps(cell, letters)}"
    yield ""
    for claim in cell.claims:
        yield from _write_claim(matrix, claim)


def _write_claim(matrix: Matrix, claim: Claim) -> Iterable[str]:
    found = matrix.assessments[claim.id]
    flags = f" ({', '.join(flag.replace('_', ' ') for flag in found.flags)})" if found.flags else ""
    yield f"- **{LEGEND[found.status].label}**{flags}: {_escape(claim.summary)}"
    decision = matrix.bearings.adjudications.get(claim.id)
    if decision:
        words = decision.decision.replace("_", " ")
        yield f"  - decided by {_escape(decision.decided_by)}: {words}, because {_escape(decision.reason)}"
    for link in matrix.bearings.evidence.get(claim.id, ()):
        yield f"  - {_write_link(matrix, link)}"


def _write_link(matrix: Matrix, link: Evidence) -> str:
    coding = matrix.bearings.codings[link.coding]
    basis = ", inferred" if link.is_inferred else ""
    place = f"{_escape(matrix.bearings.cite(coding))} ({_escape(coding.coder)})"
    return f"{link.stance}{basis}: “{_escape(coding.quote)}” {place}"

"""The grid of a matrix as its layout asks: sites down and themes across, or the other way round."""

from collections.abc import Iterator, Sequence

from framework_coder.model.codebook import Theme
from framework_coder.model.matrix import Cell, Density, Matrix
from framework_coder.model.study import Site

Head = Site | Theme


def shows_states_only(matrix: Matrix) -> bool:
    """Say whether the layout asks for states without the claims behind them."""
    return matrix.layout.density is Density.STATUS


def column_heads(matrix: Matrix) -> Sequence[Head]:
    """Return what stands at the head of each column."""
    return matrix.sites if matrix.layout.is_transposed else matrix.themes


def lines(matrix: Matrix) -> Iterator[tuple[Head, list[Cell]]]:
    """Yield each row: what stands at its head, and its cells."""
    if not matrix.layout.is_transposed:
        yield from matrix.rows()
        return
    for theme in matrix.themes:
        yield theme, [matrix.cells[site.id, theme.id] for site in matrix.sites]


def name_head(head: Head) -> str:
    """Return a site's code and name, or a theme's label."""
    return f"{head.code} {head.name}" if isinstance(head, Site) else head.label


def group_of(matrix: Matrix, theme: str) -> str:
    """Return the label of the topmost theme above, or the theme's own."""
    book = matrix.study.codebook
    return book[(theme, *book.ancestors(theme))[-1]].label

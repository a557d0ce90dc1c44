"""Charts of a matrix, each with the table that it draws; as SVG and PNG."""

from framework_coder.model.matrix import Matrix
from framework_coder.reports.charts.bars import draw_frequencies, draw_statuses
from framework_coder.reports.charts.coverage import draw_coverage_map
from framework_coder.reports.charts.drawing import Chart, render_png, render_svg
from framework_coder.reports.charts.timeline import draw_timeline

__all__ = ["Chart", "draw_charts", "render_png", "render_svg"]


def draw_charts(matrix: Matrix) -> list[Chart]:
    """Return the charts that the matrix has something for."""
    drawn = (draw_coverage_map, draw_frequencies, draw_statuses, draw_timeline)
    return [chart for draw in drawn if (chart := draw(matrix)).table.rows]

"""Charts: pictures that hold every number of the table beside them, made without a network."""

import re
import struct
import subprocess
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from study_builders import StudyBuilder

from framework_coder.model.claims import CodedValue
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.study import Site
from framework_coder.reports.charts import Chart, aside, draw_charts, render_png, render_svg
from framework_coder.reports.charts.aside import draw_aside
from framework_coder.reports.charts.coverage import Spot
from framework_coder.reports.charts.printing import crop


def a_matrix() -> Matrix:
    made = StudyBuilder()
    made.site("Ash & <Elm>", tier="primary")
    made.site()
    made.plan(1, "document", 2)
    sources = made.source("D01"), made.source("Q02", 2)
    first = made.code(sources[0], "a.one")
    second = made.code(sources[1], "a.one")
    made.claim(
        1, "a.one", first, values=(CodedValue("started", "2004-09"), CodedValue("ended", "2011-02-28"))
    )
    made.claim(2, "a.one", second, values=(CodedValue("started", "1999-12"),))
    for source in sources:
        made.examine(source, "a.one")
    return build_matrix(made.build())


@pytest.fixture(scope="module", params=["coverage", "frequencies", "statuses", "timeline"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return next(chart for chart in draw_charts(a_matrix()) if chart.name == request.param)


def test_a_chart_has_a_table_and_a_caption_and_renders_as_svg_with_its_words(chart: Chart) -> None:
    svg = render_svg(chart)
    words = " ".join(ET.fromstring(svg).itertext())  # noqa: S314 - made by ourselves
    assert chart.title in words
    assert chart.caption
    assert chart.table.rows
    assert "http" not in svg.replace("http://www.w3.org", "")


def test_a_chart_renders_as_png_at_the_scale_asked_for(chart: Chart) -> None:
    small, large = render_png(chart, 1), render_png(chart, 2)
    assert small.startswith(b"\x89PNG")
    sizes = [struct.unpack(">II", picture[16:24]) for picture in (small, large)]
    assert sizes[1] == pytest.approx([2 * side for side in sizes[0]], abs=2)


def test_names_of_sites_stand_in_a_picture_as_they_are() -> None:
    coverage = draw_charts(a_matrix())[0]
    words = " ".join(ET.fromstring(render_svg(coverage)).itertext())  # noqa: S314 - made by ourselves
    assert "S01 Ash & <Elm>" in words
    assert "1 of 2, 33% examined" in words


@pytest.mark.parametrize(
    ("planned", "collected", "examined", "readings", "words"),
    [
        (2, 1, 1, 3, "1 of 2, 33% examined"),
        (2, 4, 299, 300, "4 (2 planned), 99% examined"),
        (0, 1, 27, 27, "1 (0 planned), 100% examined"),
        (1, 0, 0, 0, "0 of 1"),
        (0, 0, 0, 0, "–"),
    ],
)
def test_a_field_of_the_coverage_map_never_says_more_of_fewer_nor_all_of_nearly_all(
    planned: int, collected: int, examined: int, readings: int, words: str
) -> None:
    assert (
        Spot(Site(1, "S01", "Ash"), "document", "Documents", planned, collected, examined, readings).words
        == words
    )


def test_every_site_falls_into_one_share_of_a_theme() -> None:
    frequencies = draw_charts(a_matrix())[1]
    totals: dict[str, int] = {}
    for row in frequencies.spec["data"]["values"]:
        totals[row["theme"]] = totals.get(row["theme"], 0) + row["sites"]
    assert set(totals.values()) == {2}


def test_each_share_of_a_bar_has_its_letter_and_each_title_its_denominator() -> None:
    _, frequencies, statuses, _ = draw_charts(a_matrix())
    labels = {row["group"]: row["label"] for row in frequencies.spec["data"]["values"]}
    assert labels == {"Coded": "2", "… Not wholly examined": "…: 2"}
    assert (frequencies.title, statuses.title) == (
        "Sites by theme (of 2 sites)",
        "Claims by theme and status (of 2 claims)",
    )


def test_themes_of_one_label_have_a_bar_each() -> None:
    book = Codebook((*themes("a"), *themes("b")))
    made = StudyBuilder(book)
    made.site()
    frequencies = draw_charts(build_matrix(made.build()))[1]
    assert {row["theme"] for row in frequencies.spec["data"]["values"]} == {"A › Other", "B › Other"}


def themes(group: str) -> tuple[Theme, Theme]:
    return Theme(group, group.upper()), Theme(f"{group}.other", "Other", group)


def test_an_axis_never_names_a_number_or_a_year_twice() -> None:
    made = StudyBuilder()
    made.site()
    source = made.source("D01")
    coding = made.code(source, "a.one")
    made.claim(1, "a.one", coding, values=(CodedValue("started", "2004-09"),))
    for chart in draw_charts(build_matrix(made.build()))[1:]:
        drawn = ET.fromstring(render_svg(chart))  # noqa: S314 - made by ourselves
        ticks = [text for text in drawn.itertext() if re.fullmatch(r"\d|\d{4}", text)]
        marked = sum(row.get("label", "").isdecimal() for row in chart.spec["data"]["values"])
        assert len(ticks) - marked == len({*ticks}), chart.name


def test_a_date_known_to_the_month_is_drawn_as_the_whole_month() -> None:
    timeline = draw_charts(a_matrix())[3]
    spans = {(row["from"], row["to"]) for row in timeline.spec["data"]["values"]}
    assert spans == {
        ("2004-09-01", "2004-09-30"),
        ("2011-02-28", "2011-02-28"),
        ("1999-12-01", "1999-12-31"),
    }


def test_a_matrix_without_claims_or_dates_has_only_the_charts_it_has_something_for() -> None:
    made = StudyBuilder()
    made.site()
    assert [chart.name for chart in draw_charts(build_matrix(made.build()))] == ["coverage", "frequencies"]


def test_a_picture_of_more_rows_than_a_page_holds_shows_the_first_and_says_so() -> None:
    coverage = draw_charts(a_matrix())[0]
    cut, told = crop(coverage, 1)
    assert told == " The picture shows the first 1 of 2 sites; the table has all."
    assert {row["site"] for row in cut.spec["data"]["values"]} == {"S01 Ash & <Elm>"}
    assert cut.table == coverage.table
    assert crop(coverage, 2) == (coverage, "")


def test_a_name_that_no_picture_can_hold_is_drawn_with_a_mark() -> None:
    made = StudyBuilder()
    made.site("Al\x00der \ud800")
    made.source("D01")
    coverage = draw_charts(build_matrix(made.build()))[0]
    words = " ".join(ET.fromstring(render_svg(coverage)).itertext())  # noqa: S314 - made by ourselves
    assert "S01 Al\ufffdder \ufffd" in words


def test_the_same_chart_is_the_same_picture_whatever_was_drawn_before(chart: Chart) -> None:
    first = render_svg(chart)
    render_svg(draw_charts(a_matrix())[0])
    assert render_svg(chart) == first
    named = set(re.findall(r"url\(#(\w+)\)", first))
    assert named <= set(re.findall(r'\bid="(\w+)"', first))


def test_charts_drawn_aside_are_the_same_pictures() -> None:
    charts = draw_charts(a_matrix())
    with draw_aside(charts) as collect:
        assert collect() == [render_svg(chart) for chart in charts]


def test_charts_are_drawn_here_where_another_interpreter_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_DRAW", "raise SystemExit(3)")
    charts = draw_charts(a_matrix())[:1]
    with draw_aside(charts) as collect:
        assert collect() == [render_svg(charts[0])]


def test_an_interpreter_aside_is_ended_with_the_work_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_DRAW", "import time; time.sleep(600)")
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with pytest.raises(KeyError), draw_aside([]):
        raise KeyError
    assert started[0].returncode is not None

"""Codings come from tables with columns of any name; what is not sure is told and never guessed."""

import datetime as dt
import re
from pathlib import Path

import builders
import pytest
import xlsxwriter

from framework_coder.errors import BadInputError
from framework_coder.exchange import coding_tables
from framework_coder.model.codebook import Codebook, Theme
from framework_coder.project import Project

TEXT = "The fees were too high for many.\n\nRoom was found in the surgery.\n\nThe fees were paid by us 👩‍⚕️."
BOOK = Codebook(
    (
        Theme("funding", "Funding", aliases=("money",)),
        Theme("funding.barriers", "Barriers", "funding"),
        Theme("space", "Room and space"),
        Theme("space.barriers", "Barriers", "space"),
    ),
    "Box 1",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path, book=BOOK)
    builders.read(made, TEXT, title="Annual report")
    builders.read(made, "Another text about fees.", title="Minutes", sites=("S01", "S02"))
    return made


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def quotes(project: Project) -> list[tuple[str, str, str]]:
    """Return theme, quote and coder of every coding."""
    return [(c.theme, c.quote, c.coder) for c in project.codings.list()]


def test_the_export_of_highlights_of_taguette_comes_in(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path / "all_tags.csv",
        "id,document,tag,content",
        "1,Annual report,Funding,ees were to o high",
        "2,Annual report,money,paid by us 👩‍⚕️",
    )
    assert coding_tables.recognise(path)
    done = project.exchange.import_(path)
    assert not done.losses
    assert quotes(project) == [("funding", "ees were too high", "HW"), ("funding", "paid by us 👩‍⚕️", "HW")]
    assert not project.exchange.import_(path).new
    assert project.check() == []


def test_a_workbook_with_columns_of_any_name_is_mapped_and_the_mapping_shown(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Where", "What", "Words", "Who", "Remark", "When", "Weight"])
        sheet.write_row(
            1, 0, ["D01", "Funding › Barriers", "Room was found", "Ann", "Why?", "2024-02-03", "3"]
        )
    columns = {"source": "where", "theme": "What", "quote": "Words", "coder": "Who", "memo": "Remark"}
    done = project.exchange.import_(path, kind="codings", columns={**columns, "made_on": "When"})
    assert quotes(project) == [("funding.barriers", "Room was found", "Ann")]
    assert project.codings.list()[0].made_on == "2024-02-03"
    assert done.choices[0].startswith("Columns: source = “Where”, theme = “What”, quote = “Words”")
    assert done.choices[1] == "Columns passed over: “Weight”."


def test_the_coded_segments_of_maxqda_come_in_with_coder_and_day_below_a_title(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "segments.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write(0, 0, "Coded segments of my project")
        names = ["Color", "Document name", "Code", "Begin", "Segment", "Modified by", "Modified on"]
        sheet.write_row(2, 0, names)
        sheet.write_row(3, 0, ["●", "Annual report", "Funding > Barriers", 1, "Room was found", "Kim"])
        sheet.write_datetime(3, 6, dt.datetime(2024, 3, 5, 10, 1), day)  # noqa: DTZ001 - as in a sheet
    done = project.exchange.import_(path)
    assert done.losses == ()
    assert [(c.theme, c.quote, c.coder, c.made_on) for c in project.codings.list()] == [
        ("funding.barriers", "Room was found", "Kim", "2024-03-05")
    ]


def test_a_column_that_was_guessed_can_be_passed_over(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote,author", "D01,funding,Room was found,A. N. Other")
    done = project.exchange.import_(path, kind="codings", columns={"coder": ""})
    assert [coding.coder for coding in project.codings.list()] == ["HW"]
    assert "Columns passed over: “author”." in done.choices


def test_a_column_that_is_missing_is_told_with_those_that_are_there(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Where,What", "D01,Funding")
    with pytest.raises(BadInputError, match=r"no column for source and theme and quote; .*“Where”, “What”"):
        project.exchange.import_(path, kind="codings")
    with pytest.raises(BadInputError, match="no column “Wher”"):
        project.exchange.import_(path, kind="codings", columns={"source": "Wher"})
    with pytest.raises(BadInputError, match="A coding has no sauce; it has source"):
        project.exchange.import_(path, kind="codings", columns={"sauce": "Where"})


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_titles_above_the_names_of_columns_are_passed_over(
    project: Project, tmp_path: Path, mark: str
) -> None:
    rows = [
        mark.join(row) for row in (["Document name", "Code", "Segment"], ["D01", "space", "Room was found"])
    ]
    path = table(tmp_path / "x.csv", "", "Report of codings", "x" * 20_000, *rows)
    assert not project.exchange.import_(path).losses
    assert quotes(project) == [("space", "Room was found", "HW")]


@pytest.mark.parametrize("name", ["D01", "annual REPORT", "text1.txt", "text1"])
def test_a_source_is_known_by_reference_title_or_file_name(
    project: Project, tmp_path: Path, name: str
) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote", f"{name},space,Room was found")
    assert not project.exchange.import_(path).losses
    assert quotes(project) == [("space", "Room was found", "HW")]


@pytest.mark.parametrize(
    "name",
    ["funding.barriers", "Funding > Barriers", r"Funding\Barriers", "Funding/Barriers", "FUNDING › barriers"],
)
def test_a_theme_is_known_by_id_or_path(project: Project, tmp_path: Path, name: str) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote", f"D01,{name},Room was found")
    project.exchange.import_(path)
    assert quotes(project) == [("funding.barriers", "Room was found", "HW")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "D01,Fundng,Room was found",
            r"line 2: there is no theme “Fundng”; the closest is “Funding” \[funding\]",
        ),
        (
            "D01,Barriers,Room was found",
            r"“Barriers” is the name of several themes \(funding.barriers, space",
        ),
        ("D01,xyzzy,Room was found", "there is no theme “xyzzy”$"),
        (
            "Anual report,space,Room was found",
            "there is no source “Anual report”; the closest is “Annual report”",
        ),
        ("D01,space,The fees were", "“The fees were” stands 2 times in D01; give its start"),
        ("D01,space,Nothing of the kind is said", "does not stand in D01"),
        ("D01,,Room was found", "has no theme or no quote"),
        ("D02,space,Another text", "have no site, and their source has none or several"),
    ],
)
def test_what_is_not_sure_is_told_and_not_taken(
    project: Project, tmp_path: Path, row: str, said: str
) -> None:
    done = project.exchange.import_(table(tmp_path / "x.csv", "source,theme,quote", row))
    assert len(done.losses) == 1
    assert re.search(said, done.losses[0].sentence)
    assert quotes(project) == []


def test_the_closest_names_are_taken_where_that_is_asked_for_and_said(
    project: Project, tmp_path: Path
) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote", "Anual report,Fundng,Room was found")
    done = project.exchange.import_(path, accept_proposals=True)
    assert quotes(project) == [("funding", "Room was found", "HW")]
    assert "“Fundng” was taken for “Funding” [funding]." in done.choices


def test_a_cell_can_hold_several_themes_and_a_row_its_site(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote,site", "D02,Funding; space,Another text,Site S02")
    assert not project.exchange.import_(path).losses
    assert [c.theme for c in project.codings.list(sites=["S02"])] == ["funding", "space"]


def test_words_beside_a_quote_or_its_start_tell_equal_passages_apart(
    project: Project, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "x.csv",
        "source,theme,quote,after,start",
        "D01,space,The fees were, paid by us,",
        "D01,funding,The fees were,,0",
    )
    project.exchange.import_(path)
    assert [c.start for c in project.codings.list()] == [TEXT.rindex("The fees"), 0]


def test_a_quote_in_other_words_is_placed_where_it_alone_is_alike_and_said(
    project: Project, tmp_path: Path
) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote", "D01,space,Room was founds in a surgery")
    done = project.exchange.import_(path)
    coding = project.codings.list()[0]
    assert coding.quote == "Room was found in the surgery"
    assert coding.score is not None
    assert "placed by resemblance" in coding.reason
    assert any("% alike" in choice for choice in done.choices)


def test_a_dry_run_tells_the_same_and_stores_nothing(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv", "source,theme,quote", "D01,space,Room was found", "D01,no,Room was found"
    )
    before = len(project.log())
    tried = project.exchange.import_(path, is_dry_run=True)
    assert (tried.new["coding"], len(tried.losses), len(project.log())) == (1, 1, before)


def test_many_rows_that_fail_are_told_one_by_one_and_then_counted_by_reason(
    project: Project, tmp_path: Path
) -> None:
    rows = [f"D01,nothing {number},Room was found" for number in range(60)]
    rows += ["D01,space,Not there at all", "D01,,Room was found"]
    done = project.exchange.import_(table(tmp_path / "x.csv", "source,theme,quote", *rows))
    assert sum(loss.count for loss in done.losses) == 62
    told = {loss.sentence: loss.count for loss in done.losses}
    assert told["in further lines name what is not here, or several things"] == 60 - coding_tables.MOST_TOLD
    assert "in line 62: “Not there at all” does not stand in D01" in told
    assert "in line 63: has no theme or no quote" in told


def test_a_date_or_state_that_is_not_understood_is_counted(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv",
        "source,theme,quote,date,state",
        "D01,space,Room was found,05/03/2024,maybe",
        "D01,space,found in the surgery,2024-03-05 10:11:12,proposed",
    )
    done = project.exchange.import_(path)
    assert [(loss.kind, loss.count) for loss in done.losses] == [("dates", 1), ("states", 1)]
    assert [str(c.state) for c in project.codings.list()] == ["accepted", "proposed"]
    assert project.codings.list()[1].made_on == "2024-03-05"


def test_codes_on_lines_of_one_cell_are_several_themes(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Document,Codes,Quotation", 'D01,"Funding\nspace",Room was found')
    assert not project.exchange.import_(path).losses
    assert [c.theme for c in project.codings.list()] == ["funding", "space"]


def test_a_site_that_the_source_does_not_belong_to_is_told(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "source,theme,quote,site", "D01,space,Room was found,S02")
    done = project.exchange.import_(path)
    assert "D01 does not belong to site “S02”" in done.losses[0].sentence
    assert quotes(project) == []


def test_a_quote_in_another_form_of_the_same_letters_is_found(project: Project, tmp_path: Path) -> None:
    builders.read(project, "The café was closed; they said “no”.", title="Diary")
    rows = ["Diary,space,The\u00a0cafe\u0301 was", 'Diary,space,"they said ""no"""']
    assert not project.exchange.import_(table(tmp_path / "x.csv", "source,theme,quote", *rows)).losses
    assert [c.quote for c in project.codings.list()] == ["The café was", "they said “no”"]

"""One source of the register, or one site, is corrected: checked, as one step, never over somebody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.study_files import write_study

from framework_coder.errors import BadInputError, ConflictError
from framework_coder.project import Project, run_study


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registering")
    return run_study(write_study(folder / "study"), folder / "out", workers=0).project


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    place = tmp_path / "study.fwc"
    place.write_bytes(made.read_bytes())
    with Project.open(place, who="HW") as opened:
        yield opened


def row_of(project: Project, ref: str) -> dict[str, str]:
    return next(row for row in project.sources.rows() if row["ref"] == ref)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("title", "  Report \n 2013 ", "Report 2013"),
        ("sites", "S01; S03", "S01; S03"),
        ("method", "meeting", "meeting"),
        ("document_type", "minutes", "minutes"),
        ("produced_on", "2013-04", "2013-04"),
        ("originator", "press", "press"),
        ("informants", "Anna;  Ben ;Anna", "Anna; Ben"),
        ("authors", ["A. Author", "B. Writer"], "A. Author; B. Writer"),
        ("derived_from", "Q01; M01", "Q01; M01"),
        ("url", "https://example.org", "https://example.org"),
    ],
)
def test_each_field_is_edited_as_one_step_and_undone(
    project: Project, field: str, value: str, kept: str
) -> None:
    before, entry = row_of(project, "D01"), project.history.newest()
    project.sources.edit("D01", was={field: before[field]}, **{field: value})
    assert row_of(project, "D01") == {**before, field: kept}
    assert project.history.newest() == entry + 1
    project.history.undo()
    assert row_of(project, "D01") == before
    assert project.check() == []


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", " ", "needs a title"),
        ("sites", "", "a site at least"),
        ("sites", "S01; S09", "no site “S09”"),
        ("sites", "S02", "coded passage"),
        ("method", "telepathy", "choose one of questionnaire"),
        ("document_type", "poem", "choose one of website"),
        ("originator", "nobody", "choose one of service"),
        ("produced_on", "last spring", "is not a date"),
        ("produced_on", "2013-13", "is not a date in the calendar"),
        ("derived_from", "D99", "no source “D99”"),
        ("derived_from", "D01", "is the same source"),
        ("colour", "red", "no field “colour”"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_in_a_sentence(
    project: Project, field: str, value: str, told: str
) -> None:
    before = row_of(project, "D01")
    with pytest.raises(BadInputError, match=told):
        project.sources.edit("D01", **{field: value})
    assert row_of(project, "D01") == before


def test_derivations_never_run_in_a_circle(project: Project) -> None:
    project.sources.edit("D01", derived_from="M01")
    project.sources.edit("M01", derived_from="Q01")
    with pytest.raises(BadInputError, match="Q01 cannot derive from D01: D01 derives from Q01 itself"):
        project.sources.edit("Q01", derived_from="D01")
    project.sources.edit("D01", derived_from="")
    assert row_of(project, "D01")["derived_from"] == ""


def test_an_edit_that_somebody_overtook_shows_both_values(project: Project) -> None:
    project.sources.edit("D01", produced_on="2012")
    with pytest.raises(ConflictError) as refused:
        project.sources.edit("D01", was={"produced_on": "2013"}, produced_on="2011")
    assert (refused.value.wanted, refused.value.standing) == ("2011", "2012")  # type: ignore[attr-defined]
    assert row_of(project, "D01")["produced_on"] == "2012"


def test_what_says_nothing_new_leaves_no_entry(project: Project) -> None:
    entry = project.history.newest()
    project.sources.edit("D01", sites="S01", title="Annual report")
    project.sites.edit("S01", name="Northfield", tier="primary")
    project.sites.edit_plan("S01", "document", count="0")
    assert project.history.newest() == entry


def test_a_site_is_renamed_and_its_attributes_checked(project: Project) -> None:
    project.sites.edit("S02", was={"name": "Südmere", "tier": "secondary"}, name="Southmere", tier="primary")
    assert (project.sites.get("S02").name, project.sites.get("S02").attributes["tier"]) == (
        "Southmere",
        "primary",
    )
    for field, value, told in (
        ("tier", "third", "one of"),
        ("name", "", "a name"),
        ("moon", "x", "no attribute"),
    ):
        with pytest.raises(BadInputError, match=told):
            project.sites.edit("S02", **{field: value})
    with pytest.raises(ConflictError, match="Southmere"):
        project.sites.edit("S02", was={"name": "Südmere"}, name="Other")


def test_a_plan_is_changed_by_site_and_method(project: Project) -> None:
    project.sites.edit_plan("S01", "document", was={"count": "0"}, count="3", reason="none kept")
    project.sites.edit_plan("S01", "document", reason="lost in a flood")
    (planned,) = [each for each in project.study(with_text=False).plan if each.method == "document"]
    assert (planned.count, planned.reason) == (3, "lost in a flood")
    for method, count, told in (
        ("dream", "1", "not a method"),
        ("document", "-1", "whole number"),
        ("document", "x", "whole"),
    ):
        with pytest.raises(BadInputError, match=told):
            project.sites.edit_plan("S01", method, count=count)
    with pytest.raises(ConflictError, match="3"):
        project.sites.edit_plan("S01", "document", was={"count": "0"}, count="5")


def test_the_length_of_each_text_is_counted_once(project: Project) -> None:
    sizes = project.sources.sizes()
    meeting = project.sources.get("M01").id
    assert sizes[meeting].words == len(project.sources.text("M01").text.split())
    assert project.sources.sizes()[meeting] is sizes[meeting]

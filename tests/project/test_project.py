"""The facade, from an empty project to frames, on both databases."""

from pathlib import Path

import builders
import pytest
from store.stores import new_database

from framework_coder.exchange.rows import ClaimRow, CodingRow, CoverageRow, EvidenceRow, SiteRow
from framework_coder.model.codings import CodingState
from framework_coder.project import Project
from framework_coder.project.session import login_name


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "study.fwc") if request.param == "sqlite" else new_database()


def fill(project: Project, folder: Path) -> None:
    project.sites.add_all([SiteRow(2, "S01", "North", {"tier": "primary"}), SiteRow(3, "S02", "South", {})])
    project.codebook.load(builders.codebook())
    project.codebook.freeze(why="start")
    builders.write_files(
        folder / "files",
        {"S01/report.txt": "The borough pays.\n\nNo space.", "S02/meeting.txt": "Café talk."},
    )
    project.sources.ingest(folder / "files", workers=0)
    project.codings.import_(
        [
            CodingRow(2, "c1", "D01", "funding", "The borough pays.", coder="JT", made_on="2020-01-01"),
            CodingRow(3, "c2", "M01", "space", "Café talk.", state=CodingState.PROPOSED),
        ]
    )
    project.claims.import_(
        [ClaimRow(2, "k1", "S01", "funding", "The borough pays.")],
        [EvidenceRow(2, "k1", "c1")],
        [CoverageRow(2, "D01", "*")],
    )


def test_a_project_is_made_filled_closed_and_opened_again(place: str, tmp_path: Path) -> None:
    design = builders.design(selection={"identified": 38, "primary": {"invited": 12}})
    with Project.create(place, design=design, who="HW") as project:
        fill(project, tmp_path)
        made = project.study()
    with Project.open(place, who="JT") as project:
        assert project.study() == made
        assert project.check() == []
        assert [hit.ref for hit in project.search("cafe")] == ["M01"]
        assert project.design == design
        assert (project.who, project.study().version) == ("JT", 1)
        assert project.log()[-1].action == "create project"
        assert [entry.action for entry in project.log(site="S01", limit=1)] == ["import charting"]


def test_a_study_without_text_is_the_same_but_for_the_words(place: str, tmp_path: Path) -> None:
    with Project.create(place, who="HW") as project:
        fill(project, tmp_path)
        with_text, without = project.study(), project.study(with_text=False)
    assert [coding.id for coding in without.codings] == [coding.id for coding in with_text.codings]
    assert {coding.quote for coding in without.codings} == {""}
    assert [str(coding.locator) for coding in with_text.codings] == ["¶1", "¶1"]


def test_frames_have_the_documented_columns(place: str, tmp_path: Path) -> None:
    with Project.create(place, who="HW") as project:
        fill(project, tmp_path)
        frames = {
            part: getattr(project, part).frame()
            for part in ("sites", "sources", "codebook", "codings", "claims")
        }
    for part, frame in frames.items():
        kind = type(getattr(project, part))
        docs = (getattr(kind, name).__doc__ for name in ("rows", "frame") if hasattr(kind, name))
        doc = " ".join(" ".join(docs).split())
        assert all(f"`{column}`" in doc for column in frame.columns if column != "tier"), part
    assert frames["sites"].to_dict("records")[0] == {"site": "S01", "name": "North", "tier": "primary"}
    assert list(frames["sources"]["ref"]) == ["D01", "M01"]
    first = frames["codings"].iloc[0]
    assert (first["source"], first["site"], first["quote"], first["place"], first["coder"]) == (
        "D01", "S01", "The borough pays.", "¶1", "JT",
    )  # fmt: skip
    assert list(frames["codings"]["state"]) == ["accepted", "proposed"]
    assert list(frames["claims"]["evidence"]) == [1]
    assert list(frames["codebook"]["path"]) == ["funding", "funding › funding.barriers", "space"]


def test_frames_of_an_empty_project_have_their_columns(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.fwc") as project:
        assert list(project.sites.frame().columns) == ["site", "name"]
        assert len(project.codings.frame().columns) == 15
        assert project.who == login_name()


def test_codings_are_listed_by_what_they_are(place: str, tmp_path: Path) -> None:
    with Project.create(place, who="HW") as project:
        fill(project, tmp_path)
        listed = project.codings.list
        assert [c.theme for c in listed(sites=["S01"])] == ["funding"]
        assert [c.theme for c in listed(sources=["M01"])] == ["space"]
        assert [c.theme for c in listed(themes=["funding"])] == ["funding"]
        assert [c.theme for c in listed(coders=["JT"])] == ["funding"]
        assert [c.theme for c in listed(states=[CodingState.PROPOSED])] == ["space"]
        assert listed(sites=["S01"], themes=["space"]) == ()
        project.codings.accept([coding.id for coding in listed(states=[CodingState.PROPOSED])])
        assert listed(states=[CodingState.PROPOSED]) == ()


def test_a_theme_is_listed_with_all_below_it(tmp_path: Path) -> None:
    with builders.project(tmp_path) as project:
        builders.read(project, "The borough pays.")
        project.codings.add("D01", "funding.barriers", quote="The borough")
        assert len(project.codings.list(themes=["funding"])) == 1


def test_a_backup_opens_as_the_same_study(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.fwc", who="HW") as project:
        fill(project, tmp_path)
        copy = project.backup(tmp_path / "copy.fwc")
        with Project.open(copy) as copied:
            assert copied.study() == project.study()
            assert copied.check() == []

"""DataFrames out with their documented columns and types, and in, with faults that name the row."""

from pathlib import Path

import pandas as pd
import pytest
from builders import project, read
from example_runs import copy_project, run_example

from framework_coder.exchange.faults import FaultyFileError
from framework_coder.project import Project
from framework_coder.project.frames import FRAMES
from framework_coder.project.framing import FrameImport, UnknownFrameError

TEXT = "The rent rose.\n\nThe borough pays for café space.\n\nThe rent rose."


@pytest.fixture
def opened(tmp_path: Path) -> Project:
    made = project(tmp_path)
    read(made, TEXT)
    return made


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.open(run_example(tmp_path_factory.getbasetemp()).project)


# Out


@pytest.mark.parametrize("name", FRAMES)
def test_each_frame_has_the_documented_columns_of_the_documented_types(example: Project, name: str) -> None:
    frame = example.frame(name)
    assert len(frame)
    for column in FRAMES[name]:
        assert frame.dtypes[column.name] == pd.api.types.pandas_dtype(column.dtype), column
        assert column.meaning
    if name != "sites":
        assert list(frame.columns) == [column.name for column in FRAMES[name]]


@pytest.mark.parametrize("name", FRAMES)
def test_the_frames_of_an_empty_project_have_the_same_columns_and_types(tmp_path: Path, name: str) -> None:
    with Project.create(tmp_path / "empty.fwc") as empty:
        frame = empty.frame(name)
    assert {str(column): str(kind) for column, kind in frame.dtypes.items()} == {
        column.name: column.dtype for column in FRAMES[name]
    }


def test_all_frames_at_once_leave_out_those_with_whole_texts(example: Project) -> None:
    assert set(FRAMES) - set(example.frames()) == {"blocks", "segments"}
    with pytest.raises(UnknownFrameError, match="choose one of sites"):
        example.frame("nothing")


def test_frames_agree_with_each_other(example: Project) -> None:
    frames = example.frames()
    assert set(frames["evidence"]["coding"]) <= set(frames["codings"]["coding"])
    assert set(frames["finding_claims"]["claim"]) <= set(frames["claims"]["claim"])
    assert frames["claims"]["evidence"].sum() == len(frames["evidence"])
    for row in example.frame("blocks").head(50).itertuples():
        assert example.sources.text(row.source).text[row.start : row.end] == row.text


# Codings in


def test_codings_go_through_a_frame_into_another_project_and_come_back_equal(
    example: Project, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    same = ["source", "site", "theme", "start", "end", "quote", "coder", "state", "made_on"]
    frame = example.codings.frame()
    frame = frame[~frame["is_drifted"]].reset_index(drop=True)
    place = copy_project(tmp_path_factory.getbasetemp(), tmp_path / "copy.fwc")
    with Project.open(place, who="JP") as copy:
        assert copy.codings.import_frame(frame).added == 0, "nothing twice"
        cited = set(copy.frame("evidence")["coding"])
        twice = frame.duplicated(["source", "site", "theme", "start", "end", "coder"], keep=False)
        free = frame[~frame["coding"].isin(cited) & ~twice]
        copy.codings.remove([int(number) for number in free["coding"]])
        made = copy.codings.import_frame(frame)
        assert (made.added, made.problems) == (len(free), ())
        after = copy.codings.frame()
        after = after[~after["is_drifted"]]
        assert sorted(map(tuple, after[same].to_numpy())) == sorted(map(tuple, frame[same].to_numpy()))
        assert copy.codings.import_frame(frame).added == 0
        assert copy.check() == []


def test_an_import_of_codings_is_one_step_and_a_dry_run_stores_nothing(opened: Project) -> None:
    frame = pd.DataFrame({"source": ["D01", "D01"], "theme": ["space", "funding"],
                          "quote": ["café space", "The rent rose"], "start": [None, 0]})  # fmt: skip
    tried = opened.codings.import_frame(frame, is_dry_run=True)
    assert (tried.added, opened.codings.list()) == (2, ())
    assert opened.codings.import_frame(frame).added == 2
    again = opened.codings.import_frame(frame)
    assert (again.added, again.already_there) == (0, 2)
    opened.history.undo()
    assert opened.codings.list() == ()


def test_a_passage_that_stands_twice_and_has_no_place_is_listed_and_not_guessed(opened: Project) -> None:
    frame = pd.DataFrame({"source": ["D01"], "theme": ["space"], "quote": ["The rent rose"]})
    (problem,) = opened.codings.import_frame(frame).problems
    assert problem.line == 1


FAULTY = {
    "an unknown source": ({"source": "D99"}, "frame of codings, line 2, source: there is no source “D99”"),
    "an unknown theme": ({"theme": "spaces"}, "frame of codings, line 2, theme: there is no theme “spaces”"),
    "no quote": ({"quote": None}, "frame of codings, line 2, quote: the quote is empty"),
    "a bad state": ({"state": "maybe"}, "frame of codings, line 2, state: “maybe” is not one of"),
    "a bad start": ({"start": 1.5}, "frame of codings, line 2, start: “1.5” is not a whole number"),
    "a column nobody knows": ({"colour": "red"}, "frame of codings, colour: the column is not known"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_row_of_codings_is_named_and_nothing_is_stored(opened: Project, case: str) -> None:
    change, sentence = FAULTY[case]
    good = {"source": "D01", "theme": "space", "quote": "café space"}
    with pytest.raises(FaultyFileError) as refused:
        opened.codings.import_frame(pd.DataFrame([good, good | change]))
    assert sentence in str(refused.value)
    assert opened.codings.list() == ()


def test_a_frame_without_a_needed_column_is_refused(opened: Project) -> None:
    with pytest.raises(FaultyFileError, match="frame of codings, quote: the column is missing"):
        opened.codings.import_frame(pd.DataFrame({"source": ["D01"], "theme": ["space"]}))


# Sites and sources in


def test_sites_take_new_attributes_and_keep_the_others(opened: Project) -> None:
    frame = pd.DataFrame({"site": ["S01", "S02", "S03"], "tier": ["primary", None, "secondary"]})
    assert opened.sites.import_frame(frame, is_dry_run=True) == FrameImport(1, 1, 1)
    assert len(opened.sites.list()) == 2
    assert opened.sites.import_frame(frame) == FrameImport(1, 1, 1)
    assert [(s.code, s.name, dict(s.attributes)) for s in opened.sites.list()] == [
        ("S01", "Site S01", {"tier": "primary"}),
        ("S02", "Site S02", {}),
        ("S03", "S03", {"tier": "secondary"}),
    ]  # fmt: skip
    assert opened.sites.import_frame(opened.sites.frame()) == FrameImport(0, 0, 3)
    opened.history.undo()
    assert [dict(s.attributes) for s in opened.sites.list()] == [{}, {}]


def test_a_site_twice_or_without_a_code_is_named(opened: Project) -> None:
    with pytest.raises(FaultyFileError) as refused:
        opened.sites.import_frame(pd.DataFrame({"site": ["S01", "S01", ""], "name": ["a", "b", "c"]}))
    assert "line 2, site: “S01” stands twice" in str(refused.value)
    assert "line 3, site: the field is empty" in str(refused.value)


def test_sources_take_what_a_frame_says_of_them_as_one_step(opened: Project) -> None:
    frame = opened.sources.frame()
    assert opened.sources.import_frame(frame) == FrameImport(0, 0, 1)
    frame.loc[0, ["title", "produced_on", "authors"]] = ["Rents", "2014-03", "A. Bee; C. Dee"]
    assert opened.sources.import_frame(frame, is_dry_run=True) == FrameImport(0, 1, 0)
    assert opened.sources.get("D01").title != "Rents"
    assert opened.sources.import_frame(frame) == FrameImport(0, 1, 0)
    found = opened.sources.get("D01")
    assert (found.title, str(found.produced_on), found.authors) == ("Rents", "2014-03", ("A. Bee", "C. Dee"))
    opened.history.undo()
    assert opened.sources.get("D01").title != "Rents"
    assert opened.check() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ref": "D9"}, "line 1, ref: there is no source “D9”"),
        ({"method": "meeting"}, "line 1, method: it is “document” and is not changed"),
        ({"produced_on": "March"}, "line 1, produced_on: "),
        ({"document_type": "poem"}, "line 1, document_type: “poem” is not one of"),
        ({"originator": "me"}, "line 1, originator: “me” is not one of"),
    ],
)
def test_a_faulty_row_of_sources_is_named(opened: Project, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(FaultyFileError) as refused:
        opened.sources.import_frame(pd.DataFrame([{"ref": "D01"} | change]))
    assert sentence in str(refused.value)


# Claims in


def charted(opened: Project) -> dict[str, pd.DataFrame]:
    """Return frames of a claim, a link and coverage, whose ids are the frames' own."""
    opened.codings.add("D01", "space", quote="café space")
    return {
        "claims": pd.DataFrame(
            {"claim": [7], "site": ["S01"], "theme": ["space"], "summary": ["Space is paid."],
             "is_key": [True], "values": ["payer=borough"]}
        ),
        "evidence": pd.DataFrame({"claim": [7], "coding": [1], "prominence": [2], "quote": ["café space"]}),
        "coverage": pd.DataFrame({"source": ["D01"], "theme": ["space"]}),
    }  # fmt: skip


def test_claims_evidence_and_coverage_come_in_together_as_one_step_and_nothing_twice(opened: Project) -> None:
    frames = charted(opened)
    tried = opened.claims.import_frame(**frames, is_dry_run=True)
    assert (tried.claims, tried.evidence, opened.claims.list()) == (1, 1, ())
    made = opened.claims.import_frame(**frames)
    assert (made.claims, made.evidence, made.coverage) == (1, 1, 1)
    assert opened.frame("claims")["values"].to_list() == ["payer=borough"]
    again = opened.claims.import_frame(**frames)
    assert (again.claims, again.evidence) == (0, 0)
    own = {name: opened.frame(name) for name in ("claims", "evidence", "coverage")}
    back = opened.claims.import_frame(**own)
    assert (back.claims, back.evidence) == (0, 0), "the project's own frames say nothing new"
    opened.history.undo()
    assert opened.claims.list() == ()
    assert opened.check() == []


def test_the_charting_of_the_example_goes_through_frames_equal(
    example: Project, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = copy_project(tmp_path_factory.getbasetemp(), tmp_path / "copy.fwc")
    frames = {name: example.frame(name) for name in ("claims", "evidence", "coverage")}
    with Project.open(place, who="JP") as copy:
        made = copy.claims.import_frame(**frames)
        assert (made.claims, made.evidence) == (0, 0)
        for name, frame in frames.items():
            pd.testing.assert_frame_equal(copy.frame(name), frame)


def test_evidence_whose_quote_is_not_that_of_its_coding_is_refused(opened: Project) -> None:
    frames = charted(opened)
    frames["evidence"]["quote"] = "The rent rose"
    with pytest.raises(FaultyFileError, match="line 1, quote: coding “1” of this project says other words"):
        opened.claims.import_frame(**frames)
    assert opened.claims.list() == ()


def test_a_faulty_claim_or_link_is_named_by_its_row(opened: Project) -> None:
    frames = charted(opened)
    with pytest.raises(FaultyFileError, match="frame of claims, line 1, theme: there is no theme “spice”"):
        opened.claims.import_frame(frames["claims"].assign(theme="spice"))
    with pytest.raises(FaultyFileError, match="frame of evidence, line 1, coding: there is no coding “99”"):
        opened.claims.import_frame(frames["claims"], frames["evidence"].assign(coding=99))
    assert opened.claims.list() == ()

"""A newer file takes the place of an older one, and codings go with their quotes or are flagged."""

from pathlib import Path

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_coder.errors import BadInputError, ConflictError, NotFoundError, UnreadableFileError
from framework_coder.exchange.rows import ClaimRow, EvidenceRow
from framework_coder.model.anchors import find_candidates, make_anchor
from framework_coder.project import Project
from framework_coder.workflows.drifting import Outcome
from framework_coder.workflows.revising import Revised

OLD = "The borough pays.\n\nThere is no space.\n\nPatients are happy."
NEW = "A new start.\n\nThe borough pays.\n\nThere is little space."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, OLD)
    made.codings.add("D01", "funding", quote="The borough pays.")
    made.codings.add("D01", "space", quote="There is no space.")
    return made


def test_codings_follow_their_quotes_and_the_rest_is_flagged_not_moved(
    project: Project, tmp_path: Path
) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW})
    revised = project.sources.revise("D01", tmp_path / "newer.txt", why="corrected")
    assert (revised.number, revised.carried, revised.drifted) == (2, (1,), (2,))
    carried, drifted = project.codings.list()
    assert project.sources.text("D01").text[carried.start : carried.end] == "The borough pays."
    assert (str(carried.locator), carried.is_live) == ("¶2", True)
    assert (drifted.is_drifted, drifted.is_live, drifted.start) == (True, False, OLD.index("There"))
    assert project.check() == []


def test_only_the_current_text_is_searched(project: Project, tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW})
    project.sources.revise("D01", tmp_path / "newer.txt")
    assert project.search("happy") == []
    assert len(project.search("little")) == 1


def test_a_drifted_coding_comes_back_with_the_text_it_was_made_on(project: Project, tmp_path: Path) -> None:
    builders.write_files(tmp_path, {"newer.txt": NEW, "third.txt": OLD + "\n\nMore."})
    project.sources.revise("D01", tmp_path / "newer.txt")
    revised = project.sources.revise("D01", tmp_path / "third.txt")
    assert (revised.number, revised.drifted) == (3, ())
    assert project.check() == []


def test_the_same_file_is_no_revision(project: Project, tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(project.sources.original("D01").content)
    with pytest.raises(ConflictError, match="has already"):
        project.sources.revise("D01", tmp_path / "same.txt")


def test_a_bad_file_changes_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        project.sources.revise("D01", tmp_path / "missing.txt")
    assert project.sources.text("D01").text == OLD


def revised(project: Project, tmp_path: Path, text: str = NEW) -> Revised:
    builders.write_files(tmp_path, {"newer.txt": text})
    return project.sources.revise("D01", tmp_path / "newer.txt", workers=0)


def test_the_report_says_of_each_coding_what_became_of_it_with_both_texts(
    project: Project, tmp_path: Path
) -> None:
    project.codings.add("D01", "funding", quote="Patients are happy.")
    made = revised(project, tmp_path, "The borough pays.\n\nA line.\n\nThere is little space.\n\nThe end.")
    placed, drifted, lost = made.codings
    assert (placed.outcome, placed.best and placed.best.quote) == (Outcome.PLACED, "The borough pays.")
    assert (drifted.outcome, drifted.quote) == (Outcome.DRIFTED, "There is no space.")
    assert drifted.best is not None
    assert (drifted.best.quote, drifted.best.how) == ("There is little space.", "remote")
    assert 50 < drifted.best.score < 90
    assert (lost.outcome, lost.best) == (Outcome.DRIFTED, None)
    assert revised(project, tmp_path, "New.\n\nThe borough pays.").codings[0].outcome is Outcome.MOVED


def test_a_passage_between_the_old_surroundings_is_offered_however_little_is_left_of_it(
    tmp_path: Path,
) -> None:
    project = builders.project(tmp_path)
    before, after = "Those who run the clinic said this:", "That was what they all told us then."
    builders.read(project, f"{before} It costs too much. {after}")
    project.codings.add("D01", "funding", quote="It costs too much.")
    revised(project, tmp_path, f"New. {before} Nobody could ever afford any of it, so we stopped. {after}")
    (drifted,) = project.codings.drifted()
    assert drifted.best is not None
    assert (drifted.best.quote, drifted.best.how) == (
        "Nobody could ever afford any of it, so we stopped.",
        "context",
    )
    assert drifted.best.score < 50


def test_a_drifted_coding_is_put_on_its_candidate_and_counts_again(project: Project, tmp_path: Path) -> None:
    claim = ClaimRow(1, "k1", "S01", "space", "Little room.")
    project.claims.import_([claim], [EvidenceRow(1, "k1", "c")], codings={"c": 2})
    revised(project, tmp_path)
    assert project.matrix().grid.assessments[1].status == "unsupported"
    (drifted,) = project.codings.drifted(sources=["D01"])
    assert (drifted.coding, drifted.ref, drifted.quote) == (2, "D01", "There is no space.")
    project.codings.accept_candidate(2)
    assert project.codings.drifted() == ()
    coding = project.codings.list()[1]
    assert (coding.quote, coding.is_live, coding.id) == ("There is little space.", True, 2)
    assert project.matrix().grid.assessments[1].status == "single"
    assert project.check() == []
    project.history.undo()
    assert [each.coding for each in project.codings.drifted()] == [2]
    assert project.check() == []


def test_a_person_puts_a_drifted_coding_where_it_belongs(project: Project, tmp_path: Path) -> None:
    revised(project, tmp_path)
    start = project.sources.text("D01").text.index("little")
    with pytest.raises(BadInputError, match="does not stand at"):
        project.codings.place(2, start, start + 6, quote="no")
    with pytest.raises(BadInputError, match="There is no passage"):
        project.codings.place(2, 0, 9_999)
    project.codings.place(2, start, start + 6, quote="little")
    assert project.codings.list()[1].quote == "little"
    assert project.check() == []


def test_a_drifted_coding_that_is_let_go_is_kept_as_rejected(project: Project, tmp_path: Path) -> None:
    revised(project, tmp_path)
    project.codings.let_go(2)
    assert project.codings.drifted() == ()
    assert project.codings.list()[1].state == "rejected"
    project.history.undo()
    assert len(project.codings.drifted()) == 1


def test_what_is_unsure_is_not_accepted_unseen(tmp_path: Path) -> None:
    project = builders.project(tmp_path)
    beside, alike = "zz zz zz zz zz zz zz zz zz zz zz zz zz.z", "There is a space at all in it."
    newer = f"{beside} {alike} {beside} {alike} {beside}"
    halfway = (newer.index(alike) + newer.rindex(alike)) // 2
    builders.read(project, f"{'q' * (halfway - 1)} There is no space at all in it.")
    project.codings.add("D01", "space", quote="There is no space at all in it.")
    revised(project, tmp_path, newer)
    with pytest.raises(ConflictError, match="2 passages come equally near"):
        project.codings.accept_candidate(1)
    revised(project, tmp_path, "Nothing here.")
    with pytest.raises(ConflictError, match="no passage comes near it"):
        project.codings.accept_candidate(1)


@pytest.mark.parametrize("verb", ["accept_candidate", "let_go"])
def test_only_drifted_codings_are_decided_on(project: Project, verb: str) -> None:
    with pytest.raises(ConflictError, match="has not drifted"):
        getattr(project.codings, verb)(1)
    with pytest.raises(NotFoundError, match="no coding 9"):
        getattr(project.codings, verb)(9)
    with pytest.raises(ConflictError, match="has not drifted"):
        project.codings.place(1, 0, 3)


WORDS = st.lists(
    st.sampled_from(["the", "borough", "pays", "for", "no", "space", "here"]), min_size=3, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(old=WORDS, new=WORDS, start=st.integers(0, 30), length=st.integers(1, 6))
def test_every_candidate_is_a_passage_of_the_text_and_an_unchanged_text_is_always_found(
    old: list[str], new: list[str], start: int, length: int
) -> None:
    text, newer = " ".join(old), " ".join(new)
    first = min(start, len(old) - 1)
    begin = len(" ".join(old[:first])) + (1 if first else 0)
    quote = " ".join(old[first : first + length])
    anchor = make_anchor(text, begin, begin + len(quote))
    assert anchor.quote == quote
    assert find_candidates(text, anchor)[0].start == begin
    for found in find_candidates(newer, anchor):
        assert 0 <= found.start < found.end <= len(newer)
        assert 0 <= found.score <= 100
        assert newer[found.start : found.end].strip()

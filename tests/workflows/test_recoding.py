"""A coding changed: span, theme, site and memo, and what is refused."""

from pathlib import Path

import builders
import pytest

from framework_coder.errors import FrameworkCoderError
from framework_coder.project import Project
from framework_coder.workflows.coding import SpanError, UnknownCodingError
from framework_coder.workflows.recoding import CitedElsewhereError, StaleCodingError

TEXT = "The borough pays.\n\nNobody pays."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = builders.project(tmp_path)
    builders.read(made, TEXT)
    made.codings.add("D01", "funding", quote="The borough pays.")
    return made


def test_a_new_span_takes_the_words_that_stand_there(project: Project) -> None:
    changed = project.codings.edit(1, end=11)
    assert (changed.start, changed.end, changed.quote) == (0, 11, "The borough")
    moved = project.codings.edit(1, start=19, end=31, quote="Nobody pays.")
    assert (TEXT[moved.start : moved.end], moved.locator.paragraph) == (moved.quote, 2)
    assert project.check() == []


def test_theme_and_memo_change_alone_and_come_back(project: Project) -> None:
    assert project.codings.edit(1, theme="space", memo="see D02").theme == "space"
    assert project.codings.get(1).quote == "The borough pays."
    project.history.undo()
    assert project.codings.get(1).theme == "funding"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"start": 17, "end": 19}, SpanError),
        ({"start": 5, "end": 5}, SpanError),
        ({"start": 0, "end": 3, "quote": "Any"}, SpanError),
        ({"theme": "nothing"}, FrameworkCoderError),
        ({"site": "S09"}, FrameworkCoderError),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    project: Project, change: dict[str, object], error: type[Exception]
) -> None:
    before = project.history.newest()
    with pytest.raises(error):
        project.codings.edit(1, **change)  # type: ignore[arg-type]
    assert project.history.newest() == before


def test_an_unknown_coding_is_named(project: Project) -> None:
    with pytest.raises(UnknownCodingError, match="no coding 9"):
        project.codings.edit(9, memo="x")
    with pytest.raises(UnknownCodingError):
        project.codings.get(9)


def test_evidence_does_not_leave_its_site(project: Project) -> None:
    project.sites.add("S07")
    builders.read(project, "Both sites share a room.", ref="D02", sites=("S01", "S07"))
    coding = project.codings.add("D02", "space", quote="share a room", site="S01")
    assert project.codings.edit(coding.id, site="S07").site != coding.site
    project.claims.add("S07", "space", "They share it.")
    project.claims.link(1, coding.id)
    with pytest.raises(CitedElsewhereError):
        project.codings.edit(coding.id, site="S01")


def test_a_change_of_a_coding_that_was_changed_meanwhile_overwrites_nothing(project: Project) -> None:
    seen = (0, 17, "funding")
    project.codings.edit(1, end=11, seen=seen)
    with pytest.raises(StaleCodingError, match="“The borough” at funding now"):
        project.codings.edit(1, theme="space", seen=seen)
    assert project.codings.get(1).theme == "funding"
    assert project.codings.edit(1, theme="space", seen=(0, 11, "funding")).theme == "space"


def test_a_proposal_is_accepted_at_another_theme_in_one_step(project: Project) -> None:
    project.codings.reject([1])
    project.codings.accept([1], theme="space")
    assert (project.codings.get(1).theme, project.codings.get(1).is_live) == ("space", True)
    project.history.undo()
    assert (project.codings.get(1).theme, project.codings.get(1).is_live) == ("funding", False)
    with pytest.raises(FrameworkCoderError, match="no theme “nothing”"):
        project.codings.accept([1], theme="nothing")

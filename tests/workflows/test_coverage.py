"""Coverage: set in bulk, withdrawn, current while a theme means the same, due again once it does not."""

import pytest
from builders import theme

from framework_coder.errors import BadInputError, NotFoundError
from framework_coder.model.examining import Standing
from framework_coder.model.legend import CellState
from framework_coder.project import Project
from framework_coder.workflows.coverage import NoCoverageError, UnfrozenChangeError

ALL = {"Q01", "D01", "M01", "D02"}


def standings(project: Project, *themes: str) -> dict[tuple[str, str], Standing]:
    found = project.coverage.show(themes=themes)
    return {(each.source.ref, each.theme.id): each.standing for each in found}


def again(project: Project) -> set[tuple[str, str]]:
    refs = {source.id: source.ref for source in project.sources.list()}
    return {(refs[one.source], one.theme) for one in project.coverage.again()}


def add_theme(project: Project) -> None:
    project.codebook.add(theme("mood"), why="it kept coming up")
    project.codebook.freeze(why="mood")


def test_a_whole_site_and_a_whole_branch_are_set_at_once(charted: Project) -> None:
    add_theme(charted)
    assert charted.coverage.set(sites=["S01"], themes=["mood"]) == 4
    assert charted.log()[0].changes == "4 coverage entries added"
    assert charted.coverage.set(["D01"], ["funding"], "partly") == 2
    assert standings(charted, "funding")["D01", "funding.barriers"] is Standing.PARTLY
    assert standings(charted, "mood") == {(ref, "mood"): Standing.EXAMINED for ref in ALL}


def test_silent_is_shown_only_when_every_source_was_wholly_examined(charted: Project) -> None:
    add_theme(charted)

    def state() -> object:
        return charted.matrix().grid.cells[1, "mood"].state

    assert state() is CellState.NOT_EXAMINED
    charted.coverage.set(sorted(ALL - {"D02"}), ["mood"])
    charted.coverage.set(["D02"], ["mood"], "partly")
    assert state() is CellState.NOT_EXAMINED
    charted.coverage.set(["D02"], ["mood"], "examined")
    assert state() is CellState.SILENT
    assert charted.coverage.withdraw(["D01"], ["mood"]) == 1
    assert state() is CellState.NOT_EXAMINED


def test_a_changed_theme_ends_silence_until_its_sources_are_examined_again(charted: Project) -> None:
    add_theme(charted)
    charted.coverage.set(sites=["S01"], themes=["mood"])
    charted.codebook.edit("mood", definition="How people feel.", why="clearer")
    charted.codebook.freeze(why="definition")
    assert charted.matrix().grid.cells[1, "mood"].state is CellState.NOT_EXAMINED
    assert again(charted) == {(ref, "mood") for ref in ALL}
    assert [str(change) for change in charted.coverage.again()[0].changes] == [
        "version 3: definition reworded"
    ]
    charted.coverage.set(sites=["S01"], themes=["mood"])
    assert again(charted) == set()
    assert charted.matrix().grid.cells[1, "mood"].state is CellState.SILENT


@pytest.mark.parametrize(
    ("change", "due"),
    [
        (lambda book: book.rename("space", "Room", why="so"), set()),
        (lambda book: book.edit("space", exclude="Car parks", why="so"), {"space"}),
        (lambda book: book.split_into("space", ["in=In", "out=Out"], why="so"), {"in", "out"}),
        (lambda book: book.merge("funding.barriers", "space", why="so"), {"space"}),
        (lambda book: book.add(theme("mood"), why="so"), {"mood"}),
        (lambda book: book.retire("space", why="so"), set()),
    ],
)  # fmt: skip
def test_exactly_the_sources_read_before_a_change_are_due(
    charted: Project, change: object, due: set[str]
) -> None:
    charted.coverage.withdraw(["D02"], ["*"])
    change(charted.codebook)  # type: ignore[operator]
    charted.codebook.freeze(why="so")
    assert again(charted) == {(ref, each) for ref in ALL - {"D02"} for each in due}
    todo = {(each.source.ref, each.theme.id) for each in charted.coverage.todo() if each.standing == "again"}
    assert todo == again(charted)


def test_what_is_to_do_says_since_when_and_why(charted: Project) -> None:
    charted.codebook.edit("space", definition="Rooms.", why="clearer")
    charted.codebook.freeze(why="clearer")
    (first, *_) = charted.coverage.todo(themes=["space"], sources=["D01"])
    assert first.standing is Standing.AGAIN
    assert first.again is not None
    assert (first.again.last.version, first.again.last.coder) == (1, "HW")


def test_coverage_of_a_theme_that_is_changing_waits_for_its_version(charted: Project) -> None:
    charted.codebook.edit("space", definition="Rooms.", why="clearer")
    with pytest.raises(
        UnfrozenChangeError, match="The meaning of space has changed since the last framework"
    ):
        charted.coverage.set(["D01"], ["space"])
    charted.coverage.set(["D01"], ["funding"])


@pytest.mark.parametrize(
    ("sources", "themes", "error", "said"),
    [
        ((), ("space",), NoCoverageError, "Name sources"),
        (("D01",), (), NoCoverageError, "Name themes"),
        (("D09",), ("space",), NotFoundError, "There is no source “D09”"),
        (("D01",), ("spice",), NotFoundError, "Did you mean “space”"),
    ],
)
def test_coverage_of_what_is_not_there_is_refused(
    charted: Project, sources: tuple[str, ...], themes: tuple[str, ...], error: type[Exception], said: str
) -> None:
    before = len(charted.log())
    with pytest.raises(error, match=said):
        charted.coverage.set(sources, themes)
    with pytest.raises(BadInputError, match="“wholly” is none of examined, partly, not"):
        charted.coverage.set(["D01"], ["space"], "wholly")
    assert len(charted.log()) == before


def test_the_themes_that_a_source_is_examined_for_are_those_that_show_says(charted: Project) -> None:
    add_theme(charted)
    charted.coverage.set(["D01"], ["mood"])
    charted.coverage.set(["M01"], ["mood"], "partly")
    shown = charted.coverage.show(standings=[Standing.EXAMINED])
    found = charted.coverage.examined()
    assert found.keys() == ALL
    assert {(ref, theme) for ref, themes in found.items() for theme in themes} == {
        (each.source.ref, each.theme.id) for each in shown
    }
    assert "mood" in found["D01"] - found["M01"]

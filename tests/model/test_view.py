"""Ways to look at a matrix: which rows and columns, in which order, and what is left out."""

import pytest
from study_builders import StudyBuilder

from framework_coder.model.matrix import Matrix, build_matrix
from framework_coder.model.view import View, count_states, look_at


@pytest.fixture
def matrix() -> Matrix:
    study = StudyBuilder()
    for name, tier, size in (
        ("North", "primary", "9"),
        ("South", "secondary", "10"),
        ("East", "primary", ""),
    ):
        study.site(name, tier=tier, size=size)
    study.source("D01", 1)
    study.source("Q01", 2)
    study.claim(1, "a.one", study.code(1, "a.one"))
    study.code(2, "a.two", site=2)
    study.code(1, "b.one")
    return build_matrix(study.build())


def rows(matrix: Matrix, **fields: object) -> list[str]:
    return [site.code for site in look_at(matrix, View(**fields)).sites]  # type: ignore[arg-type]


def columns(matrix: Matrix, **fields: object) -> list[str]:
    return [theme.id for theme in look_at(matrix, View(**fields)).themes]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["S01", "S02", "S03"]),
        ("name", ["S03", "S01", "S02"]),
        ("-name", ["S02", "S01", "S03"]),
        ("size", ["S01", "S02", "S03"]),
        ("-size", ["S02", "S01", "S03"]),
        ("-code", ["S03", "S02", "S01"]),
        ("-sources", ["S01", "S02", "S03"]),
    ],
)
def test_sites_are_sorted_numbers_by_size_and_the_empty_last(
    matrix: Matrix, sort: str, order: list[str]
) -> None:
    assert rows(matrix, sort=sort) == order


def test_sites_are_chosen_by_code_attribute_and_collected_method(matrix: Matrix) -> None:
    assert rows(matrix, where={"tier": frozenset({"primary"})}) == ["S01", "S03"]
    assert rows(matrix, collected=frozenset({"document", "questionnaire"})) == ["S01", "S02"]
    assert rows(matrix, sites=frozenset({"S02"}), sort="name") == ["S02"]


def test_themes_are_hidden_folded_descended_into_and_cut_at_a_level(matrix: Matrix) -> None:
    assert columns(matrix) == ["a.one", "a.two", "b.one"]
    assert columns(matrix, hidden=frozenset({"a"})) == ["b.one"]
    assert columns(matrix, folded=frozenset({"a"})) == ["a", "b.one"]
    assert columns(matrix, themes=frozenset({"b"})) == ["b.one"]
    assert columns(matrix, level=1) == ["a", "b"]
    assert columns(matrix, level=1, themes=frozenset({"a"})) == ["a.one", "a.two"]


def test_a_folded_group_is_the_cell_of_its_theme_with_all_below(matrix: Matrix) -> None:
    shown = look_at(matrix, View(folded=frozenset({"a"})))
    assert shown.cells[1, "a"].state == "single"
    assert shown.cells[2, "a"].state == "uncharted"
    assert shown.cells[1, "a"].claims == matrix.cells[1, "a.one"].claims


def test_cells_that_are_not_asked_for_are_left_out_and_so_are_empty_rows_and_columns(matrix: Matrix) -> None:
    shown = look_at(matrix, View(only=frozenset({"uncharted"})))
    assert ([s.code for s in shown.sites], [t.id for t in shown.themes]) == (
        ["S01", "S02"],
        ["a.two", "b.one"],
    )
    assert [cell.is_left_out for _, cells in shown.rows() for cell in cells] == [True, False, False, True]
    assert shown.shown_claims() == []
    assert count_states(shown.cells.values()) == {"uncharted": 2}
    dimmed = look_at(matrix, View(only=frozenset({"uncharted"}), is_dimmed=True))
    assert dict(dimmed.cells) == dict(matrix.cells)


def test_cells_are_asked_for_by_what_waits_in_them(matrix: Matrix) -> None:
    assert columns(matrix, only=frozenset({"unused"})) == ["a.two", "b.one"]
    assert columns(matrix, only=frozenset({"proposals"})) == []

"""The tree of themes and its changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.codebook import (
    Codebook,
    CodebookError,
    Theme,
    ThemeOrigin,
    UnknownThemeError,
    arrange,
)
from framework_coder.model.codebook_diff import ChangeKind, diff


def a_codebook() -> Codebook:
    return Codebook(
        (
            Theme("integration", "How integration works", colour="#aa3300"),
            Theme("integration.barriers", "Barriers", "integration"),
            Theme("integration.barriers.space", "Space", "integration.barriers"),
            Theme("integration.facilitators", "Facilitators", "integration"),
            Theme("success", "Success"),
            Theme("success.data", "Data", "success"),
        )
    )


def ids(book: Codebook) -> list[str]:
    return [theme.id for theme in book]


def test_a_theme_includes_its_descendants() -> None:
    assert a_codebook().descendants("integration") == (
        "integration",
        "integration.barriers",
        "integration.barriers.space",
        "integration.facilitators",
    )


def test_ancestors_run_from_the_parent_to_the_top() -> None:
    assert a_codebook().ancestors("integration.barriers.space") == ("integration.barriers", "integration")


def test_a_theme_without_a_colour_takes_the_nearest_ancestors() -> None:
    assert a_codebook().colour("integration.barriers.space") == "#aa3300"
    assert a_codebook().colour("success.data") == ""


def test_an_unknown_theme_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(UnknownThemeError, match=r"integration.barier.*Did you mean “integration.barriers”"):
        a_codebook()["integration.barier"]


@pytest.mark.parametrize(
    ("theme", "reason"),
    [
        (Theme("", "x"), "lower-case letters"),
        (Theme("Barriers", "x"), "lower-case letters"),
        (Theme("a..b", "x"), "lower-case letters"),
        (Theme("a", " "), "label is empty"),
        (Theme("a", "A", colour="red"), "not of the form"),
        (Theme("a", "A", parent="missing"), "parent is missing"),
    ],
)
def test_a_theme_that_cannot_be_is_refused_with_the_reason(theme: Theme, reason: str) -> None:
    with pytest.raises(CodebookError, match=reason):
        Codebook((theme,))


def test_an_id_stands_once() -> None:
    with pytest.raises(CodebookError, match="stands twice"):
        Codebook((Theme("a", "A"), Theme("a", "B")))


def test_a_new_theme_goes_last_among_its_siblings_or_before_the_one_named() -> None:
    book = a_codebook()
    teams = Theme("teams", "Teamwork", "integration", origin=ThemeOrigin.EMERGENT)
    assert ids(book.add(teams)).index("teams") == 4
    assert ids(book.add(teams, before="integration.barriers")).index("teams") == 1
    with pytest.raises(CodebookError, match="not a sibling"):
        book.add(teams, before="success.data")


def test_moving_takes_the_whole_subtree_along() -> None:
    book = a_codebook().move("integration.barriers", "success", before="success.data")
    assert ids(book)[2:] == [
        "success",
        "integration.barriers",
        "integration.barriers.space",
        "success.data",
    ]


def test_a_theme_cannot_go_below_itself() -> None:
    with pytest.raises(CodebookError, match="below itself"):
        a_codebook().move("integration", "integration.barriers.space")


def test_merging_retires_the_theme_and_hands_its_children_over() -> None:
    book = a_codebook().merge("integration.barriers", "integration.facilitators")
    assert book["integration.barriers"].is_retired
    assert book["integration.barriers"].merged_into == "integration.facilitators"
    assert book["integration.barriers.space"].parent == "integration.facilitators"


def test_a_theme_cannot_be_merged_into_one_below_it() -> None:
    with pytest.raises(CodebookError, match="cannot be merged"):
        a_codebook().merge("integration", "integration.barriers")


def test_splitting_puts_the_parts_where_the_theme_was_and_retires_it() -> None:
    parts = [Theme("outcomes", "Outcomes"), Theme("audit", "Audit")]
    book = a_codebook().split("success.data", parts)
    assert ids(book)[4:] == ["success", "outcomes", "audit", "success.data"]
    assert book["success.data"].is_retired
    assert book["audit"].split_from == "success.data"
    assert book["audit"].parent == "success"


def test_a_theme_with_children_is_not_split() -> None:
    with pytest.raises(CodebookError, match="themes below it"):
        a_codebook().split("integration.barriers", [Theme("a", "A"), Theme("b", "B")])


def test_retiring_takes_everything_below_and_restoring_works_from_the_top() -> None:
    book = a_codebook().retire("integration.barriers")
    assert book["integration.barriers.space"].is_retired
    with pytest.raises(CodebookError, match="restore that one first"):
        book.restore("integration.barriers.space")
    back = book.restore("integration.barriers").restore("integration.barriers.space")
    assert back == a_codebook()


def test_leaves_are_the_active_themes_with_no_active_theme_below() -> None:
    book = a_codebook().retire("integration.barriers.space")
    assert [t.id for t in book.leaves] == ["integration.barriers", "integration.facilitators", "success.data"]


def test_arrange_refuses_a_circle() -> None:
    with pytest.raises(CodebookError, match="missing or below it"):
        arrange([Theme("a", "A", "b"), Theme("b", "B", "a")])


@st.composite
def trees(draw: st.DrawFn) -> Codebook:
    themes: list[Theme] = []
    for number in range(draw(st.integers(1, 9))):
        parent = draw(st.sampled_from([None, *(t.id for t in themes)])) if themes else None
        themes.append(Theme(f"t{number}", f"T{number}", parent))
    return Codebook(arrange(themes))


@given(trees(), st.data())
def test_moving_loses_no_theme_and_keeps_parents_first(book: Codebook, data: st.DataObject) -> None:
    theme = data.draw(st.sampled_from(ids(book)))
    allowed = [None, *(t for t in ids(book) if t not in book.descendants(theme))]
    moved = book.move(theme, data.draw(st.sampled_from(allowed)))
    assert sorted(ids(moved)) == sorted(ids(book))
    assert moved.themes == arrange(moved.themes)


@given(trees())
def test_a_codebook_differs_from_itself_in_nothing(book: Codebook) -> None:
    assert diff(book, book) == []


def test_a_diff_names_each_change_once() -> None:
    old = a_codebook()
    new = (
        old.add(Theme("success.future", "The future", "success"))
        .change("success.data", label="Data and audit", definition="What is collected.")
        .move("integration.barriers.space", "integration")
        .merge("integration.facilitators", "integration.barriers")
    )
    kinds = {(change.kind, change.theme, change.field) for change in diff(old, new)}
    assert kinds == {
        (ChangeKind.ADDED, "success.future", ""),
        (ChangeKind.RENAMED, "success.data", "label"),
        (ChangeKind.REWORDED, "success.data", "definition"),
        (ChangeKind.MOVED, "integration.barriers.space", "parent"),
        (ChangeKind.RETIRED, "integration.facilitators", "merged_into"),
        (ChangeKind.MERGED, "integration.barriers", "merged"),
    }


@pytest.mark.parametrize(
    ("field", "value", "reread"), [("definition", "New.", True), ("example", "New.", False)]
)
def test_only_a_change_of_meaning_asks_for_rereading(field: str, value: str, reread: bool) -> None:
    [change] = diff(a_codebook(), a_codebook().change("success.data", **{field: value}))
    assert change.needs_rereading is reread

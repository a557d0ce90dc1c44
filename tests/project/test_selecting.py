"""Filters in a user's words become a selection, and a name that is not there is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builders import StudyBuilder

from framework_coder.errors import NotFoundError
from framework_coder.model.codebook import UnknownThemeError
from framework_coder.model.study import Study
from framework_coder.project.selecting import UnknownFilterError, Wish, check_names, select


@pytest.fixture
def study() -> Study:
    builder = StudyBuilder()
    builder.site("North", tier="primary", region="east")
    builder.site("South", tier="secondary", region="east")
    builder.code(builder.source("D01", 1), "a.one", coder="HW")
    return builder.build()


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        (Wish(), ["S01", "S02"]),
        (Wish(sites=["S02"]), ["S02"]),
        (Wish(where={"tier": "primary"}), ["S01"]),
        (Wish(where={"tier": ["primary", "secondary"], "region": "east"}), ["S01", "S02"]),
        (Wish(sites=["S02"], where={"tier": "primary"}), []),
    ],
)
def test_sites_are_chosen_by_code_and_attribute(study: Study, wish: Wish, shown: list[str]) -> None:
    selection = select(study, wish)
    assert [site.code for site in study.sites if selection.shows_site(site)] == shown


def test_the_other_filters_are_passed_on(study: Study) -> None:
    wish = Wish(themes=["a"], methods=["meeting"], coders=["HW"], states=["single", "silent"])
    selection = select(study, wish)
    assert selection.themes == {"a"}
    assert selection.methods == {"meeting"}
    assert selection.coders == {"HW"}
    assert selection.states == {"single", "silent"}


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"sites": ["S99"]}, "no site “S99” in this study"),
        ({"sites": ["s01"]}, "There are: S01, S02"),
        ({"methods": ["meetings"]}, "Did you mean “meeting”?"),
        ({"coders": ["nobody"]}, "There are: HW"),
        ({"states": ["foo"]}, "There are: contested, contradicted"),
        ({"where": {"teir": "primary"}}, "Did you mean “tier”?"),
        ({"where": {"tier": ["primary", "tertiary"]}}, "no tier “tertiary”"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_what_is(study: Study, wish: Any, told: str) -> None:
    with pytest.raises(UnknownFilterError) as error:
        select(study, Wish(**wish))
    assert told in str(error.value)


def test_a_theme_that_is_not_there_is_not_found(study: Study) -> None:
    with pytest.raises(UnknownThemeError) as error:
        select(study, Wish(themes=["nope"]))
    assert isinstance(error.value, NotFoundError)


@given(st.lists(st.text()), st.sets(st.text()))
def test_names_pass_exactly_when_all_are_known(names: list[str], known: set[str]) -> None:
    if set(names) <= known:
        check_names("word", names, known)
    else:
        with pytest.raises(UnknownFilterError):
            check_names("word", names, known)

"""Rows on the screen, as JSON and as CSV: nothing lost on the way."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.cli.listing import (
    NARROWEST,
    Format,
    TwoFormatsError,
    choose_format,
    dump_csv,
    dump_json,
    fit,
)
from framework_coder.cli.options import BadDateError, BadPairError, as_typed, read_date, read_where
from framework_coder.model.formulas import FORMULA_STARTS, unguard

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))
NAMES = st.lists(st.text("abcdef", min_size=1), min_size=1, max_size=4, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[dict[str, Any]]]:
    columns = draw(NAMES)
    value = st.one_of(WORDS, st.integers(), st.none(), st.booleans())
    return columns, draw(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, value)), max_size=5))


@given(tables())
def test_json_gives_back_the_rows(table: tuple[list[str], list[dict[str, Any]]]) -> None:
    columns, rows = table
    assert json.loads(dump_json(rows, columns)) == rows


@given(tables())
def test_csv_gives_back_the_rows_and_no_field_is_a_formula(
    table: tuple[list[str], list[dict[str, Any]]],
) -> None:
    columns, rows = table
    read = list(csv.reader(io.StringIO(dump_csv(rows, columns), newline="")))
    assert read[0] == columns
    assert len(read) == len(rows) + 1
    for row, fields in zip(rows, read[1:], strict=True):
        for value, field in zip(map(row.get, columns), fields, strict=True):
            assert (unguard(field) if isinstance(value, str) else field) == (
                "" if value is None else str(value)
            )
            assert not isinstance(value, str) or not field.startswith(FORMULA_STARTS)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.integers(1, 400))
def test_columns_fit_the_room_or_are_all_narrow(widths: list[int], room: int) -> None:
    fitted = fit(widths, room)
    assert all(new <= old for new, old in zip(fitted, widths, strict=True))
    assert sum(fitted) <= room or max(fitted) <= NARROWEST
    assert sum(widths) > room or fitted == widths


@given(st.lists(st.tuples(st.text("abc", min_size=1), st.text("xyz= "))))
def test_filters_are_read_back_by_name_in_order(pairs: list[tuple[str, str]]) -> None:
    read = read_where([f"{name}={value}" for name, value in pairs])
    assert [(name, value) for name, values in read.items() for value in values] == sorted(
        ((name, value.strip()) for name, value in pairs), key=lambda pair: list(read).index(pair[0])
    )


@pytest.mark.parametrize("text", ["", "=", "=x", "tier", " =x"])
def test_a_filter_without_a_name_is_refused_with_its_option(text: str) -> None:
    with pytest.raises(BadPairError, match="--set"):
        read_where([text], "--set")


@pytest.mark.parametrize("text", ["", "2016", "2016-02", "2016-02-29"])
def test_a_date_may_be_known_in_part(text: str) -> None:
    assert read_date(text, "--since") == text


@pytest.mark.parametrize("text", ["16", "2015-02-29", "2016-2-1", "1/2/2016", "now"])
def test_what_is_no_date_is_refused_with_its_option(text: str) -> None:
    with pytest.raises(BadDateError, match="--since"):
        read_date(text, "--since")


def test_one_format_is_chosen() -> None:
    assert choose_format(as_json=True, as_csv=False) is Format.JSON
    assert choose_format(as_json=False, as_csv=True) is Format.CSV
    assert choose_format(as_json=False, as_csv=False) is Format.TABLE
    with pytest.raises(TwoFormatsError):
        choose_format(as_json=True, as_csv=True)


def test_a_path_with_a_space_is_shown_in_quotes() -> None:
    assert as_typed("my study.fwc") == '"my study.fwc"'
    assert as_typed("study.fwc") == "study.fwc"

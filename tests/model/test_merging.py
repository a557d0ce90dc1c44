"""Three versions of claims compared: what went out, what came back, what stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.merging import FIELDS, Comparison, GivenRow, compare


def said(summary: str = "A", comment: str = "") -> dict[str, str]:
    return {"site": "S01", **dict.fromkeys(FIELDS, ""), "summary": summary, "comment": comment}


def row(claim: int | None, text: dict[str, str], line: int = 2) -> GivenRow:
    return GivenRow(line, claim, "S01", {name: text[name] for name in FIELDS})


def judge(base: str | None, given: str | None, now: str | None) -> Comparison:
    """Compare one claim by its summary in the three versions; None: it is not there."""
    went = {} if base is None else {1: said(base)}
    came = [] if given is None else [row(1 if base is not None else None, said(given))]
    return compare(went, came, {} if now is None else {1: said(now)})


@pytest.mark.parametrize(
    ("base", "came", "now", "outcome"),
    [
        ("A", "A", "A", "unchanged"),
        ("A", "A", "B", "unchanged"),
        ("A", "A", None, "unchanged"),
        ("A", "B", "A", "edit"),
        ("A", "B", "B", "unchanged"),
        ("A", "B", "C", "conflict"),
        ("A", "B", None, "conflict"),
        ("A", None, "A", "deletion"),
        ("A", None, "B", "conflict"),
        ("A", None, None, "nothing"),
        (None, "A", None, "addition"),
        (None, "A", "A", "nothing"),
    ],
)
def test_each_way_the_three_versions_can_differ_has_one_outcome(
    base: str | None, came: str | None, now: str | None, outcome: str
) -> None:
    found = judge(base, came, now)
    shown = {
        "unchanged": bool(found.unchanged),
        "edit": bool(found.edits) and not found.conflicts,
        "deletion": bool(found.deletions) and not found.conflicts,
        "conflict": bool(found.conflicts),
        "addition": bool(found.additions),
    }
    assert [name for name, is_so in shown.items() if is_so] == ([] if outcome == "nothing" else [outcome])


def test_changes_of_two_fields_by_two_sides_are_no_conflict() -> None:
    found = compare({1: said()}, [row(1, said("B"))], {1: said("A", "a note")})
    (edit,) = found.edits
    assert [(each.name, each.given) for each in edit.fields] == [("summary", "B")]
    assert not found.conflicts


texts = st.sampled_from(["A", "B", "C"])
claims = st.dictionaries(st.integers(1, 4), texts, max_size=4)


@given(base=claims, came=claims, now=claims)
def test_what_is_taken_over_and_the_rest_give_every_claim_once(
    base: dict[int, str], came: dict[int, str], now: dict[int, str]
) -> None:
    rows = [row(number if number in base else None, said(text)) for number, text in came.items()]
    found = compare({n: said(t) for n, t in base.items()}, rows, {n: said(t) for n, t in now.items()})
    touched = [change.claim for change in (*found.edits, *found.deletions)]
    assert len(touched) == len(set(touched))
    assert set(touched) <= set(base)
    assert {change.claim for change in found.deletions}.isdisjoint(came)
    result = dict(now)
    for change in found.edits:
        if not change.is_conflict:
            result[change.claim] = change.fields[0].given
    for change in found.deletions:
        if not change.is_conflict:
            del result[change.claim]
    for number, text in now.items():
        if text == base.get(number):
            assert result.get(number) == came.get(number)
        elif number in base and came.get(number) == base[number]:
            assert result[number] == text


@given(base=claims)
def test_what_comes_back_as_it_went_out_changes_nothing(base: dict[int, str]) -> None:
    went = {number: said(text) for number, text in base.items()}
    assert compare(went, [row(number, text) for number, text in went.items()], went).is_empty

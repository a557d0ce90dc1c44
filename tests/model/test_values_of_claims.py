"""Coded values: read, written, checked and told apart; editions of claims; steps told in words."""

from dataclasses import replace

import pytest

from framework_coder.model.charting import (
    ChartedClaim,
    ClaimEdit,
    describe_edit,
    edition_of_evidence,
    is_current,
)
from framework_coder.model.claims import Claim, ClaimKind, CodedValue, Evidence, Stance, edition_of
from framework_coder.model.design import Design, FieldKind, SiteField
from framework_coder.model.values import (
    CodedValueError,
    ValueKind,
    check_value,
    check_values,
    kind_of,
    parse_value,
    write_value,
)

FIELDS = Design(
    site_fields=(
        SiteField("patients", "Patients", FieldKind.NUMBER),
        SiteField("started", "Started", FieldKind.DATE),
        SiteField("region", "Region", FieldKind.CATEGORY),
    )
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("aim=improve access!most important", CodedValue("aim", "improve access", "most important")),
        (" aim = improve access ", CodedValue("aim", "improve access")),
        ("started=2014-03", CodedValue("started", "2014-03")),
        ("patients=1200", CodedValue("patients", "1200")),
    ],
)
def test_a_value_is_read_and_written(text: str, value: CodedValue) -> None:
    assert parse_value(text) == value
    assert parse_value(write_value(value)) == value


@pytest.mark.parametrize(
    ("text", "design", "kind"),
    [
        ("x=2014-03-09", None, ValueKind.DATE),
        ("x=2014-03", None, ValueKind.DATE),
        ("x=2014", None, ValueKind.DATE),
        ("x=1200", None, ValueKind.NUMBER),
        ("x=-3.5", None, ValueKind.NUMBER),
        ("x=1,200", None, ValueKind.CATEGORY),
        ("x=٣", None, ValueKind.CATEGORY),
        ("x=nan", None, ValueKind.CATEGORY),
        ("x=improve access", None, ValueKind.CATEGORY),
        ("patients=2014", FIELDS, ValueKind.NUMBER),
        ("started=2014", FIELDS, ValueKind.DATE),
        ("region=2014", FIELDS, ValueKind.CATEGORY),
    ],
)
def test_the_kind_of_a_value_follows_from_the_design_or_its_form(
    text: str, design: Design | None, kind: ValueKind
) -> None:
    assert kind_of(parse_value(text, design), design) is kind


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("aim", "is not of the form name=value or name=value!rank"),
        ("=x", "is not of the form"),
        ("aim=", "is not of the form"),
        ("aim=a!b!c", "has one of the signs"),
        ("aim=a;b", "has one of the signs"),
        ("x=2014-13", "is no date: “2014-13” is not a date in the calendar"),
        ("x=2014-02-30", "is no date"),
        ("started=soon", "is no date"),
        ("patients=many", "is no number in plain notation"),
    ],
)
def test_a_value_that_cannot_be_counted_as_what_it_is_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CodedValueError, match=r"^The value “") as refused:
        parse_value(text, FIELDS)
    assert refused.value.reason.startswith(reason)


def test_a_value_stands_once() -> None:
    with pytest.raises(CodedValueError, match="stands twice"):
        check_values(["a=b", CodedValue("a", "b", "first")])
    assert check_values(["a=b", "a=c"]) == (CodedValue("a", "b"), CodedValue("a", "c"))
    with pytest.raises(CodedValueError):
        check_value(CodedValue("", "x"))


CLAIM = Claim(1, 1, "funding", "It pays.")
LINK = Evidence(1, 4)


def test_an_edition_changes_with_all_that_can_be_edited_and_with_nothing_else() -> None:
    same = ChartedClaim(CLAIM, (LINK, Evidence(1, 5)))
    assert ChartedClaim(replace(CLAIM, position=9), (Evidence(1, 5), LINK)).edition == same.edition
    editions = {
        edition_of_evidence([link])
        for link in (
            LINK, Evidence(1, 5), replace(LINK, stance=Stance.CONTEXT), replace(LINK, is_inferred=True),
            replace(LINK, prominence=1), replace(LINK, origins=frozenset()), replace(LINK, note="n"),
            replace(LINK, place=0),
        )
    }  # fmt: skip
    assert len(editions) == 8


@pytest.mark.parametrize(
    ("edition", "with_evidence", "current"),
    [
        ("", True, True),
        (ChartedClaim(CLAIM, (LINK,)).edition, True, True),
        (edition_of(CLAIM), True, True),
        (ChartedClaim(CLAIM).edition, True, False),
        (ChartedClaim(CLAIM).edition, False, True),
        ("0", False, False),
        (f"0-{edition_of_evidence([LINK])}", True, False),
    ],
)
def test_what_a_change_does_not_touch_may_have_changed(
    edition: str, with_evidence: bool, current: bool
) -> None:
    assert is_current(ChartedClaim(CLAIM, (LINK,)), edition, with_evidence=with_evidence) is current


def step(before: ChartedClaim | None, after: ChartedClaim | None) -> str:
    return describe_edit(ClaimEdit(1, "", "HW", "edit claim", "", before, after))


def test_a_step_is_told_in_words() -> None:
    old = ChartedClaim(CLAIM, (LINK,))
    new = ChartedClaim(
        replace(
            CLAIM, summary="They pay.", kind=ClaimKind.VIEW, is_key=True, values=(CodedValue("a", "b", "c"),)
        ),
        (replace(LINK, origins=frozenset({"Ann"}), place=3), Evidence(1, 5, Stance.CONTRADICTS)),
    )
    assert step(None, old) == "written; summary: “It pays.”; coding 4 supports"
    assert step(old, new) == (
        "summary: “It pays.” → “They pay.”; kind: fact → view; key: no → yes; values: nothing → a=b!c; "
        "coding 4 changed: origins nothing → Ann; coding 5 contradicts"
    )
    assert step(old, ChartedClaim(CLAIM)) == "coding 4 taken away"
    assert step(old, ChartedClaim(CLAIM, (replace(LINK, place=2),))) == "tokens moved"
    assert step(old, None) == "deleted"

"""Which sources are due for re-examination after the framework changed: exactly those that it affects."""

from dataclasses import dataclass, replace

import pytest
from builders import codebook, theme
from hypothesis import given
from hypothesis import strategies as st

from framework_coder.model.codebook import Codebook
from framework_coder.model.codebook_diff import ChangeKind, ThemeChange, diff, settled_since
from framework_coder.model.rereading import list_rereadings
from framework_coder.model.study import Coverage, Examined

FIRST = codebook("a", "b")
PARTS = [theme("a1"), theme("a2")]


def due(coverage: list[Coverage], *later: Codebook) -> dict[tuple[int, str], str]:
    """Return what is due after the first version and later ones, with the changes in words."""
    versions = list(enumerate((FIRST, *later), 1))
    return {
        (one.source, one.theme): "; ".join(map(str, one.changes))
        for one in list_rereadings(coverage, versions)
    }


def read(source: int, theme_id: str, version: int = 1, state: Examined = Examined.EXAMINED) -> Coverage:
    return Coverage(source, theme_id, version, state, "HW", "2014-01-01")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (FIRST, {}),
        (FIRST.change("a", label="Alpha", colour="#123456", example="x"), {}),
        (FIRST.change("a", definition="Money."), {(1, "a"): "version 2: definition reworded"}),
        (FIRST.add(theme("c")), {(1, "c"): "version 2: added", (2, "c"): "version 2: added"}),
        (FIRST.retire("a"), {}),
        (
            FIRST.split("a", PARTS),
            {(1, "a1"): "version 2: split from “a”", (1, "a2"): "version 2: split from “a”"},
        ),
        (FIRST.merge("a", "b"), {(1, "b"): "version 2: took over “a”", (2, "b"): "version 2: took over “a”"}),
    ],
)
def test_a_change_of_meaning_is_due_for_those_who_read_before_it(
    changed: Codebook, expected: dict[tuple[int, str], str]
) -> None:
    assert due([read(1, "a"), read(2, "b")], changed) == expected


@pytest.mark.parametrize(
    ("again", "is_due"),
    [
        ([], True),
        ([read(1, "a", 2)], False),
        ([read(1, "a", 2, Examined.PARTLY)], True),
        ([read(1, "a", 2, Examined.NOT)], True),
        ([read(2, "a", 2)], True),
    ],
)
def test_a_source_is_due_until_it_is_wholly_examined_again(again: list[Coverage], is_due: bool) -> None:
    changed = FIRST.change("a", definition="Money.")
    assert due([read(1, "a"), *again], changed) == (
        {(1, "a"): "version 2: definition reworded"} if is_due else {}
    )


def test_a_source_that_nobody_examined_is_not_due_again() -> None:
    assert due([read(1, "a", state=Examined.NOT)], FIRST.change("a", definition="Money.")) == {}


def test_what_is_due_names_every_change_since_and_the_last_reading() -> None:
    second = FIRST.change("a", definition="Money.")
    third = second.change("a", exclude="Gifts.")
    coverage = [read(1, "a"), read(2, "a", 2)]
    assert due(coverage, second, third) == {
        (1, "a"): "version 2: definition reworded; version 3: exclude reworded",
        (2, "a"): "version 3: exclude reworded",
    }
    (one, _) = list_rereadings(coverage, [(1, FIRST), (2, second), (3, third)])
    assert one.last == coverage[0]


def test_a_part_of_a_part_is_due_for_whoever_read_the_whole() -> None:
    second = FIRST.split("a", PARTS)
    third = second.split("a1", [theme("x"), theme("y")])
    assert set(due([read(1, "a")], second, third)) == {(1, "a2"), (1, "x"), (1, "y")}


def test_a_group_is_due_only_where_it_was_examined_itself() -> None:
    first = codebook("g", "g.one")
    versions = [(1, first), (2, first.change("g", definition="x").add(theme("new")).add(theme("new.one")))]
    found = list_rereadings([read(1, "g"), read(2, "g.one")], versions)
    assert {(one.source, one.theme) for one in found} == {(1, "g"), (1, "new.one"), (2, "new.one")}


def test_without_any_version_nothing_is_due() -> None:
    assert list_rereadings([read(1, "a")], []) == []


# --- against a naive definition: a diary kept through time ------------------------------------------------


@dataclass
class Diary:
    """What was ever read or owed for each theme, and what is owed now, version by version."""

    ever: set[tuple[int, str]]
    owed: set[tuple[int, str]]
    readers: set[int]

    def turn(self, changes: list[ThemeChange]) -> None:
        """Take in a new version: the changes again and again until nothing more is owed."""
        ever, before = set(self.ever), -1
        while len(ever) != before:
            before = len(ever)
            for change in changes:
                if change.needs_rereading:
                    owing = {(source, change.theme) for source in self._touched(change, ever)}
                    self.owed |= owing
                    ever |= owing
        self.ever = ever

    def _touched(self, change: ThemeChange, ever: set[tuple[int, str]]) -> set[int]:
        if change.kind is ChangeKind.ADDED:
            return set(self.readers)
        parts = {ChangeKind.SPLIT: {change.after}, ChangeKind.MERGED: {change.theme, change.after}}
        return {source for source, of in ever if of in parts.get(change.kind, {change.theme})}

    def note(self, row: Coverage) -> None:
        """Take in a reading."""
        if row.state is not Examined.NOT:
            self.ever.add((row.source, row.theme))
            self.readers.add(row.source)
        if row.state is Examined.EXAMINED:
            self.owed.discard((row.source, row.theme))


_OPS = st.lists(
    st.tuples(st.sampled_from(["reword", "add", "split", "merge", "retire", "restore"]), st.integers(0, 9))
)
_READS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 9), st.sampled_from(list(Examined))), max_size=6
)


def change(book: Codebook, op: str, number: int, serial: str) -> Codebook:
    active, retired = [t.id for t in book.active], [t.id for t in book if t.is_retired]
    chosen = active[number % len(active)] if active else ""
    match op:
        case "reword" if active:
            return book.change(chosen, definition=serial)
        case "add":
            return book.add(theme(f"n{serial}"))
        case "split" if active:
            return book.split(chosen, [theme(f"p{serial}"), theme(f"q{serial}")])
        case "merge" if len(active) > 1:
            return book.merge(chosen, active[(number + 1) % len(active)])
        case "retire" if active:
            return book.retire(chosen)
        case "restore" if retired:
            return book.restore(retired[number % len(retired)])
    return book


@given(st.lists(st.tuples(_OPS, _READS), min_size=1, max_size=4))
def test_the_list_is_that_of_a_diary_kept_version_by_version(
    story: list[tuple[list[tuple[str, int]], list[tuple[int, int, Examined]]]],
) -> None:
    book, previous = FIRST, Codebook()
    diary, coverage, versions = Diary(set(), set(), set()), [], []
    for number, (ops, reads) in enumerate(story, 1):
        for place, (op, choice) in enumerate(ops):
            book = change(book, op, choice, f"{number}x{place}")
        versions.append((number, book))
        diary.turn(diff(previous, book))
        previous = book
        for source, choice, state in reads:
            row = read(source, book.themes[choice % len(book.themes)].id, number, state)
            coverage.append(row)
            diary.note(row)
    active = {t.id for t in book.active}
    found = list_rereadings(coverage, versions)
    assert {(one.source, one.theme) for one in found} == {pair for pair in diary.owed if pair[1] in active}
    since = settled_since(versions)
    assert all(one.changes and one.changes[-1].number == since[one.theme] for one in found)
    assert all(one.last.version < since[one.theme] for one in found)


def test_the_order_in_which_coverage_was_recorded_does_not_matter() -> None:
    changed = FIRST.change("a", definition="Money.")
    rows = [read(1, "a"), read(1, "a", 2), replace(read(2, "a"), coder="JF")]
    assert due(rows, changed) == due(rows[::-1], changed)

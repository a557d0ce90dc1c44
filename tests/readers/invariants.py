"""What holds of every source, whatever file it was read from."""

from itertools import pairwise
from unicodedata import category, is_normalized

from framework_coder.model.sources import SourceText


def assert_well_formed(source: SourceText) -> None:
    """Check what `SourceText` promises: one form of text, blocks in order that hold all, true places."""
    text = source.text
    assert is_normalized("NFC", text)
    assert not [letter for letter in text if letter != "\n" and category(letter) in {"Cc", "Cs"}]
    end = 0
    for block in source.blocks:
        assert end <= block.start < block.end
        assert not text[end : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        end = block.end
    assert not text[end:].strip()
    assert_places_are_true(source)


def assert_places_are_true(source: SourceText) -> None:
    """Check pages, paragraph numbers (from 1 on each page, no gap), answers and comments."""
    assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
    assert all(before.start <= after.start for before, after in pairwise(source.pages))
    counted: dict[int | None, int] = {}
    for ordinal, block in enumerate(source.blocks):
        place = block.locator
        assert place.page is None or 1 <= place.page <= len(source.pages)
        assert block.answers is None or 0 <= block.answers < ordinal
        if block.is_marginal:
            assert place.paragraph is None
        else:
            counted[place.page] = counted.get(place.page, 0) + 1
            assert place.paragraph == counted[place.page]
    assert all(0 <= note.start <= note.end <= len(source.text) for note in source.comments)

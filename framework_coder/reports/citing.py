"""Citation tokens: `[D07 p4 ¶2]` names a source and the place of a passage in it."""

from collections.abc import Iterable

from framework_coder.model.matrix import Matrix
from framework_coder.model.triangulation import Assessment, Item


def cite_items(matrix: Matrix, items: Iterable[Item]) -> str:
    """Return the tokens of evidence items, each once, in order."""
    bearings = matrix.bearings
    tokens = (bearings.cite(bearings.codings[item.coding]) for item in items)
    return " ".join(dict.fromkeys(tokens))


def cite_claim(matrix: Matrix, found: Assessment) -> str:
    """Return the tokens of all that counts for a claim: support plain, the rest with its stance."""
    parts = [
        cite_items(matrix, found.supports),
        *(
            f"{word}: {cite_items(matrix, items)}"
            for word, items in (("qualified", found.qualifies), ("against", found.contradicts))
            if items
        ),
    ]
    return " ".join(part for part in parts if part)

"""W3C Web Annotations (Recommendation of 23 February 2017) in JSON-LD: passages with themes, out and in.

Positions count Unicode code points of the text as it is stored, from 0, half open: as the Recommendation
asks of a TextPositionSelector, and as everywhere here.
"""

from pathlib import Path

from sqlalchemy import Engine

from framework_coder.errors import BadInputError
from framework_coder.exchange.annotation_reading import read_annotations
from framework_coder.exchange.annotation_tree import (
    FaultyAnnotationsError,
    list_annotations,
    load_tree,
    looks_like_annotations,
)
from framework_coder.exchange.annotation_writing import write_annotations
from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.exchange.formats import Options


class UnknownStatesError(BadInputError):
    """States of codings that there are not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"states={name}: write accepted (what counts) or all (proposed and rejected ones too)."
        )


def recognise(path: Path) -> bool:
    """Say whether a file holds annotations."""
    return looks_like_annotations(path)


def read(path: Path, options: Options, engine: Engine | None) -> Bundle:
    """Return the annotations of a file as codings of the project's own texts, in which they must stand.

    Raises FaultyAnnotationsError, also where there are none.
    """
    assert engine is not None
    tree = load_tree(path)
    if not looks_like_annotations(path) and not any(list_annotations(tree)):
        raise FaultyAnnotationsError(path, "there is no annotation in it")
    return read_annotations(tree, engine, str(options.get("source", "")))


def write(bundle: Bundle, path: Path, options: Options) -> list[Loss]:
    """Write the accepted codings, or all of them where the option `states` is `all`."""
    states = str(options.get("states", "accepted"))
    if states not in {"accepted", "all"}:
        raise UnknownStatesError(states)
    return write_annotations(bundle, path, only_accepted=states == "accepted")

"""What a person types into the search field, as terms."""

import re
from dataclasses import dataclass

from framework_coder.errors import BadInputError
from framework_coder.store.folding import fold


class EmptyQueryError(BadInputError):
    """A query in which nothing must occur."""

    def __init__(self, query: str) -> None:
        super().__init__(
            f'“{query}” names no word to look for; type a word, a "phrase" or a beginning such as fund*.'
        )


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; the last one is only a beginning where `is_prefix`."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that must all occur in a block, and terms that must not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


_PARTS = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"(?P<star>\*)?|$)|(?P<word>[^\s"]+))')
_WORDS = re.compile(r"[^\W_]+")


def parse_query(query: str) -> tuple[Alternative, ...]:
    """Return the alternatives between which `OR` stands.

    Signs that are not part of the syntax only separate words; a quotation mark that is not closed closes at
    the end. Raises EmptyQueryError where an alternative has no word that must occur.
    """
    groups: list[tuple[list[Term], list[Term]]] = [([], [])]
    for part in _PARTS.finditer(query.replace("“", '"').replace("”", '"')):
        if part["word"] == "OR" and not part["minus"]:
            groups.append(([], []))
        elif term := _term(part):
            groups[-1][bool(part["minus"])].append(term)
    filled = [group for group in groups if group[0] or group[1]]
    if not filled or not all(wanted for wanted, _ in filled):
        raise EmptyQueryError(query)
    return tuple(Alternative(tuple(wanted), tuple(unwanted)) for wanted, unwanted in filled)


def _term(part: re.Match[str]) -> Term | None:
    written = part["phrase"] if part["phrase"] is not None else part["word"]
    is_prefix = bool(part["star"]) or (part["word"] is not None and written.endswith("*"))
    words = tuple(_WORDS.findall(fold(written)))
    return Term(words, is_prefix) if words else None

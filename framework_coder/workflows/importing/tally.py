"""What is known while a bundle is imported: which key stands for which row, and what was new."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from framework_coder.exchange.bundle import Bundle, Loss
from framework_coder.store.columns import Base
from framework_coder.store.journal import Step, Where
from framework_coder.store.packing import PackedText

MOST_KEPT = 40_000_000
"""Characters of new texts that stay in memory until their codings are stored."""


@dataclass
class Tally:
    """The step that is under way, the rows of each kind by key in the bundle, and the counts."""

    step: Step
    bundle: Bundle
    who: str
    rows: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    losses: list[Loss] = field(default_factory=list)
    stored: dict[int, PackedText] = field(default_factory=dict)
    kept: int = 0

    def keep(self, source: int, text: PackedText) -> None:
        """Keep a text that was just stored for its codings, while there is room."""
        self.kept += len(text.text)
        if self.kept <= MOST_KEPT:
            self.stored[source] = text

    def find(self, kind: str, key: str) -> Any:
        """Return the row of a key, or None; an empty key has none."""
        return self.rows[kind].get(key) if key else None

    def settle(
        self,
        kind: str,
        entity: type[Base],
        given: Iterable[tuple[str, Hashable, Mapping[str, Any]]],
        there: dict[Any, Any],
        about: Mapping[str, Where] | None = None,
    ) -> None:
        """Insert what is not there yet: key, what tells it from others, columns; note the row of each key."""
        wanted: dict[Hashable, tuple[Mapping[str, Any], list[str]]] = {}
        for key, mark, columns in given:
            if mark in there:
                self.rows[kind][key] = there[mark]
                self.known[kind] += 1
            elif mark in wanted:
                wanted[mark][1].append(key)
                self.known[kind] += 1
            else:
                wanted[mark] = (columns, [key])
        places = None if about is None else [about[keys[0]] for _, keys in wanted.values()]
        numbers = self.step.insert(entity, [columns for columns, _ in wanted.values()], about=places)
        for number, (_, keys) in zip(numbers, wanted.values(), strict=True):
            self.rows[kind].update(dict.fromkeys(keys, number))
            self.made[kind].append(keys[0])
        self.new[kind] += len(numbers)

    def lose(self, kind: str, sentence: str, count: int = 1) -> None:
        """Note what could not come in."""
        if count:
            self.losses.append(Loss(kind, count, sentence))

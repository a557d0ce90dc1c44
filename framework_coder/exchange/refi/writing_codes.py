"""Themes as codes, in a project and in a codebook of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from framework_coder.exchange.bundle import Bundle
from framework_coder.exchange.refi.names import Names
from framework_coder.exchange.refi.outgoing import Words
from framework_coder.exchange.refi.wording import MEMO, describe
from framework_coder.exchange.refi.writing_study import add, is_set


@dataclass(slots=True)
class CodeWriting:
    """The themes of a bundle, and the elements that they became."""

    bundle: Bundle
    words: Words
    guid: Callable[[str, str], str]
    elements: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: Bundle) -> "CodeWriting":
        """Return the writing of a bundle by itself."""
        return cls(bundle, Words(bundle), Names(bundle).of)

    def write(self, codes: Any) -> None:
        """Write the tree; a theme that only holds others is not codable."""
        book = self.bundle.codebook
        coded = {coding.theme for coding in self.bundle.codings}
        for theme in book:
            is_codable = theme.id in coded or not book.children(theme.id)
            code = add(
                self.elements[theme.parent] if theme.parent else codes,
                "Code",
                guid=self.guid("theme", theme.id),
                name=self.words.name(theme.label) or "Unnamed",
                isCodable="true" if is_codable else "false",
                color=theme.colour,
            )
            if said := describe(theme):
                add(code, "Description").text = self.words.clean(said)
            self.elements[theme.id] = code
        retired = sum(theme.is_retired for theme in book)
        if retired:
            told = "are retired here and look like any other code in other tools"
            self.bundle.lose("themes", told, retired)

    def lose_matching(self) -> None:
        """Tell that what proposes codings has no place in the format."""
        kept = sum(bool(t.rules.phrases or t.rules.patterns or t.aliases) for t in self.bundle.codebook)
        if kept:
            self.bundle.lose("themes", "have matching rules or aliases, which stayed behind", kept)

    def append_memos(self) -> None:
        """Add memos on themes to the descriptions, the only place that a codebook has for them."""
        count = 0
        for memo in self.bundle.memos:
            for target in memo.targets:
                if target.theme and not target.site and not is_set(memo):
                    self._append(self.elements[target.theme], f"{MEMO}{memo.title}\n{memo.text}")
                    count += 1
        if count:
            told = "on themes were added to their descriptions, without author and date"
            self.bundle.lose("memos", told, count)

    def _append(self, code: Any, said: str) -> None:
        description = code.find("Description")
        if description is None:
            description = add(code, "Description")
            code.insert(0, description)
        description.text = "\n\n".join(filter(None, (description.text, self.words.clean(said))))

    def write_sets(self, root: Any) -> None:
        """Write groups of themes that another tool made."""
        groups = [memo for memo in self.bundle.memos if is_set(memo)]
        groups = [memo for memo in groups if any(target.theme for target in memo.targets)]
        if not groups:
            return
        wrapper = add(root, "Sets")
        for memo in groups:
            name = self.words.name(memo.title) or "Unnamed"
            each = add(wrapper, "Set", guid=self.guid("memo", memo.key), name=name)
            add(each, "Description").text = self.words.clean(memo.text)
            for target in memo.targets:
                if target.theme:
                    add(each, "MemberCode", guid=self.guid("theme", target.theme))

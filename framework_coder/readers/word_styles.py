"""What a Word document's styles and lists say of a paragraph: heading level, list level or caption."""

import re
from dataclasses import dataclass
from typing import Any

from framework_coder.model.sources import BlockKind
from framework_coder.readers.word_names import VAL, first_child, is_on, value, w, whole_number

_HEADING_NAME = re.compile(r"heading ([1-9])$")
_STYLE_START, _STYLE_END = b"<w:style ", b"</w:style>"
_BODY_LEVEL = 9
_MOST_ANCESTORS = 20
"""A style inherits through a chain; one that runs in a circle ends here."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is by its style: its kind, its level (from 1) and whether it carries a list number."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    is_numbered: bool = False


_BODY = Role()


class Styles:
    """The styles and lists of one document; both parts may be missing."""

    def __init__(self, styles: Any | None, numbering: Any | None) -> None:
        found = styles.findall(w("style")) if styles is not None else []
        self._styles = {str(style.get(w("styleId"))): style for style in found}
        self._default = next(
            (name for name, style in self._styles.items() if _is_default_paragraph(style)), ""
        )
        self._numbered = _numbered_lists(numbering)
        self._roles: dict[str, Role] = {}
        self._hidden: dict[str, bool] = {}

    def role(self, properties: Any | None) -> Role:
        """Return the role of a paragraph from its `w:pPr`."""
        if properties is None:
            return self._style_role(self._default)
        style_role = self._style_role(value(properties, "pStyle") or self._default)
        outline = value(properties, "outlineLvl")
        if outline is not None:
            level = whole_number(outline, _BODY_LEVEL)
            return Role(BlockKind.HEADING, level + 1) if level < _BODY_LEVEL else _BODY
        numbers = first_child(properties, w("numPr"))
        if numbers is None or style_role.kind is BlockKind.HEADING:
            return style_role
        return self._list_role(numbers)

    def hides(self, style: str) -> bool:
        """Whether runs of this character style are hidden text."""
        if style not in self._hidden:
            self._hidden[style] = any(
                is_on(ancestor.find(w("rPr")), "vanish")
                for ancestor in self._chain(style)
                if ancestor.find(w("rPr")) is not None
            )
        return self._hidden[style]

    def language(self) -> str:
        """Return the language of the document's default style, or an empty string."""
        for style in self._styles.values():
            tree = style.getroottree()
            language = tree.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
            return "" if language is None else str(language.get(VAL, ""))
        return ""

    def _style_role(self, style: str) -> Role:
        """Return the role that a paragraph style gives, remembered."""
        if style not in self._roles:
            self._roles[style] = self._work_out_role(style)
        return self._roles[style]

    def _work_out_role(self, style: str) -> Role:
        """Go up the chain of styles: outline level first, then well-known names, then lists."""
        chain = self._chain(style)
        names = [str(value(ancestor, "name") or "").lower() for ancestor in chain]
        for ancestor, name in zip(chain, names, strict=True):
            outline = value(ancestor, "pPr", "outlineLvl")
            if outline is not None:
                level = whole_number(outline, _BODY_LEVEL)
                return Role(BlockKind.HEADING, level + 1) if level < _BODY_LEVEL else _BODY
            heading = _HEADING_NAME.match(name)
            if heading:
                return Role(BlockKind.HEADING, int(heading[1]))
        if "title" in names:
            return Role(BlockKind.HEADING, 1)
        if "caption" in names:
            return Role(BlockKind.CAPTION)
        if any(name.startswith("toc ") for name in names):
            return Role(BlockKind.NAVIGATION)
        lists = [ancestor.find(f"{w('pPr')}/{w('numPr')}") for ancestor in chain]
        numbers = next((item for item in lists if item is not None), None)
        return _BODY if numbers is None else self._list_role(numbers)

    def _list_role(self, numbers: Any) -> Role:
        """Return the role that a `w:numPr` gives; list 0 takes a paragraph out of its list."""
        number = value(numbers, "numId")
        if number == "0":
            return _BODY
        level = whole_number(value(numbers, "ilvl"))
        return Role(BlockKind.LIST_ITEM, level + 1, (str(number), level) in self._numbered)

    def _chain(self, style: str) -> list[Any]:
        """Return a style and those it is based on."""
        chain: list[Any] = []
        while style in self._styles and len(chain) < _MOST_ANCESTORS:
            chain.append(self._styles[style])
            style = value(chain[-1], "basedOn") or ""
        return chain


def without_table_styles(content: bytes) -> bytes:
    """Return the styles part without its table styles, which are most of it and say nothing of paragraphs."""
    styles = content.split(_STYLE_END)
    for number, style in enumerate(styles):
        start = style.find(_STYLE_START)
        if start >= 0 and b'w:type="table"' in style[start : style.find(b">", start)]:
            styles[number] = style[:start] + b"<w:style>"
    return _STYLE_END.join(styles)


def _is_default_paragraph(style: Any) -> bool:
    """Whether paragraphs that name no style have this one."""
    return style.get(w("default")) in {"1", "true", "on"} and style.get(w("type")) == "paragraph"


def _numbered_lists(numbering: Any | None) -> set[tuple[str, int]]:
    """Return the list and level of every list that counts (bullets do not)."""
    if numbering is None:
        return set()
    counting: dict[str, set[int]] = {}
    for definition in numbering.findall(w("abstractNum")):
        counting[str(definition.get(w("abstractNumId")))] = {
            whole_number(level.get(w("ilvl")))
            for level in definition.findall(w("lvl"))
            if value(level, "numFmt") not in {"bullet", "none", None}
        }
    return {
        (str(number.get(w("numId"))), level)
        for number in numbering.findall(w("num"))
        for level in counting.get(str(value(number, "abstractNumId")), ())
    }

"""Which elements of a web page are blocks, which are never text, and which stand beside the main text."""

import re
from typing import TypeAlias

from framework_coder.model.sources import BlockKind

Attributes: TypeAlias = dict[str, str | None]

NEVER_TEXT = frozenset({"script", "style", "template", "head", "title", "meta", "link", "datalist"})
NOT_TEXT = {
    "noscript": "scriptless",
    "noframes": "scriptless",  # where there are frames, its inside is not even parsed
    "frame": "embedded",
    "applet": "embedded",
    "iframe": "embedded",
    "object": "embedded",
    "embed": "embedded",
    "video": "embedded",
    "audio": "embedded",
    "canvas": "embedded",
    "svg": "pictures",
}
"""Elements left out and counted, with the code of the warning."""
_BLOCK_NAMES = """
address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption
figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol
optgroup option p pre search section summary table caption tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
APART = frozenset({"a", "label"})
"""Inline elements that a space keeps from the one before: two links side by side are two words."""

_ROLES = {
    "navigation": BlockKind.NAVIGATION,
    "menu": BlockKind.NAVIGATION,
    "menubar": BlockKind.NAVIGATION,
    "search": BlockKind.NAVIGATION,
    "alertdialog": BlockKind.NAVIGATION,
    "complementary": BlockKind.NAVIGATION,
    "banner": BlockKind.HEADER,
    "contentinfo": BlockKind.FOOTER,
}
_TAGS = {
    "nav": BlockKind.NAVIGATION,
    "aside": BlockKind.NAVIGATION,
    "search": BlockKind.NAVIGATION,
    "header": BlockKind.HEADER,
    "footer": BlockKind.FOOTER,
}
_WORDS = (
    (
        re.compile(r"cookie|consent-?banner|gdpr|breadcrumb|skip-?(link|to)|pagination", re.IGNORECASE),
        BlockKind.NAVIGATION,
    ),
    (
        re.compile(
            r"((main|site|top|primary|secondary|mobile|side|footer|header|page)[-_]?)?(nav|navbar|navigation|menu)",
            re.IGNORECASE,
        ),
        BlockKind.NAVIGATION,
    ),
    (
        re.compile(r"(social|share)([-_](links?|buttons?|icons?|media))?|sidebar", re.IGNORECASE),
        BlockKind.NAVIGATION,
    ),
    (re.compile(r"(site|page|global|main)?[-_]?footer|colophon", re.IGNORECASE), BlockKind.FOOTER),
    (re.compile(r"(site|page|global)[-_]?header|masthead|header", re.IGNORECASE), BlockKind.HEADER),
)
_BOXES = frozenset({"div", "section", "ul", "ol", "p", "table", "td", "form", "span", "dialog"})
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def region(tag: str, attributes: Attributes, *, in_content: bool) -> tuple[BlockKind | None, bool]:
    """Return what part of the page an element opens, and whether it says so itself (else names hint at it).

    `in_content` is whether it stands inside the main text, where a header or footer is an article's own.
    """
    role = (attributes.get("role") or "").lower()
    if role in _ROLES:
        return _ROLES[role], True
    if tag in _TAGS:
        return (None, True) if in_content and tag in {"header", "footer"} else (_TAGS[tag], True)
    if tag in _BOXES:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
        for name in names:
            for pattern, kind in _WORDS:
                found = pattern.match(name)
                is_cookie = found is not None and pattern is _WORDS[0][0]
                if found is not None and (is_cookie or found.end() == len(name)):
                    return (None, False) if in_content and kind is not BlockKind.NAVIGATION else (kind, False)
    return None, False


def opens_content(tag: str, attributes: Attributes) -> bool:
    """Whether an element holds the main text by its own word."""
    return tag in {"main", "article"} or (attributes.get("role") or "").lower() in {"main", "article"}


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element does not show when the page opens."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style))

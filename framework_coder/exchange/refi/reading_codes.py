"""Users and codes of a REFI-QDA project or codebook: coders and themes."""

from typing import Any

from framework_coder.exchange.bundle import BundledMemo, BundledTarget
from framework_coder.exchange.refi.study import Reading
from framework_coder.exchange.refi.wording import MEMO, ORIGIN, fold, make_id, read_colour, read_rules
from framework_coder.model.codebook import Codebook, Theme

_WRAPPERS = {"nodes", "codes", "code system"}
_NO = {"false", "0"}


def read_users(reading: Reading) -> None:
    """Take over the coders; equal names are one coder."""
    for user in reading.root.iterfind("Users/User"):
        guid = fold(user.get("guid", ""))
        name = " ".join((user.get("name") or user.get("id") or "").split())
        if not name:
            name = f"Coder {len(reading.coders) + 1}"
            reading.assume("users without a name")
        if guid:
            reading.coders[guid] = name
            reading.bundle.guids.setdefault(("coder", name), guid)
    reading.bundle.coders = list(dict.fromkeys(reading.coders.values()))


def read_codes(reading: Reading, top: Any) -> None:
    """Take over the tree of codes below an element, and settle the codebook."""
    walk = _Walk(reading)
    for code in top if top is not None else ():
        if code.tag == "Code":
            walk.enter(code, None)
    reading.bundle.codebook = Codebook(tuple(walk.themes.values()), walk.name)


def add_unknown_code(reading: Reading, guid: str) -> str:
    """Add a theme for a code that is used and not there, so that its codings are kept; return its id."""
    book = reading.bundle.codebook
    number = 1 + sum(theme.label.startswith("Unknown code ") for theme in book)
    theme = Theme(make_id(f"unknown code {number}", None, {t.id: t for t in book}), f"Unknown code {number}")
    reading.bundle.codebook = Codebook((*book.themes, theme), book.name)
    reading.codes[guid] = theme.id
    reading.assume("codes that are used and not declared")
    return theme.id


class _Walk:
    """Goes through the tree, parents before children."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.themes: dict[str, Theme] = {}
        self.name = ""

    def enter(self, code: Any, parent: str | None) -> None:
        """Take over a code and all below it."""
        is_header = (code.get("isCodable") or "").strip().lower() in _NO
        if is_header and parent is None and self._is_wrapper(code):
            self._each_child(code, None)
            return
        theme = self._read(code, parent)
        self.themes[theme.id] = theme
        self._each_child(code, theme.id)

    def _each_child(self, code: Any, parent: str | None) -> None:
        for child in code:
            if child.tag == "Code":
                self.enter(child, parent)

    def _is_wrapper(self, code: Any) -> bool:
        is_one = (code.get("name") or "").strip().lower() in _WRAPPERS
        if is_one and not self._reading.options.get("drop_wrapper"):
            self._reading.bundle.choices.append(
                f"The code “{code.get('name')}” only holds the others; --set drop-wrapper=yes leaves it out."
            )
        return is_one and bool(self._reading.options.get("drop_wrapper"))

    def _read(self, code: Any, parent: str | None) -> Theme:
        reading = self._reading
        label = " ".join((code.get("name") or "").split())
        if not label:
            reading.assume("codes without a name")
            label = "Unnamed code"
        if code.get("isCodable") is None:
            reading.assume("codes that do not say whether they are codable")
        theme = Theme(make_id(label, parent, self.themes), label, parent, colour=self._colour(code))
        key = reading.key_of(code, "code", is_noted=False)
        reading.codes[key] = theme.id
        if "#" not in key:
            reading.bundle.guids["theme", theme.id] = key
        rules, *memos = self._split(code.findtext("Description") or "")
        for memo in memos:
            title, _, text = memo.partition("\n")
            key = f"code {theme.id} {len(reading.bundle.memos)}"
            reading.bundle.memos.append(
                BundledMemo(key, title, text, targets=[BundledTarget(theme=theme.id)])
            )
        return read_rules(rules, theme)

    def _split(self, description: str) -> list[str]:
        """Return the rules, and the memos that we put after them in a codebook."""
        if not self._reading.bundle.origin.startswith(ORIGIN):
            return [description]
        return f"\n\n{description}".split(f"\n\n{MEMO}") if MEMO in description else [description]

    def _colour(self, code: Any) -> str:
        given = code.get("color") or ""
        if not given:
            self._reading.assume("codes without a colour")
        colour = read_colour(given)
        if colour is None:
            self._reading.bundle.lose("colours", "are written in a way that is not known, and were left out")
        return colour or ""

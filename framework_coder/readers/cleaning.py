"""Bring text to one form (NFC, line feeds, plain spaces) and count what was taken out of it.

- CR LF, CR, vertical tab, form feed, NEL and the Unicode line and paragraph separators become a line feed.
- A tab and every other kind of space (no-break, thin, ideographic …) become a plain space, one for one, so
  that a search for "Dr Shah" finds it however it was typed. Runs of spaces are kept.
- Control characters become a space, so that the words beside them are not glued. Soft hyphens, zero-width
  spaces, byte order marks and direction marks are removed. Lone surrogates and code points that can never
  be characters become U+FFFD. Each of these is counted, and reported by `Cleaning.warnings`.
- Zero-width joiners and non-joiners stay: emoji, Persian and Indic scripts are spelt with them.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from unicodedata import is_normalized, normalize

from framework_coder.model.sources import ReadWarning

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD = re.compile(
    "(?P<control_characters>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f])"
    "|(?P<soft_hyphens>\xad)"
    "|(?P<invisible_characters>[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb])"
    "|(?P<damaged_characters>[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff])"
)
_TO_CLEAN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Every character that the expressions above match: one quick look tells most texts clean."""
_REPLACEMENTS = {"control_characters": " ", "damaged_characters": "\ufffd"}
_SENTENCES = {
    "control_characters": "Control characters were read as spaces.",
    "soft_hyphens": "Soft (invisible) hyphens were removed.",
    "invisible_characters": "Invisible characters (zero-width spaces, direction marks) were removed.",
    "damaged_characters": "Damaged characters were replaced by \ufffd.",
}


@dataclass(slots=True)
class Cleaning:
    """Cleans the texts of one source and keeps count of what it took out."""

    counts: Counter[str] = field(default_factory=Counter)

    def clean(self, text: str) -> str:
        """Return `text` in its one form; cleaning a second time changes nothing."""
        if text.isascii() and text.isprintable():
            return text
        if _TO_CLEAN.search(text):
            text = _ODD.sub(self._replace, text)
            text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
        return text if is_normalized("NFC", text) else normalize("NFC", text)

    def warnings(self) -> tuple[ReadWarning, ...]:
        """Return one warning for each sort of character that was taken out or replaced."""
        return tuple(ReadWarning(code, _SENTENCES[code], self.counts[code]) for code in sorted(self.counts))

    def _replace(self, found: re.Match[str]) -> str:
        """Count one odd character and return what stands for it."""
        code = str(found.lastgroup)
        self.counts[code] += 1
        return _REPLACEMENTS.get(code, "")


def cleaned_length(text: str) -> int:
    """Return how many characters `text` has once cleaned, to carry an offset over into the cleaned text."""
    return len(Cleaning().clean(text))

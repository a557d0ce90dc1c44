"""Bytes to text: byte order mark, then UTF-8, then what the file declares, then the likeliest guess."""

import codecs
import re
from dataclasses import dataclass

from framework_coder.model.sources import ReadWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STATEFUL = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
_WESTERN = re.compile(r"(iso-?8859-?1|latin-?1|us-?ascii|ascii|cp-?1252|windows-?1252)$", re.IGNORECASE)
_MOST_ODD = 0.15
"""A text with fewer bytes above ASCII than this, and no declaration, is taken for Western European."""
_SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read with, and warnings where that is unsure."""

    text: str
    encoding: str
    warnings: tuple[ReadWarning, ...] = ()


def decode(content: bytes, declared: str = "") -> Decoded:
    """Return the text of `content`; `declared` is the encoding that the file says it has, if it says one.

    Latin-1 and ASCII mean Windows-1252, as in browsers. Undecodable bytes become U+FFFD, counted.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decode_leniently(content[len(mark) :], name)
    if declared and _STATEFUL.match(declared):
        found = _try(content, declared)
        if found is not None:
            return Decoded(found, declared)
    wide = _wide_encoding(content)
    if wide:
        return _decode_leniently(content, wide)
    text = _try(content, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", _differs(content, declared))
    return _decode_bytes(content, "cp1252" if _WESTERN.match(declared) else declared)


def _decode_bytes(content: bytes, declared: str) -> Decoded:
    """Decode what is neither marked nor UTF-8: as declared, else as Windows-1252, else by a guess."""
    if declared and not _is_utf8(declared):
        text = _try(content, declared)
        if text is not None:
            return Decoded(text, declared)
    guessed = "cp1252" if _is_mostly_ascii(content) else _guess(content)
    found = _decode_leniently(content, guessed)
    sentence = (
        f"The file does not say its encoding rightly; it was read as {guessed}. Check accents and quotes."
    )
    return Decoded(found.text, guessed, (ReadWarning("encoding_guessed", sentence), *found.warnings))


def _decode_leniently(content: bytes, name: str) -> Decoded:
    """Decode, each undecodable byte replaced and counted."""
    text = content.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text, name)
    warning = ReadWarning(
        "damaged_characters", f"Bytes that are no {name} text were replaced by \ufffd.", lost
    )
    return Decoded(text, name, (warning,))


def _try(content: bytes, name: str) -> str | None:
    """Return the text if every byte fits the encoding and Python knows it."""
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _is_utf8(name: str) -> bool:
    """Whether a declared name means UTF-8."""
    return name.lower().replace("-", "").replace("_", "") in {"utf8", "unicode11utf8"}


def _differs(content: bytes, declared: str) -> tuple[ReadWarning, ...]:
    """Warn where a file that declares something else is UTF-8 beyond doubt."""
    if not declared or _is_utf8(declared) or content.isascii():
        return ()
    return (ReadWarning("encoding_differs", f"The file declares {declared} but is UTF-8, and was read so."),)


def _wide_encoding(content: bytes) -> str:
    """Return the two-byte encoding of unmarked text, told by where its zero bytes are, or nothing."""
    head = content[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) * 0.2:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_ascii(content: bytes) -> bool:
    """Whether few bytes are above ASCII and all of them mean something in Windows-1252."""
    odd = len(content) - len(content.decode("ascii", errors="ignore"))
    return odd < len(content) * _MOST_ODD and _try(content, "cp1252") is not None


def _guess(content: bytes) -> str:
    """Return the likeliest encoding by letter statistics."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"

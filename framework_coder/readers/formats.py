"""Which format a file really has: by its content first, by its suffix where the content leaves it open."""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from framework_coder.readers.refusals import EncryptedFileError, UnsupportedFileError

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "word",
        ".docm": "word",
        ".dotx": "word",
        ".dotm": "word",
        ".pdf": "pdf",
        ".html": "webpage",
        ".htm": "webpage",
        ".xhtml": "webpage",
        ".mht": "web archive",
        ".mhtml": "web archive",
        ".txt": "plain text",
        ".text": "plain text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".csv": "csv",
        ".tsv": "csv",
        ".xlsx": "spreadsheet",
        ".xlsm": "spreadsheet",
        ".xlsb": "spreadsheet",
        ".xls": "spreadsheet",
        ".ods": "spreadsheet",
    }
)
"""The suffixes that are read, in lower case, and the format that each promises."""

TEXT_FORMATS = frozenset({"webpage", "web archive", "plain text", "markdown", "csv"})

_SAVE_AS_DOCX = "open it in Word or LibreOffice and save it as .docx"
_SAVE_AS_PDF = "open it and save it as .pdf"
_PRINT_MAIL = "open it in a mail program and print it to .pdf, or save its text as .txt"
_TYPE_OUT = "run text recognition on it and save the result as .pdf, or type out what it says as .txt"
_TRANSCRIBE = "import its transcript as .docx or .txt"
_UNPACK = "unpack it and import the files inside"


@dataclass(frozen=True, slots=True)
class Unread:
    """A type that is known and not read: what to call it, and what to do."""

    what: str
    advice: str


_UNREAD_SUFFIXES = {
    ".doc": Unread("an old Word document (.doc)", _SAVE_AS_DOCX),
    ".odt": Unread("an OpenDocument text (.odt)", _SAVE_AS_DOCX),
    ".rtf": Unread("a rich text file (.rtf)", _SAVE_AS_DOCX),
    ".pages": Unread("a Pages document", "open it in Pages and export it as .docx"),
    ".eml": Unread("an e-mail (.eml)", _PRINT_MAIL),
    ".msg": Unread("an Outlook message (.msg)", _PRINT_MAIL),
    ".ppt": Unread("a presentation", _SAVE_AS_PDF),
    ".pptx": Unread("a presentation", _SAVE_AS_PDF),
    ".odp": Unread("a presentation", _SAVE_AS_PDF),
}

_MAGIC: tuple[tuple[bytes, Unread], ...] = (
    (b"{\\rtf", _UNREAD_SUFFIXES[".rtf"]),
    (b"\x89PNG", Unread("an image", _TYPE_OUT)),
    (b"\xff\xd8\xff", Unread("an image", _TYPE_OUT)),
    (b"GIF8", Unread("an image", _TYPE_OUT)),
    (b"II*\x00", Unread("an image", _TYPE_OUT)),
    (b"MM\x00*", Unread("an image", _TYPE_OUT)),
    (b"ID3", Unread("a recording", _TRANSCRIBE)),
    (b"OggS", Unread("a recording", _TRANSCRIBE)),
    (b"fLaC", Unread("a recording", _TRANSCRIBE)),
    (b"\x1f\x8b", Unread("a compressed archive", _UNPACK)),
    (b"7z\xbc\xaf", Unread("a compressed archive", _UNPACK)),
    (b"Rar!", Unread("a compressed archive", _UNPACK)),
    (b"%!PS", Unread("a PostScript file", "convert it to .pdf")),
)
_RIFF = {b"WAVE": Unread("a recording", _TRANSCRIBE), b"WEBP": Unread("an image", _TYPE_OUT)}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OLE_STREAMS = (("WordDocument", ".doc"), ("PowerPoint Document", ".ppt"), ("__substg1.0", ".msg"))
_HTML = re.compile(rb"(?is)\s*(<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(!doctype\s+html|html|head|body)\b")
_MIME = re.compile(rb"(?im)^content-type:\s*multipart/related")


def recognise(path: Path, content: bytes) -> str:
    """Return the format of `content`, a value of `SUFFIXES`.

    Raises `UnsupportedFileError` or `EncryptedFileError` where it is of a type that is not read.
    """
    suffix = path.suffix.lower()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(path, content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _recognise_ole(path, content)
    unread = _known_magic(content) or _UNREAD_SUFFIXES.get(suffix)
    if unread is not None:
        raise UnsupportedFileError(path, unread.what, unread.advice)
    return _recognise_text(path, suffix, content)


def _known_magic(content: bytes) -> Unread | None:
    """Return the unread type that the first bytes name, if they do."""
    for magic, unread in _MAGIC:
        if content.startswith(magic):
            return unread
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        is_image = content[8:12] in {b"heic", b"mif1", b"avif", b"heix"}
        return Unread("an image", _TYPE_OUT) if is_image else Unread("a recording", _TRANSCRIBE)
    if content.startswith(b"BM" + struct.pack("<I", len(content) % 2**32)):
        return Unread("an image", _TYPE_OUT)
    return None


def _recognise_zip(path: Path, content: bytes) -> str:
    """Tell the office formats apart by the names in the container; the bytes of names are plain in a zip."""
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:256]:
        return "spreadsheet"
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:256]:
        unread = _UNREAD_SUFFIXES[".odp" if b"presentation" in content[:256] else ".odt"]
        raise UnsupportedFileError(path, unread.what, unread.advice)
    for folder, name in ((b"word/", "word"), (b"xl/", "spreadsheet")):
        if folder in content:
            return name
    if b"ppt/" in content:
        unread = _UNREAD_SUFFIXES[".pptx"]
        raise UnsupportedFileError(path, unread.what, unread.advice)
    if SUFFIXES.get(path.suffix.lower()) in {"word", "spreadsheet"}:
        return SUFFIXES[path.suffix.lower()]
    unread = _UNREAD_SUFFIXES.get(path.suffix.lower(), Unread("a compressed archive", _UNPACK))
    raise UnsupportedFileError(path, unread.what, unread.advice)


def _recognise_ole(path: Path, content: bytes) -> str:
    """Tell the old office formats apart by the names of their streams."""
    if _has_stream(content, "EncryptedPackage"):
        raise EncryptedFileError(path, "Word or Excel")
    is_book = _has_stream(content, "Workbook") or _has_stream(content, "Book")
    # Either kind may hold the other as an embedded object; then the suffix is the better witness.
    if is_book and (path.suffix.lower() == ".xls" or not _has_stream(content, "WordDocument")):
        return "spreadsheet"
    for stream, suffix in (
        ("WordDocument", ".doc"),
        ("PowerPoint Document", ".ppt"),
        ("__substg1.0", ".msg"),
    ):
        if _has_stream(content, stream):
            unread = _UNREAD_SUFFIXES[suffix]
            raise UnsupportedFileError(path, unread.what, unread.advice)
    unread = _UNREAD_SUFFIXES[".doc"]
    raise UnsupportedFileError(path, "an old office file", unread.advice)


def _has_stream(content: bytes, name: str) -> bool:
    """Whether the compound file names a stream so (names end in a zero), or with a number behind."""
    end = "" if name.startswith("__") else "\0"
    return (name + end).encode("utf-16-le") in content


def _recognise_text(path: Path, suffix: str, content: bytes) -> str:
    """Return the text format, or refuse what is not text at all."""
    head = content[:4096]
    if b"\x00" in content[:65536] and not content.startswith(_BOMS) and not _is_wide_text(head):
        raise UnsupportedFileError(
            path, "a binary file of an unknown type", "save it as .docx, .pdf, .xlsx or .txt"
        )
    if _HTML.match(head.removeprefix(_BOMS[0])):
        return "webpage"
    if _MIME.search(head) and suffix not in {".txt", ".md"}:
        return "web archive"
    promised = SUFFIXES.get(suffix, "plain text")
    return promised if promised in TEXT_FORMATS else "plain text"


def _is_wide_text(head: bytes) -> bool:
    """Whether these look like the two-byte characters of a text: zero in nearly every other place only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    return most > len(head) * 0.2 and least < most * 0.1

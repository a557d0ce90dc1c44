"""Sources of a REFI-QDA project: their texts as given, and how positions in them count."""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from framework_coder.errors import BadInputError
from framework_coder.exchange.bundle import BundledSource
from framework_coder.exchange.refi.offsets import (
    POOR,
    CountedText,
    Detection,
    Mark,
    Newlines,
    Unit,
    decode,
)
from framework_coder.exchange.refi.study import GivenPassage, Reading, ReadSource, shorten
from framework_coder.model.sources import Block, BlockKind, Locator, Metadata, SourceText

READER, VERSION = "refi", "1"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = "kept for a REFI-QDA export"
_PASSAGE = "PlainTextSelection"
_MEDIA = {"PictureSource": "pictures", "AudioSource": "audio recordings", "VideoSource": "videos"}
_OF_MEDIA = ("PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")


class BadConventionError(BadInputError):
    """An option that names no way of counting."""

    def __init__(self, option: str, given: str, known: type[Unit] | type[Newlines]) -> None:
        super().__init__(f"--{option} {given}: say {' or '.join(known)}.")


def read_sources(reading: Reading) -> None:
    """Find the sources with a text, and settle how positions count."""
    skipped: dict[str, list[str]] = {}
    for element in reading.root.iterfind("Sources/*"):
        if element.tag in _MEDIA:
            reading.left.append(element)
            skipped.setdefault(_MEDIA[element.tag], []).append(element.get("name") or "unnamed")
            coded = sum(len(part.findall("Coding")) for part in element.iter(*_OF_MEDIA))
            if coded:
                reading.bundle.lose("codings", "are on pictures or recordings, which are not imported", coded)
        elif element.tag in {"TextSource", "PDFSource"}:
            _read_source(reading, element)
    for kind, names in skipped.items():
        reading.bundle.lose(kind, f"are not imported, only {KEPT}: {shorten(names)}", len(names))
    _settle_convention(reading)


def _read_source(reading: Reading, element: Any) -> None:
    key = reading.key_of(element, "source")
    name = " ".join((element.get("name") or "").split())
    if not name:
        reading.assume("sources without a name")
        name = f"Source {len(reading.sources) + 1}"
    text_element = element if element.tag == "TextSource" else element.find("Representation")
    load_content = None if text_element is None else find_text(reading, text_element)
    if load_content is None:
        reading.left.append(element)
        reading.bundle.lose("sources", f"have no text in the file and did not come in: {name}")
        lost = 0 if text_element is None else sum(1 for _ in text_element.iter("Coding"))
        if lost:
            reading.bundle.lose("codings", "are on sources whose text is not in the file", lost)
        return
    original = _find_original(reading, element, name)
    passages = [GivenPassage(each, read_span(each)) for each in text_element.iterchildren(_PASSAGE)]
    given = GivenText(reading, load_content)
    reading.sources[key] = ReadSource(
        key, name, element, text_element, given.count, given.read, original, passages=passages
    )


class GivenText:
    """A text of the file: unpacked once and kept while there is room, since it is asked for several times."""

    def __init__(self, reading: Reading, load: Callable[[], bytes]) -> None:
        self._reading, self._load = reading, load
        self._kept: CountedText | None = None
        self._is_plain = False

    def count(self) -> CountedText:
        """Return the text as positions count in it."""
        if self._kept is not None:
            return self._kept
        content = self._load()
        found = CountedText(decode(content)[0])
        if len(found.raw) <= self._reading.room:
            self._reading.room -= len(found.raw)
            self._kept, self._is_plain = found, found.raw.encode() == content
        return found

    def read(self) -> bytes:
        """Return its bytes as they are in the file."""
        return self._kept.raw.encode() if self._kept is not None and self._is_plain else self._load()


def find_text(reading: Reading, element: Any) -> Callable[[], bytes] | None:
    """Return what loads the text of a source or note: from its file, else from the project file itself."""
    inline = element.findtext("PlainTextContent")
    paths = [element.get("plainTextPath") or ""]
    if not paths[0] and inline is None and (element.get("richTextPath") or "").lower().endswith(".txt"):
        paths = [element.get("richTextPath")]
    found = reading.container.find(paths[0]) if paths[0] and reading.container else None
    if found is not None and reading.container is not None:
        if inline is not None:
            reading.assume("texts that stand twice, of which the file was taken")
        return partial(reading.container.read_text, found)
    if inline is not None:
        return partial(str.encode, inline)
    return None


def _find_original(reading: Reading, element: Any, name: str) -> str | None:
    """Return the entry of the file that the text was made from, if it came along."""
    path = element.get("path") if element.tag == "PDFSource" else element.get("richTextPath")
    if not path or reading.container is None:
        return None
    suffix = ".pdf" if element.tag == "PDFSource" else ".docx"
    found = reading.container.find(path)
    if found is None:
        said = "originals are not in the file, so that the texts stand for them"
        reading.bundle.lose("files", f"of {said}: {name}")
    elif not found.endswith(suffix):
        return None
    return found


def _settle_convention(reading: Reading) -> None:
    """Find out how positions count, and tell it."""
    unit, newlines = (str(reading.options.get(name) or "").lower() for name in ("offsets", "newlines"))
    if unit and unit not in set(Unit):
        raise BadConventionError("offsets", unit, Unit)
    if newlines and newlines not in set(Newlines):
        raise BadConventionError("newlines", newlines, Newlines)
    detection = Detection()
    for source in reading.sources.values():
        counted = source.load()
        detection.add(counted, _marks(source.passages))
        source.length = len(counted.text)
        bad = decode(source.content())[1] if "\ufffd" in counted.text else []
        if bad:
            where = f"{source.name}, from byte {bad[0]} on"
            reading.bundle.lose("bytes", f"are not UTF-8 and became \ufffd: {where}", len(bad))
    found = detection.choose(unit, newlines)
    reading.convention = found.convention
    how = "as asked" if unit or newlines else "found from the texts"
    if found.is_needed:
        said = f"Positions count {found.convention} ({how}; score {found.score:.3f})."
    else:
        said = f"Positions mean the same in every way of counting (score {found.score:.3f})."
    reading.bundle.choices.append(said)
    if found.score < POOR:
        told = "score only so, that many passages begin or end inside words; try --offsets and --newlines"
        reading.bundle.lose("positions", f"{told} ({found.score:.3f})")


def _marks(passages: Iterable[GivenPassage]) -> list[Mark]:
    return [Mark(*span, element.get("name") or "") for element, span in passages if span is not None]


def read_span(selection: Any) -> tuple[int, int] | None:
    """Return the positions of a selection as given, or None where they are no numbers."""
    try:
        return int(selection.get("startPosition")), int(selection.get("endPosition"))
    except (TypeError, ValueError):
        return None


def bundle_source(reading: Reading, source: ReadSource) -> BundledSource:
    """Return a source of the bundle; text and original are read when they are asked for."""
    suffix = ".txt" if source.original is None else f".{source.original.rpartition('.')[2]}"
    media = {".txt": "text/plain", ".pdf": "application/pdf", ".docx": _DOCX}[suffix]
    original = source.content
    if source.original is not None and reading.container is not None:
        original = partial(reading.container.read, source.original)
    stem = PurePosixPath(source.name.replace("\\", "/")).name
    is_named = stem.lower().endswith(suffix)
    return BundledSource(
        key=source.key,
        title=source.name,
        load=partial(_load, source, original, media),
        original=original,
        file_name=stem if is_named else f"{stem}{suffix}",
        media_type=media,
        sites=tuple(reading.members.get(source.key, ())),
    )


def _load(source: ReadSource, original: Callable[[], bytes], media: str) -> SourceText:
    text = source.load().text
    return SourceText(
        text=text,
        blocks=find_paragraphs(text),
        sha256=hashlib.sha256(original()).hexdigest(),
        media_type=media,
        reader=READER,
        reader_version=VERSION,
        metadata=Metadata(title=source.name),
    )


def find_paragraphs(text: str) -> tuple[Block, ...]:
    """Return each line that is not blank as a paragraph; every other character is white space."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            first = start + len(line) - len(line.lstrip())
            place = Locator(paragraph=len(blocks) + 1)
            blocks.append(Block(first, first + len(stripped), BlockKind.PARAGRAPH, place))
        start += len(line) + 1
    return tuple(blocks)

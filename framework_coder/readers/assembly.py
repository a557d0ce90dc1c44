"""Put a source together from its blocks: every reader hands its texts to a `TextAssembly`, in reading order.

    assembly = TextAssembly()
    assembly.add("Set-up", BlockKind.HEADING, level=1)
    assembly.add("The clinic opened in 2004.", locator=Locator(page=1))
    question = assembly.add("Who pays?", BlockKind.QUESTION)
    assembly.add("The practice.", BlockKind.ANSWER, answers=question)
    source = assembly.finish(content, "application/pdf", "pdf 1", metadata)

`add` cleans the text (`cleaning.py`), strips white space at its ends, puts a line feed between two blocks
and returns the block's ordinal, or None where nothing was left. It completes the locator: `paragraph` is
counted (within the page where the locator has one, else within the document; not for marginal kinds), and
`headings` is the path of the headings above it (not for marginal kinds), unless the locator brings its
own. A reader of paged files sets `assembly.pages` before it finishes.
Offsets are therefore right by construction: `text[block.start:block.end]` is the cleaned text.
"""

from collections import Counter
from hashlib import sha256

from framework_coder.model.sources import (
    MARGINAL,
    Block,
    BlockKind,
    Comment,
    Locator,
    Metadata,
    Page,
    ReadWarning,
    SourceText,
)
from framework_coder.readers.cleaning import Cleaning
from framework_coder.readers.refusals import OvergrownTextError

SEPARATOR = "\n"
"""What stands between two blocks."""

MOST_BLOCKS = 1_000_000
"""A source with more blocks is refused."""

_NOWHERE = Locator()


class TextAssembly:
    """The text and the blocks of one source, growing in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.warnings: list[ReadWarning] = []
        self.comments: list[Comment] = []
        self.pages: tuple[Page, ...] = ()
        self.part = ""
        self.cleaning = Cleaning()
        self._texts: list[str] = []
        self._end = 0
        self._counts: Counter[int | None] = Counter()
        self._headings: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Where the last block ends; the next one starts a separator after it (at 0 if it is the first)."""
        return self._end

    @property
    def next_start(self) -> int:
        """Where the next block will start."""
        return self._end + len(SEPARATOR) if self.blocks else 0

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        locator: Locator = _NOWHERE,
        *,
        level: int = 0,
        answers: int | None = None,
    ) -> int | None:
        """Append a block and return its ordinal; None, and no block, where `text` is only white space."""
        cleaned = self.cleaning.clean(text).strip()
        if not cleaned:
            return None
        if len(self.blocks) >= MOST_BLOCKS:
            raise OvergrownTextError
        start = self.next_start
        self._end = start + len(cleaned)
        self._texts.append(cleaned)
        if kind is BlockKind.HEADING:
            self._leave_headings(max(level, 1))
        self.blocks.append(Block(start, self._end, kind, self._place(kind, locator), level, answers))
        if kind is BlockKind.HEADING:
            self._headings.append((max(level, 1), cleaned))
            self._path = (*self._path, cleaned)
        return len(self.blocks) - 1

    def warn(self, code: str, message: str, count: int = 1) -> None:
        """Report something left out or unsure; nothing is reported where `count` is 0."""
        if count:
            self.warnings.append(ReadWarning(code, message, count))

    def slice(self, start: int, end: int) -> str:
        """Return the text of blocks number `start` to `end` (half open), a line feed between them."""
        return SEPARATOR.join(self._texts[start:end])

    def finish(
        self,
        content: bytes,
        media_type: str,
        reader: str,
        metadata: Metadata | None = None,
    ) -> SourceText:
        """Return the source; `content` is the whole file, `reader` its reader and version (`word 1`)."""
        name, _, version = reader.partition(" ")
        return SourceText(
            text=SEPARATOR.join(self._texts),
            blocks=tuple(self.blocks),
            sha256=sha256(content).hexdigest(),
            media_type=media_type,
            reader=name,
            reader_version=version,
            metadata=metadata or Metadata(),
            warnings=(*self.warnings, *self.cleaning.warnings()),
            comments=tuple(self.comments),
            pages=self.pages,
            part=self.part,
        )

    def _place(self, kind: BlockKind, given: Locator) -> Locator:
        """Return the locator completed with its paragraph number and its heading path."""
        marginal = kind in MARGINAL
        if not marginal:
            self._counts[given.page] += 1
        return Locator(
            given.page,
            given.paragraph or (None if marginal else self._counts[given.page]),
            given.headings or (() if marginal else self._path),
            given.table,
            given.row,
            given.column,
            given.sheet,
            given.cell,
            given.speaker,
        )

    def _leave_headings(self, level: int) -> None:
        """Let what follows stand under the headings above `level` only."""
        self._headings = [(depth, text) for depth, text in self._headings if depth < level]
        self._path = tuple(text for _, text in self._headings)
